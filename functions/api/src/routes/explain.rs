//! Purpose: why work is or is not handed out. Retry freely: looking reserves nothing.

use axum::Json;
use axum::extract::State;
use dispatch_domain::gate::GateResult;
use dispatch_domain::ids::{AgentName, IssueId, LaneName};
use dispatch_store::Db;
use dispatch_store::claims::CandidateRow;
use dispatch_store::claims::explain::{self, Explained, Explanation, Queued};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::card::Card;
use super::limit;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Id, Line, Params, Parsed, Whole, blank_is_none};

/// For whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExplainQuery {
    /// As this agent would be told; `me` is the one that asks. Without it: as whoever comes, or whom it is reserved for.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    agent: Option<Line<64>>,
}

/// Which part of the queue, and for whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QueueQuery {
    /// Of this lane; all lanes, unless it is said.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    lane: Option<Parsed<LaneName>>,
    /// As this agent would be told; `me` is the one that asks. Without it: as whoever comes.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    agent: Option<Line<64>>,
    /// At most so many, 1 to 1000; 100 unless it is said.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

/// Whether an issue's work would be handed out now, and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExplainAnswer {
    issue: Card,
    /// For whom this was decided; null for whoever comes.
    agent_name: Option<String>,
    /// The time of the decision.
    now: Timestamp,
    /// Its work, a fix first. Empty when the issue was closed before it was seen.
    work: Vec<WorkExplained>,
    /// What it waits for: open or done.
    waits_for: Vec<Dependency>,
    /// Open issues that wait for it.
    unblocks: Vec<Dependency>,
    /// All issues of the circle in which it waits for itself, `owner/name#number`; empty when there is none.
    cycle: Vec<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkExplained {
    /// `implement` or `fix`.
    kind: String,
    lane: String,
    /// Whether it would be handed out, were it asked for: no gate fails.
    claimable: bool,
    /// When it will be, if all that holds it back passes by itself.
    claimable_at: Option<Timestamp>,
    /// Every gate, in the order in which they are tried.
    gates: Vec<GateAnswer>,
    rank: Rank,
}

/// What one gate says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GateAnswer {
    /// The same code as in the reasons of an empty answer to `POST /api/claims`.
    #[schema(example = "dependencies")]
    code: &'static str,
    passed: bool,
    /// Why, as a sentence.
    message: String,
    /// What would let it pass.
    remedy: Option<&'static str>,
    /// When it passes by itself, if that is known.
    retry_at: Option<Timestamp>,
}

/// Where work stands in the queue of its lane.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rank {
    /// The smaller, the earlier: ready since, minus a weight for priority, minus a bonus for what it unblocks.
    key: Timestamp,
    ready_since: Option<Timestamp>,
    priority: Option<String>,
    /// How many open issues wait for it.
    unblocks: i32,
    /// How much would be handed out before it, to the same agent and in the same lane; counted up to 1000 places ahead.
    ahead: usize,
    /// The first of that.
    first_ahead: Vec<QueueEntry>,
}

/// One issue that another one waits for, or that waits.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dependency {
    /// Null when it was never seen here.
    issue_id: Option<String>,
    repo_full_name: String,
    issue_number: i32,
    title: Option<String>,
    /// `blocked_by`, or `sub_issue`: a parent waits for its parts.
    relation: String,
    /// `native` (GitHub's own relation) or `body` (named in the text).
    source: String,
    /// Whether it is known to be open: only then does anything wait for it.
    open: bool,
}

/// One place in the queue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueEntry {
    issue_id: String,
    repo_full_name: String,
    issue_number: i32,
    title: String,
    /// `implement` or `fix`.
    kind: String,
    lane: String,
    priority: Option<String>,
    ready_since: Option<Timestamp>,
    /// The smaller, the earlier.
    rank_key: Timestamp,
    unblocks: i32,
    /// Whether it would be handed out now.
    claimable: bool,
    /// The first gate that holds it back.
    hold: Option<GateAnswer>,
}

/// Explain an issue
///
/// Every gate with pass or fail and a sentence, the rank, and what is ahead. Decided by the same function that hands out
/// work: what is claimable here is handed out to that agent, unless somebody else is faster.
#[utoipa::path(
    get,
    path = "/api/issues/{id}/explain",
    operation_id = "explainIssue",
    tag = "claims",
    params(("id" = String, Path, description = "GitHub's id of the issue."), ExplainQuery),
    responses((status = 200, description = "Why.", body = ExplainAnswer))
)]
pub(crate) async fn issue(
    State(db): State<Db>,
    caller: Caller,
    Id(id): Id,
    Params(query): Params<ExplainQuery>,
) -> ApiResult<Json<ExplainAnswer>> {
    let agent = whom(&caller, query.agent.as_deref())?;
    Ok(Json(ExplainAnswer::from(explain::issue(&db, IssueId(id), agent.as_ref()).await?)))
}

