//! The API dies before or after it has done what it was asked for. Whoever got no answer asks again.

use dispatch_domain::ids::ClaimId;
use dispatch_domain::status::Status;
use dispatch_store::claims;
use github_sim::IssueView;
use kit::harness::id;
use kit::{Harness, Taken};
use serde_json::{Value, json};

use super::worker::{Credentials, Task};
use super::{Journey, cut_webhooks, issue, with_foreign};

/// The transaction of a request that needs one.
const FIRST_COMMIT: Option<&'static str> = Some("commit.after#1");
/// An agent was seen: that is written down before its request is begun.
const AFTER_SEEN: Option<&'static str> = Some("commit.after#2");

/// Asks once more, and gets an answer of 200.
async fn again(task: &Task, h: &Harness) -> Value {
    let (status, body) = task.run(h, &[]).await.response();
    assert_eq!(status, 200, "{body}");
    body
}

/// `POST /api/claims`, with an `Idempotency-Key`.
pub(super) struct Claim {
    issue: IssueView,
}

impl Journey for Claim {
    const DURABLE_AT: Option<&'static str> = AFTER_SEEN;

    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        // A claim settles relations that changed, in a transaction of its own before its own: here there are none.
        dispatch_store::dependencies::settle(&h.store).await.expect("relations settle");
        Self { issue }
    }

    fn task(&self) -> Task {
        Task::api("/api/claims", Credentials::Agent, Some("the-first-try"), &json!({ "agentName": "alpha" }))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        let granted = i64::from(durable);
        assert_eq!(h.status(&self.issue).await, if durable { "in-progress" } else { "ready" });
        for rows in [
            "claim",
            "mutation",
            "idempotency_key",
            "agent_run",
            "audit_event where action = 'claim.granted'",
        ] {
            assert_eq!(h.db.count(rows).await, granted, "{rows}");
        }
        let before = claims::list(&h.store, None, None, None, 10).await.expect("claims");
        let body = again(&self.task(), h).await;
        let after = claims::list(&h.store, None, None, None, 10).await.expect("claims");
        let told = |claim: &claims::Claim| (claim.id.to_string(), claim.fence);
        let answered =
            (body["claim"]["id"].as_str().unwrap_or_default().to_owned(), body["claim"]["fence"].as_i64());
        assert_eq!(
            after.iter().map(told).map(|(id, fence)| (id, Some(fence))).collect::<Vec<_>>(),
            [answered]
        );
        if durable {
            assert_eq!(told(&before[0]), told(&after[0]), "the claim that was granted before the death");
        }
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["agent/alpha", "status/in-progress"]));
        assert_eq!(h.db.count("claim where state = 'active' and agent = 'alpha'").await, 1);
        assert_eq!(h.db.count("claim").await, 1);
        // The same key still leads to the same claim.
        let body = again(&self.task(), h).await;
        let claim = claims::list(&h.store, None, None, None, 1).await.expect("claims").remove(0);
        assert_eq!(body["claim"]["fence"].as_i64(), Some(claim.fence));
    }
}

/// An issue in the hands of alpha, with its labels written.
struct Held {
    issue: IssueView,
    taken: Taken,
}

impl Held {
    async fn in_world(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        let taken = h.agent("alpha").take().await;
        h.drain().await;
        Self { issue, taken }
    }

    fn task(&self, verb: &str, mut body: Value) -> Task {
        body["fence"] = json!(self.taken.held.fence);
        body["agentName"] = json!("alpha");
        Task::api(&format!("/api/claims/{}/{verb}", self.taken.held.id), Credentials::Agent, None, &body)
    }

    async fn claim(&self, h: &Harness) -> claims::Claim {
        claims::by_id(&h.store, ClaimId(self.taken.briefing.claim.id)).await.expect("the claim")
    }

