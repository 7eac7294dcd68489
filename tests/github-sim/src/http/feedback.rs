//! Reviews, comments on lines, checks and statuses (GitHub docs, "REST API endpoints for pull request reviews", "… for
//! review comments", "… for check runs", "… for commit statuses"). Read only: people and apps act through changes.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, response::IntoResponse, routing::get};
use serde_json::{Value, json};

use super::{
    call::{Answer, Call, ok},
    error::ApiError,
    page::{page, wrapped_page},
};
use crate::{
    render,
    shared::Shared,
    state::model::{CheckRun, CommitStatus, Pull, Repo},
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/pulls/{number}/reviews", get(reviews))
        .route("/repos/{owner}/{repo}/pulls/{number}/comments", get(comments))
}

fn pull(repo: &Repo, number: u64) -> Result<&Pull, ApiError> {
    repo.issues.get(&number).and_then(|issue| issue.pull.as_ref()).ok_or_else(ApiError::not_found)
}

async fn reviews(call: Call) -> Answer {
    let number = call.number("number")?;
    call.read(|state, repo| {
        let all = &pull(repo, number)?.reviews;
        let address = format!("{}/repositories/{}/pulls/{number}/reviews", state.urls.api, repo.id);
        page(&call, &address, all, 30, |review| render::review::review(state, repo, number, review))
    })
}

async fn comments(call: Call) -> Answer {
    let number = call.number("number")?;
    call.read(|state, repo| {
        let threads = pull(repo, number)?.threads.iter();
        let mut all: Vec<_> =
            threads.flat_map(|thread| thread.comments.iter().map(move |one| (thread, one))).collect();
        all.sort_by_key(|(_, comment)| comment.id);
        let address = format!("{}/repositories/{}/pulls/{number}/comments", state.urls.api, repo.id);
        page(&call, &address, &all, 30, |(thread, comment)| {
            render::review::comment_in(state, repo, number, thread, comment)
        })
    })
}

/// `GET …/commits/{ref}/check-runs`: of each check the newest run, unless all are asked for.
pub(super) fn check_runs(call: &Call, reference: &str) -> Answer {
    call.read(|state, repo| {
        let sha = sha(repo, reference)?;
        let mut newest: BTreeMap<&str, &CheckRun> = BTreeMap::new();
        for run in repo.runs.values().filter(|run| run.sha == sha) {
            newest.insert(&run.name, run);
        }
        let runs: Vec<&CheckRun> = match call.query.get("filter").map(String::as_str) {
            Some("all") => repo.runs.values().filter(|run| run.sha == sha).collect(),
            _ => newest.into_values().collect(),
        };
        let address = format!("{}/repositories/{}/commits/{sha}/check-runs", state.urls.api, repo.id);
        let wrap = |shown: Vec<Value>| json!({ "total_count": runs.len(), "check_runs": shown });
        wrapped_page(call, &address, &runs, 30, |run| render::check::item(state, repo, run), wrap)
    })
}

/// `GET …/commits/{ref}/status`: the newest status of each context, and what they come to.
pub(super) fn combined_status(call: &Call, reference: &str) -> Answer {
    call.read(|state, repo| {
        let sha = sha(repo, reference)?;
        let mut newest: BTreeMap<&str, &CommitStatus> = BTreeMap::new();
        for status in repo.statuses.iter().filter(|status| status.sha == sha) {
            newest.insert(&status.context, status);
        }
        let all: Vec<&CommitStatus> = newest.into_values().collect();
        let any = |words: &[&str]| all.iter().any(|status| words.contains(&status.state.as_str()));
        let rolled = match () {
            () if any(&["failure", "error"]) => "failure",
            () if all.is_empty() || any(&["pending"]) => "pending",
            () => "success",
        };
        let root = render::repo::address(state, repo);
        let address = format!("{}/repositories/{}/commits/{sha}/status", state.urls.api, repo.id);
        let wrap = |shown: Vec<Value>| {
            json!({
                "state": rolled,
                "statuses": shown,
                "sha": sha,
                "total_count": all.len(),
                "repository": render::repo::in_event(state, repo.id),
                "commit_url": format!("{root}/commits/{sha}"),
                "url": format!("{root}/commits/{sha}/status"),
            })
        };
        wrapped_page(call, &address, &all, 30, |status| render::check::status(state, repo, status), wrap)
    })
}

/// The commit of a branch or of its own hash. A commit that is no branch's newest any more is known by its checks.
fn sha(repo: &Repo, reference: &str) -> Result<String, ApiError> {
    let branch = repo.branches.get(reference).cloned();
    let known = reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
    branch.or_else(|| known.then(|| reference.to_owned())).ok_or_else(|| {
        let message = format!("No commit found for SHA: {reference}");
        ApiError::new(http::StatusCode::UNPROCESSABLE_ENTITY, message)
    })
}

/// `POST /graphql`, for the one query that Dispatch asks: what no REST route tells of a pull request. The answer has
/// the shape that the query asks for, with GitHub's field names.
pub(super) async fn graph(call: Call) -> Answer {
    let body: Value = call.json()?;
    let variables = &body["variables"];
    let text = |name: &str| variables[name].as_str().unwrap_or_default().to_owned();
    let name = format!("{}/{}", text("owner"), text("name"));
    if !body["query"].as_str().is_some_and(|query| query.contains("closingIssuesReferences")) {
        return Ok(ApiError::malformed(&"the simulator knows one query only").into_response());
    }
    let state = call.shared.state();
    let found = state
        .repo_named(&name)
        .filter(|repo| call.who.sees(&state, repo))
        .and_then(|repo| Some((repo, repo.issues.get(&variables["number"].as_u64()?)?.pull.as_ref()?)));
    let Some((repo, pull)) = found else {
        let message = format!("Could not resolve to a Repository with the name '{name}'.");
        let error = json!({ "type": "NOT_FOUND", "path": ["repository"], "message": message });
        return ok(json!({ "data": { "repository": null }, "errors": [error] }));
    };
    let body =
        repo.issues.get(&variables["number"].as_u64().unwrap_or_default()).and_then(|i| i.body.clone());
    let named = crate::state::keywords::closed_by(&body.unwrap_or_default());
    let here = repo.full_name();
    let mut closing: Vec<(String, u64)> =
        named.into_iter().map(|(name, number)| (name.unwrap_or_else(|| here.clone()), number)).collect();
    closing.extend(pull.linked.iter().map(|number| (here.clone(), *number)));
    closing.retain(|(name, number)| {
        let issue = state.repo_named(name).and_then(|repo| repo.issues.get(number));
        issue.is_some_and(|issue| issue.pull.is_none())
    });
    let closing: Vec<Value> = closing
        .into_iter()
        .map(|(name, number)| json!({ "number": number, "repository": { "nameWithOwner": name } }))
        .collect();
    let threads: Vec<Value> = pull
        .threads
        .iter()
        .map(|thread| {
            let comments: Vec<Value> = thread
                .comments
                .iter()
                .map(|comment| json!({ "fullDatabaseId": comment.id.to_string() }))
                .collect();
            json!({ "isResolved": thread.resolved, "comments": { "nodes": comments } })
        })
        .collect();
    ok(json!({ "data": { "repository": { "pullRequest": {
        "closingIssuesReferences": { "nodes": closing },
        "reviewThreads": { "nodes": threads },
    } } } }))
}
