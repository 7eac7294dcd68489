//! Purpose: looking at claims. Retry freely.

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::{AgentName, ClaimId};
use dispatch_store::{Db, claims};
use serde::Deserialize;
use utoipa::IntoParams;

use super::nameless;
use super::view::{Claim, ClaimAnswer};
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Id, Line, Params, Whole, blank_is_none};
use crate::routes::limit;

/// Which claims.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ClaimsQuery {
    /// Of this agent; `me` is the one whose token it is, or the one in `X-Agent-Name`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    agent: Option<Line<64>>,
    /// `active` or `ended`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    state: Option<Line<64>>,
    /// Older than the claim of this id: the last one of the page before.
    #[param(value_type = Option<i64>)]
    before: Option<Whole>,
    /// At most so many, 1 to 1000; 100 unless it is said.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

/// List claims, newest first
#[utoipa::path(
    get,
    path = "/api/claims",
    operation_id = "listClaims",
    tag = "claims",
    params(ClaimsQuery),
    responses((status = 200, description = "The claims.", body = Vec<Claim>))
)]
pub(crate) async fn list(
    State(db): State<Db>,
    caller: Caller,
    Params(query): Params<ClaimsQuery>,
) -> ApiResult<Json<Vec<Claim>>> {
    let agent: Option<AgentName> = match query.agent.as_deref() {
        None => None,
        Some("me") => Some(caller.agent.clone().ok_or_else(nameless)?),
        Some(name) => Some(name.parse()?),
    };
    let state = query.state.as_deref();
    if !matches!(state, None | Some("active" | "ended")) {
        return Err(ApiError::invalid("state", "state: expected active or ended"));
    }
    let before = query.before.map(|Whole(id)| ClaimId(id));
    let claims = claims::list(&db, agent.as_ref(), state, before, limit(query.limit, 100)?).await?;
    Ok(Json(claims.into_iter().map(Claim::from).collect()))
}

/// One claim
#[utoipa::path(
    get,
    path = "/api/claims/{id}",
    operation_id = "getClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    responses((status = 200, description = "The claim.", body = ClaimAnswer))
)]
pub(crate) async fn one(State(db): State<Db>, Id(id): Id) -> ApiResult<Json<ClaimAnswer>> {
    let claim = claims::by_id(&db, ClaimId(id)).await?;
    Ok(Json(ClaimAnswer { claim: Claim::from(claim) }))
}
