//! Purpose: keeping work. Both calls may be repeated; 409 `claim_lost` means stop.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::claim::Phase;
use dispatch_domain::ids::AgentName;
use dispatch_runtime::Queue;
use dispatch_store::Db;
use dispatch_store::claims::lease::{self, Checkpoint};
use serde::Deserialize;
use utoipa::ToSchema;

use super::held;
use super::view::{Claim, ClaimAnswer};
use crate::auth::{Caller, Roster};
use crate::error::ApiResult;
use crate::input::{Data, Id, Keyed, Line, Parsed, Text, Whole};
use crate::routes::nudge::nudge;

/// A sign of life.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "fence": 12, "busyFor": 1800 }))]
pub(crate) struct RenewRequest {
    #[schema(value_type = i64)]
    fence: Whole,
    /// Seconds of silence to come, such as a long build: 0 to 7200.
    #[schema(value_type = Option<i64>)]
    busy_for: Option<Whole>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Renew a lease
///
/// Every five minutes, or before a long silent command with `busyFor`. A lease that ran out can still be renewed while
/// nobody else has the work.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/renew",
    operation_id = "renewClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = RenewRequest,
    responses(
        (status = 200, description = "Renewed.", body = ClaimAnswer),
        (status = 409, description = "`claim_lost`, with why.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn renew(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<RenewRequest>,
) -> ApiResult<Json<ClaimAnswer>> {
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let busy_for = request.busy_for.map(|seconds| seconds.0);
    let who = caller.who_as(&held.agent);
    let (claim, mutation) = lease::renew(&db, &held, busy_for, key.as_ref(), &who).await?;
    nudge(&queue, mutation).await;
    Ok(Json(ClaimAnswer { claim: Claim::from(claim) }))
}

/// How far the work is: for people, and for the next holder.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "fence": 12, "phase": "testing", "note": "Two tests fail yet.", "headSha": "1f0c9e2" }))]
pub(crate) struct CheckpointRequest {
    #[schema(value_type = i64)]
    fence: Whole,
    #[schema(value_type = Option<crate::input::words::Phase>)]
    phase: Option<Parsed<Phase>>,
    /// A sentence for people.
    #[schema(value_type = Option<String>)]
    note: Option<Text<4000>>,
    /// Anything the agent wants back, up to 64 KB of JSON.
    #[schema(value_type = Option<Object>)]
    data: Option<Data>,
    /// The branch it works on.
    #[schema(value_type = Option<String>)]
    branch: Option<Line<250>>,
    /// The commit it is at; a new one counts as progress.
    #[schema(value_type = Option<String>)]
    head_sha: Option<Line<64>>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Store a checkpoint
///
/// Renews the lease too. What is left out stays as it was.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/checkpoint",
    operation_id = "checkpointClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = CheckpointRequest,
    responses(
        (status = 200, description = "Stored.", body = ClaimAnswer),
        (status = 409, description = "`claim_lost`, with why.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn checkpoint(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<CheckpointRequest>,
) -> ApiResult<Json<ClaimAnswer>> {
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let checkpoint = Checkpoint {
        phase: request.phase.map(|phase| phase.0),
        note: request.note.map(Text::into_inner),
        data: request.data.map(|data| data.0),
        branch: request.branch.map(Line::into_inner),
        head_sha: request.head_sha.map(Line::into_inner),
    };
    let who = caller.who_as(&held.agent);
    let (claim, mutation) = lease::checkpoint(&db, &held, &checkpoint, key.as_ref(), &who).await?;
    nudge(&queue, mutation).await;
    Ok(Json(ClaimAnswer { claim: Claim::from(claim) }))
}
