//! Pull requests: one, those that have changed, and how many are open.

use dispatch_domain::ids::{PullRequestId, RepoName};
use dispatch_domain::snapshot::{PullRequestSnapshot, PullRequestState};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::issue::StateFilter;
use crate::page::{Next, Page, Read, etag, link, page_number};
use crate::{path, wire};

#[derive(Deserialize)]
struct Body {
    id: i64,
    number: i32,
    title: Option<String>,
    body: Option<String>,
    state: String,
    #[serde(default)]
    draft: Option<bool>,
    html_url: Option<String>,
    user: Option<wire::Account>,
    head: Branch,
    base: Branch,
    mergeable: Option<bool>,
    #[serde(default)]
    labels: Vec<wire::Label>,
    created_at: Timestamp,
    updated_at: Timestamp,
    merged_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Branch {
    r#ref: String,
    sha: String,
    repo: Option<Id>,
}

#[derive(Deserialize, PartialEq)]
struct Id {
    id: i64,
}

impl From<Body> for PullRequestSnapshot {
    fn from(body: Body) -> Self {
        let state = match body.state.as_str() {
            _ if body.merged_at.is_some() => PullRequestState::Merged,
            "closed" => PullRequestState::Closed,
            _ => PullRequestState::Open,
        };
        let snapshot = Self {
            id: PullRequestId(body.id),
            number: body.number,
            title: body.title.unwrap_or_default(),
            body: body.body.unwrap_or_default(),
            state,
            draft: body.draft.unwrap_or_default(),
            url: body.html_url.unwrap_or_default(),
            author: body.user.map(|user| user.login),
            fork: body.head.repo != body.base.repo,
            head_ref: body.head.r#ref,
            head_sha: body.head.sha,
            base_ref: body.base.r#ref,
            mergeable: body.mergeable,
            labels: wire::label_names(body.labels),
            created_at: body.created_at,
            updated_at: body.updated_at,
            merged_at: body.merged_at,
        };
        snapshot.cleaned()
    }
}

impl Github {
    /// One pull request as it is now. GitHub computes `mergeable` lazily: the first read may say `None`.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn pull_request(&self, repo: &RepoName, number: i32) -> Result<PullRequestSnapshot, Error> {
        let what = format!("pull request {repo}#{number}");
        let request = Request::get(path::repo(repo, &format!("/pulls/{number}")), &what);
        let answer = self.call(repo, Within::Issue(number), request).await?;
        wire::parse::<Body>(&what, &answer.body).map(Into::into)
    }

    /// The first page of a repository's pull requests, last changed first: GitHub has no `since` here, so read on
    /// until one is older than what is known. `mergeable` is never in a list.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn pull_requests(
        &self,
        repo: &RepoName,
        state: StateFilter,
        if_changed: Option<&str>,
    ) -> Result<Read<Page<PullRequestSnapshot>>, Error> {
        let query = format!("/pulls?state={}&sort=updated&direction=desc&per_page=100", state.as_str());
        self.pull_page(repo, path::repo(repo, &query), if_changed).await
    }

    /// The page after one that said so. Something that changes in between moves to the front, so an entry may come
    /// twice, but none is left out.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn more_pull_requests(
        &self,
        repo: &RepoName,
        next: &Next,
    ) -> Result<Page<PullRequestSnapshot>, Error> {
        match self.pull_page(repo, next.0.clone(), None).await? {
            Read::Changed(page) => Ok(Page { etag: None, ..page }),
            Read::NotModified => {
                Err(Error::unexpected(&format!("pull requests of {repo}"), "304 without a condition"))
            }
        }
    }

    /// How many pull requests are open, by one request: the number of the last page when each has one.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn open_pull_request_count(&self, repo: &RepoName) -> Result<u64, Error> {
        let what = format!("open pull requests of {repo}");
        let request = Request::get(path::repo(repo, "/pulls?state=open&per_page=1"), &what);
        let answer = self.call(repo, Within::Repository, request).await?;
        if let Some(last) = link(&answer.headers, "last") {
            return page_number(&last)
                .ok_or_else(|| Error::unexpected(&what, "a last page without a number"));
        }
        let only: Vec<serde::de::IgnoredAny> = wire::parse(&what, &answer.body)?;
        Ok(only.len() as u64)
    }

    async fn pull_page(
        &self,
        repo: &RepoName,
        path: String,
        if_changed: Option<&str>,
    ) -> Result<Read<Page<PullRequestSnapshot>>, Error> {
        let what = format!("pull requests of {repo}");
        let request = Request { etag: if_changed, ..Request::get(path, &what) };
        let answer = self.call(repo, Within::Repository, request).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Read::NotModified);
        }
        let (bodies, unreadable) = wire::parse_list::<Body>(&what, &answer.body)?;
        Ok(Read::Changed(Page {
            items: bodies.into_iter().map(Into::into).collect(),
            unreadable,
            next: link(&answer.headers, "next").map(Next),
            etag: etag(&answer.headers),
        }))
    }
}
