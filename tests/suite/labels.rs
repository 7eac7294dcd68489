//! Writes: labels on GitHub become what Dispatch wants, nothing else is touched, and people win.

use dispatch_domain::status::Status;
use dispatch_store::{Error, outbox};
use github_sim::IssueView;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;

pub(crate) const REPO: &str = "acme/web";

/// The only issue of a repository, labelled `status/ready` and so; no request is counted yet.
pub(crate) async fn ready(labels: &[&str]) -> (Harness, IssueView) {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let labels: Vec<&str> = ["status/ready"].iter().chain(labels).copied().collect();
    let issue = h.issue(&repo, "One", &labels).await;
    h.sim.forget_requests();
    h.tick().await;
    (h, issue)
}

#[tokio::test]
async fn a_move_adds_before_it_removes_and_touches_nothing_foreign() {
    let (h, issue) = ready(&["bug", "priority/p1", "owner/ana", "Status/Odd", "team status/x"]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    let card = h.card(&issue).await;
    assert_eq!((card.row.status.as_str(), card.to_status), ("in-review", Some(Status::InReview)));
    assert_eq!(card.row.mutation_state.as_deref(), Some("pending"), "pending on GitHub");
    h.drain().await;
    assert_eq!(h.label_writes(), ["POST status/in-review", "DELETE status/ready", "DELETE Status/Odd"]);
    assert_eq!(h.labels(&issue), ["bug", "owner/ana", "priority/p1", "status/in-review", "team status/x"]);
    let card = h.card(&issue).await;
    assert_eq!((card.row.mutation_state, card.to_status), (None, None));
    h.finish().await;
}

#[tokio::test]
async fn a_claim_puts_both_labels_on_in_one_request() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    h.drain().await;
    assert_eq!(h.label_writes(), ["POST status/in-progress,agent/alpha", "DELETE status/ready"]);
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"]);
    h.finish().await;
}

#[tokio::test]
async fn labels_that_are_spelled_otherwise_are_the_same_labels() {
    let (h, issue) = ready(&["Agent/Alpha"]).await;
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "STATUS/In-Progress")).await;
    h.act("ana", |ana| ana.remove_label(REPO, issue.number, "status/ready")).await;
    h.settle().await;
    h.sim.forget_requests();
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.drain().await;
    assert_eq!(h.label_writes(), ["POST status/in-review", "DELETE STATUS/In-Progress"]);
    assert_eq!(h.labels(&issue), ["Agent/Alpha", "status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn an_issue_is_never_without_a_status_while_labels_are_written() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    let mut pause = h.sim.pause_after("POST */labels");
    let write = h.drain();
    let look = async {
        pause.reached().await;
        let between = h.labels(&issue);
        let cached = h.status(&issue).await;
        pause.resume();
        (between, cached)
    };
    let ((), (between, cached)) = futures::join!(write, look);
    assert_eq!(between, ["agent/alpha", "status/in-progress", "status/ready"]);
    assert_eq!(cached, "in-progress", "the card keeps the intent while our own write is in flight");
    h.finish().await;
}

#[tokio::test]
async fn a_persons_edit_between_two_of_our_writes_wins() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    let mut pause = h.sim.pause_after("POST */labels");
    let edit = async {
        pause.reached().await;
        h.sim.clock().advance(SignedDuration::from_secs(1));
        h.sim.person("ana").set_labels(REPO, issue.number, ["status/blocked", "agent/alpha"]);
        pause.resume();
    };
    futures::join!(h.drain(), edit);
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/blocked"]);
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.claim_agent.as_deref()), ("blocked", Some("alpha")));
    // Our own read saw it before the webhook told who it was.
    assert_eq!(row.block_reason.as_deref(), Some("set on GitHub"));
    h.finish().await;
}

#[tokio::test]
async fn a_persons_edit_before_the_first_write_wins_and_ends_the_claim() {
    let (h, issue) = ready(&[]).await;
    let taken = h.agent("alpha").take().await;
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/backlog"])).await;
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/backlog"]);
    assert_eq!(h.label_writes(), Vec::<String>::new());
    assert!(h.agent("alpha").renew(&taken).await.is_err());
    h.finish().await;
}

#[tokio::test]
async fn a_write_that_its_own_read_makes_pointless_is_settled_at_once() {
    let (h, issue) = ready(&[]).await;
    let taken = h.agent("alpha").take().await;
    // The writer's read is the first to show that the status is gone, and ends the claim.
    h.sim.person("ana").rename_label(REPO, "status/ready", "someday");
    h.drain().await;
    assert_eq!(h.label_writes(), Vec::<String>::new());
    assert_ne!(h.mutation(&issue).await.1, "leased");
    assert!(h.agent("alpha").renew(&taken).await.is_err());
    assert_eq!(h.status(&issue).await, "backlog");
    h.finish().await;
}

