//! The clock: repairs whatever was missed.
//!
//! Purpose: every job may be run at any time, by several at once, and stopped anywhere; the next run goes on. A
//! repository that fails is shown with its error and holds up no other. Runs are bounded by a time budget: the
//! repositories that waited longest go first, so all get their turn.

mod automation;
mod follow_up;
mod reconcile;
mod repository;
mod sweep;

use std::time::{Duration, Instant};

use anyhow::Context;
use dispatch_domain::ids::SyncRunId;
use dispatch_github::{Auth, Github, Limits};
use dispatch_runtime::config::Pooler;
use dispatch_runtime::{Config, Queue, metrics, traces};
use dispatch_store::outbox::{self, Budget};
use dispatch_store::{Db, Settings, deliveries, feed, measures, sync};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::Instrument as _;

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

/// The jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Job {
    /// Every minute: expired leases, re-reads, due writes, failed deliveries, stranded runs.
    Sweep,
    /// Every five minutes: issues and pull requests of all repositories.
    Reconcile,
    /// Daily: what has served its time.
    Retention,
    /// A run that somebody asked for: issues and pull requests.
    Sync,
    /// Facts of repositories, asked for or not.
    Automation,
}

impl Job {
    /// The name under which its last run is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Reconcile => "reconcile",
            Self::Retention => "retention",
            Self::Sync => "sync",
            Self::Automation => "automation",
        }
    }
}

/// What the function needs.
pub struct Sync {
    db: Db,
    github: Github,
    queue: Queue,
}

impl Sync {
    /// Builds it from the configuration. Connects nowhere.
    ///
    /// # Errors
    /// When a variable is missing or cannot be used; says which.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let database = config.database()?;
        let db = Db::new(&Settings {
            url: database.url.expose_secret().to_owned(),
            ca: database.ca_pem,
            transaction_pooler: database.pooler == Pooler::Transaction,
            pool_size: database.pool_size,
        })
        .context("preparing the database pool")?;
        let github = config.github()?;
        let auth = match (github.app, github.token) {
            (Some(app), _) => {
                Auth::App { id: app.id, key: app.private_key, installation: Some(app.installation) }
            }
            (None, Some(token)) => Auth::Token(token),
            (None, None) => anyhow::bail!("neither GITHUB_TOKEN nor GITHUB_APP_* is set"),
        };
        let settings = dispatch_github::Settings { api_url: github.api_url, auth, limits: Limits::default() };
        Ok(Self { db, github: Github::new(settings)?, queue: Queue::new(config.queue()?) })
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
        let done = match event.job {
            Job::Sweep => self.sweep(until).await,
            Job::Reconcile => self.reconcile(until).await,
            Job::Retention => self.retention().await,
            Job::Sync | Job::Automation => match event.sync_run {
                Some(run) => self.asked(run, until).await,
                None if event.job == Job::Sync => self.reconcile(until).await,
                None => self.automation(None, until).await,
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

    async fn remember_budgets(&self) {
        for (credential, budget) in self.github.budgets() {
            let clip = |n: i64| i32::try_from(n.clamp(0, i64::from(i32::MAX))).unwrap_or(i32::MAX);
            let budget = Budget {
                credential: credential.to_string(),
                limit: clip(budget.limit),
                remaining: clip(budget.remaining),
                reset_at: budget.reset_at,
                paused_until: None,
            };
            metrics::record(&metrics::GITHUB_BUDGET, budget.percent_left());
            if let Err(error) = outbox::remember_budget(&self.db, &budget).await {
                tracing::warn!(error = ?error, "cannot remember GitHub's budget");
            }
        }
    }

    async fn nudge(&self, ids: impl IntoIterator<Item = dispatch_domain::ids::MutationId>) {
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
