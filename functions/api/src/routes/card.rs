//! Purpose: the card, the one shape of an issue on the board, in lists, in the feed and in answers.

use dispatch_store::board;
use dispatch_store::claims::LinkedPullRequest;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An issue as the board shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Card {
    /// GitHub's id of the issue.
    #[schema(example = "41001")]
    issue_id: String,
    #[schema(example = "octo-demo/web")]
    repo_full_name: String,
    #[schema(example = 7)]
    issue_number: i32,
    title: String,
    url: String,
    /// On GitHub: `open` or `closed`.
    state: &'static str,
    /// Here: `backlog`, `ready`, `in-progress`, `in-review`, `blocked` or `done`. It follows an unfinished write.
    #[schema(example = "ready")]
    status: String,
    /// `p0` to `p3`.
    priority: Option<String>,
    /// From the label `type/*`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// From the label `owner/*`.
    owner: Option<String>,
    /// From the label `agent/*`.
    agent: Option<String>,
    lane: String,
    /// As GitHub shows them.
    labels: Vec<String>,
    comments: i32,
    /// When it was opened on GitHub.
    created_at: Timestamp,
    /// GitHub's time of the last change.
    updated_at: Timestamp,
    /// Since when it has its status, as far as it is known: of what was found with it, the last change before that.
    status_since: Timestamp,
    ready_since: Option<Timestamp>,
    /// Who works on it now.
    claim: Option<CardClaim>,
    /// A write to GitHub that is not confirmed yet.
    pending: Option<PendingWrite>,
    /// Why it cannot go on.
    blocked: Option<Blocked>,
    /// What a person should look at: `needs_input`, `no_change_needed`, `already_addressed`, `issue_updated`,
    /// `quarantined`, `contested`, `write_failed`, `status_done_open`.
    attention: Vec<String>,
    /// What is odd about its labels, as sentences.
    problems: Vec<String>,
    /// Why it is not handed out although it is ready.
    hold: Option<Hold>,
    pull_requests: Vec<PullRequest>,
    /// How many open issues it waits for.
    blocked_by: i32,
    /// How many open issues wait for it.
    unblocks: i32,
    /// All issues of the circle in which it waits for itself, `owner/name#number`; empty when there is none.
    cycle: Vec<String>,
}

/// Who holds the work now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CardClaim {
    id: String,
    agent_name: String,
    acquired_at: Timestamp,
    /// When the lease ends, unless it is renewed.
    expires_at: Timestamp,
    phase: Option<String>,
    attempt: i32,
}

/// A label write that GitHub has not confirmed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PendingWrite {
    mutation_id: String,
    /// `pending`, `leased` (a writer is at it) or `parked` (it failed, and a person has to retry it).
    state: String,
    since: Timestamp,
    attempts: i32,
    retry_at: Option<Timestamp>,
    error: Option<String>,
    /// The status it leads to.
    to_status: Option<String>,
}

/// Why work cannot go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Blocked {
    /// `needs_input`, `waiting` or `infrastructure`.
    kind: String,
    reason: String,
    /// By then it is over, as the agent said: the issue is ready again.
    until: Option<Timestamp>,
}

/// Why ready work is not handed out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hold {
    /// The gate that holds it back.
    code: &'static str,
    message: String,
}

/// A pull request that is linked to the issue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PullRequest {
    number: i32,
    url: String,
    title: String,
    /// `open`, `closed` or `merged`.
    state: String,
    draft: bool,
    /// Whether it merges without conflict; null while GitHub has not computed it.
    mergeable: Option<bool>,
    /// What its reviews come to: `approved`, `changes_requested`, or null.
    review_decision: Option<String>,
    /// What the checks of its last commit come to: `passed`, `pending`, `failed`; null when nothing checks it.
    checks: Option<String>,
    /// Names of the checks that failed.
    failing_checks: Vec<String>,
    /// Open facts that ask for a fix: failed checks, requested changes, comments on lines, a conflict.
    evidence: i64,
    /// Whether a fix of it is offered to agents now.
    fix_offered: bool,
}

impl From<LinkedPullRequest> for PullRequest {
    fn from(row: LinkedPullRequest) -> Self {
        Self {
            number: row.number,
            url: row.url,
            title: row.title,
            state: row.state,
            draft: row.draft,
            mergeable: row.mergeable,
            review_decision: row.review_decision,
            checks: row.checks,
            failing_checks: row.failing_checks,
            evidence: row.evidence,
            fix_offered: row.fix_offered,
        }
    }
}

impl From<board::Card> for Card {
    fn from(card: board::Card) -> Self {
        let attention = attention(&card.row);
        let pending = pending(&card);
        let row = card.row;
        Self {
            issue_id: row.id.to_string(),
            repo_full_name: format!("{}/{}", row.repo_owner, row.repo_name),
            issue_number: row.number,
            title: row.title,
            url: row.url,
            state: if row.closed { "closed" } else { "open" },
            status: row.status,
            priority: row.priority,
            kind: row.kind,
            owner: row.owner,
            agent: row.agent,
            lane: row.lane,
            labels: row.labels,
            comments: row.comments,
            created_at: row.github_created_at,
            updated_at: row.github_updated_at,
            status_since: row.status_since,
            ready_since: row.ready_since,
            claim: row
                .claim_id
                .zip(row.claim_agent)
                .zip(row.claim_acquired_at)
                .zip(row.claim_expires_at)
                .map(|(((id, agent_name), acquired_at), expires_at)| CardClaim {
                    id: id.to_string(),
                    agent_name,
                    acquired_at,
                    expires_at,
                    phase: row.claim_phase,
                    attempt: row.claim_attempt.unwrap_or(1),
                }),
            pending,
            blocked: row.block_reason.map(|reason| Blocked {
                kind: row.block_kind.unwrap_or_default(),
                reason,
                until: row.block_until,
            }),
            attention,
            problems: row.problems,
            hold: card.hold.map(|(code, message)| Hold { code, message }),
            pull_requests: card.pull_requests.into_iter().map(PullRequest::from).collect(),
            blocked_by: row.waits_for.unwrap_or(0),
            unblocks: row.unblocks.unwrap_or(0),
            cycle: card.cycle,
        }
    }
}

fn pending(card: &board::Card) -> Option<PendingWrite> {
    let row = &card.row;
    Some(PendingWrite {
        mutation_id: row.mutation_id?.to_string(),
        state: row.mutation_state.clone()?,
        since: row.mutation_since?,
        attempts: row.mutation_attempts.unwrap_or(0),
        retry_at: row.mutation_retry_at,
        error: row.mutation_error.clone(),
        to_status: card.to_status.map(|status| status.to_string()),
    })
}

/// Everything about a card that waits for a person.
fn attention(row: &board::CardRow) -> Vec<String> {
    let parked = row.mutation_state.as_deref() == Some("parked");
    let contested =
        parked && row.mutation_error.as_deref().is_some_and(|error| error.starts_with("contested"));
    let mut attention: Vec<String> = row.attention.iter().cloned().collect();
    let also = [
        (row.quarantined_at.is_some(), "quarantined"),
        (contested, "contested"),
        (parked && !contested, "write_failed"),
        (row.status == "done" && !row.closed, "status_done_open"),
    ];
    attention.extend(also.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned()));
    attention
}
