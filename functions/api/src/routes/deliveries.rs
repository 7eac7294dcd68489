//! Purpose: applying a webhook again that was given up. Repeated, it answers that the delivery is not given up any more.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dispatch_domain::job::Job;
use dispatch_store::{Db, deliveries};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::auth::Caller;
use crate::error::ApiResult;
use crate::sync_function::SyncFunction;

/// What became of a delivery.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryAnswer {
    /// `applied`, `ignored`, `unreadable` or `failed`.
    #[schema(example = "applied")]
    outcome: String,
    /// Why it was not applied.
    reason: Option<String>,
}

/// Apply a webhook again
///
/// For a delivery that could not be applied and was given up. Waits for it, up to 25 seconds; when it fails again, it is
/// tried several times more by itself.
#[utoipa::path(
    post,
    path = "/api/webhooks/deliveries/{guid}/retry",
    operation_id = "retryDelivery",
    tag = "repositories",
    params(("guid" = String, Path, description = "GitHub's `X-GitHub-Delivery`.")),
    responses(
        (status = 200, description = "It is settled now.", body = DeliveryAnswer),
        (status = 202, description = "It is not, and is tried again.", body = DeliveryAnswer),
        (status = 404, description = "There is no such delivery.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it is not given up.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn retry(
    State(db): State<Db>,
    State(function): State<Arc<SyncFunction>>,
    caller: Caller,
    Path(guid): Path<String>,
) -> ApiResult<(StatusCode, Json<DeliveryAnswer>)> {
    deliveries::retry(&db, &guid, &caller.who()).await?;
    function.ask(&json!({ "job": Job::Sweep })).await;
    let (outcome, reason) = deliveries::outcome(&db, &guid).await?;
    let status = if outcome == "failed" { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(DeliveryAnswer { outcome, reason })))
}
