//! The truth, as a test or the administrative routes look at it.

use jiff::Timestamp;
use serde::Serialize;

use crate::state::model::{Issue, IssueState, Repo, StateReason};

/// An issue, or the issue side of a pull request, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueView {
    /// GitHub's numeric identity.
    pub id: u64,
    /// `owner/name`.
    pub repo: String,
    /// Its number in the repository.
    pub number: u64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: Option<String>,
    /// Login of who opened it.
    pub author: String,
    /// Names, in the order they were added.
    pub labels: Vec<String>,
    /// Logins.
    pub assignees: Vec<String>,
    /// Open or closed.
    pub state: IssueState,
    /// Why.
    pub state_reason: Option<StateReason>,
    /// Number of comments.
    pub comments: u64,
    /// Whole seconds.
    pub created_at: Timestamp,
    /// Whole seconds.
    pub updated_at: Timestamp,
    /// Whole seconds.
    pub closed_at: Option<Timestamp>,
    /// What it has besides when it is a pull request.
    pub pull: Option<PullView>,
}

/// What only a pull request has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PullView {
    /// The pull request's numeric identity, which is not its issue's.
    pub id: u64,
    /// The branch with the work.
    pub head: String,
    /// Its newest commit.
    pub head_sha: String,
    /// The branch it should go to.
    pub base: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether it was merged.
    pub merged: bool,
}

/// A comment as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CommentView {
    /// GitHub's numeric identity.
    pub id: u64,
    /// Login of who wrote it.
    pub author: String,
    /// Its text.
    pub body: String,
    /// Whole seconds.
    pub created_at: Timestamp,
}

impl IssueView {
    /// Whether it carries this label; compared without case.
    pub fn has(&self, label: &str) -> bool {
        self.labels.iter().any(|name| crate::state::model::same_label(name, label))
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.state == IssueState::Open
    }

    pub(crate) fn of(repo: &Repo, issue: &Issue) -> Self {
        Self {
            id: issue.id,
            repo: repo.full_name(),
            number: issue.number,
            title: issue.title.clone(),
            body: issue.body.clone(),
            author: issue.author.clone(),
            labels: repo.label_names(issue),
            assignees: issue.assignees.clone(),
            state: if issue.open { IssueState::Open } else { IssueState::Closed },
            state_reason: issue.state_reason,
            comments: issue.comments,
            created_at: issue.created_at,
            updated_at: issue.updated_at,
            closed_at: issue.closed_at,
            pull: issue.pull.as_ref().map(|pull| PullView {
                id: pull.id,
                head: pull.head.clone(),
                head_sha: pull.head_sha.clone(),
                base: pull.base.clone(),
                draft: pull.draft,
                merged: pull.merged.is_some(),
            }),
        }
    }
}
