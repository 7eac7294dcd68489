//! Purpose: who did what. Retry freely.

pub(super) mod export;

use axum::Json;
use axum::extract::State;
use axum::http::header::{HeaderValue, LINK};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_store::Db;
use dispatch_store::audit;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{limit, link_to_next};
use crate::error::{ApiError, ApiResult};
use crate::input::{Line, Params, Parsed, When, Whole, blank_is_none};

type Word = Option<Line<100>>;

/// Which events. Empty parameters are ignored.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditFilter {
    /// About this repository, `owner/name`, or an issue of it.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    repo: Option<Parsed<RepoName>>,
    /// About the issue of this number; with `repo`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<i32>)]
    number: Option<Whole>,
    /// About this issue, by GitHub's id.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    issue_id: Option<Whole>,
    /// By this agent, person or job.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    actor: Word,
    /// `agent`, `operator`, `github` or `clock`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    actor_kind: Word,
    /// This action, such as `claim.granted`, or its family, such as `claim`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    action: Word,
    /// `true`: what worked. `false`: what did not.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<bool>)]
    success: Word,
    /// What belongs together.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    correlation_id: Word,
    /// Not before this moment.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<Timestamp>)]
    since: Option<When>,
    /// Before this moment.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<Timestamp>)]
    until: Option<When>,
    /// Events with a lower id only: the page after. The `Link` header has it.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    before: Option<Whole>,
    /// At most so many, 1 to 1000; 100 unless it is said.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

impl AuditFilter {
    /// What the store is asked for, and the id to begin below.
    fn read(self) -> ApiResult<(audit::Filter, Option<i64>)> {
        let success = match self.success.as_deref() {
            None => None,
            Some(word) => Some(
                word.parse().map_err(|_| ApiError::invalid("success", "success: expected true or false"))?,
            ),
        };
        let number = self.number.map(|number| i32::try_from(number.0)).transpose();
        let number =
            number.map_err(|_| ApiError::invalid("number", "number: there is no such number on GitHub"))?;
        let filter = audit::Filter {
            repository: self.repo.map(|repo| repo.0),
            actor: self.actor.map(Line::into_inner),
            actor_kind: self.actor_kind.map(Line::into_inner),
            action: self.action.map(Line::into_inner),
            issue: self.issue_id.map(|id| IssueId(id.0)),
            number,
            success,
            correlation: self.correlation_id.map(Line::into_inner),
            since: self.since.map(|at| at.0),
            until: self.until.map(|at| at.0),
        };
        Ok((filter, self.before.map(|id| id.0)))
    }
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
///
/// A `Link` header with `rel="next"` leads to older ones.
#[utoipa::path(
    get,
    path = "/api/audit",
    operation_id = "listAuditEvents",
    tag = "board",
    params(AuditFilter),
    responses((status = 200, description = "The events.", body = Vec<AuditEvent>, headers(("Link" = String))))
)]
pub(crate) async fn list(
    State(db): State<Db>,
    uri: Uri,
    Params(query): Params<AuditFilter>,
) -> ApiResult<Response> {
    let most = limit(query.limit, 100)?;
    let (filter, before) = query.read()?;
    let events = audit::events(&db, &filter, before, most).await?;
    let headers: HeaderMap = next(&uri, &events, most).into_iter().map(|next| (LINK, next)).collect();
    let events: Vec<AuditEvent> = events.into_iter().map(AuditEvent::from).collect();
    Ok((headers, Json(events)).into_response())
}

/// Where older events are, if this page is full.
fn next(uri: &Uri, events: &[audit::AuditEvent], most: i64) -> Option<HeaderValue> {
    let last = events.last().filter(|_| events.len() as i64 == most)?;
    link_to_next(uri, "before", last.id)
}
