//! Purpose: what operators decide about one issue besides its status. May be repeated: what is so already stays.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::{AgentName, ClaimId, IssueId, LaneName, Slug};
use dispatch_domain::label::Priority;
use dispatch_runtime::Queue;
use dispatch_store::desk::{self, Change};
use dispatch_store::lanes::{self, Classification};
use dispatch_store::once::Key;
use dispatch_store::{Db, board, sync};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::card::Card;
use super::claims::view::{Claim, ClaimAnswer};
use super::nudge::nudge;
use crate::App;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Id, Keyed, Later, Line, Parsed, Text, maybe_null};

/// The routes of this file.
pub(super) fn all() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(assign))
        .routes(routes!(priority))
        .routes(routes!(owner))
        .routes(routes!(lane_history, lane))
        .routes(routes!(snooze))
        .routes(routes!(release))
        .routes(routes!(stop))
}

/// The card as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangeAnswer {
    success: bool,
    issue: Card,
    /// The write that GitHub gets, if any is needed.
    mutation_id: Option<String>,
}

/// What all changes have in common.
struct Desk {
    db: Db,
    queue: Arc<Queue>,
    caller: Caller,
}

impl Desk {
    async fn change(
        &self,
        id: i64,
        change: &Change,
        reason: Option<&str>,
        key: Option<&Key>,
    ) -> ApiResult<Json<ChangeAnswer>> {
        let id = IssueId(id);
        let mutation = desk::change(&self.db, id, change, reason, key, &self.caller.who()).await?;
        nudge(&self.queue, mutation).await;
        let (card, _) = board::one(&self.db, id).await?;
        let mutation_id = mutation.map(|id| id.to_string());
        Ok(Json(ChangeAnswer { success: true, issue: Card::from(card), mutation_id }))
    }
}

/// A part of the body that has to be there, be it null.
fn said<T>(field: &str, given: Option<Option<T>>) -> ApiResult<Option<T>> {
    given.ok_or_else(|| ApiError::invalid(field, format!("{field}: say which, or null for none")))
}

/// Which agent.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "agent": "alpha" }))]
pub(crate) struct AssignRequest {
    /// Null: whoever asks first.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<String>)]
    agent: Option<Option<Parsed<AgentName>>>,
    /// For the record, and for the agent that loses the work.
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
}

/// Give an issue to an agent, or to none
///
/// A claim of another agent ends as `reassigned`, without a new agent as `taken_back`; the issue rests where it did.
#[utoipa::path(
    post,
    path = "/api/issues/{id}/assign",
    operation_id = "assignIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = AssignRequest,
    responses(
        (status = 200, description = "Assigned.", body = ChangeAnswer),
        (status = 404, description = "`issue_unknown`.", body = crate::error::ErrorBody),
        (status = 409, description = "`issue_closed`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn assign(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<AssignRequest>,
) -> ApiResult<Json<ChangeAnswer>> {
    let change = Change::Assign(said("agent", request.agent)?.map(|agent| agent.0));
    Desk { db, queue, caller }.change(id, &change, request.reason.as_deref(), key.as_ref()).await
}

/// How urgent.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "priority": "p1" }))]
pub(crate) struct PriorityRequest {
    /// Null: none, which counts as p2.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<crate::input::words::Priority>)]
    priority: Option<Option<Parsed<Priority>>>,
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
}

/// Set an issue's priority
#[utoipa::path(
    post,
    path = "/api/issues/{id}/priority",
    operation_id = "prioritiseIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = PriorityRequest,
    responses((status = 200, description = "Set.", body = ChangeAnswer))
)]
pub(crate) async fn priority(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<PriorityRequest>,
) -> ApiResult<Json<ChangeAnswer>> {
    let change = Change::Priority(said("priority", request.priority)?.map(|priority| priority.0));
    Desk { db, queue, caller }.change(id, &change, request.reason.as_deref(), key.as_ref()).await
}

/// Which person.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "owner": "alice" }))]
pub(crate) struct OwnerRequest {
    /// The value of the label `owner/*`; null: nobody.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<String>)]
    owner: Option<Option<Parsed<Slug>>>,
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
}

/// Name the person who answers for an issue
#[utoipa::path(
    post,
    path = "/api/issues/{id}/owner",
    operation_id = "setIssueOwner",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = OwnerRequest,
    responses((status = 200, description = "Set.", body = ChangeAnswer))
)]
pub(crate) async fn owner(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<OwnerRequest>,
) -> ApiResult<Json<ChangeAnswer>> {
    let change = Change::Owner(said("owner", request.owner)?.map(|owner| owner.0));
    Desk { db, queue, caller }.change(id, &change, request.reason.as_deref(), key.as_ref()).await
}

/// Which queue, and why.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "lane": "deep", "reason": "Touches the scheduler.", "confidence": 0.8, "model": "some-model" }))]
pub(crate) struct LaneChoice {
    /// A lane that there is.
    #[schema(value_type = String)]
    lane: Parsed<LaneName>,
    #[schema(value_type = Option<String>)]
    reason: Option<Text<500>>,
    /// How sure a classifier is, 0 to 1.
    confidence: Option<f64>,
    /// The model it used.
    #[schema(value_type = Option<String>)]
    model: Option<Line<200>>,
}

