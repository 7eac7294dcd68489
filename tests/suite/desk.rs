//! What operators decide about one issue besides its status, and what the agent that had it learns.

use github_sim::IssueView;
use jiff::SignedDuration;
use kit::Harness;
use kit::http::{Caller, Said};
use serde_json::{Value, json};

const REPO: &str = "acme/web";

async fn decide(olga: &Caller, issue: &IssueView, what: &str, body: Value) -> Said {
    olga.post(&format!("/api/issues/{}/{what}", issue.id), body).await
}

#[track_caller]
fn refused(said: &Said, status: u16, code: &str) {
    assert_eq!((said.status.as_u16(), said.code()), (status, code), "{said:?}");
}

#[tokio::test]
async fn decisions_become_labels_and_show_as_pending_until_then() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready", "Priority/P3", "bug"]).await;
    let api = h.api();
    let olga = api.operator();
    let first = decide(&olga, &issue, "priority", json!({ "priority": "p1" })).await.ok();
    assert_eq!(
        (&first["issue"]["priority"], &first["issue"]["pending"]["state"]),
        (&json!("p1"), &json!("pending"))
    );
    decide(&olga, &issue, "owner", json!({ "owner": "alice" })).await.ok();
    let body =
        json!({ "lane": "escalated", "reason": "Touches the scheduler.", "confidence": 0.8, "model": "m" });
    decide(&olga, &issue, "lane", body).await.ok();
    let assigned = decide(&olga, &issue, "assign", json!({ "agent": "beta" })).await.ok();
    assert_eq!(assigned["mutationId"], first["mutationId"], "one write for all of them");
    // Something else is told before the writer comes: what was decided stands.
    h.act("ana", |ana| ana.retitle(REPO, issue.number, "Another title")).await;
    let card = olga.get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!(
        [&card["priority"], &card["owner"], &card["lane"], &card["agent"]],
        [&json!("p1"), &json!("alice"), &json!("escalated"), &json!("beta")]
    );
    h.drain().await;
    let labels = ["agent/beta", "bug", "lane/escalated", "owner/alice", "priority/p1", "status/ready"];
    assert_eq!(h.labels(&issue), labels);
    let history = olga.get(&format!("/api/issues/{}/lane", issue.id)).await.ok();
    insta::assert_json_snapshot!(history, { "[].at" => "[at]" }, @r#"
    [
      {
        "actor": "olga",
        "actorKind": "operator",
        "at": "[at]",
        "confidence": 0.8,
        "fromLane": "default",
        "lane": "escalated",
        "model": "m",
        "reason": "Touches the scheduler."
      }
    ]
    "#);
    // And back.
    h.tick().await;
    for (what, field) in [("priority", "priority"), ("owner", "owner"), ("assign", "agent")] {
        decide(&olga, &issue, what, json!({ field: null })).await.ok();
    }
    decide(&olga, &issue, "lane", json!({ "lane": "default" })).await.ok();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["bug", "status/ready"]);
    // A person's label is a decision too.
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "lane/deep")).await;
    let history = olga.get(&format!("/api/issues/{}/lane", issue.id)).await.ok();
    assert_eq!((&history[0]["lane"], &history[0]["actor"]), (&json!("deep"), &json!("ana")));
    let actions = "audit_event where action like 'issue.%' and actor = 'olga' and success";
    assert_eq!(h.db.count(actions).await, 8);
    h.finish().await;
}

#[tokio::test]
async fn a_decision_that_github_refuses_goes_back() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let olga = h.api().operator();
    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    decide(&olga, &issue, "priority", json!({ "priority": "p0" })).await.ok();
    h.drain().await;
    let card = olga.get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!((&card["priority"], &card["pending"]["state"]), (&Value::Null, &json!("parked")));
    h.leaves_parked(1);
    h.finish().await;
}

