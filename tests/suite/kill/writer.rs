//! The writer dies between its reads and writes.

use dispatch_domain::claim::BlockKind;
use dispatch_domain::ids::MutationId;
use dispatch_domain::status::Status;
use dispatch_store::outbox;
use github_sim::{Change, Fault, FaultKind, IssueView};
use kit::Harness;
use kit::harness::{OPERATOR, id};

use super::worker::Task;
use super::{Journey, cut_webhooks, issue, with_foreign, work_off};

/// The writes of a claim, each once, however often somebody died over them.
const WRITES: [&str; 2] = ["POST status/in-progress,agent/alpha", "DELETE status/ready"];

/// An issue that an agent has claimed, and the message that tells the writer.
struct Claimed {
    issue: IssueView,
    messages: Vec<MutationId>,
}

impl Claimed {
    async fn in_world(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        h.agent("alpha").take().await;
        Self { issue, messages: messages(h) }
    }

    async fn with_fault(h: &Harness, kind: FaultKind) -> Self {
        let claimed = Self::in_world(h).await;
        h.sim.fault(Fault::once(kind).on("POST */labels"));
        claimed
    }

    /// Whatever becomes of the write: the work is the agent's, and labels of others stay.
    async fn is_held(&self, h: &Harness) {
        assert_eq!(h.db.count("claim where state = 'active' and agent = 'alpha'").await, 1);
        assert_eq!(h.status(&self.issue).await, "in-progress");
        assert_eq!(h.db.count("audit_event where action like 'issue.%' and action <> 'issue.seen'").await, 0);
        let shown = h.labels(&self.issue);
        assert!(with_foreign(&[]).iter().all(|label| shown.contains(label)), "{shown:?}");
    }

    async fn is_written(&self, h: &Harness) {
        self.is_held(h).await;
        assert_eq!(h.labels(&self.issue), with_foreign(&["agent/alpha", "status/in-progress"]));
        assert_eq!(h.mutation(&self.issue).await.1, "applied");
    }
}

/// The writes that the queue tells of now.
fn messages(h: &Harness) -> Vec<MutationId> {
    let ids =
        h.nudges.take().into_iter().map(|body| dispatch_runtime::queue::decode(&body).expect("a nudge"));
    ids.map(MutationId).collect()
}

/// Nothing else goes wrong.
pub(super) struct Plain(Claimed);

impl Plain {
    pub(super) async fn is_written(&self, h: &Harness) {
        self.0.is_written(h).await;
    }
}

impl Journey for Plain {
    async fn set_up(h: &Harness) -> Self {
        Self(Claimed::in_world(h).await)
    }

