//! A signed delivery, a read of the board and a claim, through whatever stands before the functions, with their times.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::env::Settings;

/// How long the demo may have nothing to claim.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes the journey and says how long each part took.
///
/// # Errors
/// A part is answered otherwise than it should be.
pub(super) async fn timed(base: &str, settings: &Settings) -> anyhow::Result<String> {
    let setting = |name: &'static str| settings.get(name).context(name);
    let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?;
    let body = json!({ "zen": "Ünicode, so that bytes count.", "hook_id": 1 }).to_string();
    let secret = setting("GITHUB_WEBHOOK_SECRET")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(body.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let delivery = http
        .post(format!("{base}/webhooks/github"))
        .header("content-type", "application/json")
        .header("x-github-event", "ping")
        .header("x-github-delivery", uuid::Uuid::new_v4().to_string())
        .header("x-hub-signature-256", format!("sha256={signature}"))
        .body(body);
    let (_, webhook) = answered(delivery, StatusCode::ACCEPTED, "a signed delivery").await?;
    let sign_in = |request: RequestBuilder| match (
        settings.get("DISPATCH_AUTH_USERNAME"),
        settings.get("DISPATCH_AUTH_PASSWORD"),
    ) {
        (Some(name), password) => request.basic_auth(name, password),
        (None, _) => request,
    };
    let board = sign_in(http.get(format!("{base}/api/board")));
    let (cards, board) = answered(board, StatusCode::OK, "the board").await?;
    if cards["columns"].as_array().is_none_or(Vec::is_empty) {
        bail!("the board has no columns: {cards}");
    }
    let deadline = Instant::now() + PATIENCE;
    let claim = loop {
        let ask = http
            .post(format!("{base}/api/claims"))
            .bearer_auth(setting("DISPATCH_AGENT_TOKEN")?)
            .json(&json!({ "agentName": "journey", "wait": 5 }));
        let (answer, took) = answered(ask, StatusCode::OK, "a claim").await?;
        if answer["claim"].is_object() {
            break took;
        }
        if Instant::now() > deadline {
            bail!("nothing to claim: {answer}");
        }
    };
    let ms = |took: Duration| took.as_millis();
    Ok(format!("webhook {} ms, board {} ms, claim {} ms", ms(webhook), ms(board), ms(claim)))
}

async fn answered(
    request: RequestBuilder,
    expected: StatusCode,
    what: &str,
) -> anyhow::Result<(Value, Duration)> {
    let begun = Instant::now();
    let answer = request.send().await.with_context(|| format!("{what} was not answered"))?;
    let status = answer.status();
    let text = answer.text().await?;
    let took = begun.elapsed();
    if status != expected {
        bail!("{what} was answered {status}: {}", text.chars().take(500).collect::<String>());
    }
    Ok((serde_json::from_str(&text).unwrap_or(Value::Null), took))
}