/// Look at the queue
///
/// Ready work in the order in which it is handed out, with the first gate that holds each back. Reserves nothing.
#[utoipa::path(
    get,
    path = "/api/queue",
    operation_id = "lookAtQueue",
    tag = "claims",
    params(QueueQuery),
    responses((status = 200, description = "The queue, in its order.", body = Vec<QueueEntry>))
)]
pub(crate) async fn queue(
    State(db): State<Db>,
    caller: Caller,
    Params(query): Params<QueueQuery>,
) -> ApiResult<Json<Vec<QueueEntry>>> {
    let agent = whom(&caller, query.agent.as_deref())?;
    let lanes: Vec<LaneName> = query.lane.into_iter().map(|lane| lane.0).collect();
    let queue = explain::queue(&db, &lanes, agent.as_ref(), limit(query.limit, 100)?).await?;
    Ok(Json(queue.into_iter().map(QueueEntry::from).collect()))
}

fn whom(caller: &Caller, agent: Option<&str>) -> ApiResult<Option<AgentName>> {
    match agent {
        None => Ok(None),
        Some("me") => {
            let nameless =
                || ApiError::invalid("agent", "agent: say which agent you are in the header X-Agent-Name");
            caller.agent.clone().ok_or_else(nameless).map(Some)
        }
        Some(name) => Ok(Some(name.parse()?)),
    }
}

impl From<Explanation> for ExplainAnswer {
    fn from(told: Explanation) -> Self {
        let waits_for = told.waits_for.into_iter().map(|row| Dependency {
            issue_id: row.target_id.map(|id| id.to_string()),
            repo_full_name: format!("{}/{}", row.owner, row.name),
            issue_number: row.number,
            title: row.title,
            relation: row.relation,
            source: row.source,
            open: row.open,
        });
        let unblocks = told.unblocks.into_iter().map(|row| Dependency {
            issue_id: Some(row.id.to_string()),
            repo_full_name: format!("{}/{}", row.owner, row.name),
            issue_number: row.number,
            title: Some(row.title),
            relation: row.relation,
            source: row.source,
            open: true,
        });
        Self {
            agent_name: told.agent.map(|agent| agent.to_string()),
            now: told.now,
            work: told.work.into_iter().map(WorkExplained::from).collect(),
            waits_for: waits_for.collect(),
            unblocks: unblocks.collect(),
            cycle: told.card.cycle.clone(),
            issue: Card::from(told.card),
        }
    }
}

impl From<Explained> for WorkExplained {
    fn from(work: Explained) -> Self {
        let claimable = work.claimable();
        let row = work.row;
        Self {
            kind: row.kind,
            lane: row.lane,
            claimable,
            claimable_at: work.opens_at,
            gates: work.gates.into_iter().map(GateAnswer::from).collect(),
            rank: Rank {
                key: row.rank_key,
                ready_since: row.ready_since,
                priority: row.priority,
                unblocks: row.unblocks,
                ahead: work.ahead.count,
                first_ahead: work.ahead.first.into_iter().map(|row| entry(row, None)).collect(),
            },
        }
    }
}

impl From<GateResult> for GateAnswer {
    fn from(result: GateResult) -> Self {
        Self {
            code: result.gate.as_str(),
            passed: result.passed,
            message: result.sentence,
            remedy: result.remedy,
            retry_at: result.retry_at,
        }
    }
}

impl From<Queued> for QueueEntry {
    fn from(queued: Queued) -> Self {
        entry(queued.row, queued.hold.map(GateAnswer::from))
    }
}

fn entry(row: CandidateRow, hold: Option<GateAnswer>) -> QueueEntry {
    QueueEntry {
        issue_id: row.issue_id.to_string(),
        repo_full_name: format!("{}/{}", row.owner, row.name),
        issue_number: row.number,
        title: row.title,
        kind: row.kind,
        lane: row.lane,
        priority: row.priority,
        ready_since: row.ready_since,
        rank_key: row.rank_key,
        unblocks: row.unblocks,
        claimable: hold.is_none(),
        hold,
    }
}
