//! The queue, and the SQS event source of github-writer as Lambda's event source mapping plays it.
//!
//! moto's server is the queue; it keeps nothing over a restart, which is fine: messages are nudges (the outbox and the
//! sweep make good for a lost one). Source for the mapping's behaviour: "Using Lambda with Amazon SQS" and "Handling
//! errors for an SQS event source in Lambda" in the Lambda developer guide.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName, QueueAttributeName,
};
use nix::sys::signal::Signal;
use serde_json::{Value, json};
use tokio::process::Command;

use super::aws::{self, DEAD_LETTER_QUEUE, QUEUE};
use super::functions::WRITER;
use crate::process::{Processes, Service, Stage};

/// How often a message is received before it goes to the dead-letter queue.
const MAX_RECEIVE_COUNT: u32 = 5;
/// How many messages one invocation gets.
const BATCH_SIZE: i32 = 10;
/// SQS's longest poll.
const LONG_POLL_SECONDS: i32 = 20;
/// Pause after a failed call to the queue.
const QUEUE_AWAY: Duration = Duration::from_millis(300);

/// Starts moto's server on the loopback address.
///
/// # Errors
/// Its log cannot be written.
pub(crate) fn start_server(processes: &Processes, tools: &Path, port: u16) -> anyhow::Result<()> {
    let python = tools.join("python");
    processes.supervise(Service {
        name: "moto (SQS)".to_owned(),
        log: "sqs".to_owned(),
        stage: Stage::Emulators,
        signal: Signal::SIGTERM,
        command: Box::new(move || {
            let mut command = Command::new(&python);
            command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]);
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })
}

