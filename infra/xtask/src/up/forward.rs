//! Hands requests on to `sam local start-api`, which plays the HTTP API itself.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use tokio::sync::Semaphore;

/// An HTTP API's largest payload, 10 MB.
const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// The first request starts a container.
const PATIENCE: Duration = Duration::from_secs(60);

/// The way to one function. SAM keeps one warm container for each, whose emulator refuses a second call while one is
/// answered, so the others wait here, in order.
#[derive(Clone)]
pub(crate) struct Forward {
    http: reqwest::Client,
    base: String,
    one: Arc<Semaphore>,
}

impl Forward {
    /// To the function behind SAM's port.
    pub(crate) fn new(port: u16) -> Self {
        let http = reqwest::Client::new();
        Self { http, base: format!("http://127.0.0.1:{port}"), one: Arc::new(Semaphore::new(1)) }
    }

    /// Answers one request.
    pub(crate) async fn call(&self, request: Request) -> Response {
        match tokio::time::timeout(PATIENCE, self.exchange(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let message = format!("sam local: {error:#}");
                (StatusCode::BAD_GATEWAY, axum::Json(json!({ "message": message }))).into_response()
            }
            Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
        }
    }

    async fn exchange(&self, request: Request) -> anyhow::Result<Response> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LARGEST_BODY).await?;
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let _turn = self.one.acquire().await?;
        let answer = self
            .http
            .request(parts.method, format!("{}{path}", self.base))
            .headers(end_to_end(parts.headers))
            .body(body)
            .send()
            .await?;
        let (status, headers) = (answer.status(), end_to_end(answer.headers().clone()));
        let mut response = Response::new(Body::from(answer.bytes().await?));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// The headers that are not about one connection.
fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    for name in [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION] {
        headers.remove(name);
    }
    headers
}
