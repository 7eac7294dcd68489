//! The GitHub App: installation tokens are fetched once, renewed in time, and once more after a 401.

use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dispatch_github::{Credential, Error, Github};
use dispatch_settings::{Auth, GithubSettings, Limits, Reread};
use serde_json::json;

use crate::server::{Scripted, Seen, issue, ok, repo, status};

fn app(server: &Scripted, installation: Option<u64>) -> Github {
    client(server, auth(1, installation), Reread::default())
}

fn auth(id: u64, installation: Option<u64>) -> Auth {
    Auth::App { id, key: include_str!("app-key.pem").into(), installation }
}

fn client(server: &Scripted, auth: Auth, reread: Reread<Auth>) -> Github {
    let settings = GithubSettings { api_url: server.url.clone(), auth, limits: Limits::default(), reread };
    Github::new(settings).expect("a good URL")
}

/// A token that is good for so many seconds, numbered so that a test can tell them apart.
fn token(number: usize, seconds: i64) -> axum::response::Response {
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    ok(json!({"token": format!("ghs_{number}"), "expires_at": end, "permissions": {}}))
}

/// Which App has signed the JSON Web Token of a request.
fn issuer(seen: &Seen) -> String {
    let claims = seen.header("authorization").split('.').nth(1).expect("claims");
    let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
    serde_json::from_slice::<serde_json::Value>(&claims).expect("JSON")["iss"].to_string().replace('"', "")
}

fn is_for_token(seen: &Seen) -> bool {
    seen.path == "/app/installations/42/access_tokens"
}

#[tokio::test]
async fn a_token_is_fetched_once_for_a_burst_and_kept() {
    let server = Scripted::start(|seen| if is_for_token(seen) { token(1, 3600) } else { ok(issue(7)) }).await;
    let github = app(&server, Some(42));
    let (name, clone) = (repo(), github.clone());
    let (a, b, c) = tokio::join!(github.issue(&name, 7), clone.issue(&name, 7), github.issue(&name, 7));
    (a.and(b).and(c)).expect("three issues");
    let seen = server.seen();
    let fetches: Vec<_> = seen.iter().filter(|s| is_for_token(s)).collect();
    assert_eq!(fetches.len(), 1);
    let jwt = fetches[0].header("authorization").strip_prefix("Bearer ").expect("a bearer token");
    assert_eq!(jwt.split('.').count(), 3);
    let others: Vec<_> =
        seen.iter().filter(|s| !is_for_token(s)).map(|s| s.header("authorization")).collect();
    assert_eq!(others, ["Bearer ghs_1"; 3]);
    assert_eq!((github.counts().tokens, github.counts().reads), (1, 3));
}

