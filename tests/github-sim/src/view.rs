//! The truth, as a test or the administrative routes look at it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::state::model::{Issue, IssueState, Pull, Repo, StateReason};

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
    /// Whether it conflicts with its base.
    pub conflicts: bool,
    /// Numbers of issues linked by hand.
    pub linked: Vec<u64>,
    /// Everything said of it that is still there.
    pub said: Said,
}

/// What reviewers and checks say of a pull request. Each entry is `(id, what)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// Reviews: author and state, in GitHub's words (`APPROVED`…).
    pub reviews: Vec<(u64, String, String)>,
    /// Comments on lines: author, text, and whether the thread is resolved.
    pub comments: Vec<(u64, String, String, bool)>,
    /// Of each check of the newest commit, the newest run: name and conclusion.
    pub runs: Vec<(u64, String, Option<String>)>,
    /// Of each context of the newest commit, the newest status: name and state.
    pub statuses: Vec<(u64, String, String)>,
}

/// How an issue is related to others, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RelationsView {
    /// Its parts.
    pub parts: Vec<u64>,
    /// What it waits for.
    pub blocked_by: Vec<u64>,
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
                conflicts: pull.conflicts,
                linked: pull.linked.clone(),
                said: Said::of(repo, pull),
            }),
        }
    }
}

impl Said {
    fn of(repo: &Repo, pull: &Pull) -> Self {
        let word = |state| serde_json::to_value(state).ok().and_then(|w| Some(w.as_str()?.to_owned()));
        let threads = pull.threads.iter();
        let mut comments: Vec<_> = threads
            .flat_map(|thread| thread.comments.iter().map(move |one| (one, thread.resolved)))
            .map(|(one, resolved)| (one.id, one.author.clone(), one.body.clone(), resolved))
            .collect();
        comments.sort();
        let mut runs: BTreeMap<&str, (u64, String, Option<String>)> = BTreeMap::new();
        for run in repo.runs.values().filter(|run| run.sha == pull.head_sha) {
            runs.insert(&run.name, (run.id, run.name.clone(), run.conclusion.clone()));
        }
        let mut statuses: BTreeMap<&str, (u64, String, String)> = BTreeMap::new();
        for status in repo.statuses.iter().filter(|status| status.sha == pull.head_sha) {
            statuses.insert(&status.context, (status.id, status.context.clone(), status.state.clone()));
        }
        Self {
            reviews: pull
                .reviews
                .iter()
                .map(|review| (review.id, review.author.clone(), word(review.state).unwrap_or_default()))
                .collect(),
            comments,
            runs: runs.into_values().collect(),
            statuses: statuses.into_values().collect(),
        }
    }
}
