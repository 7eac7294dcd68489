//! The accountant of GitHub's budgets: one row per credential, shared by every instance.
//!
//! Nobody here waits: whoever may not ask now is told when, and puts the work back until then.

use std::time::Duration;

use dispatch_domain::budget::{self, Budget, Class, RateLimit};
use dispatch_queries::queries::budget as queries;
use jiff::{SignedDuration, Timestamp};

use crate::db::Db;
use crate::error::Error;

/// Whether requests of a class may go out for a credential. `Some`: not before then.
///
/// # Errors
/// As the database says.
pub async fn wait(db: &Db, credential: &str, class: Class) -> Result<Option<Timestamp>, Error> {
    let tx = db.read().await?;
    let row = queries::budget().bind(&tx, &credential).opt().await?;
    tx.commit().await?;
    let Some(row) = row else { return Ok(None) };
    if let Some(until) = row.paused_until.filter(|until| *until > row.now) {
        return Ok(Some(until));
    }
    // A row without a limit was made by a pause or a write, before any answer told.
    let known = Budget { limit: row.limit.into(), remaining: row.remaining.into(), reset_at: row.reset_at };
    let admitted = if row.limit == 0 { Ok(()) } else { known.admit(class, row.now) };
    Ok(admitted.err())
}

/// Takes the next turn to write: writes of all instances are `interval` apart. Answers how long to wait for it, or
/// `None` when that is longer than `patience`.
///
/// # Errors
/// As the database says.
pub async fn turn(
    db: &Db,
    credential: &str,
    interval: Duration,
    patience: Duration,
) -> Result<Option<Duration>, Error> {
    if interval.is_zero() {
        return Ok(Some(Duration::ZERO));
    }
    let millis = |time: Duration| i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let tx = db.begin().await?;
    let turn =
        queries::take_turn().bind(&tx, &credential, &millis(interval), &millis(patience)).opt().await?;
    tx.commit().await?;
    Ok(turn.map(|row| Duration::try_from(row.turn.duration_since(row.now)).unwrap_or_default()))
}

/// Remembers what GitHub's latest answers said.
///
/// # Errors
/// As the database says.
pub async fn remember(
    db: &Db,
    budgets: impl IntoIterator<Item = (impl ToString, Budget)>,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    let clip = |n: i64| i32::try_from(n.clamp(0, i64::from(i32::MAX))).unwrap_or(i32::MAX);
    for (credential, budget) in budgets {
        let (limit, remaining) = (clip(budget.limit), clip(budget.remaining));
        queries::write_budget()
            .bind(&tx, &credential.to_string(), &limit, &remaining, &budget.reset_at)
            .await?;
    }
    tx.commit().await
}

/// GitHub asks for silence: nobody asks anything for this credential before the time that is answered. `told` is how
/// long GitHub said; without it each limit in a row doubles the wait.
///
/// # Errors
/// As the database says.
pub async fn pause(
    db: &Db,
    credential: &str,
    limit: RateLimit,
    told: Option<Duration>,
) -> Result<Timestamp, Error> {
    let tx = db.begin().await?;
    let known = queries::lock_budget().bind(&tx, &credential).one().await?;
    let told = told.map(|told| SignedDuration::try_from(told).unwrap_or(SignedDuration::from_hours(1)));
    let until = known.now + budget::silence(told, known.strikes);
    let strike = i32::from(told.is_none());
    let until = queries::pause().bind(&tx, &until, &limit.as_str(), &strike, &credential).one().await?;
    tx.commit().await?;
    Ok(until)
}

/// What is known of a credential.
#[derive(Debug, Clone)]
pub struct Account {
    /// Name of the credential, never the credential.
    pub credential: String,
    /// What GitHub said last; none before it said anything.
    pub budget: Option<Budget>,
    /// When the hour's requests will be used up if it goes on like this.
    pub exhausted_at: Option<Timestamp>,
    /// GitHub asked for silence until then, and that is still to come.
    pub paused_until: Option<Timestamp>,
    /// Which limit it was.
    pub paused_by: Option<String>,
    /// When GitHub last said something.
    pub seen_at: Timestamp,
}

/// What is known of all credentials.
///
/// # Errors
/// As the database says.
pub async fn accounts(db: &Db) -> Result<Vec<Account>, Error> {
    let tx = db.read().await?;
    let rows = queries::budgets().bind(&tx).all().await?;
    tx.commit().await?;
    let account = |row: queries::Budgets| {
        let budget = (row.limit > 0).then(|| Budget {
            limit: row.limit.into(),
            remaining: row.remaining.into(),
            reset_at: row.reset_at,
        });
        let paused_until = row.paused_until.filter(|until| *until > row.now);
        Account {
            credential: row.credential,
            exhausted_at: budget.and_then(|budget| budget.exhausted_at(row.now)),
            budget,
            paused_by: row.paused_by.filter(|_| paused_until.is_some()),
            paused_until,
            seen_at: row.seen_at,
        }
    };
    Ok(rows.into_iter().map(account).collect())
}
