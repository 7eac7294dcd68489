//! The outbox: writes to GitHub that were promised in the transaction that wanted them.
//!
//! A writer leases a row, reads the issue outside any transaction, asks here what is left to write, writes, and reads
//! again: the row is settled by what GitHub shows, never by the writer's own opinion.

use dispatch_domain::ids::{IssueId, MutationId, RepoName};
use dispatch_domain::intent::LabelPlan;
use dispatch_domain::label;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::snapshot::IssueSnapshot;
use dispatch_queries::queries::outbox;
use jiff::Timestamp;
use serde_json::json;

use crate::audit::Who;
use crate::db::Db;
use crate::error::Error;
use crate::ingest::{Seen, take_in};
use crate::issue::Issue;

/// A mutation that this writer has for a while.
#[derive(Debug, Clone)]
pub struct Lease {
    /// Which mutation.
    pub id: MutationId,
    /// Which lease of it.
    pub fence: i64,
    /// Attempts including this one.
    pub attempts: i32,
    /// The intent's version when it was leased.
    pub version: i32,
    /// Follows the change that wanted the write.
    pub correlation: String,
    /// Who wanted it.
    pub wanted_by: String,
    /// The issue.
    pub issue: IssueId,
    /// Its number.
    pub number: i32,
    /// The doubts that a read from now on settles.
    pub reread: i32,
    /// Its repository.
    pub repository: RepoName,
    /// Our id of the repository.
    pub repository_id: i64,
    /// When the write was wanted first.
    pub wanted_at: Timestamp,
    /// The database's time.
    pub now: Timestamp,
}

/// Takes a due mutation for `seconds`.
///
/// `None`: it is settled, somebody else has it, or its time has not come. A nudge for it is then spent.
///
/// # Errors
/// As the database says.
pub async fn lease(db: &Db, id: MutationId, seconds: i32) -> Result<Option<Lease>, Error> {
    let tx = db.begin().await?;
    let row = outbox::lease_mutation().bind(&tx, &seconds, &id.0).opt().await?;
    tx.commit().await?;
    row.map(|row| {
        Ok(Lease {
            id: MutationId(row.id),
            fence: row.fence,
            attempts: row.attempts,
            version: row.desired_version,
            correlation: row.correlation_id,
            wanted_by: row.wanted_by,
            issue: IssueId(row.issue_id),
            number: row.number,
            reread: row.reread_wanted,
            repository: RepoName::new(&row.owner, &row.name).map_err(|error| Error::Row(error.to_string()))?,
            repository_id: row.repository_id,
            wanted_at: row.created_at,
            now: row.now,
        })
    })
    .transpose()
}

/// What is left to do for a leased mutation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// These writes.
    Write(LabelPlan),
    /// Nothing: it is applied, superseded, or somebody else's by now.
    Nothing,
}

/// Takes in what GitHub shows now, and plans what is left from the row's present desire.
///
/// `reread` is the issue's re-read counter from before the snapshot was asked for; answered with what is left is the
/// counter for the next read.
///
/// # Errors
/// As the database says.
pub async fn left(
    db: &Db,
    lease: &Lease,
    reread: i32,
    snapshot: &IssueSnapshot,
    who: &Who<'_>,
) -> Result<(Left, i32), Error> {
    let tx = db.begin().await?;
    let seen = Seen::Read { reread: Some(reread), drift: false, by: "set on GitHub" };
    let (_, issue) = take_in(&tx, lease.repository_id, snapshot, seen, who).await?;
    tx.commit().await?;
    let counter = issue.facts.reread_wanted;
    let plan = issue.mutation.filter(|m| m.id == lease.id && !m.parked).map(|m| m.intent.plan(&issue.facts.labels));
    Ok((plan.filter(|plan| !plan.is_empty()).map_or(Left::Nothing, Left::Write), counter))
}

