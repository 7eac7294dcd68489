//! Purpose: ending work. A repeated call answers as the first did; 409 `claim_lost` means that the report was kept as
//! evidence and changed nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::claim::BlockKind;
use dispatch_domain::ids::{AgentName, ClaimId, IssueId};
use dispatch_runtime::Queue;
use dispatch_store::claims::finish::{self, End};
use dispatch_store::claims::{self, Held, Key};
use dispatch_store::{Db, board};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::held;
use super::view::{Claim, ClaimAnswer};
use crate::auth::{Caller, Roster};
use crate::error::ApiResult;
use crate::input::{Id, Keyed, Later, Parsed, Text, When, Whole};
use crate::routes::card::Card;
use crate::routes::nudge::nudge;

mod report;

pub(crate) use report::CompleteRequest;

/// The claim, ended, and its issue where it stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndAnswer {
    claim: Claim,
    issue: Card,
}

/// What all ends have in common.
struct Ending<'a> {
    db: &'a Db,
    queue: &'a Queue,
    caller: &'a Caller,
}

impl Ending<'_> {
    /// Ends the claim and nudges the writer. `request` is kept when the claim is lost.
    async fn end(
        &self,
        held: &Held,
        end: &End,
        request: &impl Serialize,
        key: Option<&Key>,
    ) -> ApiResult<claims::Claim> {
        let body = serde_json::to_value(request).unwrap_or_default();
        let who = self.caller.who_as(&held.agent);
        let (claim, mutation) = finish::end(self.db, held, end, &body, key, &who).await?;
        nudge(self.queue, mutation).await;
        Ok(claim)
    }

    async fn with_issue(&self, claim: claims::Claim) -> ApiResult<Json<EndAnswer>> {
        let (card, _) = board::one(self.db, IssueId(claim.issue_id)).await?;
        Ok(Json(EndAnswer { claim: Claim::from(claim), issue: Card::from(card) }))
    }
}

/// Report an outcome
///
/// `pr_opened` and `pr_updated` move the issue to in-review; `no_change_needed`, `already_addressed` and
/// `issue_updated` too, for a person to look at; `needs_decision` blocks it; `failed` offers it again after a while.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/complete",
    operation_id = "completeClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = CompleteRequest,
    responses(
        (status = 200, description = "Ended.", body = EndAnswer),
        (status = 409, description = "`claim_lost`, with why.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn complete(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<CompleteRequest>,
) -> ApiResult<Json<EndAnswer>> {
    let end = End::Complete(request.report()?);
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let ending = Ending { db: &db, queue: &queue, caller: &caller };
    let claim = ending.end(&held, &end, &request, key.as_ref()).await?;
    ending.with_issue(claim).await
}

/// Why the work is given back.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "fence": 12, "reason": "My machine is going down." }))]
pub(crate) struct ReleaseRequest {
    #[schema(value_type = i64)]
    fence: Whole,
    /// For people.
    #[schema(value_type = Option<String>)]
    reason: Option<Text<4000>>,
    /// Nobody is to have it before that time, at most thirty days away.
    #[schema(value_type = Option<jiff::Timestamp>)]
    snooze_until: Option<When>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Give work back
///
/// The issue returns to where it was; the same agent does not get it again for half an hour.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/release",
    operation_id = "releaseClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = ReleaseRequest,
    responses(
        (status = 200, description = "Given back.", body = ClaimAnswer),
        (status = 409, description = "`claim_lost`, with why.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn release(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<ReleaseRequest>,
) -> ApiResult<Json<ClaimAnswer>> {
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let end = End::Release {
        reason: request.reason.as_deref().map(str::to_owned),
        snooze_until: request.snooze_until.map(|at| at.0),
    };
    let claim =
        Ending { db: &db, queue: &queue, caller: &caller }.end(&held, &end, &request, key.as_ref()).await?;
    Ok(Json(ClaimAnswer { claim: Claim::from(claim) }))
}

/// What keeps the agent from going on.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "fence": 12, "kind": "needs_input", "reason": "Which of the two formats is meant?" }))]
pub(crate) struct BlockRequest {
    #[schema(value_type = i64)]
    fence: Whole,
    #[schema(value_type = crate::input::words::BlockKind)]
    kind: Parsed<BlockKind>,
    /// For the person who can help.
    #[schema(value_type = String)]
    reason: Option<Text<4000>>,
    /// When it may be gone: seconds from now, or a time, at most thirty days away. The issue is ready again then,
    /// unless a person has to answer.
    #[schema(value_type = Option<crate::input::words::NumberOrText>)]
    retry_after: Option<Later>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Say that the work cannot go on
#[utoipa::path(
    post,
    path = "/api/claims/{id}/block",
    operation_id = "blockClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = BlockRequest,
    responses(
        (status = 200, description = "Blocked.", body = EndAnswer),
        (status = 409, description = "`claim_lost`, with why.", body = crate::error::ErrorBody),
        (status = 422, description = "`reason_required`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn block(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<BlockRequest>,
) -> ApiResult<Json<EndAnswer>> {
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let retry_at = match &request.retry_after {
        Some(later) => Some(later.after(claims::by_id(&db, ClaimId(id)).await?.now)),
        None => None,
    };
    let reason = request.reason.as_deref().unwrap_or_default().to_owned();
    let end = End::Block { kind: request.kind.0, reason, retry_at };
    let ending = Ending { db: &db, queue: &queue, caller: &caller };
    let claim = ending.end(&held, &end, &request, key.as_ref()).await?;
    ending.with_issue(claim).await
}

/// Why the work is beyond the agent.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "fence": 12, "reason": "It needs changes in the scheduler, which I do not understand." }))]
pub(crate) struct EscalateRequest {
    #[schema(value_type = i64)]
    fence: Whole,
    /// For whoever takes it up.
    #[schema(value_type = String)]
    reason: Option<Text<4000>>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Send work on that is beyond the agent
///
/// In one step the claim ends, the work is given back, and it stands in the lane with the role `escalation`. What the
/// agent has learned reaches whoever takes it up.
#[utoipa::path(
    post,
    path = "/api/claims/{id}/escalate",
    operation_id = "escalateClaim",
    tag = "claims",
    params(("id" = String, Path, description = "Id of the claim.")),
    request_body = EscalateRequest,
    responses(
        (status = 200, description = "Escalated.", body = EndAnswer),
        (status = 409, description = "`claim_lost`, with why; `conflict`: there is no lane beyond this one.", body = crate::error::ErrorBody),
        (status = 422, description = "`reason_required`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn escalate(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<EscalateRequest>,
) -> ApiResult<Json<EndAnswer>> {
    let held = held(&db, &roster, &caller, id, request.fence, request.agent_name.as_ref()).await?;
    let end = End::Escalate { reason: request.reason.as_deref().unwrap_or_default().to_owned() };
    let ending = Ending { db: &db, queue: &queue, caller: &caller };
    let claim = ending.end(&held, &end, &request, key.as_ref()).await?;
    ending.with_issue(claim).await
}
