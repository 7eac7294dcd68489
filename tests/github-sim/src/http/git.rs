//! Branches and the commits on them, as far as a program needs them that works through the API (GitHub docs, "REST API
//! endpoints for Git references", "REST API endpoints for repository contents").

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post, put},
};
use base64::Engine as _;
use serde::Deserialize;
use serde_json::json;

use super::{
    call::{Answer, Call, created, ok},
    error::ApiError,
};
use crate::{
    render,
    shared::Shared,
    state::{change::Change, refusal::Refusal},
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/git/ref/{*reference}", get(reference))
        .route("/repos/{owner}/{repo}/git/refs", post(create_reference))
        .route("/repos/{owner}/{repo}/contents/{*path}", put(put_file))
}

async fn reference(call: Call) -> Answer {
    let branch = call.part("reference").strip_prefix("heads/").ok_or_else(ApiError::not_found)?;
    ok(shown(&call, branch)?)
}

fn shown(call: &Call, branch: &str) -> Result<serde_json::Value, ApiError> {
    call.read(|state, repo| {
        let sha = repo.branches.get(branch).ok_or_else(ApiError::not_found)?;
        Ok(render::git::reference(state, repo, branch, sha))
    })
}

#[derive(Deserialize)]
struct ReferenceBody {
    #[serde(rename = "ref", default)]
    reference: String,
    #[serde(default)]
    sha: String,
}

async fn create_reference(call: Call) -> Answer {
    let ReferenceBody { reference, sha } = call.json()?;
    let branch = reference.strip_prefix("refs/heads/").filter(|branch| !branch.is_empty());
    let branch =
        branch.ok_or_else(|| unprocessable("Reference name is not valid: it begins with refs/heads/"))?;
    let (taken, known) = call.read(|_, repo| {
        Ok((repo.branches.contains_key(branch), repo.branches.values().any(|known| *known == sha)))
    })?;
    if taken {
        return Err(unprocessable("Reference already exists"));
    }
    if !known {
        return Err(unprocessable("Object does not exist"));
    }
    let branch = branch.to_owned();
    call.change(Change::CreateBranch { repo: call.repo_name(), branch: branch.clone(), sha })?;
    created(shown(&call, &branch)?)
}

#[derive(Deserialize)]
struct FileBody {
    #[serde(default)]
    message: String,
    #[serde(default)]
    content: String,
    branch: Option<String>,
}

/// Every file is a new one: the simulator keeps commits and no contents.
async fn put_file(call: Call) -> Answer {
    let FileBody { message, content, branch } = call.json()?;
    if message.is_empty() {
        return Err(call.refused(&Refusal::invalid("Commit", "message", "missing_field")));
    }
    let content = base64::engine::general_purpose::STANDARD.decode(content.replace('\n', ""));
    let size = content.map_err(|_| unprocessable("content is not valid Base64"))?.len();
    let branch = call.read(|_, repo| {
        let branch = branch.unwrap_or_else(|| repo.default_branch.clone());
        if repo.branches.contains_key(&branch) {
            return Ok(branch);
        }
        Err(ApiError::new(http::StatusCode::NOT_FOUND, format!("Branch {branch} not found")))
    })?;
    call.change(Change::Push { repo: call.repo_name(), branch: Some(branch.clone()) })?;
    let (file, commit) = call.read(|state, repo| {
        let sha = repo.branches.get(&branch).ok_or_else(ApiError::not_found)?;
        let file = render::git::file(state, repo, &branch, call.part("path"), size);
        Ok((file, render::git::commit(state, repo, sha, &message)))
    })?;
    created(json!({ "content": file, "commit": commit }))
}

fn unprocessable(message: &str) -> ApiError {
    ApiError::new(http::StatusCode::UNPROCESSABLE_ENTITY, message)
}
