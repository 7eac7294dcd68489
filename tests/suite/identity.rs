//! Who an agent is: registered by operators, known by tokens of its own, and nobody but itself.

use std::sync::Arc;

use dispatch_store::agents::{self, NewToken};
use http::StatusCode;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use kit::http::{Api, Caller, Said};
use serde_json::{Value, json};

/// Registers an agent and makes it a token of that tier.
async fn token(api: &Api, agent: &str, tier: &str) -> (String, String) {
    let olga = api.operator();
    let registered = olga.post("/api/agents", json!({ "name": agent })).await;
    assert!(matches!(registered.status, StatusCode::CREATED | StatusCode::CONFLICT), "{registered:?}");
    let made = olga.post(&format!("/api/agents/{agent}/tokens"), json!({ "tier": tier })).await.ok();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    (text(&made["secret"]), text(&made["token"]["id"]))
}

async fn agent(api: &Api, name: &str) -> Caller {
    api.bearer(&token(api, name, "agent").await.0)
}

#[track_caller]
fn refused(said: &Said, status: u16, code: &str) {
    assert_eq!((said.status.as_u16(), said.code()), (status, code), "{said:?}");
}

#[tokio::test]
async fn a_token_is_shown_once_stored_hashed_listed_with_its_use_and_revoked_at_once() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let olga = api.operator();
    let missing = olga.post("/api/agents/alpha/tokens", json!({})).await;
    refused(&missing, 404, "not_found");
    let (secret, id) = token(&api, "alpha", "agent").await;
    let tokens = "/api/agents/alpha/tokens";
    let listed = olga.get(tokens).await.ok();
    assert_eq!((&listed[0]["tier"], &listed[0]["lastUsedAt"]), (&json!("agent"), &Value::Null));
    assert_eq!(listed[0]["createdBy"], "olga");
    assert!(secret.ends_with(listed[0]["hint"].as_str().unwrap()));
    // The secret is nowhere but in that one answer.
    for table in ["agent_token", "audit_event", "agent", "idempotency_key"] {
        let like = format!("{table} t where t::text like '%{secret}%'");
        assert_eq!(h.db.count(&like).await, 0, "{table}");
    }
    let stored: Vec<u8> = h.db.value("select sha256 from agent_token", &[]).await;
    assert_eq!(stored, sha2_of(&secret));

    let alpha = api.bearer(&secret);
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    assert_eq!(claim["agentName"], "alpha", "the token says who it is");
    let mine = alpha.get("/api/claims?agent=me&state=active").await.ok();
    assert_eq!(mine[0]["id"], claim["id"]);
    let used = olga.get(tokens).await.ok()[0]["lastUsedAt"].clone();
    assert_eq!(used, json!(h.now()));
    assert_eq!(olga.get("/api/agents").await.ok()[0]["lastSeenAt"], used);

    let gone = olga.delete(&format!("{tokens}/{id}")).await.ok();
    assert_eq!(gone["revokedBy"], "olga");
    refused(&alpha.on_claim(&claim, "renew", json!({})).await, 401, "unauthorized");
    refused(&alpha.get("/api/board").await, 401, "unauthorized");
    assert_eq!(olga.delete(&format!("{tokens}/{id}")).await.ok(), gone, "revoking again changes nothing");
    refused(
        &api.bearer(&format!("dispatch_{}", "a".repeat(43))).get("/api/board").await,
        401,
        "unauthorized",
    );
    refused(&api.bearer("dispatch_short").get("/api/board").await, 401, "unauthorized");
    h.leaves_work_waiting();
    h.finish().await;
}

fn sha2_of(text: &str) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).to_vec()
}

