//! Pull requests, what reviewers say of them, and pushes that change what they merge into.

use jiff::Timestamp;
use serde::Deserialize;

use super::payload::{PullRequest, Repository, User};
use super::{Unreadable, in_repository, read, without_nul};
use crate::event::{Event, News};
use crate::review::{Review, ReviewComment, ReviewState};

#[derive(Deserialize)]
struct Payload {
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

pub(super) fn pull_request(body: &[u8]) -> Result<Event, Unreadable> {
    let Payload { pull_request, repository, sender } = read(body)?;
    in_repository(repository, sender, News::PullRequest(Box::new(pull_request.snapshot())))
}

#[derive(Deserialize)]
struct ReviewPayload {
    review: ReviewObject,
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct ReviewObject {
    id: i64,
    user: Option<User>,
    author_association: Option<String>,
    #[serde(default)]
    state: String,
    body: Option<String>,
    commit_id: Option<String>,
    html_url: Option<String>,
    submitted_at: Option<Timestamp>,
}

pub(super) fn review(body: &[u8]) -> Result<Event, Unreadable> {
    let ReviewPayload { review, pull_request, repository, sender } = read(body)?;
    let review = Review {
        id: review.id,
        author: review.user.map(|user| user.login),
        author_association: review.author_association,
        state: ReviewState::of(&review.state),
        body: review.body.unwrap_or_default(),
        commit: review.commit_id,
        url: review.html_url,
        submitted_at: review.submitted_at,
    };
    let pull_request = Box::new(pull_request.snapshot());
    let news = News::Review { pull_request, review: Box::new(review.cleaned()) };
    in_repository(repository, sender, news)
}

#[derive(Deserialize)]
struct CommentPayload {
    comment: CommentObject,
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct CommentObject {
    id: i64,
    pull_request_review_id: Option<i64>,
    in_reply_to_id: Option<i64>,
    user: Option<User>,
    author_association: Option<String>,
    #[serde(default)]
    path: String,
    line: Option<i32>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    html_url: String,
    created_at: Timestamp,
    updated_at: Timestamp,
}

pub(super) fn comment(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let CommentPayload { comment, pull_request, repository, sender } = read(body)?;
    let comment = ReviewComment {
        id: comment.id,
        review: comment.pull_request_review_id,
        in_reply_to: comment.in_reply_to_id,
        author: comment.user.map(|user| user.login),
        author_association: comment.author_association,
        path: comment.path,
        line: comment.line,
        body: comment.body,
        url: comment.html_url,
        created_at: comment.created_at,
        updated_at: comment.updated_at,
    };
    let news = News::ReviewComment {
        pull_request: Box::new(pull_request.snapshot()),
        comment: Box::new(comment.cleaned()),
        deleted: action == "deleted",
    };
    in_repository(repository, sender, news)
}

#[derive(Deserialize)]
struct ThreadPayload {
    thread: Thread,
    /// When it was resolved or opened again; older servers do not say.
    updated_at: Option<Timestamp>,
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct Thread {
    #[serde(default)]
    comments: Vec<Commented>,
}

#[derive(Deserialize)]
struct Commented {
    id: i64,
}

pub(super) fn thread(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let ThreadPayload { thread, updated_at, pull_request, repository, sender } = read(body)?;
    let resolved = match action {
        "resolved" => true,
        "unresolved" => false,
        _ => return Ok(Event::Ignored(format!("pull_request_review_thread.{action} resolves nothing"))),
    };
    let pull_request = Box::new(pull_request.snapshot());
    let news = News::ReviewThread {
        at: updated_at.unwrap_or(pull_request.updated_at),
        pull_request,
        comments: thread.comments.into_iter().map(|comment| comment.id).collect(),
        resolved,
    };
    in_repository(repository, sender, news)
}

#[derive(Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    name: String,
    repository: Repository,
    sender: Option<User>,
}

pub(super) fn push(body: &[u8]) -> Result<Event, Unreadable> {
    let Push { name, repository, sender } = read(body)?;
    let Some(branch) = name.strip_prefix("refs/heads/") else {
        return Ok(Event::Ignored("push: tags are not kept".to_owned()));
    };
    in_repository(repository, sender, News::Pushed { branch: without_nul(branch.to_owned()) })
}
