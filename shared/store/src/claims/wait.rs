//! Requests that wait for work: how many there may be, across all processes, and how they notice that looking again may
//! be worth it. While it waits, a request holds no connection.

use dispatch_domain::ids::AgentName;
use dispatch_queries::queries::{claims, feed};

use crate::db::Db;
use crate::error::Error;

/// So many agents wait at the same time, at most: each occupies one instance of the API's function.
pub const MOST_WAITING: i64 = 100;

/// Takes a place for so many seconds. `false`: too many wait already; do not.
///
/// An agent has one place, however often it asks: a place that a dead request left is taken over.
///
/// # Errors
/// As the database says.
pub async fn begin(db: &Db, agent: &AgentName, seconds: f64) -> Result<bool, Error> {
    let tx = db.begin().await?;
    let taken = claims::take_wait().bind(&tx, &agent.as_str(), &seconds, &MOST_WAITING).await?;
    tx.commit().await?;
    Ok(taken > 0)
}

/// Gives the place back. One that is not given back is free when its time is over.
///
/// # Errors
/// As the database says.
pub async fn end(db: &Db, agent: &AgentName) -> Result<(), Error> {
    let tx = db.begin().await?;
    claims::leave_wait().bind(&tx, &agent.as_str()).await?;
    tx.commit().await
}

/// Forgets places that nobody gave back.
///
/// # Errors
/// As the database says.
pub async fn prune(db: &Db) -> Result<(), Error> {
    let tx = db.begin().await?;
    claims::prune_waits().bind(&tx).await?;
    tx.commit().await
}

/// Where the feed stands. Whatever changes later may be work; what changed a moment ago may be told once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(i64);

/// Whether anything changed since, and where the feed stands by now. What time alone decides is the caller's business.
///
/// # Errors
/// As the database says.
pub async fn look(db: &Db, since: Option<Seen>) -> Result<(Seen, bool), Error> {
    let tx = db.read().await?;
    let row = feed::changed_since().bind(&tx, &since.map_or(i64::MAX, |seen| seen.0)).one().await?;
    tx.commit().await?;
    Ok((Seen(row.horizon), row.changed))
}
