//! Repositories, their newest commit, the budget (GitHub docs, "REST API endpoints for repositories", "Get a commit",
//! "REST API endpoints for rate limits").

use std::sync::Arc;

use axum::{Router, routing::get};
use serde_json::json;

use super::{
    call::{Answer, Call, ok},
    error::ApiError,
    feedback,
};
use crate::{render, shared::Shared};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}", get(one))
        .route("/repos/{owner}/{repo}/commits/{*reference}", get(commit))
        .route("/repos/{owner}/{repo}/branches/{*branch}", get(branch))
        .route("/rate_limit", get(rate_limit))
}

async fn one(call: Call) -> Answer {
    ok(call.read(|state, repo| Ok(render::repo::full(state, repo)))?)
}

/// A reference may hold slashes, so what hangs below a commit is told apart here.
async fn commit(call: Call) -> Answer {
    let reference = call.part("reference");
    if let Some(reference) = reference.strip_suffix("/check-runs") {
        return feedback::check_runs(&call, reference);
    }
    if let Some(reference) = reference.strip_suffix("/status") {
        return feedback::combined_status(&call, reference);
    }
    ok(call.read(|state, repo| {
        let reference = call.part("reference");
        let reference = reference.strip_prefix("heads/").unwrap_or(reference);
        let branch = if reference == "HEAD" { &repo.default_branch } else { reference };
        let known = repo.branches.values().find(|sha| sha.as_str() == reference);
        let sha = repo.branches.get(branch).or(known).ok_or_else(|| {
            let message = format!("No commit found for SHA: {reference}");
            ApiError::new(http::StatusCode::UNPROCESSABLE_ENTITY, message)
        })?;
        Ok(render::repo::commit(state, repo, sha))
    })?)
}

async fn branch(call: Call) -> Answer {
    ok(call.read(|state, repo| {
        let name = call.part("branch");
        let sha = repo.branches.get(name).ok_or_else(ApiError::not_found)?;
        let root = render::repo::address(state, repo);
        let address = format!("{root}/branches/{}", render::segment(name));
        let html = format!("{}/tree/{name}", render::repo::html(state, repo));
        Ok(json!({
            "name": name,
            "commit": render::repo::commit(state, repo, sha),
            "_links": { "self": address, "html": html },
            "protected": false,
            "protection": { "enabled": false },
            "protection_url": format!("{address}/protection"),
        }))
    })?)
}

async fn rate_limit(call: Call) -> Answer {
    let now = call.shared.clock.now();
    let core = call.shared.access().budget(&call.who, now).json();
    let unused = json!({
        "limit": 30, "used": 0, "remaining": 30, "reset": now.as_second() + 60
    });
    ok(json!({ "resources": { "core": core, "search": unused, "graphql": unused }, "rate": core }))
}
