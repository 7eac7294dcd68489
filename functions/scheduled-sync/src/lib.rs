//! The clock: repairs whatever was missed.
//!
//! Purpose: every job may be run at any time, by several at once, and stopped anywhere; the next run goes on. A
//! repository that fails is shown with its error and holds up no other. Runs are bounded by a time budget: the
//! repositories that waited longest go first, so all get their turn. What GitHub may be asked is bounded by the budget
//! that all instances share: nothing waits here, it is done by a later run.

mod asking;
mod automation;
mod compare;
mod follow_up;
mod hooks;
mod reconcile;
mod recover;
mod relations;
mod repository;
mod sweep;

use std::time::{Duration, Instant};

use anyhow::Context;
use dispatch_domain::hook;
use dispatch_domain::ids::{MutationId, SyncRunId};
use dispatch_domain::job::Job;
use dispatch_github::Github;
use dispatch_runtime::{Config, Queue, metrics, traces};
use dispatch_store::{Db, deliveries, feed, measures, sync};
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::Instrument as _;

use crate::hooks::Setup;

/// What the function is asked to do. The schedules pass it as constant input, the API as a payload.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Which job.
    pub job: Job,
    /// The run that somebody waits for, with `sync` and `automation`.
    #[serde(default)]
    pub sync_run: Option<SyncRunId>,
}

/// What the function needs.
pub struct Sync {
    db: Db,
    github: Github,
    queue: Queue,
    setup: Setup,
    /// Between two requests that make GitHub do something.
    write_interval: Duration,
}

impl Sync {
    /// Builds it from the configuration. Connects nowhere.
    ///
    /// # Errors
    /// When a variable is missing or cannot be used; says which.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let github = config.github()?;
        let url = config.public_url()?.map(|url| format!("{url}{}", hook::PATH));
        let secret = config.webhook_secrets().ok().and_then(|secrets| secrets.first().cloned());
        Ok(Self {
            db: Db::new(&config.database()?).context("preparing the database pool")?,
            github: Github::new(github.client)?,
            queue: Queue::new(config.queue()?),
            setup: Setup { url, secret },
            write_interval: github.write_interval,
        })
    }

    /// The same, sending its nudges through `queue`: for whoever has an SQS client already, as tests have.
    #[must_use]
    pub fn with_queue(self, queue: Queue) -> Self {
        Self { queue, ..self }
    }

    /// Does one job within `time`, and answers its counts. The job's last run is recorded either way.
    ///
    /// # Errors
    /// When the store is away. Trouble with GitHub is recorded where it belongs and is no error here.
    pub async fn handle(&self, event: &Event, time: Duration) -> anyhow::Result<Value> {
        let done =
            self.work(event, time).instrument(tracing::info_span!("job", job = event.job.as_str())).await;
        traces::flush().await;
        done
    }

    async fn work(&self, event: &Event, time: Duration) -> anyhow::Result<Value> {
        let begun = Instant::now();
        let until = begun + time;
        let job = event.job.as_str();
        sync::job_started(&self.db, job).await?;
        // Boxed: the states of all jobs together are too much for one stack.
        let done = match event.job {
            Job::Sweep => Box::pin(self.sweep(until)).await,
            Job::Reconcile => Box::pin(self.reconcile(until)).await,
            Job::Recover => Box::pin(self.recover(until)).await,
            Job::Hooks => Box::pin(self.check_hooks(until)).await,
            Job::Retention => Box::pin(self.retention()).await,
            Job::Sync | Job::Automation => match event.sync_run {
                Some(run) => Box::pin(self.asked(run, until)).await,
                None if event.job == Job::Sync => Box::pin(self.reconcile(until)).await,
                None => Box::pin(self.automation(None, until)).await,
            },
        };
        self.remember_budgets().await;
        match done {
            Ok(counts) => {
                sync::job_finished(&self.db, job, &counts, None).await?;
                self.measure(job, &counts, begun).await;
                tracing::info!(job, %counts, "job done");
                Ok(counts)
            }
            Err(error) => {
                // The chain is logged; what is kept for the health page says what happened and to what.
                tracing::error!(job, error = ?error, "job failed");
                sync::job_finished(&self.db, job, &json!({}), Some(&format!("{error:#}"))).await?;
                Err(error)
            }
        }
    }

    /// Each kind by itself: what one of them runs into holds up no other.
    async fn retention(&self) -> anyhow::Result<Value> {
        let (deliveries, feed, other) =
            (deliveries::prune(&self.db, 7).await, feed::prune(&self.db).await, sync::prune(&self.db).await);
        Ok(json!({ "deliveries": deliveries?, "feed": feed?, "other": other? }))
    }

    async fn measure(&self, job: &str, counts: &Value, begun: Instant) {
        metrics::record_by(&metrics::JOB_DURATION, job, begun.elapsed().as_secs_f64() * 1000.0);
        if let Some(expired) = counts["claimsExpired"].as_f64().filter(|expired| *expired > 0.0) {
            metrics::record(&metrics::LEASES_EXPIRED, expired);
        }
        for budget in self.github.budgets().values() {
            metrics::record(&metrics::GITHUB_BUDGET, budget.percent_left());
        }
        match measures::at_end_of(&self.db, job).await {
            Ok(measures) => {
                metrics::record(&metrics::FEED_LAG, measures.feed_lag);
                for (cause, count) in measures.drift {
                    metrics::record_by(&metrics::DRIFT, &cause, count as f64);
                }
            }
            Err(error) => tracing::warn!(error = ?error, "cannot measure"),
        }
    }

    async fn nudge(&self, ids: impl IntoIterator<Item = MutationId>) {
        let ids: Vec<i64> = ids.into_iter().map(|id| id.0).collect();
        if let Err(error) = self.queue.nudge_all(&ids).await {
            tracing::warn!(%error, writes = ids.len(), "no nudges sent; the next sweep sends them again");
        }
    }
}

/// A new id for what one step of a job leads to: audit events and writes carry it.
fn correlation(job: &str) -> String {
    format!("{job}-{}", uuid::Uuid::new_v4())
}
