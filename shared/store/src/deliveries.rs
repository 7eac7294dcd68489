//! Webhooks as received: stored before they are answered, applied in the same transaction under a savepoint.

use dispatch_domain::event::{Event, News};
use dispatch_domain::ids::{MutationId, PullRequestId};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::retry;
use dispatch_domain::snapshot::Source;
use dispatch_queries::queries::{deliveries, ingest as ingest_queries, repositories as repository_queries};
use jiff::Timestamp;

use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ingest::{self, Seen};
use crate::pulls::{self, checks, reviews};
use crate::{dependencies, repositories};

/// One webhook as it came.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// GitHub's GUID: the same on a redelivery.
    pub guid: &'a str,
    /// The event's name.
    pub event: &'a str,
    /// The payload's action, if it has one.
    pub action: Option<&'a str>,
    /// The body as received.
    pub payload: &'a [u8],
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Known already; nothing was done.
    Duplicate,
    /// Applied.
    Applied,
    /// Kept; nothing to do, and why.
    Ignored(String),
    /// Kept; not understood, and where.
    Unreadable(String),
    /// Kept; applying it failed and will be tried again.
    Failed(String),
}

/// Stores a delivery, applies it, and answers what became of it with the writes to nudge.
///
/// Applying may fail in any way: the delivery stands all the same and is applied again later.
///
/// # Errors
/// [`Error::Unavailable`] when it could not be stored.
pub async fn accept(
    db: &Db,
    delivery: &Delivery<'_>,
    event: &Event,
) -> Result<(Outcome, Vec<MutationId>), Error> {
    let tx = db.begin().await?;
    let stored = deliveries::accept_delivery()
        .bind(&tx, &delivery.guid, &delivery.event, &delivery.action, &delivery.payload)
        .await?;
    if stored == 0 {
        return Ok((Outcome::Duplicate, Vec::new()));
    }
    let Applied { outcome, nudges, unsettled } = apply_under_savepoint(&tx, delivery.guid, event, 1).await?;
    tx.commit().await?;
    if unsettled && let Err(error) = dependencies::settle(db).await {
        // The delivery stands. Whoever searches the queue next, or sweeps, counts.
        tracing::warn!(%error, "dependencies are counted later");
    }
    Ok((outcome, nudges))
}

/// What applying a delivery led to.
struct Applied {
    outcome: Outcome,
    nudges: Vec<MutationId>,
    /// What others wait for changed.
    unsettled: bool,
}

impl Applied {
    fn nothing(outcome: Outcome) -> Self {
        Self { outcome, nudges: Vec::new(), unsettled: false }
    }
}

/// Applies deliveries that failed before and are due. `parse` is the door's own.
///
/// # Errors
/// As the database says; what was applied until then stays applied.
pub async fn apply_failed(
    db: &Db,
    most: i64,
    parse: impl Fn(&str, &[u8]) -> Event,
) -> Result<(usize, Vec<MutationId>), Error> {
    let (mut count, mut nudges) = (0, Vec::new());
    for _ in 0..most {
        let tx = db.begin().await?;
        let Some(row) = deliveries::failed_deliveries().bind(&tx, &1).opt().await? else { break };
        deliveries::count_attempt().bind(&tx, &row.guid).await?;
        let event = parse(&row.event, &row.payload);
        let applied = apply_under_savepoint(&tx, &row.guid, &event, row.attempts + 1).await?;
        tx.commit().await?;
        count += usize::from(!matches!(applied.outcome, Outcome::Failed(_)));
        nudges.extend(applied.nudges);
    }
    Ok((count, nudges))
}

