//! Runs of synchronisation, jobs of the clock, and what they need to know.

use dispatch_domain::ids::{IssueId, PullRequestId, RepoName, SyncRunId};
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::{claims, follow_ups, hooks, overview, repositories, sync};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use dispatch_queries::queries::sync::{Jobs as Job, RunRow as Run};

use crate::audit::Who;
use crate::db::Db;
use crate::error::Error;
use crate::ingest::Known;
use crate::issue::word;
use crate::once::{self, Key};
use crate::repositories::Repository;

/// What a run synchronises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Issues and pull requests.
    Issues,
    /// Facts of repositories.
    Automation,
}

impl RunKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            Self::Automation => "automation",
        }
    }
}

/// What is compared with GitHub whole, now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueSet {
    /// All open issues.
    Open,
    /// Those that the board shows as done.
    Closed,
}

/// Asks for a run of one repository, or of all. Answers its id and whether it is new: one of a kind runs at a time.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`].
pub async fn request(
    db: &Db,
    kind: RunKind,
    repository: Option<&RepoName>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(SyncRunId, bool), Error> {
    let repository = match repository {
        Some(name) => Some(crate::repositories::by_name(db, name).await?.id),
        None => None,
    };
    let tx = db.begin().await?;
    if let Some(known) = once::recall(&tx, key).await? {
        return Ok((SyncRunId(word(&known)?), false));
    }
    let new = sync::request_run().bind(&tx, &kind.as_str(), &repository, &who.name).opt().await?;
    let (id, is_new) = match new {
        Some(id) => (id, true),
        None => match sync::unfinished_run().bind(&tx, &kind.as_str(), &repository).opt().await? {
            Some(id) => (id, false),
            None => return Err(Refusal::Busy("A synchronisation has just ended; ask again.".into()).into()),
        },
    };
    once::remember(&tx, key, id).await?;
    tx.commit().await?;
    Ok((SyncRunId(id), is_new))
}

/// A run as it stands.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn run(db: &Db, id: SyncRunId) -> Result<Run, Error> {
    let tx = db.read().await?;
    let run = sync::run_by_id().bind(&tx, &id.0).opt().await?;
    tx.commit().await?;
    run.ok_or_else(|| Refusal::not_found("sync run", id).into())
}

/// The latest runs, newest first.
///
/// # Errors
/// As the database says.
pub async fn recent(db: &Db, most: i64) -> Result<Vec<Run>, Error> {
    let tx = db.read().await?;
    let runs = sync::recent_runs().bind(&tx, &most).all().await?;
    tx.commit().await?;
    Ok(runs)
}

/// Starts a run that was asked for. `None`: it runs already or is finished.
///
/// # Errors
/// As the database says.
pub async fn start(db: &Db, id: SyncRunId) -> Result<Option<(RunKind, Option<i64>)>, Error> {
    let tx = db.begin().await?;
    let row = sync::start_run().bind(&tx, &id.0).opt().await?;
    tx.commit().await?;
    Ok(row.map(|row| {
        let kind = if row.kind == "issues" { RunKind::Issues } else { RunKind::Automation };
        (kind, row.repository_id)
    }))
}

/// How one repository went.
#[derive(Debug, Clone)]
pub struct RepositoryResult {
    /// Which one.
    pub repository: String,
    /// Issues and pull requests taken in.
    pub synced: usize,
    /// Why it did not work.
    pub error: Option<String>,
}

/// Stores how far a run is; `finished` ends it.
///
/// # Errors
/// As the database says.
pub async fn progress(
    db: &Db,
    id: SyncRunId,
    total: usize,
    results: &[RepositoryResult],
    finished: bool,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let rows: Vec<Value> = results
        .iter()
        .map(|r| json!({ "repo": r.repository, "synced": r.synced, "error": r.error }))
        .collect();
    let synced = results.iter().map(|r| r.synced).sum();
    sync::progress_run()
        .bind(&tx, &count(total), &count(results.len()), &count(synced), &Value::Array(rows), &id.0)
        .await?;
    if finished {
        sync::finish_run().bind(&tx, &id.0).await?;
    }
    tx.commit().await
}

/// Shows how far a run is within one repository: `issues` taken in by the whole run so far.
///
/// # Errors
/// As the database says.
pub async fn progress_issues(db: &Db, id: SyncRunId, issues: usize) -> Result<(), Error> {
    let tx = db.begin().await?;
    sync::progress_issues().bind(&tx, &i32::try_from(issues).unwrap_or(i32::MAX), &id.0).await?;
    tx.commit().await
}

/// Runs that were asked for and never started, or whose process died.
///
/// # Errors
/// As the database says.
pub async fn stranded(db: &Db, most: i64) -> Result<Vec<SyncRunId>, Error> {
    let tx = db.read().await?;
    let ids = sync::stranded_runs().bind(&tx, &most).all().await?;
    tx.commit().await?;
    Ok(ids.into_iter().map(SyncRunId).collect())
}

