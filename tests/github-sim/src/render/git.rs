//! Branches, commits and files as Git's own part of the API shows them.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::repo::{address, html};
use crate::state::{State, ids::node_id, model::Repo};

/// `GET /repos/{owner}/{repo}/git/ref/heads/{branch}`.
pub(crate) fn reference(state: &State, repo: &Repo, branch: &str, sha: &str) -> Value {
    let root = address(state, repo);
    json!({
        "ref": format!("refs/heads/{branch}"),
        "node_id": node_id("REF", repo.id),
        "url": format!("{root}/git/refs/heads/{branch}"),
        "object": { "type": "commit", "sha": sha, "url": format!("{root}/git/commits/{sha}") },
    })
}

/// The commit of an answer that made one.
pub(crate) fn commit(state: &State, repo: &Repo, sha: &str, message: &str) -> Value {
    let root = address(state, repo);
    let who = json!({ "name": repo.owner, "email": "noreply@example.com", "date": repo.pushed_at });
    json!({
        "sha": sha,
        "node_id": node_id("C", repo.id),
        "url": format!("{root}/git/commits/{sha}"),
        "html_url": format!("{}/commit/{sha}", html(state, repo)),
        "author": who,
        "committer": who,
        "message": message,
        "tree": { "sha": sha, "url": format!("{root}/git/trees/{sha}") },
        "parents": [],
        "verification": {
            "verified": false, "reason": "unsigned", "payload": null, "signature": null, "verified_at": null
        },
    })
}

/// A file of so many bytes on a branch.
pub(crate) fn file(state: &State, repo: &Repo, branch: &str, path: &str, size: usize) -> Value {
    let digest = Sha256::digest(format!("{path} {size}").as_bytes());
    let sha: String = digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    let (root, page) = (address(state, repo), html(state, repo));
    let url = format!("{root}/contents/{path}?ref={branch}");
    let git = format!("{root}/git/blobs/{sha}");
    let blob = format!("{page}/blob/{branch}/{path}");
    json!({
        "name": path.rsplit('/').next(),
        "path": path,
        "sha": sha,
        "size": size,
        "url": url,
        "html_url": blob,
        "git_url": git,
        "download_url": format!("{page}/raw/{branch}/{path}"),
        "type": "file",
        "_links": { "self": url, "git": git, "html": blob },
    })
}
