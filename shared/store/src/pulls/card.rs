//! Cards of pull requests that belong to no issue.
//!
//! To GitHub a pull request is an issue too. Where it asks for a fix and belongs to no issue, that one is cached, under
//! its own id: it is the key under which the fix is claimed, carries the labels, and is shown. How it stands is read
//! from GitHub's issues alone, because a pull request has a version of its own.

use dispatch_domain::ids::{IssueId, MutationId, PullRequestId, RepoName};
use dispatch_domain::snapshot::{IssueSnapshot, PullRequestSnapshot, PullRequestState};
use dispatch_queries::queries::pull_requests;

use super::{follow_up, link};
use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;
use crate::ingest::{self, Known, Seen};

/// A pull request whose card is to be read.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which one.
    pub id: PullRequestId,
    /// Its number.
    pub number: i32,
    /// Its repository.
    pub repository: RepoName,
    /// Our id of the repository.
    pub repository_id: i64,
    /// What is known of a card that it had before.
    known: Option<Known>,
}

/// Open pull requests that ask for a fix, belong to no issue, and have no card.
///
/// # Errors
/// As the database says.
pub async fn wanted(db: &Db, most: i64) -> Result<Vec<Wanted>, Error> {
    let tx = db.read().await?;
    let rows = pull_requests::cards_wanted().bind(&tx, &most).all().await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(Wanted {
                id: PullRequestId(row.id),
                number: row.number,
                repository: RepoName::new(&row.owner, &row.name)?,
                repository_id: row.repository_id,
                known: row.reread.zip(row.version).map(|(reread, version)| Known { reread, version }),
            })
        })
        .collect()
}

/// Takes in the issue that a pull request is to GitHub, and offers the fix under it. Answers the write to nudge.
///
/// # Errors
/// As the database says.
pub async fn take_in(
    db: &Db,
    wanted: &Wanted,
    shown: &IssueSnapshot,
    who: &Who<'_>,
) -> Result<Option<MutationId>, Error> {
    let tx = db.begin().await?;
    pull_requests::lock_pull_request().bind(&tx, &wanted.id.0).one().await?;
    pull_requests::ensure_card().bind(&tx, &shown.id.0, &wanted.id.0).await?;
    let known = wanted.known.unwrap_or(Known { reread: 0, version: 0 });
    let seen = Seen::Read { known: Some(known), drift: false, by: "set on GitHub" };
    let (ingested, _) = ingest::take_in(&tx, wanted.repository_id, shown, seen, None, who).await?;
    link(&tx, wanted.repository_id, wanted.id).await?;
    follow_up::settle(&tx, &[wanted.id.0]).await?;
    tx.commit().await?;
    Ok(ingested.nudge)
}

/// A pull request changed: its card may stand otherwise too. Its row is locked.
pub(crate) async fn doubt(tx: &Tx, new: &PullRequestSnapshot) -> Result<(), Error> {
    let closed = new.state != PullRequestState::Open;
    pull_requests::doubt_card().bind(tx, &new.id.0, &new.title, &new.body, &closed, &new.labels).await?;
    Ok(())
}

/// Cards whose pull request belongs to an issue by now, with its pull request.
///
/// # Errors
/// As the database says.
pub async fn superseded(db: &Db) -> Result<Vec<(IssueId, PullRequestId)>, Error> {
    let tx = db.read().await?;
    let rows = pull_requests::cards_superseded().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(|row| (IssueId(row.id), PullRequestId(row.pull_request_id))).collect())
}

/// Takes such cards off the board: the fix is offered under the issue. Answers how many there were.
///
/// # Errors
/// As the database says.
pub async fn retire(db: &Db, who: &Who<'_>) -> Result<usize, Error> {
    let superseded = superseded(db).await?;
    for (card, pull_request) in &superseded {
        let tx = db.begin().await?;
        pull_requests::lock_pull_request().bind(&tx, &pull_request.0).one().await?;
        follow_up::lock_issues(&tx, &[pull_request.0]).await?;
        let unsettled = ingest::gone(&tx, *card, None, who).await?;
        follow_up::settle(&tx, &[pull_request.0]).await?;
        tx.commit().await?;
        if unsettled {
            dependencies::settle(db).await?;
        }
    }
    Ok(superseded.len())
}
