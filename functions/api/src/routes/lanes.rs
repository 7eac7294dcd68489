//! Purpose: the queues that agents poll. Changing and removing may be repeated; creating twice answers 409.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dispatch_domain::ids::{AgentName, LaneName};
use dispatch_domain::lane::{Colour, LARGEST_WIP_LIMIT, LaneRole};
use dispatch_store::Db;
use dispatch_store::lanes::{self, LaneChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Success;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Body, Keyed, Parsed, Text, Whole, bounded, maybe_null};

/// A queue. It is there from the first label that names it, with the settings of a plain queue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Lane {
    /// The value of the label `lane/*`.
    #[schema(example = "default")]
    name: String,
    /// What belongs in it.
    description: String,
    /// Agents are given work from it.
    claimable: bool,
    /// `default`: unlabelled work stands here. `escalation`: agents send here what is beyond them.
    role: Option<String>,
    /// No new claims for the time being; claims that are held go on.
    paused: bool,
    /// Active claims at the same time; null: no limit.
    wip_limit: Option<i32>,
    /// Suggested when its work is assigned by hand. It reserves nothing.
    default_agent: Option<String>,
    /// `#rrggbb`.
    colour: Option<String>,
    /// Pieces of work that are offered now.
    offered: i64,
    /// Active claims.
    claimed: i64,
}

impl From<lanes::Lane> for Lane {
    fn from(row: lanes::Lane) -> Self {
        Self {
            name: row.name,
            description: row.description,
            claimable: row.claimable,
            role: row.role,
            paused: row.paused,
            wip_limit: row.wip_limit,
            default_agent: row.default_agent,
            colour: row.colour,
            offered: row.offered,
            claimed: row.claimed,
        }
    }
}

/// List lanes
#[utoipa::path(
    get,
    path = "/api/lanes",
    operation_id = "listLanes",
    tag = "administration",
    responses((status = 200, description = "All of them, that of unlabelled work first.", body = Vec<Lane>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<Lane>>> {
    Ok(Json(lanes::list(&db).await?.into_iter().map(Lane::from).collect()))
}

/// Settings of a lane. What is left out stays as it is; null takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "name": "deep", "description": "Needs the large model.", "wipLimit": 2 }))]
pub(crate) struct LaneRequest {
    /// Only when it is created: a lane is called what its labels are called.
    #[schema(value_type = Option<String>)]
    name: Option<Parsed<LaneName>>,
    #[schema(value_type = Option<String>)]
    description: Option<Text<2000>>,
    claimable: Option<bool>,
    paused: Option<bool>,
    /// Taken from the lane that had it.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<crate::input::words::LaneRole>)]
    role: Option<Option<Parsed<LaneRole>>>,
    /// 0 to 10000.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<i32>)]
    wip_limit: Option<Option<Whole>>,
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<String>)]
    default_agent: Option<Option<Parsed<AgentName>>>,
    /// `#rrggbb`.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<String>)]
    colour: Option<Option<Parsed<Colour>>>,
}

impl LaneRequest {
    fn change(self) -> ApiResult<LaneChange> {
        Ok(LaneChange {
            description: self.description.map(Text::into_inner),
            claimable: self.claimable,
            paused: self.paused,
            role: self.role.map(|role| role.map(|role| role.0)),
            wip_limit: bounded("wipLimit", self.wip_limit, LARGEST_WIP_LIMIT)?,
            default_agent: self.default_agent.map(|agent| agent.map(|agent| agent.0)),
            colour: self.colour.map(|colour| colour.map(|colour| colour.0)),
        })
    }
}

/// Create a lane
#[utoipa::path(
    post,
    path = "/api/lanes",
    operation_id = "createLane",
    tag = "administration",
    request_body = LaneRequest,
    responses(
        (status = 201, description = "Created.", body = Lane),
        (status = 409, description = "`conflict`: there is one of that name.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn create(
    State(db): State<Db>,
    caller: Caller,
    Keyed(request, key): Keyed<LaneRequest>,
) -> ApiResult<(StatusCode, Json<Lane>)> {
    let missing = || ApiError::invalid("name", "name: say what the lane is called");
    let name = request.name.as_ref().map(|name| name.0.clone()).ok_or_else(missing)?;
    let lane = lanes::create(&db, &name, &request.change()?, key.as_ref(), &caller.who()).await?;
    Ok((StatusCode::CREATED, Json(lane.into())))
}

/// Change or pause a lane
#[utoipa::path(
    patch,
    path = "/api/lanes/{name}",
    operation_id = "changeLane",
    tag = "administration",
    params(("name" = String, Path)),
    request_body = LaneRequest,
    responses(
        (status = 200, description = "Changed.", body = Lane),
        (status = 404, description = "There is no such lane.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: the role `default` is given away, not taken away.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn change(
    State(db): State<Db>,
    caller: Caller,
    Path(name): Path<String>,
    Body(request): Body<LaneRequest>,
) -> ApiResult<Json<Lane>> {
    let name = name.parse()?;
    if request.name.as_ref().is_some_and(|other| other.0 != name) {
        let message = "name: a lane is called what its labels are called, and keeps its name";
        return Err(ApiError::invalid("name", message));
    }
    Ok(Json(lanes::change(&db, &name, &request.change()?, &caller.who()).await?.into()))
}

/// Remove a lane in which nothing stands
#[utoipa::path(
    delete,
    path = "/api/lanes/{name}",
    operation_id = "removeLane",
    tag = "administration",
    params(("name" = String, Path)),
    responses(
        (status = 200, description = "Removed.", body = Success),
        (status = 404, description = "There is no such lane.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it has a role or open issues.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn remove(
    State(db): State<Db>,
    caller: Caller,
    Path(name): Path<String>,
) -> ApiResult<Json<Success>> {
    lanes::remove(&db, &name.parse()?, &caller.who()).await?;
    Ok(Json(Success::YES))
}
