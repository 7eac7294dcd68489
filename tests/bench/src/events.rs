//! The events functions are started for, and what they must answer.

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::payload::sign;

/// One event.
pub(crate) struct Event {
    /// As Lambda gives it.
    pub(crate) body: Value,
    expected: Expected,
}

enum Expected {
    /// An answer to API Gateway with this status, and this in its body.
    Status(u16, &'static str),
    /// Any answer of the handler.
    Answer,
    /// The runtime's own answer that the event cannot be read.
    Error,
}

impl Event {
    /// The event of this name.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn named(name: &str) -> anyhow::Result<Self> {
        let (body, expected) = match name {
            "bare" => (http("GET", "/", &json!({}), ""), Expected::Status(200, "")),
            "bad-signature" => {
                let signature = format!("sha256={}", "0".repeat(64));
                (delivery(&signature, "{}"), Expected::Status(401, "bad_signature"))
            }
            "ignored-delivery" => {
                let body = r#"{"action":"started"}"#;
                (delivery(&sign("bench", body), body), Expected::Status(202, "ignored"))
            }
            "openapi" => (http("GET", "/api/openapi.json", &json!({}), ""), Expected::Status(200, "openapi")),
            "health" => (http("GET", "/api/health", &json!({}), ""), Expected::Status(200, "ok")),
            "unknown-nudge" => (nudge(), Expected::Answer),
            "sweep" => (json!({ "job": "sweep" }), Expected::Answer),
            "nothing-to-migrate" => (json!({}), Expected::Answer),
            "unreadable" => (json!("neither a batch nor a job"), Expected::Error),
            _ => bail!("there is no event {name}"),
        };
        Ok(Self { body, expected })
    }

    /// Fails unless the answer is the expected one.
    ///
    /// # Errors
    /// It is another one.
    pub(crate) fn check(&self, failed: bool, answer: &str) -> anyhow::Result<()> {
        let right = match self.expected {
            Expected::Error => failed,
            Expected::Answer => !failed,
            Expected::Status(status, part) => {
                let answer: Value = serde_json::from_str(answer).context("the answer is not JSON")?;
                let body = answer["body"].as_str().unwrap_or_default();
                !failed && answer["statusCode"] == status && body.contains(part)
            }
        };
        if right { Ok(()) } else { bail!("the function answered {answer}") }
    }
}

fn delivery(signature: &str, body: &str) -> Value {
    let headers = json!({
        "content-type": "application/json",
        "x-github-event": "watch",
        "x-github-delivery": uuid::Uuid::new_v4().to_string(),
        "x-hub-signature-256": signature,
    });
    http("POST", "/webhooks/github", &headers, body)
}

/// A request as an HTTP API gives it (payload format version 2.0).
fn http(method: &str, path: &str, headers: &Value, body: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": headers,
        "requestContext": {
            "accountId": "123456789012", "apiId": "bench", "domainName": "bench.example.com", "domainPrefix": "bench",
            "http": {
                "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "bench",
            },
            "requestId": "bench", "routeKey": "$default", "stage": "$default",
            "time": "23/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_428_000_000_i64,
        },
        "body": body, "isBase64Encoded": false,
    })
}

fn nudge() -> Value {
    json!({ "Records": [{
        "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "bench",
        "body": r#"{"mutation":"999999999"}"#, "md5OfBody": "", "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:bench", "awsRegion": "us-east-1",
        "attributes": {
            "ApproximateReceiveCount": "1", "SentTimestamp": "1795428000000", "SenderId": "bench",
            "ApproximateFirstReceiveTimestamp": "1795428000001",
        },
        "messageAttributes": {},
    }] })
}
