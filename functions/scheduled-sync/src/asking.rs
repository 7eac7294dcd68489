//! Asking GitHub within the budget that all instances share, and what stands in the way of it.

use dispatch_domain::budget::Class;
use dispatch_domain::ids::RepoName;
use dispatch_github::{Credential, Error as GithubError};
use dispatch_store::{Error, budget, hooks, sync};
use jiff::Timestamp;

use crate::Sync;

/// Why something was not read.
pub(crate) enum Trouble {
    /// The database is away, or a row could not be stored.
    Store(Error),
    /// GitHub asks for silence.
    Limited(GithubError),
    /// What is left of the budget is kept for more important requests, or GitHub asked for silence before.
    Held(Timestamp),
    /// Only what was asked for has a problem; the rest goes on.
    GitHub(GithubError),
    /// The same, found by us.
    Other(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl From<GithubError> for Trouble {
    fn from(error: GithubError) -> Self {
        match error {
            GithubError::RateLimited { .. } => Self::Limited(error),
            _ => Self::GitHub(error),
        }
    }
}

impl Sync {
    /// Lets requests of a class about a repository go out, or says until when they wait.
    pub(crate) async fn may_ask(&self, repository: &RepoName, class: Class) -> Result<(), Trouble> {
        let credential = self.github.credential(repository).await?;
        self.may_spend(credential, class).await
    }

    /// The same for a credential. What this process has learnt of its budget is told to the others first.
    pub(crate) async fn may_spend(&self, credential: Credential, class: Class) -> Result<(), Trouble> {
        self.remember_budgets().await;
        match budget::wait(&self.db, &credential.to_string(), class).await? {
            Some(until) => Err(Trouble::Held(until)),
            None => Ok(()),
        }
    }

    /// Tells the others what GitHub said of the budgets.
    pub(crate) async fn remember_budgets(&self) {
        if let Err(error) = budget::remember(&self.db, self.github.budgets()).await {
            tracing::warn!(error = ?error, "cannot remember GitHub's budget");
        }
    }

    /// GitHub asks for silence: so does everybody who asks under this credential.
    pub(crate) async fn pause(&self, limited: &GithubError) -> Result<(), Error> {
        let GithubError::RateLimited { credential, kind, wait, told, .. } = limited else { return Ok(()) };
        budget::pause(&self.db, &credential.to_string(), *kind, told.then_some(*wait)).await.map(drop)
    }

    /// What is shown of a trouble. A rate limit pauses everybody; a bug is logged with its chain.
    pub(crate) async fn explain(&self, trouble: Trouble) -> Result<String, Error> {
        Ok(match trouble {
            Trouble::Store(error) if error.is_unavailable() => return Err(error),
            Trouble::Store(error) => {
                tracing::error!(error = ?error, "what GitHub showed could not be stored");
                error.to_string()
            }
            Trouble::Limited(error) => {
                self.pause(&error).await?;
                error.to_string()
            }
            Trouble::Held(until) => format!(
                "waits until {until:.0}: what is left of GitHub's budget is kept for claims and moves, or GitHub asked for silence"
            ),
            Trouble::GitHub(error) => error.to_string(),
            Trouble::Other(message) => message,
        })
    }

    /// Repositories that are tracked, as (our id, name).
    pub(crate) async fn tracked(&self) -> Result<Vec<i64>, Error> {
        Ok(sync::repositories_to_sync(&self.db, None).await?.iter().map(|repository| repository.id).collect())
    }

    /// Rows of the webhooks that there have to be.
    pub(crate) async fn expected_hooks(&self) -> Result<Vec<hooks::Hook>, Error> {
        let repositories = self.tracked().await?;
        hooks::expect(&self.db, self.github.is_app(), &repositories).await
    }
}
