//! What waits for a person.

use dispatch_domain::trust::WRITERS;
use dispatch_queries::queries::{attention, feed};
use jiff::Timestamp;

pub use dispatch_queries::queries::attention::Attention as Item;

use crate::db::Db;
use crate::error::Error;

/// An issue that has been in review for so many hours is over age.
pub const REVIEW_HOURS: i32 = 72;

/// What waits for a person, by kind, the oldest first; at most `most`. With the database's time.
///
/// # Errors
/// As the database says.
pub async fn inbox(db: &Db, most: i64) -> Result<(Timestamp, Vec<Item>), Error> {
    let tx = db.read().await?;
    let (position, items) =
        futures::try_join!(async { feed::feed_position().bind(&tx).one().await }, async {
            attention::attention().bind(&tx, &REVIEW_HOURS, &WRITERS.as_slice(), &most).all().await
        },)?;
    tx.commit().await?;
    Ok((position.now, items))
}
