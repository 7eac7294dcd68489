//! The agents' protocol as MCP tools, with everything behind it: the same claims, the same refusals.

use http::StatusCode;
use kit::Harness;
use kit::http::{Api, Caller};
use serde_json::{Value, json};

/// Calls a tool; what it answers, or the refusal's envelope.
async fn call(agent: &Caller, tool: &str, arguments: Value) -> Result<Value, Value> {
    let message = json!({
        "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": tool, "arguments": arguments }
    });
    let said = agent.post("/mcp", message).await;
    assert_eq!(said.status, StatusCode::OK, "{said:?}");
    let result = &said.body["result"];
    let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().expect("a text")).unwrap();
    if result["isError"] == true {
        return Err(text);
    }
    assert_eq!(result["structuredContent"], text, "text and data say the same");
    Ok(text)
}

/// An agent whose harness speaks MCP.
fn harness_of(api: &Api, name: &str) -> Caller {
    speaks_mcp(api.agent(name).with("x-agent-name", name))
}

fn speaks_mcp(agent: Caller) -> Caller {
    agent.with("host", "127.0.0.1").with("accept", "application/json, text/event-stream")
}

#[tokio::test]
async fn from_nothing_to_a_completed_claim() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "Dark mode", &["status/ready"]).await;
    let api = h.api();
    let alpha = harness_of(&api, "alpha");

    let taken = call(&alpha, "claim_next", json!({})).await.unwrap();
    assert_eq!(taken["work"]["issue"]["title"], "Dark mode");
    let (id, fence) = (taken["claim"]["id"].clone(), taken["claim"]["fence"].clone());
    let mine = call(&alpha, "my_claims", json!({})).await.unwrap();
    assert_eq!(mine["claims"][0]["id"], id);
    let note = json!({ "claimId": id, "fence": fence, "phase": "testing", "data": { "step": 2 } });
    let kept = call(&alpha, "checkpoint_claim", note).await.unwrap();
    assert_eq!(
        (&kept["claim"]["phase"], &kept["claim"]["checkpoint"]["step"]),
        (&"testing".into(), &2.into())
    );
    call(&alpha, "renew_claim", json!({ "claimId": id, "fence": fence, "busyFor": 600 })).await.unwrap();

    let beta = harness_of(&api, "beta");
    let none = call(&beta, "claim_next", json!({})).await.unwrap();
    assert!(none["claim"].is_null() && none["reasons"].is_array(), "{none}");
    let theirs = call(&beta, "release_claim", json!({ "claimId": id, "fence": fence })).await.unwrap_err();
    assert_eq!(theirs["error"], "forbidden", "{theirs}");

    let end = json!({ "claimId": id, "fence": fence, "outcome": "pr_opened", "pullRequest": "12" });
    let ended = call(&alpha, "complete_claim", end).await.unwrap();
    assert_eq!((&ended["claim"]["state"], &ended["issue"]["status"]), (&"ended".into(), &"in-review".into()));
    let found = call(&beta, "search_issues", json!({ "status": "in-review" })).await.unwrap();
    assert_eq!(found["issues"][0]["issueNumber"], issue.number);
    let detail = call(&beta, "get_issue", json!({ "issueId": found["issues"][0]["issueId"] })).await.unwrap();
    assert_eq!(detail["title"], "Dark mode");
    h.finish().await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_under_its_request_id() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    let api = h.api();
    let alpha = harness_of(&api, "alpha");
    let first = call(&alpha, "claim_next", json!({ "requestId": "r-1" })).await.unwrap();
    let again = call(&alpha, "claim_next", json!({ "requestId": "r-1" })).await.unwrap();
    assert_eq!(first["claim"]["fence"], again["claim"]["fence"]);
    let other =
        call(&alpha, "claim_next", json!({ "requestId": "r-1", "kinds": ["fix"] })).await.unwrap_err();
    assert_eq!(other["error"], "idempotency_conflict");

    let stale = json!({ "claimId": first["claim"]["id"], "fence": 0 });
    let lost = call(&alpha, "renew_claim", stale).await.unwrap_err();
    assert_eq!(lost["error"], "claim_lost", "{lost}");
    h.finish().await;
}

/// The call comes to the door of `/mcp` and to that of its tool's route.
#[tokio::test]
async fn a_call_is_one_request_of_the_agent_whose_token_it_is() {
    let h = Harness::new().await;
    let api = h.api_with([("DISPATCH_AGENT_RATE", "3")]);
    let olga = api.operator();
    olga.post("/api/agents", json!({ "name": "alpha" })).await.ok();
    let made = olga.post("/api/agents/alpha/tokens", json!({})).await.ok();
    let alpha = speaks_mcp(api.bearer(made["secret"].as_str().expect("a secret")));
    for _ in 0..3 {
        assert_eq!(call(&alpha, "my_claims", json!({})).await.unwrap(), json!({ "claims": [] }));
    }
    let more = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    assert_eq!(alpha.post("/mcp", more).await.code(), "too_many_requests");
    h.finish().await;
}
