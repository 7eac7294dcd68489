//! Purpose: the claim as JSON.

use dispatch_store::claims;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// One claim: who holds or held a piece of work.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claim {
    #[schema(example = "9")]
    id: String,
    /// Name it in every write.
    #[schema(example = 12)]
    fence: i64,
    /// `active` or `ended`.
    state: String,
    /// `implement` or `fix`.
    kind: String,
    #[schema(example = "alpha")]
    agent_name: String,
    lane: String,
    issue_id: String,
    repo_full_name: String,
    issue_number: i32,
    /// How often this work was handed out, this time included.
    attempt: i32,
    phase: String,
    /// The branch to work on.
    branch: Option<String>,
    acquired_at: Timestamp,
    renewed_at: Timestamp,
    /// When the lease ends, unless it is renewed.
    expires_at: Timestamp,
    start_head_sha: Option<String>,
    head_sha: Option<String>,
    /// The last checkpoint's sentence.
    note: Option<String>,
    /// The last checkpoint's data.
    #[schema(value_type = Option<Value>)]
    checkpoint: Option<Value>,
    checkpoint_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    /// Why it ended: `completed`, `released`, `blocked`, `expired`, `taken_back`, `reassigned`, `issue_closed`,
    /// `issue_gone`, `stopped`, `escalated`.
    end_reason: Option<String>,
    /// Who ended it, when it was not its holder.
    ended_by: Option<String>,
    /// Why, in their words.
    end_note: Option<String>,
    /// From the first hand-out to the end.
    duration_seconds: Option<i64>,
    /// Where the issue stands now. Anything but `in-progress` while the claim is active: a person decided so.
    issue_status: String,
    outcome: Option<String>,
    pull_request_number: Option<i32>,
    pull_request_url: Option<String>,
    summary: Option<String>,
    evidence: Option<String>,
    model: Option<String>,
    tokens_in: Option<i64>,
    tokens_out: Option<i64>,
    cost_usd: Option<f64>,
}

impl From<claims::Claim> for Claim {
    fn from(row: claims::Claim) -> Self {
        Self {
            id: row.id.to_string(),
            fence: row.fence,
            state: row.state,
            kind: row.kind,
            agent_name: row.agent,
            lane: row.lane,
            issue_id: row.issue_id.to_string(),
            repo_full_name: format!("{}/{}", row.owner, row.name),
            issue_number: row.number,
            attempt: row.attempt,
            phase: row.phase,
            branch: row.branch,
            acquired_at: row.acquired_at,
            renewed_at: row.renewed_at,
            expires_at: row.expires_at,
            start_head_sha: row.start_head_sha,
            head_sha: row.head_sha,
            note: row.note,
            checkpoint: row.checkpoint,
            checkpoint_at: row.checkpoint_at,
            ended_at: row.ended_at,
            end_reason: row.end_reason,
            ended_by: row.ended_by,
            end_note: row.end_note,
            duration_seconds: row.ended_at.map(|end| end.duration_since(row.acquired_at).as_secs()),
            issue_status: row.issue_status,
            outcome: row.outcome,
            pull_request_number: row.pull_request_number,
            pull_request_url: row.pull_request_url,
            summary: row.summary,
            evidence: row.evidence,
            model: row.model,
            tokens_in: row.tokens_in,
            tokens_out: row.tokens_out,
            cost_usd: row.cost_usd,
        }
    }
}

/// A claim and nothing else.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimAnswer {
    pub(in crate::routes) claim: Claim,
}
