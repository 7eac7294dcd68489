//! Issues, labels, comments.

use serde_json::{Value, json};

use super::{merged, repo, segment, user};
use crate::state::{
    State,
    ids::node_id,
    labels::DEFAULT_LABELS,
    model::{Comment, Issue, Label, Repo},
};

/// The shape of `GET /repos/{owner}/{repo}/issues/{number}`, which adds who closed it to a list's items.
pub(crate) fn full(state: &State, repo: &Repo, issue: &Issue) -> Value {
    let closed_by = issue.closed_by.as_deref().map(|login| user::simple(state, login));
    merged(item(state, repo, issue), json!({ "closed_by": closed_by }))
}

/// The shape that webhooks carry; null when there is no such repository.
pub(crate) fn in_event(state: &State, repo: u64, issue: &Issue) -> Value {
    let draft = issue.pull.as_ref().is_some_and(|pull| pull.draft);
    let repo = state.repos.get(&repo);
    repo.map_or(Value::Null, |repo| merged(item(state, repo, issue), json!({ "draft": draft })))
}

/// The shape that lists carry.
pub(crate) fn item(state: &State, repo: &Repo, issue: &Issue) -> Value {
    let root = repo::address(state, repo);
    let address = format!("{root}/issues/{}", issue.number);
    let kind = if issue.pull.is_some() { "pull" } else { "issues" };
    let html = format!("{}/{kind}/{}", repo::html(state, repo), issue.number);
    let assignees: Vec<Value> = issue.assignees.iter().map(|login| user::simple(state, login)).collect();
    let mut rendered = json!({
        "url": address,
        "repository_url": root,
        "labels_url": format!("{address}/labels{{/name}}"),
        "comments_url": format!("{address}/comments"),
        "events_url": format!("{address}/events"),
        "html_url": html,
        "id": issue.id,
        "node_id": node_id(if issue.pull.is_some() { "PR" } else { "I" }, issue.id),
        "number": issue.number,
        "title": issue.title,
        "user": user::simple(state, &issue.author),
        "labels": labels(state, repo, issue),
        "state": if issue.open { "open" } else { "closed" },
        "locked": false,
        "assignee": assignees.first(),
        "assignees": assignees,
        "milestone": null,
        "comments": issue.comments,
        "created_at": issue.created_at,
        "updated_at": issue.updated_at,
        "closed_at": issue.closed_at,
        "author_association": user::association(state, &repo.owner, &issue.author),
        "active_lock_reason": null,
        "body": issue.body,
        "reactions": reactions(&address),
        "timeline_url": format!("{address}/timeline"),
        "performed_via_github_app": null,
        "state_reason": issue.state_reason,
    });
    let extra = match &issue.pull {
        None => relations(state, (repo.id, issue.number)),
        Some(pull) => json!({
            "draft": pull.draft,
            "pull_request": {
                "url": format!("{root}/pulls/{}", issue.number),
                "html_url": html,
                "diff_url": format!("{html}.diff"),
                "patch_url": format!("{html}.patch"),
                "merged_at": pull.merged.as_ref().map(|merged| merged.at),
            },
        }),
    };
    if let (Value::Object(rendered), Value::Object(extra)) = (&mut rendered, extra) {
        rendered.extend(extra);
    }
    rendered
}

/// How many parts an issue has, and how many issues it waits for; those that wait for it are not counted.
fn relations(state: &State, place: (u64, u64)) -> Value {
    let open = |(repo, number): &(u64, u64)| state.issue(*repo, *number).is_ok_and(|issue| issue.open);
    let parts = state.parts(place);
    let completed = parts.iter().filter(|part| !open(part)).count();
    let blocked_by = state.issue(place.0, place.1).map(|issue| issue.blocked_by.clone()).unwrap_or_default();
    json!({
        "type": null,
        "sub_issues_summary": {
            "total": parts.len(),
            "completed": completed,
            "percent_completed": completed * 100 / parts.len().max(1),
        },
        "issue_dependencies_summary": {
            "blocked_by": blocked_by.iter().filter(|other| open(other)).count(),
            "total_blocked_by": blocked_by.len(),
            "blocking": 0,
            "total_blocking": 0,
        },
    })
}

/// An issue's labels.
pub(crate) fn labels(state: &State, repo: &Repo, issue: &Issue) -> Vec<Value> {
    repo.labels_of(issue).map(|found| label(state, repo, found)).collect()
}

/// One label.
pub(crate) fn label(state: &State, repo: &Repo, label: &Label) -> Value {
    json!({
        "id": label.id,
        "node_id": node_id("LA", label.id),
        "url": format!("{}/labels/{}", repo::address(state, repo), segment(&label.name)),
        "name": label.name,
        "color": label.color,
        "default": DEFAULT_LABELS.iter().any(|(name, ..)| *name == label.name),
        "description": label.description,
    })
}

/// One comment.
pub(crate) fn comment(state: &State, repo: &Repo, comment: &Comment) -> Value {
    let root = repo::address(state, repo);
    let address = format!("{root}/issues/comments/{}", comment.id);
    let is_pull = repo.issues.get(&comment.issue).is_some_and(|issue| issue.pull.is_some());
    let kind = if is_pull { "pull" } else { "issues" };
    let (html, number) = (repo::html(state, repo), comment.issue);
    json!({
        "url": address,
        "html_url": format!("{html}/{kind}/{number}#issuecomment-{}", comment.id),
        "issue_url": format!("{root}/issues/{number}"),
        "id": comment.id,
        "node_id": node_id("IC", comment.id),
        "user": user::simple(state, &comment.author),
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
        "author_association": user::association(state, &repo.owner, &comment.author),
        "body": comment.body,
        "reactions": reactions(&address),
        "performed_via_github_app": null,
    })
}

pub(super) fn reactions(address: &str) -> Value {
    json!({
        "url": format!("{address}/reactions"),
        "total_count": 0,
        "+1": 0,
        "-1": 0,
        "laugh": 0,
        "hooray": 0,
        "confused": 0,
        "heart": 0,
        "rocket": 0,
        "eyes": 0,
    })
}
