//! What agents did: runs derived from claims, and runs that clients of the reference API report themselves.

use dispatch_domain::ids::AgentName;
use dispatch_queries::queries::agent_runs;
use jiff::Timestamp;

pub use dispatch_queries::queries::agent_runs::RecentRuns as AgentRun;

use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::word;
use crate::once::{self, Key};

/// A run as a client reports it.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Who ran.
    pub agent: AgentName,
    /// What kind of run, in the client's words.
    pub run_type: String,
    /// How it went, in the client's words.
    pub status: String,
    /// When it began; now, if it is not said.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What was done.
    pub summary: Option<String>,
    /// What went wrong.
    pub error_message: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
    /// Issues and pull requests that were touched.
    pub touched_issue_urls: Vec<String>,
}

/// Stores a run and answers its id.
///
/// # Errors
/// As the database says.
pub async fn record(db: &Db, run: &NewRun, key: Option<&Key>) -> Result<i64, Error> {
    let tx = db.begin().await?;
    if let Some(known) = once::recall(&tx, key).await? {
        return word(&known);
    }
    let now = agent_runs::clock().bind(&tx).one().await?;
    let id = agent_runs::insert_run()
        .bind(
            &tx,
            &run.agent.as_str(),
            &run.run_type,
            &run.status,
            &run.started_at.unwrap_or(now),
            &run.finished_at,
            &run.summary,
            &run.error_message,
            &run.notes,
            &run.touched_issue_urls,
        )
        .one()
        .await?;
    once::remember(&tx, key, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// The newest runs.
///
/// # Errors
/// As the database says.
pub async fn recent(db: &Db, most: i64) -> Result<Vec<AgentRun>, Error> {
    let tx = db.read().await?;
    let runs = newest(&tx, most).await?;
    tx.commit().await?;
    Ok(runs)
}

pub(crate) async fn newest(tx: &Tx, most: i64) -> Result<Vec<AgentRun>, Error> {
    Ok(agent_runs::recent_runs().bind(tx, &most).all().await?)
}