async fn apply_under_savepoint(tx: &Tx, guid: &str, event: &Event, attempts: i32) -> Result<Applied, Error> {
    let repository = match event {
        Event::Repository { repository, .. } => Some(repository.id.0),
        _ => None,
    };
    let (issue, pull_request) = subject(event);
    let applied = match event {
        Event::Ignored(reason) => Applied::nothing(Outcome::Ignored(reason.clone())),
        Event::Unreadable { path, reason } => {
            Applied::nothing(Outcome::Unreadable(format!("{path}: {reason}")))
        }
        _ => {
            tx.savepoint("applying").await?;
            match apply(tx, guid, event).await {
                Ok(applied) => applied,
                Err(Error::Unavailable(message)) if tx.is_closed() => {
                    return Err(Error::Unavailable(message));
                }
                Err(error) if error.is_unstorable() => {
                    tx.roll_back_to("applying").await?;
                    let reason =
                        "a value is outside of what the database can hold, such as a time before 4713 BC";
                    Applied::nothing(Outcome::Unreadable(reason.to_owned()))
                }
                Err(Error::NumberTaken) => {
                    tx.roll_back_to("applying").await?;
                    Applied::nothing(Outcome::Ignored(ingest::number::doubt(tx, event).await?))
                }
                Err(error) => {
                    tx.roll_back_to("applying").await?;
                    tracing::error!(delivery.guid = guid, error = ?error, "applying a delivery failed; it is kept");
                    Applied::nothing(Outcome::Failed(error.to_string()))
                }
            }
        }
    };
    let (word, reason) = match &applied.outcome {
        Outcome::Duplicate | Outcome::Applied => ("applied", None),
        Outcome::Ignored(reason) => ("ignored", Some(reason)),
        Outcome::Unreadable(reason) => ("unreadable", Some(reason)),
        Outcome::Failed(reason) => ("failed", Some(reason)),
    };
    let retry_at = if word == "failed" { next_attempt(tx, attempts).await? } else { None };
    deliveries::settle_delivery()
        .bind(tx, &word, &reason, &repository, &issue, &pull_request, &retry_at, &guid)
        .await?;
    Ok(applied)
}

/// The issue, by GitHub's id, or the pull request, by number, that an event is about.
fn subject(event: &Event) -> (Option<i64>, Option<i32>) {
    let Event::Repository { news, .. } = event else { return (None, None) };
    match news {
        News::Issue(snapshot) => (Some(snapshot.id.0), None),
        News::IssueGone { id, .. } => (Some(id.0), None),
        News::Related { waits, .. } => (Some(waits.0), None),
        News::PullRequest(pull_request)
        | News::Review { pull_request, .. }
        | News::ReviewComment { pull_request, .. }
        | News::ReviewThread { pull_request, .. } => (None, Some(pull_request.number)),
        News::PullRequestTouched { number } => (None, Some(*number)),
        News::CheckRun(_)
        | News::SuiteCompleted { .. }
        | News::Status(_)
        | News::Pushed { .. }
        | News::LabelChanged { .. }
        | News::Facts
        | News::Deleted => (None, None),
    }
}

async fn next_attempt(tx: &Tx, attempts: i32) -> Result<Option<Timestamp>, Error> {
    let now = dispatch_queries::queries::agent_runs::clock().bind(tx).one().await?;
    Ok(retry::DELIVERY.next(now, attempts, i64::from(attempts)))
}

