//! The audit trail: who did what to what, before, after, and whether it worked. Append-only.

use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_queries::queries::audit;
use jiff::Timestamp;
use serde_json::Value;

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

/// One event as it is read.
#[derive(Debug, Clone)]
pub struct AuditEvent {
    /// Grows with time.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// `agent`, `operator`, `github` or `clock`.
    pub actor_kind: String,
    /// Who.
    pub actor: String,
    /// Dotted verb.
    pub action: String,
    /// `owner/name`, where one is concerned.
    pub repository: Option<String>,
    /// Number of the issue, where one is concerned.
    pub issue_number: Option<i32>,
    /// Id of the issue, where one is concerned.
    pub issue_id: Option<i64>,
    /// Before the change.
    pub before: Option<Value>,
    /// After the change.
    pub after: Option<Value>,
    /// Whether it worked.
    pub success: bool,
    /// Why it did not.
    pub error: Option<String>,
    /// Anything else worth knowing.
    pub notes: Option<String>,
    /// What else belongs to it.
    pub correlation_id: Option<String>,
}

/// The newest events, at most `most`, of one repository or of all.
///
/// # Errors
/// As the database says.
pub async fn recent(db: &Db, repository: Option<&RepoName>, most: i64) -> Result<Vec<AuditEvent>, Error> {
    let tx = db.read().await?;
    let rows = audit::recent().bind(&tx, &repository.map(RepoName::to_string), &most).all().await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| AuditEvent {
            id: row.id,
            at: row.at,
            actor_kind: row.actor_kind,
            actor: row.actor,
            action: row.action,
            repository: row.repository,
            issue_number: row.issue_number,
            issue_id: row.issue_id,
            before: row.before,
            after: row.after,
            success: row.success,
            error: row.error,
            notes: row.notes,
            correlation_id: row.correlation_id,
        })
        .collect())
}
