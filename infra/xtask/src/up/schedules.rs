//! The schedules, as EventBridge Scheduler plays them: a constant input, handed to scheduled-sync.

use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior};

use super::aws;
use super::functions::SYNC;
use crate::process::Processes;

/// How often each job runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedules {
    /// Expired claims, due writes, failed deliveries.
    pub(crate) sweep: Duration,
    /// Issues and pull requests of the repositories.
    pub(crate) reconcile: Duration,
    /// Webhooks looked at, missing deliveries got again.
    pub(crate) recover: Duration,
    /// Facts of repositories.
    pub(crate) automation: Duration,
    /// Forgetting what is kept for some days only.
    pub(crate) retention: Duration,
}

/// Starts the jobs, each at once and then regularly.
pub(crate) async fn start(processes: &Processes, schedules: Schedules, lambda_port: u16) {
    let lambda = aws_sdk_lambda::Client::new(&aws::config(lambda_port).await);
    // A new stack shows nothing before its first reconcile; the others can wait until that has begun.
    let jobs = [
        ("reconcile", schedules.reconcile, Duration::ZERO),
        ("sweep", schedules.sweep, Duration::from_secs(2)),
        ("recover", schedules.recover, Duration::from_secs(20)),
        ("automation", schedules.automation, Duration::from_secs(30)),
        ("retention", schedules.retention, Duration::from_secs(60)),
    ];
    for (job, every, first) in jobs {
        processes.background(repeat(lambda.clone(), job, every, first));
    }
}

async fn repeat(lambda: aws_sdk_lambda::Client, job: &'static str, every: Duration, first: Duration) {
    let mut ticks = tokio::time::interval_at(Instant::now() + first, every);
    // A job that takes longer than its interval runs less often, and never twice at a time.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = aws::invoke(&lambda, SYNC.name, &json!({ "job": job })).await {
            eprintln!("the job {job} failed: {error:#}");
        }
    }
}