async fn apply(tx: &Tx, guid: &str, event: &Event) -> Result<Applied, Error> {
    let (repository, sender, news) = match event {
        Event::Repository { repository, sender, news } => (repository, sender, news),
        Event::Installation { installation, added, removed } => {
            repositories::installed(tx, *installation, added, removed).await?;
            return Ok(Applied::nothing(Outcome::Applied));
        }
        Event::OwnerRenamed { from, to } => {
            repositories::owner_renamed(tx, from, to).await?;
            return Ok(Applied::nothing(Outcome::Applied));
        }
        Event::Ignored(_) | Event::Unreadable { .. } => return Ok(Applied::nothing(Outcome::Applied)),
    };
    let who = Who { kind: "github", name: sender, correlation: guid };
    let Some(known) = repositories::recognise(tx, repository, Source::Delivery).await? else {
        repositories::unknown(tx, repository).await?;
        let reason = format!("repository {} is not tracked", repository.name);
        return Ok(Applied::nothing(Outcome::Ignored(reason)));
    };
    if known.gone {
        let reason = format!("repository {} is gone", repository.name);
        return Ok(Applied::nothing(Outcome::Ignored(reason)));
    }
    if !known.enabled {
        let reason = format!("repository {} is switched off", repository.name);
        return Ok(Applied::nothing(Outcome::Ignored(reason)));
    }
    let mut applied = Applied::nothing(Outcome::Applied);
    match news {
        News::Issue(snapshot) => {
            let (ingested, _) = ingest::take_in(tx, known.id, snapshot, Seen::Delivery, None, &who).await?;
            applied.nudges.extend(ingested.nudge);
            applied.unsettled = ingested.unsettled;
        }
        News::IssueGone { id, number, moved_to } => {
            // Also when nothing was known of it: an older delivery about it may still come.
            ingest_queries::ensure_issue().bind(tx, &id.0, number, &known.id).await?;
            applied.unsettled = ingest::gone(tx, *id, moved_to.as_deref(), &who).await?;
        }
        News::PullRequestTouched { number } => pulls::touched(tx, known.id, *number).await?,
        News::Pushed { branch } => pulls::base_moved(tx, known.id, branch).await?,
        News::CheckRun(run) => checks::run(tx, known.id, run).await?,
        News::SuiteCompleted { suite, head_sha } => {
            checks::suite_completed(tx, known.id, *suite, head_sha).await?;
        }
        News::Status(status) => checks::status(tx, known.id, status).await?,
        News::PullRequest(snapshot)
        | News::Review { pull_request: snapshot, .. }
        | News::ReviewComment { pull_request: snapshot, .. }
        | News::ReviewThread { pull_request: snapshot, .. } => {
            if !pulls::take_in(tx, known.id, &repository.name, snapshot, pulls::Seen::Delivery).await? {
                let reason = format!("#{} is another pull request to us", snapshot.number);
                return Ok(Applied::nothing(Outcome::Ignored(reason)));
            }
            said(tx, snapshot.id, news).await?;
        }
        News::LabelChanged { name } => {
            ingest_queries::want_reread_of_label().bind(tx, &known.id, name).await?;
            repository_queries::forget_label().bind(tx, name, &known.id).await?;
        }
        News::Related { relation, waits, on, added } => {
            match added {
                true => dependencies::add(tx, *waits, *relation, on).await?,
                false => dependencies::remove(tx, *waits, *relation, on).await?,
            }
            applied.unsettled = true;
        }
        News::Facts => {}
        News::Deleted => repositories::gone(tx, known.id, "The repository was deleted on GitHub.").await?,
    }
    Ok(applied)
}

/// What was said of a pull request, whose row is locked by now.
async fn said(tx: &Tx, pull_request: PullRequestId, news: &News) -> Result<(), Error> {
    match news {
        News::Review { review, .. } => reviews::review(tx, pull_request, review).await,
        News::ReviewComment { comment, deleted, .. } => {
            reviews::comment(tx, pull_request, comment, *deleted).await
        }
        News::ReviewThread { comments, resolved, at, .. } => {
            reviews::thread(tx, pull_request, comments, *resolved, *at).await
        }
        _ => Ok(()),
    }
}

/// Has a delivery applied again that was given up: the next sweep does it.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Conflict`] when it is not given up.
pub async fn retry(db: &Db, guid: &str, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    let known = deliveries::delivery_outcome().bind(&tx, &guid).opt().await?;
    let known = known.ok_or_else(|| Refusal::not_found("delivery", guid))?;
    if deliveries::retry_delivery().bind(&tx, &guid).await? == 0 {
        let message = match known.outcome.as_str() {
            "failed" => format!("Delivery {guid} is tried again by itself."),
            outcome => format!("Delivery {guid} is {outcome}, not given up."),
        };
        return Err(Refusal::Conflict(message).into());
    }
    Audit::new(who, "delivery.retried").notes(guid).write(&tx).await?;
    tx.commit().await
}

/// What became of a delivery, and why it was not applied.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn outcome(db: &Db, guid: &str) -> Result<(String, Option<String>), Error> {
    let tx = db.read().await?;
    let known = deliveries::delivery_outcome().bind(&tx, &guid).opt().await?;
    tx.commit().await?;
    let known = known.ok_or_else(|| Refusal::not_found("delivery", guid))?;
    Ok((known.outcome, known.reason))
}

/// Deletes deliveries older than `days`.
///
/// # Errors
/// As the database says.
pub async fn prune(db: &Db, days: i32) -> Result<u64, Error> {
    let mut pruned = 0;
    loop {
        let tx = db.begin().await?;
        let bite = deliveries::prune_deliveries().bind(&tx, &days).await?;
        tx.commit().await?;
        pruned += bite;
        if bite == 0 {
            return Ok(pruned);
        }
    }
}
