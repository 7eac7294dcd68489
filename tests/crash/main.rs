//! One journey of Dispatch in a process of its own, for tests that kill it on the way.
//!
//! `crash-worker webhook < request.json`, `crash-worker api < request.json`, `crash-worker writer ID…` and
//! `crash-worker job NAME [RUN]` (and `crash-worker sandbox < requests.jsonl`, for tests that freeze it) run the real functions, configured by the environment as on Lambda, and print the
//! answer as one line of JSON. What the environment asks of a failpoint happens there (see `dispatch_failpoint`);
//! whoever got the line was answered.

use std::io::Write as _;
use std::time::Duration;

use anyhow::Context;
use dispatch_runtime::{Config, queue};
use github_webhook::Webhook;
use github_writer::Writer;
use lambda_http::Body;
use scheduled_sync::{Event, Sync};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Longer than any job takes with a simulator beside it.
const PLENTY: Duration = Duration::from_secs(30);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (journey, rest) =
        arguments.split_first().context("say which journey: webhook, api, writer or job")?;
    let config = Config::load().await?;
    let answer = match journey.as_str() {
        "webhook" => {
            let request = request(&std::io::read_to_string(std::io::stdin())?)?;
            let response = Webhook::new(&config)?.handle(request.map(Body::Text)).await;
            json!({ "status": response.status().as_u16(), "body": text(response.body())? })
        }
        "api" => {
            answer(api::router(api::App::new(&config)?), &std::io::read_to_string(std::io::stdin())?).await?
        }
        "sandbox" => return sandbox(api::router(api::App::new(&config)?)).await,
        "writer" => {
            let ids: Vec<i64> = rest.iter().map(|id| id.parse()).collect::<Result<_, _>>()?;
            let event = kit::queue::event(ids.into_iter().map(queue::encode));
            serde_json::to_value(Writer::new(&config)?.handle(event).await)?
        }
        "job" => {
            let event: Event =
                serde_json::from_value(json!({ "job": rest.first(), "syncRun": rest.get(1) }))?;
            Sync::new(&config)?.handle(&event, PLENTY).await?
        }
        other => anyhow::bail!("there is no journey {other}"),
    };
    let mut out = std::io::stdout();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}

/// Answers one request a line, until there are no more.
async fn sandbox(api: axum::Router) -> anyhow::Result<()> {
    for line in std::io::stdin().lines() {
        println!("{}", answer(api.clone(), &line?).await?);
    }
    Ok(())
}

async fn answer(api: axum::Router, given: &str) -> anyhow::Result<Value> {
    let response = api.oneshot(request(given)?.map(axum::body::Body::from)).await?;
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
    Ok(json!({ "status": status, "body": text(&body)? }))
}

/// The request as given: `{"method", "uri", "headers": [[name, value]…], "body"}`.
fn request(given: &str) -> anyhow::Result<http::Request<String>> {
    let given: Value = serde_json::from_str(given)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut request =
        http::Request::builder().method(text(&given["method"]).as_str()).uri(text(&given["uri"]));
    for header in given["headers"].as_array().into_iter().flatten() {
        request = request.header(text(&header[0]), text(&header[1]));
    }
    Ok(request.body(text(&given["body"]))?)
}

fn text(body: &[u8]) -> anyhow::Result<Value> {
    Ok(serde_json::from_slice(body)?)
}