    /// Ended with this reason and all that belongs to it, or not at all.
    async fn ended(&self, h: &Harness, durable: bool, reason: &str, status: &str) {
        let claim = self.claim(h).await;
        let ended = i64::from(durable);
        assert_eq!(claim.end_reason.as_deref(), durable.then_some(reason));
        assert_eq!(h.status(&self.issue).await, if durable { status } else { "in-progress" });
        assert_eq!(h.db.count("mutation where kind = 'labels' and state = 'pending'").await, ended);
        assert_eq!(h.db.count("audit_event where action = 'claim.ended'").await, ended);
        assert_eq!(h.db.count("agent_run where finished_at is not null").await, ended);
    }

    /// Ended once, and shown on GitHub.
    async fn rests(&self, h: &Harness, reason: &str, status: &str) {
        assert_eq!(self.claim(h).await.end_reason.as_deref(), Some(reason));
        assert_eq!(h.labels(&self.issue), with_foreign(&[status]));
        assert_eq!(h.db.count("audit_event where action = 'claim.ended'").await, 1);
        assert_eq!(h.db.count("claim").await, 1);
        assert_eq!(h.db.count("stale_report").await, 0);
    }
}

/// `POST /api/claims/{id}/checkpoint`.
pub(super) struct Checkpoint(Held);

impl Journey for Checkpoint {
    const DURABLE_AT: Option<&'static str> = AFTER_SEEN;

    async fn set_up(h: &Harness) -> Self {
        Self(Held::in_world(h).await)
    }

    fn task(&self) -> Task {
        self.0.task(
            "checkpoint",
            json!({ "phase": "testing", "note": "Two tests fail yet.", "headSha": "1f0c9e2" }),
        )
    }

    async fn died(&self, h: &Harness, durable: bool) {
        let claim = self.0.claim(h).await;
        assert_eq!(claim.head_sha.is_some(), durable);
        assert_eq!(claim.note.is_some(), durable);
        again(&self.task(), h).await;
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(self.0.claim(h).await.note.as_deref(), Some("Two tests fail yet."));
        assert_eq!(h.labels(&self.0.issue), with_foreign(&["agent/alpha", "status/in-progress"]));
    }
}

/// `POST /api/claims/{id}/complete`.
pub(super) struct Completion(Held);

impl Journey for Completion {
    const DURABLE_AT: Option<&'static str> = AFTER_SEEN;

    async fn set_up(h: &Harness) -> Self {
        Self(Held::in_world(h).await)
    }

    fn task(&self) -> Task {
        self.0
            .task("complete", json!({ "outcome": "pr_opened", "pullRequest": 31, "summary": "It is dark." }))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        self.0.ended(h, durable, "completed", "in-review").await;
        again(&self.task(), h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.rests(h, "completed", "status/in-review").await;
        assert_eq!(self.0.claim(h).await.pull_request_number, Some(31));
    }
}

/// `POST /api/claims/{id}/release`.
pub(super) struct Release(Held);

impl Journey for Release {
    const DURABLE_AT: Option<&'static str> = AFTER_SEEN;

    async fn set_up(h: &Harness) -> Self {
        Self(Held::in_world(h).await)
    }

    fn task(&self) -> Task {
        self.0.task("release", json!({ "reason": "My machine is going down." }))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        self.0.ended(h, durable, "released", "ready").await;
        again(&self.task(), h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.rests(h, "released", "status/ready").await;
    }
}

/// `POST /api/claims/{id}/block`.
pub(super) struct Block(Held);

impl Journey for Block {
    const DURABLE_AT: Option<&'static str> = AFTER_SEEN;

    async fn set_up(h: &Harness) -> Self {
        Self(Held::in_world(h).await)
    }

    fn task(&self) -> Task {
        self.0.task("block", json!({ "kind": "needs_input", "reason": "Which of the two?" }))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        self.0.ended(h, durable, "blocked", "blocked").await;
        let asked = h.db.count("mutation where kind = 'comment' and state = 'pending'").await;
        assert_eq!(asked, i64::from(durable), "people are asked in the same transaction");
        again(&self.task(), h).await;
    }

