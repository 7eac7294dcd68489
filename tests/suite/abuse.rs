//! What agents send that nobody should: a clear refusal each, and nothing written.

use http::{Method, StatusCode};
use kit::Harness;
use serde_json::{Value, json};

/// Everything that a refused request could have written. That somebody tried is on record, and evidence is kept.
async fn written(h: &Harness) -> Vec<i64> {
    let mut counts = Vec::new();
    for rows in [
        "claim",
        "claim where checkpoint_at is not null or renewed_at > acquired_at",
        "work where snoozed_until is not null or quarantined_at is not null",
        "mutation",
        "agent_run",
        "agent where registered_at is not null",
        "agent_token",
        "lane",
        "idempotency_key",
        "audit_event where success",
        "change",
    ] {
        counts.push(h.db.count(rows).await);
    }
    counts
}

#[tokio::test]
async fn abuse_is_refused_in_words_and_writes_nothing() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "Held", &["status/ready"]).await;
    h.issue(&repo, "Free", &["status/ready"]).await;
    let api = h.api();
    let (alpha, beta) = (api.agent("alpha"), api.agent("beta"));
    let olga = api.operator();
    let keyed = alpha.clone().with("idempotency-key", "k");
    let claim = keyed.claim(json!({})).await.ok()["claim"].clone();
    h.settle().await;
    let before = written(&h).await;
    let stale = json!({ "id": claim["id"], "fence": claim["fence"].as_i64().unwrap() - 1 });
    let id = claim["id"].as_str().unwrap();
    let huge = format!(r#"{{"fence":{},"data":{{"x":"{}"}}}}"#, claim["fence"], "x".repeat(10 * 1024 * 1024));
    let long = json!({ "data": { "x": "x".repeat(65 * 1024) } });
    let deep = format!(r#"{{"fence":{},"data":{}1{}}}"#, claim["fence"], "[".repeat(500), "]".repeat(500));
    let far = json!({ "snoozeUntil": "2099-01-01T00:00:00Z" });
    let mut picture = String::new();
    let mut told = |what: &str, said: kit::http::Said| {
        let sentence = said.body["message"].as_str().unwrap_or_default();
        assert!(said.status.is_client_error() && sentence.contains(' '), "{what}: {said:?}");
        picture += &format!("{what}: {} {}\n", said.status.as_u16(), said.code());
    };
    told("an unknown lane", beta.claim(json!({ "lanes": ["nowhere"] })).await);
    told("a foreign claim", beta.on_claim(&claim, "complete", json!({ "outcome": "pr_opened" })).await);
    told("a stale fence", alpha.on_claim(&stale, "checkpoint", json!({ "note": "late" })).await);
    told("a fence from the future", {
        let future = json!({ "id": id, "fence": i64::MAX });
        alpha.on_claim(&future, "renew", json!({})).await
    });
    told("a reused key with another body", keyed.claim(json!({ "lanes": ["default"] })).await);
    told("a 10 MB checkpoint", alpha.raw(Method::POST, &format!("/api/claims/{id}/checkpoint"), huge).await);
    told("a checkpoint above its limit", alpha.on_claim(&claim, "checkpoint", long).await);
    told(
        "a checkpoint 500 deep",
        alpha.raw(Method::POST, &format!("/api/claims/{id}/checkpoint"), deep).await,
    );
    told("NUL in a checkpoint", alpha.on_claim(&claim, "checkpoint", json!({ "data": "\0" })).await);
    told("an unknown phase", alpha.on_claim(&claim, "checkpoint", json!({ "phase": "CODING" })).await);
    told("a negative busyFor", alpha.on_claim(&claim, "renew", json!({ "busyFor": -1 })).await);
    told("a huge busyFor", alpha.on_claim(&claim, "renew", json!({ "busyFor": i64::MAX })).await);
    told("a busyFor that is no number", alpha.on_claim(&claim, "renew", json!({ "busyFor": "1e9" })).await);
    for (what, name) in [
        ("a line end in a name", "alpha\n"),
        ("NUL in a name", "al\0pha"),
        ("an escape in a name", "\u{1b}[31mred"),
        ("another alphabet in a name", "аlpha"),
        ("a path in a name", "../alpha"),
        ("40 letters in a name", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ] {
        told(what, alpha.claim(json!({ "agentName": name })).await);
        let made = olga.post("/api/agents", json!({ "name": name })).await;
        assert_eq!((made.status, made.code()), (StatusCode::BAD_REQUEST, "invalid"), "{what}");
    }
    told(
        "a control character in a branch",
        alpha.on_claim(&claim, "checkpoint", json!({ "branch": "a\nb" })).await,
    );
    told("a snooze for ever", alpha.on_claim(&claim, "release", far).await);
    told("negative tokens", {
        let done = json!({ "outcome": "pr_opened", "tokensIn": -1 });
        alpha.on_claim(&claim, "complete", done).await
    });
    told("an infinite cost", {
        let done = format!(r#"{{"fence":{},"outcome":"failed","costUsd":1e999}}"#, claim["fence"]);
        alpha.raw(Method::POST, &format!("/api/claims/{id}/complete"), done).await
    });
    insta::assert_snapshot!(picture, @"
    an unknown lane: 400 lane_unknown
    a foreign claim: 403 forbidden
    a stale fence: 409 claim_lost
    a fence from the future: 409 claim_lost
    a reused key with another body: 409 idempotency_conflict
    a 10 MB checkpoint: 413 too_large
    a checkpoint above its limit: 400 invalid
    a checkpoint 500 deep: 400 invalid
    NUL in a checkpoint: 400 invalid
    an unknown phase: 400 invalid
    a negative busyFor: 400 invalid
    a huge busyFor: 400 invalid
    a busyFor that is no number: 400 invalid
    a line end in a name: 400 invalid
    NUL in a name: 400 invalid
    an escape in a name: 400 invalid
    another alphabet in a name: 400 invalid
    a path in a name: 400 invalid
    40 letters in a name: 400 invalid
    a control character in a branch: 400 invalid
    a snooze for ever: 400 invalid
    negative tokens: 400 invalid
    an infinite cost: 400 invalid
    ");
    assert_eq!(written(&h).await, before, "nothing was written");
    let kept = alpha.get(&format!("/api/claims/{id}")).await.ok();
    assert_eq!((&kept["claim"]["state"], &kept["claim"]["note"]), (&json!("active"), &Value::Null));
    h.finish().await;
}
