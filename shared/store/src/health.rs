//! How Dispatch does: whether the database answers, what waits, what is missing.

use dispatch_queries::queries::{health, sync};

pub use dispatch_queries::queries::health::{Backlog, Convergence, DriftByCause, FeedLag};
pub use dispatch_queries::queries::sync::Jobs as JobRun;

use crate::db::Db;
use crate::error::Error;

/// Whether the database answers.
///
/// # Errors
/// As the database says.
pub async fn alive(db: &Db) -> Result<(), Error> {
    let tx = db.read().await?;
    health::alive().bind(&tx).one().await?;
    tx.commit().await
}

/// Everything that operators look at, in one snapshot.
#[derive(Debug)]
pub struct Details {
    /// What waits.
    pub backlog: Backlog,
    /// The last run of each job.
    pub jobs: Vec<JobRun>,
    /// How far behind the feed's readers are held.
    pub feed: FeedLag,
    /// How long changes took to be on GitHub in the past day.
    pub convergence: Convergence,
    /// Differences that no webhook had told in the past day.
    pub drift: Vec<DriftByCause>,
}

/// What operators look at.
///
/// # Errors
/// As the database says.
pub async fn details(db: &Db) -> Result<Details, Error> {
    let tx = db.read().await?;
    let details = Details {
        backlog: health::backlog().bind(&tx).one().await?,
        jobs: sync::jobs().bind(&tx).all().await?,
        feed: health::feed_lag().bind(&tx).one().await?,
        convergence: health::convergence().bind(&tx).one().await?,
        drift: health::drift_by_cause().bind(&tx).all().await?,
    };
    tx.commit().await?;
    Ok(details)
}