#[tokio::test]
async fn a_move_that_a_person_overtakes_is_superseded_and_follows_them() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/blocked"])).await;
    h.settle().await;
    assert_eq!((h.status(&issue).await, h.labels(&issue)), ("blocked".into(), vec!["status/blocked".into()]));
    let (_, state, why) = h.mutation(&issue).await;
    assert_eq!(
        (state.as_str(), why.as_deref()),
        ("superseded", Some("a person decided otherwise on GitHub"))
    );
    h.finish().await;
}

#[tokio::test]
async fn the_last_of_several_moves_is_what_gets_written() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.move_to(&issue, Status::Blocked, Some("Wait.")).await.unwrap();
    h.move_to(&issue, Status::Backlog, None).await.unwrap();
    assert_eq!(h.db.count("mutation").await, 1);
    h.drain().await;
    assert_eq!(h.label_writes(), ["POST status/backlog", "DELETE status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn a_move_during_a_write_is_written_too() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    let mut pause = h.sim.pause_after("POST */labels");
    let meanwhile = async {
        pause.reached().await;
        h.move_to(&issue, Status::Blocked, Some("Wait.")).await.unwrap();
        pause.resume();
    };
    futures::join!(h.drain(), meanwhile);
    h.settle().await;
    assert_eq!((h.labels(&issue), h.status(&issue).await), (vec!["status/blocked".into()], "blocked".into()));
    h.finish().await;
}

#[tokio::test]
async fn our_own_echoes_start_nothing() {
    let (h, issue) = ready(&["bug"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    let trail = h.db.count("audit_event").await;
    let writes = h.sim.writes().len();
    h.sweep().await;
    h.settle().await;
    assert_eq!((h.db.count("audit_event").await, h.sim.writes().len()), (trail, writes));
    assert_eq!(h.db.count("mutation").await, 1);
    h.agent("alpha").renew(&taken).await.unwrap();
    assert_eq!(h.status(&issue).await, "in-progress");
    h.finish().await;
}

#[tokio::test]
async fn a_status_added_by_hand_counts_and_the_other_one_is_tidied_away() {
    let (h, issue) = ready(&["bug"]).await;
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "status/in-review")).await;
    assert_eq!(h.status(&issue).await, "in-review");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["bug", "status/in-review"]);
    assert_eq!(h.label_writes(), ["DELETE status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn more_than_three_repairs_an_hour_are_a_contest_that_a_person_decides() {
    let (h, issue) = ready(&[]).await;
    // Another tool keeps adding what Dispatch tidies away.
    let contest = async |status: &'static str| {
        h.act("tool[bot]", |tool| tool.add_label(REPO, issue.number, status)).await;
        h.settle().await;
    };
    for status in ["status/blocked", "status/ready", "status/blocked"] {
        contest(status).await;
        assert_eq!(h.labels(&issue), [status]);
    }
    contest("status/ready").await;
    let (_, state, why) = h.mutation(&issue).await;
    assert_eq!(state, "parked");
    assert!(why.unwrap().starts_with("contested"));
    let written = h.sim.writes().len();
    h.act("ana", |ana| ana.comment(REPO, issue.number, "What is going on here?")).await;
    h.settle().await;
    contest("status/in-review").await;
    assert_eq!(h.sim.writes().len(), written, "a contested issue is not written any more");
    let (id, state, _) = h.mutation(&issue).await;
    assert_eq!(state, "parked");

    outbox::retry(&h.store, id, None, &OPERATOR).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn moves_that_make_no_sense_are_refused_and_change_nothing() {
    let (h, issue) = ready(&[]).await;
    let code = |result: Result<_, Error>| match result {
        Err(Error::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(h.move_to(&issue, Status::Done, None).await), "transition_refused");
    assert_eq!(code(h.move_to(&issue, Status::Blocked, None).await), "reason_required");
    assert_eq!(code(h.move_to(&issue, Status::Blocked, Some("  ")).await), "reason_required");
    let nobody = IssueView { id: 1, ..issue.clone() };
    assert_eq!(code(h.move_to(&nobody, Status::Ready, None).await), "issue_unknown");
    assert_eq!(h.move_to(&issue, Status::Ready, None).await.unwrap(), None);
    h.act("ana", |ana| ana.close(REPO, issue.number)).await;
    assert_eq!(code(h.move_to(&issue, Status::Ready, None).await), "issue_closed");
    assert_eq!(h.db.count("mutation").await, 0);
    h.finish().await;
}
