//! Issues: one, and those that have changed.

use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::snapshot::IssueSnapshot;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::page::{Next, Page, Read, etag, link};
use crate::relation::Related;
use crate::{path, wire};

/// Which issues of a repository to list. Always in the order of their last change, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueQuery {
    /// Only those changed at or after this time, of which GitHub sees whole seconds.
    pub since: Option<Timestamp>,
    /// Open ones, closed ones, or all.
    pub state: StateFilter,
}

/// Which states to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateFilter {
    /// Open ones.
    Open,
    /// Closed ones.
    Closed,
    /// Open and closed ones.
    All,
}

impl StateFilter {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }
}

/// An entry of the list of issues, in which GitHub lists pull requests too ("List repository issues").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedIssue {
    /// The entry. For a pull request its id is that of the issue a pull request also is, not the pull request's.
    pub issue: IssueSnapshot,
    /// Whether it is a pull request.
    pub is_pull_request: bool,
    /// How many relations it has; none where GitHub does not tell.
    pub related: Option<Related>,
}

#[derive(Deserialize)]
struct Body {
    id: i64,
    number: i32,
    title: Option<String>,
    body: Option<String>,
    state: String,
    state_reason: Option<String>,
    html_url: Option<String>,
    user: Option<wire::Account>,
    author_association: Option<String>,
    #[serde(default)]
    assignees: Vec<wire::Account>,
    labels: Vec<wire::Label>,
    #[serde(default)]
    comments: i32,
    created_at: Timestamp,
    updated_at: Timestamp,
    closed_at: Option<Timestamp>,
    pull_request: Option<serde::de::IgnoredAny>,
    sub_issues_summary: Option<SubIssues>,
    issue_dependencies_summary: Option<Dependencies>,
}

#[derive(Deserialize)]
struct SubIssues {
    total: i64,
}

#[derive(Deserialize)]
struct Dependencies {
    total_blocked_by: i64,
}

impl From<Body> for ListedIssue {
    fn from(body: Body) -> Self {
        let related = body.issue_dependencies_summary.zip(body.sub_issues_summary);
        let related = related.map(|(dependencies, sub_issues)| Related {
            blocked_by: dependencies.total_blocked_by,
            sub_issues: sub_issues.total,
        });
        let issue = IssueSnapshot {
            id: IssueId(body.id),
            number: body.number,
            title: body.title.unwrap_or_default(),
            body: body.body.unwrap_or_default(),
            closed: body.state == "closed",
            state_reason: body.state_reason,
            url: body.html_url.unwrap_or_default(),
            author: body.user.map(|user| user.login),
            author_association: body.author_association,
            assignees: body.assignees.into_iter().map(|a| a.login).collect(),
            labels: wire::label_names(body.labels),
            comments: body.comments,
            created_at: body.created_at,
            updated_at: body.updated_at,
            closed_at: body.closed_at,
        };
        Self { issue: issue.cleaned(), is_pull_request: body.pull_request.is_some(), related }
    }
}

impl Github {
    /// One issue as it is now. A pull request's number works too and shows it as the issue it also is.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] also when the issue was transferred to another repository; a renamed repository is followed.
    pub async fn issue(&self, repo: &RepoName, number: i32) -> Result<IssueSnapshot, Error> {
        let what = format!("issue {repo}#{number}");
        let request = Request::get(path::repo(repo, &format!("/issues/{number}")), &what);
        let answer = self.call(repo, Within::Issue(number), request).await?;
        let body: Body = wire::parse(&what, &answer.body)?;
        Ok(ListedIssue::from(body).issue)
    }

    /// The first page of the issues and pull requests that `query` asks for. With the ETag of an earlier first page
    /// of the same query, a quiet repository costs nothing.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn issues(
        &self,
        repo: &RepoName,
        query: IssueQuery,
        if_changed: Option<&str>,
    ) -> Result<Read<Page<ListedIssue>>, Error> {
        self.issue_page(repo, issues_path(repo, query), if_changed).await
    }

    /// The page after one that said so.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn more_issues(&self, repo: &RepoName, next: &Next) -> Result<Page<ListedIssue>, Error> {
        match self.issue_page(repo, next.0.clone(), None).await? {
            Read::Changed(page) => Ok(Page { etag: None, ..page }),
            Read::NotModified => {
                Err(Error::unexpected(&format!("issues of {repo}"), "304 without a condition"))
            }
        }
    }

    async fn issue_page(
        &self,
        repo: &RepoName,
        path: String,
        if_changed: Option<&str>,
    ) -> Result<Read<Page<ListedIssue>>, Error> {
        let what = format!("issues of {repo}");
        let asked = path.clone();
        let request = Request { etag: if_changed, ..Request::get(path, &what) };
        let answer = self.call(repo, Within::Repository, request).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Read::NotModified);
        }
        let (bodies, unreadable) = wire::parse_list::<Body>(&what, &answer.body)?;
        let items: Vec<ListedIssue> = bodies.into_iter().map(Into::into).collect();
        let next = link(&answer.headers, "next").map(|link| Next(advance(&asked, &items).unwrap_or(link)));
        Ok(Read::Changed(Page { items, unreadable, next, etag: etag(&answer.headers) }))
    }
}

const SINCE: &str = "&since=";

fn issues_path(repo: &RepoName, query: IssueQuery) -> String {
    let state = query.state.as_str();
    // `since` has to be the last parameter, for `advance`.
    let since = query.since.map(|at| format!("{SINCE}{}", path::time(at))).unwrap_or_default();
    path::repo(repo, &format!("/issues?state={state}&sort=updated&direction=asc&per_page=100{since}"))
}

/// The same list from the last entry on, if that is further than where it began.
///
/// Numbered pages lose entries: when something on page 1 changes (and moves to the end) or vanishes while page 2 is
/// read, the first entry of page 3 moves to page 2 and is never seen. Going on from the last seen second repeats a
/// few entries instead. Only where a whole page has one and the same second is the numbered link all there is.
fn advance(asked: &str, items: &[ListedIssue]) -> Option<String> {
    let last = path::time(items.last()?.issue.updated_at);
    let (list, since) = asked.split_once(SINCE).unwrap_or((asked, ""));
    let numbered = asked.contains("&page=") || !asked.starts_with("/repos/");
    (!numbered && last.as_str() > since).then(|| format!("{list}{SINCE}{last}"))
}
