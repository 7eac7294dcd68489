//! `Idempotency-Key` on every change: asked for twice under one key, it is made once.

use kit::Harness;
use kit::http::{Caller, Said};
use serde_json::{Value, json};

/// Asks twice under one key, and once more with another body.
async fn twice(caller: &Caller, key: &str, path: &str, body: Value) -> (Said, Said) {
    let caller = caller.clone().with("idempotency-key", key);
    let first = caller.post(path, body.clone()).await;
    assert!(first.status.is_success(), "{path}: {first:?}");
    let again = caller.post(path, body.clone()).await;
    assert_eq!(again.status, first.status, "{path}: {again:?}");
    let mut other = body;
    other["another"] = json!("body");
    let other = caller.post(path, other).await;
    assert_eq!((other.status.as_u16(), other.code()), (409, "idempotency_conflict"), "{path}: {other:?}");
    (first, again)
}

#[tokio::test]
async fn every_change_is_made_once_under_one_key() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    let api = h.api();
    let (olga, alpha) = (api.operator(), api.agent("alpha"));
    let same = |(first, again): (Said, Said)| assert_eq!(first.body, again.body);

    same(twice(&olga, "k1", "/api/lanes", json!({ "name": "deep" })).await);
    same(twice(&olga, "k2", "/api/agents", json!({ "name": "alpha" })).await);
    same(twice(&olga, "k3", "/api/automation/repos", json!({ "fullName": "acme/api" })).await);
    same(twice(&olga, "k4", "/api/repos", json!({ "fullName": "acme/app" })).await);
    let run = json!({ "agentName": "alpha", "runType": "heartbeat", "status": "completed" });
    same(twice(&alpha, "k5", "/api/agent-runs", run).await);
    assert_eq!(h.db.count("agent_run").await, 1);

    // The secret is shown once, also to whoever asks again.
    let (first, again) = twice(&olga, "k6", "/api/agents/alpha/tokens", json!({})).await;
    assert_eq!((&first.body["token"], &again.body["secret"]), (&again.body["token"], &Value::Null));
    assert_eq!(h.db.count("agent_token").await, 1);

    let body = json!({ "issueId": issue.id.to_string(), "status": "in-review" });
    let (first, again) = twice(&olga, "k7", "/api/issues/move", body).await;
    assert_eq!(first.body["mutationId"], again.body["mutationId"]);
    assert_eq!(h.db.count("audit_event where action = 'issue.moved'").await, 1);

    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    let at = |verb: &str| format!("/api/claims/{}/{verb}", claim["id"].as_str().unwrap());
    let body = |more: Value| {
        let mut body = json!({ "agentName": "alpha", "fence": claim["fence"] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    twice(&alpha, "k8", &at("renew"), body(json!({}))).await;
    twice(&alpha, "k9", &at("checkpoint"), body(json!({ "note": "half" }))).await;
    let done = body(json!({ "outcome": "pr_opened", "pullRequest": 7 }));
    let (first, again) = twice(&alpha, "k10", &at("complete"), done).await;
    assert_eq!(first.body["claim"], again.body["claim"]);
    // What had no effect is not kept: the same key may be used again.
    let again = olga.clone().with("idempotency-key", "k11");
    assert_eq!(again.post("/api/lanes", json!({ "name": "deep" })).await.code(), "conflict");
    again.post("/api/lanes", json!({ "name": "deeper" })).await.ok();
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn operators_decide_and_agents_escalate_once_under_one_key() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let (olga, beta) = (api.operator(), api.agent("beta"));
    let audited =
        async |action: &str| h.db.count(&format!("audit_event where action = '{action}' and success")).await;

    for (verb, action, body) in [
        ("assign", "issue.assigned", json!({ "agent": "beta" })),
        ("priority", "issue.prioritised", json!({ "priority": "p0" })),
        ("owner", "issue.owned", json!({ "owner": "alice" })),
        ("lane", "issue.classified", json!({ "lane": "escalated" })),
        ("snooze", "issue.snoozed", json!({ "until": 3600 })),
        ("release", "issue.released", json!({})),
    ] {
        let (first, again) = twice(&olga, verb, &format!("/api/issues/{}/{verb}", issue.id), body).await;
        assert_eq!(first.body["mutationId"], again.body["mutationId"], "{verb}");
        assert_eq!(audited(action).await, 1, "{verb}");
    }
    assert_eq!(h.db.count("lane_classification").await, 1);
    let claim = beta.claim(json!({})).await.ok()["claim"].clone();
    let at = |claim: &Value, verb: &str| format!("/api/claims/{}/{verb}", claim["id"].as_str().unwrap());
    let (first, again) = twice(&olga, "stop", &at(&claim, "stop"), json!({ "reason": "Not now." })).await;
    assert_eq!((&first.body, audited("claim.stopped").await), (&again.body, 1));

    h.issue(&repo, "Two", &["status/ready"]).await;
    let claim = beta.claim(json!({})).await.ok()["claim"].clone();
    let body = json!({ "agentName": "beta", "fence": claim["fence"], "reason": "Too hard." });
    let (first, again) = twice(&beta, "escalate", &at(&claim, "escalate"), body).await;
    assert_eq!(first.body["claim"], again.body["claim"]);
    assert_eq!(h.db.count("lane_classification").await, 2);
    h.settle().await;
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twins_at_the_same_moment_make_one_change() {
    let h = Harness::new().await;
    let api = h.api();
    let olga = api.operator().with("idempotency-key", "one");
    let twins = (0..8).map(|_| {
        let olga = olga.clone();
        tokio::spawn(async move { olga.post("/api/lanes", json!({ "name": "deep" })).await.ok() })
    });
    let answers = futures::future::join_all(twins).await;
    let answers: Vec<Value> = answers.into_iter().map(|answer| answer.expect("no panic")).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(h.db.count("lane where name = 'deep'").await, 1);
    assert_eq!(h.db.count("audit_event where action = 'lane.created'").await, 1);
    h.finish().await;
}

#[tokio::test]
async fn a_key_is_its_principals_and_its_objects_own() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let (one, two) =
        (h.issue(&repo, "One", &["status/ready"]).await, h.issue(&repo, "Two", &["status/ready"]).await);
    let api = h.api();
    let (alpha, beta) = (api.agent("alpha"), api.agent("beta"));
    let mine = alpha.claim(json!({ "issueId": one.id.to_string() })).await.ok()["claim"].clone();
    let other = beta.claim(json!({ "issueId": two.id.to_string() })).await.ok()["claim"].clone();
    let renew = async |caller: &Caller, claim: &Value, agent: &str| {
        let path = format!("/api/claims/{}/renew", claim["id"].as_str().unwrap());
        let named = caller.clone().with("x-agent-name", agent).with("idempotency-key", "k");
        named.post(&path, json!({ "fence": claim["fence"] })).await
    };
    assert!(renew(&alpha, &mine, "alpha").await.status.is_success());
    assert!(renew(&beta, &other, "beta").await.status.is_success(), "another principal's key is another key");
    assert_eq!(
        renew(&alpha, &other, "alpha").await.code(),
        "forbidden",
        "and nobody's claim is reached by one"
    );
    h.settle().await;
    h.finish().await;
}
