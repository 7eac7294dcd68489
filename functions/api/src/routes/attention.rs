//! Purpose: one inbox of everything that waits for a person, each with the call that settles it. Retry freely.

use axum::Json;
use axum::extract::State;
use axum::http::Method;
use dispatch_store::Db;
use dispatch_store::attention::{self, Item};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::MOST;
use crate::error::ApiResult;

/// What waits for a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attention {
    generated_at: Timestamp,
    /// By kind, the oldest of each first.
    items: Vec<AttentionItem>,
    /// There are more than one answer holds.
    truncated: bool,
}

/// One thing that waits for a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttentionItem {
    /// The same as long as it waits.
    #[schema(example = "quarantined-41001")]
    id: String,
    /// `needs_input`, `result`, `quarantined`, `contested`, `write_failed`, `unheld`, `review_overdue`, `untrusted`,
    /// `sync_failed`, `delivery_failed` or `delivery_missing`.
    kind: String,
    /// Since when, as far as it is known.
    since: Option<Timestamp>,
    issue_id: Option<String>,
    repo_full_name: Option<String>,
    issue_number: Option<i32>,
    title: Option<String>,
    /// Where to look at it on GitHub.
    url: Option<String>,
    /// What is the matter. Written by others, in part.
    message: Option<String>,
    /// The call that settles it; null when there is none.
    action: Option<AttentionAction>,
}

/// A call of this API, ready to be made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttentionAction {
    /// What it does, in two or three words.
    #[schema(example = "Retry the write")]
    label: &'static str,
    #[schema(example = "POST")]
    method: &'static str,
    #[schema(example = "/api/mutations/7/retry")]
    path: String,
    #[schema(value_type = Value)]
    body: Value,
}

impl From<Item> for AttentionItem {
    fn from(item: Item) -> Self {
        let issue_id = item.issue_id.map(|id| id.to_string());
        let reference = item.reference.as_deref().or(issue_id.as_deref()).unwrap_or_default();
        let action = action(&item.kind, reference, issue_id.as_deref().unwrap_or_default());
        Self {
            id: format!("{}-{reference}", item.kind),
            kind: item.kind,
            since: item.at,
            issue_id,
            repo_full_name: item.repository,
            issue_number: item.number,
            title: item.title,
            url: item.url,
            message: item.message,
            action,
        }
    }
}

/// What one click does about it. `reference` is a mutation, a delivery, a repository or a text's hash where the kind has
/// one, else the issue.
fn action(kind: &str, reference: &str, issue: &str) -> Option<AttentionAction> {
    let post =
        |label, path: String, body| AttentionAction { label, method: Method::POST.as_str(), path, body };
    let ready = || json!({ "issueId": reference, "status": "ready" });
    Some(match kind {
        "needs_input" => post("Answered: make ready", "/api/issues/move".into(), ready()),
        "result" => post("Not enough: make ready", "/api/issues/move".into(), ready()),
        "review_overdue" => post("Back to agents", "/api/issues/move".into(), ready()),
        "unheld" => post("Make ready", "/api/issues/move".into(), ready()),
        "quarantined" => post("Release", format!("/api/issues/{reference}/release"), json!({})),
        "contested" | "write_failed" => {
            post("Retry the write", format!("/api/mutations/{reference}/retry"), json!({}))
        }
        "untrusted" => post(
            "Approve its text",
            format!("/api/issues/{issue}/approve"),
            json!({ "textSha256": reference }),
        ),
        "delivery_failed" => {
            post("Apply it again", format!("/api/webhooks/deliveries/{reference}/retry"), json!({}))
        }
        "delivery_missing" if reference.is_empty() => {
            post("Repair the webhooks", "/api/webhooks/repair".into(), json!({}))
        }
        "sync_failed" | "delivery_missing" => {
            post("Sync now", "/api/sync".into(), json!({ "repo": reference }))
        }
        _ => return None,
    })
}

/// What waits for a person
#[utoipa::path(
    get,
    path = "/api/attention",
    operation_id = "getAttention",
    tag = "board",
    responses((status = 200, description = "The inbox.", body = Attention))
)]
pub(crate) async fn attention(State(db): State<Db>) -> ApiResult<Json<Attention>> {
    let (generated_at, mut items) = attention::inbox(&db, MOST + 1).await?;
    let truncated = items.len() as i64 > MOST;
    items.truncate(MOST as usize);
    Ok(Json(Attention {
        generated_at,
        items: items.into_iter().map(AttentionItem::from).collect(),
        truncated,
    }))
}
