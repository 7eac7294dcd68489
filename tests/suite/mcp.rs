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
async fn work_is_looked_at_explained_and_sent_on() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "Dark mode", &["status/ready"]).await;
    let api = h.api();
    let (alpha, beta) = (harness_of(&api, "alpha"), harness_of(&api, "beta"));
    let about = json!({ "issueId": issue.id });

    let seen = call(&alpha, "look_at_queue", json!({})).await.unwrap();
    assert_eq!(
        (&seen["queue"][0]["title"], &seen["queue"][0]["claimable"]),
        (&"Dark mode".into(), &true.into())
    );
    let taken = call(&alpha, "claim_next", json!({})).await.unwrap()["claim"].clone();
    let held = |reason: &str| json!({ "claimId": taken["id"], "fence": taken["fence"], "reason": reason });
    assert_eq!(call(&alpha, "escalate_claim", held(" ")).await.unwrap_err()["error"], "reason_required");
    let sent = call(&alpha, "escalate_claim", held("It needs the scheduler.")).await.unwrap();
    assert_eq!(
        (&sent["claim"]["endReason"], &sent["issue"]["lane"], &sent["issue"]["status"]),
        (&"escalated".into(), &"escalated".into(), &"ready".into())
    );
    assert_eq!(call(&alpha, "renew_claim", held("")).await.unwrap_err()["details"]["why"], "escalated");

    // Each is told of itself, unless it asks for somebody else.
    let why = call(&alpha, "explain_issue", about.clone()).await.unwrap();
    let gates = why["work"][0]["gates"].as_array().unwrap();
    let failed: Vec<_> = gates.iter().filter(|gate| gate["passed"] == false).collect();
    assert_eq!((failed.len(), &failed[0]["code"], &why["agentName"]), (1, &"hidden".into(), &"alpha".into()));
    assert!(failed[0]["message"].is_string() && failed[0]["retryAt"].is_string(), "{why}");
    let why = call(&beta, "explain_issue", about).await.unwrap();
    assert_eq!(why["work"][0]["claimable"], true, "{why}");
    let mine = call(&alpha, "look_at_queue", json!({ "lane": "escalated" })).await.unwrap();
    assert_eq!(mine["queue"][0]["hold"]["code"], "hidden");

    let unknown = call(&alpha, "explain_issue", json!({ "issueId": 1 })).await.unwrap_err();
    assert_eq!(unknown["error"], "issue_unknown");
    let nonsense = call(&alpha, "look_at_queue", json!({ "lane": "No Lane" })).await.unwrap_err();
    assert_eq!((&nonsense["error"], &nonsense["details"]["field"]), (&"invalid".into(), &"lane".into()));
    h.settle().await;
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
