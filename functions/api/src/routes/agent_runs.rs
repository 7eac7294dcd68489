//! Purpose: what agents did, in their own words. Recording twice makes two runs, unless both come under one
//! `Idempotency-Key`; listing may be repeated.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_domain::ids::AgentName;
use dispatch_store::Db;
use dispatch_store::agent_runs::{self, NewRun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::limit;
use crate::auth::{Caller, Roster};
use crate::error::{ApiError, ApiResult};
use crate::input::{Keyed, LIST, Line, Params, Parsed, Text, When, Whole};

/// How many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RunsQuery {
    /// At most so many, 1 to 1000; 50 unless it is said.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

/// One run: a claim's, or one that an agent reported itself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgentRun {
    id: String,
    agent_name: String,
    /// `implement` or `fix` for a claim; otherwise the agent's own word, such as `heartbeat`.
    run_type: String,
    /// The outcome of a claim, `running`, or the agent's own word.
    status: String,
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    summary: Option<String>,
    error_message: Option<String>,
    notes: Option<String>,
    touched_issue_urls: Vec<String>,
    claim_id: Option<String>,
}

impl From<agent_runs::AgentRun> for AgentRun {
    fn from(row: agent_runs::AgentRun) -> Self {
        Self {
            id: row.id.to_string(),
            agent_name: row.agent,
            run_type: row.run_type,
            status: row.status,
            started_at: Some(row.started_at),
            finished_at: row.finished_at,
            summary: row.summary,
            error_message: row.error_message,
            notes: row.notes,
            touched_issue_urls: row.touched_issue_urls,
            claim_id: row.claim_id.map(|id| id.to_string()),
        }
    }
}

/// List agent runs, newest first
#[utoipa::path(
    get,
    path = "/api/agent-runs",
    operation_id = "listAgentRuns",
    tag = "agents",
    params(RunsQuery),
    responses((status = 200, description = "The runs.", body = Vec<AgentRun>))
)]
pub(crate) async fn list(
    State(db): State<Db>,
    Params(query): Params<RunsQuery>,
) -> ApiResult<Json<Vec<AgentRun>>> {
    let runs = agent_runs::recent(&db, limit(query.limit, 50)?).await?;
    Ok(Json(runs.into_iter().map(AgentRun::from).collect()))
}

/// What an agent did.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "agentName": "alpha", "runType": "heartbeat", "status": "completed" }))]
pub(crate) struct AgentRunRequest {
    /// Which agent; the header `X-Agent-Name` says it too.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
    #[schema(value_type = String)]
    run_type: Line<64>,
    #[schema(value_type = String)]
    status: Line<64>,
    /// Now, unless it is said.
    #[schema(value_type = Option<Timestamp>)]
    started_at: Option<When>,
    #[schema(value_type = Option<Timestamp>)]
    finished_at: Option<When>,
    #[schema(value_type = Option<String>)]
    summary: Option<Text<20_000>>,
    #[schema(value_type = Option<String>)]
    error_message: Option<Text<20_000>>,
    #[schema(value_type = Option<String>)]
    notes: Option<Text<20_000>>,
    /// At most 100 addresses.
    #[schema(value_type = Option<Vec<String>>)]
    touched_issue_urls: Option<Vec<Line<500>>>,
}

/// The stored run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgentRunAnswer {
    success: bool,
    id: String,
}

/// Record an agent run
#[utoipa::path(
    post,
    path = "/api/agent-runs",
    operation_id = "recordAgentRun",
    tag = "agents",
    request_body = AgentRunRequest,
    responses((status = 201, description = "Stored.", body = AgentRunAnswer))
)]
pub(crate) async fn record(
    State(db): State<Db>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Keyed(request, key): Keyed<AgentRunRequest>,
) -> ApiResult<(StatusCode, Json<AgentRunAnswer>)> {
    let named = request.agent_name.as_ref().map(|name| &name.0);
    let agent = caller.acting(&db, &roster, named).await?;
    let agent = agent.ok_or_else(|| ApiError::invalid("agentName", "agentName: say which agent ran"))?;
    let id = agent_runs::record(&db, &new_run(agent, request)?, key.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(AgentRunAnswer { success: true, id: id.to_string() })))
}

fn new_run(agent: AgentName, request: AgentRunRequest) -> ApiResult<NewRun> {
    for (field, value) in [("runType", &request.run_type), ("status", &request.status)] {
        if value.is_empty() {
            return Err(ApiError::invalid(field, format!("{field}: a word is expected")));
        }
    }
    let urls = request.touched_issue_urls.unwrap_or_default();
    if urls.len() > LIST {
        return Err(ApiError::invalid(
            "touchedIssueUrls",
            format!("touchedIssueUrls: at most {LIST} are accepted"),
        ));
    }
    Ok(NewRun {
        agent,
        run_type: request.run_type.into_inner(),
        status: request.status.into_inner(),
        started_at: request.started_at.map(|at| at.0),
        finished_at: request.finished_at.map(|at| at.0),
        summary: request.summary.map(Text::into_inner),
        error_message: request.error_message.map(Text::into_inner),
        notes: request.notes.map(Text::into_inner),
        touched_issue_urls: urls.into_iter().map(Line::into_inner).collect(),
    })
}
