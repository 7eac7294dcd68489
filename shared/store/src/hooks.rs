//! Webhooks as GitHub has them, and GitHub's lists of deliveries compared with ours.
//!
//! A delivery that GitHub lists and we have not got is missing until it has come, by whatever way. The number of those
//! is the proof that nothing was lost, so nobody takes a row away but a delivery that arrived, or a re-read that found
//! what it would have told.

use dispatch_domain::hook::{EVENTS, Listed, Shown, State};
use dispatch_domain::ids::RepoName;
use dispatch_queries::queries::hooks;
use jiff::Timestamp;

pub use dispatch_queries::queries::hooks::HookRow as Hook;

use crate::db::Db;
use crate::error::Error;

/// What only an App's webhook sends, and always does.
const OF_APPS: [&str; 2] = ["installation", "installation_repositories"];

/// The App's webhook, or those of the tracked repositories.
///
/// # Errors
/// As the database says.
pub async fn all(db: &Db) -> Result<Vec<Hook>, Error> {
    let tx = db.read().await?;
    let rows = hooks::hooks().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(rows)
}

/// Makes rows for what is to be looked at: the App's webhook, or one of each repository (our ids). Rows of the other
/// kind go.
///
/// # Errors
/// As the database says.
pub async fn expect(db: &Db, of_app: bool, repositories: &[i64]) -> Result<Vec<Hook>, Error> {
    let tx = db.begin().await?;
    hooks::forget_hooks().bind(&tx, &of_app).await?;
    let expected: &[i64] = if of_app { &[0] } else { repositories };
    for id in expected {
        hooks::ensure_hook().bind(&tx, id).await?;
    }
    let rows = hooks::hooks().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(rows)
}

/// Asks for a repository's webhook (or all of them) to be created or repaired.
///
/// # Errors
/// [`dispatch_domain::refusal::Refusal::RepositoryUnknown`].
pub async fn ask_repair(db: &Db, repository: Option<&RepoName>) -> Result<(), Error> {
    let id = match repository {
        Some(name) => crate::repositories::by_name(db, name).await?.id,
        None => 0,
    };
    let tx = db.begin().await?;
    if id != 0 {
        hooks::ensure_hook().bind(&tx, &id).await?;
    }
    hooks::want_repair().bind(&tx, &id).await?;
    tx.commit().await
}

/// How a webhook was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// How it stands.
    pub state: State,
    /// What is wrong, and what to do.
    pub problems: Vec<String>,
    /// GitHub's id of it, where it has one of its own.
    pub hook_id: Option<i64>,
    /// What GitHub shows of it.
    pub shown: Option<Shown>,
    /// A repair that was asked for could not be made.
    pub repair_wanted: bool,
}

/// Stores how a webhook was found.
///
/// # Errors
/// As the database says.
pub async fn found(db: &Db, id: i64, found: &Found) -> Result<(), Error> {
    let shown = found.shown.clone().unwrap_or_default();
    let url = found.shown.as_ref().map(|shown| shown.url.as_str());
    let tx = db.begin().await?;
    hooks::write_hook()
        .bind(
            &tx,
            &found.hook_id,
            &found.state.as_str(),
            &found.problems,
            &url,
            &shown.events,
            &shown.active,
            &shown.has_secret,
            &shown.last_code,
            &found.repair_wanted,
            &id,
        )
        .await?;
    tx.commit().await
}

/// How far GitHub's list of deliveries was compared, newest first.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Older deliveries are not looked at.
    pub since: Timestamp,
    /// What will have been reached when the end is; none before the first page.
    pub until: Option<Timestamp>,
    /// Where it goes on.
    pub at: Option<String>,
    /// The database's time.
    pub now: Timestamp,
}

/// Where the comparison of a webhook's deliveries begins or goes on.
///
/// # Errors
/// As the database says.
pub async fn comparison(db: &Db, id: i64) -> Result<Comparison, Error> {
    let tx = db.read().await?;
    let row = hooks::comparison().bind(&tx, &id).one().await?;
    tx.commit().await?;
    Ok(Comparison { since: row.since, until: row.comparing_until, at: row.comparing_at, now: row.now })
}

