//! The one origin for people, with the rules that CloudFront has in template.yaml: the board's files, and
//! `/api`, `/mcp` and `/webhooks` untouched.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

use super::forward::Forward;
use super::functions::{API, WEBHOOK};
use super::gateway::Integration;
use crate::process::Processes;

/// The board's own rules for what a page may load: the file that template.yaml is held to.
const CONTENT_SECURITY_POLICY: &str =
    include_str!("../../../../static-ui/content-security-policy.txt").trim_ascii_end();

const SECURITY_HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What answers for the HTTP API.
pub(crate) enum Backend {
    /// Lambda's invoke API on this port, behind [`super::gateway`].
    Lambda(u16),
    /// `sam local start-api` on this port.
    Sam(u16),
}

#[derive(Clone)]
enum Gateway {
    Ours(Integration),
    Sam(Forward),
}

/// Serves the origin on the loopback address.
///
/// # Errors
/// The port is taken.
pub(crate) async fn start(
    processes: &Processes,
    port: u16,
    backend: Backend,
    board: &Path,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("cannot listen on port {port}"))?;
    let (api, mcp, webhook) = match backend {
        Backend::Lambda(port) => {
            let api = Integration::new(&API, "ANY /api/{proxy+}", port);
            let webhook = Integration::new(&WEBHOOK, "POST /webhooks/github", port);
            (Gateway::Ours(api.clone()), Gateway::Ours(api.with_route("ANY /mcp")), Gateway::Ours(webhook))
        }
        Backend::Sam(port) => {
            let api = Forward::new(port);
            (Gateway::Sam(api.clone()), Gateway::Sam(api), Gateway::Sam(Forward::new(port)))
        }
    };
    let files = Router::new()
        .fallback(serve_file)
        .with_state(board.to_owned())
        .layer(axum::middleware::from_fn(add_security_headers));
    let routes = Router::new()
        .route("/api/{*proxy}", any(call).with_state(api))
        .route("/mcp", any(call).with_state(mcp))
        .route("/webhooks/github", post(call).with_state(webhook).fallback(not_found))
        .route("/webhooks/{*rest}", any(not_found))
        .fallback_service(files);
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    // Serving ends only with the task.
    processes.background(async move { drop(axum::serve(listener, service).await) });
    Ok(())
}

async fn call(
    State(gateway): State<Gateway>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    match gateway {
        Gateway::Ours(integration) => integration.call(peer, request).await,
        Gateway::Sam(forward) => forward.call(request).await,
    }
}

/// What an HTTP API says for a path that is no route's.
async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, axum::Json(serde_json::json!({"message": "Not Found"}))).into_response()
}

async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The pages are routes inside the board. A repository may have a dot in its name, and an issue's page has it in its path.
fn is_page(path: &str) -> bool {
    path.starts_with("/issues/") || (!path.contains('.') && !path.starts_with("/assets/"))
}

/// A file, or the board's page.
async fn serve_file(State(board): State<PathBuf>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().to_owned();
    let served = if is_page(&path) {
        ServeFile::new(board.join("index.html")).oneshot(request).await
    } else {
        ServeDir::new(&board).append_index_html_on_directories(false).oneshot(request).await
    };
    let Ok(served) = served;
    let mut response = served.map(Body::new);
    // Assets carry their content's hash in their name; everything else is asked for again each time.
    let cache = match path.starts_with("/assets/") && response.status().is_success() {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use serde_json::Value;

    use super::*;

    fn resource(name: &str) -> Value {
        tidy::template::read(tidy::template::TEMPLATE)["Resources"][name]["Properties"].clone()
    }

    #[test]
    fn the_headers_are_those_of_the_template() {
        let policy = &resource("SiteHeaders")["ResponseHeadersPolicyConfig"];
        let config = &policy["SecurityHeadersConfig"];
        let custom = policy["CustomHeadersConfig"]["Items"].as_array().unwrap();
        for (name, value) in SECURITY_HEADERS {
            let deployed = match name.as_str() {
                "content-security-policy" => &config["ContentSecurityPolicy"]["ContentSecurityPolicy"],
                "x-frame-options" => &config["FrameOptions"]["FrameOption"],
                "referrer-policy" => &config["ReferrerPolicy"]["ReferrerPolicy"],
                // There is nothing but `nosniff` to be said with it.
                "x-content-type-options" if config["ContentTypeOptions"].is_object() => {
                    &Value::from("nosniff")
                }
                other => custom
                    .iter()
                    .find(|item| item["Header"].as_str().unwrap().eq_ignore_ascii_case(other))
                    .map_or(&Value::Null, |item| &item["Value"]),
            };
            assert_eq!(deployed, value, "{name} in template.yaml");
        }
    }

    /// CloudFront's function, run by Node, decides as [`serve_file`] does.
    #[test]
    fn deep_links_are_those_of_the_template() {
        let code = resource("DeepLinks")["FunctionCode"].as_str().unwrap().to_owned();
        let check = |path: &str, page: bool| {
            let run = format!("{code}\nconsole.log(handler({{request: {{uri: {path:?}}}}}).uri)");
            let output = Command::new("node").args(["-e", &run]).output().expect("node runs");
            let uri = String::from_utf8(output.stdout).unwrap();
            assert_eq!(uri.trim_end(), if page { "/index.html" } else { path });
            assert_eq!(is_page(path), page, "{path}");
        };
        check("/", true);
        check("/board", true);
        check("/issues/vercel/next.js/7", true);
        check("/assets/index-abc.js", false);
        check("/assets/none", false);
        check("/icon.svg", false);
    }
}
