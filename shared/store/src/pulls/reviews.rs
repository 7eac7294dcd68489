//! Reviews, and comments on lines.

use dispatch_domain::ids::PullRequestId;
use dispatch_domain::review::{Review, ReviewComment, ReviewState};
use dispatch_domain::snapshot::{Freshness, Source, freshness};
use dispatch_queries::queries::follow_ups;
use jiff::Timestamp;

use super::follow_up;
use crate::db::Tx;
use crate::error::Error;

/// A webhook told of a review. The pull request's row is locked.
pub(crate) async fn review(tx: &Tx, pull_request: PullRequestId, new: &Review) -> Result<(), Error> {
    let known = follow_ups::review_by_id().bind(tx, &new.id).opt().await?;
    let cached = known.map(|row| Review {
        id: row.id,
        author: row.author,
        author_association: row.author_association,
        state: ReviewState::of(&row.state),
        body: row.body,
        commit: row.commit_sha,
        url: row.url,
        submitted_at: row.submitted_at,
    });
    match new.freshness(cached.as_ref(), Source::Delivery) {
        Freshness::Older | Freshness::Same => return Ok(()),
        Freshness::Tie => return follow_up::want(tx, pull_request).await,
        Freshness::Newer => {}
    }
    write_review(tx, pull_request.0, new).await?;
    follow_up::changed(tx, "reviews", &[pull_request.0]).await
}

pub(super) async fn write_review(tx: &Tx, pull_request: i64, new: &Review) -> Result<(), Error> {
    follow_ups::upsert_review()
        .bind(
            tx,
            &new.id,
            &pull_request,
            &new.author,
            &new.author_association,
            &new.state.as_str(),
            &new.body,
            &new.commit,
            &new.url,
            &new.submitted_at,
        )
        .await?;
    Ok(())
}

/// A webhook told of a comment. The pull request's row is locked. What was deleted stays deleted.
pub(crate) async fn comment(
    tx: &Tx,
    pull_request: PullRequestId,
    new: &ReviewComment,
    deleted: bool,
) -> Result<(), Error> {
    if let Some(known) = follow_ups::comment_by_id().bind(tx, &new.id).opt().await? {
        if known.gone {
            return Ok(());
        }
        let same = known.body == new.body && known.path == new.path && known.line == new.line;
        let version = Some(known.github_updated_at);
        match freshness(version, new.updated_at, same, Source::Delivery) {
            _ if deleted => {}
            Freshness::Older | Freshness::Same => return Ok(()),
            Freshness::Tie => return follow_up::want(tx, pull_request).await,
            Freshness::Newer => {}
        }
    }
    write_comment(tx, pull_request.0, new, deleted).await?;
    follow_up::changed(tx, "comments", &[pull_request.0]).await
}

pub(super) async fn write_comment(
    tx: &Tx,
    pull_request: i64,
    new: &ReviewComment,
    gone: bool,
) -> Result<(), Error> {
    follow_ups::upsert_comment()
        .bind(
            tx,
            &new.id,
            &pull_request,
            &new.review,
            &new.in_reply_to,
            &new.author,
            &new.author_association,
            &new.path,
            &new.line,
            &new.body,
            &new.url,
            &new.created_at,
            &new.updated_at,
            &gone,
        )
        .await?;
    Ok(())
}

/// A webhook told that a thread was resolved, or opened again. The pull request's row is locked.
///
/// A comment that is not known yet is not marked: a read of the threads is wanted for it.
pub(crate) async fn thread(
    tx: &Tx,
    pull_request: PullRequestId,
    comments: &[i64],
    resolved: bool,
    at: Timestamp,
) -> Result<(), Error> {
    let marked = follow_ups::resolve_comments().bind(tx, &resolved, &at, &pull_request.0, &comments).await?;
    if marked < comments.len() as u64 {
        follow_up::want(tx, pull_request).await?;
    }
    follow_up::changed(tx, "threads", &[pull_request.0]).await
}
