//! The same requests through a running local stack: emulator, relay and network included.

use std::time::Instant;

use anyhow::{Context as _, bail};
use reqwest::{Client, Method};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::Control;
use crate::load::{Amount, Done, Notes, run};
use crate::payload::Payloads;

const REPOSITORY: &str = "dispatch-bench/stack-0";

/// Where the stack is and how much to send to it.
#[derive(Deserialize)]
struct Job {
    #[serde(flatten)]
    amount: Amount,
    url: String,
    webhook_secret: String,
    agent_token: String,
    first: u64,
    round: u64,
    what: What,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum What {
    /// Track the repository that the requests are about.
    Begin,
    /// Deliveries.
    Webhook,
    /// Claims with their completions.
    Claim,
    /// Track it no more.
    End,
}

/// Sends what it is told until it is told no more.
///
/// # Errors
/// The stack refuses something.
pub(crate) async fn serve(mut control: Control) -> anyhow::Result<()> {
    let client = Client::new();
    while let Some(job) = control.job::<Job>().await? {
        let stack = Stack { client: &client, job: &job };
        let done = match job.what {
            What::Begin => {
                let body = json!({ "fullName": REPOSITORY });
                let status = stack.call(Method::POST, "/api/automation/repos", Some(&body)).await?.0;
                if status != 201 && status != 409 {
                    bail!("tracking {REPOSITORY} was answered {status}");
                }
                Done::default()
            }
            What::End => {
                stack.call(Method::DELETE, &format!("/api/automation/repos/{REPOSITORY}"), None).await?;
                Done::default()
            }
            What::Webhook => stack.deliver().await?,
            What::Claim => stack.claim().await?,
        };
        control.tell(&done).await?;
    }
    Ok(())
}

struct Stack<'a> {
    client: &'a Client,
    job: &'a Job,
}

impl Stack<'_> {
    async fn deliver(&self) -> anyhow::Result<Done> {
        let payloads = Payloads::new("stack", 1, &self.job.webhook_secret);
        run(&self.job.amount, Notes::default(), async |notes, _, number| {
            let signed = payloads.labeled(self.job.first + number, self.job.round, "p1");
            let request = self
                .client
                .post(format!("{}/webhooks/github", self.job.url))
                .header("content-type", "application/json")
                .header("x-github-event", "issues")
                .header("x-github-delivery", signed.guid)
                .header("x-hub-signature-256", signed.signature)
                .body(signed.body);
            let start = Instant::now();
            let response = request.send().await?;
            let status = response.status().as_u16();
            let answer: Value = response.json().await.unwrap_or_default();
            let outcome = answer["outcome"].as_str().or(answer["error"].as_str()).unwrap_or("no body");
            notes.note("delivery", start.elapsed(), &format!("{status} {outcome}"));
            Ok(())
        })
        .await
    }

    async fn claim(&self) -> anyhow::Result<Done> {
        run(&self.job.amount, Notes::default(), async |notes, slot, _| {
            let agent = format!("bench-stack-{slot}");
            let body = json!({ "agentName": agent, "repos": [REPOSITORY] });
            let start = Instant::now();
            let (status, answer) = self.call(Method::POST, "/api/claims", Some(&body)).await?;
            let took = start.elapsed();
            let claim = &answer["claim"];
            let Some(id) = claim["id"].as_str() else {
                notes.note("nothing", took, &format!("{status} nothing"));
                return Ok(());
            };
            notes.note("claim", took, "granted");
            notes.issue(answer["work"]["issue"]["issueId"].as_str().unwrap_or_default());
            let body = json!({ "agentName": agent, "fence": claim["fence"], "outcome": "pr_opened" });
            let path = format!("/api/claims/{id}/complete");
            let (status, answer) = self.call(Method::POST, &path, Some(&body)).await?;
            if status != 200 {
                bail!("POST {path} answered {status}: {answer}");
            }
            notes.note("pair", start.elapsed(), "pair");
            Ok(())
        })
        .await
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<(u16, Value)> {
        let url = format!("{}{path}", self.job.url);
        let mut request = self.client.request(method, &url).bearer_auth(&self.job.agent_token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response =
            request.send().await.with_context(|| format!("the stack at {} is away", self.job.url))?;
        let status = response.status().as_u16();
        Ok((status, response.json().await.unwrap_or_default()))
    }
}