/// What the holder is told at its next call after an operator's decision, and the labels that are left.
async fn told(what: &str, body: Value) -> (Value, String, Vec<String>) {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready", "bug"]).await;
    let api = h.api();
    let (alpha, olga) = (api.agent("alpha"), api.operator());
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    h.settle().await;
    h.tick().await;
    match what {
        "stop" => olga.post(&format!("/api/claims/{}/stop", claim["id"].as_str().unwrap()), body).await.ok(),
        _ => decide(&olga, &issue, what, body).await.ok(),
    };
    let renewed = alpha.on_claim(&claim, "renew", json!({})).await;
    let done = alpha.on_claim(&claim, "complete", json!({ "outcome": "pr_opened" })).await;
    assert_eq!(done.status, renewed.status);
    h.settle().await;
    let status = h.status(&issue).await;
    let labels = h.labels(&issue);
    let runs = olga.get("/api/agent-runs").await.ok();
    assert_eq!(runs.as_array().map(Vec::len), Some(1));
    h.finish().await;
    (renewed.body, status, labels)
}

#[tokio::test]
async fn an_agent_that_loses_its_work_is_told_why_in_the_operators_words() {
    let why = "Legal has to look first.";
    let mut picture = String::new();
    for (what, body) in [
        ("release", json!({ "reason": why })),
        ("assign", json!({ "agent": "beta", "reason": why })),
        ("assign", json!({ "agent": null, "reason": why })),
        ("stop", json!({ "reason": why })),
        ("stop", json!({})),
    ] {
        let (body, status, labels) = told(what, body).await;
        assert_eq!(body["error"], "claim_lost");
        let (code, message) = (body["details"]["why"].as_str().unwrap(), body["message"].as_str().unwrap());
        picture += &format!("{what}: {code}; {status}; {}\n  {message}\n", labels.join(" "));
    }
    insta::assert_snapshot!(picture, @r"
    release: taken_back; ready; bug status/ready
      A person took the work back. Stop, and claim other work. olga says: Legal has to look first.
    assign: reassigned; ready; agent/beta bug status/ready
      A person gave the work to another agent. Stop, and claim other work. olga says: Legal has to look first.
    assign: taken_back; ready; bug status/ready
      A person took the work back. Stop, and claim other work. olga says: Legal has to look first.
    stop: stopped; ready; bug status/ready
      An operator ended this claim. Stop, and claim other work. olga says: Legal has to look first.
    stop: stopped; ready; bug status/ready
      An operator ended this claim. Stop, and claim other work.
    ");
}

#[tokio::test]
async fn decisions_that_take_nothing_away_leave_the_claim_alone() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let (alpha, olga) = (api.agent("alpha"), api.operator());
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    for (what, body) in [
        ("priority", json!({ "priority": "p0" })),
        ("owner", json!({ "owner": "ana" })),
        ("lane", json!({ "lane": "escalated" })),
        ("assign", json!({ "agent": "alpha" })),
        ("snooze", json!({ "until": 3600 })),
    ] {
        decide(&olga, &issue, what, body).await.ok();
    }
    alpha.on_claim(&claim, "renew", json!({})).await.ok();
    h.settle().await;
    // It is told at its next call what a person made of the issue.
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "status/blocked")).await;
    let kept = alpha.on_claim(&claim, "checkpoint", json!({ "note": "on it" })).await.ok();
    assert_eq!(
        (&kept["claim"]["state"], &kept["claim"]["issueStatus"]),
        (&json!("active"), &json!("blocked"))
    );
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn a_stopped_agent_is_not_given_the_same_work_at_once_and_others_are() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let (alpha, beta, olga) = (api.agent("alpha"), api.agent("beta"), api.operator());
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    alpha.on_claim(&claim, "checkpoint", json!({ "phase": "coding", "data": { "at": 7 } })).await.ok();
    let stop = format!("/api/claims/{}/stop", claim["id"].as_str().unwrap());
    olga.post(&stop, json!({})).await.ok();
    refused(&olga.post(&stop, json!({})).await, 409, "conflict");
    refused(&olga.post("/api/claims/999999/stop", json!({})).await, 404, "not_found");
    let nothing = alpha.claim(json!({})).await.ok();
    assert_eq!(nothing["reasons"][0]["code"], "hidden");
    let next = beta.claim(json!({})).await.ok();
    let previous = &next["previousAttempts"][0];
    assert_eq!((&previous["endReason"], &previous["endedBy"]), (&json!("stopped"), &json!("olga")));
    assert_eq!((&previous["checkpoint"], &previous["phase"]), (&json!({ "at": 7 }), &json!("coding")));
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn snoozing_holds_work_back_and_releasing_forgives_everything() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let (alpha, olga) = (api.agent("alpha"), api.operator());
    decide(&olga, &issue, "snooze", json!({ "until": 3600, "reason": "After the release." })).await.ok();
    let nothing = alpha.claim(json!({})).await.ok();
    assert_eq!((&nothing["reasons"][0]["code"], &nothing["retryAfter"]), (&json!("snoozed"), &json!(300)));
    decide(&olga, &issue, "snooze", json!({ "until": null })).await.ok();
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    // A pause that an operator wants while the work is held is not forgotten when it comes back.
    decide(&olga, &issue, "snooze", json!({ "until": h.now() + SignedDuration::from_hours(2) })).await.ok();
    alpha.on_claim(&claim, "complete", json!({ "outcome": "failed" })).await.ok();
    h.advance(SignedDuration::from_hours(1)).await;
    assert_eq!(api.agent("beta").claim(json!({})).await.ok()["reasons"][0]["code"], "snoozed");
    decide(&olga, &issue, "release", json!({})).await.ok();
    for _ in 0..3 {
        api.agent("beta").claim(json!({})).await.ok();
        h.settle().await;
        h.advance(SignedDuration::from_mins(15)).await;
        h.sweep().await;
    }
    assert_eq!(alpha.claim(json!({})).await.ok()["reasons"][0]["code"], "quarantined");
    decide(&olga, &issue, "release", json!({ "reason": "The tests are mended." })).await.ok();
    assert_eq!(alpha.claim(json!({})).await.ok()["claim"]["attempt"], 5);
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn an_issue_in_progress_that_nobody_holds_is_freed_too() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/in-progress"]).await;
    let olga = h.api().operator();
    let freed = decide(&olga, &issue, "release", json!({})).await.ok();
    assert_eq!(freed["issue"]["status"], "ready");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn unclear_decisions_are_refused_and_change_nothing() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let closed = h.issue(&repo, "Closed", &[]).await;
    h.act("ana", |ana| ana.close(REPO, closed.number)).await;
    let olga = h.api().operator();
    let before = h.db.count("change").await;
    for (what, body, code) in [
        ("assign", json!({}), "invalid"),
        ("assign", json!({ "agent": "No Name" }), "invalid"),
        ("priority", json!({ "priority": "urgent" }), "invalid"),
        ("owner", json!({ "owner": "a\nb" }), "invalid"),
        ("lane", json!({ "lane": "nowhere" }), "lane_unknown"),
        ("lane", json!({ "lane": "default", "confidence": 1.5 }), "invalid"),
        ("snooze", json!({ "until": -1 }), "invalid"),
        ("snooze", json!({ "until": "2099-01-01T00:00:00Z" }), "invalid"),
        ("snooze", json!({}), "invalid"),
    ] {
        refused(&decide(&olga, &issue, what, body).await, 400, code);
    }
    refused(&decide(&olga, &closed, "release", json!({})).await, 409, "issue_closed");
    refused(&olga.post("/api/issues/1/release", json!({})).await, 404, "issue_unknown");
    refused(&olga.get("/api/issues/1/lane").await, 404, "issue_unknown");
    assert_eq!(h.db.count("change").await, before);
    assert_eq!(h.db.count("lane_classification").await, 0);
    h.finish().await;
}
