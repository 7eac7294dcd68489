//! The runtime API between a function's process and cargo-lambda's emulator, one slot per process.
//!
//! Measured with cargo-lambda 1.9.2, and the reason for this relay:
//! - A process killed in the middle of an invocation leaves its caller waiting for ever: the emulator keeps the
//!   caller under the request's id and nobody answers it. Lambda answers at once (`Runtime.ExitError`). The relay
//!   knows which invocation a process holds and answers for the dead.
//! - `lambda-runtime-deadline-ms` is the constant 600000, a moment in 1970, and no function ever times out. The relay
//!   writes the true deadline, and at it answers the caller and has the process killed, as Lambda does.
//! - An initialisation error is handed to *any* function's next caller. The relay keeps it to itself: the process
//!   ends anyway, and is started again.
//! - Killing an idle process loses nothing by itself, because the emulator notices the closed connection; but between
//!   taking an invocation and writing it to that connection it can. So the relay's own poll outlives the process, and
//!   what it fetches goes to the process that takes its place.
//!
//! Several processes of one function simply poll the same queue; each request goes to one of them.

use std::collections::HashMap;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

use super::functions::Function;

const REQUEST_ID: &str = "lambda-runtime-aws-request-id";

/// A buffered answer's largest size ("Lambda quotas": 6 MB).
const LARGEST_ANSWER: usize = 6_291_556;

/// The relay's server and its slots.
#[derive(Clone)]
pub(crate) struct Relay {
    shared: Arc<Shared>,
}

