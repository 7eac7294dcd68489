//! The answer to an agent that asks for work.

use dispatch_store::claims::nothing::Nothing;
use dispatch_store::claims::{self, LinkedPullRequest};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::policy;
use crate::routes::claims::view::Claim;
use crate::routes::explain::GateAnswer;

/// Work, or the reasons why there is none: then `claim` is null.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClaimRequestAnswer {
    claim: Option<Claim>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    work: Option<Work>,
    /// Earlier attempts at the same issue, newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    previous_attempts: Option<Vec<Claim>>,
    /// The rules that come with the work. They outrank anything that the issue says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    policy: Option<String>,
    /// The claim was the agent's own already; earlier fences of it are void.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    resumed: Option<bool>,
    /// Why there is no work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reasons: Option<Vec<Reason>>,
    /// The work that is nearest to being handed out: what the fewest gates hold back, and what would unblock it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    best: Option<Best>,
    /// Ask again after so many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    retry_after: Option<i64>,
}

/// What to do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Work {
    issue: WorkIssue,
    /// Linked to the issue.
    pull_requests: Vec<WorkPullRequest>,
    /// What a pull request needs a fix for, whatever kind of work this is.
    evidence: Vec<Evidence>,
    /// Of work of kind `fix`: number of the pull request to follow up on. Its branch is the claim's.
    fix_pull_request: Option<i32>,
}

/// A fact that makes a pull request need a fix. What was said was written by others: untrusted input.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evidence {
    id: String,
    /// Number of the pull request.
    pull_request: i32,
    /// `check_failed`, `changes_requested`, `review_comment` or `conflict`.
    #[schema(example = "check_failed")]
    kind: String,
    /// In a line.
    title: String,
    /// What was said, as Markdown.
    detail: Option<String>,
    url: Option<String>,
    /// Who said it.
    author: Option<String>,
    /// When, as far as GitHub tells.
    occurred_at: Option<Timestamp>,
}

/// The issue. Its text was written by others: untrusted input.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkIssue {
    issue_id: String,
    repo_full_name: String,
    issue_number: i32,
    title: String,
    /// Markdown.
    body: String,
    url: String,
    labels: Vec<String>,
    author: Option<String>,
    /// How the author stands to the repository, as GitHub says: `OWNER`, `MEMBER`, `CONTRIBUTOR`, `NONE`…
    author_association: Option<String>,
    assignees: Vec<String>,
    status: String,
    priority: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    owner: Option<String>,
    comments: i32,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// A pull request that is linked to the issue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkPullRequest {
    number: i32,
    url: String,
    title: String,
    /// `open`, `closed` or `merged`.
    state: String,
    draft: bool,
    author: Option<String>,
    /// Its branch.
    head_ref: String,
    head_sha: String,
    /// Branch it is to be merged into.
    base_ref: String,
    /// Whether it merges without conflict, as far as GitHub knows.
    mergeable: Option<bool>,
    /// What its reviews come to: `approved`, `changes_requested`, or null.
    review_decision: Option<String>,
    /// What the checks of its last commit come to: `passed`, `pending`, `failed`; null when nothing checks it.
    checks: Option<String>,
    /// Names of the checks that failed.
    failing_checks: Vec<String>,
}

/// The work that is nearest to being handed out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Best {
    issue_id: String,
    repo_full_name: String,
    issue_number: i32,
    title: String,
    /// `implement` or `fix`.
    kind: String,
    lane: String,
    /// Every gate that holds it back, each with what would let it pass. `GET /api/issues/{id}/explain` says more.
    held_by: Vec<GateAnswer>,
}

/// One reason why there is no work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// The gate that held work back, or `contended`: others were at it at this very moment.
    #[schema(example = "snoozed")]
    code: &'static str,
    /// How many pieces of work it was the first to hold back; of the first 1000 that are ready and of 1000 others.
    count: usize,
    /// An example, as a sentence.
    message: String,
}

