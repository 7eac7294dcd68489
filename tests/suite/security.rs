//! Hostile callers: every route, with everything that is not enough for it, and secrets that must stay inside.

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use http::{Method, StatusCode};
use kit::Harness;
use kit::http::{AGENT_TOKEN, Api, Caller, OPERATOR};
use ring::hmac;
use serde_json::{Value, json};
use tracing::instrument::WithSubscriber as _;

/// Who a route is for, as its description says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum For {
    Everybody,
    Agents,
    Known,
}

/// Every route of the description, with something in place of its parameters.
fn routes() -> Vec<(Method, String, For)> {
    let document: Value = serde_json::from_str(&api::openapi()).expect("a document");
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let schemes: Vec<&String> = operation["security"]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(|one| one.as_object().unwrap().keys())
                .collect();
            let who = match schemes.as_slice() {
                [] => For::Everybody,
                [only] if *only == "agentToken" => For::Agents,
                _ => For::Known,
            };
            routes.push((method, filled(path), who));
        }
    }
    assert!(routes.len() > 30, "{} routes", routes.len());
    routes
}

/// `/api/claims/{id}` as `/api/claims/1`.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

async fn call(caller: &Caller, method: &Method, path: &str) -> (u16, String) {
    let said = if *method == Method::GET {
        caller.get(path).await
    } else {
        caller.raw(method.clone(), path, "{}").await
    };
    (said.status.as_u16(), said.code().to_owned())
}

/// A session as the server signs it in basic mode without a secret of its own.
fn session(user: &str, expires: i64, password: &str) -> String {
    let derive = |key: &[u8], parts: &[&[u8]]| {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
        parts.iter().for_each(|part| context.update(part));
        context.sign()
    };
    let length = |text: &str| (text.len() as u64).to_be_bytes();
    let (user_length, password_length) = (length(OPERATOR.0), length(password));
    let parts: [&[u8]; 5] = [
        b"dispatch session key v1\0",
        &user_length,
        OPERATOR.0.as_bytes(),
        &password_length,
        password.as_bytes(),
    ];
    let key = derive(password.as_bytes(), &parts);
    let signed = format!("v1.{}.{expires}", BASE64.encode(user));
    let mac = derive(key.as_ref(), &[signed.as_bytes()]);
    format!("dispatch_session={signed}.{}", BASE64.encode(mac))
}

fn later() -> i64 {
    jiff::Timestamp::now().as_second() + 3600
}

fn with_cookie(api: &Api, cookie: &str) -> Caller {
    api.anonymous().with("cookie", cookie).with("sec-fetch-site", "same-origin")
}

#[tokio::test]
async fn every_route_refuses_whoever_is_not_known() {
    let h = Harness::new().await;
    let api = h.api();
    let good = session(OPERATOR.0, later(), OPERATOR.1);
    assert_eq!(
        with_cookie(&api, &good).get("/api/board").await.status,
        StatusCode::OK,
        "the forger knows its trade"
    );
    let tampered = good.replace(&BASE64.encode(OPERATOR.0), &BASE64.encode("root"));
    let strangers = [
        ("nobody", api.anonymous()),
        ("a wrong token", api.anonymous().with("authorization", "Bearer wrong")),
        ("a token in another scheme", api.anonymous().with("authorization", &format!("Token {AGENT_TOKEN}"))),
        ("an expired cookie", with_cookie(&api, &session(OPERATOR.0, 1, OPERATOR.1))),
        ("a forged cookie", with_cookie(&api, &tampered)),
        ("a foreign cookie", with_cookie(&api, &session(OPERATOR.0, later(), "another server's password"))),
        ("a cookie of somebody else", with_cookie(&api, &session("somebody", later(), OPERATOR.1))),
        ("an empty cookie", with_cookie(&api, "dispatch_session=")),
    ];
    for (method, path, who) in routes() {
        if who == For::Everybody {
            continue;
        }
        for (stranger, caller) in &strangers {
            let answer = call(caller, &method, &path).await;
            assert_eq!(answer, (401, "unauthorized".into()), "{method} {path} by {stranger}");
        }
    }
    h.finish().await;
}

