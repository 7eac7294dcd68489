//! Sub-issues and dependencies (GitHub docs, "REST API endpoints for sub-issues", "… for issue dependencies").

use std::sync::Arc;

use axum::{
    Router,
    routing::{delete, get},
};
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
    state::{
        State,
        change::Change,
        feedback::Relate,
        model::{Issue, Repo},
        relations::Place,
    },
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    let issue = "/repos/{owner}/{repo}/issues/{number}";
    Router::new()
        .route(&format!("{issue}/parent"), get(parent))
        .route(&format!("{issue}/sub_issues"), get(sub_issues).post(add_sub_issue))
        .route(&format!("{issue}/sub_issue"), delete(remove_sub_issue))
        .route(&format!("{issue}/dependencies/blocked_by"), get(blocked_by).post(add_blocked_by))
        .route(&format!("{issue}/dependencies/blocked_by/{{issue_id}}"), delete(remove_blocked_by))
        .route(&format!("{issue}/dependencies/blocking"), get(blocking))
}

fn here(state: &State, repo: &Repo, call: &Call) -> Result<Place, ApiError> {
    let number = call.number("number")?;
    state.issue(repo.id, number).map_err(|_| ApiError::not_found())?;
    Ok((repo.id, number))
}

fn shown(state: &State, (repo, number): Place) -> Option<Value> {
    let repo = state.repos.get(&repo)?;
    Some(render::issue::item(state, repo, repo.issues.get(&number)?))
}

fn listed(call: &Call, what: &str, places: impl Fn(&State, Place) -> Vec<Place>) -> Answer {
    call.read(|state, repo| {
        let place = here(state, repo, call)?;
        let shown: Vec<Value> =
            places(state, place).into_iter().filter_map(|place| shown(state, place)).collect();
        let address = format!("{}/repositories/{}/issues/{}/{what}", state.urls.api, repo.id, place.1);
        page(call, &address, &shown, 30, Value::clone)
    })
}

async fn parent(call: Call) -> Answer {
    ok(call.read(|state, repo| {
        let (id, number) = here(state, repo, &call)?;
        let parent = state.issue(id, number).ok().and_then(|issue| issue.parent);
        parent.and_then(|place| shown(state, place)).ok_or_else(ApiError::not_found)
    })?)
}

async fn sub_issues(call: Call) -> Answer {
    listed(&call, "sub_issues", State::parts)
}

async fn blocked_by(call: Call) -> Answer {
    listed(&call, "dependencies/blocked_by", |state, (repo, number)| {
        state.issue(repo, number).map(|issue| issue.blocked_by.clone()).unwrap_or_default()
    })
}

async fn blocking(call: Call) -> Answer {
    listed(&call, "dependencies/blocking", |state, place| {
        let waiting = |repo: &Repo| {
            let id = repo.id;
            let issues = repo.issues.values().filter(move |issue| issue.blocked_by.contains(&place));
            issues.map(move |issue| (id, issue.number)).collect::<Vec<_>>()
        };
        state.repos.values().flat_map(waiting).collect()
    })
}

#[derive(Deserialize)]
struct SubIssueBody {
    sub_issue_id: u64,
}

#[derive(Deserialize)]
struct BlockedByBody {
    issue_id: u64,
}

/// Where the issue of this id is: bodies name issues by id, not by number.
fn place_of(call: &Call, id: u64) -> Result<(String, u64), ApiError> {
    let state = call.shared.state();
    let of_repo = |repo: &Repo| {
        let issue: Option<&Issue> = repo.issues.values().find(|issue| issue.id == id);
        issue.map(|issue| (repo.full_name(), issue.number))
    };
    state.repos.values().find_map(of_repo).ok_or_else(ApiError::not_found)
}

async fn add_sub_issue(call: Call) -> Answer {
    let SubIssueBody { sub_issue_id } = call.json()?;
    changed(&call, sub_issue_id, true, true)
}

async fn remove_sub_issue(call: Call) -> Answer {
    let SubIssueBody { sub_issue_id } = call.json()?;
    changed(&call, sub_issue_id, true, false)
}

async fn add_blocked_by(call: Call) -> Answer {
    let BlockedByBody { issue_id } = call.json()?;
    changed(&call, issue_id, false, true)
}

async fn remove_blocked_by(call: Call) -> Answer {
    let id = call.number("issue_id")?;
    changed(&call, id, false, false)
}

fn changed(call: &Call, id: u64, part: bool, related: bool) -> Answer {
    let (other_repo, other) = place_of(call, id)?;
    let (repo, number) = (call.repo_name(), call.number("number")?);
    let relate = match part {
        true => Relate::SubIssue { repo, number, other_repo, other, related },
        false => Relate::BlockedBy { repo, number, other_repo, other, related },
    };
    call.change(Change::Relate(relate))?;
    let issue = call.read(|state, repo| {
        let place = here(state, repo, call)?;
        shown(state, place).ok_or_else(ApiError::not_found)
    })?;
    if related { created(issue) } else { ok(issue) }
}