/// Enabled repositories, the longest unsynced first; `only` one of them, by our id.
///
/// # Errors
/// As the database says.
pub async fn repositories_to_sync(db: &Db, only: Option<i64>) -> Result<Vec<Repository>, Error> {
    let tx = db.read().await?;
    let rows = repositories::repositories_to_sync().bind(&tx, &only.unwrap_or(0)).all().await?;
    tx.commit().await?;
    Ok(rows)
}

/// Marks that a repository's turn begins, so that the next one has its turn even if this one never ends.
///
/// # Errors
/// As the database says.
pub async fn repository_attempted(db: &Db, id: i64) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::attempt_repository().bind(&tx, &id).await?;
    tx.commit().await
}

/// Everything up to `cursor` was taken in; more is to come.
///
/// # Errors
/// As the database says.
pub async fn move_cursor(db: &Db, id: i64, cursor: Timestamp) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::move_cursor().bind(&tx, &cursor, &id).await?;
    tx.commit().await
}

/// Marks a repository as synced up to `cursor`. `etag` is the list's that begins there.
///
/// # Errors
/// As the database says.
pub async fn repository_synced(
    db: &Db,
    id: i64,
    cursor: Option<Timestamp>,
    etag: Option<&str>,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::synced_repository().bind(&tx, &cursor, &etag, &id).await?;
    tx.commit().await
}

/// Begins to compare, with the open issues, and answers when that was.
///
/// # Errors
/// As the database says.
pub async fn full_started(db: &Db, id: i64) -> Result<Timestamp, Error> {
    let tx = db.begin().await?;
    let started = repositories::start_full().bind(&tx, &id).one().await?;
    tx.commit().await?;
    Ok(started)
}

/// The set was compared up to `cursor`.
///
/// # Errors
/// As the database says.
pub async fn move_full_cursor(db: &Db, id: i64, cursor: Timestamp) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::move_full_cursor().bind(&tx, &cursor, &id).await?;
    tx.commit().await
}

/// The open issues were compared to the last of them: the closed ones are next.
///
/// # Errors
/// As the database says.
pub async fn full_at_closed(db: &Db, id: i64) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::full_at_closed().bind(&tx, &id).await?;
    tx.commit().await
}

/// Both sets were compared to the end.
///
/// # Errors
/// As the database says.
pub async fn full_finished(db: &Db, id: i64) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::finish_full().bind(&tx, &id).await?;
    tx.commit().await
}

/// What the list of a set showed. `etag` is the list's, where one page held all of it: as long as GitHub says that it
/// has not changed, it shows `issues` and no other.
///
/// # Errors
/// As the database says.
pub async fn listed(
    db: &Db,
    id: i64,
    set: IssueSet,
    etag: Option<&str>,
    issues: &[IssueId],
) -> Result<(), Error> {
    let tx = db.begin().await?;
    let ids: Vec<i64> = issues.iter().map(|issue| issue.0).filter(|_| etag.is_some()).collect();
    match set {
        IssueSet::Open => repositories::write_open_list().bind(&tx, &etag, &ids, &id).await?,
        IssueSet::Closed => repositories::write_closed_list().bind(&tx, &etag, &ids, &id).await?,
    };
    tx.commit().await
}

/// The list of a set has not changed.
///
/// # Errors
/// As the database says.
pub async fn still_listed(db: &Db, id: i64, set: IssueSet) -> Result<(), Error> {
    let tx = db.begin().await?;
    sync::still_listed().bind(&tx, &id, &(set == IssueSet::Closed)).await?;
    tx.commit().await
}

/// Pull requests that changed since then are to be read, from the latest on.
///
/// # Errors
/// As the database says.
pub async fn want_pulls(db: &Db, id: i64, since: Timestamp) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::want_pulls().bind(&tx, &since, &id).await?;
    tx.commit().await
}

/// Pull requests were read as far as `next`; none: to the end.
///
/// # Errors
/// As the database says.
pub async fn pulls_read(db: &Db, id: i64, next: Option<&str>, since: Timestamp) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::move_pulls().bind(&tx, &next, &next.map(|_| since), &id).await?;
    tx.commit().await
}

/// GitHub shows a repository, under this entity tag.
///
/// # Errors
/// As the database says.
pub async fn repository_shown(db: &Db, id: i64, etag: Option<&str>) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::shown_repository().bind(&tx, &etag, &id).await?;
    tx.commit().await
}

/// GitHub does not show a repository. Answers since when, and whether it counts as gone by now: after a day, because an
/// outage or a lost permission looks the same.
///
/// # Errors
/// As the database says.
pub async fn repository_missing(db: &Db, id: i64) -> Result<(Timestamp, bool), Error> {
    let tx = db.begin().await?;
    let row = repositories::missing_repository().bind(&tx, &id).one().await?;
    tx.commit().await?;
    Ok((row.since, row.gone))
}

/// Shows why a repository could not be synced.
///
/// # Errors
/// As the database says.
pub async fn repository_failed(db: &Db, id: i64, error: &str) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::failed_repository().bind(&tx, &error, &id).await?;
    tx.commit().await
}

/// An issue that only a read can settle.
#[derive(Debug, Clone)]
pub struct Reread {
    /// Which issue.
    pub issue: IssueId,
    /// Its number.
    pub number: i32,
    /// What is known of it, for a read that begins now.
    pub known: Known,
    /// Its repository.
    pub repository: RepoName,
    /// Our id of the repository.
    pub repository_id: i64,
}

