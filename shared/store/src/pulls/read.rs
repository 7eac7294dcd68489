//! What sync reads of a pull request besides itself: reviews, comments, checks, and what only GitHub's graph knows.

use std::collections::BTreeMap;

use dispatch_domain::checks::{CheckRun, CommitStatus};
use dispatch_domain::ids::{PullRequestId, RepoName};
use dispatch_domain::review::{Review, ReviewComment};
use dispatch_queries::queries::follow_ups;

use super::{checks, follow_up, link, lock_commit, reviews};
use crate::db::Db;
use crate::error::Error;

/// A pull request whose reviews and checks are to be read.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which one.
    pub id: PullRequestId,
    /// Its repository.
    pub repository: RepoName,
    /// Its number.
    pub number: i32,
    /// The commit whose checks count.
    pub head_sha: String,
    /// The lists' ETags by name, as the last read left them.
    pub etags: BTreeMap<String, String>,
    wanted: i32,
    version: i32,
}

/// What was read. A list that is `None` has not changed since the ETag it was asked with.
#[derive(Debug, Clone, Default)]
pub struct FollowUp {
    /// All reviews.
    pub reviews: Option<Vec<Review>>,
    /// All comments on lines.
    pub comments: Option<Vec<ReviewComment>>,
    /// The newest run of each check.
    pub runs: Option<Vec<CheckRun>>,
    /// The newest status of each context.
    pub statuses: Option<Vec<CommitStatus>>,
    /// GitHub's ids of the comments whose threads are resolved, and the issues that GitHub counts as closed by it
    /// (`owner/name#number`, in lower case). `None`: GitHub did not tell.
    pub graph: Option<Graph>,
    /// The ETags to ask with next time.
    pub etags: BTreeMap<String, String>,
}

/// What only GitHub's GraphQL API tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// GitHub's ids of the comments whose threads are resolved.
    pub resolved: Vec<i64>,
    /// The issues that GitHub counts as closed by it: `owner/name#number`, in lower case.
    pub closing: Vec<String>,
}

/// Pull requests whose reviews and checks only a read can tell, the longest unread first.
///
/// # Errors
/// As the database says.
pub async fn wanted(db: &Db, most: i64) -> Result<Vec<Wanted>, Error> {
    let tx = db.read().await?;
    let rows = follow_ups::follow_ups_wanted().bind(&tx, &most).all().await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(Wanted {
                id: PullRequestId(row.id),
                repository: RepoName::new(&row.owner, &row.name)?,
                number: row.number,
                head_sha: row.head_sha,
                etags: serde_json::from_value(row.follow_up_etags).unwrap_or_default(),
                wanted: row.follow_up_wanted,
                version: row.follow_up_version,
            })
        })
        .collect()
}

/// Wants the reviews and checks of every open pull request of a repository.
///
/// # Errors
/// As the database says.
pub async fn want_all(db: &Db, repository_id: i64) -> Result<(), Error> {
    let tx = db.begin().await?;
    follow_ups::want_follow_up_of_open().bind(&tx, &repository_id).await?;
    tx.commit().await
}

/// Wants those whose checks have been pending for so long that their end may have been missed.
///
/// # Errors
/// As the database says.
pub async fn want_pending(db: &Db, repository_id: i64) -> Result<(), Error> {
    let tx = db.begin().await?;
    follow_ups::want_follow_up_of_pending().bind(&tx, &repository_id).await?;
    tx.commit().await
}

/// Takes in what was read, whole: what a list does not show is gone. Answers whether it settled anything: when
/// something changed since the read began, it may be the older of the two, and another read is wanted.
///
/// # Errors
/// As the database says.
pub async fn take_in(db: &Db, asked: &Wanted, read: &FollowUp) -> Result<bool, Error> {
    let tx = db.begin().await?;
    let id = asked.id.0;
    let Some(row) = follow_ups::repository_of().bind(&tx, &id).opt().await? else { return Ok(true) };
    lock_commit(&tx, row, &asked.head_sha).await?;
    let now = follow_ups::lock_follow_up().bind(&tx, &id).one().await?;
    if now.follow_up_version != asked.version || now.head_sha != asked.head_sha {
        return Ok(false);
    }
    let (repository_id, sha) = (now.repository_id, asked.head_sha.as_str());
    if let Some(list) = &read.reviews {
        for review in list {
            reviews::write_review(&tx, id, review).await?;
        }
        let shown: Vec<i64> = list.iter().map(|review| review.id).collect();
        follow_ups::reviews_gone().bind(&tx, &id, &shown).await?;
    }
    if let Some(list) = &read.comments {
        for comment in list {
            reviews::write_comment(&tx, id, comment, false).await?;
        }
        let shown: Vec<i64> = list.iter().map(|comment| comment.id).collect();
        follow_ups::comments_gone().bind(&tx, &id, &shown).await?;
    }
    if let Some(list) = &read.runs {
        for run in list {
            checks::write_run(&tx, repository_id, run).await?;
        }
        let shown: Vec<i64> = list.iter().map(|run| run.id).collect();
        follow_ups::runs_gone().bind(&tx, &repository_id, &sha, &shown).await?;
    }
    for status in read.statuses.iter().flatten() {
        checks::write_status(&tx, repository_id, status).await?;
    }
    if let Some(graph) = &read.graph {
        follow_ups::write_resolved().bind(&tx, &graph.resolved, &id).await?;
        dispatch_queries::queries::pull_requests::write_closing_references()
            .bind(&tx, &graph.closing, &id)
            .await?;
        link(&tx, repository_id, asked.id).await?;
    }
    let etags = crate::issue::to_json(&read.etags);
    follow_ups::settle_follow_up().bind(&tx, &asked.wanted, &etags, &id).await?;
    follow_up::settle(&tx, &[id]).await?;
    tx.commit().await?;
    Ok(true)
}