#[tokio::test]
async fn every_route_of_agents_refuses_operators_and_every_write_of_a_browser_comes_from_our_pages() {
    let h = Harness::new().await;
    let api = h.api();
    let cookie = session(OPERATOR.0, later(), OPERATOR.1);
    let browser = |name: &'static str, value: &str| api.anonymous().with("cookie", &cookie).with(name, value);
    let pages = [
        ("another site's", browser("sec-fetch-site", "cross-site")),
        ("a sibling's", browser("sec-fetch-site", "same-site")),
        ("an old browser's, of another site", browser("origin", "https://evil.example")),
        ("nobody knows whose", api.anonymous().with("cookie", &cookie)),
    ];
    for (method, path, who) in routes() {
        if who == For::Agents {
            let answer = call(&with_cookie(&api, &cookie), &method, &path).await;
            assert_eq!(answer, (403, "forbidden".into()), "{method} {path} by an operator");
            continue;
        }
        if method == Method::GET {
            continue;
        }
        for (whose, page) in &pages {
            let (status, code) = call(page, &method, &path).await;
            let known = *whose != "nobody knows whose" || who != For::Everybody;
            assert!(
                !known || (status, code.as_str()) == (403, "cross_site"),
                "{method} {path} from {whose}: {status} {code}"
            );
        }
        // A form needs no script and no permission.
        let form = with_cookie(&api, &cookie).with("content-type", "text/plain");
        let (status, _) = call(&form, &method, &path).await;
        assert_eq!(status, 415, "{method} {path} by a form");
    }
    h.finish().await;
}

#[tokio::test]
async fn no_answer_is_taken_for_a_page_whatever_others_wrote() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    h.tick().await;
    let issue = repo
        .issue(evil)
        .body(format!("{evil} [x](javascript:alert(1))"))
        .labels(["status/ready", "<b>"])
        .open();
    h.arrive().await;
    let olga = h.api().operator();
    let id = issue.id;
    for path in [
        "/api/board",
        "/api/issues",
        &format!("/api/issues/{id}"),
        &format!("/api/issues/{id}/timeline"),
        "/api/audit",
        "/api/audit/export?format=csv",
    ] {
        let said = olga.get(path).await;
        let kind = said.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("application/json") || kind.starts_with("text/csv"), "{path}: {kind}");
        assert_eq!(said.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(
            said.header("content-security-policy")
                .is_some_and(|policy| policy.contains("default-src 'none'")),
            "{path}"
        );
        assert_eq!(said.header("access-control-allow-origin"), None, "{path}");
    }
    assert_eq!(
        olga.get(&format!("/api/issues/{id}")).await.ok()["title"],
        evil,
        "kept as it is, and rendered as text"
    );
    h.finish().await;
}

/// Everything that is logged while a test runs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic under the lock").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_reach_neither_logs_nor_answers() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    let cookie = session(OPERATOR.0, later(), OPERATOR.1);
    let forged = session(OPERATOR.0, later(), "another password");
    let answers = async {
        let api = h.api();
        let mut answers = String::new();
        let body = json!({ "username": OPERATOR.0, "password": "a wrong password" });
        answers += &api.anonymous().post("/api/auth/login", body).await.text;
        answers +=
            &api.anonymous().with("authorization", "Bearer a-stolen-token").get("/api/board").await.text;
        answers += &with_cookie(&api, &forged).get("/api/board").await.text;
        answers += &with_cookie(&api, &cookie).get("/api/board").await.text;
        answers += &api.with_password("another guess").get("/api/issues?q=x").await.text;
        answers += &api.agent("alpha").claim(json!({})).await.text;
        answers += &api.agent("alpha").raw(Method::POST, "/api/claims", "{\"agentName\":").await.text;
        answers += &api.anonymous().get("/api/health").await.text;
        answers += &api.anonymous().get("/api/auth/callback/oidc?code=a-secret-code&state=x").await.text;
        answers
    };
    let answers = answers.with_subscriber(subscriber).await;
    let log = String::from_utf8(log.0.lock().expect("no panic under the lock").clone()).expect("text");
    assert!(log.contains("answered"), "nothing was logged: {log}");
    let (_, token) = cookie.split_once('=').expect("a cookie");
    let (_, forged) = forged.split_once('=').expect("a cookie");
    for secret in [
        AGENT_TOKEN,
        OPERATOR.1,
        "a wrong password",
        "another guess",
        "a-stolen-token",
        "a-secret-code",
        token,
        forged,
        "sim-token",
        kit::webhook::SECRET,
        &h.db.url(),
    ] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!answers.contains(secret), "{secret} is in an answer: {answers}");
    }
    h.drain().await;
    h.finish().await;
}
