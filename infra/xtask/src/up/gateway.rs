//! What API Gateway does for an HTTP API with a Lambda proxy integration, payload format 2.0.
//!
//! Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway" and "Quotas for configuring and running
//! an HTTP API" in the API Gateway developer guide.
//!
//! cargo-lambda can make the event itself (`/lambda-url/<function>`), but version 1.9.2 answers 500 for a JSON body
//! that is not UTF-8 and for a header value that is not ASCII, and it stops for good once more than 100 requests wait
//! for one function (its scheduler holds a lock that the finishing processes need). API Gateway does none of this, so
//! the event is made here, the function is called by the invoke API, and no more than a few calls wait at a time.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use super::functions::Function;

/// An HTTP API's largest payload, 10 MB.
const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// An HTTP API's longest integration, 30 s.
const LONGEST_CALL: Duration = Duration::from_secs(30);
/// How many calls per process are given to the emulator at a time; the others wait here, in order.
const CALLS_PER_PROCESS: usize = 4;

/// One route's integration.
#[derive(Clone)]
pub(crate) struct Integration {
    http: reqwest::Client,
    invoke: String,
    route: &'static str,
    calls: Arc<Semaphore>,
}

impl Integration {
    /// The integration of `function` under `route` (a route key as in template.yaml).
    pub(crate) fn new(function: &Function, route: &'static str, lambda_port: u16) -> Self {
        let invoke =
            format!("http://127.0.0.1:{lambda_port}/2015-03-31/functions/{}/invocations", function.name);
        let calls = Arc::new(Semaphore::new(function.processes * CALLS_PER_PROCESS));
        Self { http: reqwest::Client::new(), invoke, route, calls }
    }

    /// The same integration under another route.
    pub(crate) fn with_route(&self, route: &'static str) -> Self {
        Self { route, ..self.clone() }
    }

    /// Answers one request.
    pub(crate) async fn call(&self, peer: SocketAddr, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let event = event(self.route, peer, &parts, &body).to_string();
        match tokio::time::timeout(LONGEST_CALL, self.invoke(event)).await {
            Err(_) | Ok(Err(Failure::Unreachable)) => {
                refusal(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
            }
            Ok(Err(Failure::Function)) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
            Ok(Ok(response)) => response,
        }
    }

    async fn invoke(&self, event: String) -> Result<Response, Failure> {
        let _permit = self.calls.acquire().await.map_err(|_| Failure::Unreachable)?;
        let answer =
            self.http.post(&self.invoke).body(event).send().await.map_err(|_| Failure::Unreachable)?;
        let status = answer.status();
        let document = answer.bytes().await.map_err(|_| Failure::Unreachable)?;
        if status != StatusCode::OK {
            return Err(Failure::Function);
        }
        let document: Value = serde_json::from_slice(&document).map_err(|_| Failure::Function)?;
        response(&document).ok_or(Failure::Function)
    }
}

/// Why there is no answer.
enum Failure {
    /// The emulator is away (killed, being started again).
    Unreachable,
    /// The function failed, its process died, or it answered something that is no response.
    Function,
}

fn refusal(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(json!({ "message": message }))).into_response()
}

/// The event for a request.
fn event(route: &str, peer: SocketAddr, parts: &axum::http::request::Parts, body: &[u8]) -> Value {
    let now = jiff::Timestamp::now();
    let path = parts.uri.path();
    let text = std::str::from_utf8(body).ok().filter(|_| is_text(&parts.headers));
    let header = |name: HeaderName| {
        parts.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut event = json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": parts.uri.query().unwrap_or_default(),
        "headers": headers(&parts.headers, peer),
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": header(header::HOST).unwrap_or_default(),
            "domainPrefix": "local",
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": format!("{:?}", parts.version),
                "sourceIp": peer.ip().to_string(),
                "userAgent": header(header::USER_AGENT).unwrap_or_default(),
            },
            "requestId": uuid::Uuid::new_v4().to_string(),
            "routeKey": route,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": text.is_none() && !body.is_empty(),
    });
    if let Some(cookies) = header(header::COOKIE) {
        event["cookies"] = cookies.split(';').map(str::trim).filter(|cookie| !cookie.is_empty()).collect();
    }
    if let Some(query) = parts.uri.query().filter(|query| !query.is_empty()) {
        event["queryStringParameters"] = query_parameters(query);
    }
    if let Some((prefix, _)) = route.split_once("{proxy+}") {
        let prefix = prefix.rsplit(' ').next().unwrap_or_default();
        event["pathParameters"] = json!({ "proxy": path.strip_prefix(prefix).unwrap_or_default() });
    }
    if !body.is_empty() {
        event["body"] = text.map_or_else(|| BASE64.encode(body), str::to_owned).into();
    }
    event
}

/// API Gateway passes text as text; what it takes for text depends on the content type alone.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind = kind.to_str().unwrap_or_default().to_ascii_lowercase();
    ["text/", "application/json", "application/javascript", "application/xml"]
        .iter()
        .any(|text| kind.starts_with(text))
}

