//! What is limited is limited exactly: lanes, repositories, agents, and what waits for people.

use dispatch_domain::claim::Outcome;
use dispatch_domain::gate::Asker;
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::limits::{self, Limits};
use dispatch_store::{Db, Who};
use futures::future::join_all;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use serde_json::json;

const REPO: &str = "acme/web";

async fn with_ready(issues: usize) -> Harness {
    let h = Harness::with_pool(4).await;
    let repo = h.repo(REPO).await;
    for n in 0..issues {
        repo.issue(&format!("Issue {n}")).labels(["status/ready"]).open();
    }
    h.arrive().await;
    h
}

async fn limit(h: &Harness, wip: Option<i32>, review: Option<i32>) {
    let limits = Limits { wip, review, excluded_labels: vec![] };
    limits::set(&h.store, &REPO.parse().unwrap(), &limits, None, &OPERATOR).await.unwrap();
}

/// One attempt of one agent: whether it got something, or which gates held everything back.
async fn attempt(db: &Db, name: &str) -> Result<i64, Vec<&'static str>> {
    let who = Who { kind: "agent", name, correlation: "race" };
    let asker = Asker::anything(name.parse().unwrap());
    match grant::claim(db, &asker, None, &who).await.expect("an answer").0 {
        Answer::Granted(briefing) => Ok(briefing.claim.id),
        Answer::Nothing(nothing) => Err(nothing.reasons.keys().map(|gate| gate.as_str()).collect()),
    }
}

/// Everybody asks at once, through several pools; answers how many got something.
async fn race(h: &Harness, agents: usize) -> usize {
    let pools: Vec<Db> = (0..4).map(|_| h.db.pool(4)).collect();
    let attempts = (0..agents).map(|agent| {
        let db = pools[agent % pools.len()].clone();
        tokio::spawn(async move { attempt(&db, &format!("agent-{agent}")).await })
    });
    join_all(attempts).await.into_iter().filter(|answer| answer.as_ref().expect("no panic").is_ok()).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_of_a_lane_holds_exactly_however_many_ask_at_once() {
    let h = with_ready(40).await;
    h.db.run("update lane set wip_limit = 5 where name = 'default'").await;
    assert_eq!(race(&h, 32).await, 5);
    assert_eq!(h.db.count("claim where state = 'active'").await, 5);
    assert_eq!(attempt(&h.store, "late").await, Err(vec!["status", "lane_limit"]));
    // What ends makes room for exactly as much.
    h.db.run("update lane set wip_limit = 7 where name = 'default'").await;
    assert_eq!(race(&h, 48).await, 2 + 5, "five get their own work again");
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_of_a_repository_holds_exactly_and_its_results_count_until_people_took_them() {
    let h = with_ready(20).await;
    limit(&h, Some(4), None).await;
    assert_eq!(race(&h, 24).await, 4);
    assert_eq!(attempt(&h.store, "late").await, Err(vec!["status", "repository_limit"]));
    limit(&h, None, Some(6)).await;
    assert_eq!(race(&h, 24).await, 4 + 2, "what is in hand is on its way to review");
    let held = h.db.rows("select agent from claim where state = 'active' order by id limit 1", &[]).await;
    let holder: String = held[0].get(0);
    let holder = h.agent(&holder);
    let taken = holder.take().await;
    holder.complete(&taken, Outcome::PrOpened).await.unwrap();
    assert_eq!(attempt(&h.store, "later").await, Err(vec!["status", "review_limit"]));
    limit(&h, None, None).await;
    assert!(attempt(&h.store, "latest").await.is_ok());
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn an_agent_has_no_more_than_its_capacity_and_the_lanes_it_is_let_into() {
    let h = with_ready(3).await;
    h.db.run("insert into agent (name, capacity, registered_at) values ('alpha', 1, now())").await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    let other = h.sim.issue(REPO, if taken.number() == 1 { 2 } else { 1 });
    assert_eq!(alpha.clone().only(&other).held_back_by().await, [("agent_limit", 1)]);
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.db.run(
        "insert into lane (name) values ('deep'); update agent set lanes = '{deep}' where name = 'alpha'",
    )
    .await;
    let nothing = alpha.clone().only(&other).gets_nothing().await;
    let (_, sentence) = nothing.reasons.values().next().unwrap();
    assert_eq!(sentence, "It is in lane default, and agent alpha works in deep only.");
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn an_expired_claim_comes_back_only_where_there_is_room_and_its_report_always() {
    let h = with_ready(2).await;
    h.db.run("update lane set wip_limit = 1 where name = 'default'").await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
    let lost = alpha.take().await;
    h.settle().await;
    h.advance(SignedDuration::from_mins(16)).await;
    h.sweep().await;
    let other = h.sim.issue(REPO, if lost.number() == 1 { 2 } else { 1 });
    beta.clone().only(&other).take().await;
    assert_eq!(super::why(alpha.renew(&lost).await), "expired");
    alpha.complete(&lost, Outcome::PrOpened).await.unwrap();
    assert_eq!(h.db.count("claim where state = 'active'").await, 1);
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn what_is_set_for_a_repository_is_shown_with_what_counts_against_it() {
    let h = with_ready(2).await;
    let api = h.api();
    let (olga, alpha) = (api.operator(), api.agent("alpha"));
    let path = format!("/api/automation/repos/{REPO}/limits");
    let shown = async || {
        let listed = olga.get("/api/automation/repos").await.ok()[0].clone();
        ["wipLimit", "reviewLimit", "excludedLabels", "intake", "claimed", "inReview"]
            .map(|field| listed[field].clone())
    };
    assert_eq!(shown().await, [json!(null), json!(null), json!([]), json!(null), json!(0), json!(0)]);
    let limits = json!({ "wipLimit": 5, "reviewLimit": 8, "excludedLabels": ["no-agents"] });
    for _ in 0..2 {
        olga.post(&path, limits.clone()).await.ok();
        olga.post("/api/intake", json!({ "repo": REPO, "policy": "trusted" })).await.ok();
    }
    alpha.claim(json!({})).await.ok();
    let two = [json!(5), json!(8), json!(["no-agents"]), json!("trusted"), json!(1), json!(0)];
    assert_eq!(shown().await, two);
    for bad in [json!({ "wipLimit": -1 }), json!({ "wipLimit": 10_001 }), json!({ "reviewLimit": "many" })] {
        assert_eq!(olga.post(&path, bad).await.code(), "invalid");
    }
    assert_eq!(alpha.post("/api/intake", json!({ "policy": "open" })).await.code(), "forbidden");
    assert_eq!(shown().await, two, "what was refused changed nothing");
    let trail = olga.get("/api/audit").await.ok();
    let changes = trail.as_array().unwrap().iter().filter(|event| event["action"] == "intake.changed");
    let changes: Vec<_> = changes.map(|event| (event["before"].clone(), event["after"].clone())).collect();
    assert_eq!(changes, [(json!({ "policy": null }), json!({ "policy": "trusted" }))]);
    h.leaves_work_waiting();
    h.finish().await;
}
