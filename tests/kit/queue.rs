//! SQS as far as nudges need it: an HTTP endpoint that takes `SendMessage` and `SendMessageBatch`, and a list.

use std::sync::{Arc, Mutex};

use aws_lambda_events::event::sqs::SqsEvent;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use dispatch_runtime::Queue;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The queue of one test. Messages become visible by the test's clock.
#[derive(Debug)]
pub struct Nudges {
    endpoint: String,
    waiting: Arc<Mutex<Waiting>>,
    server: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    messages: Vec<(Timestamp, String)>,
    now: Timestamp,
    away: bool,
}

impl Drop for Nudges {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Nudges {
    /// Starts the endpoint.
    ///
    /// # Panics
    /// When the loopback interface offers no port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let waiting = Arc::<Mutex<Waiting>>::default();
        let router = axum::Router::new().fallback(take).with_state(waiting.clone());
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { endpoint, waiting, server }
    }

    /// Where it is, for a process of its own.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A client of it, as a function has one.
    pub fn queue(&self) -> Queue {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .retry_config(aws_sdk_sqs::config::retry::RetryConfig::disabled())
            .endpoint_url(&self.endpoint)
            .build();
        Queue::with_client(format!("{}/1/writes", self.endpoint), Client::from_conf(config))
    }

    /// The time by which delays are counted.
    pub fn set_now(&self, now: Timestamp) {
        self.waiting.lock().expect("not poisoned").now = now;
    }

    /// Refuses messages from now on, or takes them again.
    pub fn set_away(&self, away: bool) {
        self.waiting.lock().expect("not poisoned").away = away;
    }

    /// Takes the messages that are visible now.
    pub fn take(&self) -> Vec<String> {
        let mut waiting = self.waiting.lock().expect("not poisoned");
        let now = waiting.now;
        let (visible, later) =
            std::mem::take(&mut waiting.messages).into_iter().partition(|(at, _)| *at <= now);
        waiting.messages = later;
        visible.into_iter().map(|(_, body)| body).collect()
    }

    /// Messages that are in the queue, visible or not.
    pub fn len(&self) -> usize {
        self.waiting.lock().expect("not poisoned").messages.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Loses all messages.
    pub fn lose_all(&self) {
        self.waiting.lock().expect("not poisoned").messages.clear();
    }
}

/// An event as SQS hands it to a function.
///
/// # Panics
/// Never, for any bodies.
pub fn event(bodies: impl IntoIterator<Item = String>) -> SqsEvent {
    let record = |(index, body)| json!({ "messageId": format!("message-{index}"), "body": body });
    let records: Vec<Value> = bodies.into_iter().enumerate().map(record).collect();
    serde_json::from_value(json!({ "Records": records })).expect("an event")
}

async fn take(
    State(waiting): State<Arc<Mutex<Waiting>>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    // The SDK says `application/x-amz-json-1.0`, so it is read here and not by an extractor for JSON.
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut waiting = waiting.lock().expect("not poisoned");
    if waiting.away {
        let error = json!({ "__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no such queue" });
        return (StatusCode::BAD_REQUEST, Json(error));
    }
    let mut keep = |message: &Value| {
        let delay = SignedDuration::from_secs(message["DelaySeconds"].as_i64().unwrap_or(0));
        let visible = waiting.now + delay;
        waiting.messages.push((visible, message["MessageBody"].as_str().unwrap_or_default().to_owned()));
    };
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let answer = match (target, request["Entries"].as_array()) {
        ("AmazonSQS.SendMessageBatch", Some(entries)) => {
            entries.iter().for_each(&mut keep);
            let taken =
                |entry: &Value| json!({ "Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": "x" });
            json!({ "Successful": entries.iter().map(taken).collect::<Vec<_>>(), "Failed": [] })
        }
        ("AmazonSQS.SendMessage", None) => {
            keep(&request);
            json!({ "MessageId": "m" })
        }
        _ => return (StatusCode::BAD_REQUEST, Json(json!({ "__type": "UnknownOperationException" }))),
    };
    (StatusCode::OK, Json(answer))
}
