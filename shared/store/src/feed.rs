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

/// One reading of the board: in which snapshot of the database it was made, and how long that holds by itself. Opaque to
/// clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub(crate) epoch: String,
    /// As `pg_snapshot` spells it.
    pub(crate) snapshot: String,
    /// When something that was read changes though nobody touches it.
    pub(crate) until: Option<Timestamp>,
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let until = self.until.map_or(0, Timestamp::as_microsecond);
        write!(f, "{}.{}.{until}", self.epoch, self.snapshot)
    }
}

impl FromStr for Edition {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let read = || {
            let [epoch, snapshot, until] = text.split('.').collect::<Vec<_>>().try_into().ok()?;
            let until = match until {
                "0" => None,
                at => Some(Timestamp::from_microsecond(at.parse().ok()?).ok()?),
            };
            is_snapshot(snapshot).then(|| Self {
                epoch: epoch.to_owned(),
                snapshot: snapshot.to_owned(),
                until,
            })
        };
        read().ok_or_else(|| Refusal::invalid("edition", "this is no edition of the board"))
    }
}

/// `xmin:xmax:xip,…` as Postgres reads it: ascending, and what ran lies between the two ends. Anything else it would
/// refuse as an error of ours.
fn is_snapshot(text: &str) -> bool {
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number > 0);
    let [xmin, xmax, running] = text.split(':').collect::<Vec<_>>().try_into().unwrap_or([""; 3]);
    let (Some(xmin), Some(xmax)) = (number(xmin), number(xmax)) else { return false };
    let running: Option<Vec<i64>> = running.split(',').filter(|_| !running.is_empty()).map(number).collect();
    running.is_some_and(|running| {
        xmin <= xmax
            && running.iter().all(|xid| (xmin..xmax).contains(xid))
            && running.is_sorted_by(|a, b| a < b)
    })
}

/// Whether the board is still as this edition shows it. It may say no though nothing differs; never yes when something
/// does.
///
/// # Errors
/// As the database says.
pub async fn holds(db: &Db, edition: &Edition) -> Result<bool, Error> {
    let tx = db.read().await?;
    let Edition { epoch, snapshot, until } = edition;
    let holds = feed::still_true().bind(&tx, epoch, snapshot, until).opt().await?.unwrap_or(false);
    tx.commit().await?;
    Ok(holds)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_reads_as_it_is_written_and_no_other_text_does() {
        for text in ["e-1.7:7:.0", "e-1.7:9:7,8.1795626521000000"] {
            assert_eq!(text.parse::<Edition>().unwrap().to_string(), text);
        }
        for text in
            ["", "e.7:7:", "e.7:6:.0", "e.7:9:9.0", "e.7:9:8,7.0", "e.7:9:7,7.0", "e.0:9:.0", "e.-1:9:.0"]
        {
            assert!(text.parse::<Edition>().is_err(), "{text}");
        }
        for text in
            ["e.7:9:x.0", "e.7:9:7,.0", "e.7:9.0", "e.7:9::.0", "e.7:9:.x", "e.7:9:.0.0", "e.'; --:9:.0"]
        {
            assert!(text.parse::<Edition>().is_err(), "{text}");
        }
    }
}
