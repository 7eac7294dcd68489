//! Servers for what the simulator cannot do: a scripted one that answers request by request, and one that misbehaves
//! on the wire.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use dispatch_domain::ids::RepoName;
use dispatch_github::Github;
use dispatch_settings::{Auth, GithubSettings, Limits, Reread};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Seen {
    /// `GET /repos/o/r`, with the query.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

type Answer = Arc<dyn Fn(&Seen) -> Response + Send + Sync>;

/// A server whose answers a test writes, and which remembers what it was asked.
pub(crate) struct Scripted {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Scripted {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state: (Answer, _) = (Arc::new(answer), Arc::clone(&seen));
        let router = Router::new().fallback(respond).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("not poisoned").clone()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }

    pub(crate) fn github(&self) -> Github {
        github(&self.url, Limits::default())
    }
}

async fn respond(
    State((answer, seen)): State<(Answer, Arc<Mutex<Vec<Seen>>>)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let request = Seen { method, path, headers, body: serde_json::from_slice(&body).unwrap_or_default() };
    seen.lock().expect("not poisoned").push(request.clone());
    answer(&request)
}

/// Answers every connection with `bytes`, piece by piece, and then holds it open or drops it.
pub(crate) async fn raw(pieces: Vec<&'static str>, pause: std::time::Duration, hold: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(misbehave(stream, pieces.clone(), pause, hold));
        }
    });
    url
}

async fn misbehave(mut stream: TcpStream, pieces: Vec<&'static str>, pause: std::time::Duration, hold: bool) {
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await;
    for piece in pieces {
        if stream.write_all(piece.as_bytes()).await.is_err() {
            return;
        }
        // sleep: the slow server that this test is about.
        tokio::time::sleep(pause).await;
    }
    if hold {
        // Until the client closes its end.
        let _ = stream.read(&mut request).await;
    }
}

pub(crate) fn github(url: &str, limits: Limits) -> Github {
    let auth = Auth::Token("ghp_hush".into());
    Github::new(GithubSettings { api_url: url.to_owned(), auth, limits, reread: Reread::default() })
        .expect("a good URL")
}

pub(crate) fn repo() -> RepoName {
    "octo/web".parse().expect("a name")
}

pub(crate) fn ok(body: Value) -> Response {
    Json(body).into_response()
}

pub(crate) fn status(code: u16, message: &str) -> Response {
    (StatusCode::from_u16(code).expect("a status"), Json(json!({ "message": message }))).into_response()
}

pub(crate) fn redirect(code: u16, location: &str) -> Response {
    let code = StatusCode::from_u16(code).expect("a status");
    (code, [("location", location.to_owned())], Json(json!({ "message": "Moved" }))).into_response()
}

/// An issue as GitHub renders it, with the fields Dispatch reads and some it does not.
pub(crate) fn issue(number: i32) -> Value {
    json!({
        "id": 41_000 + number, "number": number, "title": "A title", "body": "Text", "state": "open",
        "state_reason": null, "html_url": format!("https://github.com/octo/web/issues/{number}"),
        "user": {"login": "alice", "id": 1, "type": "User"}, "author_association": "MEMBER",
        "assignees": [{"login": "bob"}], "labels": [{"id": 1, "name": "bug", "color": "ff0000"}], "comments": 3,
        "created_at": "2026-11-01T10:00:00Z", "updated_at": "2026-11-02T10:00:00Z", "closed_at": null,
        "locked": false, "reactions": {"+1": 1}
    })
}
