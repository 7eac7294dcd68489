//! Asks scheduled-sync to work: the API itself never speaks to GitHub.

use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use dispatch_domain::ids::SyncRunId;
use dispatch_domain::job::Job;
use dispatch_runtime::aws::{self, Limits};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// A person or an agent waits for the answer, and API Gateway for 30 seconds at most ("Quotas for configuring and
/// running an HTTP API"). A second attempt would start the work twice.
const LIMITS: Limits =
    Limits { connect: Duration::from_secs(2), whole: Duration::from_secs(25), attempts: 1 };

/// The scheduled-sync function. The client, its certificates and credentials come with the first call.
pub(crate) struct SyncFunction {
    name: String,
    client: OnceCell<Client>,
}

impl SyncFunction {
    /// The function of that name or ARN.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), client: OnceCell::new() }
    }

    /// Starts a run and waits until it is over, or until waiting longer is of no use. How it went is in the database:
    /// an answer that is lost or late changes nothing, and a run that never began is picked up by the schedule.
    pub(crate) async fn work(&self, job: Job, run: SyncRunId) {
        self.ask(&json!({ "job": job, "syncRun": run })).await;
    }

    /// Has a job done and waits like [`work`](Self::work).
    pub(crate) async fn ask(&self, event: &Value) {
        let client = self.client.get_or_init(async || Client::new(&aws::sdk_config(LIMITS).await)).await;
        let answer =
            client.invoke().function_name(&self.name).payload(Blob::new(event.to_string())).send().await;
        match answer {
            Ok(answer) => {
                if let Some(error) = answer.function_error {
                    tracing::warn!(%event, error, "scheduled-sync failed");
                }
            }
            Err(error) => {
                tracing::warn!(%event, error = aws::describe(&error), "scheduled-sync did not answer");
            }
        }
    }
}