#[tokio::test]
async fn an_agent_acts_only_as_itself_and_on_its_own_claims_and_trying_otherwise_is_on_record() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let (alpha, beta) = (agent(&api, "alpha").await, agent(&api, "beta").await);
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    let before = h.db.count("audit_event where success").await;
    // In the body, in the header, in the query string.
    refused(&beta.claim(json!({ "agentName": "alpha" })).await, 403, "forbidden");
    refused(&beta.clone().with("x-agent-name", "alpha").claim(json!({})).await, 403, "forbidden");
    refused(&beta.post("/api/claims?agent=alpha", json!({})).await, 403, "forbidden");
    let run = json!({ "agentName": "alpha", "runType": "heartbeat", "status": "completed" });
    refused(&beta.post("/api/agent-runs", run).await, 403, "forbidden");
    for (verb, body) in [
        ("renew", json!({})),
        ("checkpoint", json!({ "note": "mine" })),
        ("complete", json!({ "outcome": "pr_opened" })),
        ("release", json!({})),
        ("block", json!({ "kind": "waiting", "reason": "for you" })),
    ] {
        refused(&beta.on_claim(&claim, verb, body).await, 403, "forbidden");
    }
    assert_eq!(h.db.count("audit_event where success").await, before, "nothing was done");
    let tried = "select actor || ' ' || action || ' ' || coalesce(notes, '') from audit_event
        where not success order by id";
    let tried: Vec<String> = h.db.rows(tried, &[]).await.iter().map(|row| row.get(0)).collect();
    let id = claim["id"].as_str().unwrap();
    insta::assert_snapshot!(tried.join("\n").replace(&format!("claim {id} "), "claim [id] "), @"
    beta request.refused POST /api/claims
    beta request.refused POST /api/claims
    beta request.refused POST /api/claims
    beta request.refused POST /api/agent-runs
    beta claim.refused agent beta, claim [id] of agent alpha
    beta claim.refused agent beta, claim [id] of agent alpha
    beta claim.refused agent beta, claim [id] of agent alpha
    beta claim.refused agent beta, claim [id] of agent alpha
    beta claim.refused agent beta, claim [id] of agent alpha
    ");
    let kept = alpha.get(&format!("/api/claims/{id}")).await.ok();
    assert_eq!((&kept["claim"]["state"], &kept["claim"]["note"]), (&json!("active"), &Value::Null));
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn tokens_reach_as_far_as_their_tier_and_the_bootstrap_token_acts_as_anybody() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let api = h.api();
    let alpha = agent(&api, "alpha").await;
    let groomer = api.bearer(&token(&api, "groomer", "maintainer").await.0);
    let track = json!({ "fullName": "acme/api" });
    refused(&alpha.post("/api/automation/repos", track.clone()).await, 403, "forbidden");
    assert_eq!(groomer.post("/api/automation/repos", track).await.status, StatusCode::CREATED);
    for caller in [&alpha, &groomer] {
        refused(&caller.post("/api/lanes", json!({ "name": "deep" })).await, 403, "forbidden");
        refused(&caller.get("/api/agents/alpha/tokens").await, 403, "forbidden");
        caller.get("/api/lanes").await.ok();
    }
    assert_eq!(h.db.count("audit_event where action = 'request.refused' and actor = 'alpha'").await, 3);
    // The weaker set-up works, and says so.
    api.agent("gamma").claim(json!({})).await.ok();
    let known = api.operator().get("/api/agents").await.ok();
    let gamma = known.as_array().unwrap().iter().find(|agent| agent["name"] == "gamma").unwrap();
    assert_eq!(gamma["registered"], false);
    let health = api.anonymous().get("/api/health").await.ok();
    assert!(health["warnings"].to_string().contains("one token for all agents"), "{health}");
    // Registering takes that agent over.
    let body = json!({ "name": "gamma", "capacity": 2, "description": "Build machine" });
    let gamma = api.operator().post("/api/agents", body).await.ok();
    assert_eq!((&gamma["registered"], &gamma["capacity"]), (&json!(true), &json!(2)));
    h.finish().await;
}