/// Waits until the server answers, and creates the queue and its dead-letter queue.
///
/// # Errors
/// The server does not answer in time.
pub(crate) async fn create(port: u16) -> anyhow::Result<((), String)> {
    let client = aws_sdk_sqs::Client::new(&aws::config(port).await);
    let deadline = Instant::now() + Duration::from_secs(60);
    while let Err(error) = create_queues(&client).await {
        if Instant::now() > deadline {
            return Err(error.context("the local SQS does not answer"));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(((), format!("{QUEUE} on port {port}")))
}

/// Idempotent: SQS answers the existing queue when its attributes are the same.
async fn create_queues(client: &aws_sdk_sqs::Client) -> anyhow::Result<()> {
    let dead = client.create_queue().queue_name(DEAD_LETTER_QUEUE).send().await?;
    let dead_url = dead.queue_url.context("SQS names no queue URL")?;
    let arn = QueueAttributeName::QueueArn;
    let dead = client.get_queue_attributes().queue_url(dead_url).attribute_names(arn.clone()).send().await?;
    let dead_arn = dead.attributes().and_then(|all| all.get(&arn)).context("SQS names no queue ARN")?;
    let redrive = json!({"deadLetterTargetArn": dead_arn, "maxReceiveCount": MAX_RECEIVE_COUNT});
    // AWS: "set the visibility timeout to at least six times your function timeout".
    let visibility = WRITER.timeout.as_secs() * 6;
    client
        .create_queue()
        .queue_name(QUEUE)
        .attributes(QueueAttributeName::RedrivePolicy, redrive.to_string())
        .attributes(QueueAttributeName::VisibilityTimeout, visibility.to_string())
        .send()
        .await?;
    Ok(())
}

/// Starts as many pollers as the mapping's maximum concurrency.
pub(crate) async fn start_event_source(processes: &Processes, queue_port: u16, lambda_port: u16) {
    let queue = aws_sdk_sqs::Client::new(&aws::config(queue_port).await);
    let lambda = aws_sdk_lambda::Client::new(&aws::config(lambda_port).await);
    for _ in 0..WRITER.processes {
        let source = EventSource {
            queue: queue.clone(),
            lambda: lambda.clone(),
            url: aws::queue_url(queue_port, QUEUE),
        };
        processes.background(source.poll());
    }
}

struct EventSource {
    queue: aws_sdk_sqs::Client,
    lambda: aws_sdk_lambda::Client,
    url: String,
}

impl EventSource {
    async fn poll(self) {
        let mut healthy = true;
        loop {
            match self.receive().await {
                Ok(messages) => {
                    healthy = true;
                    if !messages.is_empty()
                        && let Err(error) = self.deliver(&messages).await
                    {
                        eprintln!(
                            "github-writer failed, {} message(s) stay in the queue: {error:#}",
                            messages.len()
                        );
                    }
                }
                Err(error) => {
                    // A restarted moto has forgotten the queue.
                    let created = create_queues(&self.queue).await;
                    if std::mem::replace(&mut healthy, false) && created.is_err() {
                        eprintln!("the local SQS is away: {error:#}");
                    }
                    tokio::time::sleep(QUEUE_AWAY).await;
                }
            }
        }
    }

    async fn receive(&self) -> anyhow::Result<Vec<Message>> {
        let received = self
            .queue
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(BATCH_SIZE)
            .wait_time_seconds(LONG_POLL_SECONDS)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .message_attribute_names("All")
            .send()
            .await
            .map_err(|error| anyhow::anyhow!(aws::reason(&error)))?;
        Ok(received.messages.unwrap_or_default())
    }

    /// Invokes the function and deletes what it dealt with; the rest stays, hidden until the visibility timeout.
    async fn deliver(&self, messages: &[Message]) -> anyhow::Result<()> {
        let payload = aws::invoke(&self.lambda, WRITER.name, &event(messages)).await?;
        let done = succeeded(messages, &payload)?;
        let entries = done.iter().enumerate().map(|(index, message)| {
            DeleteMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .set_receipt_handle(message.receipt_handle.clone())
                .build()
        });
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        if !entries.is_empty() {
            self.queue.delete_message_batch().queue_url(&self.url).set_entries(Some(entries)).send().await?;
        }
        Ok(())
    }
}

/// The event document of "Example Amazon SQS message event".
fn event(messages: &[Message]) -> Value {
    let records = messages.iter().map(|message| {
        let attributes = message.attributes.iter().flatten();
        let attributes: serde_json::Map<String, Value> =
            attributes.map(|(name, value)| (name.as_str().to_owned(), value.as_str().into())).collect();
        let custom = message.message_attributes.iter().flatten();
        let custom: serde_json::Map<String, Value> = custom
            .map(|(name, value)| {
                let value = json!({"stringValue": value.string_value(), "dataType": value.data_type()});
                (name.clone(), value)
            })
            .collect();
        json!({
            "messageId": message.message_id(),
            "receiptHandle": message.receipt_handle(),
            "body": message.body(),
            "attributes": attributes,
            "messageAttributes": custom,
            "md5OfBody": message.md5_of_body(),
            "eventSource": "aws:sqs",
            "eventSourceARN": format!("arn:aws:sqs:local:000000000000:{QUEUE}"),
            "awsRegion": "local",
        })
    });
    json!({ "Records": records.collect::<Vec<_>>() })
}

/// The messages that the answer does not report as failed. Nothing, `null`, or an empty list means that all succeeded;
/// a document that names no message, or one that was not in the batch, means that all failed.
fn succeeded<'a>(messages: &'a [Message], answer: &[u8]) -> anyhow::Result<Vec<&'a Message>> {
    let answer: Value =
        if answer.is_empty() { Value::Null } else { serde_json::from_slice(answer).context("no JSON")? };
    let failures = match answer.get("batchItemFailures") {
        None | Some(Value::Null) => &Vec::new(),
        Some(Value::Array(failures)) => failures,
        Some(_) => bail!("batchItemFailures is not a list"),
    };
    let mut failed = HashSet::new();
    for failure in failures {
        let id = failure.get("itemIdentifier").and_then(Value::as_str).unwrap_or_default();
        if !messages.iter().any(|message| message.message_id() == Some(id)) {
            bail!("batchItemFailures names {id:?}, which was not in the batch");
        }
        failed.insert(id);
    }
    let ok = |message: &&Message| !failed.contains(message.message_id().unwrap_or_default());
    Ok(messages.iter().filter(ok).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str) -> Message {
        Message::builder().message_id(id).body("{}").receipt_handle(format!("r-{id}")).build()
    }

    #[test]
    fn only_reported_failures_stay() {
        let messages = [message("a"), message("b")];
        let check = |answer: &str, expected: Option<&[&str]>| {
            let done = succeeded(&messages, answer.as_bytes()).ok();
            let done = done.map(|all| all.iter().filter_map(|one| one.message_id()).collect::<Vec<_>>());
            assert_eq!(done.as_deref(), expected, "{answer}");
        };
        check("", Some(&["a", "b"]));
        check("null", Some(&["a", "b"]));
        check(r#"{"batchItemFailures":[]}"#, Some(&["a", "b"]));
        check(r#"{"batchItemFailures":null}"#, Some(&["a", "b"]));
        check(r#"{"batchItemFailures":[{"itemIdentifier":"a"}]}"#, Some(&["b"]));
        check(r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#, None);
        check(r#"{"batchItemFailures":[{"itemIdentifier":"z"}]}"#, None);
        check(r#"{"batchItemFailures":7}"#, None);
        check("not json", None);
    }

    #[test]
    fn events_have_the_documented_names() {
        let event = event(&[message("a")]);
        assert_eq!(event["Records"][0]["messageId"], "a");
        assert_eq!(event["Records"][0]["body"], "{}");
        assert_eq!(event["Records"][0]["eventSource"], "aws:sqs");
    }
}
