//! The outbox: writes to GitHub that were promised in the transaction that wanted them.
//!
//! A writer leases a row, reads the issue outside any transaction, asks here what is left to write, writes, and reads
//! again: the row is settled by what GitHub shows, never by the writer's own opinion.

pub mod comment;

use dispatch_domain::budget::Class;
use dispatch_domain::ids::{IssueId, MutationId, RepoName};
use dispatch_domain::intent::{LabelPlan, want_status};
use dispatch_domain::label::Namespace;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::snapshot::{Freshness, IssueSnapshot};
use dispatch_domain::status::Status;
use dispatch_queries::queries::outbox;
use jiff::Timestamp;
use serde_json::json;

use crate::audit::Who;
use crate::db::Db;
use crate::error::Error;
use crate::ingest::{Known, Seen, take_in};
use crate::issue::{Issue, Origin, to_json};
use crate::once::{self, Key};

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
    /// How important it is among what GitHub may be asked.
    pub class: Class,
    /// Follows the change that wanted the write.
    pub correlation: String,
    /// Who wanted it.
    pub wanted_by: String,
    /// The issue.
    pub issue: IssueId,
    /// Its number.
    pub number: i32,
    /// What is known of the issue, for a read that begins now.
    pub known: Known,
    /// Its repository.
    pub repository: RepoName,
    /// Our id of the repository.
    pub repository_id: i64,
    /// Labels that are defined there, folded.
    pub labels_defined: Vec<String>,
    /// The comment to be written; none: labels.
    pub comment: Option<comment::Comment>,
    /// The issue is closed or gone: nobody needs a comment on it.
    pub over: bool,
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
            class: if row.origin == Origin::Claim.as_str() { Class::Claim } else { Class::Board },
            correlation: row.correlation_id,
            wanted_by: row.wanted_by,
            issue: IssueId(row.issue_id),
            number: row.number,
            known: Known { reread: row.reread_wanted, version: row.version },
            repository: RepoName::new(&row.owner, &row.name)
                .map_err(|error| Error::Row(error.to_string()))?,
            repository_id: row.repository_id,
            labels_defined: row.labels_defined,
            comment: match row.kind.as_str() {
                "comment" => Some(
                    serde_json::from_value(row.intent)
                        .map_err(|error| Error::Row(format!("comment of mutation {}: {error}", row.id)))?,
                ),
                _ => None,
            },
            over: row.over,
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
    /// Another read: something came in while this one was under way, and a plan from either could undo what a person did.
    Again,
    /// Nothing: it is applied, superseded, or somebody else's by now.
    Nothing,
}

/// What a read of a leased mutation's issue led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What is left to do.
    pub left: Left,
    /// What a next read needs.
    pub known: Known,
    /// The read itself wanted another write than the leased one.
    pub nudge: Option<MutationId>,
}

/// Takes in what GitHub shows now, and plans what is left from the row's present desire.
///
/// `known` is from before the snapshot was asked for.
///
/// # Errors
/// As the database says.
pub async fn left(
    db: &Db,
    lease: &Lease,
    known: Known,
    snapshot: &IssueSnapshot,
    who: &Who<'_>,
) -> Result<Look, Error> {
    let tx = db.begin().await?;
    let seen = Seen::Read { known: Some(known), drift: false, by: "set on GitHub" };
    let (ingested, mut issue) =
        take_in(&tx, lease.repository_id, snapshot, seen, Some(lease.id), who).await?;
    let known = crate::ingest::known(&tx, lease.issue).await?;
    let ours = issue.mutation.as_ref().filter(|m| m.id == lease.id && !m.parked);
    let plan = ours.map(|ours| ours.intent.plan(&issue.facts.labels));
    let left = match (plan, ingested.freshness) {
        (None, _) => Left::Nothing,
        (Some(_), Freshness::Tie) => Left::Again,
        (Some(plan), _) if !plan.is_empty() => {
            // The write is told before it is made: whoever reads the trail after a crash sees what may have happened.
            let planned = json!({ "mutation": lease.id, "add": plan.add, "remove": plan.remove });
            let writer = Who { kind: "clock", name: "writer", correlation: who.correlation };
            issue.audit(&writer, "write.planned").change(issue.picture(), planned).write(&tx).await?;
            Left::Write(plan)
        }
        (Some(_), Freshness::Older) => Left::Again,
        (Some(_), Freshness::Newer | Freshness::Same) => {
            // The read itself changed what is wanted, for example by ending a claim, and that is shown already.
            issue.settle(&tx, "applied", None).await?;
            Left::Nothing
        }
    };
    tx.commit().await?;
    Ok(Look { left, known, nudge: ingested.nudge.filter(|wanted| *wanted != lease.id) })
}

/// Counts the requests that a leased mutation took.
///
/// # Errors
/// As the database says.
pub async fn wrote(db: &Db, lease: &Lease, writes: i32) -> Result<(), Error> {
    let tx = db.begin().await?;
    outbox::count_writes().bind(&tx, &writes, &lease.id.0, &lease.fence).await?;
    tx.commit().await
}

/// Puts a leased mutation back until `retry_at`. `counts` says whether the attempt was the write's own fault; a limit
/// of GitHub's is not.
///
/// # Errors
/// As the database says.
pub async fn put_back(
    db: &Db,
    lease: &Lease,
    retry_at: Timestamp,
    error: &str,
    counts: bool,
) -> Result<(), Error> {
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
    if lease.comment.is_some() {
        return comment::park(tx, &issue, lease, error, who).await;
    }
    let before = issue.picture();
    let holder = issue.claim.as_ref().map(|claim| claim.agent.to_string());
    let Some(pending) = issue.mutation.as_mut().filter(|pending| pending.id == lease.id) else {
        return Ok(());
    };
    pending.parked = true;
    if let (Origin::Move, Some(holder)) = (pending.origin, holder) {
        // The move goes back to what the claim wants, not to what GitHub shows.
        let mut claims = want_status(Status::InProgress);
        claims.insert(Namespace::Agent, Some(holder));
        pending.intent.revise(&issue.facts.labels, claims);
        pending.origin = Origin::Claim;
    }
    let (intent, origin) = (to_json(&pending.intent), pending.origin.as_str());
    if outbox::park_mutation().bind(&tx, &error, &intent, &origin, &lease.id.0, &lease.fence).await? == 0 {
        return Ok(());
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
pub async fn retry(db: &Db, id: MutationId, key: Option<&Key>, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok(());
    }
    let unknown = || Refusal::not_found("write", id);
    let issue = outbox::issue_of_mutation().bind(&tx, &id.0).opt().await?.ok_or_else(unknown)?;
    let mut issue = Issue::lock(&tx, IssueId(issue)).await?.ok_or_else(unknown)?;
    if outbox::unpark_mutation().bind(&tx, &who.correlation, &id.0).await? == 0 {
        let row = outbox::mutation_state().bind(&tx, &id.0).one().await?;
        return Err(Refusal::Conflict(format!("Write {id} is {}, not parked.", row.state)).into());
    }
    if let Some(pending) = issue.mutation.as_mut().filter(|pending| pending.id == id) {
        pending.parked = false;
    }
    rederive(&mut issue);
    issue.save(&tx).await?;
    issue.audit(who, "write.retried").change(json!({ "mutation": id }), issue.picture()).write(&tx).await?;
    once::remember(&tx, key, id).await?;
    tx.commit().await
}

/// Reads the cached labels again under the intents that hold now.
fn rederive(issue: &mut Issue) {
    let labels = issue.facts.labels.clone();
    issue.derive(&labels, "set on GitHub");
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
