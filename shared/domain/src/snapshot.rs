//! What a webhook and a REST answer both boil down to.
//!
//! A snapshot is what GitHub said about one object at one moment. It is made by the crates at the door
//! (`github-webhook`, `dispatch-github`) and judged by the store: an older one never overwrites a newer one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{IssueId, PullRequestId, RepoName, RepositoryId};
use crate::refusal::Refusal;

/// Where a snapshot comes from, which decides whether it may settle a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A webhook: a hint that may be late, doubled or out of order.
    Delivery,
    /// An answer to our own read, that began after everything that is cached had been taken in.
    Read,
}

/// Whether a snapshot replaces what is cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It is newer, or it settles a tie: take it.
    Newer,
    /// It says what is known already.
    Same,
    /// It is older than what is known: keep what is known.
    Older,
    /// Same second, different content, and only a read can tell which is right (GitHub's `updated_at` has one-second
    /// resolution).
    Tie,
}

/// Judges a snapshot against what is cached.
///
/// `same_content` says whether both show the same facts. A read wins a tie, a delivery never does.
pub fn freshness(
    cached: Option<Timestamp>,
    seen: Timestamp,
    same_content: bool,
    source: Source,
) -> Freshness {
    match cached {
        None => Freshness::Newer,
        Some(cached) if seen > cached => Freshness::Newer,
        Some(cached) if seen < cached => Freshness::Older,
        Some(_) if same_content => Freshness::Same,
        Some(_) if source == Source::Read => Freshness::Newer,
        Some(_) => Freshness::Tie,
    }
}

/// A repository as GitHub shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositorySnapshot {
    /// GitHub's id.
    pub id: RepositoryId,
    /// Its present name.
    pub name: RepoName,
    /// The branch that pull requests go to, when the source says it.
    pub default_branch: Option<String>,
    /// Archived repositories can be read and not written.
    pub archived: bool,
    /// GitHub's version of it, when the source says it.
    pub updated_at: Option<Timestamp>,
}

/// An issue as GitHub shows it. Text is free of NUL, which Postgres cannot store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueSnapshot {
    /// GitHub's id.
    pub id: IssueId,
    /// Number within its repository.
    pub number: i32,
    /// Title.
    pub title: String,
    /// Body as Markdown, empty when there is none.
    pub body: String,
    /// Closed, for whatever reason.
    pub closed: bool,
    /// GitHub's word for why it was closed (`completed`, `not_planned`, `duplicate`…), kept as given.
    pub state_reason: Option<String>,
    /// Page for people.
    pub url: String,
    /// Login of who opened it.
    pub author: Option<String>,
    /// GitHub's relation of the author to the repository (`OWNER`, `MEMBER`, `NONE`…), kept as given.
    pub author_association: Option<String>,
    /// Logins of the people assigned on GitHub.
    pub assignees: Vec<String>,
    /// All labels, as spelled on GitHub, in GitHub's order.
    pub labels: Vec<String>,
    /// Number of comments.
    pub comments: i32,
    /// When it was opened.
    pub created_at: Timestamp,
    /// GitHub's version of it: one-second resolution.
    pub updated_at: Timestamp,
    /// When it was closed last.
    pub closed_at: Option<Timestamp>,
}

impl IssueSnapshot {
    /// Strips what Postgres cannot store and sorts what GitHub does not order. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for text in [&mut self.title, &mut self.body, &mut self.url] {
            strip_nul(text);
        }
        for text in
            [&mut self.state_reason, &mut self.author, &mut self.author_association].into_iter().flatten()
        {
            strip_nul(text);
        }
        for text in self.labels.iter_mut().chain(&mut self.assignees) {
            strip_nul(text);
        }
        self
    }
}

/// A pull request as GitHub shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequestSnapshot {
    /// GitHub's id of the pull request.
    pub id: PullRequestId,
    /// Number within its repository; shared with issues.
    pub number: i32,
    /// Title.
    pub title: String,
    /// Body as Markdown, empty when there is none. Closing keywords in it link issues.
    pub body: String,
    /// Open, closed or merged.
    pub state: PullRequestState,
    /// Not ready for review yet.
    pub draft: bool,
    /// Page for people.
    pub url: String,
    /// Login of who opened it.
    pub author: Option<String>,
    /// Branch the commits are on.
    pub head_ref: String,
    /// Commit at the tip of that branch.
    pub head_sha: String,
    /// Branch it is to be merged into.
    pub base_ref: String,
    /// Its branch is in another copy of the repository, or in one that is gone.
    pub fork: bool,
    /// GitHub's lazily computed mergeability: `None` while unknown.
    pub mergeable: Option<bool>,
    /// All labels.
    pub labels: Vec<String>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// GitHub's version of it: one-second resolution.
    pub updated_at: Timestamp,
    /// When it was merged.
    pub merged_at: Option<Timestamp>,
}

impl PullRequestSnapshot {
    /// Strips what Postgres cannot store. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        let texts = [
            &mut self.title,
            &mut self.body,
            &mut self.url,
            &mut self.head_ref,
            &mut self.head_sha,
            &mut self.base_ref,
        ];
        for text in texts {
            strip_nul(text);
        }
        if let Some(author) = &mut self.author {
            strip_nul(author);
        }
        for label in &mut self.labels {
            strip_nul(label);
        }
        self
    }
}

/// State of a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PullRequestState {
    /// Can still be merged.
    Open,
    /// Closed without a merge.
    Closed,
    /// Merged.
    Merged,
}

impl PullRequestState {
    /// The spelling used in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Merged => "merged",
        }
    }
}

impl std::str::FromStr for PullRequestState {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match text {
            "open" => Ok(Self::Open),
            "closed" => Ok(Self::Closed),
            "merged" => Ok(Self::Merged),
            _ => Err(Refusal::invalid("state", "a pull request is open, closed or merged")),
        }
    }
}

/// Removes NUL characters in place: Postgres text and jsonb refuse them.
pub fn strip_nul(text: &mut String) {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_read_settles_a_tie() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let check =
            |cached, seen, same, source, expect| assert_eq!(freshness(cached, seen, same, source), expect);
        check(None, at(5), false, Source::Delivery, Freshness::Newer);
        check(Some(at(4)), at(5), false, Source::Delivery, Freshness::Newer);
        check(Some(at(6)), at(5), false, Source::Read, Freshness::Older);
        check(Some(at(5)), at(5), true, Source::Delivery, Freshness::Same);
        check(Some(at(5)), at(5), false, Source::Delivery, Freshness::Tie);
        check(Some(at(5)), at(5), false, Source::Read, Freshness::Newer);
    }
}
