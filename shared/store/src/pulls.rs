//! Takes in what GitHub says about pull requests, and links them to the issues they close.

use dispatch_domain::ids::{PullRequestId, RepoName};
use dispatch_domain::snapshot::{Freshness, PullRequestSnapshot, Source, freshness};
use dispatch_domain::work::{branch_reference, closing_references};
use dispatch_queries::queries::pull_requests;

use crate::db::{Db, Tx};
use crate::error::Error;

/// Takes in a pull request that we read ourselves. `reread` is its re-read counter before the read began, if it was
/// asked for by itself.
///
/// # Errors
/// As the database says.
pub async fn pull_request(
    db: &Db,
    repository_id: i64,
    repository: &RepoName,
    snapshot: &PullRequestSnapshot,
    reread: Option<i32>,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    // A list may have been fetched before what is cached: it decides no tie.
    let source = if reread.is_some() { Source::Read } else { Source::Delivery };
    take_in(&tx, repository_id, repository, snapshot, source).await?;
    if let Some(up_to) = reread {
        pull_requests::settle_pull_request_reread().bind(&tx, &up_to, &snapshot.id.0).await?;
    }
    tx.commit().await
}

/// A pull request that is gone needs no further reads.
///
/// # Errors
/// As the database says.
pub async fn pull_request_gone(db: &Db, id: PullRequestId) -> Result<(), Error> {
    let tx = db.begin().await?;
    pull_requests::forget_pull_request_reread().bind(&tx, &id.0).await?;
    tx.commit().await
}

pub(crate) async fn take_in(
    tx: &Tx,
    repository_id: i64,
    repository: &RepoName,
    new: &PullRequestSnapshot,
    source: Source,
) -> Result<(), Error> {
    let cached = pull_requests::lock_pull_request().bind(tx, &new.id.0).opt().await?;
    if let Some(old) = &cached {
        let same = old.title == new.title
            && old.body == new.body
            && old.state == new.state.as_str()
            && old.draft == new.draft
            && old.head_sha == new.head_sha
            && old.head_ref == new.head_ref
            && old.base_ref == new.base_ref
            && old.labels == new.labels
            // GitHub computes it later, under the same version; only a single read tells it.
            && (new.mergeable.is_none() || old.mergeable == new.mergeable);
        match freshness(Some(old.github_updated_at), new.updated_at, same, source) {
            Freshness::Older | Freshness::Same => return Ok(()),
            Freshness::Tie => {
                pull_requests::want_pull_request_reread().bind(tx, &new.id.0).await?;
                return Ok(());
            }
            Freshness::Newer => {}
        }
    }
    let mut numbers = closing_references(&new.body, &repository.to_string());
    numbers.extend(branch_reference(&new.head_ref));
    pull_requests::upsert_pull_request()
        .bind(
            tx,
            &new.id.0,
            &repository_id,
            &new.number,
            &new.title,
            &new.body,
            &new.state.as_str(),
            &new.draft,
            &new.url,
            &new.author,
            &new.head_ref,
            &new.head_sha,
            &new.base_ref,
            &new.mergeable,
            &new.labels,
            &new.created_at,
            &new.updated_at,
            &new.merged_at,
            &numbers,
        )
        .await?;
    pull_requests::unlink_issues().bind(tx, &new.id.0, &numbers).await?;
    if numbers.is_empty() {
        return Ok(());
    }
    pull_requests::link_issues().bind(tx, &new.id.0, &repository_id, &numbers).await?;
    Ok(())
}

/// Something happened to a pull request that the delivery does not tell: read it again.
pub(crate) async fn touched(tx: &Tx, repository_id: i64, number: i32) -> Result<(), Error> {
    pull_requests::want_reread_by_number().bind(tx, &repository_id, &number).await?;
    Ok(())
}
