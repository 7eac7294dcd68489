//! Idempotency keys: a request that is repeated because its answer was lost has its effect once.
//!
//! A key is written in the transaction of the effect and names what came of it (a claim, a lane, an issue), so the
//! answer is rendered anew and no answer with a secret is ever stored. What had no effect is not remembered.

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
    async fn first(&self, tx: &Tx) -> Result<Option<claims::RecallKey>, Error> {
        let taken = claims::remember_key()
            .bind(tx, &self.principal, &self.route, &self.key, &self.body_sha256)
            .await?;
        if taken == 1 {
            return Ok(None);
        }
        let known = claims::recall_key().bind(tx, &self.principal, &self.route, &self.key).opt().await?;
        match known {
            Some(known) if known.body_sha256 != self.body_sha256 => Err(Refusal::IdempotencyConflict.into()),
            known => Ok(known),
        }
    }

    /// Takes the key, or finds the claim that the first request with it led to. No key is always the first.
    pub(crate) async fn take(key: Option<&Self>, tx: &Tx) -> Result<Option<(ClaimId, Fence)>, Error> {
        let Some(key) = key else { return Ok(None) };
        let known = key.first(tx).await?;
        Ok(known.and_then(|known| known.claim_id.map(ClaimId).zip(known.fence.map(Fence))))
    }

    /// Remembers the claim, if there is a key.
    pub(crate) async fn answer(key: Option<&Self>, tx: &Tx, claim: ClaimId) -> Result<(), Error> {
        if let Some(Self { principal, route, key, .. }) = key {
            claims::answer_key().bind(tx, &claim.0, principal, route, key).await?;
        }
        Ok(())
    }
}

/// What the first request with this key left behind, as [`remember`] named it. `None`: this is the first, or there is
/// no key.
pub(crate) async fn recall(tx: &Tx, key: Option<&Key>) -> Result<Option<String>, Error> {
    let Some(key) = key else { return Ok(None) };
    Ok(key.first(tx).await?.and_then(|known| known.reference))
}

/// Names what came of the request.
pub(crate) async fn remember(tx: &Tx, key: Option<&Key>, reference: impl ToString) -> Result<(), Error> {
    if let Some(key) = key {
        let reference = reference.to_string();
        claims::refer_key().bind(tx, &reference, &key.principal, &key.route, &key.key).await?;
    }
    Ok(())
}
