//! Asking GitHub within the budget that all instances share.

use std::time::Duration;

use dispatch_github::{Credential, Error as GithubError};
use dispatch_store::outbox::Lease;
use dispatch_store::{Error, budget, sync};
use jiff::{SignedDuration, Timestamp};

use crate::Writer;

/// Nobody waits longer for a turn: Lambda bills for sleeping, and the row comes back at its time.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a write stops where it is.
pub(crate) enum Stop {
    /// GitHub did not do it.
    GitHub(GithubError),
    /// Not before then; the sentence says why.
    Wait(Timestamp, &'static str),
    /// There is no room for another label.
    NoRoom,
    /// The database is away.
    Store(Error),
}

impl From<GithubError> for Stop {
    fn from(error: GithubError) -> Self {
        Self::GitHub(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl Writer {
    /// Whose budget a write counts against, if there is something left of it for a write like this.
    pub(crate) async fn may_write(&self, lease: &Lease) -> Result<Credential, Stop> {
        let credential = self.github.credential(&lease.repository).await?;
        match budget::wait(&self.db, &credential.to_string(), lease.class).await? {
            Some(until) => Err(Stop::Wait(
                until,
                "GitHub's budget is used up, kept for claims, or GitHub asked for silence",
            )),
            None => Ok(credential),
        }
    }

    /// Waits for the next turn to write, which all instances take one after the other.
    pub(crate) async fn turn(&self, credential: Credential) -> Result<(), Stop> {
        let turn = budget::turn(&self.db, &credential.to_string(), self.write_interval, PATIENCE).await?;
        let Some(turn) = turn else {
            let at = sync::now(&self.db).await? + SignedDuration::from_secs(3);
            return Err(Stop::Wait(at, "other writes go first: GitHub asks for a second between two"));
        };
        tokio::time::sleep(turn).await;
        Ok(())
    }

    /// GitHub asks for silence: so does everybody who asks under this credential. Answers until when.
    pub(crate) async fn pause(&self, limited: &GithubError) -> Result<Option<Timestamp>, Error> {
        let GithubError::RateLimited { credential, kind, wait, told, .. } = limited else { return Ok(None) };
        budget::pause(&self.db, &credential.to_string(), *kind, told.then_some(*wait)).await.map(Some)
    }

    /// Tells the others what GitHub said of the budgets.
    pub(crate) async fn remember_budgets(&self) {
        if let Err(error) = budget::remember(&self.db, self.github.budgets()).await {
            tracing::warn!(error = ?error, "cannot remember GitHub's budget");
        }
    }
}
