//! Pull requests (GitHub docs, "REST API endpoints for pull requests").

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, put},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Answer, Call, created, found, ok},
    error::ApiError,
    issues::sort,
    page::page,
};
use crate::{
    render,
    shared::Shared,
    state::{
        Subject,
        change::{Change, NewPull, PullEdit},
        model::{Issue, IssueState},
    },
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/pulls", get(list).post(open))
        .route("/repos/{owner}/{repo}/pulls/{number}", get(one).patch(edit))
        .route("/repos/{owner}/{repo}/pulls/{number}/merge", put(merge).get(merged))
}

async fn list(call: Call) -> Answer {
    call.read(|state, repo| {
        let filter = |name: &str| call.query.get(name).map(String::as_str);
        let wanted = filter("state").unwrap_or("open");
        let head = filter("head").map(|head| head.split_once(':').map_or(head, |(_, branch)| branch));
        let selected = |issue: &&Issue| {
            issue.pull.as_ref().is_some_and(|pull| {
                (wanted == "all" || issue.open == (wanted == "open"))
                    && head.is_none_or(|head| pull.head == head)
                    && filter("base").is_none_or(|base| pull.base == base)
            })
        };
        let mut pulls: Vec<&Issue> = repo.issues.values().filter(selected).collect();
        sort(&call, &mut pulls, |issue| (issue.created_at, issue.updated_at, issue.comments, issue.number));
        // "Default: desc when sort is created or not specified, otherwise asc."
        let other = filter("sort").is_some_and(|sort| sort != "created");
        if other && filter("direction").is_none() {
            pulls.reverse();
        }
        let address = format!("{}/repositories/{}/pulls", state.urls.api, repo.id);
        page(&call, &address, &pulls, 30, |issue| render::pull::item(state, repo, issue))
    })
}

async fn one(call: Call) -> Answer {
    ok(shown(&call, call.number("number")?)?)
}

fn shown(call: &Call, number: u64) -> Result<Value, ApiError> {
    call.read(|state, repo| {
        let issue = repo.issues.get(&number).ok_or_else(ApiError::not_found)?;
        found(render::pull::full(state, repo.id, issue))
    })
}

#[derive(Deserialize)]
struct OpenBody {
    #[serde(default)]
    title: String,
    body: Option<String>,
    #[serde(default)]
    head: String,
    base: Option<String>,
    #[serde(default)]
    draft: bool,
}

async fn open(call: Call) -> Answer {
    let OpenBody { title, body, head, base, draft } = call.json()?;
    let known = call.read(|_, repo| {
        let branch = head.split_once(':').map_or(head.as_str(), |(_, branch)| branch);
        Ok(repo.branches.contains_key(branch))
    })?;
    if !known || base.is_none() {
        let field = if known { "base" } else { "head" };
        let code = if base.is_none() { "missing_field" } else { "invalid" };
        let refusal = crate::state::refusal::Refusal::invalid("PullRequest", field, code);
        return Err(call.refused(&refusal));
    }
    let draft = NewPull { title, body, head, base, draft, labels: Vec::new() };
    let applied = call.change(Change::OpenPull { repo: call.repo_name(), draft })?;
    match applied.subject {
        Subject::Issue(number) => created(shown(&call, number)?),
        _ => Err(ApiError::not_found()),
    }
}

#[derive(Deserialize)]
struct EditBody {
    title: Option<String>,
    body: Option<String>,
    state: Option<IssueState>,
    base: Option<String>,
}

async fn edit(call: Call) -> Answer {
    let number = call.number("number")?;
    let EditBody { title, body, state, base } = call.json()?;
    let edit = PullEdit { title, body, state, base, draft: None };
    call.change(Change::EditPull { repo: call.repo_name(), number, edit })?;
    ok(shown(&call, number)?)
}

#[derive(Deserialize)]
struct MergeBody {
    sha: Option<String>,
}

async fn merge(call: Call) -> Answer {
    let number = call.number("number")?;
    let MergeBody { sha } = call.json()?;
    call.change(Change::MergePull { repo: call.repo_name(), number, sha })?;
    let pull = shown(&call, number)?;
    let message = "Pull Request successfully merged";
    ok(json!({ "sha": pull["merge_commit_sha"], "merged": true, "message": message }))
}

/// 204 when merged, 404 when not.
async fn merged(call: Call) -> Answer {
    let pull = shown(&call, call.number("number")?)?;
    if pull["merged"] == true {
        return Ok(axum::response::IntoResponse::into_response(http::StatusCode::NO_CONTENT));
    }
    Err(ApiError::not_found())
}
