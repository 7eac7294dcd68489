//! Headers, limits, failures: one request is one request.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use dispatch_domain::budget::RateLimit;
use dispatch_github::{Credential, Error, Github, Read};
use dispatch_settings::{Auth, GithubSettings, Limits, Reread};
use serde_json::json;

use crate::server::{Scripted, github, issue, ok, raw, repo, status};

fn impatient() -> Limits {
    let short = Duration::from_millis(300);
    Limits { connect: short, idle: short, whole: short, ..Limits::default() }
}

fn cause(result: Result<impl std::fmt::Debug, Error>) -> String {
    match result {
        Err(Error::Unavailable { cause, .. }) => cause,
        other => panic!("not unavailable: {other:?}"),
    }
}

#[tokio::test]
async fn requests_carry_the_headers_github_asks_for_once() {
    let server =
        Scripted::start(|seen| if seen.method == "POST" { ok(json!([])) } else { ok(issue(7)) }).await;
    server.github().issue(&repo(), 7).await.expect("an issue");
    server.github().add_labels(&repo(), 7, &["a/b".into()]).await.expect("labels");
    let seen = server.seen();
    assert_eq!(server.lines(), ["GET /repos/octo/web/issues/7", "POST /repos/octo/web/issues/7/labels"]);
    for request in &seen {
        assert_eq!(request.header("authorization"), "Bearer ghp_hush");
        assert_eq!(request.header("accept"), "application/vnd.github+json");
        assert_eq!(request.header("x-github-api-version"), "2022-11-28");
        assert_eq!(request.header("user-agent"), concat!("dispatch/", env!("CARGO_PKG_VERSION")));
        for name in ["authorization", "accept", "x-github-api-version", "user-agent"] {
            assert_eq!(request.headers.get_all(name).iter().count(), 1, "{name}");
        }
    }
    assert_eq!(seen[1].header("content-type"), "application/json");
    assert_eq!(seen[1].body, json!({"labels": ["a/b"]}));
}

#[tokio::test]
async fn a_base_path_is_kept() {
    let server = Scripted::start(|_| ok(issue(7))).await;
    let enterprise = github(&format!("{}/api/v3/", server.url), Limits::default());
    enterprise.issue(&repo(), 7).await.expect("an issue");
    assert_eq!(server.lines(), ["GET /api/v3/repos/octo/web/issues/7"]);
}

#[tokio::test]
async fn nothing_is_tried_twice() {
    for code in [500, 502, 503, 504, 429, 403] {
        let server = Scripted::start(move |_| status(code, "Server Error")).await;
        let github = server.github();
        assert!(github.add_labels(&repo(), 7, &["x".into()]).await.is_err());
        assert!(github.remove_label(&repo(), 7, "x").await.is_err());
        assert!(github.issue(&repo(), 7).await.is_err());
        assert_eq!(server.seen().len(), 3, "{code}");
    }
}

#[tokio::test]
async fn a_closed_port_is_unavailable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let cause = cause(github(&url, impatient()).issue(&repo(), 7).await);
    assert!(cause.contains("refused"), "{cause}");
}

