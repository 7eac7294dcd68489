//! Deliveries through the webhook function's handler.

use std::time::Instant;

use anyhow::Context as _;
use dispatch_runtime::Config;
use dispatch_runtime::config::variables::GITHUB_WEBHOOK_SECRET;
use github_webhook::Webhook;
use http::Request;
use lambda_http::Body;
use serde::Deserialize;

use crate::control::Control;
use crate::load::{Amount, Done, Notes, run};
use crate::payload::{Payloads, Signed};

/// Which deliveries to send: numbers `first`, `first + 1`… up to `span` issues, and then the next round of them.
#[derive(Deserialize)]
struct Job {
    #[serde(flatten)]
    amount: Amount,
    first: u64,
    span: u64,
    round: u64,
    repositories: u64,
    priority: String,
}

/// Sends what it is told until it is told no more.
///
/// # Errors
/// The configuration cannot be used.
pub(crate) async fn serve(config: &Config, mut control: Control) -> anyhow::Result<()> {
    let webhook = Webhook::new(config)?;
    let secret = config.get(&GITHUB_WEBHOOK_SECRET).context("GITHUB_WEBHOOK_SECRET is not set")?;
    while let Some(job) = control.job::<Job>().await? {
        let payloads = Payloads::new("bench", job.repositories, secret);
        control.tell(&send(&webhook, &payloads, &job).await?).await?;
    }
    Ok(())
}

async fn send(webhook: &Webhook, payloads: &Payloads, job: &Job) -> anyhow::Result<Done> {
    run(&job.amount, Notes::default(), async |notes, _, number| {
        let signed =
            payloads.labeled(job.first + number % job.span, job.round + number / job.span, &job.priority);
        let request = request(signed)?;
        let start = Instant::now();
        let response = webhook.handle(request).await;
        let took = start.elapsed();
        let body: serde_json::Value = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap_or_default(),
            _ => serde_json::Value::Null,
        };
        let outcome = body["outcome"].as_str().or(body["error"].as_str()).unwrap_or("no body");
        notes.note("delivery", took, &format!("{} {outcome}", response.status().as_u16()));
        Ok(())
    })
    .await
}

fn request(signed: Signed) -> anyhow::Result<Request<Body>> {
    Ok(Request::post("/webhooks/github")
        .header("content-type", "application/json")
        .header("x-github-event", "issues")
        .header("x-github-delivery", signed.guid)
        .header("x-hub-signature-256", signed.signature)
        .body(Body::Text(signed.body))?)
}
