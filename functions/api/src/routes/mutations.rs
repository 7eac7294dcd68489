//! Purpose: trying a parked write again. Repeated, it answers that the write is not parked any more.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::MutationId;
use dispatch_runtime::Queue;
use dispatch_store::{Db, outbox};

use super::Success;
use super::nudge::nudge;
use crate::auth::Caller;
use crate::error::ApiResult;
use crate::input::{Id, Keyed, Nothing};

/// Retry a parked write
#[utoipa::path(
    post,
    path = "/api/mutations/{id}/retry",
    operation_id = "retryWrite",
    tag = "board",
    params(("id" = String, Path, description = "`pending.mutationId` of the card.")),
    responses(
        (status = 200, description = "It is tried again.", body = Success),
        (status = 404, description = "There is no such write.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: it is not parked.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn retry(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Id(id): Id,
    request: Keyed<Nothing>,
) -> ApiResult<Json<Success>> {
    let id = MutationId(id);
    outbox::retry(&db, id, request.1.as_ref(), &caller.who()).await?;
    nudge(&queue, Some(id)).await;
    Ok(Json(Success::YES))
}