    async fn recovered(&self, h: &Harness) {
        self.0.rests(h, "blocked", "status/blocked").await;
        let issue = &self.0.issue;
        assert_eq!(h.sim.comments(&issue.repo, issue.number).len(), 1);
        assert_eq!(h.card(&self.0.issue).await.row.block_reason.as_deref(), Some("Which of the two?"));
    }
}

/// `POST /api/issues/move`.
pub(super) struct Move {
    issue: IssueView,
}

impl Journey for Move {
    const DURABLE_AT: Option<&'static str> = FIRST_COMMIT;

    async fn set_up(h: &Harness) -> Self {
        Self { issue: issue(h, &["status/ready"]).await }
    }

    fn task(&self) -> Task {
        let body = json!({ "issueId": id(&self.issue), "status": "in-review" });
        Task::api("/api/issues/move", Credentials::Operator, None, &body)
    }

    async fn died(&self, h: &Harness, durable: bool) {
        let moved = i64::from(durable);
        assert_eq!(h.status(&self.issue).await, if durable { "in-review" } else { "ready" });
        assert_eq!(h.db.count("mutation where state = 'pending'").await, moved);
        assert_eq!(h.db.count("audit_event where action = 'issue.moved'").await, moved);
        assert_eq!(h.db.count("work where offered").await, 1 - moved);
        let body = again(&self.task(), h).await;
        assert_eq!(body["issue"]["status"], "in-review");
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/in-review"]));
        assert_eq!(h.db.count("audit_event where action = 'issue.moved'").await, 1);
        assert_eq!(h.label_writes(), ["POST status/in-review", "DELETE status/ready"]);
    }
}

/// `POST /api/mutations/{id}/retry`, after a refusal whose cause is gone.
pub(super) struct Retry {
    issue: IssueView,
    mutation: String,
}

impl Journey for Retry {
    const DURABLE_AT: Option<&'static str> = FIRST_COMMIT;

    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        cut_webhooks(h);
        h.act("octocat", |owner| owner.archive_repository(&issue.repo, true)).await;
        h.move_to(&issue, Status::InReview, None).await.expect("moved");
        h.drain().await;
        h.act("octocat", |owner| owner.archive_repository(&issue.repo, false)).await;
        h.sim.clear_faults();
        h.sim.forget_requests();
        let (mutation, state, _) = h.mutation(&issue).await;
        assert_eq!(state, "parked");
        Self { issue, mutation: mutation.to_string() }
    }

    fn task(&self) -> Task {
        let path = format!("/api/mutations/{}/retry", self.mutation);
        Task::api(&path, Credentials::Operator, None, &json!({}))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        assert_eq!(h.mutation(&self.issue).await.1, if durable { "pending" } else { "parked" });
        assert_eq!(h.status(&self.issue).await, if durable { "in-review" } else { "ready" });
        // Pressed twice, the second answer is that it is not parked any more.
        let (status, body) = self.task().run(h, &[]).await.response();
        assert_eq!(status, if durable { 409 } else { 200 }, "{body}");
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/in-review"]));
        assert_eq!(h.mutation(&self.issue).await.1, "applied");
        assert_eq!(h.label_writes(), ["POST status/in-review", "DELETE status/ready"]);
    }
}

/// `POST /api/sync`, while the function that does it is away.
pub(super) struct AskForRun;

impl Journey for AskForRun {
    const DURABLE_AT: Option<&'static str> = FIRST_COMMIT;

    async fn set_up(h: &Harness) -> Self {
        issue(h, &["status/ready"]).await;
        Self
    }

    fn task(&self) -> Task {
        Task::api("/api/sync", Credentials::Operator, None, &json!({}))
    }

    async fn died(&self, h: &Harness, durable: bool) {
        assert_eq!(h.db.count("sync_run where state = 'requested'").await, i64::from(durable));
        let (status, body) = self.task().run(h, &[]).await.response();
        assert_eq!((status, body["state"].as_str()), (202, Some("running")));
        assert_eq!(h.db.count("sync_run").await, 1);
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.db.count("sync_run where state = 'finished'").await, 1);
        assert_eq!(h.db.count("sync_run").await, 1);
    }
}
