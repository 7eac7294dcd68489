//! What reviewers and checks say of pull requests, and how issues are related: as changes, beside [`Change`].
//!
//! [`Change`]: super::change::Change

use serde::{Deserialize, Serialize};

/// Something that is said of a pull request or a commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Feedback {
    /// A review, submitted at once.
    Review {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// For, against, or neither.
        verdict: Verdict,
        /// Its text.
        #[serde(default)]
        body: String,
        /// Comments on lines that come with it.
        #[serde(default)]
        comments: Vec<LineNote>,
    },
    /// Takes a review back.
    DismissReview {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The review's id.
        review: u64,
    },
    /// Answers in a thread.
    Reply {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The id of a comment in the thread.
        comment: u64,
        /// The answer.
        body: String,
    },
    /// Edits a comment on a line.
    EditLineComment {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The comment's id.
        comment: u64,
        /// Its new text.
        body: String,
    },
    /// Deletes a comment on a line.
    DeleteLineComment {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The comment's id.
        comment: u64,
    },
    /// Resolves a thread, or opens it again.
    Resolve {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The id of a comment in the thread.
        comment: u64,
        /// False to open it again.
        resolved: bool,
    },
    /// Starts a run of a check on the newest commit of a pull request.
    StartCheck {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The check's name.
        name: String,
    },
    /// The newest run of a check goes on (no conclusion) or ends.
    Check {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The check's name.
        name: String,
        /// `success`, `failure`, `cancelled`…
        #[serde(default)]
        conclusion: Option<String>,
    },
    /// Puts a status on the newest commit of a pull request.
    Status {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// Its name.
        context: String,
        /// `pending`, `success`, `failure`, `error`.
        state: String,
    },
    /// The pull request conflicts with its base, or no longer does. GitHub tells nobody.
    Conflict {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// False when it merges again.
        conflicts: bool,
    },
    /// Links an issue by hand: merging the pull request would close it. GitHub tells nobody.
    Link {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The issue's number, in the same repository.
        issue: u64,
    },
}

/// What a review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// For it.
    Approve,
    /// Against it.
    RequestChanges,
    /// Neither.
    Comment,
}

/// A comment on a line, to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineNote {
    /// The file.
    pub path: String,
    /// The line.
    pub line: u64,
    /// What is said.
    pub body: String,
}

/// How issues are related. The other issue may be in another repository.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Relate {
    /// Makes an issue a part of another one, or no longer.
    SubIssue {
        /// `owner/name` of the parent.
        repo: String,
        /// The parent's number.
        number: u64,
        /// `owner/name` of the part.
        other_repo: String,
        /// The part's number.
        other: u64,
        /// False to end it.
        related: bool,
    },
    /// Makes an issue wait for another one, or no longer.
    BlockedBy {
        /// `owner/name` of the issue that waits.
        repo: String,
        /// Its number.
        number: u64,
        /// `owner/name` of the issue it waits for.
        other_repo: String,
        /// Its number.
        other: u64,
        /// False to end it.
        related: bool,
    },
}

impl Feedback {
    pub(crate) fn place(&self) -> (&str, u64) {
        match self {
            Self::Review { repo, number, .. }
            | Self::DismissReview { repo, number, .. }
            | Self::Reply { repo, number, .. }
            | Self::EditLineComment { repo, number, .. }
            | Self::DeleteLineComment { repo, number, .. }
            | Self::Resolve { repo, number, .. }
            | Self::StartCheck { repo, number, .. }
            | Self::Check { repo, number, .. }
            | Self::Status { repo, number, .. }
            | Self::Conflict { repo, number, .. }
            | Self::Link { repo, number, .. } => (repo, *number),
        }
    }
}

impl Relate {
    pub(crate) fn repo(&self) -> &str {
        match self {
            Self::SubIssue { repo, .. } | Self::BlockedBy { repo, .. } => repo,
        }
    }
}
