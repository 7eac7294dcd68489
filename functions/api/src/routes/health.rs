//! Purpose: whether the API and its database answer, and what is weak in the set-up. Retry freely.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;

/// How it goes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Health {
    /// Everything that requests need is there.
    ok: bool,
    /// `ok` or `unavailable`.
    #[schema(example = "ok")]
    database: &'static str,
    /// Version of the API.
    version: &'static str,
    /// How operators sign in: `basic`, `oidc`, `disabled` or `unset`.
    #[schema(example = "basic")]
    auth_mode: &'static str,
    /// What works but should be put right, as sentences.
    warnings: Vec<String>,
}

/// Whether Dispatch and its database answer
#[utoipa::path(
    get,
    path = "/api/health",
    operation_id = "getHealth",
    tag = "system",
    responses(
        (status = 200, description = "All is well.", body = Health),
        (status = 503, description = "The database is away.", body = Health),
    )
)]
pub(crate) async fn health(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let database = dispatch_store::health::alive(&app.db).await;
    if let Err(error) = &database {
        tracing::warn!(%error, "health: the database does not answer");
    }
    let ok = database.is_ok();
    let health = Health {
        ok,
        database: if ok { "ok" } else { "unavailable" },
        version: env!("CARGO_PKG_VERSION"),
        auth_mode: app.auth.mode_name(),
        warnings: app.warnings.to_vec(),
    };
    (if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(health))
}