/// Names in lower case, repeated headers joined by commas, cookies apart, and what the gateway adds.
fn headers(headers: &HeaderMap, peer: SocketAddr) -> Value {
    let mut joined: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in headers {
        if name == header::COOKIE {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        joined
            .entry(name.as_str())
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    joined.entry("x-forwarded-for").or_insert_with(|| peer.ip().to_string());
    joined.entry("x-forwarded-proto").or_insert_with(|| "http".to_owned());
    json!(joined)
}

/// Decoded, repeated names joined by commas.
fn query_parameters(query: &str) -> Value {
    let mut joined: HashMap<String, String> = HashMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(value);
        joined.entry(decode(name)).and_modify(|all| *all = format!("{all},{value}")).or_insert(value);
    }
    json!(joined)
}

/// Percent-decoding of a query's name or value; what is no escape stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escape = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, escape) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The response a function's answer describes.
fn response(document: &Value) -> Option<Response> {
    let status = u16::try_from(document.get("statusCode")?.as_u64()?).ok()?;
    let body = document.get("body").and_then(Value::as_str).unwrap_or_default();
    let body = if document.get("isBase64Encoded").and_then(Value::as_bool) == Some(true) {
        Body::from(BASE64.decode(body).ok()?)
    } else {
        Body::from(body.to_owned())
    };
    let mut response = Response::builder().status(status).body(body).ok()?;
    let empty = Map::new();
    let map = |name: &str| document.get(name).and_then(Value::as_object).unwrap_or(&empty);
    for (name, value) in map("headers") {
        add(response.headers_mut(), name, value)?;
    }
    for (name, values) in map("multiValueHeaders") {
        response.headers_mut().remove(name);
        for value in values.as_array()? {
            add(response.headers_mut(), name, value)?;
        }
    }
    for cookie in document.get("cookies").and_then(Value::as_array).into_iter().flatten() {
        add(response.headers_mut(), "set-cookie", cookie)?;
    }
    Some(response)
}

fn add(headers: &mut HeaderMap, name: &str, value: &Value) -> Option<()> {
    let name: HeaderName = name.parse().ok()?;
    // The length and the connection are the server's own to say.
    if ![header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION].contains(&name) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        headers.append(name, HeaderValue::from_str(&value).ok()?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(method: &str, uri: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Value {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, HeaderValue::from_bytes(value).unwrap());
        }
        let (parts, _) = request.body(Body::empty()).unwrap().into_parts();
        event("ANY /api/{proxy+}", ([127, 0, 0, 1], 5000).into(), &parts, body)
    }

    #[test]
    fn bodies_reach_the_function_byte_for_byte() {
        let check = |kind: &str, body: &[u8], text: bool| {
            let event = made("POST", "/api/x", &[("content-type", kind.as_bytes())], body);
            let sent = event["body"].as_str().unwrap();
            assert_eq!(event["isBase64Encoded"], json!(!text), "{kind}");
            let bytes = if text { sent.as_bytes().to_vec() } else { BASE64.decode(sent).unwrap() };
            assert_eq!(bytes, body);
        };
        check("application/json", "{\"a\":\"ä\"}".as_bytes(), true);
        check("application/json", b"{\xff\xfe\x00", false);
        check("application/x-www-form-urlencoded", b"payload=%7B%7D", false);
        check("application/octet-stream", &[0, 1, 2, 255], false);
    }

    #[test]
    fn events_have_the_gateways_shape() {
        let headers: &[(&str, &[u8])] = &[
            ("cookie", b"a=1; b=2"),
            ("x-many", b"one"),
            ("x-many", b"two"),
            ("x-odd", b"\xff"),
            ("user-agent", b"curl"),
        ];
        let event = made("GET", "/api/issues/7%2F8?repo=a%2Fb&repo=c&q=x+y&bad=%zz", headers, b"");
        assert_eq!(event["rawPath"], "/api/issues/7%2F8");
        assert_eq!(event["pathParameters"]["proxy"], "issues/7%2F8");
        assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(event["headers"]["x-many"], "one,two");
        assert_eq!(event["headers"]["x-odd"], "\u{fffd}");
        assert_eq!(event["queryStringParameters"], json!({"repo": "a/b,c", "q": "x y", "bad": "%zz"}));
        assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
        assert_eq!(event.get("body"), None);
    }

    #[tokio::test]
    async fn answers_become_responses() {
        let answer = json!({
            "statusCode": 201, "headers": {"x-one": "1", "content-length": "999"},
            "multiValueHeaders": {"x-two": ["a", "b"]}, "cookies": ["s=1; HttpOnly", "t=2"],
            "body": BASE64.encode([0, 255]), "isBase64Encoded": true,
        });
        let response = response(&answer).unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers().get_all("x-two").iter().count(), 2);
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
        assert_eq!(axum::body::to_bytes(response.into_body(), 10).await.unwrap().to_vec(), [0, 255]);
        for bad in [json!({}), json!({"statusCode": "x"}), json!(null), json!({"statusCode": 7})] {
            assert!(super::response(&bad).is_none(), "{bad}");
        }
    }
}
