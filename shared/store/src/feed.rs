//! The feed behind the live board: what changed since a cursor, from one snapshot.
//!
//! A plain `seq > cursor` would lose rows that commit late. Readers take rows below the oldest transaction that still
//! runs (`pg_snapshot_xmin`), and their next cursor is that horizon.

use std::fmt;
use std::str::FromStr;

use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::feed;
use jiff::Timestamp;

use crate::board::{Card, by_id};
use crate::db::Db;
use crate::error::Error;
use crate::repositories::{self, Repository};

/// A place in the feed. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Which life of the database: a restored one has another.
    pub(crate) epoch: String,
    /// Transactions below this one were seen.
    pub(crate) horizon: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.horizon)
    }
}

impl FromStr for Cursor {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let invalid = || Refusal::invalid("after", "this is not a cursor from /api/board or /api/changes");
        let (epoch, horizon) = text.split_once('.').ok_or_else(invalid)?;
        Ok(Self { epoch: epoch.to_owned(), horizon: horizon.parse().map_err(|_| invalid())? })
    }
}

/// What changed.
#[derive(Debug, Clone)]
pub enum Changes {
    /// The cursor is unknown or too old: read the board again.
    Resync(Cursor),
    /// These cards and repositories are different now.
    Since {
        /// Ask with this one next.
        cursor: Cursor,
        /// The database's time.
        now: Timestamp,
        /// Cards as they are now.
        cards: Vec<Card>,
        /// Issues that are no longer on the board.
        removed: Vec<i64>,
        /// All repositories, when any changed.
        repositories: Option<Vec<Repository>>,
    },
}

/// More changes than that are no longer cheaper than the board.
const MOST: i64 = 1_000;
/// Transactions that the feed remembers: a day at ten changes a second.
const KEEP: i64 = 1_000_000;

/// Reads what changed since a cursor.
///
/// # Errors
/// As the database says.
pub async fn since(db: &Db, after: &Cursor) -> Result<Changes, Error> {
    let tx = db.read().await?;
    let position = feed::feed_position().bind(&tx).one().await?;
    let cursor = Cursor { epoch: position.epoch, horizon: position.horizon };
    if after.epoch != cursor.epoch || after.horizon < position.pruned_below || after.horizon > cursor.horizon
    {
        tx.commit().await?;
        return Ok(Changes::Resync(cursor));
    }
    let changed = feed::changes_since().bind(&tx, &after.horizon, &MOST).all().await?;
    if changed.len() >= usize::try_from(MOST).unwrap_or(usize::MAX) {
        tx.commit().await?;
        return Ok(Changes::Resync(cursor));
    }
    let issues: Vec<i64> = changed.iter().filter(|c| c.entity == "issue").map(|c| c.id).collect();
    let all = if issues.is_empty() { Vec::new() } else { by_id(&tx, &issues).await? };
    let (cards, hidden): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|card| card.row.enabled && !card.row.gone);
    let repositories = match changed.iter().any(|c| c.entity == "repository") {
        true => Some(repositories::list(&tx).await?),
        false => None,
    };
    tx.commit().await?;
    let removed = hidden.into_iter().map(|card| card.row.id).collect();
    Ok(Changes::Since { cursor, now: position.now, cards, removed, repositories })
}

/// Forgets what nobody will ask for any more.
///
/// # Errors
/// As the database says.
pub async fn prune(db: &Db) -> Result<u64, Error> {
    let tx = db.begin().await?;
    let pruned = feed::prune_feed().bind(&tx, &KEEP).await?;
    tx.commit().await?;
    Ok(pruned)
}
