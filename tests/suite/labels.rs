//! Writes: labels on GitHub become what Dispatch wants, nothing else is touched, and people win.

use dispatch_domain::claim::Outcome;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::Status;
use dispatch_store::{Error, outbox};
use github_sim::{Fault, FaultKind, IssueView};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;

const REPO: &str = "acme/web";

async fn ready(labels: &[&str]) -> (Harness, IssueView) {
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
async fn a_move_that_a_person_overtakes_is_superseded_and_follows_them() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/blocked"])).await;
    h.settle().await;
    assert_eq!((h.status(&issue).await, h.labels(&issue)), ("blocked".into(), vec!["status/blocked".into()]));
    let (_, state, why) = h.mutation(&issue).await;
    assert_eq!((state.as_str(), why.as_deref()), ("superseded", Some("a person decided otherwise on GitHub")));
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

    outbox::retry(&h.store, id, &OPERATOR).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn a_limit_puts_the_write_back_without_counting_the_attempt() {
    for (status, retry_after) in [(403, Some(60)), (429, Some(60)), (403, None)] {
        let (h, issue) = ready(&[]).await;
        let limit = FaultKind::SecondaryLimit { retry_after, status };
        h.sim.fault(Fault::once(limit).on("POST */labels"));
        h.agent("alpha").take().await;
        h.drain().await;
        let row = h.card(&issue).await.row;
        assert_eq!((row.mutation_state.as_deref(), row.mutation_attempts), (Some("pending"), Some(0)));
        let wait = row.mutation_retry_at.unwrap().duration_since(h.now());
        assert_eq!(wait, SignedDuration::from_secs(60), "{status} {retry_after:?}");
        assert_eq!(h.nudges.len(), 1, "a message comes back then");
        h.advance(SignedDuration::from_secs(62)).await;
        h.drain().await;
        assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"]);
        h.finish().await;
    }
}

#[tokio::test]
async fn a_limit_stops_the_whole_invocation() {
    let (h, _) = ready(&[]).await;
    let repo = h.sim.repo(REPO);
    for n in 0..3 {
        h.issue(&repo, &format!("Another {n}"), &["status/ready"]).await;
    }
    for agent in ["a", "b", "c", "d"] {
        h.agent(agent).take().await;
    }
    h.sim.forget_requests();
    h.sim.fault(Fault::once(FaultKind::SecondaryLimit { retry_after: Some(60), status: 403 }).on("POST */labels"));
    h.writer.handle(kit::queue::event(h.nudges.take())).await;
    assert_eq!(h.sim.writes().len(), 1, "GitHub asked for silence");
    h.advance(SignedDuration::from_secs(62)).await;
    h.finish().await;
}

#[tokio::test]
async fn a_server_error_backs_off_and_after_a_dozen_attempts_the_write_is_parked() {
    let (h, issue) = ready(&[]).await;
    h.sim.fault(Fault::once(FaultKind::ServerError { status: 502, applied: false }).on("POST */labels").times(12));
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    let mut waits = Vec::new();
    for _ in 0..11 {
        h.drain().await;
        let row = h.card(&issue).await.row;
        assert_eq!(row.mutation_state.as_deref(), Some("pending"));
        let wait = row.mutation_retry_at.unwrap().duration_since(h.now());
        waits.push(wait.as_secs());
        h.advance(wait + SignedDuration::from_secs(1)).await;
    }
    assert!(waits.is_sorted() && waits[10] <= 900, "{waits:?}");
    h.drain().await;
    // A refused move goes back and says why.
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.mutation_state.as_deref()), ("ready", Some("parked")));
    assert!(row.mutation_error.unwrap().contains("502"));

    // One click tries again.
    let (id, ..) = h.mutation(&issue).await;
    outbox::retry(&h.store, id, &OPERATOR).await.unwrap();
    assert_eq!(h.status(&issue).await, "in-review");
    h.drain().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    let again = outbox::retry(&h.store, id, &OPERATOR).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Conflict(_)))), "{again:?}");
    h.finish().await;
}

#[tokio::test]
async fn a_lost_answer_does_no_harm() {
    for fault in [
        FaultKind::DropConnection { applied: true },
        FaultKind::DropConnection { applied: false },
        FaultKind::ServerError { status: 500, applied: true },
        FaultKind::Html { status: 502 },
    ] {
        for on in ["GET */issues/*", "POST */labels", "DELETE */labels/*"] {
            let (h, issue) = ready(&["bug"]).await;
            h.sim.fault(Fault::once(fault.clone()).on(on));
            h.agent("alpha").take().await;
            h.drain().await;
            h.advance(SignedDuration::from_secs(5)).await;
            h.settle().await;
            assert_eq!(h.labels(&issue), ["agent/alpha", "bug", "status/in-progress"], "{fault:?} {on}");
            h.finish().await;
        }
    }
}

