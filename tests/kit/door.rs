//! API Gateway in front of `github-webhook`: a listener that turns HTTP requests into the function's.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use github_webhook::Webhook;
use lambda_http::Body;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) struct Door {
    pub(crate) url: String,
    server: JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Door {
    pub(crate) async fn open(webhook: Arc<Webhook>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/webhooks/github", listener.local_addr().expect("an address"));
        let router = axum::Router::new().fallback(pass).with_state(webhook);
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { url, server }
    }
}

async fn pass(State(webhook): State<Arc<Webhook>>, request: axum::extract::Request) -> impl IntoResponse {
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    // As API Gateway does: text where it is text, base64 where it is not, which lambda_http decodes to bytes.
    let body = String::from_utf8(bytes).map_or_else(|error| Body::Binary(error.into_bytes()), Body::Text);
    let response = webhook.handle(http::Request::from_parts(head, body)).await;
    let (head, body) = response.into_parts();
    let body = match body {
        Body::Text(text) => text.into_bytes(),
        Body::Binary(bytes) => bytes,
        _ => Vec::new(),
    };
    (head.status, head.headers, body)
}