struct Shared {
    http: reqwest::Client,
    /// The emulator's runtime API, without the function's name.
    emulator: String,
    port: u16,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

/// The place of one process.
pub(crate) struct Slot {
    function: &'static Function,
    name: String,
    /// The poll for the next invocation; survives the process that asked for it.
    poll: tokio::sync::Mutex<Option<JoinHandle<Invocation>>>,
    /// The invocation that the process holds.
    held: Mutex<Option<Held>>,
    /// Notified to have the process killed.
    pub(crate) kill: Arc<Notify>,
}

struct Held {
    request_id: String,
    timer: AbortHandle,
}

/// An invocation as the emulator hands it out.
struct Invocation {
    request_id: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Relay {
    /// Serves the relay on a free port of the loopback address.
    ///
    /// # Errors
    /// No port is free.
    pub(crate) async fn start(lambda_port: u16) -> anyhow::Result<Self> {
        let listener =
            TcpListener::bind(("127.0.0.1", 0)).await.context("no free port for the runtime API")?;
        let shared = Shared {
            http: reqwest::Client::new(),
            emulator: format!("http://127.0.0.1:{lambda_port}/.rt"),
            port: listener.local_addr()?.port(),
            slots: Mutex::default(),
        };
        let relay = Self { shared: Arc::new(shared) };
        let invocation = "/{slot}/2018-06-01/runtime/invocation";
        let routes = axum::Router::new()
            .route(&format!("{invocation}/next"), get(next))
            .route(&format!("{invocation}/{{id}}/{{kind}}"), post(finish))
            .route("/{slot}/2018-06-01/runtime/init/error", post(init_error))
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(relay.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(relay)
    }

    /// Makes the place for one process of a function.
    pub(crate) fn add_slot(&self, function: &'static Function, number: usize) -> Arc<Slot> {
        let name = format!("{}-{number}", function.name);
        let slot = Arc::new(Slot {
            function,
            name: name.clone(),
            poll: tokio::sync::Mutex::default(),
            held: Mutex::default(),
            kill: Arc::default(),
        });
        lock(&self.shared.slots).insert(name, slot.clone());
        slot
    }

    /// The value of `AWS_LAMBDA_RUNTIME_API` for the process of a slot.
    pub(crate) fn runtime_api(&self, slot: &Slot) -> String {
        format!("http://127.0.0.1:{}/{}", self.shared.port, slot.name)
    }

    /// Answers for a process that ended while it held an invocation.
    pub(crate) fn process_ended(&self, slot: &Slot, status: ExitStatus) {
        let Some(held) = lock(&slot.held).take() else { return };
        held.timer.abort();
        let message = format!("RequestId: {} Error: Runtime exited with error: {status}", held.request_id);
        let (relay, function) = (self.clone(), slot.function);
        tokio::spawn(
            async move { relay.fail(function, &held.request_id, "Runtime.ExitError", &message).await },
        );
    }

    async fn fail(&self, function: &Function, request_id: &str, kind: &str, message: &str) {
        let body = json!({"errorType": kind, "errorMessage": message, "stackTrace": []}).to_string();
        let url = self.url(function, &format!("invocation/{request_id}/error"));
        // When the emulator is gone, so is the caller.
        let _ = self.shared.http.post(url).body(body).send().await;
    }

    fn url(&self, function: &Function, rest: &str) -> String {
        format!("{}/{}/2018-06-01/runtime/{rest}", self.shared.emulator, function.name)
    }

    /// Waits, for as long as it takes, for the function's next invocation.
    async fn poll(self, function: &'static Function) -> Invocation {
        const EMULATOR_AWAY: Duration = Duration::from_millis(200);
        loop {
            match self.try_poll(function).await {
                Ok(Some(invocation)) => return invocation,
                Ok(None) => {}
                Err(_) => tokio::time::sleep(EMULATOR_AWAY).await,
            }
        }
    }

    async fn try_poll(&self, function: &Function) -> anyhow::Result<Option<Invocation>> {
        let response =
            self.shared.http.get(self.url(function, "invocation/next")).send().await?.error_for_status()?;
        if response.status() != StatusCode::OK {
            return Ok(None);
        }
        let id = response.headers().get(REQUEST_ID).context("an invocation without an id")?;
        let request_id = id.to_str()?.to_owned();
        let headers = response.headers().clone();
        Ok(Some(Invocation { request_id, headers, body: response.bytes().await? }))
    }

    /// Notes that the slot's process now holds the invocation, until it answers, ends or runs out of time.
    fn hold(&self, slot: &Arc<Slot>, request_id: &str) {
        let (relay, timed, id) = (self.clone(), slot.clone(), request_id.to_owned());
        let timer = tokio::spawn(async move {
            tokio::time::sleep(timed.function.timeout).await;
            if timed.release(&id).is_some() {
                let seconds = timed.function.timeout.as_secs();
                eprintln!("{} did not answer within {seconds} s and is killed, as Lambda would", timed.name);
                let message = format!("RequestId: {id} Error: Task timed out after {seconds}.00 seconds");
                relay.fail(timed.function, &id, "Sandbox.Timedout", &message).await;
                timed.kill.notify_one();
            }
        });
        *lock(&slot.held) = Some(Held { request_id: request_id.to_owned(), timer: timer.abort_handle() });
    }
}

impl Slot {
    /// Ends the holding of this very invocation.
    fn release(&self, request_id: &str) -> Option<Held> {
        let mut held = lock(&self.held);
        if held.as_ref().is_some_and(|held| held.request_id == request_id) { held.take() } else { None }
    }
}

async fn next(State(relay): State<Relay>, Path(slot): Path<String>) -> Response {
    let Some(slot) = lock(&relay.shared.slots).get(&slot).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // When the process ends while it waits here, this future is dropped; the poll itself stays for its successor.
    let mut poll = slot.poll.lock().await;
    let running = poll.get_or_insert_with(|| tokio::spawn(relay.clone().poll(slot.function)));
    let invocation = running.await;
    *poll = None;
    let Ok(invocation) = invocation else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    relay.hold(&slot, &invocation.request_id);
    let deadline = jiff::Timestamp::now().as_millisecond() + slot.function.timeout.as_millis() as i64;
    let arn = format!("arn:aws:lambda:local:000000000000:function:{}", slot.function.name);
    let mut headers = invocation.headers;
    for name in ["content-length", "transfer-encoding", "connection", "date"] {
        headers.remove(name);
    }
    headers.insert("lambda-runtime-deadline-ms", HeaderValue::from(deadline));
    if let Ok(arn) = HeaderValue::try_from(arn) {
        headers.insert("lambda-runtime-invoked-function-arn", arn);
    }
    (headers, invocation.body).into_response()
}

async fn finish(
    State(relay): State<Relay>,
    Path((slot, id, kind)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Some(slot) = lock(&relay.shared.slots).get(&slot).cloned() else { return StatusCode::NOT_FOUND };
    let Some(held) = slot.release(&id) else {
        // Timed out: the caller has been answered already.
        return StatusCode::GONE;
    };
    held.timer.abort();
    if body.len() > LARGEST_ANSWER {
        let message =
            format!("Response payload size exceeded maximum allowed payload size ({LARGEST_ANSWER} bytes).");
        relay.fail(slot.function, &id, "Function.ResponseSizeTooLarge", &message).await;
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let mut request = relay.shared.http.post(relay.url(slot.function, &format!("invocation/{id}/{kind}")));
    if let Some(kind) = headers.get("content-type") {
        request = request.header("content-type", kind);
    }
    match request.body(body).send().await {
        Ok(_) => StatusCode::ACCEPTED,
        Err(_) => StatusCode::BAD_GATEWAY,
    }
}

async fn init_error(Path(slot): Path<String>, body: Bytes) -> StatusCode {
    eprintln!("{slot} could not initialise: {}", String::from_utf8_lossy(&body));
    StatusCode::ACCEPTED
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use tokio::sync::mpsc;

    use super::*;
    use crate::up::functions::API;

    /// An emulator with one invocation to give; tells what is posted to it.
    async fn emulator() -> (u16, mpsc::UnboundedReceiver<(String, String)>) {
        let (told, hears) = mpsc::unbounded_channel();
        let one = Arc::new(Mutex::new(Some(())));
        let next = get(move || {
            let given = lock(&one).take();
            async move {
                match given {
                    Some(()) => ([(REQUEST_ID, "r-1")], "{}").into_response(),
                    None => std::future::pending().await,
                }
            }
        });
        let finish = post(move |Path((_, kind)): Path<(String, String)>, body: String| async move {
            told.send((kind, body)).unwrap();
        });
        let routes = axum::Router::new()
            .route("/.rt/api/2018-06-01/runtime/invocation/next", next)
            .route("/.rt/api/2018-06-01/runtime/invocation/{id}/{kind}", finish);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (port, hears)
    }

    async fn ask_next(relay: &Relay, slot: &Slot) -> reqwest::Response {
        let url = format!("{}/2018-06-01/runtime/invocation/next", relay.runtime_api(slot));
        reqwest::Client::new().get(url).send().await.unwrap()
    }

    fn crypto() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }

    #[tokio::test]
    async fn the_caller_of_a_killed_process_is_answered() {
        crypto();
        let (port, mut hears) = emulator().await;
        let relay = Relay::start(port).await.unwrap();
        let slot = relay.add_slot(&API, 1);
        let answer = ask_next(&relay, &slot).await;
        let deadline: i64 = answer.headers()["lambda-runtime-deadline-ms"].to_str().unwrap().parse().unwrap();
        assert!(deadline > jiff::Timestamp::now().as_millisecond());
        relay.process_ended(&slot, ExitStatus::from_raw(9));
        let (kind, body) = hears.recv().await.unwrap();
        assert_eq!(kind, "error");
        assert!(body.contains("Runtime.ExitError"), "{body}");
    }

    #[tokio::test]
    async fn an_invocation_fetched_for_a_process_that_died_goes_to_its_successor() {
        crypto();
        let (port, mut hears) = emulator().await;
        let relay = Relay::start(port).await.unwrap();
        let slot = relay.add_slot(&API, 1);
        // The first process asks and dies before it gets anything: its poll is left running.
        let poll = tokio::spawn(relay.clone().poll(&API));
        *slot.poll.lock().await = Some(poll);
        relay.process_ended(&slot, ExitStatus::from_raw(9));
        let answer = ask_next(&relay, &slot).await;
        assert_eq!(answer.headers()[REQUEST_ID], "r-1");
        let url = format!("{}/2018-06-01/runtime/invocation/r-1/response", relay.runtime_api(&slot));
        let http = reqwest::Client::new();
        assert_eq!(http.post(&url).body("done").send().await.unwrap().status(), StatusCode::ACCEPTED);
        assert_eq!(hears.recv().await.unwrap(), ("response".to_owned(), "done".to_owned()));
        // A second answer has nobody left to hear it.
        assert_eq!(http.post(&url).body("again").send().await.unwrap().status(), StatusCode::GONE);
    }
}
