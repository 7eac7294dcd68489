//! Purpose: synchronising with GitHub now. May be repeated: a run that is under way is not started twice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_domain::ids::{RepoName, SyncRunId};
use dispatch_domain::job::Job;
use dispatch_runtime::failpoint;
use dispatch_store::Db;
use dispatch_store::once::Key;
use dispatch_store::sync::{self, Run, RunKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Caller;
use crate::error::ApiResult;
use crate::input::{Keyed, Nothing, Parsed};
use crate::sync_function::SyncFunction;

/// What to synchronise.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SyncRequest {
    /// This repository only, `owner/name`.
    #[schema(value_type = Option<String>, example = "octo-demo/web")]
    repo: Option<Parsed<RepoName>>,
}

/// How one repository went.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SyncResult {
    repo: String,
    /// Issues and pull requests taken in.
    synced: i64,
    /// Why it did not work.
    error: Option<String>,
}

/// A run of issue synchronisation: over, with its results, or still under way (`state`).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncAnswer {
    success: bool,
    sync_run_id: String,
    /// `running`, with 202.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<&'static str>,
    /// Repositories that were synchronised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    repos: Option<i32>,
    /// Issues and pull requests taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    synced_count: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    results: Option<Vec<SyncResult>>,
}

/// A run that refreshes what is known of repositories: over, with its results, or still under way (`state`).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AutomationSyncAnswer {
    success: bool,
    sync_run_id: String,
    /// `running`, with 202.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<&'static str>,
    /// Repositories that were refreshed.
    synced: usize,
    /// Repositories that could not be.
    failed: usize,
    results: Vec<SyncResult>,
}

/// Synchronise issues and pull requests now
///
/// Waits up to 25 seconds for the result, or a few for that of a run which is under way already. After that, 202 with
/// the run's id.
#[utoipa::path(
    post,
    path = "/api/sync",
    operation_id = "syncIssues",
    tag = "repositories",
    request_body = Option<SyncRequest>,
    responses(
        (status = 200, description = "It is done.", body = SyncAnswer),
        (status = 202, description = "It is under way.", body = SyncAnswer),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn issues(
    State(db): State<Db>,
    State(function): State<Arc<SyncFunction>>,
    caller: Caller,
    Keyed(request, key): Keyed<SyncRequest>,
) -> ApiResult<(StatusCode, Json<SyncAnswer>)> {
    let repository = request.repo.map(|repo| repo.0);
    let run = run(&db, &function, &caller, (RunKind::Issues, repository.as_ref()), key.as_ref()).await?;
    let sync_run_id = run.id.to_string();
    if run.state != "finished" {
        let state = Some("running");
        let answer =
            SyncAnswer { success: true, sync_run_id, state, repos: None, synced_count: None, results: None };
        return Ok((StatusCode::ACCEPTED, Json(answer)));
    }
    let answer = SyncAnswer {
        success: true,
        sync_run_id,
        state: None,
        repos: Some(run.repositories_done),
        synced_count: Some(run.issues_synced),
        results: Some(results(&run)),
    };
    Ok((StatusCode::OK, Json(answer)))
}

/// Refresh what is known of repositories now
///
/// Waits like /api/sync.
#[utoipa::path(
    post,
    path = "/api/automation/sync",
    operation_id = "syncRepositoryFacts",
    tag = "repositories",
    responses(
        (status = 200, description = "It is done.", body = AutomationSyncAnswer),
        (status = 202, description = "It is under way.", body = AutomationSyncAnswer),
    )
)]
pub(crate) async fn automation(
    State(db): State<Db>,
    State(function): State<Arc<SyncFunction>>,
    caller: Caller,
    request: Keyed<Nothing>,
) -> ApiResult<(StatusCode, Json<AutomationSyncAnswer>)> {
    let run = run(&db, &function, &caller, (RunKind::Automation, None), request.1.as_ref()).await?;
    let results = results(&run);
    let finished = run.state == "finished";
    let failed = results.iter().filter(|result| result.error.is_some()).count();
    let answer = AutomationSyncAnswer {
        success: true,
        sync_run_id: run.id.to_string(),
        state: (!finished).then_some("running"),
        synced: results.len() - failed,
        failed,
        results,
    };
    Ok((if finished { StatusCode::OK } else { StatusCode::ACCEPTED }, Json(answer)))
}

/// How long to wait for a run that somebody else has started, and how often to look.
const PATIENCE: Duration = Duration::from_secs(8);
const LOOK: Duration = Duration::from_millis(250);

/// Asks for a run, has it worked off unless somebody is at it, and reads how it stands.
async fn run(
    db: &Db,
    function: &SyncFunction,
    caller: &Caller,
    (kind, repository): (RunKind, Option<&RepoName>),
    key: Option<&Key>,
) -> ApiResult<Run> {
    let (id, _) = sync::request(db, kind, repository, key, &caller.who()).await?;
    failpoint("api.before-sync");
    // A run that nobody has begun is begun by whoever comes: scheduled-sync starts each run once.
    if sync::run(db, id).await?.state == "requested" {
        let job = match kind {
            RunKind::Issues => Job::Sync,
            RunKind::Automation => Job::Automation,
        };
        function.work(job, id).await;
        return Ok(sync::run(db, id).await?);
    }
    settled(db, id).await
}

/// Waits a little for a run to end. No connection is held in between.
async fn settled(db: &Db, id: SyncRunId) -> ApiResult<Run> {
    let end = Instant::now() + PATIENCE;
    loop {
        let run = sync::run(db, id).await?;
        if run.state == "finished" || Instant::now() >= end {
            return Ok(run);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The results as scheduled-sync stored them; what cannot be read is left out rather than failing the answer.
pub(super) fn results(run: &Run) -> Vec<SyncResult> {
    serde_json::from_value(run.results.clone()).unwrap_or_else(|error| {
        tracing::error!(sync.run = run.id, %error, "the results of a run cannot be read");
        Vec::new()
    })
}
