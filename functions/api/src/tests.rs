//! The whole router without a database: what is decided before a handler asks for one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{HeaderMap, HeaderName};
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use dispatch_runtime::Config;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{App, router};

/// A router whose database is never reached: nothing listens at port 1.
fn api(pairs: &[(&str, &str)]) -> Router {
    let database = [("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")];
    router(App::new(&Config::from_pairs(pairs.iter().copied().chain(database))).unwrap())
}

const BASIC: [(&str, &str); 4] = [
    ("DISPATCH_AUTH_MODE", "basic"),
    ("DISPATCH_AUTH_USERNAME", "admin"),
    ("DISPATCH_AUTH_PASSWORD", "secret"),
    ("DISPATCH_AGENT_TOKEN", "agent-secret"),
];

type Headers<'a> = &'a [(&'static str, &'a str)];

async fn send(
    api: &Router,
    method: Method,
    path: &str,
    headers: Headers<'_>,
    body: &str,
) -> (StatusCode, HeaderMap, Value) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(HeaderName::from_static(name), *value);
    }
    let response: Response =
        api.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, serde_json::from_slice(&bytes).unwrap_or_default())
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn everything_that_is_wrong_has_the_envelope() {
    let api = api(&[("DISPATCH_AUTH_MODE", "disabled")]);
    let large = format!("{{\"x\":\"{}\"}}", "y".repeat(crate::door::LARGEST_BODY));
    let cases: [(Method, &str, Headers<'_>, &str, u16, &str); 9] = [
        (Method::GET, "/", &[], "", 404, "not_found"),
        (Method::GET, "/api/nothing", &[], "", 404, "not_found"),
        (Method::PUT, "/api/board", &[], "", 405, "method_not_allowed"),
        (Method::POST, "/api/claims", &[JSON], &large, 413, "too_large"),
        (Method::POST, "/api/claims", &[("content-type", "text/plain")], "x", 415, "unsupported_media_type"),
        (Method::POST, "/api/claims", &[JSON], "{", 400, "invalid"),
        (Method::GET, "/api/claims/x", &[], "", 400, "invalid"),
        (Method::GET, "/api/audit?limit=1001", &[], "", 400, "invalid"),
        (Method::GET, "/api/board", &[], "", 503, "unavailable"),
    ];
    for (method, path, headers, body, status, code) in cases {
        let (answered, sent, json) = send(&api, method, path, headers, body).await;
        assert_eq!((answered.as_u16(), &json["error"]), (status, &Value::from(code)), "{path} {json}");
        assert!(json["message"].as_str().is_some_and(|message| !message.is_empty()), "{path}");
        assert!(json["details"].is_object(), "{path}");
        assert!(sent.contains_key("x-request-id"), "{path}");
        assert_eq!(sent.get("retry-after").is_some(), status == 503, "{path}");
        assert_eq!(sent.get("allow").is_some(), status == 405, "{path}");
    }
}

#[tokio::test]
async fn health_tells_of_an_absent_database() {
    let (status, _, json) = send(&api(&BASIC), Method::GET, "/api/health", &[], "").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        (&json["ok"], &json["database"], &json["authMode"]),
        (&false.into(), &"unavailable".into(), &"basic".into())
    );
}

#[tokio::test]
async fn nobody_signs_in_where_guesses_cannot_be_counted() {
    let api = api(&BASIC);
    for password in ["wrong", "secret"] {
        let body = format!(r#"{{"username":"admin","password":"{password}"}}"#);
        let (status, headers, _) = send(&api, Method::POST, "/api/auth/login", &[JSON], &body).await;
        assert_eq!(
            (status, headers.get("set-cookie")),
            (StatusCode::SERVICE_UNAVAILABLE, None),
            "{password}"
        );
    }
}

#[tokio::test]
async fn nobody_unknown_gets_past_a_tier() {
    let api = api(&BASIC);
    for (method, path, tier) in crate::auth::tier::TIERS {
        let path = path
            .replace("{id}", "1")
            .replace("{owner}", "a")
            .replace("{name}", "b")
            .replace("{repo}", "a%2Fb");
        let (status, headers, _) = send(&api, method.parse().unwrap(), &path, &[], "").await;
        let public = *tier == crate::auth::tier::Tier::Public;
        assert_eq!(status == StatusCode::UNAUTHORIZED, !public, "{method} {path}: {status}");
        assert_eq!(headers.contains_key("www-authenticate"), !public, "{method} {path}");
    }
}

#[tokio::test]
async fn ids_of_requests_are_kept_when_they_are_harmless() {
    let api = api(&BASIC);
    let (_, headers, _) = send(&api, Method::GET, "/x", &[("x-request-id", "click-7")], "").await;
    assert_eq!(headers["x-request-id"], "click-7");
    let (_, headers, _) = send(&api, Method::GET, "/x", &[("x-request-id", "a b\"{}")], "").await;
    assert_eq!(headers["x-request-id"].len(), 36);
}

#[tokio::test]
async fn a_panic_is_an_answer() {
    async fn panics() {
        panic!("secret inside");
    }
    let api = Router::new()
        .route("/", axum::routing::get(panics))
        .layer(axum::middleware::from_fn(crate::door::pass));
    let (status, headers, json) = send(&api, Method::GET, "/", &[], "").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!json.to_string().contains("secret") && headers.contains_key("x-request-id"), "{json}");
}

/// API Gateway carries text or base64; lambda_http must choose base64 for a compressed answer.
#[tokio::test]
async fn compressed_answers_travel_as_bytes() {
    let api = api(&BASIC);
    let request = |encoding: &str| {
        let request = Request::builder().uri("/api/openapi.json").header("accept-encoding", encoding);
        request.body(Body::empty()).unwrap()
    };
    for (encoding, binary) in [("gzip, br", true), ("identity", false)] {
        let response = api.clone().oneshot(request(encoding)).await.unwrap();
        assert_eq!(response.headers().contains_key("content-encoding"), binary);
        let event = lambda_http::IntoResponse::into_response(response).await;
        assert_eq!(matches!(event.body(), lambda_http::Body::Binary(_)), binary, "{encoding}");
        assert_eq!(matches!(event.body(), lambda_http::Body::Text(_)), !binary, "{encoding}");
    }
}

#[test]
fn a_configuration_that_must_not_serve_does_not_start() {
    let start = |pairs: &[(&str, &str)]| {
        let database = [("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")];
        App::new(&Config::from_pairs(pairs.iter().copied().chain(database)))
            .err()
            .map(|error| error.to_string())
    };
    assert_eq!(start(&BASIC), None);
    let oidc = [
        ("DISPATCH_AUTH_MODE", "oidc"),
        ("DISPATCH_OIDC_ISSUER", "https://auth.example.com"),
        ("DISPATCH_OIDC_CLIENT_ID", "dispatch"),
        ("DISPATCH_OIDC_CLIENT_SECRET", "s"),
        ("DISPATCH_SESSION_SECRET", "0123456789abcdef0123456789abcdef"),
    ];
    assert!(start(&oidc).unwrap().contains("DISPATCH_AUTH_MODE=oidc"));
    let open = [("DISPATCH_AUTH_MODE", "disabled"), ("DISPATCH_URL", "https://dispatch.example.com")];
    assert!(start(&open).unwrap().contains("DISPATCH_URL"));
    assert!(App::new(&Config::from_pairs(BASIC)).err().unwrap().to_string().contains("DATABASE_URL"));
}
