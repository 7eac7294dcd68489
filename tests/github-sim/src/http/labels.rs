//! Label definitions (GitHub docs, "REST API endpoints for labels").

use std::sync::Arc;

use axum::{Router, response::IntoResponse, routing::get};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{
    call::{Answer, Call, created, ok},
    error::ApiError,
    page::page,
};
use crate::{
    render,
    shared::Shared,
    state::{Applied, Subject, change::Change},
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/labels", get(list).post(create))
        .route("/repos/{owner}/{repo}/labels/{*name}", get(one).patch(edit).delete(remove))
}

async fn list(call: Call) -> Answer {
    call.read(|state, repo| {
        let address = format!("{}/repositories/{}/labels", state.urls.api, repo.id);
        page(&call, &address, &repo.labels, 30, |label| render::issue::label(state, repo, label))
    })
}

async fn one(call: Call) -> Answer {
    ok(call.read(|state, repo| {
        let label = repo.label(call.part("name")).ok_or_else(ApiError::not_found)?;
        Ok(render::issue::label(state, repo, label))
    })?)
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    name: String,
    new_name: Option<String>,
    color: Option<String>,
    description: Option<String>,
}

async fn create(call: Call) -> Answer {
    let Body { name, color, description, .. } = call.json()?;
    let applied = call.change(Change::CreateLabel { repo: call.repo_name(), name, color, description })?;
    created(shown(&call, &applied)?)
}

async fn edit(call: Call) -> Answer {
    let Body { new_name, color, description, name: also } = call.json()?;
    let name = call.part("name").to_owned();
    let new_name = new_name.or((!also.is_empty()).then_some(also));
    let change = Change::EditLabel { repo: call.repo_name(), name, new_name, color, description };
    let applied = call.change(change)?;
    ok(shown(&call, &applied)?)
}

async fn remove(call: Call) -> Answer {
    let name = call.part("name").to_owned();
    call.change(Change::DeleteLabel { repo: call.repo_name(), name })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn shown(call: &Call, applied: &Applied) -> Result<Value, ApiError> {
    call.read(|state, repo| {
        let label = repo.labels.iter().find(|label| applied.subject == Subject::Label(label.id));
        let label = label.ok_or_else(ApiError::not_found)?;
        Ok(render::issue::label(state, repo, label))
    })
}
