//! Purpose: which repositories are tracked. Adding twice answers 409, removing twice 404; both change nothing then.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dispatch_domain::ids::RepoName;
use dispatch_store::Db;
use dispatch_store::repositories::{self, Origin, Tracked};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Success;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Keyed, Parsed};

/// A tracked repository with what is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AutomationRepository {
    #[schema(example = "octo-demo/web")]
    full_name: String,
    default_branch: Option<String>,
    latest_commit_sha: Option<String>,
    /// Open pull requests.
    #[serde(rename = "openPRCount")]
    open_pr_count: i32,
    last_synced_at: Option<Timestamp>,
    /// Why it could not be synced last.
    sync_error: Option<String>,
    /// `env` (from GITHUB_REPOSITORIES) or `user`.
    source: String,
    /// Active claims at the same time; null: no limit.
    wip_limit: Option<i32>,
    /// Results that wait for people, as issues in review and claims that are on their way there; null: no limit.
    review_limit: Option<i32>,
    /// An issue with one of these labels is not given to agents.
    excluded_labels: Vec<String>,
    /// Whose issues agents see: `open` or `trusted`; null: as everywhere.
    intake: Option<String>,
    /// Active claims.
    claimed: i64,
    /// Issues in review.
    in_review: i64,
}

impl From<Tracked> for AutomationRepository {
    fn from(row: Tracked) -> Self {
        Self {
            full_name: format!("{}/{}", row.owner, row.name),
            default_branch: row.default_branch,
            latest_commit_sha: row.latest_commit_sha,
            open_pr_count: row.open_pr_count,
            last_synced_at: row.last_synced_at,
            sync_error: row.last_error,
            source: row.source,
            wip_limit: row.wip_limit,
            review_limit: row.review_limit,
            excluded_labels: row.excluded_labels,
            intake: row.intake,
            claimed: row.claimed,
            in_review: row.in_review,
        }
    }
}

/// List tracked repositories
#[utoipa::path(
    get,
    path = "/api/automation/repos",
    operation_id = "listTrackedRepositories",
    tag = "repositories",
    responses((status = 200, description = "Those that are tracked, by name.", body = Vec<AutomationRepository>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<AutomationRepository>>> {
    let tracked = repositories::tracked(&db).await?;
    Ok(Json(tracked.into_iter().map(AutomationRepository::from).collect()))
}

/// Which repository.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackRequest {
    /// `owner/name`.
    #[schema(value_type = String, example = "octo-demo/web")]
    full_name: Parsed<RepoName>,
}

/// Track a repository
///
/// Its issues come with the next synchronisation; POST /api/sync begins one now.
#[utoipa::path(
    post,
    path = "/api/automation/repos",
    operation_id = "trackRepository",
    tag = "repositories",
    request_body = TrackRequest,
    responses(
        (status = 201, description = "Tracked.", body = AutomationRepository),
        (status = 409, description = "`repository_tracked`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn add(
    State(db): State<Db>,
    caller: Caller,
    request: Keyed<TrackRequest>,
) -> ApiResult<(StatusCode, Json<AutomationRepository>)> {
    Ok((StatusCode::CREATED, Json(track(&db, &caller, request).await?)))
}

/// Tracks a repository in the caller's name.
pub(super) async fn track(
    db: &Db,
    caller: &Caller,
    Keyed(request, key): Keyed<TrackRequest>,
) -> ApiResult<AutomationRepository> {
    let name = &request.full_name.0;
    let repository = repositories::track(db, name, Origin::User, key.as_ref(), &caller.who()).await?;
    Ok(repository.into())
}

/// Stop tracking a repository
///
/// Its issues leave the board and stay in the history.
#[utoipa::path(
    delete,
    path = "/api/automation/repos/{owner}/{name}",
    operation_id = "untrackRepository",
    tag = "repositories",
    params(("owner" = String, Path), ("name" = String, Path)),
    responses(
        (status = 200, description = "Not tracked any more.", body = Success),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn remove(
    State(db): State<Db>,
    caller: Caller,
    Path((owner, name)): Path<(String, String)>,
) -> ApiResult<Json<Success>> {
    untrack(&db, &caller, &format!("{owner}/{name}")).await
}

/// Stop tracking a repository, with `owner%2Fname` as one part of the path
///
/// As the reference API has it. API Gateway decodes paths, so both forms arrive.
#[utoipa::path(
    delete,
    path = "/api/automation/repos/{repo}",
    operation_id = "untrackEncodedRepository",
    tag = "repositories",
    params(("repo" = String, Path, description = "`owner/name`, percent-encoded.")),
    responses(
        (status = 200, description = "Not tracked any more.", body = Success),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn remove_encoded(
    State(db): State<Db>,
    caller: Caller,
    Path(repo): Path<String>,
) -> ApiResult<Json<Success>> {
    untrack(&db, &caller, &repo).await
}

async fn untrack(db: &Db, caller: &Caller, name: &str) -> ApiResult<Json<Success>> {
    let name: RepoName = name.parse().map_err(|_| {
        ApiError::invalid(
            "repo",
            "The path must end in owner/name, for example /api/automation/repos/octo-demo/web.",
        )
    })?;
    repositories::untrack(db, &name, &caller.who()).await?;
    Ok(Json(Success::YES))
}
