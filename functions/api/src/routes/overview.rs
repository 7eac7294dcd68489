//! Purpose: how it goes, in figures: now, by agent, and over time. Retry freely.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dispatch_store::Db;
use dispatch_store::overview::{self, AgentFigures, Series, Slot};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::agent_runs::AgentRun;
use super::audit::AuditEvent;
use super::card::Card;
use crate::error::{ApiError, ApiResult};
use crate::input::{Params, Whole};

/// How far back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OverviewQuery {
    /// Days that the figures and the plots cover, 1 to 90; 14 unless it is said. Up to three days are told by the
    /// hour, more by the day.
    #[param(value_type = Option<i64>)]
    days: Option<Whole>,
}

/// How it goes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Overview {
    generated_at: Timestamp,
    /// The figures count from here.
    since: Timestamp,
    /// How long a slot of `series` is: `hour` or `day`.
    #[schema(example = "day")]
    slot: &'static str,
    /// Issues by status; `done` counts two weeks.
    by_status: BTreeMap<String, i64>,
    /// In progress without an agent whose lease lasts.
    unheld: i64,
    /// Those that nobody is at, the longest first; ten at most.
    stale_in_progress: Vec<Card>,
    /// By name: agents that worked since then or hold work now.
    agents: Vec<AgentOverview>,
    recent_runs: Vec<AgentRun>,
    recent_events: Vec<AuditEvent>,
    /// Oldest first; the last slot is not over.
    series: Vec<SeriesSlot>,
}

/// One agent since the window began.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgentOverview {
    agent_name: String,
    /// Claims that it holds now.
    active: i64,
    /// Open issues that carry its label.
    open_issues: i64,
    /// Claims it was given.
    claims: i64,
    /// Claims that ended.
    ended: i64,
    /// Those of them that ended with a pull request.
    delivered: i64,
    /// Issues closed as done at which it had tried.
    done: i64,
    /// Those of them that its one attempt was enough for, and nobody else's was needed.
    first_pass: i64,
    /// Pull requests of its claims that were merged.
    merged: i64,
    failed: i64,
    blocked: i64,
    /// Leases that ran out.
    expired: i64,
    last_seen_at: Option<Timestamp>,
    /// Seconds from a claim to its pull request, the median.
    claim_to_pr_seconds: Option<f64>,
    /// Seconds from such a pull request to its merge, the median.
    pr_to_merge_seconds: Option<f64>,
    tokens: i64,
    cost_usd: Option<f64>,
}

/// What happened in one hour or day (UTC).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SeriesSlot {
    at: Timestamp,
    /// Issues closed, other than as not planned.
    done: i64,
    /// Those of them that an agent had worked on.
    done_by_agents: i64,
    /// Those of them that one attempt was enough for.
    first_pass: i64,
    /// Claims that ended with a pull request.
    delivered: i64,
    /// Leases that ran out.
    expired: i64,
    /// Linked pull requests merged.
    merged: i64,
    /// Median seconds from a claim to its pull request.
    claim_to_pr_seconds: Option<f64>,
    /// Median seconds from a pull request to its merge.
    pr_to_merge_seconds: Option<f64>,
    /// Label changes that GitHub confirmed.
    writes: i64,
    /// Seconds within which 95 of 100 of them were confirmed.
    converge_seconds: Option<f64>,
    /// The most there were at one time.
    ready: Option<i32>,
    in_progress: Option<i32>,
    writes_waiting: Option<i32>,
    /// The least that was left of a credential's requests.
    budget_remaining: Option<i32>,
    budget_limit: Option<i32>,
}

impl AgentOverview {
    fn new(row: AgentFigures, open: &BTreeMap<String, i64>) -> Self {
        Self {
            open_issues: open.get(&row.agent.to_lowercase()).copied().unwrap_or_default(),
            agent_name: row.agent,
            active: row.active,
            claims: row.claims,
            ended: row.ended,
            delivered: row.delivered,
            done: row.done,
            first_pass: row.first_pass,
            merged: row.merged,
            failed: row.failed,
            blocked: row.blocked,
            expired: row.expired,
            last_seen_at: row.last_seen,
            claim_to_pr_seconds: row.claim_to_pr_seconds,
            pr_to_merge_seconds: row.pr_to_merge_seconds,
            tokens: row.tokens,
            cost_usd: row.cost_usd,
        }
    }
}

impl From<Series> for SeriesSlot {
    fn from(row: Series) -> Self {
        Self {
            at: row.at,
            done: row.done,
            done_by_agents: row.done_by_agents,
            first_pass: row.first_pass,
            delivered: row.delivered,
            expired: row.expired,
            merged: row.merged,
            claim_to_pr_seconds: row.claim_to_pr_seconds,
            pr_to_merge_seconds: row.pr_to_merge_seconds,
            writes: row.writes,
            converge_seconds: row.converge_seconds,
            ready: row.ready,
            in_progress: row.in_progress,
            writes_waiting: row.writes_waiting,
            budget_remaining: row.budget_remaining,
            budget_limit: row.budget_limit,
        }
    }
}

/// How it goes
#[utoipa::path(
    get,
    path = "/api/overview",
    operation_id = "getOverview",
    tag = "board",
    params(OverviewQuery),
    responses((status = 200, description = "The figures.", body = Overview))
)]
pub(crate) async fn overview(
    State(db): State<Db>,
    Params(query): Params<OverviewQuery>,
) -> ApiResult<Json<Overview>> {
    let (days, slot) = window(query.days)?;
    let overview = overview::overview(&db, days, slot).await?;
    let open = overview.open_by_agent.into_iter().collect();
    Ok(Json(Overview {
        generated_at: overview.now,
        since: overview.since,
        slot: slot.as_str(),
        unheld: overview.by_status.iter().map(|row| row.unheld).sum(),
        by_status: overview.by_status.into_iter().map(|row| (row.status, row.issues)).collect(),
        stale_in_progress: overview.stale.into_iter().map(Card::from).collect(),
        agents: overview.agents.into_iter().map(|row| AgentOverview::new(row, &open)).collect(),
        recent_runs: overview.runs.into_iter().map(AgentRun::from).collect(),
        recent_events: overview.events.into_iter().map(AuditEvent::from).collect(),
        series: overview.series.into_iter().map(SeriesSlot::from).collect(),
    }))
}

fn window(days: Option<Whole>) -> ApiResult<(i32, Slot)> {
    let days = days.map_or(14, |days| days.0);
    let slot = if days > 3 { Slot::Day } else { Slot::Hour };
    match i32::try_from(days) {
        Ok(days) if (1..=90).contains(&days) => Ok((days, slot)),
        _ => Err(ApiError::invalid("days", "days: expected a number from 1 to 90")),
    }
}
