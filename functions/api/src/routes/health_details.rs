//! Purpose: what operators look at when something is slow, stale or held back. Changes nothing; retry freely.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::job::Job;
use dispatch_runtime::Queue;
use dispatch_store::budget::{self, Account};
use dispatch_store::health::{self, Backlog, Convergence, JobRun};
use dispatch_store::{Db, hooks};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::webhooks::Webhook;
use crate::App;
use crate::error::ApiResult;

/// How Dispatch does, in figures.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HealthDetails {
    /// The database's time, which all ages are measured by.
    now: Timestamp,
    /// Version of the API.
    version: &'static str,
    /// As whom GitHub is asked: `app`, `token` or `none`.
    #[schema(example = "app")]
    github_auth: &'static str,
    /// What works but should be put right, as sentences.
    warnings: Vec<String>,
    jobs: Vec<JobHealth>,
    /// What GitHub still grants, by credential.
    budgets: Vec<BudgetHealth>,
    outbox: OutboxHealth,
    /// The queue that wakes the writer; null when there is none, or it does not say.
    queue: Option<QueueHealth>,
    deliveries: DeliveryHealth,
    webhooks: Vec<Webhook>,
    repositories: RepositoryHealth,
    feed: FeedHealth,
    convergence: ConvergenceHealth,
    /// Differences that no webhook had told in the past day, by cause.
    drift: Vec<DriftHealth>,
    /// Issues whose state only a read can tell.
    rereads_wanted: i64,
    claims: ClaimHealth,
}

/// One job of the clock.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobHealth {
    #[schema(example = "reconcile")]
    job: String,
    /// How often it runs; null when only on request.
    every_seconds: Option<i64>,
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    succeeded_at: Option<Timestamp>,
    /// It should have succeeded by now and has not.
    overdue: bool,
    /// Why its last run failed.
    error: Option<String>,
    /// What its last run did.
    #[schema(value_type = Object)]
    counts: Value,
}

/// One credential's budget of requests.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BudgetHealth {
    /// Its name, never itself: `token`, `app`, `installation 42`.
    credential: String,
    /// Requests per hour; null before GitHub's first answer.
    limit: Option<i64>,
    remaining: Option<i64>,
    /// When the hour is over.
    reset_at: Option<Timestamp>,
    /// When it will be used up if requests go on as in this hour; null when it lasts.
    exhausted_at: Option<Timestamp>,
    /// GitHub asked for silence until then.
    paused_until: Option<Timestamp>,
    /// Which limit asked: `primary` or `secondary`.
    paused_by: Option<String>,
    /// When GitHub last said something.
    seen_at: Timestamp,
}

/// Writes on their way to GitHub.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OutboxHealth {
    waiting: i64,
    /// Of those, how many could go out now.
    due: i64,
    /// Given up until a person decides; the cards say why.
    parked: i64,
    /// Seconds since the oldest of the waiting was wanted.
    oldest_seconds: Option<i64>,
    /// When the next one that was put back is due.
    next_at: Option<Timestamp>,
}

/// Messages in the queue, about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueHealth {
    waiting: i64,
    being_written: i64,
    delayed: i64,
}

/// Webhook deliveries.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeliveryHealth {
    /// Could not be applied; tried again.
    failed: i64,
    /// Not understood; kept.
    unreadable: i64,
    /// GitHub lists them and they never came.
    missing: i64,
    /// Seconds since the oldest of the missing was sent.
    oldest_missing_seconds: Option<i64>,
    /// GitHub's lists were compared with ours up to here, by the webhook that is furthest behind.
    compared_until: Option<Timestamp>,
}

/// Tracked repositories.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RepositoryHealth {
    tracked: i64,
    /// Could not be synchronised last.
    in_trouble: i64,
}

/// The feed behind the live board.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedHealth {
    /// Readers see nothing younger than this, because a transaction that old still writes.
    lag_seconds: f64,
    /// Rows kept.
    changes: i64,
}

/// How long changes took to be on GitHub, and what they cost, in the past day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConvergenceHealth {
    settled: i64,
    /// From the intent to GitHub showing it: half took no longer.
    median_seconds: Option<f64>,
    /// 99 of 100 took no longer.
    p99_seconds: Option<f64>,
    /// Requests that write, per change. One addition and one removal are the least that a new status takes.
    writes_each: Option<f64>,
}

/// Differences of one cause.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DriftHealth {
    /// `missed_event`, `edit_during_write` or `own_bug`.
    #[schema(example = "missed_event")]
    cause: String,
    count: i64,
}

/// Claims.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimHealth {
    active: i64,
    /// Their lease ran out and nobody has ended them yet.
    expired: i64,
}

