//! Pull requests.

use serde_json::{Value, json};

use super::{issue, merged, repo, user};
use crate::state::{
    State,
    ids::node_id,
    model::{Issue, Pull, Repo},
};

/// The shape of `GET /repos/{owner}/{repo}/pulls/{number}` and of webhooks; null for a plain issue.
pub(crate) fn full(state: &State, repo: u64, issue: &Issue) -> Value {
    let (Some(repo), Some(pull)) = (state.repos.get(&repo), &issue.pull) else { return Value::Null };
    let merged_by = pull.merged.as_ref().map(|merged| user::simple(state, &merged.by));
    let open = issue.open;
    let extra = json!({
        "merged": pull.merged.is_some(),
        "mergeable": open.then_some(!pull.conflicts),
        "rebaseable": open.then_some(!pull.conflicts),
        "mergeable_state": match (open, pull.draft, pull.conflicts) {
            (false, ..) => "unknown",
            (true, _, true) => "dirty",
            (true, true, _) => "draft",
            (true, false, _) => "clean",
        },
        "merged_by": merged_by,
        "comments": issue.comments,
        "review_comments": pull.threads.iter().map(|thread| thread.comments.len()).sum::<usize>(),
        "maintainer_can_modify": false,
        "commits": pull.commits,
        "additions": 12 * pull.commits,
        "deletions": 3 * pull.commits,
        "changed_files": pull.commits,
    });
    merged(item_of(state, repo, issue, pull), extra)
}

/// The shape that lists carry; null for a plain issue.
pub(crate) fn item(state: &State, repo: &Repo, issue: &Issue) -> Value {
    issue.pull.as_ref().map_or(Value::Null, |pull| item_of(state, repo, issue, pull))
}

fn item_of(state: &State, repo: &Repo, issue: &Issue, pull: &Pull) -> Value {
    let root = repo::address(state, repo);
    let number = issue.number;
    let address = format!("{root}/pulls/{number}");
    let as_issue = format!("{root}/issues/{number}");
    let html = format!("{}/pull/{number}", repo::html(state, repo));
    let statuses = format!("{root}/statuses/{}", pull.head_sha);
    let assignees: Vec<Value> = issue.assignees.iter().map(|login| user::simple(state, login)).collect();
    let link = |href: String| json!({ "href": href });
    json!({
        "url": address,
        "id": pull.id,
        "node_id": node_id("PR", pull.id),
        "html_url": html,
        "diff_url": format!("{html}.diff"),
        "patch_url": format!("{html}.patch"),
        "issue_url": as_issue,
        "number": number,
        "state": if issue.open { "open" } else { "closed" },
        "locked": false,
        "title": issue.title,
        "user": user::simple(state, &issue.author),
        "body": issue.body,
        "created_at": issue.created_at,
        "updated_at": issue.updated_at,
        "closed_at": issue.closed_at,
        "merged_at": pull.merged.as_ref().map(|merged| merged.at),
        "merge_commit_sha": pull.merged.as_ref().map(|merged| &merged.sha),
        "assignee": assignees.first(),
        "assignees": assignees,
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": issue::labels(state, repo, issue),
        "milestone": null,
        "draft": pull.draft,
        "commits_url": format!("{address}/commits"),
        "review_comments_url": format!("{address}/comments"),
        "review_comment_url": format!("{root}/pulls/comments{{/number}}"),
        "comments_url": format!("{as_issue}/comments"),
        "statuses_url": statuses,
        "head": side(state, repo, &pull.head, &pull.head_sha),
        "base": side(state, repo, &pull.base, &pull.base_sha),
        "_links": {
            "self": link(address.clone()),
            "html": link(html),
            "issue": link(as_issue.clone()),
            "comments": link(format!("{as_issue}/comments")),
            "review_comments": link(format!("{address}/comments")),
            "review_comment": link(format!("{root}/pulls/comments{{/number}}")),
            "commits": link(format!("{address}/commits")),
            "statuses": link(statuses),
        },
        "author_association": user::association(state, &repo.owner, &issue.author),
        "auto_merge": null,
        "active_lock_reason": null,
    })
}

fn side(state: &State, repo: &Repo, branch: &str, sha: &str) -> Value {
    json!({
        "label": format!("{}:{branch}", repo.owner),
        "ref": branch,
        "sha": sha,
        "user": user::simple(state, &repo.owner),
        "repo": repo::in_event(state, repo.id),
    })
}
