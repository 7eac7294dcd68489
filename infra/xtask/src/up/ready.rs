//! Readiness: the whole chain answers, from the origin through the emulator and the functions to the database.

use std::time::{Duration, Instant};

use anyhow::bail;
use reqwest::StatusCode;

/// How long the chain may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until health is good and the webhook checks signatures.
///
/// # Errors
/// They do not in time: the message carries the last answer.
pub(crate) async fn wait(port: u16) -> anyhow::Result<((), String)> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    let health = http.get(format!("http://127.0.0.1:{port}/api/health"));
    until(health, StatusCode::OK, "/api/health").await?;
    // Without a signature, so nothing is stored; 401 comes from the function itself.
    let webhook = http.post(format!("http://127.0.0.1:{port}/webhooks/github"));
    until(webhook, StatusCode::UNAUTHORIZED, "/webhooks/github without a signature").await?;
    let board = http.get(format!("http://127.0.0.1:{port}/"));
    until(board, StatusCode::OK, "the board").await?;
    Ok(((), "health, webhook and board answer".to_owned()))
}

async fn until(request: reqwest::RequestBuilder, expected: StatusCode, what: &str) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let Some(request) = request.try_clone() else { bail!("{what} cannot be asked twice") };
        let answer = match request.send().await {
            Ok(response) if response.status() == expected => return Ok(()),
            Ok(response) => {
                let status = response.status();
                let text = response.text().await.unwrap_or_default();
                format!("{status}: {}", text.chars().take(300).collect::<String>())
            }
            Err(error) => format!("{error:#}"),
        };
        if Instant::now() > deadline {
            bail!(
                "{what} does not answer {expected} within {} s; the last answer: {answer}",
                PATIENCE.as_secs()
            );
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