/// What operators look at: jobs, budgets, queues, missing deliveries, webhooks, lag
#[utoipa::path(
    get,
    path = "/api/health/details",
    operation_id = "getHealthDetails",
    tag = "system",
    responses((status = 200, description = "The figures.", body = HealthDetails))
)]
pub(crate) async fn details(State(app): State<App>) -> ApiResult<Json<HealthDetails>> {
    let db: &Db = &app.db;
    let found = health::details(db).await?;
    let (budgets, webhooks) = (budget::accounts(db).await?, hooks::all(db).await?);
    let queue = depth(&app.queue).await;
    let backlog = &found.backlog;
    let age = |since: Option<Timestamp>| since.map(|at| backlog.now.duration_since(at).as_secs());
    Ok(Json(HealthDetails {
        now: backlog.now,
        version: env!("CARGO_PKG_VERSION"),
        github_auth: app.github_auth,
        warnings: app.warnings.to_vec(),
        jobs: jobs(&found.jobs, backlog.now),
        budgets: budgets.into_iter().map(BudgetHealth::from).collect(),
        outbox: OutboxHealth {
            waiting: backlog.writes_waiting,
            due: backlog.writes_due,
            parked: backlog.writes_parked,
            oldest_seconds: age(backlog.oldest_write_at),
            next_at: backlog.next_write_at,
        },
        queue,
        deliveries: DeliveryHealth {
            failed: backlog.deliveries_failed,
            unreadable: backlog.deliveries_unreadable,
            missing: backlog.deliveries_missing,
            oldest_missing_seconds: age(backlog.oldest_missing_at),
            compared_until: backlog.compared_until,
        },
        webhooks: webhooks.into_iter().map(Webhook::from).collect(),
        repositories: RepositoryHealth {
            tracked: backlog.repositories,
            in_trouble: backlog.repositories_in_trouble,
        },
        feed: FeedHealth { lag_seconds: found.feed.seconds, changes: found.feed.changes },
        convergence: found.convergence.into(),
        drift: found
            .drift
            .into_iter()
            .map(|row| DriftHealth { cause: row.cause, count: row.drifts })
            .collect(),
        rereads_wanted: backlog.rereads_wanted,
        claims: claims(backlog),
    }))
}

fn claims(backlog: &Backlog) -> ClaimHealth {
    ClaimHealth { active: backlog.claims_active, expired: backlog.claims_expired }
}

/// Every scheduled job, also one that never ran, and those that ran on request.
fn jobs(runs: &[JobRun], now: Timestamp) -> Vec<JobHealth> {
    let scheduled = Job::SCHEDULED.into_iter();
    let asked =
        [Job::Sync, Job::Hooks].into_iter().filter(|job| runs.iter().any(|run| run.job == job.as_str()));
    scheduled
        .chain(asked)
        .map(|job| {
            let run = runs.iter().find(|run| run.job == job.as_str());
            let succeeded_at = run.and_then(|run| run.succeeded_at);
            let late = |limit| succeeded_at.is_none_or(|at: Timestamp| now.duration_since(at) > limit);
            JobHealth {
                job: job.to_string(),
                every_seconds: job.every().map(|every| every.as_secs()),
                started_at: run.map(|run| run.started_at),
                finished_at: run.and_then(|run| run.finished_at),
                succeeded_at,
                overdue: job.overdue_after().is_some_and(late),
                error: run.and_then(|run| run.error.clone()),
                counts: run.map_or_else(|| Value::Object(serde_json::Map::new()), |run| run.counts.clone()),
            }
        })
        .collect()
}

/// What the queue says of itself. An installation without permission to ask shows nothing, and works.
async fn depth(queue: &Arc<Queue>) -> Option<QueueHealth> {
    match queue.depth().await {
        Ok(depth) => depth.map(|depth| QueueHealth {
            waiting: depth.visible,
            being_written: depth.in_flight,
            delayed: depth.delayed,
        }),
        Err(error) => {
            tracing::warn!(%error, "health: the queue does not say how long it is");
            None
        }
    }
}

impl From<Account> for BudgetHealth {
    fn from(account: Account) -> Self {
        Self {
            credential: account.credential,
            limit: account.budget.map(|budget| budget.limit),
            remaining: account.budget.map(|budget| budget.remaining),
            reset_at: account.budget.map(|budget| budget.reset_at),
            exhausted_at: account.exhausted_at,
            paused_until: account.paused_until,
            paused_by: account.paused_by,
            seen_at: account.seen_at,
        }
    }
}

impl From<Convergence> for ConvergenceHealth {
    fn from(row: Convergence) -> Self {
        Self {
            settled: row.settled,
            median_seconds: row.median_seconds,
            p99_seconds: row.slowest_seconds,
            writes_each: row.writes_each,
        }
    }
}
