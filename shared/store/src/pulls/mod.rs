//! Takes in what GitHub says about pull requests, and links them to the issues they belong to.
//!
//! Order of locks, so that nobody waits in a circle: the commit, pull requests by id, issues by id, and only then
//! evidence and work.

pub mod card;
pub(crate) mod checks;
pub(crate) mod follow_up;
pub mod read;
pub(crate) mod reviews;

use dispatch_domain::claim::Outcome;
use dispatch_domain::ids::{ClaimId, PullRequestId, RepoName};
use dispatch_domain::snapshot::{Freshness, PullRequestSnapshot, Source, freshness};
use dispatch_domain::work::{branch_reference, closing_references};
use dispatch_queries::queries::{follow_ups, pull_requests};

use crate::claims::finish::Report;
use crate::claims::{Claim, fix_target};
use crate::db::{Db, Tx};
use crate::error::Error;

/// Where a snapshot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A webhook told it.
    Delivery,
    /// A list showed it, which may have been fetched before what is cached: it decides no tie.
    List,
    /// It was asked for by itself, when its re-read counter stood here.
    Read(i32),
}

/// Takes in a pull request that we read ourselves.
///
/// # Errors
/// As the database says.
pub async fn pull_request(
    db: &Db,
    repository_id: i64,
    repository: &RepoName,
    snapshot: &PullRequestSnapshot,
    seen: Seen,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    take_in(&tx, repository_id, repository, snapshot, seen).await?;
    if let Seen::Read(up_to) = seen {
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

/// Answers whether there is a row for it now: not when another pull request has its number, which GitHub never gives
/// twice.
pub(crate) async fn take_in(
    tx: &Tx,
    repository_id: i64,
    repository: &RepoName,
    new: &PullRequestSnapshot,
    seen: Seen,
) -> Result<bool, Error> {
    let ((), cached) = futures::try_join!(lock_commit(tx, repository_id, &new.head_sha), async {
        Ok(pull_requests::lock_pull_request().bind(tx, &new.id.0).opt().await?)
    })?;
    if let Some(old) = &cached {
        let same = old.title == new.title
            && old.body == new.body
            && old.state == new.state.as_str()
            && old.draft == new.draft
            && old.head_sha == new.head_sha
            && old.head_ref == new.head_ref
            && old.base_ref == new.base_ref
            && old.fork == new.fork
            && old.labels == new.labels
            // GitHub computes it later, under the same version; only a single read tells it.
            && (new.mergeable.is_none() || old.mergeable == new.mergeable);
        let source = if matches!(seen, Seen::Read(_)) { Source::Read } else { Source::Delivery };
        match freshness(Some(old.github_updated_at), new.updated_at, same, source) {
            Freshness::Older | Freshness::Same => return Ok(true),
            Freshness::Tie => {
                pull_requests::want_pull_request_reread().bind(tx, &new.id.0).await?;
                return Ok(true);
            }
            Freshness::Newer => {}
        }
    }
    let other = pull_requests::other_of_number();
    if cached.is_none() && other.bind(tx, &repository_id, &new.number, &new.id.0).opt().await?.is_some() {
        tracing::error!(pull_request = %new.id, number = new.number, "another pull request has this number");
        return Ok(false);
    }
    let closes = closing_references(&new.body, &repository.to_string());
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
            &new.fork,
            &new.mergeable,
            &new.labels,
            &new.created_at,
            &new.updated_at,
            &new.merged_at,
            &numbers(&closes, new.fork, &new.head_ref),
        )
        .await?;
    card::doubt(tx, new).await?;
    // What no webhook has told of it, or not all of it: reviews and checks may have been missed too.
    if seen == Seen::List || (cached.is_none() && new.updated_at > new.created_at) {
        follow_ups::want_follow_up().bind(tx, &[new.id.0].as_slice()).await?;
    }
    link(tx, repository_id, new.id).await?;
    follow_up::settle(tx, &[new.id.0]).await?;
    Ok(true)
}

/// One commit at a time: a check of it and a pull request that gets it must see each other.
pub(crate) async fn lock_commit(tx: &Tx, repository_id: i64, sha: &str) -> Result<(), Error> {
    pull_requests::lock_commit().bind(tx, &repository_id, &sha).one().await?;
    Ok(())
}

fn numbers(closes: &[i32], fork: bool, head_ref: &str) -> Vec<i32> {
    let named = branch_reference(head_ref).filter(|_| !fork);
    closes.iter().copied().chain(named).collect()
}

/// Links a pull request, whose row is locked, to the issues it belongs to.
pub(crate) async fn link(tx: &Tx, repository_id: i64, id: PullRequestId) -> Result<(), Error> {
    let row = pull_requests::linked_by().bind(tx, &id.0).one().await?;
    pull_requests::link_issues()
        .bind(
            tx,
            &repository_id,
            &row.closes,
            &row.closing_references,
            &row.head_ref,
            &row.fork,
            &row.number,
            &id.0,
        )
        .await?;
    Ok(())
}

/// A claim ended with a report: the pull request that it names belongs to its issue, and what a fix had been told of is
/// answered unless it failed. The claim's issue is locked.
pub(crate) async fn reported(
    tx: &Tx,
    claim: &Claim,
    repository_id: i64,
    report: &Report,
) -> Result<(), Error> {
    if let Some(number) = report.pull_request_number {
        let linked =
            pull_requests::link_reported().bind(tx, &claim.issue_id, &repository_id, &number).opt().await?;
        if let Some(id) = linked {
            follow_up::offer(tx, id).await?;
        }
    }
    let answers = !matches!(report.outcome, Outcome::Failed | Outcome::NeedsDecision);
    if answers
        && let Some(target) = fix_target(tx, &claim.kind, claim.work_id).await?
        && let Some(id) = target.pull_request_id
    {
        follow_up::answered(tx, ClaimId(claim.id), id).await?;
    }
    Ok(())
}

/// Something happened to a pull request that the delivery does not tell: read it again.
pub(crate) async fn touched(tx: &Tx, repository_id: i64, number: i32) -> Result<(), Error> {
    pull_requests::want_reread_by_number().bind(tx, &repository_id, &number).await?;
    Ok(())
}

/// A branch has other commits: what merges into it is read again, because it may conflict by now.
pub(crate) async fn base_moved(tx: &Tx, repository_id: i64, branch: &str) -> Result<(), Error> {
    pull_requests::want_reread_by_base().bind(tx, &repository_id, &branch).await?;
    Ok(())
}
