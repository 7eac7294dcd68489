//! Purpose: how the webhooks stand that GitHub sends through, and putting them right by one call. May be repeated.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_domain::ids::RepoName;
use dispatch_domain::job::Job;
use dispatch_store::Db;
use dispatch_store::hooks::{self, Hook};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::error::ApiResult;
use crate::input::{Body, Parsed};
use crate::sync_function::SyncFunction;

/// A webhook as GitHub has it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Webhook {
    /// Whose; null for the App's, which brings the events of every repository.
    #[schema(example = "octo-demo/web")]
    repo: Option<String>,
    /// `ok`, `absent`, `inactive`, `wrong`, `failing` or `unknown`.
    #[schema(example = "ok")]
    state: String,
    /// What is wrong with it and what to do, as sentences.
    problems: Vec<String>,
    /// Where it delivers.
    url: Option<String>,
    events: Vec<String>,
    active: bool,
    /// Deliveries are signed. With which secret GitHub tells nobody.
    has_secret: bool,
    /// How GitHub's latest delivery was answered; 0 when it did not arrive.
    last_code: Option<i32>,
    last_success_at: Option<Timestamp>,
    checked_at: Option<Timestamp>,
    /// A repair was asked for and is not done yet.
    repair_wanted: bool,
    /// GitHub's list of deliveries was compared with ours up to here.
    compared_until: Option<Timestamp>,
    /// Deliveries that GitHub lists and that never came.
    missing_deliveries: i64,
}

impl From<Hook> for Webhook {
    fn from(row: Hook) -> Self {
        Self {
            repo: row.owner.zip(row.name).map(|(owner, name)| format!("{owner}/{name}")),
            state: row.state,
            problems: row.problems,
            url: row.url,
            events: row.events,
            active: row.active,
            has_secret: row.has_secret,
            last_code: row.last_code,
            last_success_at: row.last_success_at,
            checked_at: row.checked_at,
            repair_wanted: row.repair_wanted,
            compared_until: row.compared_until,
            missing_deliveries: row.missing,
        }
    }
}

/// List webhooks
///
/// As they were found last: `recover` looks every few minutes, POST /api/webhooks/repair now.
#[utoipa::path(
    get,
    path = "/api/webhooks",
    operation_id = "listWebhooks",
    tag = "repositories",
    responses((status = 200, description = "The App's, or each repository's.", body = Vec<Webhook>))
)]
pub(crate) async fn list(State(db): State<Db>) -> ApiResult<Json<Vec<Webhook>>> {
    Ok(Json(hooks::all(&db).await?.into_iter().map(Webhook::from).collect()))
}

/// Which webhooks.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RepairRequest {
    /// This repository's only, `owner/name`.
    #[schema(value_type = Option<String>, example = "octo-demo/web")]
    repo: Option<Parsed<RepoName>>,
}

/// Create or repair webhooks now
///
/// Looks at each, creates what is absent and puts right what is wrong: address, content type, secret, events, active.
/// Waits up to 25 seconds; after that 202, and what is left is done by the next `recover`.
#[utoipa::path(
    post,
    path = "/api/webhooks/repair",
    operation_id = "repairWebhooks",
    tag = "repositories",
    request_body = Option<RepairRequest>,
    responses(
        (status = 200, description = "How they stand now.", body = Vec<Webhook>),
        (status = 202, description = "Not all are done yet.", body = Vec<Webhook>),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn repair(
    State(db): State<Db>,
    State(function): State<Arc<SyncFunction>>,
    Body(request): Body<RepairRequest>,
) -> ApiResult<(StatusCode, Json<Vec<Webhook>>)> {
    hooks::ask_repair(&db, request.repo.as_ref().map(|repo| &repo.0)).await?;
    function.ask(&json!({ "job": Job::Hooks })).await;
    let all = hooks::all(&db).await?;
    let done = !all.is_empty() && all.iter().all(|hook| hook.checked_at.is_some() && !hook.repair_wanted);
    let status = if done { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(all.into_iter().map(Webhook::from).collect())))
}
