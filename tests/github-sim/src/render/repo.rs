//! Repositories, commits, pushes.

use serde_json::{Value, json};

use super::{links, merged, segment, user};
use crate::state::{
    Act, State,
    ids::node_id,
    model::{AccountKind, Repo},
};

/// The shape that webhooks carry; null when there is no such repository.
pub(crate) fn in_event(state: &State, id: u64) -> Value {
    state.repos.get(&id).map_or(Value::Null, |repo| base(state, repo))
}

/// The shape of `GET /repos/{owner}/{repo}` ("full repository").
pub(crate) fn full(state: &State, repo: &Repo) -> Value {
    let organization = match state.account(&repo.owner).map(|owner| owner.kind) {
        Some(AccountKind::Organization) => user::simple(state, &repo.owner),
        _ => Value::Null,
    };
    let extra = json!({
        "temp_clone_token": null,
        "allow_squash_merge": true,
        "allow_merge_commit": true,
        "allow_rebase_merge": true,
        "allow_auto_merge": false,
        "delete_branch_on_merge": false,
        "allow_update_branch": false,
        "use_squash_pr_title_as_default": false,
        "network_count": 0,
        "subscribers_count": 4,
        "organization": organization,
        "permissions": { "admin": true, "maintain": true, "push": true, "triage": true, "pull": true },
    });
    merged(base(state, repo), extra)
}

fn base(state: &State, repo: &Repo) -> Value {
    let full_name = repo.full_name();
    let address = address(state, repo);
    let html = html(state, repo);
    let open = repo.open_issues();
    let facts = json!({
        "id": repo.id,
        "node_id": node_id("R", repo.id),
        "name": repo.name,
        "full_name": full_name,
        "private": false,
        "owner": user::simple(state, &repo.owner),
        "html_url": html,
        "description": repo.description,
        "fork": false,
        "url": address,
        "created_at": repo.created_at,
        "updated_at": repo.updated_at,
        "pushed_at": repo.pushed_at,
        "git_url": format!("git://github.com/{full_name}.git"),
        "ssh_url": format!("git@github.com:{full_name}.git"),
        "clone_url": format!("{html}.git"),
        "svn_url": html,
    });
    let more = json!({
        "homepage": null,
        "size": 108,
        "stargazers_count": 12,
        "watchers_count": 12,
        "language": "Rust",
        "has_issues": true,
        "has_projects": true,
        "has_downloads": true,
        "has_wiki": true,
        "has_pages": false,
        "has_discussions": false,
        "forks_count": 0,
        "mirror_url": null,
        "archived": repo.archived,
        "disabled": false,
        "open_issues_count": open,
        "license": null,
        "allow_forking": true,
        "is_template": false,
        "web_commit_signoff_required": false,
        "topics": [],
        "visibility": "public",
        "forks": 0,
        "open_issues": open,
        "watchers": 12,
        "default_branch": repo.default_branch,
        "custom_properties": {},
    });
    merged(merged(facts, more), Value::Object(links(&address, &LINKS)))
}

const LINKS: [(&str, &str); 36] = [
    ("forks_url", "/forks"),
    ("keys_url", "/keys{/key_id}"),
    ("collaborators_url", "/collaborators{/collaborator}"),
    ("teams_url", "/teams"),
    ("hooks_url", "/hooks"),
    ("issue_events_url", "/issues/events{/number}"),
    ("events_url", "/events"),
    ("assignees_url", "/assignees{/user}"),
    ("branches_url", "/branches{/branch}"),
    ("tags_url", "/tags"),
    ("blobs_url", "/git/blobs{/sha}"),
    ("git_tags_url", "/git/tags{/sha}"),
    ("git_refs_url", "/git/refs{/sha}"),
    ("trees_url", "/git/trees{/sha}"),
    ("statuses_url", "/statuses/{sha}"),
    ("languages_url", "/languages"),
    ("stargazers_url", "/stargazers"),
    ("contributors_url", "/contributors"),
    ("subscribers_url", "/subscribers"),
    ("subscription_url", "/subscription"),
    ("commits_url", "/commits{/sha}"),
    ("git_commits_url", "/git/commits{/sha}"),
    ("comments_url", "/comments{/number}"),
    ("issue_comment_url", "/issues/comments{/number}"),
    ("contents_url", "/contents/{+path}"),
    ("compare_url", "/compare/{base}...{head}"),
    ("merges_url", "/merges"),
    ("archive_url", "/{archive_format}{/ref}"),
    ("downloads_url", "/downloads"),
    ("issues_url", "/issues{/number}"),
    ("pulls_url", "/pulls{/number}"),
    ("milestones_url", "/milestones{/number}"),
    ("notifications_url", "/notifications{?since,all,participating}"),
    ("labels_url", "/labels{/name}"),
    ("releases_url", "/releases{/id}"),
    ("deployments_url", "/deployments"),
];

