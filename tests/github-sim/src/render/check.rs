//! Check runs, suites and commit statuses.

use serde_json::{Value, json};

use super::{merged, repo, user};
use crate::state::{
    State,
    ids::node_id,
    model::{CheckRun, CommitStatus, Issue, Repo},
};

/// The App that runs the checks here: Actions, as on GitHub.
fn app(state: &State, repo: &Repo) -> Value {
    json!({
        "id": 15368,
        "slug": "github-actions",
        "node_id": node_id("A", 15368),
        "client_id": "Iv1.05c79e9ad1f6bdfa",
        "owner": user::simple(state, &repo.owner),
        "name": "GitHub Actions",
        "description": "Automate your workflow from idea to production",
        "external_url": "https://help.github.com/en/actions",
        "html_url": "https://github.com/apps/github-actions",
        "created_at": "2018-07-30T09:30:17Z",
        "updated_at": "2024-04-10T20:33:16Z",
        "permissions": { "checks": "write", "metadata": "read" },
        "events": ["check_run", "check_suite"],
    })
}

/// The shape of webhooks; null when there is no such run.
pub(crate) fn run(state: &State, repo: u64, id: u64) -> Value {
    let repo = state.repos.get(&repo);
    let found = repo.and_then(|repo| Some((repo, repo.runs.get(&id)?)));
    let Some((repo, run)) = found else { return Value::Null };
    merged(item(state, repo, run), json!({ "check_suite": suite(state, repo.id, run.suite) }))
}

/// The shape of lists.
pub(crate) fn item(state: &State, repo: &Repo, run: &CheckRun) -> Value {
    let address = format!("{}/check-runs/{}", repo::address(state, repo), run.id);
    let html = format!("{}/runs/{}", repo::html(state, repo), run.id);
    json!({
        "id": run.id,
        "name": run.name,
        "node_id": node_id("CR", run.id),
        "head_sha": run.sha,
        "external_id": "",
        "url": address,
        "html_url": html,
        "details_url": html,
        "status": if run.conclusion.is_some() { "completed" } else { "queued" },
        "conclusion": run.conclusion,
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "output": {
            "title": run.conclusion.as_ref().map(|word| format!("{}: {word}", run.name)),
            "summary": null,
            "text": null,
            "annotations_count": 0,
            "annotations_url": format!("{address}/annotations"),
        },
        "check_suite": { "id": run.suite },
        "app": app(state, repo),
        "pull_requests": pulls(state, repo, &run.sha),
    })
}

/// A suite as webhooks carry it.
pub(crate) fn suite(state: &State, repo: u64, id: u64) -> Value {
    let Some(repo) = state.repos.get(&repo) else { return Value::Null };
    let runs: Vec<&CheckRun> = repo.runs.values().filter(|run| run.suite == id).collect();
    let Some(first) = runs.first() else { return Value::Null };
    let address = format!("{}/check-suites/{id}", repo::address(state, repo));
    let ended = runs.iter().all(|run| run.conclusion.is_some());
    let failed = runs.iter().find(|run| run.conclusion.as_deref() != Some("success"));
    let conclusion = failed.map_or(Some("success"), |run| run.conclusion.as_deref());
    let commit = repo::commit(state, repo, &first.sha);
    json!({
        "id": id,
        "node_id": node_id("CS", id),
        "head_branch": head(repo, &first.sha).map(|(_, pull)| &pull.head),
        "head_sha": first.sha,
        "status": if ended { "completed" } else { "queued" },
        "conclusion": conclusion.filter(|_| ended),
        "url": address,
        "before": null,
        "after": first.sha,
        "pull_requests": pulls(state, repo, &first.sha),
        "app": app(state, repo),
        "created_at": first.started_at,
        "updated_at": runs.iter().map(|run| run.completed_at.unwrap_or(run.started_at)).max(),
        "latest_check_runs_count": runs.len(),
        "check_runs_url": format!("{address}/check-runs"),
        "rerequestable": true,
        "runs_rerequestable": true,
        "head_commit": {
            "id": first.sha,
            "tree_id": first.sha,
            "message": commit["commit"]["message"],
            "timestamp": first.started_at,
            "author": { "name": "octocat", "email": "octocat@example.com" },
            "committer": { "name": "octocat", "email": "octocat@example.com" },
        },
    })
}

fn head<'a>(repo: &'a Repo, sha: &str) -> Option<(&'a Issue, &'a crate::state::model::Pull)> {
    let pulls = repo.issues.values().filter_map(|issue| Some((issue, issue.pull.as_ref()?)));
    pulls.into_iter().find(|(_, pull)| pull.head_sha == sha)
}

fn pulls(state: &State, repo: &Repo, sha: &str) -> Vec<Value> {
    let root = repo::address(state, repo);
    let small = json!({ "id": repo.id, "name": repo.name, "url": root });
    let found = head(repo, sha).map(|(issue, pull)| {
        json!({
            "id": pull.id,
            "number": issue.number,
            "url": format!("{root}/pulls/{}", issue.number),
            "head": { "ref": pull.head, "sha": pull.head_sha, "repo": small },
            "base": { "ref": pull.base, "sha": pull.base_sha, "repo": small },
        })
    });
    found.into_iter().collect()
}

/// The shape within a combined status.
pub(crate) fn status(state: &State, repo: &Repo, status: &CommitStatus) -> Value {
    json!({
        "id": status.id,
        "node_id": node_id("SC", status.id),
        "url": format!("{}/statuses/{}", repo::address(state, repo), status.sha),
        "avatar_url": user::simple(state, &status.creator)["avatar_url"],
        "state": status.state,
        "description": null,
        "target_url": null,
        "context": status.context,
        "created_at": status.created_at,
        "updated_at": status.created_at,
    })
}

/// The fields of a `status` event.
pub(crate) fn status_event(state: &State, repo: u64, status: &CommitStatus) -> Value {
    let Some(repo) = state.repos.get(&repo) else { return Value::Null };
    let commit = repo::commit(state, repo, &status.sha);
    let branches = repo.branches.iter().filter(|(_, sha)| **sha == status.sha).map(|(name, sha)| {
        let url = format!("{}/commits/{sha}", repo::address(state, repo));
        json!({ "name": name, "commit": { "sha": sha, "url": url }, "protected": false })
    });
    json!({
        "id": status.id,
        "sha": status.sha,
        "name": repo.full_name(),
        "avatar_url": user::simple(state, &status.creator)["avatar_url"],
        "target_url": null,
        "context": status.context,
        "description": null,
        "state": status.state,
        "commit": commit,
        "branches": branches.collect::<Vec<_>>(),
        "created_at": status.created_at,
        "updated_at": status.created_at,
    })
}
