//! Tracked repositories: recognised by GitHub's id, tracked by name, seeded once.

use dispatch_domain::ids::{RepoName, RepositoryId};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::snapshot::{RepositorySnapshot, Source};
use dispatch_queries::queries::repositories;
use serde_json::json;

pub use dispatch_queries::queries::repositories::{RepositoryRow as Repository, TrackedRow as Tracked};

use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::once::{self, Key};

/// Where a tracked repository comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `GITHUB_REPOSITORIES`, once.
    Env,
    /// A person.
    User,
}

impl Origin {
    fn as_str(self) -> &'static str {
        match self {
            Self::Env => "env",
            Self::User => "user",
        }
    }
}

/// All repositories that exist, by name.
///
/// # Errors
/// As the database says.
pub async fn all(db: &Db) -> Result<Vec<Repository>, Error> {
    let tx = db.read().await?;
    let all = list(&tx).await?;
    tx.commit().await?;
    Ok(all)
}

/// Those that are tracked, by name, with their limits and what counts against them.
///
/// # Errors
/// As the database says.
pub async fn tracked(db: &Db) -> Result<Vec<Tracked>, Error> {
    let tx = db.read().await?;
    let tracked = repositories::tracked_repositories().bind(&tx, &0).all().await?;
    tx.commit().await?;
    Ok(tracked)
}

pub(crate) async fn list(tx: &Tx) -> Result<Vec<Repository>, Error> {
    Ok(repositories::all_repositories().bind(tx).all().await?)
}

/// One repository by its present name.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`].
pub async fn by_name(db: &Db, name: &RepoName) -> Result<Repository, Error> {
    let tx = db.read().await?;
    let found = find(&tx, name).await?;
    tx.commit().await?;
    Ok(found)
}

async fn find(tx: &Tx, name: &RepoName) -> Result<Repository, Error> {
    let found = repositories::repository_by_name().bind(tx, &name.owner(), &name.name()).opt().await?;
    found.ok_or_else(|| Refusal::RepositoryUnknown(name.to_string()).into())
}

/// Tracks a repository, or switches a known one on again.
///
/// # Errors
/// [`Refusal::RepositoryTracked`] when it is tracked and on.
pub async fn track(
    db: &Db,
    name: &RepoName,
    origin: Origin,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<Tracked, Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_some() {
        let known = find(&tx, name).await?;
        return Ok(repositories::tracked_repositories().bind(&tx, &known.id).one().await?);
    }
    let added = repositories::track_repository()
        .bind(&tx, &name.owner(), &name.name(), &origin.as_str())
        .opt()
        .await?;
    let known = find(&tx, name).await?;
    if added.is_none() && repositories::enable_repository().bind(&tx, &origin.as_str(), &known.id).await? == 0
    {
        return Err(Refusal::RepositoryTracked(name.to_string()).into());
    }
    Audit::new(who, "repository.tracked")
        .about_repository(name)
        .change(json!(null), json!({ "source": origin.as_str() }))
        .write(&tx)
        .await?;
    once::remember(&tx, key, known.id).await?;
    let tracked = repositories::tracked_repositories().bind(&tx, &known.id).one().await?;
    tx.commit().await?;
    Ok(tracked)
}

/// Stops tracking: what is cached stays as history and is shown no more.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`].
pub async fn untrack(db: &Db, name: &RepoName, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    let known = find(&tx, name).await?;
    if repositories::disable_repository().bind(&tx, &known.id).await? == 0 {
        return Err(Refusal::RepositoryUnknown(name.to_string()).into());
    }
    Audit::new(who, "repository.untracked")
        .about_repository(name)
        .change(json!({ "enabled": true }), json!({ "enabled": false }))
        .write(&tx)
        .await?;
    tx.commit().await
}

