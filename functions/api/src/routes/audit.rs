//! Purpose: who did what. Retry freely.

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::RepoName;
use dispatch_store::Db;
use dispatch_store::audit;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::limit;
use crate::error::ApiResult;
use crate::input::{Params, Parsed, Whole, blank_is_none};

/// Which events.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// At most so many, 1 to 1000; 100 unless it is said.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
    /// Of this repository, `owner/name`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    repo: Option<Parsed<RepoName>>,
}

/// One event. It is never changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditEvent {
    id: String,
    at: Timestamp,
    /// Name of the agent or the person, or the job.
    actor: String,
    /// `agent`, `operator`, `github` or `clock`.
    actor_kind: String,
    #[schema(example = "issue.moved")]
    action: String,
    repo_full_name: Option<String>,
    issue_number: Option<i32>,
    issue_id: Option<String>,
    before_labels: Option<Vec<String>>,
    after_labels: Option<Vec<String>>,
    /// Everything that is known of the state before.
    #[schema(value_type = Option<Value>)]
    before: Option<Value>,
    /// Everything that is known of the state after.
    #[schema(value_type = Option<Value>)]
    after: Option<Value>,
    success: bool,
    error_message: Option<String>,
    notes: Option<String>,
    /// Ties together a request, the write it led to and the delivery that came back.
    correlation_id: Option<String>,
}

impl From<audit::AuditEvent> for AuditEvent {
    fn from(event: audit::AuditEvent) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.at,
            actor: event.actor,
            actor_kind: event.actor_kind,
            action: event.action,
            repo_full_name: event.repository,
            issue_number: event.issue_number,
            issue_id: event.issue_id.map(|id| id.to_string()),
            before_labels: labels(event.before.as_ref()),
            after_labels: labels(event.after.as_ref()),
            before: event.before,
            after: event.after,
            success: event.success,
            error_message: event.error,
            notes: event.notes,
            correlation_id: event.correlation_id,
        }
    }
}

fn labels(state: Option<&Value>) -> Option<Vec<String>> {
    let labels = state?.get("labels")?.as_array()?;
    Some(labels.iter().filter_map(|label| label.as_str().map(str::to_owned)).collect())
}

/// List audit events, newest first
#[utoipa::path(
    get,
    path = "/api/audit",
    operation_id = "listAuditEvents",
    tag = "board",
    params(AuditQuery),
    responses((status = 200, description = "The events.", body = Vec<AuditEvent>))
)]
pub(crate) async fn list(
    State(db): State<Db>,
    Params(query): Params<AuditQuery>,
) -> ApiResult<Json<Vec<AuditEvent>>> {
    let repository = query.repo.map(|repo| repo.0);
    let events = audit::recent(&db, repository.as_ref(), limit(query.limit, 100)?).await?;
    Ok(Json(events.into_iter().map(AuditEvent::from).collect()))
}
