//! Webhooks, translated once at the door.
//!
//! The door (`github-webhook`) knows GitHub's payloads; everybody behind it knows these.

use crate::ids::{IssueId, RepositoryId};
use crate::snapshot::{IssueSnapshot, PullRequestSnapshot, RepositorySnapshot};

/// One delivery, as far as Dispatch cares.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something happened in a repository.
    Repository {
        /// The repository as the payload shows it.
        repository: RepositorySnapshot,
        /// Login of whoever caused it.
        sender: String,
        /// What happened.
        news: News,
    },
    /// An App was installed on repositories, or removed from them.
    Installation {
        /// GitHub's id of the installation.
        installation: i64,
        /// Repositories that the App can use now.
        added: Vec<RepositoryId>,
        /// Repositories that it can no longer use.
        removed: Vec<RepositoryId>,
    },
    /// Kept, and nothing to do; the reason says why.
    Ignored(String),
    /// Kept, and not understood.
    Unreadable {
        /// Where in the payload.
        path: String,
        /// What was wrong there.
        reason: String,
    },
}

/// What happened in a repository.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// An issue, as it is now.
    Issue(Box<IssueSnapshot>),
    /// An issue left this repository: deleted, or moved to another one.
    IssueGone {
        /// GitHub's id of the issue.
        id: IssueId,
        /// Its number here.
        number: i32,
    },
    /// A pull request, as it is now.
    PullRequest(Box<PullRequestSnapshot>),
    /// Somebody commented on a pull request: its other facts are not told.
    PullRequestTouched {
        /// Number of the pull request.
        number: i32,
    },
    /// A label was renamed or deleted: every issue that carries it changed without an event of its own.
    LabelChanged {
        /// Its name before.
        name: String,
    },
    /// The repository itself changed: renamed, moved, archived, made known.
    Facts,
    /// The repository was deleted.
    Deleted,
}