#[tokio::test]
async fn a_token_is_renewed_five_minutes_before_its_end() {
    for (seconds, fetches) in [(290, 2), (330, 1)] {
        let count = AtomicUsize::new(0);
        let server = Scripted::start(move |seen| match is_for_token(seen) {
            true => token(count.fetch_add(1, Ordering::SeqCst), seconds),
            false => ok(issue(7)),
        })
        .await;
        let github = app(&server, Some(42));
        github.issue(&repo(), 7).await.expect("an issue");
        github.issue(&repo(), 7).await.expect("an issue");
        assert_eq!(github.counts().tokens, fetches, "a token good for {seconds} s");
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let count = AtomicUsize::new(0);
    let server = Scripted::start(move |seen| match is_for_token(seen) {
        true => token(count.fetch_add(1, Ordering::SeqCst), 3600),
        false if seen.header("authorization") == "Bearer ghs_0" => status(401, "Bad credentials"),
        false => ok(json!([{"name": "x"}])),
    })
    .await;
    let github = app(&server, Some(42));
    github.add_labels(&repo(), 7, &["x".into()]).await.expect("labels");
    github.add_labels(&repo(), 7, &["x".into()]).await.expect("labels");
    assert_eq!((github.counts().tokens, github.counts().writes), (2, 3));

    let server =
        Scripted::start(
            |seen| if is_for_token(seen) { token(0, 3600) } else { status(401, "Bad credentials") },
        )
        .await;
    let error = app(&server, Some(42)).issue(&repo(), 7).await.expect_err("refused");
    assert!(matches!(error, Error::Unauthorized { .. }), "{error}");
    assert_eq!(server.seen().len(), 4, "two tokens, two tries");
}

#[tokio::test]
async fn a_plain_token_is_not_renewed() {
    let server = Scripted::start(|_| status(401, "Bad credentials")).await;
    let error = server.github().issue(&repo(), 7).await.expect_err("refused").to_string();
    assert!(error.contains("Bad credentials") && !error.contains("hush"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_refused_token_gives_way_to_the_one_that_the_settings_have_by_now() {
    let server = Scripted::start(|seen| match seen.header("authorization") {
        "Bearer ghp_new" => ok(issue(7)),
        _ => status(401, "Bad credentials"),
    })
    .await;
    for (by_now, requests) in [("ghp_new", 3), ("ghp_old", 2)] {
        let (before, reread) = (server.seen().len(), Reread::by(async || Some(Auth::Token(by_now.into()))));
        let github = client(&server, Auth::Token("ghp_old".into()), reread);
        for _ in 0..2 {
            assert_eq!(github.issue(&repo(), 7).await.is_ok(), by_now == "ghp_new");
        }
        assert_eq!(server.seen().len() - before, requests, "{by_now}");
    }
}

#[tokio::test]
async fn so_does_a_refused_app() {
    let first = AtomicUsize::new(0);
    let server = Scripted::start(move |seen| match is_for_token(seen) {
        true if first.fetch_add(1, Ordering::SeqCst) == 0 => {
            status(401, "A JSON web token could not be decoded")
        }
        true => token(1, 3600),
        false => ok(issue(7)),
    })
    .await;
    let reread = Reread::by(async || Some(auth(2, Some(42))));
    client(&server, auth(1, Some(42)), reread).issue(&repo(), 7).await.expect("an issue");
    let signed: Vec<_> = server.seen().iter().filter(|seen| is_for_token(seen)).map(issuer).collect();
    assert_eq!(signed, ["1", "2"]);
}

#[tokio::test]
async fn without_an_installation_it_is_looked_up_once() {
    let server = Scripted::start(|seen| match seen.path.as_str() {
        "/repos/octo/web/installation" => ok(json!({"id": 42, "account": {"login": "octo"}})),
        _ if is_for_token(seen) => token(1, 3600),
        _ => ok(issue(7)),
    })
    .await;
    let github = app(&server, None);
    for _ in 0..3 {
        github.issue(&repo(), 7).await.expect("an issue");
    }
    assert_eq!(server.lines().iter().filter(|line| line.ends_with("/installation")).count(), 1);
    assert_eq!(github.counts().tokens, 2);
}

#[tokio::test]
async fn what_is_wrong_with_the_app_is_said() {
    let server = Scripted::start(|_| status(404, "Not Found")).await;
    let error = app(&server, Some(42)).issue(&repo(), 7).await.expect_err("no installation");
    assert!(matches!(&error, Error::Gone { what } if what.contains("installation 42")), "{error}");

    let auth = Auth::App { id: 1, key: "-----BEGIN hush".into(), installation: Some(42) };
    let github = client(&server, auth, Reread::default());
    let error = github.issue(&repo(), 7).await.expect_err("no key").to_string();
    assert!(error.contains("GITHUB_APP_PRIVATE_KEY") && !error.contains("hush"), "{error}");
}

#[tokio::test]
async fn budgets_are_kept_per_credential() {
    let server = Scripted::start(|seen| {
        let mut response = if is_for_token(seen) { token(1, 3600) } else { ok(issue(7)) };
        for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"] {
            response.headers_mut().insert(name, "5000".parse().expect("a header value"));
        }
        response
    })
    .await;
    let github = app(&server, Some(42));
    github.issue(&repo(), 7).await.expect("an issue");
    let known: Vec<_> = github.budgets().into_keys().collect();
    assert_eq!(known, [Credential::App, Credential::Installation(42)]);
}