#[tokio::test]
async fn an_archived_repository_parks_the_write_and_a_claim_stays() {
    let (h, issue) = ready(&[]).await;
    let taken = h.agent("alpha").take().await;
    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    h.drain().await;
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.mutation_state.as_deref()), ("in-progress", Some("parked")));
    assert!(row.mutation_error.unwrap().contains("archived"));
    h.agent("alpha").renew(&taken).await.unwrap();
    h.leaves_parked(1);
    h.leaves_unequal(&issue);
    h.finish().await;
}

#[tokio::test]
async fn a_hundred_labels_are_githubs_limit_and_the_card_says_so() {
    let many: Vec<String> = (0..99).map(|n| format!("label-{n}")).collect();
    let (h, issue) = ready(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.drain().await;
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.mutation_state.as_deref()), ("ready", Some("parked")));
    assert!(row.mutation_error.unwrap().contains("100"));
    assert_eq!(h.labels(&issue).len(), 100);
    h.leaves_parked(1);
    h.finish().await;
}

#[tokio::test]
async fn a_closed_issue_is_not_written_even_when_no_webhook_told() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    h.sim.delivery_fault(github_sim::DeliveryFault::Lose { next: 10, how: github_sim::Loss::NeverSent });
    h.act("ana", |ana| ana.close(REPO, issue.number)).await;
    h.drain().await;
    assert_eq!(h.label_writes(), Vec::<String>::new());
    assert_eq!((h.status(&issue).await.as_str(), h.mutation(&issue).await.1.as_str()), ("done", "superseded"));
    assert_eq!(h.db.count("claim where end_reason = 'issue_closed'").await, 1);
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn a_deleted_issue_settles_the_write() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    h.sim.delivery_fault(github_sim::DeliveryFault::Lose { next: 10, how: github_sim::Loss::NeverSent });
    h.act("ana", |ana| ana.delete_issue(REPO, issue.number)).await;
    h.drain().await;
    assert_eq!(h.mutation(&issue).await.1, "superseded");
    assert_eq!(h.db.count("claim where end_reason = 'issue_gone'").await, 1);
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn a_label_that_is_gone_already_is_as_good_as_removed() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    let mut pause = h.sim.pause_before("DELETE */labels/*");
    let edit = async {
        pause.reached().await;
        h.sim.person("ana").remove_label(REPO, issue.number, "status/ready");
        pause.resume();
    };
    futures::join!(h.drain(), edit);
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    assert_eq!(h.mutation(&issue).await.1, "applied");
    h.finish().await;
}

#[tokio::test]
async fn nudges_change_latency_and_nothing_else() {
    let (h, issue) = ready(&[]).await;
    // Lost.
    h.agent("alpha").take().await;
    h.nudges.lose_all();
    h.sweep().await;
    assert_eq!(h.nudges.len(), 1, "the sweep nudges again");
    h.drain().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"]);
    // Doubled, unreadable, of nobody, late.
    let (id, ..) = h.mutation(&issue).await;
    let writes = h.sim.writes().len();
    let bodies = [format!(r#"{{"mutation":"{id}"}}"#), "nonsense".into(), r#"{"mutation":"999999"}"#.into()];
    let response = h.writer.handle(kit::queue::event(bodies.clone().into_iter().chain(bodies))).await;
    assert!(response.batch_item_failures.is_empty());
    assert_eq!(h.sim.writes().len(), writes);
    // The queue is away: the claim is answered all the same.
    h.settle().await;
    h.nudges.set_away(true);
    h.tick().await;
    let taken = h.agent("alpha").take().await;
    h.agent("alpha").complete(&taken, Outcome::PrOpened).await.unwrap();
    h.nudges.set_away(false);
    h.sweep().await;
    h.drain().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn a_writer_that_died_is_followed_by_another_when_its_lease_runs_out() {
    let (h, issue) = ready(&[]).await;
    h.agent("alpha").take().await;
    let (id, ..) = h.mutation(&issue).await;
    let lease = outbox::lease(&h.store, id, 90).await.unwrap().unwrap();
    h.drain().await;
    assert_eq!(h.label_writes(), Vec::<String>::new(), "somebody has it");
    h.advance(SignedDuration::from_secs(91)).await;
    h.sweep().await;
    h.drain().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"]);
    // The first one wakes up, and finishes nothing.
    outbox::put_back(&h.store, &lease, h.now(), "late", true).await.unwrap();
    outbox::park(&h.store, &lease, "late", &OPERATOR).await.unwrap();
    assert_eq!(h.mutation(&issue).await.1, "applied");
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
