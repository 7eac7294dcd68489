use std::sync::{Arc, Mutex};

use aws_sdk_sqs::config::{Credentials, Region};
use aws_smithy_http_client::Builder;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// The JSON bodies SQS was sent, in order.
type Seen = Arc<Mutex<Vec<Value>>>;

/// An SQS that answers every request with `status` and what `answer` makes of its body.
async fn sqs(status: u16, answer: impl Fn(&Value) -> Value + Send + 'static) -> (Queue, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let seen = Seen::default();
    let record = seen.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = Vec::new();
            let body = loop {
                assert!(stream.read_buf(&mut request).await.expect("a request") > 0, "a whole request");
                if let Some(body) = whole_body(&request) {
                    break body;
                }
            };
            let text = answer(&body).to_string();
            record.lock().expect("not poisoned").push(body);
            let head = format!("HTTP/1.1 {status} x\r\ncontent-type: application/x-amz-json-1.0\r\n");
            let head = format!("{head}connection: close\r\ncontent-length: {}\r\n\r\n", text.len());
            stream.write_all((head + &text).as_bytes()).await.expect("an answer");
        }
    });
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version_latest()
        .http_client(Builder::new().build_http())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
        .retry_config(aws_config::retry::RetryConfig::disabled())
        .endpoint_url(&endpoint)
        .build();
    (Queue::with_client(format!("{endpoint}/1/writes"), Client::from_conf(config)), seen)
}

fn whole_body(request: &[u8]) -> Option<Value> {
    let end = request.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.parse().ok()?;
    (request.len() >= end + length).then(|| serde_json::from_slice(&request[end..]).expect("JSON"))
}

fn all_accepted(body: &Value) -> Value {
    let entries = body["Entries"].as_array().cloned().unwrap_or_default();
    let accepted: Vec<_> =
        entries.iter().map(|e| json!({"Id": e["Id"], "MessageId": "m", "MD5OfMessageBody": "x"})).collect();
    json!({"Successful": accepted, "Failed": []})
}

#[tokio::test]
async fn one_nudge_carries_the_id_and_a_bounded_delay() {
    let (queue, seen) = sqs(200, |_| json!({"MessageId": "m"})).await;
    queue.nudge(17, None).await.expect("sent");
    queue.nudge(18, Some(Duration::from_millis(1500))).await.expect("sent");
    queue.nudge(i64::MAX, Some(Duration::from_secs(86_400))).await.expect("sent");
    let seen = seen.lock().expect("not poisoned");
    assert_eq!(seen[0]["MessageBody"], r#"{"mutation":"17"}"#);
    assert_eq!(seen[0].get("DelaySeconds"), None);
    assert_eq!(seen[1]["DelaySeconds"], 2);
    assert_eq!(seen[2]["DelaySeconds"], 900);
    assert_eq!(decode(seen[2]["MessageBody"].as_str().expect("text")).expect("an id"), i64::MAX);
}

#[tokio::test]
async fn many_nudges_go_ten_to_a_request() {
    let (queue, seen) = sqs(200, all_accepted).await;
    let ids: Vec<i64> = (1..=23).collect();
    queue.nudge_all(&ids).await.expect("sent");
    queue.nudge_all(&[]).await.expect("nothing to send");
    let seen = seen.lock().expect("not poisoned");
    let sizes: Vec<_> = seen.iter().map(|b| b["Entries"].as_array().expect("entries").len()).collect();
    assert_eq!(sizes, [10, 10, 3]);
    let sent: Vec<i64> = seen
        .iter()
        .flat_map(|b| b["Entries"].as_array().expect("entries"))
        .map(|e| decode(e["MessageBody"].as_str().expect("text")).expect("an id"))
        .collect();
    assert_eq!(sent, ids);
}

#[tokio::test]
async fn refused_entries_are_counted_and_the_rest_is_still_sent() {
    let refuse_first = |body: &Value| {
        let mut answer = all_accepted(body);
        let first = answer["Successful"].as_array_mut().expect("a list").remove(0);
        answer["Failed"] = json!([{"Id": first["Id"], "SenderFault": false, "Code": "InternalError"}]);
        answer
    };
    let (queue, seen) = sqs(200, refuse_first).await;
    let error = queue.nudge_all(&(1..=12).collect::<Vec<_>>()).await.expect_err("two were refused");
    assert_eq!(error.count, 2);
    assert!(error.to_string().contains("InternalError"), "{error}");
    assert_eq!(seen.lock().expect("not poisoned").len(), 2);
}

#[tokio::test]
async fn a_queue_that_is_away_is_an_error_that_counts_everything() {
    let (queue, seen) =
        sqs(400, |_| json!({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no such queue"}))
            .await;
    let error = queue.nudge_all(&(1..=12).collect::<Vec<_>>()).await.expect_err("there is no queue");
    assert_eq!(error.count, 12);
    assert!(error.to_string().contains("QueueDoesNotExist"), "{error}");
    assert_eq!(seen.lock().expect("not poisoned").len(), 1);
}

#[tokio::test]
async fn without_a_queue_nudges_are_dropped() {
    let queue = Queue::new(QueueConfig { url: None });
    assert!(!queue.is_configured());
    queue.nudge(1, None).await.expect("dropped");
    queue.nudge_all(&[1, 2]).await.expect("dropped");
}

#[test]
fn bodies_round_trip_and_others_are_refused() {
    for id in [0, 1, -1, i64::MAX, i64::MIN] {
        assert_eq!(decode(&encode(id)).expect("an id"), id);
    }
    assert_eq!(decode(r#"{"mutation": 17, "more": []}"#).expect("a number will do"), 17);
    for bad in ["", "17", "{}", r#"{"mutation":null}"#, r#"{"mutation":"x"}"#, r#"{"mutation":1.5}"#, "[]"] {
        assert!(decode(bad).is_err(), "{bad}");
    }
}