#[tokio::test]
async fn silence_and_trickles_end_in_time() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    let silent = raw(vec![], Duration::ZERO, true).await;
    let mut drops = vec![head];
    drops.extend(std::iter::repeat_n("[", 100));
    let trickle = raw(drops, Duration::from_millis(50), true).await;
    for url in [silent, trickle] {
        let start = Instant::now();
        cause(github(&url, impatient()).issue(&repo(), 7).await);
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unavailable() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"id\": 1";
    let cut_body = raw(vec![head], Duration::ZERO, false).await;
    let cut_head = raw(vec!["HTTP/1.1 200 OK\r\ncontent-"], Duration::ZERO, false).await;
    let no_http = raw(vec!["220 mail.example.com ESMTP\r\n"], Duration::ZERO, false).await;
    for url in [cut_body, cut_head, no_http] {
        let cause = cause(github(&url, Limits::default()).issue(&repo(), 7).await);
        assert!(!cause.is_empty());
    }
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read() {
    let server = Scripted::start(|_| ok(json!({"title": "x".repeat(10_000)}))).await;
    let small = github(&server.url, Limits { body: 5000, ..Limits::default() });
    let cause = cause(small.issue(&repo(), 7).await);
    assert!(cause.contains("larger than 5000 bytes"), "{cause}");
}

#[tokio::test]
async fn a_page_for_people_is_unavailable_also_with_status_200() {
    let server = Scripted::start(|_| (StatusCode::OK, "<html><h1>Unicorn!</h1>").into_response()).await;
    let cause = cause(server.github().issue(&repo(), 7).await);
    assert!(cause.contains("not JSON"), "{cause}");
}

#[tokio::test]
async fn limits_say_how_long_and_budgets_are_remembered() {
    let server = Scripted::start(|seen| {
        let mut response =
            if seen.method == "GET" { ok(issue(7)) } else { status(403, "secondary rate limit") };
        let headers = response.headers_mut();
        for (name, value) in [
            ("x-ratelimit-limit", "5000"),
            ("x-ratelimit-remaining", "4998"),
            ("x-ratelimit-reset", "1795400000"),
            ("retry-after", "17"),
        ] {
            headers.insert(name, value.parse().expect("a header value"));
        }
        response
    })
    .await;
    let github = server.github();
    assert!(github.budgets().is_empty());
    github.issue(&repo(), 7).await.expect("an issue");
    let error = github.create_comment(&repo(), 7, "hello").await.expect_err("limited");
    assert_eq!(error.wait(), Some(Duration::from_secs(17)));
    assert!(matches!(&error, Error::RateLimited { kind: RateLimit::Secondary, .. }) && error.is_transient());
    let budget = github.budgets()[&Credential::Token];
    assert_eq!((budget.limit, budget.remaining, budget.reset_at.as_second()), (5000, 4998, 1_795_400_000));
    let counts = github.counts();
    assert_eq!((counts.reads, counts.writes, counts.limited, counts.tokens), (1, 1, 1, 0));
}

#[tokio::test]
async fn a_quiet_repository_answers_304() {
    let server = Scripted::start(|seen| {
        if seen.header("if-none-match") == "W/\"abc\"" {
            return (StatusCode::NOT_MODIFIED, [("etag", "W/\"abc\"")]).into_response();
        }
        let body = json!({"id": 5, "full_name": "octo/web", "default_branch": "main", "archived": false});
        ([("etag", "W/\"abc\"")], ok(body)).into_response()
    })
    .await;
    let github = server.github();
    let Read::Changed((repository, etag)) = github.repository(&repo(), None).await.expect("a repository")
    else {
        panic!("nothing was known yet")
    };
    assert_eq!((repository.id.0, repository.default_branch.as_deref()), (5, Some("main")));
    let again = github.repository(&repo(), etag.as_deref()).await.expect("an answer");
    assert_eq!(again, Read::NotModified);
    assert_eq!((github.counts().reads, github.counts().not_modified), (1, 1));
}

#[test]
fn a_client_is_made_without_a_runtime_and_shows_no_secret() {
    let key = include_str!("app-key.pem");
    let app = Auth::App { id: 1, key: key.into(), installation: Some(2) };
    for auth in [Auth::Token("ghp_hush".into()), app] {
        let settings = GithubSettings {
            api_url: "https://api.github.com".into(),
            auth,
            limits: Limits::default(),
            reread: Reread::default(),
        };
        let shown = format!("{settings:?} {:?}", Github::new(settings.clone()).expect("a good URL"));
        assert!(!shown.contains("hush") && !shown.contains("PRIVATE"), "{shown}");
    }
    for bad in ["", "api.github.com", "ftp://x", "/x", "https://", "https://x?y=1"] {
        let settings = GithubSettings {
            api_url: bad.into(),
            auth: Auth::Token("x".into()),
            limits: Limits::default(),
            reread: Reread::default(),
        };
        assert!(Github::new(settings).is_err(), "{bad}");
    }
}
