//! How many round trips to Postgres each journey makes, so that a change is seen.

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use dispatch_domain::webhook;
use dispatch_store::deliveries::{self, Delivery, Outcome as Kept};
use dispatch_store::{board, dependencies, feed};
use kit::Harness;

/// Round trips of one journey.
async fn trips<T>(h: &Harness, journey: impl Future<Output = T>) -> (T, u64) {
    let before = h.store.round_trips();
    let done = journey.await;
    (done, h.store.round_trips() - before)
}

#[tokio::test]
async fn each_journey_makes_its_number_of_round_trips() {
    let h = Harness::with_pool(1).await;
    let repo = h.repo("acme/web").await;
    let first = h.issue(&repo, "One", &["status/ready"]).await;
    let second = h.issue(&repo, "Two", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let mut picture = String::new();
    let mut note = |journey: &str, trips: u64| picture += &format!("{journey}: {trips}\n");

    h.tick().await;
    h.sim.delivery_fault(github_sim::DeliveryFault::Shuffle { window: 100, seed: 1 });
    h.sim.person("ana").retitle("acme/web", first.number, "Better");
    h.arrive().await;
    let deliveries = h.sim.deliveries();
    let sent = deliveries.last().unwrap();
    for (journey, guid, expected) in
        [("webhook, nothing new", "g-1", Kept::Applied), ("webhook, known GUID", "g-1", Kept::Duplicate)]
    {
        let body = sent.body.as_bytes();
        let parsed = webhook::parse(&sent.event, body);
        let delivery = Delivery { guid, event: &sent.event, action: sent.action.as_deref(), payload: body };
        let (done, n) = trips(&h, deliveries::accept(&h.store, &delivery, &parsed.event)).await;
        assert_eq!(done.unwrap().0, expected);
        note(journey, n);
    }
    let later =
        sent.body.replace(r#""updated_at":"2026-11-23T09:00:0"#, r#""updated_at":"2026-11-23T09:01:0"#);
    let parsed = webhook::parse(&sent.event, later.as_bytes());
    let delivery = Delivery { guid: "g-2", event: &sent.event, action: None, payload: later.as_bytes() };
    let (done, n) = trips(&h, deliveries::accept(&h.store, &delivery, &parsed.event)).await;
    assert_eq!(done.unwrap().0, Kept::Applied);
    note("webhook, an issue changed", n);

    dependencies::settle(&h.store).await.unwrap();
    let (taken, n) = trips(&h, alpha.take()).await;
    note("claim", n);
    let (again, n) = trips(&h, alpha.take()).await;
    note("claim, resumed", n);
    assert_eq!(again.held.id, taken.held.id);
    let (renewed, n) = trips(&h, alpha.renew(&again)).await;
    renewed.unwrap();
    note("renew", n);
    let (done, n) = trips(&h, alpha.complete(&again, Outcome::PrOpened)).await;
    done.unwrap();
    note("complete", n);
    let (moved, n) = trips(&h, h.move_to(&second, Status::InReview, None)).await;
    moved.unwrap();
    note("move", n);
    let (nothing, n) = trips(&h, alpha.gets_nothing()).await;
    assert!(!nothing.contended);
    note("claim, nothing there", n);
    let (board, n) = trips(&h, board::board(&h.store)).await;
    note("board", n);
    let (_, n) = trips(&h, feed::since(&h.store, &board.unwrap().cursor)).await;
    note("changes, none", n);
    insta::assert_snapshot!(picture, @"
    webhook, nothing new: 9
    webhook, known GUID: 2
    webhook, an issue changed: 11
    claim: 5
    claim, resumed: 5
    renew: 5
    complete: 8
    move: 6
    claim, nothing there: 2
    board: 4
    changes, none: 4
    ");
    h.leaves_apart();
    h.leaves_work_waiting();
    h.finish().await;
}