    fn task(&self) -> Task {
        Task::writer(&self.0.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        self.0.is_held(h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.is_written(h).await;
        assert_eq!(h.label_writes(), WRITES);
    }
}

/// GitHub carries a write out and its answer is lost.
pub(super) struct AnswerLost(Claimed);

impl Journey for AnswerLost {
    const FROM: Option<&'static str> = Some("writer.before-post#1");

    async fn set_up(h: &Harness) -> Self {
        Self(Claimed::with_fault(h, FaultKind::ServerError { status: 502, applied: true }).await)
    }

    fn task(&self) -> Task {
        Task::writer(&self.0.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        self.0.is_held(h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.is_written(h).await;
        assert_eq!(h.label_writes(), WRITES);
    }
}

/// GitHub asks for silence.
pub(super) struct Limited(Claimed);

impl Journey for Limited {
    const FROM: Option<&'static str> = Some("writer.before-post#1");

    async fn set_up(h: &Harness) -> Self {
        Self(Claimed::with_fault(h, FaultKind::SecondaryLimit { retry_after: Some(20), status: 403 }).await)
    }

    fn task(&self) -> Task {
        Task::writer(&self.0.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        self.0.is_held(h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.is_written(h).await;
        let went_through: Vec<String> =
            h.label_writes().into_iter().filter(|write| !write.ends_with("-> 403")).collect();
        assert_eq!(went_through, WRITES);
    }
}

/// GitHub refuses an operator's move: the repository is read-only, and nobody told us.
pub(super) struct Refused {
    issue: IssueView,
    messages: Vec<MutationId>,
}

impl Journey for Refused {
    const FROM: Option<&'static str> = Some("writer.before-post#1");

    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        cut_webhooks(h);
        h.act("octocat", |owner| owner.archive_repository(&issue.repo, true)).await;
        h.sim.clear_faults();
        h.move_to(&issue, Status::InReview, None).await.expect("moved");
        Self { issue, messages: messages(h) }
    }

    fn task(&self) -> Task {
        Task::writer(&self.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        // Still meant, or gone back with its reason; never neither.
        let (_, state, error) = h.mutation(&self.issue).await;
        let expected = if state == "parked" { ("ready", true) } else { ("in-review", false) };
        assert_eq!((h.status(&self.issue).await.as_str(), error.is_some()), expected);
    }

    async fn recovered(&self, h: &Harness) {
        let (id, state, error) = h.mutation(&self.issue).await;
        assert_eq!(state, "parked");
        assert!(error.expect("a reason").contains("archived"));
        assert_eq!(h.status(&self.issue).await, "ready");
        assert_eq!(h.db.count("audit_event where action = 'write.parked'").await, 1);
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/ready"]));
        // The owner opens the repository again, and somebody presses "Try again".
        h.act("octocat", |owner| {
            owner.act(Change::ArchiveRepository { repo: self.issue.repo.clone(), archived: false })
        })
        .await
        .expect("opened again");
        outbox::retry(&h.store, id, None, &OPERATOR).await.expect("it is parked");
        h.sweep().await;
        work_off(h).await;
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/in-review"]));
    }
}

/// The issue was deleted on GitHub, and nobody told us.
pub(super) struct Gone(Claimed);

impl Journey for Gone {
    const FROM: Option<&'static str> = Some("writer.after-lease#1");

    async fn set_up(h: &Harness) -> Self {
        let claimed = Claimed::in_world(h).await;
        cut_webhooks(h);
        h.act("octocat", |owner| owner.delete_issue(&claimed.issue.repo, claimed.issue.number)).await;
        h.sim.clear_faults();
        Self(claimed)
    }

    fn task(&self) -> Task {
        Task::writer(&self.0.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        // All of it or nothing.
        let gone = h.db.count("issue where gone").await;
        assert_eq!(h.db.count("claim where state = 'active'").await, 1 - gone);
        assert_eq!(h.db.count("mutation where state = 'superseded'").await, gone);
    }

    async fn recovered(&self, h: &Harness) {
        let ended = format!("claim where issue_id = {} and end_reason = 'issue_gone'", id(&self.0.issue));
        assert_eq!(h.db.count(&ended).await, 1);
        assert_eq!(h.db.count("issue where gone").await, 1);
        assert_eq!(h.db.count("audit_event where action = 'issue.gone'").await, 1);
        assert_eq!(h.label_writes(), Vec::<String>::new());
    }
}

/// An agent cannot go on, and people are asked on the issue.
pub(super) struct Question {
    issue: IssueView,
    messages: Vec<MutationId>,
}

impl Question {
    fn comments(&self, h: &Harness) -> usize {
        h.sim.comments(&self.issue.repo, self.issue.number).len()
    }
}

impl Journey for Question {
    const FROM: Option<&'static str> = Some("writer.before-comment#1");

    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        let taken = h.agent("alpha").take().await;
        h.settle().await;
        h.tick().await;
        h.agent("alpha").block(&taken, BlockKind::NeedsInput, "Which of the two?").await.expect("blocked");
        Self { issue, messages: messages(h) }
    }

    fn task(&self) -> Task {
        Task::writer(&self.messages)
    }

    async fn died(&self, h: &Harness, _: bool) {
        assert_eq!(h.status(&self.issue).await, "blocked");
        assert!(self.comments(h) <= 1);
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/blocked"]));
        assert_eq!(self.comments(h), 1);
        assert_eq!(h.db.count("mutation where kind = 'comment' and state = 'applied'").await, 1);
    }
}
