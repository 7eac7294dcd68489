//! The protocol without a database: what is decided before a tool's route asks for one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use dispatch_runtime::Config;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::{App, router};

const CONFIGURED: [(&str, &str); 6] = [
    ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
    ("DISPATCH_AUTH_MODE", "basic"),
    ("DISPATCH_AUTH_USERNAME", "admin"),
    ("DISPATCH_AUTH_PASSWORD", "secret"),
    ("DISPATCH_AGENT_TOKEN", "agent-secret"),
    ("DISPATCH_URL", "https://dispatch.example.com"),
];
const OPEN: [(&str, &str); 2] = [CONFIGURED[0], ("DISPATCH_AUTH_MODE", "disabled")];
/// What CloudFront passes on: everything of the viewer's but `Host`, which is API Gateway's.
const GATEWAY: (&str, &str) = ("host", "abc123.execute-api.eu-central-1.amazonaws.com");
const TOKEN: (&str, &str) = ("authorization", "Bearer agent-secret");
const BOTH: &str = "application/json, text/event-stream";

fn api(pairs: Pairs<'_>) -> Router {
    router(App::new(&Config::from_pairs(pairs.iter().copied())).unwrap())
}

type Headers<'a> = &'a [(&'static str, &'a str)];
type Pairs<'a> = &'a [(&'a str, &'a str)];

