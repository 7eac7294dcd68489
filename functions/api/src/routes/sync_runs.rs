//! Purpose: how far a synchronisation is that somebody asked for. Changes nothing; retry freely.

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::SyncRunId;
use dispatch_store::Db;
use dispatch_store::sync::{self, Run};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::sync::{SyncResult, results};
use crate::error::ApiResult;
use crate::input::Id;

/// So many runs are shown.
const RECENT: i64 = 20;

/// A synchronisation that somebody asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncRun {
    id: String,
    /// `issues` or `automation` (facts of repositories).
    #[schema(example = "issues")]
    kind: String,
    /// The repository it is about, `owner/name`; null when it is about all.
    #[schema(example = "octo-demo/web")]
    repo: Option<String>,
    /// `requested`, `running` or `finished`.
    #[schema(example = "running")]
    state: String,
    requested_by: String,
    requested_at: Timestamp,
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    /// How many repositories it is about; 0 before it began.
    repos_total: i32,
    repos_done: i32,
    /// Issues and pull requests taken in so far.
    synced_count: i32,
    results: Vec<SyncResult>,
}

impl From<Run> for SyncRun {
    fn from(run: Run) -> Self {
        Self {
            id: run.id.to_string(),
            results: results(&run),
            kind: run.kind,
            repo: run.owner.zip(run.name).map(|(owner, name)| format!("{owner}/{name}")),
            state: run.state,
            requested_by: run.requested_by,
            requested_at: run.requested_at,
            started_at: run.started_at,
            finished_at: run.finished_at,
            repos_total: run.repositories_total,
            repos_done: run.repositories_done,
            synced_count: run.issues_synced,
        }
    }
}

/// List recent synchronisations
#[utoipa::path(
    get,
    path = "/api/sync/runs",
    operation_id = "listSyncRuns",
    tag = "repositories",
    responses((status = 200, description = "The latest 20 that were asked for.", body = Vec<SyncRun>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<SyncRun>>> {
    Ok(Json(sync::recent(&db, RECENT).await?.into_iter().map(SyncRun::from).collect()))
}

/// How far a synchronisation is
#[utoipa::path(
    get,
    path = "/api/sync/runs/{id}",
    operation_id = "getSyncRun",
    tag = "repositories",
    params(("id" = String, Path, description = "`syncRunId` of POST /api/sync.")),
    responses(
        (status = 200, description = "As it stands.", body = SyncRun),
        (status = 404, description = "There is no such run.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn one(State(db): State<Db>, Id(id): Id) -> ApiResult<Json<SyncRun>> {
    Ok(Json(sync::run(&db, SyncRunId(id)).await?.into()))
}