/// The repository's address in the API.
pub(crate) fn address(state: &State, repo: &Repo) -> String {
    format!("{}/repos/{}/{}", state.urls.api, segment(&repo.owner), segment(&repo.name))
}

/// The repository's page.
pub(crate) fn html(state: &State, repo: &Repo) -> String {
    format!("{}/{}/{}", state.urls.html, segment(&repo.owner), segment(&repo.name))
}

/// `GET /repos/{owner}/{repo}/commits/{ref}`.
pub(crate) fn commit(state: &State, repo: &Repo, sha: &str) -> Value {
    let address = format!("{}/commits/{sha}", address(state, repo));
    let author = user::simple(state, &repo.owner);
    let who = json!({ "name": repo.owner, "email": "noreply@example.com", "date": repo.pushed_at });
    let root = self::address(state, repo);
    json!({
        "url": address,
        "sha": sha,
        "node_id": node_id("C", 1),
        "html_url": format!("{}/commit/{sha}", html(state, repo)),
        "comments_url": format!("{address}/comments"),
        "commit": {
            "url": format!("{root}/git/commits/{sha}"),
            "author": who,
            "committer": who,
            "message": "Change things",
            "comment_count": 0,
            "tree": { "sha": sha, "url": format!("{root}/git/trees/{sha}") },
            "verification": {
                "verified": false, "reason": "unsigned", "payload": null, "signature": null, "verified_at": null
            },
        },
        "author": author,
        "committer": author,
        "parents": [],
        "stats": { "additions": 0, "deletions": 0, "total": 0 },
        "files": [],
    })
}

/// The fields of a `push` event.
pub(crate) fn push(
    state: &State,
    id: u64,
    act: &Act<'_>,
    branch: &str,
    before: Option<&str>,
    after: &str,
) -> Value {
    let Some(repo) = state.repos.get(&id) else { return Value::Null };
    let none = "0000000000000000000000000000000000000000";
    let html = html(state, repo);
    let who = json!({ "name": act.actor, "email": "noreply@example.com", "username": act.actor });
    let commit = json!({
        "id": after, "tree_id": after, "distinct": true, "message": "Change things",
        "timestamp": act.at, "url": format!("{html}/commit/{after}"), "author": who, "committer": who,
        "added": [], "removed": [], "modified": ["README.md"],
    });
    json!({
        "ref": format!("refs/heads/{branch}"),
        "before": before.unwrap_or(none),
        "after": after,
        "created": before.is_none(),
        "deleted": false,
        "forced": false,
        "base_ref": null,
        "compare": format!("{html}/compare/{}...{after}", before.unwrap_or(none)),
        "commits": [commit],
        "head_commit": commit,
        "pusher": { "name": act.actor, "email": "noreply@example.com" },
        "repository": pushed(state, repo),
    })
}

/// The repository of a `push` event, which differs from all others: some times are numbers, some keys are older.
fn pushed(state: &State, repo: &Repo) -> Value {
    let owner = json!({ "name": repo.owner, "email": null });
    let extra = json!({
        "owner": merged(user::simple(state, &repo.owner), owner),
        "created_at": repo.created_at.as_second(),
        "pushed_at": repo.pushed_at.as_second(),
        "master_branch": repo.default_branch,
        "stargazers": 12,
    });
    merged(base(state, repo), extra)
}
