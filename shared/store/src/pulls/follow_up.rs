//! What follows from reviews, checks and conflicts: the roll-ups that are shown, the evidence, and the work.

use dispatch_domain::checks::{CheckRun, CheckState, CommitStatus, roll_up};
use dispatch_domain::evidence::{Facts, evidence};
use dispatch_domain::ids::{ClaimId, PullRequestId};
use dispatch_domain::rank::rank_key;
use dispatch_domain::review::{Review, ReviewComment, ReviewState, decision};
use dispatch_domain::status::Status;
use dispatch_queries::queries::follow_ups;
use jiff::SignedDuration;

use super::checks;
use crate::db::Tx;
use crate::error::Error;
use crate::issue::save::priority;
use crate::issue::{to_json, word};

/// A list of these pull requests changed: `reviews`, `comments`, `runs`, `statuses`, as read by sync, or `threads`. Their
/// rows are locked.
pub(crate) async fn changed(tx: &Tx, list: &'static str, pull_requests: &[i64]) -> Result<(), Error> {
    if pull_requests.is_empty() {
        return Ok(());
    }
    follow_ups::changed().bind(tx, &list, &pull_requests).await?;
    settle(tx, pull_requests).await
}

/// Only a read can tell what is right.
pub(crate) async fn want(tx: &Tx, pull_request: PullRequestId) -> Result<(), Error> {
    follow_ups::want_follow_up().bind(tx, &[pull_request.0].as_slice()).await?;
    Ok(())
}

/// Derives everything anew from what is cached. The rows of the pull requests are locked.
pub(crate) async fn settle(tx: &Tx, pull_requests: &[i64]) -> Result<(), Error> {
    lock_issues(tx, pull_requests).await?;
    for id in pull_requests {
        derive(tx, *id).await?;
        offer(tx, *id).await?;
    }
    Ok(())
}

/// Locks everything whose work these pull requests may change, in one order for all.
pub(crate) async fn lock_issues(tx: &Tx, pull_requests: &[i64]) -> Result<(), Error> {
    follow_ups::lock_linked_issues().bind(tx, &pull_requests).all().await?;
    Ok(())
}

async fn derive(tx: &Tx, id: i64) -> Result<(), Error> {
    let row = follow_ups::pull_request_facts().bind(tx, &id).one().await?;
    let (reviews, comments, runs, statuses) = futures::try_join!(
        async { Ok::<_, Error>(follow_ups::reviews().bind(tx, &id).all().await?) },
        async { Ok(follow_ups::comments().bind(tx, &id).all().await?) },
        async { Ok(follow_ups::runs().bind(tx, &row.repository_id, &row.head_sha).all().await?) },
        async { Ok(follow_ups::statuses().bind(tx, &row.repository_id, &row.head_sha).all().await?) },
    )?;
    let reviews: Vec<Review> = reviews.into_iter().map(review).collect();
    let comments: Vec<ReviewComment> = comments.into_iter().map(comment).collect();
    let runs: Vec<CheckRun> = runs.into_iter().map(checks::cached).collect();
    let statuses: Vec<CommitStatus> = statuses.into_iter().map(status).collect();
    let rolled = roll_up(&runs, &statuses);
    let found = evidence(&Facts {
        state: word(&row.state)?,
        draft: row.draft,
        author: row.author.as_deref(),
        head_sha: &row.head_sha,
        mergeable: row.mergeable,
        intake: word(&row.intake)?,
        reviews: &reviews,
        comments: &comments,
        runs: &runs,
        statuses: &statuses,
    });
    let decided = decision(&reviews, row.author.as_deref()).map(|decision| decision.as_str());
    let keys: Vec<&str> = found.iter().map(|one| one.key.as_str()).collect();
    futures::try_join!(
        async {
            let checks = rolled.state.map(CheckState::as_str);
            Ok::<_, Error>(
                follow_ups::write_roll_up().bind(tx, &decided, &checks, &rolled.failing, &id).await?,
            )
        },
        async { Ok(follow_ups::withdraw_evidence().bind(tx, &id, &keys).await?) },
        async {
            match found.is_empty() {
                true => Ok(0),
                false => Ok(follow_ups::add_evidence().bind(tx, &id, &to_json(&found)).await?),
            }
        },
    )?;
    Ok(())
}

/// Makes the work that the open evidence asks for, or takes it back. Its issue is locked.
pub(crate) async fn offer(tx: &Tx, id: i64) -> Result<(), Error> {
    let Some(row) = follow_ups::fix_inputs().bind(tx, &id).opt().await? else {
        // No issue says in whose queue and under which rules: it gets a card of its own (see `card`).
        follow_ups::withdraw_fix_work().bind(tx, &id).await?;
        return Ok(());
    };
    let Some(since) = row.since else {
        follow_ups::withdraw_fix_work().bind(tx, &id).await?;
        return Ok(());
    };
    let offered = !row.closed && row.state == "open" && !row.fork && starts(word(&row.status)?);
    let rank = rank_key(since, priority(row.priority.as_deref()), SignedDuration::ZERO);
    follow_ups::upsert_fix_work()
        .bind(tx, &row.issue_id, &id, &row.lane, &offered, &Some(since), &rank)
        .await?;
    Ok(())
}

/// The statuses of an issue at which fixing its pull request starts.
pub(crate) fn starts(status: Status) -> bool {
    matches!(status, Status::Ready | Status::InReview)
}

/// A fix reported a result: what its agent had been told of is answered. The claim's issue is locked.
pub(crate) async fn answered(tx: &Tx, claim: ClaimId, pull_request: i64) -> Result<(), Error> {
    follow_ups::consume_evidence().bind(tx, &claim.0).await?;
    offer(tx, pull_request).await
}

fn review(row: follow_ups::Reviews) -> Review {
    Review {
        id: row.id,
        author: row.author,
        author_association: row.author_association,
        state: ReviewState::of(&row.state),
        body: row.body,
        commit: row.commit_sha,
        url: row.url,
        submitted_at: row.submitted_at,
    }
}

fn comment(row: follow_ups::Comments) -> ReviewComment {
    ReviewComment {
        id: row.id,
        review: row.review_id,
        in_reply_to: row.in_reply_to,
        author: row.author,
        author_association: row.author_association,
        path: row.path,
        line: row.line,
        body: row.body,
        url: row.url,
        created_at: row.github_created_at,
        updated_at: row.github_updated_at,
    }
}

fn status(row: follow_ups::Statuses) -> CommitStatus {
    CommitStatus {
        id: row.id,
        sha: row.sha,
        context: row.context,
        state: row.state,
        description: row.description,
        url: row.url,
        updated_at: row.github_updated_at,
    }
}