async fn raw(api: &Router, method: Method, headers: Headers<'_>, body: String) -> (StatusCode, Value) {
    let mut request = Request::builder().method(method).uri("/mcp");
    let known = |name: &str| headers.iter().any(|(given, _)| *given == name);
    for (name, value) in [("content-type", "application/json"), ("accept", BOTH)] {
        request = if known(name) { request } else { request.header(name, value) };
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = api.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn say(api: &Router, headers: Headers<'_>, method: &str, params: Value) -> (StatusCode, Value) {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    raw(api, Method::POST, headers, message.to_string()).await
}

async fn call(api: &Router, headers: Headers<'_>, tool: &str, arguments: Value) -> Value {
    let (_, answer) = say(api, headers, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    answer
}

/// The envelope in a tool error.
fn refusal(answer: &Value) -> Value {
    let result = &answer["result"];
    assert_eq!((&result["isError"], &result["structuredContent"]), (&true.into(), &Value::Null), "{answer}");
    serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn old_and_new_clients_are_greeted_without_a_session() {
    let api = api(&CONFIGURED);
    let hello = json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" }
    });
    let (status, answer) = say(&api, &[GATEWAY, TOKEN], "initialize", hello).await;
    assert_eq!((status, &answer["result"]["protocolVersion"]), (StatusCode::OK, &"2025-06-18".into()));
    assert_eq!(answer["result"]["serverInfo"]["name"], "dispatch");
    assert!(answer["result"]["instructions"].as_str().unwrap().contains("claim_next"));

    let note = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string();
    assert_eq!(raw(&api, Method::POST, &[GATEWAY, TOKEN], note).await.0, StatusCode::ACCEPTED);

    let meta = json!({ "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "t", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {}
    } });
    let now = [GATEWAY, TOKEN, ("mcp-protocol-version", "2026-07-28"), ("mcp-method", "server/discover")];
    let (status, answer) = say(&api, &now, "server/discover", meta).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert!(answer["result"]["supportedVersions"].as_array().unwrap().contains(&"2026-07-28".into()));
}

#[tokio::test]
async fn tools_are_listed_with_their_schemas() {
    let (_, answer) = say(&api(&OPEN), &[("host", "localhost:8787")], "tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().unwrap();
    let claim = tools.iter().find(|tool| tool["name"] == "claim_next").unwrap();
    assert_eq!(claim["inputSchema"]["properties"]["lanes"]["items"]["type"], "string");
    assert!(claim["outputSchema"]["properties"]["work"].is_object(), "{claim}");
    assert_eq!(claim["annotations"]["readOnlyHint"], false);
}

#[tokio::test]
async fn a_tool_is_its_route_refusals_and_all() {
    let api = api(&CONFIGURED);
    let agent: Headers<'_> = &[GATEWAY, TOKEN];
    let invalid =
        refusal(&call(&api, agent, "claim_next", json!({ "agentName": "alpha", "wait": 99 })).await);
    assert_eq!((&invalid["error"], &invalid["details"]["field"]), (&"invalid".into(), &"wait".into()));
    let nameless = refusal(&call(&api, agent, "claim_next", json!({})).await);
    assert_eq!(nameless["details"]["field"], "agentName");
    let away = refusal(&call(&api, agent, "claim_next", json!({ "agentName": "alpha" })).await);
    assert_eq!((&away["error"], &away["retryAfter"]), (&"unavailable".into(), &2.into()));
    let named: Headers<'_> = &[GATEWAY, TOKEN, ("x-agent-name", "alpha")];
    assert_eq!(refusal(&call(&api, named, "claim_next", json!({})).await)["error"], "unavailable");
    let unknown = call(&api, agent, "no_such_tool", json!({})).await;
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
}

#[tokio::test]
async fn nobody_unknown_and_no_foreign_page_gets_in() {
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }).to_string();
    let own = ("origin", "https://dispatch.example.com");
    let foreign = ("origin", "https://evil.example");
    let operator = ("authorization", "Basic YWRtaW46c2VjcmV0");
    let cases: [(Pairs<'_>, Headers<'_>, u16, &str); 9] = [
        (&CONFIGURED, &[GATEWAY, TOKEN], 200, ""),
        (&CONFIGURED, &[GATEWAY, TOKEN, own], 200, ""),
        (&CONFIGURED, &[GATEWAY, TOKEN, foreign], 403, "cross_site"),
        (&CONFIGURED, &[GATEWAY], 401, "unauthorized"),
        (&CONFIGURED, &[GATEWAY, ("authorization", "Bearer wrong")], 401, "unauthorized"),
        // Whether a password is right is said by no instance that cannot count the guesses.
        (&CONFIGURED, &[GATEWAY, operator], 503, "unavailable"),
        (&OPEN, &[("host", "127.0.0.1:8787")], 200, ""),
        (&OPEN, &[("host", "rebound.example")], 403, "local_only"),
        (&OPEN, &[("host", "localhost:8787"), foreign], 403, "cross_site"),
    ];
    for (pairs, headers, status, code) in cases {
        let (answered, json) = raw(&api(pairs), Method::POST, headers, list.clone()).await;
        assert_eq!(answered.as_u16(), status, "{headers:?} {json}");
        assert_eq!(json["error"].as_str().unwrap_or_default(), code, "{headers:?}");
    }
}

#[tokio::test]
async fn what_is_no_message_has_the_envelope() {
    let api = api(&OPEN);
    let host = ("host", "localhost:8787");
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }).to_string();
    let large = format!("{{\"x\":\"{}\"}}", "y".repeat(crate::door::LARGEST_BODY));
    let cases: [(Method, Headers<'_>, String, u16, &str); 6] = [
        (Method::GET, &[host], String::new(), 405, "method_not_allowed"),
        (Method::DELETE, &[host], String::new(), 405, "method_not_allowed"),
        (Method::POST, &[host, ("accept", "application/json")], list.clone(), 406, "not_acceptable"),
        (Method::POST, &[host, ("content-type", "text/plain")], list, 415, "unsupported_media_type"),
        (Method::POST, &[host], "{".to_owned(), 400, "invalid"),
        (Method::POST, &[host], large, 413, "too_large"),
    ];
    for (method, headers, body, status, code) in cases {
        let (answered, json) = raw(&api, method.clone(), headers, body).await;
        assert_eq!((answered.as_u16(), &json["error"]), (status, &code.into()), "{method} {json}");
    }
}