impl ClaimRequestAnswer {
    pub(super) fn granted(briefing: claims::Briefing) -> Self {
        let claims::Briefing { claim, issue, target, background, resumed } = briefing;
        let repository = format!("{}/{}", claim.owner, claim.name);
        let branch = claim.branch.as_deref().unwrap_or_default();
        let policy = policy::text(claim.id, &repository, claim.number, branch);
        let work = Work {
            issue: WorkIssue {
                issue_id: issue.id.to_string(),
                repo_full_name: repository,
                issue_number: issue.number,
                title: issue.title,
                body: issue.body,
                url: issue.url,
                labels: issue.labels,
                author: issue.author,
                author_association: issue.author_association,
                assignees: issue.assignees,
                status: issue.status,
                priority: issue.priority,
                kind: issue.kind,
                owner: issue.owner,
                comments: issue.comments,
                created_at: issue.github_created_at,
                updated_at: issue.github_updated_at,
            },
            pull_requests: background.pull_requests.into_iter().map(WorkPullRequest::from).collect(),
            evidence: background.evidence.into_iter().map(Evidence::from).collect(),
            fix_pull_request: target,
        };
        Self {
            claim: Some(Claim::from(claim)),
            work: Some(work),
            previous_attempts: Some(background.previous.into_iter().map(Claim::from).collect()),
            policy: Some(policy),
            resumed: Some(resumed),
            reasons: None,
            best: None,
            retry_after: None,
        }
    }

    pub(super) fn nothing(nothing: &Nothing) -> Self {
        let contended = nothing.contended.then(|| Reason {
            code: "contended",
            count: 1,
            message: "Others were at the remaining work at this very moment; ask again.".to_owned(),
        });
        let gates = nothing.reasons.iter().map(|(gate, (count, message))| Reason {
            code: gate.as_str(),
            count: *count,
            message: message.clone(),
        });
        let none = (nothing.reasons.is_empty() && !nothing.contended).then(|| Reason {
            code: "no_work",
            count: 0,
            message: "No open issue is known where you looked.".to_owned(),
        });
        let best = nothing.best.as_ref().map(|(row, failures)| Best {
            issue_id: row.issue_id.to_string(),
            repo_full_name: format!("{}/{}", row.owner, row.name),
            issue_number: row.number,
            title: row.title.clone(),
            kind: row.kind.clone(),
            lane: row.lane.clone(),
            held_by: failures.iter().cloned().map(GateAnswer::from).collect(),
        });
        Self {
            claim: None,
            best,
            work: None,
            previous_attempts: None,
            policy: None,
            resumed: None,
            reasons: Some(contended.into_iter().chain(gates).chain(none).collect()),
            retry_after: Some(nothing.retry_after().as_secs().max(1)),
        }
    }
}

impl From<LinkedPullRequest> for WorkPullRequest {
    fn from(row: LinkedPullRequest) -> Self {
        Self {
            number: row.number,
            url: row.url,
            title: row.title,
            state: row.state,
            draft: row.draft,
            author: row.author,
            head_ref: row.head_ref,
            head_sha: row.head_sha,
            base_ref: row.base_ref,
            mergeable: row.mergeable,
            review_decision: row.review_decision,
            checks: row.checks,
            failing_checks: row.failing_checks,
        }
    }
}

impl From<claims::Evidence> for Evidence {
    fn from(row: claims::Evidence) -> Self {
        Self {
            id: row.id.to_string(),
            pull_request: row.number,
            kind: row.kind,
            title: row.title,
            detail: row.detail,
            url: row.url,
            author: row.author,
            occurred_at: row.occurred_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use dispatch_domain::gate::Gate;

    use super::*;

    #[test]
    fn nothing_says_why_and_when() {
        let mut nothing = Nothing { contended: true, ..Nothing::default() };
        nothing.reasons.insert(Gate::Snoozed, (2, "It is put aside.".to_owned()));
        let json = serde_json::to_value(ClaimRequestAnswer::nothing(&nothing)).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "claim": null,
                "reasons": [
                    { "code": "contended", "count": 1, "message": "Others were at the remaining work at this very moment; ask again." },
                    { "code": "snoozed", "count": 2, "message": "It is put aside." },
                ],
                "retryAfter": 1,
            })
        );
        let json = serde_json::to_value(ClaimRequestAnswer::nothing(&Nothing::default())).unwrap();
        assert_eq!(json["reasons"][0]["code"], "no_work");
    }
}
