//! Sub-issues and dependencies between issues.
//!
//! Both events are sent for each side of a relation, in the repository of that side. Issues name their repository by
//! `repository_url`, also where the payload has no object for it.

use serde::Deserialize;

use super::payload::{Repository, User};
use super::{Unreadable, in_repository, read};
use crate::dependency::{Relation, Target};
use crate::event::{Event, News};
use crate::ids::{IssueId, RepoName};

#[derive(Deserialize)]
struct SubIssues {
    parent_issue: Option<Side>,
    sub_issue: Option<Side>,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct Dependencies {
    blocked_issue: Option<Side>,
    blocking_issue: Option<Side>,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct Side {
    id: i64,
    number: i32,
    repository_url: String,
    state: Option<String>,
}

pub(super) fn sub_issues(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: SubIssues = read(body)?;
    let sides = payload.parent_issue.zip(payload.sub_issue);
    related(Relation::SubIssue, "sub_issues", action, sides, payload.repository, payload.sender)
}

pub(super) fn dependencies(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: Dependencies = read(body)?;
    let sides = payload.blocked_issue.zip(payload.blocking_issue);
    related(Relation::BlockedBy, "issue_dependencies", action, sides, payload.repository, payload.sender)
}

fn related(
    relation: Relation,
    event: &str,
    action: &str,
    sides: Option<(Side, Side)>,
    repository: Repository,
    sender: Option<User>,
) -> Result<Event, Unreadable> {
    let added = match action.rsplit('_').next() {
        Some("added") => true,
        Some("removed") => false,
        _ => return Ok(Event::Ignored(format!("{event}.{action} changes no relation"))),
    };
    let Some((waits, on)) = sides else {
        return Ok(Event::Ignored(format!("{event}.{action} does not name both issues")));
    };
    let (waits, on) = (IssueId(waits.id), Box::new(on.target()?));
    let news = News::Related { relation, waits, on, added };
    in_repository(repository, sender, news)
}

impl Side {
    fn target(self) -> Result<Target, Unreadable> {
        let path = self.repository_url.rsplit_once("/repos/").map_or("", |(_, name)| name);
        let repository: RepoName =
            path.parse().map_err(|_| ("repository_url".to_owned(), "no owner/name in it".to_owned()))?;
        let closed = self.state.map(|state| state == "closed");
        Ok(Target { id: Some(IssueId(self.id)), repository, number: self.number, closed })
    }
}
