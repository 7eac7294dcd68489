//! `issues.labeled` as GitHub sends it: all fields of the documented payload ("Webhook events and payloads"), about
//! 10 KB, signed.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;

/// Id of the issue with number 0; the others follow.
pub(crate) const FIRST_ISSUE: u64 = 4_100_000_000;

const OWNER: &str = "dispatch-bench";
/// Replaced in the finished text; quotes included where the field is a number.
const ID: &str = "\"@id@\"";
const NUMBER: &str = "\"@number@\"";
const NUMBER_IN_TEXT: &str = "@number@";
const REPOSITORY_ID: &str = "\"@repository-id@\"";
const REPOSITORY: &str = "@repository@";
const UPDATED_AT: &str = "@updated-at@";
const STATUS: &str = "@status@";
const PRIORITY: &str = "@priority@";

/// Makes deliveries for the issues of some repositories.
pub(crate) struct Payloads {
    template: String,
    secret: String,
    repositories: u64,
}

/// One delivery, ready to be sent.
pub(crate) struct Signed {
    /// The body.
    pub(crate) body: String,
    /// `X-Hub-Signature-256`.
    pub(crate) signature: String,
    /// `X-GitHub-Delivery`.
    pub(crate) guid: String,
}

impl Payloads {
    /// Deliveries for `dispatch-bench/<prefix>-0` and so on, signed with `secret`.
    pub(crate) fn new(prefix: &str, repositories: u64, secret: &str) -> Self {
        let template = template().to_string().replace(REPOSITORY, &format!("{prefix}-{REPOSITORY}"));
        Self { template, secret: secret.to_owned(), repositories: repositories.max(1) }
    }

    /// The issue with this number, labelled for the `round`th time: it goes to and fro between ready and in review,
    /// and every round is a second younger than the one before.
    pub(crate) fn labeled(&self, number: u64, round: u64, priority: &str) -> Signed {
        let repository = number % self.repositories;
        let status = if round.is_multiple_of(2) { "ready" } else { "in-review" };
        // Well in the past, so that nothing is from the future after any number of rounds.
        let day = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20_000);
        let updated = day + SignedDuration::from_secs(i64::try_from(round).unwrap_or(0));
        let body = self
            .template
            .replace(ID, &(FIRST_ISSUE + number).to_string())
            .replace(NUMBER, &number.to_string())
            .replace(NUMBER_IN_TEXT, &number.to_string())
            .replace(REPOSITORY_ID, &(910_000_000 + repository).to_string())
            .replace(REPOSITORY, &repository.to_string())
            .replace(UPDATED_AT, &updated.to_string())
            .replace(STATUS, status)
            .replace(PRIORITY, priority);
        Signed { signature: sign(&self.secret, &body), body, guid: uuid::Uuid::new_v4().to_string() }
    }
}

/// The signature of a body, as GitHub's documentation, "Validating webhook deliveries", has it.
pub(crate) fn sign(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body.as_bytes());
    let mut signature = "sha256=".to_owned();
    for byte in mac.finalize().into_bytes() {
        let _ = write!(signature, "{byte:02x}");
    }
    signature
}

fn template() -> Value {
    let labels =
        json!([label("status/@status@"), label("priority/@priority@"), label("type/bug"), label("frontend")]);
    json!({
        "action": "labeled",
        "issue": issue(&labels),
        "label": labels[0],
        "repository": repository(),
        "sender": user("mona-lisa", 583_231),
    })
}

fn issue(labels: &Value) -> Value {
    let url = format!("https://api.github.com/repos/{OWNER}/{REPOSITORY}/issues/{NUMBER_IN_TEXT}");
    let mut issue =
        links(&url, &["labels_url", "comments_url", "events_url", "timeline_url", "repository_url"]);
    merge(
        &mut issue,
        json!({
            "url": url,
            "html_url": format!("https://github.com/{OWNER}/{REPOSITORY}/issues/{NUMBER_IN_TEXT}"),
            "id": "@id@",
            "node_id": "I_kwDOBenchABCDEFG",
            "number": "@number@",
            "title": "The export of a large board stops half-way without saying why",
            "user": user("hubot-the-second", 480_938),
            "labels": labels,
            "state": "open",
            "locked": false,
            "assignee": user("octo-worker", 1_024_025),
            "assignees": [user("octo-worker", 1_024_025)],
            "milestone": null,
            "comments": 3,
            "created_at": "2024-09-02T08:15:30Z",
            "updated_at": "@updated-at@",
            "closed_at": null,
            "author_association": "CONTRIBUTOR",
            "active_lock_reason": null,
            "body": body(),
            "reactions": {
                "url": format!("{url}/reactions"), "total_count": 2, "+1": 2, "-1": 0, "laugh": 0, "hooray": 0,
                "confused": 0, "heart": 0, "rocket": 0, "eyes": 0,
            },
            "performed_via_github_app": null,
            "state_reason": null,
        }),
    );
    issue
}

