//! What must stay inside: in no line of the log, whatever its level, and in no answer.

use std::io::Write;
use std::sync::{Arc, Mutex};

use github_sim::{Fault, FaultKind};
use http::Method;
use kit::Harness;
use kit::http::{AGENT_TOKEN, OPERATOR};
use kit::oidc::{CLIENT_SECRET, Provider};
use kit::webhook::{OLDER_SECRET, SECRET};
use serde_json::json;
use tracing::instrument::WithSubscriber as _;

use super::doors::{Forge, later, with_cookie};
use crate::sign_in;

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

/// Runs it and answers what it did, with everything that was logged meanwhile.
async fn logged<T>(work: impl Future<Output = T>) -> (T, String) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    let done = work.with_subscriber(subscriber).await;
    let bytes = log.0.lock().expect("no panic under the lock").clone();
    (done, String::from_utf8(bytes).expect("text"))
}

#[track_caller]
fn stay_inside(secrets: &[&str], log: &str, answers: &str) {
    for secret in secrets {
        assert!(secret.len() > 5, "{secret:?} is nothing to look for");
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!answers.contains(secret), "{secret} is in an answer: {answers}");
    }
}

#[tokio::test]
async fn secrets_of_agents_and_operators_reach_neither_logs_nor_answers() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let forge = Forge::basic();
    let cookie = forge.session(OPERATOR.0, later(), None);
    let forged = forge.session(OPERATOR.0, later(), Some("another password"));
    let work = async {
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

        // A token of an agent's own: in the one answer that makes it, and nowhere else.
        let olga = api.operator();
        olga.post("/api/agents", json!({ "name": "own" })).await.ok();
        let made = olga.post("/api/agents/own/tokens", json!({ "tier": "agent" })).await.ok();
        let own = made["secret"].as_str().expect("text").to_owned();
        let agent = api.bearer(&own);
        answers += &agent.get("/api/board").await.text;
        answers += &agent.post("/api/lanes", json!({ "name": "mine" })).await.text;
        answers += &agent.raw(Method::POST, "/api/claims", "{").await.text;
        for path in ["/api/agents", "/api/agents/own/tokens", "/api/audit", "/api/health/details"] {
            answers += &olga.get(path).await.text;
        }
        (answers, own)
    };
    let ((answers, own), log) = logged(work).await;
    assert!(log.contains("answered"), "nothing was logged: {log}");
    let (_, token) = cookie.split_once('=').expect("a cookie");
    let (_, forged) = forged.split_once('=').expect("a cookie");
    let given =
        [AGENT_TOKEN, OPERATOR.1, "a wrong password", "another guess", "a-stolen-token", "a-secret-code"];
    stay_inside(&given, &log, &answers);
    stay_inside(&[token, forged, &own, &h.db.url()], &log, &answers);
    h.drain().await;
    h.finish().await;
}

#[tokio::test]
async fn secrets_of_sign_in_at_a_provider_reach_neither_logs_nor_answers() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let api = sign_in::at(&h, &provider, &[]);
    // The provider says that it does not know us by that.
    let misconfigured =
        sign_in::at(&h, &provider, &[("DISPATCH_OIDC_CLIENT_SECRET", "another client secret")]);
    let ana = || json!({ "sub": "u-1", "preferred_username": "ana" });
    let work = async {
        let sent = sign_in::begin(&api, "/board").await;
        let code = provider.agree(&sent.query, ana());
        let query = [("code", code.as_str()), ("state", &sent.query["state"]), ("iss", &provider.issuer)];
        let said = sign_in::come_back(&api, &sent.cookie, &query).await;
        let session = said.cookie("dispatch_session").expect("a session");
        let mut answers = said.text.clone();
        answers += said.header("location").expect("an address");
        answers += &with_cookie(&api, &session).get("/api/board").await.text;
        answers += &with_cookie(&api, &session).get("/api/audit").await.text;
        // Once more, and what fails on the way.
        let again = sign_in::come_back(&api, &sent.cookie, &query).await;
        answers += again.header("location").expect("an address");
        let refused = sign_in::sign_in(&misconfigured, &provider, "/board", ana()).await;
        answers += refused.header("location").expect("an address");
        provider.lie(json!({ "aud": "another-client" }));
        answers += &sign_in::sign_in(&api, &provider, "/board", ana()).await.text;
        answers += &api.anonymous().get("/api/health").await.text;
        let value = |cookie: &str| cookie.split_once('=').expect("a cookie").1.to_owned();
        (answers, [value(&session), value(&sent.cookie), sent.query["nonce"].clone(), code])
    };
    let ((answers, [session, flow, nonce, code]), log) = logged(work).await;
    assert!(log.contains("invalid_client"), "the provider's refusal was not logged: {log}");
    stay_inside(&[CLIENT_SECRET, "another client secret", sign_in::SECRET], &log, &answers);
    // As it travels: form-encoded.
    stay_inside(&["client%20secret", "client+secret", "another%20client"], &log, &answers);
    stay_inside(&[&session, &flow, &nonce, &code], &log, &answers);
    h.finish().await;
}

#[tokio::test]
async fn secrets_between_us_and_github_reach_neither_logs_nor_what_is_shown() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let olga = h.api().operator();
    let issue = h.issue(&repo, "One", &["status/backlog"]).await;
    let work = async {
        for kind in [
            FaultKind::ServerError { status: 500, applied: false },
            FaultKind::DropConnection { applied: false },
            FaultKind::Html { status: 502 },
            FaultKind::ServerError { status: 401, applied: false },
            FaultKind::ServerError { status: 403, applied: false },
        ] {
            h.sim.fault(Fault::once(kind).on("POST */labels"));
        }
        let body = json!({ "issueId": issue.id.to_string(), "status": "ready" });
        olga.post("/api/issues/move", body).await.ok();
        for _ in 0..6 {
            h.drain().await;
            h.advance(jiff::SignedDuration::from_mins(20)).await;
            h.sweep().await;
        }
        h.sim.fault(Fault::once(FaultKind::ServerError { status: 500, applied: false }).on("GET *"));
        h.reconcile().await;
        h.call(kit::webhook::Call::new("issues", "{}").signed_with("a stranger's secret")).await;
        let mut shown = String::new();
        for path in [
            "/api/board",
            "/api/attention",
            "/api/audit",
            "/api/health/details",
            "/api/webhooks",
            "/api/sync/runs",
        ] {
            shown += &olga.get(path).await.text;
        }
        shown
    };
    let (shown, log) = logged(work).await;
    assert!(log.contains("did not go through"), "no write failed: {log}");
    stay_inside(&["sim-token", SECRET, OLDER_SECRET, "a stranger's secret", &h.db.url()], &log, &shown);
    h.leaves_parked(h.db.count("mutation where state = 'parked'").await);
    h.finish().await;
}
