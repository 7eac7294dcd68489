//! What reviewers say of a pull request, and what only GitHub's graph tells of it.

use dispatch_domain::ids::RepoName;
use dispatch_domain::review::{Review, ReviewComment, ReviewState};
use http::Method;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::budget::Kind;
use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::page::Listed;
use crate::{path, wire};

#[derive(Deserialize)]
struct ReviewBody {
    id: i64,
    user: Option<wire::Account>,
    author_association: Option<String>,
    state: String,
    body: Option<String>,
    commit_id: Option<String>,
    html_url: Option<String>,
    submitted_at: Option<Timestamp>,
}

impl From<ReviewBody> for Review {
    fn from(body: ReviewBody) -> Self {
        let review = Self {
            id: body.id,
            author: body.user.map(|user| user.login),
            author_association: body.author_association,
            state: ReviewState::of(&body.state),
            body: body.body.unwrap_or_default(),
            commit: body.commit_id,
            url: body.html_url,
            submitted_at: body.submitted_at,
        };
        review.cleaned()
    }
}

#[derive(Deserialize)]
struct CommentBody {
    id: i64,
    pull_request_review_id: Option<i64>,
    in_reply_to_id: Option<i64>,
    user: Option<wire::Account>,
    author_association: Option<String>,
    #[serde(default)]
    path: String,
    line: Option<i32>,
    body: Option<String>,
    html_url: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<CommentBody> for ReviewComment {
    fn from(body: CommentBody) -> Self {
        let comment = Self {
            id: body.id,
            review: body.pull_request_review_id,
            in_reply_to: body.in_reply_to_id,
            author: body.user.map(|user| user.login),
            author_association: body.author_association,
            path: body.path,
            line: body.line,
            body: body.body.unwrap_or_default(),
            url: body.html_url.unwrap_or_default(),
            created_at: body.created_at,
            updated_at: body.updated_at,
        };
        comment.cleaned()
    }
}

/// What no REST route tells of a pull request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PullRequestLinks {
    /// Ids of the comments whose threads are resolved.
    pub resolved: Vec<i64>,
    /// The issues that GitHub counts as closed by it, also those linked by hand: `owner/name#number`, in lower case.
    pub closing: Vec<String>,
}

#[derive(Deserialize)]
struct Graph {
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    #[serde(rename = "pullRequest")]
    pull_request: Option<PullRequest>,
}

#[derive(Deserialize)]
struct PullRequest {
    #[serde(rename = "closingIssuesReferences")]
    closing: Nodes<Closing>,
    #[serde(rename = "reviewThreads")]
    threads: Nodes<Thread>,
}

#[derive(Deserialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}

#[derive(Deserialize)]
struct Closing {
    number: i64,
    repository: Named,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "nameWithOwner")]
    name: String,
}

#[derive(Deserialize)]
struct Thread {
    #[serde(rename = "isResolved")]
    resolved: bool,
    comments: Nodes<Comment>,
}

#[derive(Deserialize)]
struct Comment {
    /// GitHub's `BigInt` travels as text.
    #[serde(rename = "fullDatabaseId")]
    id: Option<String>,
}

/// One point of GitHub's GraphQL budget ("Rate limits and query limits for the GraphQL API").
const LINKS: &str = "query($owner: String!, $name: String!, $number: Int!) { \
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { \
    closingIssuesReferences(first: 50) { nodes { number repository { nameWithOwner } } } \
    reviewThreads(first: 100) { nodes { isResolved comments(first: 50) { nodes { fullDatabaseId } } } } } } }";

impl Github {
    /// All reviews of a pull request, oldest first.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn reviews(
        &self,
        repo: &RepoName,
        number: i32,
        if_changed: Option<&str>,
    ) -> Result<Listed<Review>, Error> {
        let what = format!("reviews of {repo}#{number}");
        let path = path::repo(repo, &format!("/pulls/{number}/reviews?per_page=100"));
        let list = self.list::<ReviewBody>(repo, &what, path, if_changed, wire::parse_list).await?;
        Ok(list.map(Into::into))
    }

    /// All comments on lines of a pull request, oldest first.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn review_comments(
        &self,
        repo: &RepoName,
        number: i32,
        if_changed: Option<&str>,
    ) -> Result<Listed<ReviewComment>, Error> {
        let what = format!("review comments of {repo}#{number}");
        let path = path::repo(repo, &format!("/pulls/{number}/comments?per_page=100"));
        let list = self.list::<CommentBody>(repo, &what, path, if_changed, wire::parse_list).await?;
        Ok(list.map(Into::into))
    }

    /// Which threads of a pull request are resolved, and which issues it closes.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn pull_request_links(&self, repo: &RepoName, number: i32) -> Result<PullRequestLinks, Error> {
        let what = format!("links of {repo}#{number}");
        let variables = json!({ "owner": repo.owner(), "name": repo.name(), "number": number });
        let body = json!({ "query": LINKS, "variables": variables }).to_string();
        let request = Request {
            body: Some(body),
            ..Request::new(Method::POST, self.graphql_path(), &what, Kind::Read)
        };
        let answer = self.call(repo, Within::Repository, request).await?;
        let graph: Graph = wire::parse(&what, &answer.body)?;
        let found =
            graph.data.and_then(|data| data.repository).and_then(|repository| repository.pull_request);
        let found = found.ok_or_else(|| Error::Denied {
            what: what.clone(),
            message: "GitHub's GraphQL API tells nothing of it to this credential".to_owned(),
        })?;
        let resolved = found.threads.nodes.into_iter().filter(|thread| thread.resolved);
        let ids = resolved.flat_map(|thread| thread.comments.nodes).filter_map(|one| one.id?.parse().ok());
        let closing = found.closing.nodes.into_iter();
        Ok(PullRequestLinks {
            resolved: ids.collect(),
            closing: closing
                .map(|issue| format!("{}#{}", issue.repository.name.to_lowercase(), issue.number))
                .collect(),
        })
    }
}
