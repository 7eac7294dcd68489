//! The door for GitHub, through the whole stack: GitHub's own examples, bad signatures, twins, and what the board shows.

use anyhow::{bail, ensure};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::live::{Live, Signature};

/// # Errors
/// Something was answered, stored or shown otherwise than it should be.
pub(super) async fn check(live: &Live<'_>) -> anyhow::Result<String> {
    let examples = tokio::task::spawn_blocking(octokit::webhook_examples).await?;
    ensure!(examples.len() >= 329, "only {} examples", examples.len());
    for (number, (event, payload)) in examples.iter().enumerate() {
        let guid = format!("example-{number}");
        let (status, answer) = live.deliver(event, &guid, &payload.to_string(), Signature::Right).await?;
        ensure!(status.is_success(), "{event}.{} was answered {status}: {answer}", payload["action"]);
    }
    let stored = live.count("select count(*) from delivery where guid like 'example-%'").await?;
    ensure!(stored == i64::try_from(examples.len())?, "{stored} of {} examples are stored", examples.len());

    refused(live).await?;
    twice(live).await?;
    shown(live).await?;
    Ok(format!("{} examples", examples.len()))
}

/// A wrong, a missing and malformed signatures get 401 and store nothing.
async fn refused(live: &Live<'_>) -> anyhow::Result<()> {
    let of_other_secret = format!("sha256={}", "0".repeat(64));
    let malformed = ["", "sha256=", "sha256=zz", "sha1=00", "garbage"].map(Signature::Other);
    let others = [Signature::None, Signature::Other(&of_other_secret)];
    for signature in malformed.into_iter().chain(others) {
        let (status, answer) =
            live.deliver("issues", "refused", "{\"action\":\"opened\"}", signature).await?;
        ensure!(status == StatusCode::UNAUTHORIZED, "a bad signature was answered {status}: {answer}");
    }
    let stored = live.count("select count(*) from delivery where guid = 'refused'").await?;
    ensure!(stored == 0, "a delivery with a bad signature was stored");
    Ok(())
}

/// The same GUID twice changes nothing the second time, whatever it says then.
async fn twice(live: &Live<'_>) -> anyhow::Result<()> {
    let ping = json!({ "zen": "Design for failure.", "hook_id": 1 }).to_string();
    let other = json!({ "zen": "Keep it logically awesome.", "hook_id": 1 }).to_string();
    let known = "select count(*) from delivery where guid = 'twin' and attempts = 1 and position('failure' in \
                 convert_from(payload, 'UTF8')) > 0";
    for body in [&ping, &ping, &other] {
        let (status, answer) = live.deliver("ping", "twin", body, Signature::Right).await?;
        ensure!(status == StatusCode::ACCEPTED, "a ping was answered {status}: {answer}");
        ensure!(live.count(known).await? == 1, "a known GUID changed what was stored");
    }
    Ok(())
}

/// What a webhook told is on the board by the time its delivery is answered.
async fn shown(live: &Live<'_>) -> anyhow::Result<()> {
    const REPOSITORY: &str = "octo-proof/shown";
    live.repository(REPOSITORY, 1).await?;
    // GitHub's versions are seconds: within one a delivery decides nothing, and a read has to.
    live.next_second().await?;
    let label =
        json!({ "action": "add_labels", "repo": REPOSITORY, "number": 1, "labels": ["status/blocked"] });
    live.act(&label).await?;
    live.flush().await?;
    let (_, board) = live.operator(Method::GET, "/api/board", None).await?;
    let columns = board["columns"].as_array().into_iter().flatten();
    let blocked = columns.filter(|column| column["status"] == "blocked");
    let mut cards = blocked.flat_map(|column| column["cards"].as_array().into_iter().flatten());
    if !cards.any(|card| card["repoFullName"] == REPOSITORY) {
        bail!("{REPOSITORY}#1 was labelled status/blocked and is not in that column");
    }
    live.converged(REPOSITORY).await
}