fn repository() -> Value {
    let url = format!("https://api.github.com/repos/{OWNER}/{REPOSITORY}");
    let mut repository = links(
        &url,
        &[
            "forks_url",
            "keys_url",
            "collaborators_url",
            "teams_url",
            "hooks_url",
            "issue_events_url",
            "events_url",
            "assignees_url",
            "branches_url",
            "tags_url",
            "blobs_url",
            "git_tags_url",
            "git_refs_url",
            "trees_url",
            "statuses_url",
            "languages_url",
            "stargazers_url",
            "contributors_url",
            "subscribers_url",
            "commits_url",
            "git_commits_url",
            "comments_url",
            "contents_url",
            "compare_url",
            "archive_url",
            "downloads_url",
            "issues_url",
            "pulls_url",
            "milestones_url",
            "labels_url",
            "releases_url",
            "deployments_url",
        ],
    );
    merge(
        &mut repository,
        json!({
            "id": "@repository-id@",
            "node_id": "R_kgDOBench",
            "name": REPOSITORY,
            "full_name": format!("{OWNER}/{REPOSITORY}"),
            "private": true,
            "owner": user(OWNER, 9_919),
            "html_url": format!("https://github.com/{OWNER}/{REPOSITORY}"),
            "description": "Synthetic issues for measuring",
            "fork": false,
            "url": url,
            "created_at": "2023-01-09T10:00:00Z",
            "updated_at": "2024-10-01T10:00:00Z",
            "pushed_at": "2024-10-01T11:00:00Z",
            "size": 18_231, "stargazers_count": 12, "watchers_count": 12, "language": "Rust",
            "has_issues": true, "has_projects": false, "has_downloads": true, "has_wiki": false, "has_pages": false,
            "forks_count": 4, "archived": false, "disabled": false, "open_issues_count": 250,
            "license": { "key": "mit", "name": "MIT License", "spdx_id": "MIT", "url": "https://api.github.com/licenses/mit" },
            "topics": ["agents", "board"], "visibility": "private", "default_branch": "main",
        }),
    );
    repository
}

fn user(login: &str, id: u32) -> Value {
    let url = format!("https://api.github.com/users/{login}");
    let mut user = links(
        &url,
        &[
            "followers_url",
            "gists_url",
            "starred_url",
            "subscriptions_url",
            "organizations_url",
            "repos_url",
            "events_url",
        ],
    );
    merge(
        &mut user,
        json!({
            "login": login, "id": id, "node_id": "MDQ6VXNlcjU4MzIzMQ==", "type": "User", "site_admin": false,
            "avatar_url": format!("https://avatars.githubusercontent.com/u/{id}?v=4"), "gravatar_id": "", "url": url,
            "html_url": format!("https://github.com/{login}"),
        }),
    );
    user
}

fn label(name: &str) -> Value {
    json!({
        "id": 208_045_946, "node_id": "MDU6TGFiZWwyMDgwNDU5NDY=",
        "url": format!("https://api.github.com/repos/{OWNER}/{REPOSITORY}/labels/{name}"),
        "name": name, "color": "d73a4a", "default": false, "description": null,
    })
}

/// `labels_url` leads to `<url>/labels`, and so on.
fn links(url: &str, names: &[&str]) -> Value {
    names
        .iter()
        .map(|name| ((*name).to_owned(), json!(format!("{url}/{}", name.trim_end_matches("_url")))))
        .collect()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

fn body() -> String {
    let step = "- open a board with more than a thousand cards, choose \"Export\", and wait\n";
    format!(
        "### What happened\n\nThe download ends after a part of the cards.\n\n### Steps\n\n{}",
        step.repeat(8)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_as_large_as_real_ones_and_names_what_it_should() {
        let signed = Payloads::new("bench", 20, "secret").labeled(41, 3, "p1");
        assert!((9_000..12_000).contains(&signed.body.len()), "{} bytes", signed.body.len());
        assert!(!signed.body.contains('@'), "{}", signed.body);
        let value: Value = serde_json::from_str(&signed.body).unwrap();
        assert_eq!(value["issue"]["id"], FIRST_ISSUE + 41);
        assert_eq!(value["issue"]["number"], 41);
        assert_eq!(value["repository"]["full_name"], "dispatch-bench/bench-1");
        assert_eq!(value["issue"]["labels"][0]["name"], "status/in-review");
        assert_eq!(value["issue"]["updated_at"], "2024-10-04T00:00:03Z");
    }
}
