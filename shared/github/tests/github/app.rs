//! The GitHub App: installation tokens are fetched once, renewed in time, and once more after a 401.

use std::sync::atomic::{AtomicUsize, Ordering};

use dispatch_github::{Credential, Error, Github};
use dispatch_settings::{Auth, GithubSettings, Limits};
use serde_json::json;

use crate::server::{Scripted, Seen, issue, ok, repo, status};

fn app(server: &Scripted, installation: Option<u64>) -> Github {
    let auth = Auth::App { id: 1, key: include_str!("app-key.pem").into(), installation };
    let settings = GithubSettings { api_url: server.url.clone(), auth, limits: Limits::default() };
    Github::new(settings).expect("a good URL")
}

/// A token that is good for so many seconds, numbered so that a test can tell them apart.
fn token(number: usize, seconds: i64) -> axum::response::Response {
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    ok(json!({"token": format!("ghs_{number}"), "expires_at": end, "permissions": {}}))
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
    let settings = GithubSettings { api_url: server.url.clone(), auth, limits: Limits::default() };
    let error =
        Github::new(settings).expect("a good URL").issue(&repo(), 7).await.expect_err("no key").to_string();
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
