//! The administrative routes under `/_sim`, for whoever runs the simulator as a program of its own. They need no
//! credentials: the simulator is for loopback.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    delivery_faults::DeliveryFault,
    faults::Fault,
    shared::Shared,
    state::{Subject, change::Change},
    view::IssueView,
};

type Sim = State<Arc<Shared>>;

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/_sim/health", get(health))
        .route("/_sim/state", get(state))
        .route("/_sim/mutations", get(mutations))
        .route("/_sim/requests", get(requests))
        .route("/_sim/deliveries", get(deliveries))
        .route("/_sim/act", post(act))
        .route("/_sim/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_sim/flush", post(flush))
        .route("/_sim/clock", post(set_clock))
}

async fn health(State(sim): Sim) -> Json<Value> {
    let state = sim.state();
    Json(json!({ "ok": true, "repositories": state.repos.len(), "outstanding": sim.post.outstanding() }))
}

async fn state(State(sim): Sim) -> Json<Value> {
    let state = sim.state();
    let repositories = state.repos.values().map(|repo| {
        let issues: Vec<IssueView> = repo.issues.values().map(|issue| IssueView::of(repo, issue)).collect();
        let labels: Vec<&str> = repo.labels.iter().map(|label| label.name.as_str()).collect();
        json!({
            "id": repo.id,
            "fullName": repo.full_name(),
            "defaultBranch": repo.default_branch,
            "headSha": repo.head_sha(),
            "archived": repo.archived,
            "labels": labels,
            "issues": issues,
        })
    });
    let hooks = state.hooks.all.iter().map(
        |hook| json!({ "id": hook.id, "url": hook.url, "active": hook.active, "deliveries": hook.log.len() }),
    );
    Json(json!({
        "now": sim.clock.now(),
        "repositories": repositories.collect::<Vec<_>>(),
        "hooks": hooks.collect::<Vec<_>>(),
        "outstanding": sim.post.outstanding(),
    }))
}

#[derive(Deserialize)]
struct After {
    /// Only what has a greater number than this.
    #[serde(default)]
    after: u64,
}

async fn mutations(State(sim): Sim, Query(After { after }): Query<After>) -> Json<Value> {
    let ledger = sim.ledger();
    Json(json!(ledger.writes.iter().filter(|write| write.number > after).collect::<Vec<_>>()))
}

async fn requests(State(sim): Sim) -> Json<Value> {
    Json(json!(sim.ledger().requests))
}

async fn deliveries(State(sim): Sim, Query(After { after }): Query<After>) -> Json<Value> {
    let state = sim.state();
    let all = state.hooks.all.iter().flat_map(|hook| &hook.log);
    Json(json!(all.filter(|delivery| delivery.id > after).collect::<Vec<_>>()))
}

#[derive(Deserialize)]
struct ActBody {
    actor: String,
    #[serde(flatten)]
    change: Change,
}

async fn act(State(sim): Sim, Json(body): Json<Value>) -> Response {
    let ActBody { actor, change } = match serde_json::from_value(body) {
        Ok(body) => body,
        Err(error) => return refused(&error),
    };
    match sim.commit(&actor, change) {
        Ok(applied) => {
            let state = sim.state();
            let repo = state.repos.get(&applied.repo);
            let issue = match applied.subject {
                Subject::Issue(number) => repo.and_then(|repo| Some((repo, repo.issues.get(&number)?))),
                _ => None,
            };
            let issue = issue.map(|(repo, issue)| IssueView::of(repo, issue));
            Json(json!({ "issue": issue, "events": applied.events.len() })).into_response()
        }
        Err(refusal) => refused(&refusal),
    }
}

async fn faults(State(sim): Sim) -> Json<Value> {
    Json(json!(sim.faults().pending()))
}

/// A [`Fault`], a [`DeliveryFault`], or `{"kind": "primary_exhausted"}`, `{"kind": "token_revoked", "token": "…"}`.
async fn add_fault(State(sim): Sim, Json(body): Json<Value>) -> Response {
    let kind = body["kind"].as_str().unwrap_or_default();
    let outcome = match kind {
        "primary_exhausted" => {
            sim.access().exhaust(sim.clock.now());
            Ok(())
        }
        "token_revoked" => {
            sim.access().revoke(body["token"].as_str());
            Ok(())
        }
        "lose" | "lose_fraction" | "duplicate" | "shuffle" | "delay" => {
            serde_json::from_value::<DeliveryFault>(body).map(|fault| sim.post.fault(fault))
        }
        _ => serde_json::from_value::<Fault>(body).map(|fault| sim.faults().add(fault)),
    };
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refused(&error),
    }
}

async fn clear_faults(State(sim): Sim) -> StatusCode {
    sim.faults().clear();
    sim.post.clear_faults();
    sim.access().restore();
    StatusCode::NO_CONTENT
}

async fn flush(State(sim): Sim) -> StatusCode {
    sim.post.flush().await;
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClockBody {
    set: Option<Timestamp>,
    advance_seconds: Option<i64>,
}

async fn set_clock(State(sim): Sim, Json(body): Json<ClockBody>) -> Json<Value> {
    if let Some(to) = body.set {
        sim.clock.set(to);
    }
    sim.clock.advance(SignedDuration::from_secs(body.advance_seconds.unwrap_or_default()));
    Json(json!({ "now": sim.clock.now() }))
}

fn refused(why: &impl std::fmt::Display) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": why.to_string() }))).into_response()
}
