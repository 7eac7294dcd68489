//! Purpose: the repositories behind the board. Retry freely; adding twice answers 409.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderName, LINK};
use dispatch_store::Db;
use dispatch_store::repositories::{self, Repository};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::automation::{AutomationRepository, TrackRequest, track};
use crate::auth::Caller;
use crate::error::ApiResult;
use crate::input::Keyed;

/// A repository that is or was tracked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BoardSource {
    /// Our id of it.
    id: String,
    #[schema(example = "octo-demo/web")]
    full_name: String,
    owner: String,
    name: String,
    /// Tracked now.
    enabled: bool,
    /// Read-only on GitHub.
    archived: bool,
    last_synced_at: Option<Timestamp>,
    /// Why it could not be synced last.
    last_error: Option<String>,
}

impl From<Repository> for BoardSource {
    fn from(row: Repository) -> Self {
        Self {
            id: row.id.to_string(),
            full_name: format!("{}/{}", row.owner, row.name),
            owner: row.owner,
            name: row.name,
            enabled: row.enabled,
            archived: row.archived,
            last_synced_at: row.last_synced_at,
            last_error: row.last_error,
        }
    }
}

/// List repositories of the board
#[utoipa::path(
    get,
    path = "/api/repos",
    operation_id = "listRepositories",
    tag = "repositories",
    responses((status = 200, description = "All of them, by name.", body = Vec<BoardSource>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<BoardSource>>> {
    let all = repositories::all(&db).await?;
    Ok(Json(all.into_iter().map(BoardSource::from).collect()))
}

type Deprecated = [(HeaderName, &'static str); 2];

/// Track a repository (use POST /api/automation/repos)
#[utoipa::path(
    post,
    path = "/api/repos",
    operation_id = "addRepository",
    tag = "repositories",
    request_body = TrackRequest,
    responses(
        (status = 201, description = "Tracked.", body = AutomationRepository, headers(("Deprecation" = String))),
        (status = 409, description = "`repository_tracked`.", body = crate::error::ErrorBody),
    )
)]
#[deprecated = "POST /api/automation/repos does the same"]
pub(crate) async fn add(
    State(db): State<Db>,
    caller: Caller,
    request: Keyed<TrackRequest>,
) -> ApiResult<(StatusCode, Deprecated, Json<AutomationRepository>)> {
    let repository = track(&db, &caller, request).await?;
    // RFC 9745: the moment since when, here that of the reference API's own deprecation.
    let deprecation = (HeaderName::from_static("deprecation"), "@1779062400");
    let successor = (LINK, "</api/automation/repos>; rel=\"successor-version\"");
    Ok((StatusCode::CREATED, [deprecation, successor], Json(repository)))
}
