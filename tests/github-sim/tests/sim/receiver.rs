//! Somebody who receives webhooks.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use serde_json::Value;

/// A server that takes every delivery and remembers it.
pub(crate) struct Receiver {
    address: SocketAddr,
    inbox: Arc<Inbox>,
}

struct Inbox {
    status: Mutex<u16>,
    letters: Mutex<Vec<Letter>>,
}

/// One delivery as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Letter {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or_default())
    }

    pub(crate) fn payload(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a payload is JSON")
    }

    /// `event.action`, or the event alone.
    pub(crate) fn kind(&self) -> String {
        let event = self.header("x-github-event");
        match self.payload()["action"].as_str() {
            Some(action) => format!("{event}.{action}"),
            None => event.to_owned(),
        }
    }
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inbox = Arc::new(Inbox { status: Mutex::new(202), letters: Mutex::default() });
        let router = Router::new().route("/hook", post(take)).with_state(Arc::clone(&inbox));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, inbox }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Answers with this from now on.
    pub(crate) fn answer(&self, status: u16) {
        *self.inbox.status.lock().expect("no test panics here") = status;
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.inbox.letters.lock().expect("no test panics here").clone()
    }

    /// Empties the inbox.
    pub(crate) fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.inbox.letters.lock().expect("no test panics here"))
    }

    pub(crate) fn kinds(&self) -> Vec<String> {
        self.letters().iter().map(Letter::kind).collect()
    }
}

async fn take(State(inbox): State<Arc<Inbox>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    inbox.letters.lock().expect("no test panics here").push(Letter { headers, body });
    StatusCode::from_u16(*inbox.status.lock().expect("no test panics here")).expect("a status")
}
