//! What every request passes first: its size, its id, its log line, and the net under a panic.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::body::HttpBody as _;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dispatch_runtime::telemetry::{accept_correlation_id, correlation_span};
use dispatch_runtime::traces;
use futures::FutureExt as _;
use tracing::Instrument as _;

use crate::error::ApiError;

/// The largest body, in bytes.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;

/// Should a browser show an answer as a page after all, that page loads nothing and is shown in no frame.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

const REQUEST_ID: &str = "x-request-id";

/// The request's id: the sender's own, if it sent one that is fit for a log, or a new one.
#[derive(Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives the request its id, refuses it when it is too large, and turns a panic into an answer.
pub(crate) async fn pass(mut request: Request, next: Next) -> Response {
    let given =
        request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).and_then(accept_correlation_id);
    let id = given.map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = correlation_span("api", &id);
    let mut response = answer(request, next).instrument(span).await;
    traces::flush().await;
    // Accepted ids and ours are ASCII without control characters.
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().entry(CACHE_CONTROL).or_insert(no_store);
    // Text that others wrote is in these answers: no browser may take one for a page.
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING));
    response
}

async fn answer(request: Request, next: Next) -> Response {
    let (method, path, begun) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let known = request.body().size_hint().lower();
    let response = if known > LARGEST_BODY as u64 {
        too_large().into_response()
    } else {
        AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            tracing::error!(panic = text, "a handler panicked");
            ApiError::internal().into_response()
        })
    };
    tracing::info!(
        http.method = %method,
        http.path = path,
        http.status = response.status().as_u16(),
        elapsed_ms = begun.elapsed().as_millis() as u64,
        "answered"
    );
    response
}

/// The body is larger than [`LARGEST_BODY`].
pub(crate) fn too_large() -> ApiError {
    let message = "The request body is larger than 1 MB. Send less at a time.";
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
}

/// No route has this path.
pub(crate) async fn not_found() -> ApiError {
    let message = "There is nothing at this address. /api/openapi.json describes everything there is.";
    ApiError::new(StatusCode::NOT_FOUND, "not_found", message)
}
