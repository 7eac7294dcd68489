//! Nudges: SQS messages that carry the id of an outbox row and nothing else.
//!
//! The row is the work; a message only says that it may be worth looking now. A nudge that is lost, doubled or late
//! changes when something happens, never what. So sending is best effort with short limits, and the caller logs a
//! failure and goes on: the sweep finds the row.

use std::sync::Once;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use dispatch_failpoint::failpoint;
use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::aws::{self, Limits};
use crate::config::QueueConfig;

/// A person or GitHub may be waiting for the answer that is held up by this.
const LIMITS: Limits = Limits { connect: Duration::from_secs(1), whole: Duration::from_secs(2), attempts: 2 };

/// The longest an SQS message can be held back (SQS, "SendMessage": DelaySeconds is 0 to 900).
pub const MAX_DELAY: Duration = Duration::from_secs(900);

/// The most messages one SendMessageBatch takes (SQS, "SendMessageBatch").
const BATCH: usize = 10;

/// Sends nudges. Cheap to make: the SQS client, its certificates and credentials come with the first nudge.
#[derive(Debug)]
pub struct Queue {
    url: Option<String>,
    client: OnceCell<Client>,
    told: Once,
}

/// How many messages a queue has, as SQS estimates it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Ready to be received.
    pub visible: i64,
    /// Received, and not yet done with.
    pub in_flight: i64,
    /// Held back until their time.
    pub delayed: i64,
}

/// A nudge that did not get into the queue. Nothing is lost by it; log it and go on.
#[derive(Debug, thiserror::Error)]
#[error("{count} of the nudges could not be queued ({cause}); the next sweep finds their rows")]
pub struct QueueError {
    /// How many nudges did not get there, as far as is known.
    pub count: usize,
    cause: String,
}

/// A message body that is not a nudge. Trying again cannot help; log it and drop the message.
#[derive(Debug, thiserror::Error)]
#[error("the message body is not {{\"mutation\": \"<id>\"}}: {0}")]
pub struct UnreadableNudge(String);

impl Queue {
    /// A queue at `config.url`; without one every nudge is dropped, which the log says once.
    pub fn new(config: QueueConfig) -> Self {
        Self { url: config.url, client: OnceCell::new(), told: Once::new() }
    }

    /// A queue at `url` that sends through `client`, for whoever has one already (tests, local tools).
    pub fn with_client(url: impl Into<String>, client: Client) -> Self {
        Self { url: Some(url.into()), client: OnceCell::new_with(Some(client)), told: Once::new() }
    }

    /// Whether nudges go anywhere.
    pub fn is_configured(&self) -> bool {
        self.url.is_some()
    }

    /// Nudges the writer to look at one mutation, after `delay` if given. A delay over [`MAX_DELAY`] is cut to it:
    /// being looked at too early is harmless.
    ///
    /// # Errors
    ///
    /// When SQS does not take the message within two seconds.
    pub async fn nudge(&self, mutation: i64, delay: Option<Duration>) -> Result<(), QueueError> {
        let Some(url) = self.url() else { return Ok(()) };
        let seconds = delay.map(whole_seconds);
        failpoint("queue.before-send");
        self.client()
            .await
            .send_message()
            .queue_url(url)
            .message_body(encode(mutation))
            .set_delay_seconds(seconds)
            .send()
            .await
            .map_err(|error| QueueError { count: 1, cause: aws::describe(&error) })?;
        failpoint("queue.after-send");
        Ok(())
    }

    /// Nudges the writer to look at each of `mutations`, ten to a request. After a request that fails as a whole the
    /// rest is given up, because the next one would only wait as long.
    ///
    /// # Errors
    ///
    /// When at least one message was not taken.
    pub async fn nudge_all(&self, mutations: &[i64]) -> Result<(), QueueError> {
        let Some(url) = self.url() else { return Ok(()) };
        let mut refused: Option<QueueError> = None;
        for (done, batch) in mutations.chunks(BATCH).enumerate() {
            let failed = |cause: String| {
                let earlier = refused.as_ref().map_or(0, |e| e.count);
                QueueError { count: earlier + mutations.len() - done * BATCH, cause }
            };
            let entries =
                batch.iter().enumerate().map(|(i, id)| entry(i, *id)).collect::<Result<Vec<_>, _>>();
            let entries = entries.map_err(|error| failed(error.to_string()))?;
            let request = self.client().await.send_message_batch().queue_url(url).set_entries(Some(entries));
            failpoint("queue.before-send");
            let answer = request.send().await.map_err(|error| failed(aws::describe(&error)))?;
            failpoint("queue.after-send");
            if let Some(first) = answer.failed.first() {
                let cause = first.message.clone().unwrap_or_else(|| first.code.clone());
                let earlier = refused.as_ref().map_or(0, |e| e.count);
                refused = Some(QueueError { count: earlier + answer.failed.len(), cause });
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// How many messages there are, about; none without a queue.
    ///
    /// # Errors
    ///
    /// When SQS does not say within two seconds.
    pub async fn depth(&self) -> Result<Option<Depth>, QueueError> {
        use QueueAttributeName::{
            ApproximateNumberOfMessages as Visible, ApproximateNumberOfMessagesDelayed as Delayed,
            ApproximateNumberOfMessagesNotVisible as InFlight,
        };
        let Some(url) = self.url() else { return Ok(None) };
        let request = self.client().await.get_queue_attributes().queue_url(url);
        let request = request.attribute_names(Visible).attribute_names(InFlight).attribute_names(Delayed);
        let answer =
            request.send().await.map_err(|error| QueueError { count: 0, cause: aws::describe(&error) })?;
        let count = |name| {
            let text = answer.attributes().and_then(|all| all.get(&name));
            text.and_then(|text| text.parse().ok()).unwrap_or_default()
        };
        Ok(Some(Depth { visible: count(Visible), in_flight: count(InFlight), delayed: count(Delayed) }))
    }

    /// The queue's URL; says once in the log when there is none.
    fn url(&self) -> Option<&str> {
        if self.url.is_none() && !self.told.is_completed() {
            self.told.call_once(|| {
                tracing::warn!("DISPATCH_QUEUE_URL is not set: writes to GitHub wait for the next sweep");
            });
        }
        self.url.as_deref()
    }

    async fn client(&self) -> &Client {
        self.client.get_or_init(async || Client::new(&aws::sdk_config(LIMITS).await)).await
    }
}

fn entry(index: usize, mutation: i64) -> Result<SendMessageBatchRequestEntry, BuildError> {
    SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(encode(mutation)).build()
}

/// Rounded up, so that a message does not come back before the time it waits for.
fn whole_seconds(delay: Duration) -> i32 {
    let delay = delay.min(MAX_DELAY);
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    i32::try_from(seconds).unwrap_or(i32::MAX)
}

/// The message body for a mutation: `{"mutation":"17"}`.
pub fn encode(mutation: i64) -> String {
    format!(r#"{{"mutation":"{mutation}"}}"#)
}

/// The mutation a message body names; the id may be text or a number.
///
/// # Errors
///
/// When the body is anything else.
pub fn decode(body: &str) -> Result<i64, UnreadableNudge> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Number(i64),
        Text(String),
    }
    #[derive(Deserialize)]
    struct Nudge {
        mutation: Id,
    }
    let nudge: Nudge = serde_json::from_str(body).map_err(|error| UnreadableNudge(error.to_string()))?;
    match nudge.mutation {
        Id::Number(id) => Ok(id),
        Id::Text(text) => text.parse().map_err(|_| UnreadableNudge("the id is not a number".into())),
    }
}

#[cfg(test)]
mod tests;