/// How far a comparison is after a page.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    /// Everything up to here is compared when the end is reached.
    pub until: Timestamp,
    /// Where the list goes on; none when that was the end.
    pub next: Option<&'a str>,
    /// This was the first page, whose first entry is the latest of all.
    pub first: bool,
    /// Entity tag of the first page, by which a quiet list costs nothing the next time.
    pub etag: Option<&'a str>,
}

/// Notes what of a page of GitHub's list we have not got, and how far that reaches. Answers how many are missing now
/// that were not known to be.
///
/// # Errors
/// As the database says.
pub async fn compare(db: &Db, hook: i64, page: &[Listed], reach: &Reach<'_>) -> Result<u64, Error> {
    let column = |text: fn(&Listed) -> String| page.iter().map(text).collect::<Vec<_>>();
    let wanted: Vec<&str> = EVENTS.into_iter().chain(OF_APPS).collect();
    let tx = db.begin().await?;
    if let (Some(latest), true) = (page.first(), reach.first) {
        hooks::latest_delivery().bind(&tx, &latest.code, &latest.delivered_at, &hook).await?;
    }
    let missing = hooks::note_missing()
        .bind(
            &tx,
            &hook,
            &column(|listed| listed.guid.clone()),
            &page.iter().map(|listed| listed.delivery_id).collect::<Vec<_>>(),
            &column(|listed| listed.event.clone()),
            &column(|listed| listed.action.clone().unwrap_or_default()),
            &page.iter().map(|listed| listed.repository.unwrap_or_default()).collect::<Vec<_>>(),
            &page.iter().map(|listed| listed.delivered_at).collect::<Vec<_>>(),
            &column(|listed| listed.status.clone()),
            &wanted,
        )
        .await?;
    match reach.next {
        Some(next) => hooks::compare_on().bind(&tx, &Some(reach.until), &Some(next), &hook).await?,
        None => hooks::compared().bind(&tx, &reach.until, &reach.etag, &hook).await?,
    };
    tx.commit().await?;
    Ok(missing)
}

/// A delivery that is missing, and due to be asked for.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The same on every redelivery.
    pub guid: String,
    /// GitHub's id of its latest attempt.
    pub delivery_id: i64,
    /// The event's name.
    pub event: String,
    /// How often it was asked for.
    pub attempts: i32,
    /// Whose webhook listed it; none for the App's.
    pub hook: Option<(RepoName, i64)>,
    /// When it was sent first.
    pub delivered_at: Timestamp,
    /// The database's time.
    pub now: Timestamp,
}

/// Settles what has come since, and answers how many that were and what is due to be asked for, oldest first.
///
/// # Errors
/// As the database says.
pub async fn missing(db: &Db, most: i64) -> Result<(u64, Vec<Missing>), Error> {
    let tx = db.begin().await?;
    let recovered = hooks::settle_recovered().bind(&tx).await?;
    let rows = hooks::due_missing().bind(&tx, &most).all().await?;
    tx.commit().await?;
    let missing = rows.into_iter().map(|row| {
        let hook = match (&row.owner, &row.name, row.hook_github_id) {
            (Some(owner), Some(name), Some(id)) => Some((RepoName::new(owner, name)?, id)),
            _ => None,
        };
        Ok(Missing {
            guid: row.guid,
            delivery_id: row.delivery_id,
            event: row.event,
            attempts: row.attempts,
            hook,
            delivered_at: row.delivered_at,
            now: row.now,
        })
    });
    Ok((recovered, missing.collect::<Result<_, Error>>()?))
}

/// A missing delivery was asked for, or could not be: look again at `retry_at`.
///
/// # Errors
/// As the database says.
pub async fn asked_again(db: &Db, guid: &str, retry_at: Timestamp, error: Option<&str>) -> Result<(), Error> {
    let tx = db.begin().await?;
    hooks::asked_again().bind(&tx, &retry_at, &error, &guid).await?;
    tx.commit().await
}

/// A missing delivery cannot be had any more: what changed in its repository since then is synchronised again.
///
/// # Errors
/// As the database says.
pub async fn give_up(db: &Db, guid: &str, error: &str) -> Result<(), Error> {
    let tx = db.begin().await?;
    if let Some(row) = hooks::give_up_missing().bind(&tx, &error, &guid).opt().await? {
        hooks::sync_again_from().bind(&tx, &row.delivered_at, &row.repository_id).await?;
    }
    tx.commit().await
}
