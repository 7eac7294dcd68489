//! Purpose: this description. It changes with releases only.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// This description
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    operation_id = "getOpenapi",
    tag = "system",
    responses((status = 200, description = "The API in OpenAPI 3.1.", body = Object, content_type = "application/json"))
)]
pub(crate) async fn openapi() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=60")];
    (headers, crate::openapi::COMMITTED)
}
