//! GitHub's budget: shared by all instances, spent on what matters most, visible before it is gone.

use std::time::Duration;

use dispatch_domain::budget::{Budget, Class, RateLimit};
use dispatch_domain::status::Status;
use dispatch_store::budget;
use github_sim::{Fault, FaultKind};
use jiff::SignedDuration;
use kit::Harness;
use serde_json::json;

use crate::labels::{REPO, ready};

async fn told(h: &Harness, remaining: i64, minutes: i64) {
    let budget = Budget { limit: 5000, remaining, reset_at: h.now() + SignedDuration::from_mins(minutes) };
    budget::remember(&h.store, [("token".to_owned(), budget)]).await.unwrap();
}

#[tokio::test]
async fn what_is_left_goes_to_claims_first_then_to_the_board() {
    let (h, issue) = ready(&[]).await;
    let other = h.issue(&h.sim.repo(REPO), "Two", &["status/ready"]).await;
    told(&h, 100, 90).await;
    h.agent("alpha").only(&issue).take().await;
    h.move_to(&other, Status::InReview, None).await.unwrap();
    h.sim.forget_requests();
    h.drain().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"], "the claim is written");
    let row = h.card(&other).await.row;
    assert_eq!(row.mutation_state.as_deref(), Some("pending"), "the move waits");
    assert!(row.mutation_error.unwrap().contains("budget"));
    let counts = h.reconcile().await;
    assert_eq!(counts["failed"], json!([REPO]), "lists wait");
    let why =
        dispatch_store::repositories::by_name(&h.store, &REPO.parse().unwrap()).await.unwrap().last_error;
    assert!(why.unwrap().contains("kept for claims"));
    // A new hour.
    h.advance(SignedDuration::from_mins(91)).await;
    h.drain().await;
    assert_eq!(h.labels(&other), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn instances_tell_each_other_what_they_learnt_and_nobody_forgets() {
    let h = Harness::new().await;
    told(&h, 900, 30).await;
    told(&h, 1200, 30).await;
    let wait = |class| budget::wait(&h.store, "token", class);
    assert!(
        wait(Class::Backfill).await.unwrap().is_some(),
        "the later answer of the two had the smaller number"
    );
    assert_eq!(wait(Class::Board).await.unwrap(), None);
    assert_eq!(budget::wait(&h.store, "installation 7", Class::Backfill).await.unwrap(), None, "another's");
    let accounts = budget::accounts(&h.store).await.unwrap();
    let end = accounts[0].exhausted_at.expect("4,100 in half an hour do not last the other half");
    assert!(end < h.now() + SignedDuration::from_mins(10), "{end}");
    h.finish().await;
}

#[tokio::test]
async fn writes_of_all_instances_are_a_turn_apart() {
    let h = Harness::new().await;
    let (second, patience) = (Duration::from_secs(1), Duration::from_secs(2));
    let mut turns = Vec::new();
    for _ in 0..5 {
        turns.push(
            budget::turn(&h.store, "token", second, patience).await.unwrap().map(|wait| wait.as_secs()),
        );
    }
    assert_eq!(turns, [Some(0), Some(1), Some(2), None, None], "nobody waits for longer than two seconds");
    assert_eq!(budget::turn(&h.store, "app", second, patience).await.unwrap(), Some(Duration::ZERO));
    h.advance(SignedDuration::from_secs(10)).await;
    assert_eq!(budget::turn(&h.store, "token", second, patience).await.unwrap(), Some(Duration::ZERO));
    h.finish().await;
}

#[tokio::test]
async fn silence_that_names_no_time_doubles_until_it_is_over() {
    let h = Harness::new().await;
    let mut waits = Vec::new();
    for _ in 0..3 {
        let until = budget::pause(&h.store, "token", RateLimit::Secondary, None).await.unwrap();
        waits.push(until.duration_since(h.now()).as_mins());
        h.advance(until.duration_since(h.now())).await;
    }
    assert_eq!(waits, [1, 2, 4]);
    h.advance(SignedDuration::from_mins(20)).await;
    told(&h, 4000, 30).await;
    let until = budget::pause(&h.store, "token", RateLimit::Secondary, None).await.unwrap();
    assert_eq!(until.duration_since(h.now()).as_mins(), 1);
    h.finish().await;
}

#[tokio::test]
async fn operators_see_jobs_budgets_and_what_waits() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let details = api.operator().get("/api/health/details").await.ok();
    assert_eq!(details["jobs"][0]["job"], "sweep");
    assert_eq!(details["jobs"][0]["overdue"], true, "it never ran");
    assert_eq!((details["githubAuth"].clone(), details["queue"].clone()), (json!("token"), json!(null)));
    h.sweep().await;
    h.sim.fault(
        Fault::once(FaultKind::SecondaryLimit { retry_after: Some(90), status: 403 }).on("POST */labels"),
    );
    h.agent("alpha").only(&issue).take().await;
    h.drain().await;
    h.advance(SignedDuration::from_secs(30)).await;
    let details = api.operator().get("/api/health/details").await.ok();
    assert_eq!(details["jobs"][0]["overdue"], false);
    let budget = &details["budgets"][0];
    assert_eq!(
        (budget["credential"].clone(), budget["limit"].clone()),
        (json!("token"), json!(5000)),
        "{details}"
    );
    assert_eq!(budget["pausedBy"], "secondary");
    assert_eq!(
        (details["outbox"]["waiting"].clone(), details["outbox"]["due"].clone()),
        (json!(1), json!(0))
    );
    assert_eq!(details["outbox"]["oldestSeconds"], 30);
    assert_eq!(details["claims"]["active"], 1);
    h.advance(SignedDuration::from_mins(6)).await;
    h.drain().await;
    let details = api.operator().get("/api/health/details").await.ok();
    assert_eq!(details["jobs"][0]["overdue"], true);
    let convergence = &details["convergence"];
    assert_eq!(convergence["settled"], 1, "{convergence}");
    assert!(convergence["medianSeconds"].as_f64().unwrap() > 300.0);
    h.finish().await;
}
