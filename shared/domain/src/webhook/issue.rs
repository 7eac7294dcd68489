//! Issues, comments on them, labels.

use serde::Deserialize;

use super::payload::{Issue, Label, Repository, User};
use super::{Unreadable, in_repository, read, without_nul};
use crate::event::{Event, Moved, News};
use crate::ids::IssueId;

#[derive(Deserialize)]
struct Payload {
    issue: Issue,
    changes: Option<Changes>,
    repository: Repository,
    sender: Option<User>,
}

/// Where an issue went. Of other changes nothing is needed: the issue beside them is as it is now.
#[derive(Deserialize)]
struct Changes {
    new_issue: Option<Numbered>,
    new_repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Numbered {
    id: i64,
    number: i32,
}

pub(super) fn issues(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let Payload { issue, changes, repository, sender } = read(body)?;
    let moved_to =
        changes.and_then(|changes| changes.new_issue.zip(changes.new_repository)).and_then(|(issue, to)| {
            let (number, id) = (issue.number, IssueId(issue.id));
            Some(Box::new(Moved { repository: to.name().ok()?, number, id }))
        });
    let news = match action {
        "deleted" | "transferred" => {
            News::IssueGone { id: IssueId(issue.id), number: issue.number, moved_to }
        }
        _ => News::Issue(Box::new(issue.snapshot())),
    };
    in_repository(repository, sender, news)
}

pub(super) fn comment(body: &[u8]) -> Result<Event, Unreadable> {
    let Payload { issue, repository, sender, .. } = read(body)?;
    let news = if issue.pull_request.is_some() {
        News::PullRequestTouched { number: issue.number }
    } else {
        News::Issue(Box::new(issue.snapshot()))
    };
    in_repository(repository, sender, news)
}

#[derive(Deserialize)]
struct LabelPayload {
    label: Label,
    changes: Option<LabelChanges>,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct LabelChanges {
    name: Option<Renamed>,
}

#[derive(Deserialize)]
struct Renamed {
    from: String,
}

pub(super) fn label(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: LabelPayload = read(body)?;
    let name = match (action, payload.changes.and_then(|changes| changes.name)) {
        ("edited", Some(renamed)) => renamed.from,
        ("deleted", _) => payload.label.name,
        _ => return Ok(Event::Ignored(format!("label.{action} changes no issue"))),
    };
    in_repository(payload.repository, payload.sender, News::LabelChanged { name: without_nul(name) })
}
