//! Issues, their labels and comments (GitHub docs, "REST API endpoints for issues", "… for labels", "… for issue
//! comments").

use std::sync::Arc;

use axum::{
    Router,
    routing::{delete, get},
};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Answer, Call, created, ok},
    error::ApiError,
    page::page,
};
use crate::{
    render,
    shared::Shared,
    state::{
        Subject,
        change::{Change, IssueEdit, NewIssue},
        model::{Comment, Issue, IssueState, Repo, StateReason},
    },
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/issues", get(list).post(open))
        .route("/repos/{owner}/{repo}/issues/comments", get(comments_of_repo))
        .route("/repos/{owner}/{repo}/issues/comments/{id}", get(one_comment))
        .route("/repos/{owner}/{repo}/issues/{number}", get(one).patch(edit))
        .route(
            "/repos/{owner}/{repo}/issues/{number}/labels",
            get(labels).post(add_labels).put(set_labels).delete(clear_labels),
        )
        // A label's name may hold a slash, encoded or not.
        .route("/repos/{owner}/{repo}/issues/{number}/labels/{*name}", delete(remove_label))
        .route("/repos/{owner}/{repo}/issues/{number}/comments", get(comments).post(comment))
}

async fn list(call: Call) -> Answer {
    call.read(|state, repo| {
        let mut issues = selected(&call, repo)?;
        sort(&call, &mut issues, |issue| (issue.created_at, issue.updated_at, issue.comments, issue.number));
        let address = format!("{}/repositories/{}/issues", state.urls.api, repo.id);
        page(&call, &address, &issues, 30, |issue| render::issue::item(state, repo, issue))
    })
}

/// The filters of "List repository issues". `since` takes what was updated at that second or later.
fn selected<'a>(call: &Call, repo: &'a Repo) -> Result<Vec<&'a Issue>, ApiError> {
    let since = since(call)?;
    let filter = |name: &str| call.query.get(name).map(String::as_str);
    let state = filter("state").unwrap_or("open");
    if !["open", "closed", "all"].contains(&state) {
        return Err(ApiError::malformed(&"state is not one of open, closed, all"));
    }
    let labels: Vec<&str> = filter("labels").map(|names| names.split(',').collect()).unwrap_or_default();
    let wanted = |issue: &&Issue| {
        (state == "all" || issue.open == (state == "open"))
            && since.is_none_or(|since| issue.updated_at >= since)
            && labels
                .iter()
                .all(|name| repo.label(name).is_some_and(|label| issue.labels.contains(&label.id)))
            && filter("creator").is_none_or(|login| issue.author.eq_ignore_ascii_case(login))
            && filter("assignee").is_none_or(|login| match login {
                "*" => !issue.assignees.is_empty(),
                "none" => issue.assignees.is_empty(),
                login => issue.assignees.iter().any(|assignee| assignee.eq_ignore_ascii_case(login)),
            })
    };
    Ok(repo.issues.values().filter(wanted).collect())
}

/// `sort` = created (default), updated, comments; `direction` = desc (default), asc; ties by the last key.
pub(super) fn sort<T>(call: &Call, items: &mut [T], keys: impl Fn(&T) -> (Timestamp, Timestamp, u64, u64)) {
    let by = call.query.get("sort").map_or("created", String::as_str);
    items.sort_by_key(|item| {
        let (created, updated, comments, number) = keys(item);
        match by {
            "updated" => (updated.as_second(), number),
            "comments" => (i64::try_from(comments).unwrap_or(i64::MAX), number),
            _ => (created.as_second(), number),
        }
    });
    if call.query.get("direction").is_none_or(|direction| direction != "asc") {
        items.reverse();
    }
}

fn since(call: &Call) -> Result<Option<Timestamp>, ApiError> {
    let parsed = call.query.get("since").map(|text| text.parse()).transpose();
    parsed.map_err(|_| ApiError::malformed(&"since is not a time like 2026-01-31T12:00:00Z"))
}

async fn one(call: Call) -> Answer {
    ok(shown(&call, call.number("number")?)?)
}

fn shown(call: &Call, number: u64) -> Result<Value, ApiError> {
    let refusal = {
        let found = call.read(|state, repo| match state.issue(repo.id, number) {
            Ok(issue) => Ok(Ok(render::issue::full(state, repo, issue))),
            Err(refusal) => Ok(Err(refusal)),
        })?;
        match found {
            Ok(issue) => return Ok(issue),
            Err(refusal) => refusal,
        }
    };
    Err(call.refused(&refusal))
}

/// A label in a body: its name, or an object with it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum LabelName {
    Name(String),
    Object { name: String },
}

impl LabelName {
    pub(super) fn names(labels: Vec<Self>) -> Vec<String> {
        let name = |label| match label {
            Self::Name(name) | Self::Object { name } => name,
        };
        labels.into_iter().map(name).collect()
    }
}

#[derive(Deserialize)]
struct OpenBody {
    #[serde(default)]
    title: Value,
    body: Option<String>,
    #[serde(default)]
    labels: Vec<LabelName>,
    #[serde(default)]
    assignees: Vec<String>,
    assignee: Option<String>,
}

