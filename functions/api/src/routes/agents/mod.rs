//! Purpose: the agents that operators know, and their [`tokens`]. Changing and removing may be repeated; registering
//! twice answers 409.

mod tokens;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dispatch_domain::agent::LARGEST_CAPACITY;
use dispatch_domain::ids::{AgentName, LaneName};
use dispatch_store::Db;
use dispatch_store::agents::{self, AgentChange};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Success;
use crate::App;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Body, Keyed, Parsed, Text, Whole, bounded, listed, maybe_null};

/// The routes of this folder.
pub(super) fn all() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(change, remove))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
}

/// An agent that was registered, or that ever acted here.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Agent {
    /// The value of the label `agent/*`.
    #[schema(example = "alpha")]
    name: String,
    description: String,
    /// The lanes it works in, in order of preference; empty: any.
    lanes: Vec<String>,
    /// Active claims at the same time; null: no limit, 0: none.
    capacity: Option<i32>,
    /// False: nobody registered it; the bootstrap token acted under this name.
    registered: bool,
    registered_at: Option<Timestamp>,
    /// To the minute.
    last_seen_at: Option<Timestamp>,
    /// Active claims.
    claimed: i64,
    /// Tokens that are not revoked.
    tokens: i64,
}

impl From<agents::Agent> for Agent {
    fn from(row: agents::Agent) -> Self {
        Self {
            name: row.name,
            description: row.description,
            lanes: row.lanes,
            capacity: row.capacity,
            registered: row.registered_at.is_some(),
            registered_at: row.registered_at,
            last_seen_at: row.last_seen_at,
            claimed: row.claimed,
            tokens: row.tokens,
        }
    }
}

/// List agents
#[utoipa::path(
    get,
    path = "/api/agents",
    operation_id = "listAgents",
    tag = "administration",
    responses((status = 200, description = "All of them, by name.", body = Vec<Agent>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<Agent>>> {
    Ok(Json(agents::list(&db).await?.into_iter().map(Agent::from).collect()))
}

/// Settings of an agent. What is left out stays as it is; null takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "name": "alpha", "description": "On the build machine.", "lanes": ["default"], "capacity": 1 }))]
pub(crate) struct AgentRequest {
    /// Only when it is registered: an agent is called what its labels are called.
    #[schema(value_type = Option<String>)]
    name: Option<Parsed<AgentName>>,
    #[schema(value_type = Option<String>)]
    description: Option<Text<2000>>,
    /// Lanes that there are, in order of preference; none: any.
    #[schema(value_type = Option<Vec<String>>)]
    lanes: Option<Vec<Parsed<LaneName>>>,
    /// 0 to 1000.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<i32>)]
    capacity: Option<Option<Whole>>,
}

impl AgentRequest {
    fn change(self) -> ApiResult<AgentChange> {
        let lanes = self.lanes.as_deref().map(|lanes| listed("lanes", Some(lanes))).transpose()?;
        Ok(AgentChange {
            description: self.description.map(Text::into_inner),
            lanes,
            capacity: bounded("capacity", self.capacity, LARGEST_CAPACITY)?,
        })
    }
}

/// Register an agent
#[utoipa::path(
    post,
    path = "/api/agents",
    operation_id = "registerAgent",
    tag = "administration",
    request_body = AgentRequest,
    responses(
        (status = 201, description = "Registered.", body = Agent),
        (status = 400, description = "`lane_unknown`, with the lanes that there are.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it is registered.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn register(
    State(db): State<Db>,
    caller: Caller,
    Keyed(request, key): Keyed<AgentRequest>,
) -> ApiResult<(StatusCode, Json<Agent>)> {
    let missing = || ApiError::invalid("name", "name: say what the agent is called");
    let name = request.name.as_ref().map(|name| name.0.clone()).ok_or_else(missing)?;
    let agent = agents::register(&db, &name, &request.change()?, key.as_ref(), &caller.who()).await?;
    Ok((StatusCode::CREATED, Json(agent.into())))
}

/// Change an agent
#[utoipa::path(
    patch,
    path = "/api/agents/{name}",
    operation_id = "changeAgent",
    tag = "administration",
    params(("name" = String, Path)),
    request_body = AgentRequest,
    responses(
        (status = 200, description = "Changed.", body = Agent),
        (status = 404, description = "There is no such agent.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn change(
    State(db): State<Db>,
    caller: Caller,
    Path(name): Path<String>,
    Body(request): Body<AgentRequest>,
) -> ApiResult<Json<Agent>> {
    let name = name.parse()?;
    if request.name.as_ref().is_some_and(|other| other.0 != name) {
        let message = "name: an agent is called what its labels are called, and keeps its name";
        return Err(ApiError::invalid("name", message));
    }
    Ok(Json(agents::change(&db, &name, &request.change()?, &caller.who()).await?.into()))
}

/// Remove an agent and its tokens
///
/// What it did stays in the history.
#[utoipa::path(
    delete,
    path = "/api/agents/{name}",
    operation_id = "removeAgent",
    tag = "administration",
    params(("name" = String, Path)),
    responses(
        (status = 200, description = "Removed.", body = Success),
        (status = 404, description = "There is no such agent.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it holds work.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn remove(
    State(db): State<Db>,
    caller: Caller,
    Path(name): Path<String>,
) -> ApiResult<Json<Success>> {
    agents::remove(&db, &name.parse()?, &caller.who()).await?;
    Ok(Json(Success::YES))
}
