//! Sign-ins of operators: failures are counted for all instances together, successes are audited.

use dispatch_queries::queries::sign_ins;

use crate::audit::{Audit, Who};
use crate::db::Db;
use crate::error::Error;

/// A counter of failures within a quarter of an hour.
#[derive(Debug, Clone)]
pub struct Bucket {
    /// Whose attempts it counts.
    pub name: String,
    /// So many failures fill it.
    pub most: i32,
}

/// For how many seconds nobody who fills one of these counters may try. `None`: now.
///
/// # Errors
/// As the database says.
pub async fn refused_for(db: &Db, buckets: &[Bucket]) -> Result<Option<i64>, Error> {
    let names: Vec<&str> = buckets.iter().map(|bucket| bucket.name.as_str()).collect();
    let most: Vec<i32> = buckets.iter().map(|bucket| bucket.most).collect();
    let tx = db.read().await?;
    let seconds = sign_ins::refused_for().bind(&tx, &names, &most).one().await?;
    tx.commit().await?;
    Ok(seconds)
}

/// Counts a failure. What is a day old is forgotten on the way.
///
/// # Errors
/// As the database says.
pub async fn failed(db: &Db, buckets: &[Bucket]) -> Result<(), Error> {
    let names: Vec<&str> = buckets.iter().map(|bucket| bucket.name.as_str()).collect();
    let tx = db.begin().await?;
    sign_ins::count_failure().bind(&tx, &names).await?;
    sign_ins::prune_failures().bind(&tx).await?;
    tx.commit().await
}

/// Somebody signed in: their failures are forgotten.
///
/// # Errors
/// As the database says.
pub async fn succeeded(db: &Db, bucket: &Bucket, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    sign_ins::forget_failures().bind(&tx, &bucket.name).await?;
    Audit::new(who, "operator.signed_in").write(&tx).await?;
    tx.commit().await
}