async fn open(call: Call) -> Answer {
    let OpenBody { title, body, labels, mut assignees, assignee } = call.json()?;
    assignees.extend(assignee.filter(|login| !login.is_empty()));
    let title = match title {
        Value::String(title) => title,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let draft = NewIssue { title, body, labels: LabelName::names(labels), assignees };
    let applied = call.change(Change::OpenIssue { repo: call.repo_name(), draft })?;
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
    state_reason: Option<StateReason>,
    labels: Option<Vec<LabelName>>,
    assignees: Option<Vec<String>>,
}

async fn edit(call: Call) -> Answer {
    let number = call.number("number")?;
    let EditBody { title, body, state, state_reason, labels, assignees } = call.json()?;
    let labels = labels.map(LabelName::names);
    let edit = IssueEdit { title, body, state, state_reason, labels, assignees };
    call.change(Change::EditIssue { repo: call.repo_name(), number, edit })?;
    ok(shown(&call, number)?)
}

async fn labels(call: Call) -> Answer {
    let number = call.number("number")?;
    shown(&call, number)?;
    call.read(|state, repo| {
        let labels = repo.issues.get(&number).map(|issue| render::issue::labels(state, repo, issue));
        let address = format!("{}/repositories/{}/issues/{number}/labels", state.urls.api, repo.id);
        page(&call, &address, &labels.unwrap_or_default(), 30, Value::clone)
    })
}

/// All labels of the issue, as every write of labels answers.
fn all_labels(call: &Call, number: u64) -> Answer {
    ok(call.read(|state, repo| {
        let issue = repo.issues.get(&number).ok_or_else(ApiError::not_found)?;
        Ok(json!(render::issue::labels(state, repo, issue)))
    })?)
}

/// `{"labels": [...]}` or the bare list.
#[derive(Deserialize)]
#[serde(untagged)]
enum LabelsBody {
    Object {
        #[serde(default)]
        labels: Vec<LabelName>,
    },
    List(Vec<LabelName>),
}

fn names(call: &Call) -> Result<Vec<String>, ApiError> {
    let (LabelsBody::Object { labels } | LabelsBody::List(labels)) = call.json()?;
    Ok(LabelName::names(labels))
}

async fn add_labels(call: Call) -> Answer {
    let number = call.number("number")?;
    let labels = names(&call)?;
    call.change(Change::AddLabels { repo: call.repo_name(), number, labels })?;
    all_labels(&call, number)
}

async fn set_labels(call: Call) -> Answer {
    let number = call.number("number")?;
    let labels = names(&call)?;
    call.change(Change::SetLabels { repo: call.repo_name(), number, labels })?;
    all_labels(&call, number)
}

async fn clear_labels(call: Call) -> Answer {
    let number = call.number("number")?;
    call.change(Change::SetLabels { repo: call.repo_name(), number, labels: Vec::new() })?;
    Ok(axum::response::IntoResponse::into_response(StatusCode::NO_CONTENT))
}

async fn remove_label(call: Call) -> Answer {
    let number = call.number("number")?;
    let label = call.part("name").to_owned();
    call.change(Change::RemoveLabel { repo: call.repo_name(), number, label })?;
    all_labels(&call, number)
}

async fn comments(call: Call) -> Answer {
    let number = call.number("number")?;
    shown(&call, number)?;
    let since = since(&call)?;
    call.read(|state, repo| {
        let of_issue = |comment: &&Comment| {
            comment.issue == number && since.is_none_or(|since| comment.updated_at >= since)
        };
        let found: Vec<&Comment> = repo.comments.values().filter(of_issue).collect();
        let address = format!("{}/repositories/{}/issues/{number}/comments", state.urls.api, repo.id);
        page(&call, &address, &found, 30, |comment| render::issue::comment(state, repo, comment))
    })
}

async fn comments_of_repo(call: Call) -> Answer {
    let since = since(&call)?;
    call.read(|state, repo| {
        let recent = |comment: &&Comment| since.is_none_or(|since| comment.updated_at >= since);
        let mut found: Vec<&Comment> = repo.comments.values().filter(recent).collect();
        // "By default, issue comments are ordered by ascending ID"; the direction counts only with `sort`.
        if call.query.contains_key("sort") {
            sort(&call, &mut found, |comment| (comment.created_at, comment.updated_at, 0, comment.id));
        }
        let address = format!("{}/repositories/{}/issues/comments", state.urls.api, repo.id);
        page(&call, &address, &found, 30, |comment| render::issue::comment(state, repo, comment))
    })
}

async fn one_comment(call: Call) -> Answer {
    let id = call.number("id")?;
    ok(call.read(|state, repo| {
        let comment = repo.comments.get(&id).ok_or_else(ApiError::not_found)?;
        Ok(render::issue::comment(state, repo, comment))
    })?)
}

#[derive(Deserialize)]
struct CommentBody {
    #[serde(default)]
    body: String,
}

async fn comment(call: Call) -> Answer {
    let number = call.number("number")?;
    let CommentBody { body } = call.json()?;
    let applied = call.change(Change::Comment { repo: call.repo_name(), number, body })?;
    let Subject::Comment(id) = applied.subject else { return Err(ApiError::not_found()) };
    created(call.read(|state, repo| {
        let comment = repo.comments.get(&id).ok_or_else(ApiError::not_found)?;
        Ok(render::issue::comment(state, repo, comment))
    })?)
}
