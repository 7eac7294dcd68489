//! Purpose: the projects, which are repositories, with what goes on in each. Retry freely.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dispatch_domain::status::Status;
use dispatch_store::Db;
use dispatch_store::overview;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiResult;

/// A tracked repository and its issues.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Project {
    #[schema(example = "octo-demo/web")]
    repo_full_name: String,
    /// Read-only on GitHub.
    archived: bool,
    /// Issues by status; `done` counts two weeks.
    by_status: BTreeMap<&'static str, i64>,
    /// Claims that are held now.
    claims: i64,
    /// In progress, and nobody is at it.
    stale: i64,
    /// Issues that wait for a person.
    attention: i64,
    /// Since when its oldest ready issue is ready.
    oldest_ready_since: Option<Timestamp>,
    /// Open pull requests.
    #[serde(rename = "openPRCount")]
    open_pr_count: i32,
    last_synced_at: Option<Timestamp>,
    /// Why it could not be synced last.
    sync_error: Option<String>,
}

impl From<overview::Project> for Project {
    fn from(row: overview::Project) -> Self {
        let count = |status| match status {
            Status::Backlog => row.backlog,
            Status::Ready => row.ready,
            Status::InProgress => row.in_progress,
            Status::InReview => row.in_review,
            Status::Blocked => row.blocked,
            Status::Done => row.done,
        };
        Self {
            repo_full_name: format!("{}/{}", row.owner, row.name),
            archived: row.archived,
            by_status: Status::ALL.map(|status| (status.as_str(), count(status))).into(),
            claims: row.claims,
            stale: row.stale,
            attention: row.attention,
            oldest_ready_since: row.oldest_ready,
            open_pr_count: row.open_pr_count,
            last_synced_at: row.last_synced_at,
            sync_error: row.last_error,
        }
    }
}

/// List projects
///
/// A project is a tracked repository.
#[utoipa::path(
    get,
    path = "/api/projects",
    operation_id = "listProjects",
    tag = "board",
    responses((status = 200, description = "The projects, by name.", body = Vec<Project>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<Project>>> {
    let projects = overview::projects(&db).await?;
    Ok(Json(projects.into_iter().map(Project::from).collect()))
}
