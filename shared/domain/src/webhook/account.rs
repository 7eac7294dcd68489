//! Repositories themselves, the App's installations, and renames of the accounts that own repositories.

use serde::Deserialize;

use super::payload::{Id, Repository, User};
use super::{Unreadable, in_repository, read, without_nul};
use crate::event::{Event, News};
use crate::ids::RepositoryId;

#[derive(Deserialize)]
struct RepositoryPayload {
    repository: Repository,
    sender: Option<User>,
}

pub(super) fn repository(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: RepositoryPayload = read(body)?;
    let news = if action == "deleted" { News::Deleted } else { News::Facts };
    in_repository(payload.repository, payload.sender, news)
}

#[derive(Deserialize)]
struct Installation {
    installation: Id,
    #[serde(default)]
    repositories: Vec<Id>,
    #[serde(default)]
    repositories_added: Vec<Id>,
    #[serde(default)]
    repositories_removed: Vec<Id>,
}

pub(super) fn installation(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: Installation = read(body)?;
    let ids = |list: Vec<Id>| list.into_iter().map(|one| RepositoryId(one.id)).collect();
    let (mut added, mut removed) = (payload.repositories_added, payload.repositories_removed);
    match action {
        "deleted" | "suspend" => removed.extend(payload.repositories),
        _ => added.extend(payload.repositories),
    }
    Ok(Event::Installation {
        installation: payload.installation.id,
        added: ids(added),
        removed: ids(removed),
    })
}

#[derive(Deserialize)]
struct Organization {
    organization: User,
    changes: Option<Changes>,
}

#[derive(Deserialize)]
struct Target {
    account: User,
    changes: Option<Changes>,
}

#[derive(Deserialize)]
struct Changes {
    login: Option<Renamed>,
}

#[derive(Deserialize)]
struct Renamed {
    from: String,
}

pub(super) fn organization(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: Organization = read(body)?;
    Ok(renamed("organization", action, payload.changes, payload.organization))
}

/// The account that the App is installed on: also a person's.
pub(super) fn installation_target(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let payload: Target = read(body)?;
    Ok(renamed("installation_target", action, payload.changes, payload.account))
}

fn renamed(event: &str, action: &str, changes: Option<Changes>, account: User) -> Event {
    match (action, changes.and_then(|changes| changes.login)) {
        ("renamed", Some(login)) => {
            Event::OwnerRenamed { from: without_nul(login.from), to: without_nul(account.login) }
        }
        _ => Event::Ignored(format!("{event}.{action} renames no account")),
    }
}
