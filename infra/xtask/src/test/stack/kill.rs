//! `kill -9` of every process of ours, one after the other and then all at once, while people, agents and operators
//! work: nothing that was answered is lost, and everything converges.
//!
//! Only the simulated GitHub is spared: it is not ours, and GitHub does not forget what it said.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::live::{Live, Signature};

const REPOSITORY: &str = "octo-proof/kill";
const ISSUES: usize = 24;
const WORKERS: usize = 4;
/// By the names the supervisor gives them; a function's name stands for all its processes.
const VICTIMS: [&str; 7] = [
    "api",
    "github-webhook",
    "github-writer",
    "scheduled-sync",
    "moto (SQS)",
    "cargo lambda watch",
    "postgres",
];

/// What was promised by an answer of 2xx.
#[derive(Default)]
struct Promised {
    /// GUIDs.
    deliveries: Vec<String>,
    /// Claims by id, with their last answered state.
    claims: BTreeMap<i64, &'static str>,
}

/// # Errors
/// Something that was answered is lost, or something does not converge.
pub(super) async fn check(live: &Live<'_>) -> anyhow::Result<String> {
    live.repository(REPOSITORY, ISSUES).await?;
    let promised = Mutex::new(Promised::default());
    let over = AtomicBool::new(false);
    let workers = (0..WORKERS).map(|number| work(live, number, &promised, &over));
    let kills = async {
        let result = kills(live, &promised).await;
        over.store(true, Ordering::Relaxed);
        result
    };
    let (killed, _) = futures::join!(kills, futures::future::join_all(workers));
    let killed = killed?;
    live.until("the stack is healthy again", async || healthy(live).await).await?;
    let (status, answer) = live.agent(Method::POST, "/api/sync", None).await?;
    ensure!(status.is_success(), "POST /api/sync was answered {status}: {answer}");
    live.converged(REPOSITORY).await?;
    kept(live, &promised.into_inner().unwrap_or_default())
        .await
        .map(|kept| format!("{killed} killed, {kept}"))
}

/// Kills each in turn, and then all of them; each time something new must have been promised before the next.
async fn kills(live: &Live<'_>, promised: &Mutex<Promised>) -> anyhow::Result<usize> {
    let mut killed = 0;
    for victims in VICTIMS.chunks(1).chain([&VICTIMS[..]]) {
        let before = promises(promised);
        live.until("work is being done", async || Ok(promises(promised) >= before + WORKERS)).await?;
        for victim in victims {
            let count = live.processes.kill_services(victim);
            ensure!(count > 0, "there is no process {victim} to kill");
            killed += count;
        }
        live.until("the stack is healthy again", async || healthy(live).await).await?;
    }
    Ok(killed)
}

fn promises(promised: &Mutex<Promised>) -> usize {
    promised.lock().map(|promised| promised.deliveries.len() + promised.claims.len()).unwrap_or_default()
}

async fn healthy(live: &Live<'_>) -> anyhow::Result<bool> {
    Ok(live.operator(Method::GET, "/api/health", None).await?.0 == StatusCode::OK)
}

/// Delivers, claims, and completes or gives back, until it is over; what is refused or lost on the way is not promised.
async fn work(live: &Live<'_>, number: usize, promised: &Mutex<Promised>, over: &AtomicBool) {
    let agent = format!("kill-{number}");
    let mut round = 0;
    while !over.load(Ordering::Relaxed) {
        round += 1;
        if step(live, &agent, round, promised).await.is_err() {
            // Whoever is refused or not answered asks again, a little later.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

async fn step(live: &Live<'_>, agent: &str, round: usize, promised: &Mutex<Promised>) -> anyhow::Result<()> {
    let lock = || promised.lock().expect("nobody panics with it");
    let guid = format!("{agent}-{round}");
    let ping = json!({ "zen": guid, "hook_id": 1 }).to_string();
    if live.deliver("ping", &guid, &ping, Signature::Right).await?.0.is_success() {
        lock().deliveries.push(guid);
    }
    let body = json!({ "agentName": agent, "repos": [REPOSITORY] });
    let (status, answer) = live.agent(Method::POST, "/api/claims", Some(&body)).await?;
    ensure!(status == StatusCode::OK, "{status}");
    let claim: &Value = &answer["claim"];
    let Some(id) = claim["id"].as_str().and_then(|id| id.parse().ok()) else { return make_ready(live).await };
    lock().claims.insert(id, "active");
    let (verb, state, body) = if round.is_multiple_of(2) {
        (
            "complete",
            "completed",
            json!({ "agentName": agent, "fence": claim["fence"], "outcome": "pr_opened" }),
        )
    } else {
        ("release", "released", json!({ "agentName": agent, "fence": claim["fence"] }))
    };
    let (status, answer) = live.agent(Method::POST, &format!("/api/claims/{id}/{verb}"), Some(&body)).await?;
    ensure!(status == StatusCode::OK, "{status}: {answer}");
    lock().claims.insert(id, state);
    Ok(())
}

/// An operator offers one of the finished issues again.
async fn make_ready(live: &Live<'_>) -> anyhow::Result<()> {
    let (_, issues) =
        live.operator(Method::GET, &format!("/api/issues?repo={REPOSITORY}&status=in-review"), None).await?;
    let issue = issues.as_array().and_then(|issues| issues.first()).context("none is in review")?;
    let body = json!({ "issueId": issue["issueId"], "status": "ready" });
    live.operator(Method::POST, "/api/issues/move", Some(&body)).await?;
    Ok(())
}

/// Everything promised is in the database.
async fn kept(live: &Live<'_>, promised: &Promised) -> anyhow::Result<String> {
    let database = live.database().await?;
    let stored = "select count(*) from delivery where guid = any($1)";
    let stored: i64 = database.query_one(stored, &[&promised.deliveries]).await?.get(0);
    ensure!(
        stored == i64::try_from(promised.deliveries.len())?,
        "{stored} of {} answered deliveries are stored",
        promised.deliveries.len()
    );
    for (id, promise) in &promised.claims {
        let row =
            database.query_opt("select coalesce(end_reason, state) from claim where id = $1", &[id]).await?;
        let state: String = row.with_context(|| format!("claim {id} was answered and is lost"))?.get(0);
        // An answer to its end may have been lost on the way; the end itself may not.
        ensure!(
            state == *promise || *promise == "active",
            "claim {id} was answered {promise} and is {state}"
        );
    }
    let twice = "select count(*) from (select from claim where state = 'active' group by exclusion_key having \
                 count(*) > 1) twice";
    ensure!(live.count(twice).await? == 0, "an exclusion key is held twice");
    Ok(format!("{} deliveries and {} claims kept", promised.deliveries.len(), promised.claims.len()))
}
