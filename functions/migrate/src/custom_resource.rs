//! The CloudFormation custom resource: a deployment waits for the schema, and is always answered.
//!
//! Source: "Custom resource request objects" and "Custom resource response objects" in the AWS CloudFormation user
//! guide. Create and Update migrate; a schema that is newer than this program (a roll-back to an older template) is
//! success; Delete touches nothing. A panic, a time-out and a configuration that cannot be used are answered too,
//! because CloudFormation would otherwise wait for its own time-out and then roll back without saying why.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::Context;
use dispatch_runtime::{Config, ConfigError};
use futures::FutureExt as _;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer;
use crate::migrate;

/// Kept back for the answer, its repetitions included.
pub const RESERVE: Duration = Duration::from_secs(15);

/// Identifies the resource for as long as it lives: another one would have CloudFormation delete the one before.
const PHYSICAL_ID: &str = "dispatch-migrations";

/// The longest reason; a whole answer may have 4,096 bytes.
const LONGEST_REASON: usize = 1500;

/// What is needed of a request. Everything but the address has a default: whatever can be answered is answered.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    #[serde(default)]
    request_type: String,
    #[serde(rename = "ResponseURL")]
    response_url: String,
    #[serde(default)]
    request_id: String,
    #[serde(default)]
    stack_id: String,
    #[serde(default)]
    logical_resource_id: String,
    physical_resource_id: Option<String>,
}

/// Handles an invocation: CloudFormation's, which is answered at its address, or anybody else's, which migrates.
///
/// `time` is how long the invocation may take, `load` reads the configuration (here and not at start, because what goes
/// wrong with it has to be answered).
///
/// # Errors
/// When the answer cannot be delivered (the invocation is then repeated), or a migration by hand fails.
pub async fn handle(
    event: Value,
    time: Duration,
    load: impl AsyncFn() -> Result<Config, ConfigError>,
) -> anyhow::Result<Value> {
    if event.get("ResponseURL").is_none() {
        return Ok(serde_json::to_value(migrate(&load().await?).await?)?);
    }
    let request: Request = serde_json::from_value(event).context("reading CloudFormation's request")?;
    let done = match request.request_type.as_str() {
        "Delete" => Ok(json!({})),
        "Create" | "Update" => bounded(time.saturating_sub(RESERVE), &load).await,
        other => Err(format!("a request of type {other:?} is unknown")),
    };
    match &done {
        Ok(data) => tracing::info!(request = request.request_type, %data, "custom resource done"),
        Err(reason) => tracing::error!(request = request.request_type, reason, "custom resource failed"),
    }
    let answer = request.answer(&done);
    answer::put(&request.response_url, &answer.to_string()).await.context("answering CloudFormation")?;
    Ok(answer)
}

impl Request {
    fn answer(&self, done: &Result<Value, String>) -> Value {
        let physical = self.physical_resource_id.as_deref().unwrap_or(PHYSICAL_ID);
        let mut answer = json!({
            "Status": if done.is_ok() { "SUCCESS" } else { "FAILED" },
            "PhysicalResourceId": physical,
            "RequestId": self.request_id,
            "StackId": self.stack_id,
            "LogicalResourceId": self.logical_resource_id,
        });
        match done {
            Ok(data) => answer["Data"] = data.clone(),
            Err(reason) => answer["Reason"] = reason.chars().take(LONGEST_REASON).collect::<String>().into(),
        }
        answer
    }
}

/// Migrates within `time`; what goes wrong becomes a reason.
async fn bounded(
    time: Duration,
    load: &impl AsyncFn() -> Result<Config, ConfigError>,
) -> Result<Value, String> {
    let work = AssertUnwindSafe(async {
        let done = migrate(&load().await?).await?;
        anyhow::Ok(json!({ "Applied": done.applied.len(), "Seeded": done.seeded }))
    });
    match tokio::time::timeout(time, work.catch_unwind()).await {
        Ok(Ok(done)) => done.map_err(|error| format!("{error:#}")),
        Ok(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Err(format!("the migration panicked: {text}"))
        }
        Err(_) => Err(format!(
            "the migrations did not end within {} s; what was applied stays, and the next deployment goes on. \
             Does something hold a lock on the tables?",
            time.as_secs()
        )),
    }
}
