//! Two issues with one number. GitHub gives a number once, so one of the two is not there (any more): a repository was
//! put back from a copy, or somebody sends what is not so.

use dispatch_domain::event::{Event, News};
use dispatch_domain::ids::IssueId;
use dispatch_domain::snapshot::IssueSnapshot;
use dispatch_queries::queries::ingest;

use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::error::Error;

/// A read shows another issue under the number of one that we know: GitHub has that one no more.
pub(super) async fn displace(
    db: &Db,
    repository_id: i64,
    snapshot: &IssueSnapshot,
    who: &Who<'_>,
) -> Result<(), Error> {
    let tx = db.read().await?;
    let other =
        ingest::issue_of_number().bind(&tx, &repository_id, &snapshot.number, &snapshot.id.0).opt().await?;
    tx.commit().await?;
    match other {
        Some(other) => super::issue_gone(db, IssueId(other), who).await,
        None => Ok(()),
    }
}

/// A delivery tells of another issue under the number of one that we know. Deliveries alone decide nothing: the one we
/// know is read again, and goes if GitHub shows another; that one comes with the next sync. Answers why the delivery is
/// put by.
pub(crate) async fn doubt(tx: &Tx, event: &Event) -> Result<String, Error> {
    let Event::Repository { repository, news: News::Issue(snapshot), .. } = event else {
        return Err(Error::NumberTaken);
    };
    ingest::want_reread_of_number().bind(tx, &snapshot.number, &snapshot.id.0, &repository.id.0).await?;
    Ok(format!("#{} is another issue to us, which is read again", snapshot.number))
}
