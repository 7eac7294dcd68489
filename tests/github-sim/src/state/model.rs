//! The facts a GitHub keeps, without behaviour.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::relations::Place;

/// A user, an organisation or an app's bot.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) kind: AccountKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AccountKind {
    User,
    Organization,
    Bot,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Repo {
    pub(crate) id: u64,
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) default_branch: String,
    /// Branch name to its newest commit.
    pub(crate) branches: BTreeMap<String, String>,
    pub(crate) archived: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) pushed_at: Timestamp,
    pub(crate) labels: Vec<Label>,
    pub(crate) next_number: u64,
    pub(crate) issues: BTreeMap<u64, Issue>,
    /// Numbers that once were issues here.
    pub(crate) vanished: BTreeMap<u64, Vanished>,
    pub(crate) comments: BTreeMap<u64, Comment>,
    #[serde(default)]
    pub(crate) runs: BTreeMap<u64, CheckRun>,
    /// Oldest first.
    #[serde(default)]
    pub(crate) statuses: Vec<CommitStatus>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Vanished {
    Deleted,
    Transferred { repo: u64, number: u64 },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Label {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) color: String,
    pub(crate) description: Option<String>,
}

/// An issue, or the issue side of a pull request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
    pub(crate) author: String,
    /// Ids of the repository's labels, in the order they were added.
    pub(crate) labels: Vec<u64>,
    pub(crate) assignees: Vec<String>,
    pub(crate) open: bool,
    pub(crate) state_reason: Option<StateReason>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) closed_by: Option<String>,
    pub(crate) comments: u64,
    /// The issue this one is a part of.
    #[serde(default)]
    pub(crate) parent: Option<Place>,
    /// What this one waits for.
    #[serde(default)]
    pub(crate) blocked_by: Vec<Place>,
    pub(crate) pull: Option<Pull>,
}

/// What only a pull request has.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pull {
    pub(crate) id: u64,
    pub(crate) head: String,
    pub(crate) head_sha: String,
    pub(crate) base: String,
    pub(crate) base_sha: String,
    pub(crate) draft: bool,
    pub(crate) commits: u64,
    pub(crate) merged: Option<Merged>,
    /// Does not merge into its base.
    #[serde(default)]
    pub(crate) conflicts: bool,
    /// Oldest first.
    #[serde(default)]
    pub(crate) reviews: Vec<Review>,
    #[serde(default)]
    pub(crate) threads: Vec<Thread>,
    /// Numbers of issues linked by hand.
    #[serde(default)]
    pub(crate) linked: Vec<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Review {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) state: ReviewState,
    pub(crate) body: String,
    pub(crate) commit: String,
    pub(crate) submitted_at: Timestamp,
}

/// As the REST API spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ReviewState {
    Commented,
    Approved,
    ChangesRequested,
    Dismissed,
}

/// Comments on one line, oldest first, never none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Thread {
    pub(crate) resolved: bool,
    pub(crate) comments: Vec<LineComment>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LineComment {
    pub(crate) id: u64,
    pub(crate) review: u64,
    pub(crate) author: String,
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) body: String,
    pub(crate) commit: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CheckRun {
    pub(crate) id: u64,
    pub(crate) suite: u64,
    pub(crate) sha: String,
    pub(crate) name: String,
    pub(crate) started_at: Timestamp,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) conclusion: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CommitStatus {
    pub(crate) id: u64,
    pub(crate) sha: String,
    pub(crate) context: String,
    pub(crate) state: String,
    pub(crate) creator: String,
    pub(crate) created_at: Timestamp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Merged {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) sha: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) issue: u64,
    pub(crate) author: String,
    pub(crate) body: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// `open` or `closed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueState {
    /// Work is still wanted.
    Open,
    /// Finished or given up; [`StateReason`] says which.
    Closed,
}

/// Why an issue is in its state (GitHub docs, "Update an issue", `state_reason`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateReason {
    /// Closed because it is done.
    Completed,
    /// Closed without doing it.
    NotPlanned,
    /// Closed as a duplicate of another.
    Duplicate,
    /// Opened again.
    Reopened,
}

impl Repo {
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    pub(crate) fn head_sha(&self) -> &str {
        self.branches.get(&self.default_branch).map_or("", String::as_str)
    }

    /// Labels compare without case.
    pub(crate) fn label(&self, name: &str) -> Option<&Label> {
        self.labels.iter().find(|label| same_label(&label.name, name))
    }

    pub(crate) fn label_names(&self, issue: &Issue) -> Vec<String> {
        self.labels_of(issue).map(|label| label.name.clone()).collect()
    }

    pub(crate) fn labels_of<'a>(&'a self, issue: &'a Issue) -> impl Iterator<Item = &'a Label> {
        issue.labels.iter().filter_map(|id| self.labels.iter().find(|label| label.id == *id))
    }

    pub(crate) fn open_issues(&self) -> usize {
        self.issues.values().filter(|issue| issue.open).count()
    }
}

/// Whether two spellings name the same label: GitHub compares without case.
pub(crate) fn same_label(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
