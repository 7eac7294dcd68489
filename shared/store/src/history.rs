//! One issue in full: what is known of it, every attempt at it, and everything that happened to it.

use dispatch_domain::ids::IssueId;
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::{claims, history, ingest};
use jiff::Timestamp;

pub use dispatch_queries::queries::history::{IssueFacts as Facts, Timeline as Entry};

use crate::board::{self, Card};
use crate::claims::Claim;
use crate::db::Db;
use crate::error::Error;

/// The page shows at most so many attempts, newest first.
const MOST_ATTEMPTS: i64 = 100;

/// An issue with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// As the board shows it.
    pub card: Card,
    /// What the card leaves out.
    pub facts: Facts,
    /// Every claim on it, newest first.
    pub claims: Vec<Claim>,
}

/// One issue in full.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn detail(db: &Db, id: IssueId) -> Result<Detail, Error> {
    let tx = db.read().await?;
    let ids = [id.0];
    let (mut cards, facts, claims) = futures::try_join!(
        board::by_id(&tx, &ids),
        async { Ok(history::issue_facts().bind(&tx, &id.0).opt().await?) },
        async { Ok(claims::attempts_of_issue().bind(&tx, &id.0, &0, &MOST_ATTEMPTS).all().await?) },
    )?;
    tx.commit().await?;
    let found = cards.pop().zip(facts).ok_or_else(|| Refusal::not_found("issue", id))?;
    Ok(Detail { card: found.0, facts: found.1, claims })
}

/// What happened to an issue before a moment, newest first: `most` entries and those of the same moment as the last,
/// so that nothing that one transaction did is torn apart.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn timeline(
    db: &Db,
    id: IssueId,
    before: Option<Timestamp>,
    most: i64,
) -> Result<Vec<Entry>, Error> {
    let tx = db.read().await?;
    let before = before.unwrap_or(Timestamp::MAX);
    let (known, entries) =
        futures::try_join!(async { ingest::known_of_issue().bind(&tx, &id.0).opt().await }, async {
            history::timeline().bind(&tx, &id.0, &before, &most).all().await
        },)?;
    tx.commit().await?;
    known.ok_or_else(|| Refusal::not_found("issue", id))?;
    Ok(entries)
}
