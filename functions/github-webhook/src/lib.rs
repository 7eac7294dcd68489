//! The door for GitHub: verify, store, apply, answer.
//!
//! Purpose: nothing that GitHub sends and signs is lost. The raw body is verified in constant time against each
//! configured secret, stored before it is answered, and applied in the same transaction under a savepoint. GitHub does
//! not redeliver by itself, so nothing that could be stored is refused: 401 for a bad signature, 413 for a body that
//! is too large, 503 while the database is away, and 202 for everything else.

mod signature;

use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use dispatch_domain::webhook;
use dispatch_runtime::config::{Reread, WebhookSecrets};
use dispatch_runtime::{Config, Queue, failpoint, metrics, traces};
use dispatch_store::Db;
use dispatch_store::deliveries::{self, Delivery, Outcome};
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use serde_json::json;
use tracing::Instrument;

/// The largest body that is taken, in bytes: our own limit, well below Lambda's 6 MB, so that the answer is ours.
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// What the function needs.
pub struct Webhook {
    db: Db,
    queue: Queue,
    secrets: Mutex<WebhookSecrets>,
    /// For when a signature fits none of them.
    reread: Reread<WebhookSecrets>,
}

impl Webhook {
    /// Builds it from the configuration. Connects nowhere.
    ///
    /// # Errors
    /// When a variable is missing or cannot be used; says which.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let db = Db::new(&config.database()?).context("preparing the database pool")?;
        let secrets = Mutex::new(config.webhook_secrets()?);
        Ok(Self {
            db,
            queue: Queue::new(config.queue()?),
            secrets,
            reread: config.reread(Config::webhook_secrets),
        })
    }

    /// The same, sending its nudges through `queue`: for whoever has an SQS client already, as tests have.
    #[must_use]
    pub fn with_queue(self, queue: Queue) -> Self {
        Self { queue, ..self }
    }

    /// Answers one delivery.
    pub async fn handle(&self, request: Request) -> Response<Body> {
        let (head, body) = request.into_parts();
        let body: &[u8] = match &body {
            Body::Text(text) => text.as_bytes(),
            Body::Binary(bytes) => bytes,
            _ => &[],
        };
        if body.len() > LARGEST_BODY {
            return answer(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "A delivery may have 4 MB.");
        }
        let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
        if !self.is_signed(header("x-hub-signature-256"), body).await {
            return answer(
                StatusCode::UNAUTHORIZED,
                "bad_signature",
                "X-Hub-Signature-256 does not fit the body under any configured secret.",
            );
        }
        let (Some(guid), Some(event)) = (header("x-github-delivery"), header("x-github-event")) else {
            tracing::warn!("a signed delivery without X-GitHub-Delivery or X-GitHub-Event was not kept");
            return answer(StatusCode::ACCEPTED, "ignored", "No X-GitHub-Delivery or X-GitHub-Event header.");
        };
        let (guid, event) = (clip(guid), clip(event));
        let span = tracing::info_span!("delivery", correlation.id = guid, delivery.event = event);
        let answer = self.keep(guid, event, body).instrument(span).await;
        traces::flush().await;
        answer
    }

    /// Whether a delivery is signed with one of the secrets, as they were read or as they are by now.
    async fn is_signed(&self, signature: Option<&str>, body: &[u8]) -> bool {
        let fits = |secrets: &WebhookSecrets| signature::verify(signature, body, secrets.iter());
        let known = || self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if fits(&known()) {
            return true;
        }
        let Some(secrets) = self.reread.read().await else { return false };
        let signed = fits(&secrets);
        *known() = secrets;
        signed
    }

    async fn keep(&self, guid: &str, event: &str, body: &[u8]) -> Response<Body> {
        let parsed = webhook::parse(event, body);
        let delivery = Delivery { guid, event, action: parsed.action.as_deref(), payload: body };
        failpoint("webhook.before-store");
        let (outcome, nudges) = match deliveries::accept(&self.db, &delivery, &parsed.event).await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::error!(error = ?error, "a delivery could not be stored");
                return answer(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    "The database is away. Redeliver.",
                );
            }
        };
        failpoint("webhook.after-store");
        for mutation in nudges {
            if let Err(error) = self.queue.nudge(mutation.0, None).await {
                tracing::warn!(mutation.id = mutation.0, %error, "no nudge sent; the sweep will find the write");
            }
        }
        let (word, reason) = match outcome {
            Outcome::Applied => ("applied", String::new()),
            Outcome::Duplicate => ("duplicate", "This delivery is known already.".to_owned()),
            Outcome::Ignored(reason) => ("ignored", reason),
            // The place; the reason may quote the payload and stays in the database.
            Outcome::Unreadable(reason) => {
                ("unreadable", reason.split(": ").next().unwrap_or_default().to_owned())
            }
            Outcome::Failed(_) => ("failed", "Kept; it will be applied again.".to_owned()),
        };
        metrics::record_by(&metrics::DELIVERIES, word, 1.0);
        tracing::info!(delivery.outcome = word, delivery.reason = reason, "delivery kept");
        answer(StatusCode::ACCEPTED, word, &reason)
    }
}

/// Header values are bounded before they become keys or log fields.
fn clip(text: &str) -> &str {
    text.get(..100).unwrap_or(text)
}

fn answer(status: StatusCode, outcome: &str, message: &str) -> Response<Body> {
    let key = if status.is_success() { "outcome" } else { "error" };
    let mut response = Response::new(Body::from(json!({ key: outcome, "message": message }).to_string()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    response
}