/// Seeds repositories once: only while none was ever tracked. Safe to run twice at a time.
///
/// # Errors
/// As the database says.
pub async fn seed(db: &Db, names: &[RepoName], who: &Who<'_>) -> Result<usize, Error> {
    let tx = db.begin().await?;
    repositories::lock_seed().bind(&tx).one().await?;
    if repositories::seed_marker().bind(&tx).one().await? > 0 {
        return Ok(0);
    }
    for name in names {
        repositories::track_repository()
            .bind(&tx, &name.owner(), &name.name(), &Origin::Env.as_str())
            .opt()
            .await?;
        Audit::new(who, "repository.tracked")
            .about_repository(name)
            .change(json!(null), json!({ "source": "env" }))
            .write(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(names.len())
}

/// Recognises a repository by GitHub's id and follows its renames. `None`: it is not tracked.
///
/// A delivery may be older than what is known: its name and its archived mark count only under a newer version, and it
/// brings no repository back that is gone. Our own read always counts.
pub(crate) async fn recognise(
    tx: &Tx,
    seen: &RepositorySnapshot,
    source: Source,
) -> Result<Option<Repository>, Error> {
    let (owner, name) = (seen.name.owner(), seen.name.name());
    let by_id = || async move { repositories::repository_by_github_id().bind(tx, &seen.id.0).opt().await };
    let mut known = by_id().await?;
    let mut enable = false;
    match &known {
        Some(known) if source == Source::Delivery => {
            let newer = match (known.github_updated_at, seen.updated_at) {
                (Some(known), Some(seen)) => seen > known,
                (known, _) => known.is_none(),
            };
            if known.gone || !newer || same(known, seen) {
                return Ok(Some(known.clone()));
            }
        }
        Some(known) if same(known, seen) && known.github_updated_at == seen.updated_at => {
            return Ok(Some(known.clone()));
        }
        Some(_) => {
            enable = repositories::absorb_name().bind(tx, &owner, &name).opt().await?.is_some();
        }
        None => {
            repositories::adopt_id().bind(tx, &seen.id.0, &owner, &name).await?;
            known = by_id().await?;
        }
    }
    let Some(known) = known else { return Ok(None) };
    repositories::release_name().bind(tx, &seen.id.0, &owner, &name).await?;
    repositories::write_identity()
        .bind(tx, &owner, &name, &seen.archived, &enable, &seen.default_branch, &seen.updated_at, &known.id)
        .await?;
    Ok(by_id().await?)
}

fn same(known: &Repository, seen: &RepositorySnapshot) -> bool {
    known.owner == seen.name.owner()
        && known.name == seen.name.name()
        && known.archived == seen.archived
        && !known.gone
}

/// Takes in a repository's facts that we read ourselves.
///
/// # Errors
/// As the database says.
pub async fn facts(
    db: &Db,
    seen: &RepositorySnapshot,
    latest_commit: Option<&str>,
    open_pull_requests: i32,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    if let Some(known) = recognise(&tx, seen, Source::Read).await? {
        repositories::write_repository_facts()
            .bind(&tx, &latest_commit, &open_pull_requests, &known.id)
            .await?;
    }
    tx.commit().await
}

/// Learns GitHub's id of a repository that was tracked by name, and follows its renames. A name that belongs to another
/// repository by now is tracked on as that one: whoever tracked it meant the name, and the history stays with the id.
///
/// # Errors
/// As the database says.
pub async fn identify(db: &Db, seen: &RepositorySnapshot) -> Result<Option<Repository>, Error> {
    let tx = db.begin().await?;
    let mut known = recognise(&tx, seen, Source::Read).await?;
    let (owner, name) = (seen.name.owner(), seen.name.name());
    if known.is_none()
        && repositories::recreate_repository().bind(&tx, &seen.id.0, &owner, &name).opt().await?.is_some()
    {
        let who = Who { kind: "github", name: "sync", correlation: "sync" };
        let audit = Audit::new(&who, "repository.recreated").about_repository(&seen.name);
        audit.change(json!(null), json!({ "githubId": seen.id.to_string() })).write(&tx).await?;
        known = recognise(&tx, seen, Source::Read).await?;
    }
    tx.commit().await?;
    Ok(known)
}

/// Labels are defined there, by us or before us.
///
/// # Errors
/// As the database says.
pub async fn labels_defined(db: &Db, id: i64, labels: &[String]) -> Result<(), Error> {
    let tx = db.begin().await?;
    repositories::define_labels().bind(&tx, &labels, &id).await?;
    tx.commit().await
}

pub(crate) async fn installed(
    tx: &Tx,
    installation: i64,
    added: &[RepositoryId],
    removed: &[RepositoryId],
) -> Result<(), Error> {
    for id in added {
        repositories::write_installation().bind(tx, &Some(installation), &id.0).await?;
    }
    for id in removed {
        repositories::write_installation().bind(tx, &None, &id.0).await?;
    }
    Ok(())
}

/// A delivery told of a repository that we do not know by its id: if we know another one by its name, that one may be
/// gone.
pub(crate) async fn unknown(tx: &Tx, seen: &RepositorySnapshot) -> Result<(), Error> {
    repositories::doubt_name().bind(tx, &seen.id.0, &seen.name.owner(), &seen.name.name()).await?;
    Ok(())
}

/// An account that owns repositories has another login: they follow, unless the new name is taken by then. What a
/// delivery gets wrong here, the next read of the repository mends.
pub(crate) async fn owner_renamed(tx: &Tx, from: &str, to: &str) -> Result<(), Error> {
    repositories::rename_owner().bind(tx, &to, &from).await?;
    Ok(())
}

pub(crate) async fn gone(tx: &Tx, id: i64, reason: &str) -> Result<(), Error> {
    repositories::repository_gone().bind(tx, &reason, &id).await?;
    Ok(())
}
