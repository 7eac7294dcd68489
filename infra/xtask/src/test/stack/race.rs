//! Two hundred agents and a hundred issues, over HTTP, with as many api processes as `up` starts.

use std::collections::BTreeSet;

use anyhow::ensure;
use futures::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::live::Live;
use crate::up::API_PROCESSES;

const AGENTS: usize = 200;
const ISSUES: usize = 100;
const REPOSITORY: &str = "octo-proof/race";
const EVEN: &str = "octo-proof/even";

/// # Errors
/// An issue went to two agents, or one was told "nothing" while there was work.
pub(super) async fn check(live: &Live<'_>) -> anyhow::Result<String> {
    const { assert!(API_PROCESSES >= 4, "a race of one process proves nothing") }
    live.repository(REPOSITORY, ISSUES).await?;
    let answers = race(live, REPOSITORY, AGENTS).await?;
    let (granted, nothing) = split(&answers);
    let distinct: BTreeSet<&str> = granted.iter().copied().collect();
    ensure!(
        granted.len() == ISSUES && distinct.len() == ISSUES,
        "{AGENTS} agents got {} claims of {} issues; there were {ISSUES}",
        granted.len(),
        distinct.len()
    );
    let held =
        live.count("select count(*) from claim where state = 'active' and agent like 'race-%'").await?;
    ensure!(held == i64::try_from(ISSUES)?, "{held} claims are held");
    live.converged(REPOSITORY).await?;

    // As many agents as issues: whoever is told "nothing" without contention was told wrong.
    live.repository(EVEN, ISSUES / 2).await?;
    let answers = race(live, EVEN, ISSUES / 2).await?;
    let (even, told_nothing) = split(&answers);
    let false_nothing = told_nothing.iter().filter(|answer| !is_contended(answer)).count();
    ensure!(
        false_nothing == 0,
        "{false_nothing} agents were told wrongly that there is nothing: {told_nothing:?}"
    );
    Ok(format!("{} claims of {ISSUES} issues, {} of {}", granted.len(), even.len(), ISSUES / 2)
        + &format!(", {} told nothing", nothing.len()))
}

/// Everybody asks once, at the same time.
async fn race(live: &Live<'_>, repository: &str, agents: usize) -> anyhow::Result<Vec<Value>> {
    let asks = (0..agents).map(async |agent| {
        let body =
            json!({ "agentName": format!("race-{}-{agent}", repository.len()), "repos": [repository] });
        let (status, answer) = live.agent(Method::POST, "/api/claims", Some(&body)).await?;
        ensure!(status == StatusCode::OK, "POST /api/claims was answered {status}: {answer}");
        Ok(answer)
    });
    join_all(asks).await.into_iter().collect()
}

fn split(answers: &[Value]) -> (Vec<&str>, Vec<&Value>) {
    let granted = answers.iter().filter_map(|answer| answer["work"]["issue"]["issueId"].as_str()).collect();
    (granted, answers.iter().filter(|answer| answer["claim"].is_null()).collect())
}

fn is_contended(answer: &Value) -> bool {
    let reasons = answer["reasons"].as_array().into_iter().flatten();
    reasons.into_iter().any(|reason| reason["code"] == "contended")
}
