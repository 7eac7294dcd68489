//! GitHub's REST API, as far as an agent needs it that has no working copy.

use anyhow::{Context as _, bail};
use base64::Engine as _;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::dispatch::Work;
use crate::options::required;

/// GitHub, as somebody with a token sees it.
pub(crate) struct GitHub {
    http: reqwest::Client,
    url: String,
    token: String,
}

/// The pull request that the work led to.
pub(crate) struct Published {
    pub(crate) number: i64,
    /// It was not there before.
    pub(crate) opened: bool,
}

impl GitHub {
    /// # Errors
    /// A variable is not set.
    pub(crate) fn new(http: reqwest::Client) -> anyhow::Result<Self> {
        let url = required("GITHUB_API_URL")?.trim_end_matches('/').to_owned();
        Ok(Self { http, url, token: required("GITHUB_TOKEN")? })
    }

    /// Commits to the work's branch, which is made if it is not there; answers the commit.
    ///
    /// # Errors
    /// GitHub refuses or is away.
    pub(crate) async fn commit(&self, work: &Work) -> anyhow::Result<String> {
        let (claim, branch) = (&work.claim, work.branch());
        self.branch(&claim.repo_full_name, &branch).await?;
        let note = format!("Claim {} was here, fence {}.\n", claim.id, claim.fence);
        let file = json!({
            "message": format!("Note claim {} on #{}", claim.id, claim.issue_number),
            "content": base64::engine::general_purpose::STANDARD.encode(note),
            "branch": branch,
        });
        // A path of its own, so that a repeated attempt adds a file and overwrites none.
        let path =
            format!("/repos/{}/contents/notes/claim-{}-{}.md", claim.repo_full_name, claim.id, claim.fence);
        let (_, made) = self.call(Method::PUT, &path, Some(file)).await?;
        Ok(made["commit"]["sha"].as_str().context("GitHub names no commit")?.to_owned())
    }

    async fn branch(&self, repo: &str, branch: &str) -> anyhow::Result<()> {
        let reference = |branch: &str| format!("/repos/{repo}/git/ref/heads/{branch}");
        if self.call(Method::GET, &reference(branch), None).await?.0 != StatusCode::NOT_FOUND {
            return Ok(());
        }
        let (_, facts) = self.call(Method::GET, &format!("/repos/{repo}"), None).await?;
        let base = facts["default_branch"].as_str().context("GitHub names no default branch")?;
        let (_, head) = self.call(Method::GET, &reference(base), None).await?;
        let body = json!({ "ref": format!("refs/heads/{branch}"), "sha": head["object"]["sha"] });
        self.call(Method::POST, &format!("/repos/{repo}/git/refs"), Some(body)).await.map(|_| ())
    }

    /// Opens the pull request, unless there is one from this branch.
    ///
    /// # Errors
    /// GitHub refuses or is away.
    pub(crate) async fn publish(&self, work: &Work) -> anyhow::Result<Published> {
        let (repo, number, branch) = (&work.claim.repo_full_name, work.claim.issue_number, work.branch());
        let owner = repo.split('/').next().unwrap_or_default();
        let query = [("state", "open"), ("head", &format!("{owner}:{branch}"))];
        let known = self.http.get(format!("{}/repos/{repo}/pulls", self.url)).query(&query);
        let (_, known) = self.send(known).await?;
        if let Some(number) = known[0]["number"].as_i64() {
            return Ok(Published { number, opened: false });
        }
        let (_, facts) = self.call(Method::GET, &format!("/repos/{repo}"), None).await?;
        let body = json!({
            "title": work.work.issue.title,
            "body": format!("Fixes #{number}\n\nOpened by Dispatch's reference agent, whose commits are notes only."),
            "head": branch,
            "base": facts["default_branch"],
        });
        let (_, opened) = self.call(Method::POST, &format!("/repos/{repo}/pulls"), Some(body)).await?;
        let number = opened["number"].as_i64().context("GitHub names no pull request")?;
        Ok(Published { number, opened: true })
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let request = self.http.request(method, format!("{}{path}", self.url));
        self.send(match &body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// The answer; 404 is one.
    async fn send(&self, request: reqwest::RequestBuilder) -> anyhow::Result<(StatusCode, Value)> {
        let request = request.bearer_auth(&self.token).header("Accept", "application/vnd.github+json");
        let response = request.send().await.context("GitHub cannot be reached")?;
        let (status, address) = (response.status(), response.url().path().to_owned());
        let answer: Value = response.json().await.unwrap_or_default();
        if !status.is_success() && status != StatusCode::NOT_FOUND {
            bail!(
                "GitHub answers {status} to {address}: {}",
                answer["message"].as_str().unwrap_or("no message")
            );
        }
        Ok((status, answer))
    }
}
