//! Purpose: one issue in full, and what happened to it. Retry freely.

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::IssueId;
use dispatch_store::Db;
use dispatch_store::history;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::card::Card;
use super::claims::Claim;
use super::limit;
use crate::auth::{Caller, Principal};
use crate::error::ApiResult;
use crate::input::{Id, Params, When, Whole};

/// An issue with its text and with every attempt at it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssueDetail {
    #[serde(flatten)]
    card: Card,
    /// Markdown, written by others. Null for agents while it waits for an operator's approval.
    body: Option<String>,
    /// Who opened it.
    author: Option<String>,
    /// What GitHub says of the author: `OWNER`, `MEMBER`, `CONTRIBUTOR`, `NONE`…
    author_association: Option<String>,
    /// Hash of title and body, by which an operator approves just this text.
    text_sha256: String,
    assignees: Vec<String>,
    created_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    /// Why it was closed, in GitHub's words: `completed`, `not_planned`…
    state_reason: Option<String>,
    /// When GitHub showed it last.
    seen_at: Timestamp,
    /// What is cached is in doubt, and is read again within a minute.
    reread_wanted: bool,
    work: IssueWork,
    /// Every claim on it, newest first.
    claims: Vec<Claim>,
}

/// What keeps the work back, beyond the issue itself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssueWork {
    /// Attempts in a row that led to nothing; three are enough for quarantine.
    attempts_without_progress: i32,
    /// Not handed out again before an operator releases it.
    quarantined_at: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    /// This agent gave it back, and is not offered it until `hiddenUntil`.
    hidden_agent: Option<String>,
    hidden_until: Option<Timestamp>,
}

impl From<history::Detail> for IssueDetail {
    fn from(detail: history::Detail) -> Self {
        let facts = detail.facts;
        Self {
            card: Card::from(detail.card),
            body: Some(facts.body),
            author: facts.author,
            author_association: facts.author_association,
            text_sha256: facts.text_sha256,
            assignees: facts.assignees,
            created_at: Some(facts.github_created_at),
            closed_at: facts.closed_at,
            state_reason: facts.state_reason,
            seen_at: facts.seen_at,
            reread_wanted: facts.reread_wanted,
            work: IssueWork {
                attempts_without_progress: facts.attempts_without_progress.unwrap_or_default(),
                quarantined_at: facts.quarantined_at,
                snoozed_until: facts.snoozed_until,
                hidden_agent: facts.hidden_agent,
                hidden_until: facts.hidden_until,
            },
            claims: detail.claims.into_iter().map(Claim::from).collect(),
        }
    }
}

/// One issue with its text and every attempt at it
#[utoipa::path(
    get,
    path = "/api/issues/{id}",
    operation_id = "getIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    responses((status = 200, description = "The issue.", body = IssueDetail))
)]
pub(crate) async fn one(State(db): State<Db>, caller: Caller, Id(id): Id) -> ApiResult<Json<IssueDetail>> {
    let detail = history::detail(&db, IssueId(id)).await?;
    let agent = matches!(caller.principal, Principal::Bootstrap | Principal::Agent(_));
    let withheld = agent && detail.card.withheld();
    let mut detail = IssueDetail::from(detail);
    detail.body.take_if(|_| withheld);
    Ok(Json(detail))
}

/// Which part of the timeline.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineQuery {
    /// What happened before this moment: `next` of the page before.
    #[param(value_type = Option<Timestamp>)]
    before: Option<When>,
    /// About so many, 1 to 1000; 100 unless it is said. What happened at one moment stays together.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

/// A page of the timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// Newest first; of one moment the effects before their causes.
    entries: Vec<TimelineEntry>,
    /// Ask for what happened `before` this; null when there is nothing more.
    next: Option<Timestamp>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TimelineEntry {
    /// Unique, and the same whenever it is asked for.
    #[schema(example = "audit-12")]
    id: String,
    at: Timestamp,
    /// What happened: an action of the audit trail, `delivery.*`, `claim.checkpoint`, `claim.report_refused` or
    /// `write.*` (`wanted`, `planned`, `applied`, `superseded`, `parked`).
    #[schema(example = "write.planned")]
    what: String,
    /// `agent`, `operator`, `github` or `clock`; null for a write, which its cause accounts for.
    actor_kind: Option<String>,
    actor: Option<String>,
    /// Entries that share one of these led to each other: a delivery or a call, the changes it made, the writes those
    /// wanted. A write that was wanted several times has several.
    correlation_ids: Vec<String>,
    success: bool,
    /// Why it failed, or what was said with it. Written by others, in part.
    message: Option<String>,
    /// What is known of the state before.
    #[schema(value_type = Option<Value>)]
    before: Option<Value>,
    /// What is known of the state after.
    #[schema(value_type = Option<Value>)]
    after: Option<Value>,
}

impl From<history::Entry> for TimelineEntry {
    fn from(row: history::Entry) -> Self {
        Self {
            id: row.id,
            at: row.at,
            what: row.what,
            actor_kind: row.actor_kind,
            actor: row.actor,
            correlation_ids: row.correlations,
            success: row.success,
            message: row.message,
            before: row.before,
            after: row.after,
        }
    }
}

/// What happened to an issue
///
/// One story from the audit trail, claims, webhooks and writes, newest first.
#[utoipa::path(
    get,
    path = "/api/issues/{id}/timeline",
    operation_id = "getTimeline",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue."), TimelineQuery),
    responses((status = 200, description = "What happened.", body = Timeline))
)]
pub(crate) async fn timeline(
    State(db): State<Db>,
    Id(id): Id,
    Params(query): Params<TimelineQuery>,
) -> ApiResult<Json<Timeline>> {
    let most = limit(query.limit, 100)?;
    let entries = history::timeline(&db, IssueId(id), query.before.map(|at| at.0), most).await?;
    let full = entries.len() as i64 >= most;
    let next = entries.last().map(|entry| entry.at).filter(|_| full);
    Ok(Json(Timeline { entries: entries.into_iter().map(TimelineEntry::from).collect(), next }))
}
