//! Purpose: the agents' protocol for harnesses that speak MCP. Retry as the tool's route allows.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::Response;

use crate::auth::Auth;
use crate::error::ApiResult;
use crate::mcp::Mcp;

/// Model Context Protocol
///
/// Streamable HTTP without sessions: one JSON-RPC message in, one JSON answer out. The tools are routes of this API
/// under other names; `tools/list` describes them.
#[utoipa::path(
    post,
    path = "/mcp",
    operation_id = "mcp",
    tag = "claims",
    request_body(content = Object, description = "A JSON-RPC message."),
    responses(
        (status = 200, description = "The JSON-RPC answer.", body = Object),
        (status = 202, description = "A notification was taken."),
        (status = 406, description = "`not_acceptable`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn mcp(
    State(auth): State<Arc<Auth>>,
    Extension(mcp): Extension<Mcp>,
    request: Request,
) -> ApiResult<Response> {
    // The protocol's rule against DNS rebinding: a page may ask only if it is ours, whatever it knows.
    auth.check_page(request.headers())?;
    mcp.answer(request).await
}