/// Issues that are to be read again, the longest unseen first.
///
/// # Errors
/// As the database says.
pub async fn issues_to_reread(db: &Db, most: i64) -> Result<Vec<Reread>, Error> {
    let tx = db.read().await?;
    let rows = sync::issues_to_reread().bind(&tx, &most).all().await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(Reread {
                issue: IssueId(row.id),
                number: row.number,
                known: Known { reread: row.reread_wanted, version: row.version },
                repository: RepoName::new(&row.owner, &row.name)?,
                repository_id: row.repository_id,
            })
        })
        .collect()
}

/// A pull request that only a read can settle.
#[derive(Debug, Clone)]
pub struct PullRequestReread {
    /// Which pull request.
    pub id: PullRequestId,
    /// Its number.
    pub number: i32,
    /// The doubts that a read from now on settles.
    pub reread: i32,
    /// Its repository.
    pub repository: RepoName,
    /// Our id of the repository.
    pub repository_id: i64,
}

/// Pull requests that are to be read again.
///
/// # Errors
/// As the database says.
pub async fn pull_requests_to_reread(db: &Db, most: i64) -> Result<Vec<PullRequestReread>, Error> {
    let tx = db.read().await?;
    let rows = sync::pull_requests_to_reread().bind(&tx, &most).all().await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(PullRequestReread {
                id: PullRequestId(row.id),
                number: row.number,
                reread: row.reread_wanted,
                repository: RepoName::new(&row.owner, &row.name)?,
                repository_id: row.repository_id,
            })
        })
        .collect()
}

/// Issues that we hold to be in a set and that no read has shown since `started`: id, number and what is known of them.
/// What its list does not contain was closed, opened again, moved or deleted unseen. `since` is how far back the list
/// goes.
///
/// # Errors
/// As the database says.
pub async fn unseen_issues(
    db: &Db,
    repository_id: i64,
    set: IssueSet,
    since: Option<Timestamp>,
    started: Timestamp,
    most: i64,
) -> Result<Vec<(IssueId, i32, Known)>, Error> {
    let tx = db.read().await?;
    let closed = set == IssueSet::Closed;
    let rows =
        sync::unseen_issues().bind(&tx, &repository_id, &closed, &started, &since, &most).all().await?;
    tx.commit().await?;
    let known = |reread, version| Known { reread, version };
    Ok(rows
        .into_iter()
        .map(|row| (IssueId(row.id), row.number, known(row.reread_wanted, row.version)))
        .collect())
}

/// Marks the beginning of a job.
///
/// # Errors
/// As the database says.
pub async fn job_started(db: &Db, job: &str) -> Result<(), Error> {
    let tx = db.begin().await?;
    sync::start_job().bind(&tx, &job).await?;
    tx.commit().await
}

/// Marks the end of a job: its counts, or why it failed.
///
/// # Errors
/// As the database says.
pub async fn job_finished(db: &Db, job: &str, counts: &Value, error: Option<&str>) -> Result<(), Error> {
    let tx = db.begin().await?;
    sync::finish_job().bind(&tx, &error, &counts, &job).await?;
    tx.commit().await
}

/// The last run of each job.
///
/// # Errors
/// As the database says.
pub async fn jobs(db: &Db) -> Result<Vec<Job>, Error> {
    let tx = db.read().await?;
    let jobs = sync::jobs().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(jobs)
}

/// Deletes what has served its time: settled writes, finished runs, old drift, stale reports, keys, and audit events
/// after a year.
///
/// # Errors
/// As the database says.
pub async fn prune(db: &Db) -> Result<u64, Error> {
    let mut pruned = 0;
    loop {
        // A bounded bite each time: no statement runs into its time limit, and what is done stays done.
        let tx = db.begin().await?;
        let mut bite = sync::prune_audit().bind(&tx, &365).await?;
        bite += hooks::prune_missing().bind(&tx, &30).await?;
        bite += sync::prune_drift().bind(&tx, &90).await?;
        bite += sync::prune_mutations().bind(&tx, &90).await?;
        bite += sync::prune_runs().bind(&tx, &30).await?;
        bite += sync::prune_stale_reports().bind(&tx, &90).await?;
        bite += sync::prune_checkpoints().bind(&tx, &90).await?;
        bite += overview::prune_samples().bind(&tx, &400).await?;
        bite += claims::prune_keys().bind(&tx).await?;
        bite += follow_ups::prune_checks().bind(&tx, &30).await?;
        bite += follow_ups::prune_statuses().bind(&tx, &30).await?;
        tx.commit().await?;
        pruned += bite;
        if bite == 0 {
            return Ok(pruned);
        }
    }
}

/// The database's time.
///
/// # Errors
/// As the database says.
pub async fn now(db: &Db) -> Result<Timestamp, Error> {
    let tx = db.read().await?;
    let now = dispatch_queries::queries::agent_runs::clock().bind(&tx).one().await?;
    tx.commit().await?;
    Ok(now)
}
