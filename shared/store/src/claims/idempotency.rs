//! Idempotency keys: a request that is repeated because its answer was lost has its effect once.

use dispatch_domain::ids::{ClaimId, Fence};
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::claims;

use crate::db::Tx;
use crate::error::Error;

/// A key as the caller sent it, within the caller's own scope.
#[derive(Debug, Clone)]
pub struct Key {
    /// Who calls.
    pub principal: String,
    /// Which route.
    pub route: &'static str,
    /// The caller's key.
    pub key: String,
    /// SHA-256 of the request body: the same key with another body is a mistake.
    pub body_sha256: Vec<u8>,
}

impl Key {
    /// Takes the key, or finds what the first request with it led to.
    ///
    /// A twin that is still running is waited for: its row is locked until it commits or gives up.
    pub(crate) async fn take(&self, tx: &Tx) -> Result<Option<(ClaimId, Fence)>, Error> {
        let taken = claims::remember_key()
            .bind(tx, &self.principal, &self.route, &self.key, &self.body_sha256, &None)
            .await?;
        if taken == 1 {
            return Ok(None);
        }
        let known = claims::recall_key().bind(tx, &self.principal, &self.route, &self.key).opt().await?;
        match known {
            Some(known) if known.body_sha256 != self.body_sha256 => Err(Refusal::IdempotencyConflict.into()),
            Some(known) => Ok(known.claim_id.map(ClaimId).zip(known.fence.map(Fence))),
            None => Ok(None),
        }
    }

    /// Remembers the effect.
    pub(crate) async fn answer(&self, tx: &Tx, claim: ClaimId) -> Result<(), Error> {
        claims::answer_key().bind(tx, &Some(claim.0), &self.principal, &self.route, &self.key).await?;
        Ok(())
    }
}
