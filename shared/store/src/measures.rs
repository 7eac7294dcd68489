//! Figures for metrics that only the database knows.

use dispatch_queries::queries::measures;

use crate::db::Db;
use crate::error::Error;

/// What is measured when a job ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// How far the live feed is behind, in seconds.
    pub feed_lag: f64,
    /// Differences found since the job began, by what differed.
    pub drift: Vec<(String, i64)>,
}

/// Measures at the end of a run of `job`.
///
/// # Errors
/// As the database says.
pub async fn at_end_of(db: &Db, job: &str) -> Result<Measures, Error> {
    let tx = db.read().await?;
    let feed_lag = measures::feed_lag_seconds().bind(&tx).one().await?;
    let drift = measures::drift_since_job_began().bind(&tx, &job).all().await?;
    tx.commit().await?;
    Ok(Measures { feed_lag, drift: drift.into_iter().map(|row| (row.cause, row.count)).collect() })
}
