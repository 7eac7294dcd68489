//! Keeping work: renewals and checkpoints.

use dispatch_domain::claim::{CHECKPOINT_BYTES, Phase, lease_end};
use dispatch_domain::ids::MutationId;
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::claims;
use jiff::Timestamp;
use serde_json::Value;

use super::revive::{Keep, revive};
use super::{Claim, Held, find, lost, own};
use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::once::{self, Key};

/// Says that the holder lives.
///
/// # Errors
/// `claim_lost` with why; [`Refusal::Invalid`] when `busy_for` is out of bounds.
pub async fn renew(
    db: &Db,
    held: &Held,
    busy_for: Option<i64>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Claim, Option<MutationId>), Error> {
    let (tx, claim) = own(db.begin().await?, held, who).await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok((claim, None));
    }
    let until = lease_end(claim.now, busy_for)?;
    let mut nudge = None;
    if claims::renew_claim().bind(&tx, &until, &held.id.0, &held.fence.0).await? == 0 {
        nudge = revived(&tx, &claim, held, until, who).await?;
    }
    let claim = find(&tx, held.id).await?;
    once::remember(&tx, key, held.id).await?;
    tx.commit().await?;
    Ok((claim, nudge))
}

/// What the next holder should know.
#[derive(Debug, Clone, Default)]
pub struct Checkpoint {
    /// How far the work is.
    pub phase: Option<Phase>,
    /// A sentence for people.
    pub note: Option<String>,
    /// Anything the agent wants back, up to [`CHECKPOINT_BYTES`].
    pub data: Option<Value>,
    /// The branch it works on.
    pub branch: Option<String>,
    /// The commit it is at: a new one is progress.
    pub head_sha: Option<String>,
}

/// Stores a checkpoint, which is also a sign of life.
///
/// # Errors
/// `claim_lost` with why; [`Refusal::Invalid`] when the data is too large.
pub async fn checkpoint(
    db: &Db,
    held: &Held,
    checkpoint: &Checkpoint,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Claim, Option<MutationId>), Error> {
    let bytes = checkpoint.data.as_ref().map_or(0, |data| data.to_string().len());
    if bytes > CHECKPOINT_BYTES {
        let message =
            format!("a checkpoint holds up to {CHECKPOINT_BYTES} bytes of JSON, and this one has {bytes}");
        return Err(Refusal::invalid("data", message).into());
    }
    let (tx, claim) = own(db.begin().await?, held, who).await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok((claim, None));
    }
    let until = lease_end(claim.now, None)?;
    let mut nudge = None;
    if write(&tx, held, checkpoint, until).await? == 0 {
        nudge = revived(&tx, &claim, held, until, who).await?;
        write(&tx, held, checkpoint, until).await?;
    }
    let claim = find(&tx, held.id).await?;
    once::remember(&tx, key, held.id).await?;
    tx.commit().await?;
    Ok((claim, nudge))
}

async fn write(tx: &Tx, held: &Held, checkpoint: &Checkpoint, until: Timestamp) -> Result<u64, Error> {
    let touched = claims::checkpoint_claim()
        .bind(
            tx,
            &until,
            &checkpoint.phase.map(Phase::as_str),
            &checkpoint.note,
            &checkpoint.data,
            &checkpoint.branch,
            &checkpoint.head_sha,
            &held.id.0,
            &held.fence.0,
        )
        .await?;
    Ok(touched)
}

/// Takes up a claim again that only the clock had ended; otherwise it is lost.
async fn revived(
    tx: &Tx,
    claim: &Claim,
    held: &Held,
    until: Timestamp,
    who: &Who<'_>,
) -> Result<Option<MutationId>, Error> {
    revive(tx, claim, held, until, Keep::Lease, who).await?.ok_or_else(|| lost(claim, held.fence))
}
