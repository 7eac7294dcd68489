//! A call of a tool as a request to its route, and the route's answer as the tool's result.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use axum::response::Response;
use rmcp::model::{CallToolResult, ContentBlock, JsonObject};
use serde_json::{Value, json};

use super::tools::Tool;
use crate::auth::layer::Known;
use crate::door::RequestId;
use crate::error::{ApiError, ApiResult};
use crate::input::Whole;

/// The argument that becomes the header `Idempotency-Key`.
pub(super) const REQUEST_ID: &str = "requestId";

/// What of the caller's request says who asks, and from where.
const CARRIED: [HeaderName; 5] = [
    AUTHORIZATION,
    HOST,
    ORIGIN,
    HeaderName::from_static("sec-fetch-site"),
    HeaderName::from_static("x-agent-name"),
];

/// The request to the tool's route.
///
/// # Errors
/// An argument that cannot be carried.
pub(super) fn request(tool: &Tool, mut arguments: JsonObject, caller: &Parts) -> ApiResult<Request> {
    let path = path(tool, &mut arguments)?;
    let key = arguments.remove(REQUEST_ID).filter(|key| !key.is_null());
    let (query, body) = match tool.method {
        Method::GET => (query(tool, arguments)?, Body::empty()),
        _ => (String::new(), Body::from(Value::Object(arguments).to_string())),
    };
    let mut request = Request::new(body);
    *request.method_mut() = tool.method.clone();
    *request.uri_mut() = format!("{path}{query}").parse::<Uri>().map_err(|_| ApiError::internal())?;
    let headers = request.headers_mut();
    for name in &CARRIED {
        if let Some(value) = caller.headers.get(name) {
            headers.insert(name, value.clone());
        }
    }
    if tool.method != Method::GET {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(key) = key {
        let key = key.as_str().and_then(|key| HeaderValue::from_str(key).ok());
        let key = key.ok_or_else(|| {
            let message = format!("{REQUEST_ID}: expected 1 to 200 visible ASCII characters");
            ApiError::invalid(REQUEST_ID, message)
        })?;
        headers.insert("idempotency-key", key);
    }
    if let Some(known) = caller.extensions.get::<Known>() {
        request.extensions_mut().insert(known.clone());
    }
    let headers = request.headers_mut();
    if let Some(RequestId(id)) = caller.extensions.get()
        && let Ok(id) = HeaderValue::from_str(id)
    {
        headers.insert("x-request-id", id);
    }
    Ok(request)
}

/// The route's path with the argument that stands for `{id}`.
fn path(tool: &Tool, arguments: &mut JsonObject) -> ApiResult<String> {
    if !tool.path.contains("{id}") {
        return Ok(tool.path.to_owned());
    }
    let given = arguments.remove(tool.id).unwrap_or_default();
    let id: Whole = serde_json::from_value(given)
        .map_err(|_| ApiError::invalid(tool.id, format!("{}: expected a whole number", tool.id)))?;
    Ok(tool.path.replace("{id}", &id.0.to_string()))
}

/// The query string, with a question mark unless it is empty.
fn query(tool: &Tool, arguments: JsonObject) -> ApiResult<String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in arguments {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values.into_iter().filter(|value| !value.is_null()) {
            pairs.push((name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    }
    for (name, value) in tool.defaults {
        if !pairs.iter().any(|(given, _)| given == name) {
            pairs.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let query = serde_urlencoded::to_string(&pairs).map_err(|_| ApiError::internal())?;
    Ok(if query.is_empty() { query } else { format!("?{query}") })
}

/// The answer of the tool's route as the tool's result: data with a text of the same, or a tool error whose text is
/// the envelope. An error carries no data, because data must have the shape that the tool declares.
pub(super) async fn result(tool: &Tool, response: Response) -> CallToolResult {
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut answer: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if head.status.is_success() {
        return CallToolResult::structured(match tool.list {
            Some(field) => json!({ field: answer }),
            None => answer,
        });
    }
    let seconds = head.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let (Some(seconds), Some(envelope)) = (seconds, answer.as_object_mut()) {
        envelope.insert("retryAfter".to_owned(), seconds.into());
    }
    CallToolResult::error(vec![ContentBlock::text(answer.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcp::tools::named;

    fn build(tool: &str, arguments: Value) -> ApiResult<Request> {
        let headers = [("authorization", "Bearer t"), ("cookie", "secret"), ("accept-encoding", "gzip")];
        let mut outer = Request::new(());
        for (name, value) in headers {
            outer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        outer.extensions_mut().insert(RequestId("click-7".to_owned()));
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        request(named(tool).unwrap(), arguments, &outer.into_parts().0)
    }

    async fn shown(request: Request) -> (String, Value) {
        let line = format!("{} {}", request.method(), request.uri());
        let body = axum::body::to_bytes(request.into_body(), 9999).await.unwrap();
        (line, serde_json::from_slice(&body).unwrap_or_default())
    }

    #[tokio::test]
    async fn arguments_go_where_the_route_wants_them() {
        for (tool, arguments, line, body) in [
            ("claim_next", json!({ "lanes": ["a"] }), "POST /api/claims", json!({ "lanes": ["a"] })),
            ("claim_next", json!({ "requestId": "r1" }), "POST /api/claims", json!({})),
            (
                "renew_claim",
                json!({ "claimId": "9", "fence": 3 }),
                "POST /api/claims/9/renew",
                json!({ "fence": 3 }),
            ),
            ("get_claim", json!({ "claimId": 9 }), "GET /api/claims/9", Value::Null),
            ("my_claims", json!({}), "GET /api/claims?agent=me&state=active", Value::Null),
            (
                "my_claims",
                json!({ "agent": "beta", "limit": 5, "state": null }),
                "GET /api/claims?agent=beta&limit=5&state=active",
                Value::Null,
            ),
            ("explain_issue", json!({ "issueId": 7 }), "GET /api/issues/7/explain?agent=me", Value::Null),
            (
                "look_at_queue",
                json!({ "lane": "deep", "agent": null }),
                "GET /api/queue?lane=deep&agent=me&limit=20",
                Value::Null,
            ),
            (
                "escalate_claim",
                json!({ "claimId": 9, "fence": 3, "reason": "Why." }),
                "POST /api/claims/9/escalate",
                json!({ "fence": 3, "reason": "Why." }),
            ),
            ("search_issues", json!({ "q": "a b&c" }), "GET /api/issues?q=a+b%26c&limit=20", Value::Null),
        ] {
            assert_eq!(shown(build(tool, arguments).unwrap()).await, (line.to_owned(), body), "{tool}");
        }
    }

    #[test]
    fn only_what_says_who_asks_is_carried() {
        let request = build("claim_next", json!({ "requestId": "r1" })).unwrap();
        let headers = request.headers();
        assert_eq!(headers["authorization"], "Bearer t");
        assert_eq!(headers["idempotency-key"], "r1");
        assert_eq!(headers["x-request-id"], "click-7");
        assert!(!headers.contains_key("cookie") && !headers.contains_key("accept-encoding"));
    }

    #[test]
    fn what_cannot_be_carried_is_named() {
        for (tool, arguments, field) in [
            ("renew_claim", json!({ "fence": 1 }), "claimId"),
            ("renew_claim", json!({ "claimId": "../../x", "fence": 1 }), "claimId"),
            ("get_issue", json!({ "issueId": 1.5 }), "issueId"),
            ("claim_next", json!({ "requestId": "a\nb" }), "requestId"),
            ("claim_next", json!({ "requestId": 7 }), "requestId"),
        ] {
            let error = format!("{:?}", build(tool, arguments).unwrap_err());
            assert!(error.contains(&format!("\"field\": String({field:?})")), "{error}");
        }
    }
}