/// Puts a leased mutation back until `retry_at`. `counts` says whether the attempt was the write's own fault; a limit
/// of GitHub's is not.
///
/// # Errors
/// As the database says.
pub async fn put_back(db: &Db, lease: &Lease, retry_at: Timestamp, error: &str, counts: bool) -> Result<(), Error> {
    let tx = db.begin().await?;
    outbox::put_back_mutation()
        .bind(&tx, &error, &counts, &lease.version, &retry_at, &lease.id.0, &lease.fence)
        .await?;
    tx.commit().await
}

/// Gives up until a person says otherwise: the reason is shown on the card. A refused move goes back to what GitHub
/// shows; a claim stays as Postgres has decided it.
///
/// # Errors
/// As the database says.
pub async fn park(db: &Db, lease: &Lease, error: &str, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    let Some(mut issue) = Issue::lock(&tx, lease.issue).await? else { return Ok(()) };
    if outbox::park_mutation().bind(&tx, &error, &lease.id.0, &lease.fence).await? == 0 {
        return Ok(());
    }
    let before = issue.picture();
    if let Some(pending) = &mut issue.mutation {
        pending.parked = true;
    }
    rederive(&mut issue);
    issue.save(&tx).await?;
    issue.audit(who, "write.parked").change(before, issue.picture()).failed(error).write(&tx).await?;
    tx.commit().await
}

/// Tries a parked write again.
///
/// # Errors
/// [`Refusal::NotFound`], or [`Refusal::Conflict`] when it is not parked.
pub async fn retry(db: &Db, id: MutationId, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    let Some(issue) = outbox::unpark_mutation().bind(&tx, &id.0).opt().await? else {
        return Err(match outbox::mutation_state().bind(&tx, &id.0).opt().await? {
            Some(row) => Refusal::Conflict(format!("Write {id} is {}, not parked.", row.state)).into(),
            None => Refusal::not_found("write", id).into(),
        });
    };
    if let Some(mut issue) = Issue::lock(&tx, IssueId(issue)).await? {
        rederive(&mut issue);
        issue.save(&tx).await?;
        issue.audit(who, "write.retried").change(json!({ "mutation": id }), issue.picture()).write(&tx).await?;
    }
    tx.commit().await
}

/// Reads the cached labels again under the intents that hold now.
fn rederive(issue: &mut Issue) {
    let labels = issue.facts.labels.clone();
    issue.derive(label::read(&labels, &labels), "set on GitHub");
}

/// Mutations that are due now, oldest first: for the sweep, which nudges again.
///
/// # Errors
/// As the database says.
pub async fn due(db: &Db, most: i64) -> Result<Vec<MutationId>, Error> {
    let tx = db.read().await?;
    let due = outbox::due_mutations().bind(&tx, &most).all().await?;
    tx.commit().await?;
    Ok(due.into_iter().map(MutationId).collect())
}

/// What GitHub said last about a credential's limits.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Name of the credential, never the credential.
    pub credential: String,
    /// Requests per hour.
    pub limit: i32,
    /// Requests left.
    pub remaining: i32,
    /// When they are full again.
    pub reset_at: Timestamp,
    /// GitHub asked for silence until then.
    pub paused_until: Option<Timestamp>,
}

/// Remembers what GitHub said about a credential.
///
/// # Errors
/// As the database says.
pub async fn remember_budget(db: &Db, budget: &Budget) -> Result<(), Error> {
    let tx = db.begin().await?;
    outbox::write_budget()
        .bind(&tx, &budget.credential, &budget.limit, &budget.remaining, &budget.reset_at, &budget.paused_until)
        .await?;
    tx.commit().await
}

/// What is known of all credentials.
///
/// # Errors
/// As the database says.
pub async fn budgets(db: &Db) -> Result<Vec<Budget>, Error> {
    let tx = db.read().await?;
    let rows = outbox::budgets().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| Budget {
            credential: row.credential,
            limit: row.limit,
            remaining: row.remaining,
            reset_at: row.reset_at,
            paused_until: row.paused_until,
        })
        .collect())
}
