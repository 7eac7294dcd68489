//! The GitHub App (GitHub docs, "REST API endpoints for GitHub Apps").

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    access::{APP_ID, APP_SLUG},
    call::{Answer, Call, created, ok},
    error::ApiError,
    page::page,
};
use crate::{render, shared::Shared, state::model::AccountKind};

/// What the app is registered for; its webhook sends everything all the same.
const EVENTS: [&str; 15] = [
    "check_run",
    "check_suite",
    "issue_comment",
    "issue_dependencies",
    "issues",
    "label",
    "milestone",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "push",
    "repository",
    "status",
    "sub_issues",
];

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/app", get(app))
        .route("/app/installations", get(installations))
        .route("/app/installations/{id}", get(installation))
        .route("/app/installations/{id}/access_tokens", post(access_token))
        .route("/repos/{owner}/{repo}/installation", get(of_repository))
}

async fn app(call: Call) -> Answer {
    let state = call.shared.state();
    let login = format!("{APP_SLUG}[bot]");
    ok(json!({
        "id": APP_ID,
        "slug": APP_SLUG,
        "node_id": crate::state::ids::node_id("A", APP_ID),
        "owner": render::user::simple(&state, &login),
        "name": "Dispatch (simulated)",
        "description": null,
        "external_url": "https://example.com",
        "html_url": format!("{}/apps/{APP_SLUG}", state.urls.html),
        "created_at": "2026-01-05T09:00:00Z",
        "updated_at": "2026-01-05T09:00:00Z",
        "permissions": render::app::permissions(),
        "events": EVENTS,
    }))
}

async fn installations(call: Call) -> Answer {
    let state = call.shared.state();
    let owns = |login: &str| state.repos.values().any(|repo| repo.owner.eq_ignore_ascii_case(login));
    let owners = state.accounts.values().filter(|account| account.kind != AccountKind::Bot);
    let owners: Vec<_> = owners.filter(|account| owns(&account.login)).collect();
    let address = format!("{}/app/installations", state.urls.api);
    page(&call, &address, &owners, 30, |owner| {
        let id = state.installation_id(&owner.login).unwrap_or_default();
        render::app::installation(&state, owner, id)
    })
}

async fn installation(call: Call) -> Answer {
    let id = call.number("id")?;
    ok(shown(&call, id)?)
}

fn shown(call: &Call, id: u64) -> Result<Value, ApiError> {
    if !call.shared.access().is_installed(id) {
        return Err(ApiError::not_found());
    }
    let state = call.shared.state();
    let owner = state.installation_owner(id).ok_or_else(ApiError::not_found)?;
    Ok(render::app::installation(&state, owner, id))
}

async fn of_repository(call: Call) -> Answer {
    let owner = call.read(|_, repo| Ok(repo.owner.clone()))?;
    let id = call.shared.state().installation_id(&owner).ok_or_else(ApiError::not_found)?;
    ok(shown(&call, id)?)
}

async fn access_token(call: Call) -> Answer {
    let id = call.number("id")?;
    shown(&call, id)?;
    let now = call.shared.clock.now();
    let (token, expires_at) = call.shared.access().grant_installation(id, now);
    created(json!({
        "token": token,
        "expires_at": crate::clock::whole_second(expires_at),
        "permissions": render::app::permissions(),
        "repository_selection": "all",
    }))
}
