//! The objects that payloads of several events carry: repositories, people, issues, pull requests.

use jiff::Timestamp;
use serde::Deserialize;

use super::without_nul;
use crate::ids::{IssueId, PullRequestId, RepoName, RepositoryId};
use crate::snapshot::{IssueSnapshot, PullRequestSnapshot, PullRequestState, RepositorySnapshot};

#[derive(Deserialize)]
pub(super) struct Repository {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) owner: User,
    pub(super) default_branch: Option<String>,
    #[serde(default)]
    pub(super) archived: bool,
    pub(super) updated_at: Option<Timestamp>,
}

impl Repository {
    pub(super) fn name(&self) -> Result<RepoName, (String, String)> {
        RepoName::new(&self.owner.login, &self.name)
            .map_err(|refusal| ("repository".to_owned(), refusal.to_string()))
    }

    pub(super) fn snapshot(self) -> Result<RepositorySnapshot, (String, String)> {
        Ok(RepositorySnapshot {
            id: RepositoryId(self.id),
            name: self.name()?,
            default_branch: self.default_branch.map(without_nul),
            archived: self.archived,
            updated_at: self.updated_at,
        })
    }
}

/// Anything by its id.
#[derive(Deserialize)]
pub(super) struct Id {
    pub(super) id: i64,
}

#[derive(Deserialize)]
pub(super) struct User {
    #[serde(default)]
    pub(super) login: String,
}

#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct Issue {
    pub(super) id: i64,
    pub(super) number: i32,
    pub(super) title: String,
    pub(super) body: Option<String>,
    /// Some events (`issues.pinned` of older servers) leave it out.
    pub(super) state: Option<String>,
    pub(super) state_reason: Option<String>,
    pub(super) html_url: String,
    pub(super) user: Option<User>,
    pub(super) author_association: Option<String>,
    #[serde(default)]
    pub(super) assignees: Vec<User>,
    #[serde(default)]
    pub(super) labels: Vec<Label>,
    #[serde(default)]
    pub(super) comments: i32,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) closed_at: Option<Timestamp>,
    pub(super) pull_request: Option<serde::de::IgnoredAny>,
}

impl Issue {
    pub(super) fn snapshot(self) -> IssueSnapshot {
        IssueSnapshot {
            id: IssueId(self.id),
            number: self.number,
            title: self.title,
            body: self.body.unwrap_or_default(),
            closed: self.state.map_or(self.closed_at.is_some(), |state| state == "closed"),
            state_reason: self.state_reason,
            url: self.html_url,
            author: self.user.map(|user| user.login),
            author_association: self.author_association,
            assignees: self.assignees.into_iter().map(|user| user.login).collect(),
            labels: self.labels.into_iter().map(|label| label.name).collect(),
            comments: self.comments,
            created_at: self.created_at,
            updated_at: self.updated_at,
            closed_at: self.closed_at,
        }
        .cleaned()
    }
}

#[derive(Deserialize)]
pub(super) struct PullRequest {
    pub(super) id: i64,
    pub(super) number: i32,
    pub(super) title: String,
    pub(super) body: Option<String>,
    pub(super) state: String,
    #[serde(default)]
    pub(super) draft: bool,
    pub(super) html_url: String,
    pub(super) user: Option<User>,
    pub(super) head: Branch,
    pub(super) base: Branch,
    pub(super) mergeable: Option<bool>,
    #[serde(default)]
    pub(super) labels: Vec<Label>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) merged_at: Option<Timestamp>,
}

#[derive(Deserialize)]
pub(super) struct Branch {
    #[serde(rename = "ref")]
    pub(super) name: String,
    pub(super) sha: String,
    /// `null` when a fork is gone.
    pub(super) repo: Option<Id>,
}

impl PullRequest {
    pub(super) fn snapshot(self) -> PullRequestSnapshot {
        let state = match (self.state.as_str(), self.merged_at) {
            (_, Some(_)) => PullRequestState::Merged,
            ("closed", None) => PullRequestState::Closed,
            _ => PullRequestState::Open,
        };
        PullRequestSnapshot {
            id: PullRequestId(self.id),
            number: self.number,
            title: self.title,
            body: self.body.unwrap_or_default(),
            state,
            draft: self.draft,
            url: self.html_url,
            author: self.user.map(|user| user.login),
            fork: self.head.repo.map(|repo| repo.id) != self.base.repo.map(|repo| repo.id),
            head_ref: self.head.name,
            head_sha: self.head.sha,
            base_ref: self.base.name,
            mergeable: self.mergeable,
            labels: self.labels.into_iter().map(|label| label.name).collect(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            merged_at: self.merged_at,
        }
        .cleaned()
    }
}
