//! The JSON API for agents, operators and the board.
//!
//! [`router`] is the whole function: `main` gives it to the Lambda runtime, tests call it directly. A request passes
//! the [`door`] (size, id, log line, net under a panic), is admitted by its route's tier ([`auth`]), is read by
//! [`input`], and reaches a handler in [`routes`], which makes one call to the store, nudges the writer and renders the
//! answer. Harnesses that speak [`mcp`] reach the same routes as tools. This is the only crate that knows axum and utoipa. It never speaks to GitHub: writes go through the outbox,
//! reads through scheduled-sync. Nothing is connected to before the first request that needs it.

mod auth;
mod door;
mod error;
mod input;
mod mcp;
mod openapi;
mod policy;
mod routes;
mod sync_function;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use dispatch_runtime::{Config, ConfigError, Queue};
use dispatch_store::Db;
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt as _};
use tower::util::MapRequest;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use auth::{Auth, Roster};
use mcp::Mcp;
use sync_function::SyncFunction;

/// Why the function does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A variable is missing or cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database settings cannot be used.
    #[error(transparent)]
    Database(#[from] dispatch_store::Error),
    /// The configuration is understood and must not serve.
    #[error("{0}")]
    Unsafe(String),
}

/// What requests are served with.
#[derive(Clone)]
pub struct App {
    db: Db,
    queue: Arc<Queue>,
    auth: Arc<Auth>,
    roster: Arc<Roster>,
    sync: Arc<SyncFunction>,
    warnings: Arc<[String]>,
    github_auth: &'static str,
}

impl App {
    /// Builds everything from the configuration and logs its warnings. Connects nowhere.
    ///
    /// # Errors
    /// A sentence for whoever has to put the configuration right.
    pub fn new(config: &Config) -> Result<Self, StartError> {
        let access = config.auth()?;
        let auth = Auth::new(&access, config.public_url()?.as_deref()).map_err(StartError::Unsafe)?;
        let queue = Queue::new(config.queue()?);
        let mut warnings = config.warnings();
        warnings.extend(auth.warnings());
        if !queue.is_configured() {
            warnings.push("DISPATCH_QUEUE_URL is not set: label changes wait for the next sweep.".to_owned());
        }
        for warning in &warnings {
            tracing::warn!("{warning}");
        }
        let db = Db::new(&config.database()?)?;
        Ok(Self {
            queue: Arc::new(queue),
            auth: Arc::new(auth),
            roster: Arc::new(Roster::new(db.clone(), access.agent_rate)),
            db,
            sync: Arc::new(SyncFunction::new(config.sync_function())),
            warnings: warnings.into(),
            github_auth: config.github().map_or("none", |github| github.auth_name()),
        })
    }

    /// The database, for tests that look behind the answers.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// The whole API as a service.
///
/// # Panics
/// When a route has no tier: such a build must not serve.
pub fn router(app: App) -> Router {
    let (router, document) = routes::all().split_for_parts();
    let holes = auth::tier::holes(&document);
    assert!(holes.is_empty(), "the table of tiers and the router differ: {}", holes.join("; "));
    // Answers of a kilobyte and more; the fastest level does nearly all there is to do for JSON.
    let gzip = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(SizeAbove::new(1024));
    let routes = router
        .route_layer(from_fn_with_state(app.clone(), auth::layer::admit))
        .fallback(door::not_found)
        .layer(DefaultBodyLimit::max(door::LARGEST_BODY))
        .with_state(app);
    let mcp = Mcp::new(routes.clone());
    routes.layer(Extension(mcp)).layer(from_fn(door::pass)).layer(gzip)
}

/// The whole API as API Gateway calls it.
///
/// # Panics
/// As [`router`].
pub fn service(app: App) -> MapRequest<Router, fn(Request) -> Request> {
    MapRequest::new(router(app), without_stage)
}

/// A stage's name stands before the path, unless it is `$default`.
fn without_stage(mut request: Request) -> Request {
    let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() else { return request };
    let Some(stage) = context.stage.as_deref().filter(|stage| *stage != "$default") else { return request };
    let after =
        request.uri().path_and_query().and_then(|path| path.as_str().strip_prefix('/')?.strip_prefix(stage));
    if let Some(uri) = after.filter(|rest| rest.starts_with('/')).and_then(|rest| rest.parse().ok()) {
        *request.uri_mut() = uri;
    }
    request
}

/// The description of the API in OpenAPI, as `openapi.json` holds it.
pub fn openapi() -> String {
    openapi::text()
}

impl FromRef<App> for Db {
    fn from_ref(app: &App) -> Self {
        app.db.clone()
    }
}

impl FromRef<App> for Arc<Queue> {
    fn from_ref(app: &App) -> Self {
        app.queue.clone()
    }
}

impl FromRef<App> for Arc<Auth> {
    fn from_ref(app: &App) -> Self {
        app.auth.clone()
    }
}

impl FromRef<App> for Arc<Roster> {
    fn from_ref(app: &App) -> Self {
        app.roster.clone()
    }
}

impl FromRef<App> for Arc<SyncFunction> {
    fn from_ref(app: &App) -> Self {
        app.sync.clone()
    }
}

#[cfg(test)]
mod tests;
