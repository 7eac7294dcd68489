//! Comments in the outbox: promised once, written once.

use dispatch_domain::ids::{AgentName, ClaimId};
use dispatch_queries::queries::outbox;
use serde::{Deserialize, Serialize};

use super::Lease;
use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::{Issue, to_json};

/// A comment to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// What it is known by, hidden in its text.
    pub marker: String,
    /// All of it.
    pub markdown: String,
}

/// What became of a promised comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// GitHub shows it.
    Applied,
    /// Nobody needs it any more.
    Superseded,
}

/// Promises that people are asked on GitHub what a claim needs to go on. Its issue is locked.
pub(crate) async fn ask(
    tx: &Tx,
    issue: &Issue,
    claim: ClaimId,
    agent: &AgentName,
    reason: &str,
    who: &Who<'_>,
) -> Result<(), Error> {
    use dispatch_domain::comment::{marker, question};
    let comment = Comment { marker: marker(claim), markdown: question(claim, agent, reason) };
    outbox::insert_comment()
        .bind(tx, &issue.repository_id, &issue.id.0, &to_json(&comment), &who.correlation, &who.name)
        .await?;
    Ok(())
}

/// Ends a leased comment.
///
/// # Errors
/// As the database says.
pub async fn finish(db: &Db, lease: &Lease, written: Written) -> Result<(), Error> {
    let state = match written {
        Written::Applied => "applied",
        Written::Superseded => "superseded",
    };
    let tx = db.begin().await?;
    outbox::finish_comment().bind(&tx, &state, &lease.id.0, &lease.fence).await?;
    tx.commit().await
}

/// Gives up on a leased comment until a person says otherwise.
pub(super) async fn park(
    tx: Tx,
    issue: &Issue,
    lease: &Lease,
    error: &str,
    who: &Who<'_>,
) -> Result<(), Error> {
    if outbox::park_comment().bind(&tx, &error, &lease.id.0, &lease.fence).await? > 0 {
        issue.audit(who, "comment.parked").failed(error).write(&tx).await?;
    }
    tx.commit().await
}
