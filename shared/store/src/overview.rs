//! How it goes, over all issues: counts now, each agent, each repository, and what happened over time.

use dispatch_queries::queries::overview;
use jiff::Timestamp;

pub use dispatch_queries::queries::overview::{
    Agents as AgentFigures, OpenByStatus, Projects as Project, Series,
};

use crate::agent_runs::{self, AgentRun};
use crate::audit::{self, AuditEvent};
use crate::board::{self, Card};
use crate::db::Db;
use crate::error::Error;

/// How long the slots of the plots are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// An hour.
    Hour,
    /// A day, in UTC.
    Day,
}

impl Slot {
    /// As Postgres and the API spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// So many lines of each list.
const RECENT: i64 = 10;

/// Everything the overview shows, from one snapshot of the database.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The database's time.
    pub now: Timestamp,
    /// Where the plots begin.
    pub since: Timestamp,
    /// Issues by status. A status without issues is left out.
    pub by_status: Vec<OpenByStatus>,
    /// Agents that worked since the plots begin, or hold work now.
    pub agents: Vec<AgentFigures>,
    /// Open issues that carry an agent's label: its name in small letters, and how many.
    pub open_by_agent: Vec<(String, i64)>,
    /// In progress, and nobody is at it.
    pub stale: Vec<Card>,
    /// What agents did last.
    pub runs: Vec<AgentRun>,
    /// What happened last.
    pub events: Vec<AuditEvent>,
    /// The plots.
    pub series: Vec<Series>,
}

/// Reads the overview of the last `days`.
///
/// # Errors
/// As the database says.
pub async fn overview(db: &Db, days: i32, slot: Slot) -> Result<Overview, Error> {
    let tx = db.read().await?;
    let unit = slot.as_str();
    let window = overview::window().bind(&tx, &unit, &days).one().await?;
    let everything = audit::Filter::default();
    let (by_status, agents, open_by_agent, stale, runs, events, series) = futures::try_join!(
        async { Ok(overview::open_by_status().bind(&tx).all().await?) },
        async { Ok(overview::agents().bind(&tx, &window.since).all().await?) },
        async { Ok(overview::open_by_agent().bind(&tx).all().await?) },
        async { Ok(overview::stale_in_progress().bind(&tx, &RECENT).all().await?) },
        agent_runs::newest(&tx, RECENT),
        audit::newest(&tx, &everything, None, RECENT),
        async { Ok(overview::series().bind(&tx, &window.since, &unit).all().await?) },
    )?;
    let stale = board::by_id(&tx, &stale).await?;
    tx.commit().await?;
    let open_by_agent = open_by_agent.into_iter().map(|row| (row.agent, row.issues)).collect();
    let (now, since) = (window.now, window.since);
    Ok(Overview { now, since, by_status, agents, open_by_agent, stale, runs, events, series })
}

/// Tracked repositories with what is going on in each, by name.
///
/// # Errors
/// As the database says.
pub async fn projects(db: &Db) -> Result<Vec<Project>, Error> {
    let tx = db.read().await?;
    let projects = overview::projects().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(projects)
}

/// Keeps how full the queues are now, at most once in five minutes.
///
/// # Errors
/// As the database says.
pub async fn take_sample(db: &Db) -> Result<(), Error> {
    let tx = db.begin().await?;
    overview::take_sample().bind(&tx).await?;
    tx.commit().await
}