/// Put an issue into a lane
///
/// The decision and its reason are kept. A claim that is held goes on.
#[utoipa::path(
    post,
    path = "/api/issues/{id}/lane",
    operation_id = "classifyIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = LaneChoice,
    responses(
        (status = 200, description = "Set.", body = ChangeAnswer),
        (status = 400, description = "`lane_unknown`, with the lanes that there are.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn lane(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<LaneChoice>,
) -> ApiResult<Json<ChangeAnswer>> {
    if request.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
        return Err(ApiError::invalid("confidence", "confidence: expected a number from 0 to 1"));
    }
    let classification = Classification {
        lane: request.lane.0,
        reason: request.reason.map(Text::into_inner),
        confidence: request.confidence,
        model: request.model.map(Line::into_inner),
    };
    let reason = classification.reason.clone();
    let change = Change::Lane(classification);
    Desk { db, queue, caller }.change(id, &change, reason.as_deref(), key.as_ref()).await
}

/// One decision to put an issue into a lane.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LaneDecision {
    /// Where it stood before.
    from_lane: String,
    lane: String,
    reason: Option<String>,
    /// How sure a classifier was, 0 to 1.
    confidence: Option<f64>,
    model: Option<String>,
    /// `agent`, `operator` or `github`.
    actor_kind: String,
    actor: String,
    at: Timestamp,
}

impl From<lanes::LaneDecision> for LaneDecision {
    fn from(row: lanes::LaneDecision) -> Self {
        Self {
            from_lane: row.from_lane,
            lane: row.lane,
            reason: row.reason,
            confidence: row.confidence,
            model: row.model,
            actor_kind: row.actor_kind,
            actor: row.actor,
            at: row.at,
        }
    }
}

/// How an issue came into its lane
#[utoipa::path(
    get,
    path = "/api/issues/{id}/lane",
    operation_id = "getLaneHistory",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    responses((status = 200, description = "The decisions, newest first.", body = Vec<LaneDecision>))
)]
pub(crate) async fn lane_history(State(db): State<Db>, Id(id): Id) -> ApiResult<Json<Vec<LaneDecision>>> {
    let history = lanes::history(&db, IssueId(id)).await?;
    Ok(Json(history.into_iter().map(LaneDecision::from).collect()))
}

/// Until when.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "until": 3600, "reason": "After the release." }))]
pub(crate) struct SnoozeRequest {
    /// Seconds from now or a time, at most thirty days away; null: not put aside any more.
    #[serde(default, deserialize_with = "maybe_null")]
    #[schema(value_type = Option<Object>)]
    until: Option<Option<Later>>,
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
}

/// Put an issue aside
///
/// No agent is given it before that time. A claim that is held goes on.
#[utoipa::path(
    post,
    path = "/api/issues/{id}/snooze",
    operation_id = "snoozeIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = SnoozeRequest,
    responses((status = 200, description = "Put aside.", body = ChangeAnswer))
)]
pub(crate) async fn snooze(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<SnoozeRequest>,
) -> ApiResult<Json<ChangeAnswer>> {
    let until = match said("until", request.until)? {
        Some(later) => Some(later.after(sync::now(&db).await?)),
        None => None,
    };
    let change = Change::Snooze(until);
    Desk { db, queue, caller }.change(id, &change, request.reason.as_deref(), key.as_ref()).await
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "reason": "It hangs since noon." }))]
pub(crate) struct Why {
    /// For the record, and for the agent that loses the work.
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
}

/// Free an issue
///
/// A claim on it ends as `taken_back` and the issue rests where it did. What held it back before counts no more: a
/// quarantine, fruitless attempts, a pause.
#[utoipa::path(
    post,
    path = "/api/issues/{id}/release",
    operation_id = "releaseIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = Option<Why>,
    responses((status = 200, description = "Free.", body = ChangeAnswer))
)]
pub(crate) async fn release(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<Why>,
) -> ApiResult<Json<ChangeAnswer>> {
    Desk { db, queue, caller }.change(id, &Change::Release, request.reason.as_deref(), key.as_ref()).await
}

/// Stop an agent's attempt
///
/// The claim ends as `stopped`, which the agent learns at its next call, with the reason. The issue rests where it did,
/// and the same agent is not given it for half an hour.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/stop",
    operation_id = "stopClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = Option<Why>,
    responses(
        (status = 200, description = "Stopped.", body = ClaimAnswer),
        (status = 404, description = "There is no such claim.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it has ended.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn stop(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<Why>,
) -> ApiResult<Json<ClaimAnswer>> {
    let reason = request.reason.as_deref();
    let (claim, mutation) = desk::stop_claim(&db, ClaimId(id), reason, key.as_ref(), &caller.who()).await?;
    nudge(&queue, mutation).await;
    Ok(Json(ClaimAnswer { claim: Claim::from(claim) }))
}
