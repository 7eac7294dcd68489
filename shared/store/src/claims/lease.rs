//! Keeping work: renewals and checkpoints.

use dispatch_domain::claim::{CHECKPOINT_BYTES, Phase, lease_end};
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::claims;
use serde_json::Value;

use super::finish::revive;
use super::{Claim, Held, find, lost, own};
use crate::audit::Who;
use crate::db::Db;
use crate::error::Error;

/// Says that the holder lives.
///
/// # Errors
/// `claim_lost` with why; [`Refusal::Invalid`] when `busy_for` is out of bounds.
pub async fn renew(db: &Db, held: &Held, busy_for: Option<i64>, who: &Who<'_>) -> Result<Claim, Error> {
    let tx = db.begin().await?;
    let claim = own(&tx, held).await?;
    let until = lease_end(claim.now, busy_for)?;
    if claims::renew_claim().bind(&tx, &until, &held.id.0, &held.fence.0).await? == 0
        && !revive(&tx, &claim, held, until, who).await?
    {
        return Err(lost(&claim, held.fence));
    }
    let claim = find(&tx, held.id).await?;
    tx.commit().await?;
    Ok(claim)
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
pub async fn checkpoint(db: &Db, held: &Held, checkpoint: &Checkpoint, who: &Who<'_>) -> Result<Claim, Error> {
    let bytes = checkpoint.data.as_ref().map_or(0, |data| data.to_string().len());
    if bytes > CHECKPOINT_BYTES {
        let message = format!("a checkpoint holds up to {CHECKPOINT_BYTES} bytes of JSON, and this one has {bytes}");
        return Err(Refusal::invalid("data", message).into());
    }
    let tx = db.begin().await?;
    let claim = own(&tx, held).await?;
    let until = lease_end(claim.now, None)?;
    let write = || {
        claims::checkpoint_claim()
    };
    let phase = checkpoint.phase.map(Phase::as_str);
    let mut touched = write()
        .bind(
            &tx, &until, &phase, &checkpoint.note, &checkpoint.data, &checkpoint.branch, &checkpoint.head_sha,
            &held.id.0, &held.fence.0,
        )
        .await?;
    if touched == 0 && revive(&tx, &claim, held, until, who).await? {
        touched = write()
            .bind(
                &tx, &until, &phase, &checkpoint.note, &checkpoint.data, &checkpoint.branch, &checkpoint.head_sha,
                &held.id.0, &held.fence.0,
            )
            .await?;
    }
    if touched == 0 {
        return Err(lost(&claim, held.fence));
    }
    let claim = find(&tx, held.id).await?;
    tx.commit().await?;
    Ok(claim)
}
