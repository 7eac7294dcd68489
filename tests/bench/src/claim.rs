//! Claims through the API's router.

use std::time::Instant;

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use dispatch_runtime::Config;
use dispatch_runtime::config::variables::DISPATCH_AGENT_TOKEN;
use http::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::control::Control;
use crate::load::{Amount, Done, Notes, run};

/// How many claims by whom.
#[derive(Deserialize)]
struct Job {
    #[serde(flatten)]
    amount: Amount,
    /// Begins the agents' names. Each slot is one agent, or, when nothing is completed, each claim is by another one.
    prefix: String,
    /// Complete each claim before the next.
    complete: bool,
}

/// Claims what it is told until it is told no more.
///
/// # Errors
/// The configuration cannot be used, or an answer is not the contract's.
pub(crate) async fn serve(config: &Config, mut control: Control) -> anyhow::Result<()> {
    let api = Api { router: api::router(api::App::new(config)?), token: token(config)? };
    while let Some(job) = control.job::<Job>().await? {
        control.tell(&claim(&api, &job).await?).await?;
    }
    Ok(())
}

fn token(config: &Config) -> anyhow::Result<String> {
    let token = config.get(&DISPATCH_AGENT_TOKEN).context("DISPATCH_AGENT_TOKEN is not set")?;
    Ok(format!("Bearer {token}"))
}

async fn claim(api: &Api, job: &Job) -> anyhow::Result<Done> {
    run(&job.amount, Notes::default(), async |notes, slot, number| {
        let name = if job.complete { slot } else { number };
        let agent = format!("{}{name}", job.prefix);
        let start = Instant::now();
        let answer = api.post("/api/claims", json!({ "agentName": agent })).await?;
        let took = start.elapsed();
        if answer["claim"].is_null() {
            notes.note("nothing", took, answer["reasons"][0]["code"].as_str().unwrap_or("nothing"));
            return Ok(());
        }
        notes.note("claim", took, "granted");
        let issue = &answer["work"]["issue"]["issueId"];
        notes.issue(issue.as_str().with_context(|| format!("a claim without work.issue.issueId: {answer}"))?);
        if job.complete {
            let claim = &answer["claim"];
            let id = claim["id"].as_str().context("a claim without id")?;
            let body = json!({
                "agentName": agent, "fence": claim["fence"], "outcome": "pr_opened", "summary": "Done.",
                "pullRequest": "https://github.com/dispatch-bench/bench-0/pull/1",
                "headSha": "0123456789abcdef0123456789abcdef01234567",
            });
            let ended = Instant::now();
            api.post(&format!("/api/claims/{id}/complete"), body).await?;
            notes.note("complete", ended.elapsed(), "completed");
            notes.note("pair", start.elapsed(), "pair");
        }
        Ok(())
    })
    .await
}

struct Api {
    router: Router,
    token: String,
}

impl Api {
    async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header("authorization", &self.token)
            .body(Body::from(body.to_string()))?;
        let response = self.router.clone().oneshot(request).await?;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await?;
        if !status.is_success() {
            bail!("POST {path} answered {status}: {}", String::from_utf8_lossy(&bytes));
        }
        serde_json::from_slice(&bytes).with_context(|| format!("POST {path} did not answer JSON"))
    }
}