#[tokio::test]
async fn agents_are_changed_and_removed_by_operators() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let olga = api.operator();
    let alpha = agent(&api, "alpha").await;
    refused(&olga.post("/api/agents", json!({ "name": "alpha" })).await, 409, "conflict");
    refused(&olga.post("/api/agents", json!({})).await, 400, "invalid");
    let unknown = olga.patch("/api/agents/alpha", json!({ "lanes": ["nowhere"] })).await;
    refused(&unknown, 400, "lane_unknown");
    assert_eq!(unknown.body["details"]["lanes"], json!(["default", "escalated"]));
    refused(&olga.patch("/api/agents/alpha", json!({ "capacity": -1 })).await, 400, "invalid");
    refused(&olga.patch("/api/agents/nobody", json!({})).await, 404, "not_found");
    refused(&olga.patch("/api/agents/alpha", json!({ "name": "beta" })).await, 400, "invalid");
    let changed = olga.patch("/api/agents/alpha", json!({ "lanes": ["default"], "capacity": 1 })).await.ok();
    assert_eq!((&changed["lanes"], &changed["capacity"]), (&json!(["default"]), &json!(1)));
    let changed = olga.patch("/api/agents/alpha", json!({ "capacity": null })).await.ok();
    assert_eq!((&changed["lanes"], &changed["capacity"]), (&json!(["default"]), &Value::Null));

    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    refused(&olga.delete("/api/agents/alpha").await, 409, "conflict");
    alpha.on_claim(&claim, "release", json!({})).await.ok();
    olga.delete("/api/agents/alpha").await.ok();
    refused(&alpha.claim(json!({})).await, 401, "unauthorized");
    refused(&olga.delete("/api/agents/alpha").await, 404, "not_found");
    h.finish().await;
}

#[tokio::test]
async fn presence_is_written_once_a_minute() {
    let h = Harness::new().await;
    let alpha: dispatch_domain::ids::AgentName = "alpha".parse().unwrap();
    agents::register(&h.store, &alpha, &agents::AgentChange::default(), None, &OPERATOR).await.unwrap();
    let new = NewToken {
        sha256: [7; 32],
        hint: "abcd",
        description: "",
        tier: dispatch_domain::agent::TokenTier::Agent,
    };
    let (token, made) = agents::add_token(&h.store, &alpha, &new, None, &OPERATOR).await.unwrap();
    assert!(made);
    let first = h.now();
    let seen = async || {
        agents::seen(&h.store, &alpha, Some(token.id)).await.unwrap();
        agents::tokens(&h.store, &alpha).await.unwrap()[0].last_used_at.unwrap()
    };
    assert_eq!(seen().await, first);
    h.advance(SignedDuration::from_secs(59)).await;
    assert_eq!(seen().await, first, "telemetry is kept to the minute");
    h.advance(SignedDuration::from_secs(2)).await;
    assert_eq!(seen().await, h.now());
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_at_once_are_held_to_one_share_over_all_instances() {
    let h = Harness::new().await;
    let instances: Vec<Api> = (0..4).map(|_| h.api_with([("DISPATCH_AGENT_RATE", "100")])).collect();
    let (secret, _) = token(&instances[0], "alpha", "agent").await;
    let callers: Arc<Vec<Caller>> = Arc::new(instances.iter().map(|api| api.bearer(&secret)).collect());
    let before = h.db.count("claim").await;
    let asking = (0..1000).map(|n| {
        let callers = callers.clone();
        tokio::spawn(async move { callers[n % callers.len()].claim(json!({})).await })
    });
    let (mut passed, mut refused) = (0, 0);
    for said in futures::future::join_all(asking).await {
        let said = said.expect("no panic");
        match said.status {
            StatusCode::OK => passed += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                assert_eq!(said.code(), "too_many_requests");
                assert!(said.retry_after.is_some_and(|seconds| (1..=10).contains(&seconds)), "{said:?}");
                refused += 1;
            }
            _ => panic!("{said:?}"),
        }
    }
    // A share per window, of which the thousand may have met three; an instance's first five are free.
    assert!((100..=360).contains(&passed), "{passed} passed, {refused} were refused");
    assert_eq!(h.db.count("claim").await, before);
    let other = agent(&instances[0], "beta").await;
    other.claim(json!({})).await.ok();
    h.finish().await;
}
