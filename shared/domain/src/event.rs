//! Webhooks, translated once at the door.
//!
//! The door (`github-webhook`) knows GitHub's payloads; everybody behind it knows these.

use jiff::Timestamp;

use crate::checks::{CheckRun, CommitStatus};
use crate::dependency::{Relation, Target};
use crate::ids::{IssueId, RepoName, RepositoryId};
use crate::review::{Review, ReviewComment};
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
    /// An account that owns repositories has another login now.
    OwnerRenamed {
        /// Its login before.
        from: String,
        /// Its login now.
        to: String,
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
        /// Where it went, if it was moved.
        moved_to: Option<Box<Moved>>,
    },
    /// A pull request, as it is now.
    PullRequest(Box<PullRequestSnapshot>),
    /// Somebody commented on a pull request: its other facts are not told.
    PullRequestTouched {
        /// Number of the pull request.
        number: i32,
    },
    /// A review of a pull request, as it is now.
    Review {
        /// The pull request, as a list shows it.
        pull_request: Box<PullRequestSnapshot>,
        /// The review.
        review: Box<Review>,
    },
    /// A comment on a line of a pull request.
    ReviewComment {
        /// The pull request, as a list shows it.
        pull_request: Box<PullRequestSnapshot>,
        /// The comment, as it is now or was last.
        comment: Box<ReviewComment>,
        /// It is no longer there.
        deleted: bool,
    },
    /// A thread of comments on a line was resolved, or opened again.
    ReviewThread {
        /// The pull request, as a list shows it.
        pull_request: Box<PullRequestSnapshot>,
        /// GitHub's ids of its comments.
        comments: Vec<i64>,
        /// Whether it is resolved now.
        resolved: bool,
        /// When that happened.
        at: Timestamp,
    },
    /// A check run, as it is now.
    CheckRun(Box<CheckRun>),
    /// All check runs of a suite are completed.
    SuiteCompleted {
        /// GitHub's id of the suite.
        suite: i64,
        /// The commit that was checked.
        head_sha: String,
    },
    /// A status was put on a commit.
    Status(Box<CommitStatus>),
    /// A branch has other commits: what merges into it may conflict by now.
    Pushed {
        /// Name of the branch.
        branch: String,
    },
    /// Two issues were related, or no longer are.
    Related {
        /// In which way.
        relation: Relation,
        /// The issue that waits for the other: the blocked one, the parent.
        waits: IssueId,
        /// The issue that is waited for: the blocking one, the sub-issue.
        on: Box<Target>,
        /// The relation was made; otherwise it was ended.
        added: bool,
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

/// Where an issue went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The repository it is in now.
    pub repository: RepoName,
    /// Its number there.
    pub number: i32,
    /// GitHub's id of it there: a moved issue is another one to GitHub.
    pub id: IssueId,
}
