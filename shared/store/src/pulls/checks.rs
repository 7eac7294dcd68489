//! Check runs and commit statuses, kept by commit: they may be told before the pull request is.

use dispatch_domain::checks::{CheckRun, CommitStatus};
use dispatch_domain::snapshot::{Freshness, Source};
use dispatch_queries::queries::follow_ups::{self, RunRow};

use super::{follow_up, lock_commit};
use crate::db::Tx;
use crate::error::Error;

/// A webhook told of a check run.
pub(crate) async fn run(tx: &Tx, repository_id: i64, new: &CheckRun) -> Result<(), Error> {
    lock_commit(tx, repository_id, &new.head_sha).await?;
    let known = follow_ups::run_by_id().bind(tx, &new.id).opt().await?.map(cached);
    match new.freshness(known.as_ref(), Source::Delivery) {
        Freshness::Older | Freshness::Same => Ok(()),
        Freshness::Tie => in_doubt(tx, repository_id, &new.head_sha).await,
        Freshness::Newer => {
            write_run(tx, repository_id, new).await?;
            checked(tx, "runs", repository_id, &new.head_sha).await
        }
    }
}

/// A webhook told of a commit status.
pub(crate) async fn status(tx: &Tx, repository_id: i64, new: &CommitStatus) -> Result<(), Error> {
    lock_commit(tx, repository_id, &new.sha).await?;
    if write_status(tx, repository_id, new).await? {
        checked(tx, "statuses", repository_id, &new.sha).await?;
    }
    Ok(())
}

/// A webhook told that all runs of a suite are completed. If we were not told of all of them, they are read.
pub(crate) async fn suite_completed(tx: &Tx, repository_id: i64, suite: i64, sha: &str) -> Result<(), Error> {
    lock_commit(tx, repository_id, sha).await?;
    if follow_ups::suite_untold().bind(tx, &suite).opt().await?.is_some() {
        in_doubt(tx, repository_id, sha).await?;
    }
    Ok(())
}

async fn in_doubt(tx: &Tx, repository_id: i64, sha: &str) -> Result<(), Error> {
    let pulls = follow_ups::lock_by_head().bind(tx, &repository_id, &sha).all().await?;
    follow_ups::want_follow_up().bind(tx, &pulls).await?;
    Ok(())
}

async fn checked(tx: &Tx, list: &'static str, repository_id: i64, sha: &str) -> Result<(), Error> {
    let pulls = follow_ups::lock_by_head().bind(tx, &repository_id, &sha).all().await?;
    follow_up::changed(tx, list, &pulls).await
}

pub(super) async fn write_run(tx: &Tx, repository_id: i64, new: &CheckRun) -> Result<(), Error> {
    follow_ups::upsert_run()
        .bind(
            tx,
            &new.id,
            &repository_id,
            &new.head_sha,
            &new.suite,
            &new.app,
            &new.name,
            &new.status,
            &new.conclusion,
            &new.title,
            &new.summary,
            &new.url,
            &new.started_at,
            &new.completed_at,
        )
        .await?;
    Ok(())
}

/// Answers whether it is newer than what was known of its context.
pub(super) async fn write_status(tx: &Tx, repository_id: i64, new: &CommitStatus) -> Result<bool, Error> {
    let written = follow_ups::upsert_status()
        .bind(
            tx,
            &repository_id,
            &new.sha,
            &new.context,
            &new.id,
            &new.state,
            &new.description,
            &new.url,
            &new.updated_at,
        )
        .await?;
    Ok(written > 0)
}

/// A run as it is cached.
pub(super) fn cached(row: RunRow) -> CheckRun {
    CheckRun {
        id: row.id,
        head_sha: row.head_sha,
        suite: row.suite_id,
        app: row.app,
        name: row.name,
        status: row.status,
        conclusion: row.conclusion,
        title: row.title,
        summary: row.summary,
        url: row.url,
        started_at: row.started_at,
        completed_at: row.completed_at,
    }
}
