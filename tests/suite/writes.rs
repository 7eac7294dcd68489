//! Writes in trouble: limits, outages, lost answers, archived repositories, lost and doubled nudges, dead writers.

use dispatch_domain::claim::Outcome;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::Status;
use dispatch_store::{Error, outbox};
use github_sim::{Fault, FaultKind};
use jiff::SignedDuration;
use kit::harness::OPERATOR;

use crate::labels::{REPO, ready};

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
    h.sim.fault(
        Fault::once(FaultKind::SecondaryLimit { retry_after: Some(60), status: 403 }).on("POST */labels"),
    );
    h.writer.handle(kit::queue::event(h.nudges.take())).await;
    assert_eq!(h.sim.writes().len(), 1, "GitHub asked for silence");
    h.advance(SignedDuration::from_secs(62)).await;
    h.finish().await;
}

#[tokio::test]
async fn a_server_error_backs_off_and_after_a_dozen_attempts_the_write_is_parked() {
    let (h, issue) = ready(&[]).await;
    h.sim.fault(
        Fault::once(FaultKind::ServerError { status: 502, applied: false }).on("POST */labels").times(12),
    );
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
    outbox::retry(&h.store, id, None, &OPERATOR).await.unwrap();
    assert_eq!(h.status(&issue).await, "in-review");
    h.drain().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    let again = outbox::retry(&h.store, id, None, &OPERATOR).await;
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
    assert_eq!(
        (h.status(&issue).await.as_str(), h.mutation(&issue).await.1.as_str()),
        ("done", "superseded")
    );
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
async fn a_write_that_the_writers_own_read_wants_is_nudged() {
    let (h, issue) = ready(&[]).await;
    h.move_to(&issue, Status::InReview, None).await.unwrap();
    h.sim.delivery_fault(github_sim::DeliveryFault::Lose { next: 20, how: github_sim::Loss::NeverSent });
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/blocked", "status/backlog"])).await;
    h.writer.handle(kit::queue::event(h.nudges.take())).await;
    assert_eq!(h.nudges.len(), 1, "the loser of two statuses is to be tidied away");
    h.sim.clear_faults();
    h.settle().await;
    assert_eq!(h.labels(&issue).len(), 1);
    h.finish().await;
}

#[tokio::test]
async fn labels_that_a_repository_lacks_are_made_with_colour_and_description_once() {
    let (h, issue) = ready(&[]).await;
    h.db.run("update repository set labels_defined = '{}'").await;
    // Somebody has this one already, in a colour of their own.
    h.sim
        .person("ana")
        .act(github_sim::Change::CreateLabel {
            repo: REPO.to_owned(),
            name: "agent/alpha".to_owned(),
            color: Some("123456".to_owned()),
            description: None,
        })
        .unwrap();
    h.arrive().await;
    let taken = h.agent("alpha").take().await;
    h.drain().await;
    let made = |h: &kit::Harness| {
        h.sim.writes().iter().filter(|write| write.path == "/repos/acme/web/labels").count()
    };
    assert_eq!(made(&h), 2, "both were tried");
    let first = h.sim.writes().into_iter().find(|write| write.body["name"] == "status/in-progress").unwrap();
    assert_eq!((first.status, first.body["color"].as_str()), (201, Some("fbca04")));
    assert!(first.body["description"].as_str().unwrap().starts_with("Dispatch"));
    let second = h.sim.writes().into_iter().find(|write| write.body["name"] == "agent/alpha").unwrap();
    assert_eq!(second.status, 422, "people's label stays as it is");
    h.agent("alpha").release(&taken, None).await.unwrap();
    h.settle().await;
    assert_eq!(made(&h), 3, "status/ready by name, and nothing twice");
    assert_eq!(h.labels(&issue), ["status/ready"]);
    h.finish().await;
}
