//! The audit trail: who did what to what, before, after, and whether it worked. Append-only.

use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_queries::queries::audit;
use jiff::Timestamp;
use serde_json::Value;

pub use dispatch_queries::queries::audit::AuditEvent;

use crate::db::{Db, Tx};
use crate::error::Error;

/// Who acts, and the id that ties everything together that follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// `agent`, `operator`, `github` or `clock`.
    pub kind: &'static str,
    /// Name of the agent, login of the person, or the job.
    pub name: &'a str,
    /// From the webhook or the call to the write on GitHub.
    pub correlation: &'a str,
}

/// One event in the making.
#[must_use]
pub(crate) struct Audit<'a> {
    who: &'a Who<'a>,
    action: &'static str,
    repository: Option<String>,
    issue_number: Option<i32>,
    issue_id: Option<i64>,
    before: Option<Value>,
    after: Option<Value>,
    error: Option<String>,
    notes: Option<String>,
}

impl<'a> Audit<'a> {
    pub(crate) fn new(who: &'a Who<'a>, action: &'static str) -> Self {
        Self {
            who,
            action,
            repository: None,
            issue_number: None,
            issue_id: None,
            before: None,
            after: None,
            error: None,
            notes: None,
        }
    }

    pub(crate) fn about(mut self, repository: &RepoName, number: i32, id: IssueId) -> Self {
        self.repository = Some(repository.to_string());
        self.issue_number = Some(number);
        self.issue_id = Some(id.0);
        self
    }

    pub(crate) fn about_repository(mut self, repository: &RepoName) -> Self {
        self.repository = Some(repository.to_string());
        self
    }

    pub(crate) fn change(mut self, before: Value, after: Value) -> Self {
        self.before = Some(before);
        self.after = Some(after);
        self
    }

    pub(crate) fn failed(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    pub(crate) fn notes(mut self, notes: impl Into<String>) -> Self {
        self.notes = Some(notes.into());
        self
    }

    pub(crate) async fn write(self, tx: &Tx) -> Result<(), Error> {
        audit::record()
            .bind(
                tx,
                &self.who.kind,
                &self.who.name,
                &self.action,
                &self.repository,
                &self.issue_number,
                &self.issue_id,
                &self.before,
                &self.after,
                &self.error.is_none(),
                &self.error,
                &self.notes,
                &Some(self.who.correlation),
            )
            .await?;
        Ok(())
    }
}

/// Puts on record that somebody tried what they may not do: `what` they asked for, and why not.
///
/// # Errors
/// As the database says.
pub async fn refused(db: &Db, who: &Who<'_>, what: &str, why: &str) -> Result<(), Error> {
    let tx = db.begin().await?;
    Audit::new(who, "request.refused").notes(what).failed(why).write(&tx).await?;
    tx.commit().await
}

/// Which events. What is `None` is not asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// About this repository or an issue of it.
    pub repository: Option<RepoName>,
    /// By this agent, person or job.
    pub actor: Option<String>,
    /// By this kind of actor.
    pub actor_kind: Option<String>,
    /// With this action, or with an action of this family (`claim` for `claim.granted`).
    pub action: Option<String>,
    /// About this issue.
    pub issue: Option<IssueId>,
    /// About the issue or pull request of this number.
    pub number: Option<i32>,
    /// What worked, or what did not.
    pub success: Option<bool>,
    /// What belongs together.
    pub correlation: Option<String>,
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// The newest events with an id below `before`, at most `most`.
///
/// # Errors
/// As the database says.
pub async fn events(
    db: &Db,
    filter: &Filter,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<AuditEvent>, Error> {
    let tx = db.read().await?;
    let events = newest(&tx, filter, before, most).await?;
    tx.commit().await?;
    Ok(events)
}

pub(crate) async fn newest(
    tx: &Tx,
    filter: &Filter,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<AuditEvent>, Error> {
    let events = audit::events()
        .bind(
            tx,
            &before.unwrap_or(i64::MAX),
            &filter.repository.as_ref().map(RepoName::to_string),
            &filter.actor,
            &filter.actor_kind,
            &filter.action,
            &filter.issue.map(|id| id.0),
            &filter.number,
            &filter.success,
            &filter.correlation,
            &filter.since,
            &filter.until,
            &most,
        )
        .all()
        .await?;
    Ok(events)
}
