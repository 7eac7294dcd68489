//! Events as AWS documents them, through each function's handler: what the platform does to a request on its way.

use std::path::Path;

use api::App;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use dispatch_runtime::{Config, queue};
use kit::Harness;
use kit::harness::settings;
use kit::http::{AGENT_TOKEN, OPERATOR};
use kit::webhook::{Call, SECRET};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent};
use serde_json::{Value, json};
use tower::ServiceExt as _;

fn documented(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/events/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The documented event of an HTTP API, turned into this request.
fn event(method: &str, path: &str, headers: &[(&str, &str)]) -> Value {
    let mut event = documented("http-api-v2");
    event["rawPath"] = path.into();
    event["requestContext"]["http"]["method"] = method.into();
    event["requestContext"]["http"]["path"] = path.into();
    for (name, value) in headers {
        event["headers"][name] = (*value).into();
    }
    event
}

/// The API behind `lambda_http`, as its `main` runs it.
struct Function {
    app: App,
}

impl Function {
    fn new(h: &Harness) -> Self {
        let mut pairs = settings(&h.db.url(), &h.sim.url());
        pairs.extend([
            ("DISPATCH_AGENT_TOKEN", AGENT_TOKEN.to_owned()),
            ("DISPATCH_AUTH_MODE", "basic".to_owned()),
            ("DISPATCH_AUTH_USERNAME", OPERATOR.0.to_owned()),
            ("DISPATCH_AUTH_PASSWORD", OPERATOR.1.to_owned()),
        ]);
        Self { app: App::new(&Config::from_pairs(pairs)).unwrap() }
    }

    /// The response document that API Gateway gets.
    async fn call(&self, event: &Value) -> Value {
        let request: LambdaRequest = serde_json::from_value(event.clone()).unwrap();
        let function = Adapter::from(api::service(self.app.clone()));
        let answer = function.oneshot(LambdaEvent::new(request, Context::default())).await.unwrap();
        serde_json::to_value(answer).unwrap()
    }

    async fn ok(&self, event: &Value) -> Value {
        let answer = self.call(event).await;
        assert!(matches!(answer["statusCode"].as_u64(), Some(200..=299)), "{answer}");
        serde_json::from_str(answer["body"].as_str().unwrap_or("null")).unwrap_or(Value::Null)
    }
}

fn bearer() -> String {
    format!("Bearer {AGENT_TOKEN}")
}

#[tokio::test]
async fn bodies_in_base64_are_what_was_sent() {
    let h = Harness::new().await;
    let function = Function::new(&h);
    let body = r#"{"agentName":"alpha","runType":"heartbeat","status":"succeeded","notes":"ä"}"#;
    let bearer = bearer();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let mut event = event("POST", "/api/agent-runs", &headers);
    event["body"] = BASE64.encode(body).into();
    event["isBase64Encoded"] = true.into();
    function.ok(&event).await;
    assert_eq!(h.db.count("agent_run where agent = 'alpha'").await, 1);
    event["body"] = "{not base64".into();
    event["isBase64Encoded"] = false.into();
    assert_eq!(function.call(&event).await["statusCode"], 400);
    h.finish().await;
}

/// An HTTP API leaves a missing body out, `sam local` gives an empty text.
#[tokio::test]
async fn an_empty_body_is_none() {
    let h = Harness::new().await;
    let function = Function::new(&h);
    let basic = format!("Basic {}", BASE64.encode(format!("{}:{}", OPERATOR.0, OPERATOR.1)));
    let mut sync = event("POST", "/api/automation/sync", &[("authorization", &basic)]);
    for body in [Value::Null, "".into()] {
        sync["body"] = body;
        function.ok(&sync).await;
    }
    h.finish().await;
}

/// An HTTP API decodes the path: `acme%2Fweb` arrives as two segments.
#[tokio::test]
async fn decoded_and_encoded_paths_name_the_same_repository() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let function = Function::new(&h);
    let basic = format!("Basic {}", BASE64.encode(format!("{}:{}", OPERATOR.0, OPERATOR.1)));
    let headers = [
        ("authorization", basic.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    for path in ["/api/automation/repos/acme/web", "/api/automation/repos/acme%2Fweb"] {
        let answer = function.call(&event("DELETE", path, &headers)).await;
        assert!(matches!(answer["statusCode"].as_u64(), Some(200 | 204)), "{path}: {answer}");
        assert_eq!(h.db.count("repository where enabled").await, 0, "{path}");
        h.db.run("update repository set enabled = true").await;
    }
    h.finish().await;
}

#[tokio::test]
async fn a_session_comes_and_goes_in_the_cookies_array() {
    let h = Harness::new().await;
    let function = Function::new(&h);
    let basic = format!("Basic {}", BASE64.encode(format!("{}:{}", OPERATOR.0, OPERATOR.1)));
    let headers = [
        ("authorization", basic.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    let mut login = event("POST", "/api/auth/login", &headers);
    login["body"] = json!({ "username": OPERATOR.0, "password": OPERATOR.1 }).to_string().into();
    let answer = function.call(&login).await;
    let cookie = answer["cookies"][0].as_str().unwrap_or_else(|| panic!("no cookie: {answer}"));
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let (session, _) = cookie.split_once(';').unwrap();
    let mut board = event("GET", "/api/board", &[]);
    assert_eq!(function.call(&board).await["statusCode"], 401);
    // Among others, as a browser has them.
    board["cookies"] = json!(["theme=dark", session, "other=1"]);
    function.ok(&board).await;
    h.finish().await;
}

/// API Gateway joins a header that was sent twice with a comma.
#[tokio::test]
async fn headers_sent_twice_are_one_value() {
    let h = Harness::new().await;
    let function = Function::new(&h);
    let answer = function.call(&event("GET", "/api/health", &[("x-request-id", "one,two")])).await;
    assert_eq!(answer["statusCode"], 200);
    let id = answer["headers"]["x-request-id"].as_str().unwrap();
    assert!(!id.contains(','), "a doubtful id was taken over: {id}");
    let bearer = bearer();
    let twice = format!("{bearer},{bearer}");
    let headers = [("authorization", twice.as_str())];
    assert_eq!(function.call(&event("GET", "/api/claims", &headers)).await["statusCode"], 401);
    let answer = function.call(&event("GET", "/api/openapi.json", &[("accept-encoding", "br,gzip")])).await;
    assert_eq!(answer["headers"]["content-encoding"], "gzip");
    assert_eq!(answer["isBase64Encoded"], true, "compressed bytes travel in base64");
    h.finish().await;
}

#[tokio::test]
async fn a_stage_is_no_part_of_the_path() {
    let h = Harness::new().await;
    let function = Function::new(&h);
    let named = |path: &str| {
        let mut event = event("GET", path, &[]);
        event["requestContext"]["stage"] = "prod".into();
        event
    };
    function.ok(&event("GET", "/api/health", &[])).await;
    // At its own address a named stage stands in the path, behind a domain's mapping it does not.
    function.ok(&named("/prod/api/health")).await;
    function.ok(&named("/api/health")).await;
    assert_eq!(function.call(&named("/production/api/health")).await["statusCode"], 404);
    h.finish().await;
}

/// Repeated parameters: the raw query counts, not the joined values.
#[tokio::test]
async fn a_query_is_read_as_it_was_sent() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One & two", &["status/ready"]).await;
    let function = Function::new(&h);
    let bearer = bearer();
    let mut event = event("GET", "/api/issues", &[("authorization", &bearer)]);
    event["rawQueryString"] = "q=One%20%26+two&repo=acme%2Fweb".into();
    event["queryStringParameters"] = json!({ "q": "One & two", "repo": "acme/web" });
    assert_eq!(function.ok(&event).await.as_array().map(Vec::len), Some(1));
    h.finish().await;
}

#[tokio::test]
async fn a_delivery_is_verified_over_its_bytes() {
    let h = Harness::new().await;
    h.leaves_apart();
    let body = r#"{"zen":"Ünicode","hook_id":1}"#;
    let signature = github_sim::signature(SECRET, body.as_bytes());
    for (guid, base64) in
        [("72d3162e-cc78-11e3-81ab-000000000001", false), ("72d3162e-cc78-11e3-81ab-000000000002", true)]
    {
        let headers = [
            ("content-type", "application/json"),
            ("x-github-event", "ping"),
            ("x-github-delivery", guid),
            ("x-hub-signature-256", signature.as_str()),
        ];
        let mut event = event("POST", "/webhooks/github", &headers);
        event["body"] = if base64 { BASE64.encode(body).into() } else { body.into() };
        event["isBase64Encoded"] = base64.into();
        let request = lambda_http::request::from_str(&event.to_string()).unwrap();
        assert_eq!(h.webhook.handle(request).await.status(), 202, "base64: {base64}");
        assert_eq!(h.db.count(&format!("delivery where guid = '{guid}'")).await, 1);
        event["body"] = "{}".into();
        event["isBase64Encoded"] = false.into();
        let request = lambda_http::request::from_str(&event.to_string()).unwrap();
        assert_eq!(h.webhook.handle(request).await.status(), 401);
    }
    // As GitHub's own client and the suite send it.
    assert_eq!(h.webhook.handle(Call::new("ping", body).request()).await.status(), 202);
    h.finish().await;
}

#[tokio::test]
async fn messages_that_are_no_nudges_are_dropped_and_nudges_are_followed() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let unreadable = serde_json::from_value(documented("sqs")).unwrap();
    let answer = serde_json::to_value(h.writer.handle(unreadable).await).unwrap();
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    h.agent("alpha").take().await;
    let mutation: i64 = h.db.value("select id from mutation", &[]).await;
    let mut event = documented("sqs");
    event["Records"][1]["body"] = queue::encode(mutation).into();
    h.writer.handle(serde_json::from_value(event).unwrap()).await;
    assert!(h.labels(&issue).contains(&"status/in-progress".to_owned()), "{:?}", h.labels(&issue));
    h.settle().await;
    h.finish().await;
}

/// What the schedules of template.yaml send is understood, and what a schedule without an input sends is refused.
#[tokio::test]
async fn schedules_name_their_job() {
    let h = Harness::new().await;
    let template = tidy::template::read(tidy::template::TEMPLATE);
    let sync = tidy::template::functions(&template)
        .into_iter()
        .find(|function| function.id == "ScheduledSync")
        .unwrap();
    for schedule in sync.property("Events").as_object().unwrap().values() {
        let input = schedule["Properties"]["Input"].as_str().unwrap();
        let event: scheduled_sync::Event = serde_json::from_str(input).unwrap();
        h.sync.handle(&event, std::time::Duration::from_secs(30)).await.unwrap();
        let succeeded = format!("job_run where job = '{}' and succeeded_at is not null", event.job.as_str());
        assert_eq!(h.db.count(&succeeded).await, 1, "{input}");
    }
    let refused = serde_json::from_value::<scheduled_sync::Event>(documented("scheduler-default"));
    assert!(refused.unwrap_err().to_string().contains("job"));
    h.finish().await;
}
