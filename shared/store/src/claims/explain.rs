//! What the decision would be, and why: for one issue, and for the queue. The same function decides.

use dispatch_domain::gate::{Asker, GateResult, first_failure, gates, opens_at};
use dispatch_domain::ids::{AgentName, IssueId, LaneName};
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::claims::{self, CandidateRow};
use dispatch_queries::queries::dependencies::{self as relations, WaitingForIssue, WaitsOfIssue};
use jiff::Timestamp;

use super::rules::Rules;
use crate::board::{self, Card};
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;

/// As far ahead in the queue is looked.
pub const LOOKED_AHEAD: i64 = 1000;
/// So much of what is ahead is named.
const NAMED: usize = 10;

/// Everything about whether an issue's work would be handed out now.
#[derive(Debug)]
pub struct Explanation {
    /// The issue.
    pub card: Card,
    /// For whom. `None`: for whoever it is not kept from.
    pub agent: Option<AgentName>,
    /// The database's time.
    pub now: Timestamp,
    /// Its work: none was made when it was closed before it was seen. A fix comes first.
    pub work: Vec<Explained>,
    /// What it waits for, open or done.
    pub waits_for: Vec<WaitsOfIssue>,
    /// Open issues that wait for it.
    pub unblocks: Vec<WaitingForIssue>,
}

/// One piece of work, every gate, and its place in the queue.
#[derive(Debug)]
pub struct Explained {
    /// The work.
    pub row: CandidateRow,
    /// Every gate.
    pub gates: Vec<GateResult>,
    /// When it passes by itself, if it is held back only by what passes.
    pub opens_at: Option<Timestamp>,
    /// What would be handed out before it.
    pub ahead: Ahead,
}

impl Explained {
    /// Whether it would be handed out, were it asked for.
    pub fn claimable(&self) -> bool {
        self.gates.iter().all(|gate| gate.passed)
    }
}

/// What the same agent would be given first, of the same lane.
#[derive(Debug, Default)]
pub struct Ahead {
    /// How much, up to [`LOOKED_AHEAD`].
    pub count: usize,
    /// The first of it.
    pub first: Vec<CandidateRow>,
}

/// Explains an issue.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn issue(db: &Db, id: IssueId, agent: Option<&AgentName>) -> Result<Explanation, Error> {
    let tx = db.read().await?;
    let (rules, rows, waits_for, unblocks) = futures::try_join!(
        Rules::read(&tx, agent),
        async { Ok(claims::candidates_of_issues().bind(&tx, &[id.0].as_slice()).all().await?) },
        async { Ok(relations::waits_of_issue().bind(&tx, &id.0).all().await?) },
        async { Ok(relations::waiting_for_issue().bind(&tx, &id.0).all().await?) },
    )?;
    let now = dispatch_queries::queries::agent_runs::clock().bind(&tx).one().await?;
    let card = board::by_id(&tx, &[id.0]).await?.pop().ok_or_else(|| Refusal::not_found("issue", id))?;
    let mut circles = dependencies::circles(&tx, &[id.0]).await?;
    let cycle = circles.remove(&id.0).unwrap_or_default();
    let mut work = Vec::new();
    for row in rows {
        let mut candidate = rules.candidate(&row)?;
        candidate.cycle.clone_from(&cycle);
        let asker = asker(&rules, agent, candidate.agent.as_ref())?;
        let gates = gates(&candidate, &asker, now);
        let failed: Vec<GateResult> = gates.iter().filter(|gate| !gate.passed).cloned().collect();
        let opens_at = if failed.is_empty() { None } else { opens_at(&failed) };
        let ahead = ahead(&tx, &rules, &row, &asker).await?;
        work.push(Explained { row, gates, opens_at, ahead });
    }
    tx.commit().await?;
    Ok(Explanation { card, agent: agent.cloned(), now, work, waits_for, unblocks })
}

/// The agent, or somebody from whom nothing is kept.
fn asker(rules: &Rules, agent: Option<&AgentName>, reserved: Option<&AgentName>) -> Result<Asker, Error> {
    match agent {
        Some(agent) => rules.admit(&Asker::anything(agent.clone())),
        None => Ok(Asker::anything(reserved.cloned().map_or_else(|| "anyone".parse(), Ok)?)),
    }
}

async fn ahead(tx: &Tx, rules: &Rules, row: &CandidateRow, asker: &Asker) -> Result<Ahead, Error> {
    let rows =
        claims::queue_ahead().bind(tx, &row.lane, &row.rank_key, &row.work_id, &LOOKED_AHEAD).all().await?;
    let mut ahead = Ahead::default();
    for row in rows {
        if first_failure(&rules.candidate(&row)?, asker, row.now).is_none() {
            ahead.count += 1;
            if ahead.first.len() < NAMED {
                ahead.first.push(row);
            }
        }
    }
    Ok(ahead)
}

/// One piece of work in the queue, and what holds it back.
#[derive(Debug)]
pub struct Queued {
    /// The work.
    pub row: CandidateRow,
    /// The first gate that holds it back.
    pub hold: Option<GateResult>,
}

/// A look at the queue in its order: what an agent, or whoever comes, would be handed out. Reserves nothing.
///
/// # Errors
/// As the database says.
pub async fn queue(
    db: &Db,
    lanes: &[LaneName],
    agent: Option<&AgentName>,
    most: i64,
) -> Result<Vec<Queued>, Error> {
    let tx = db.read().await?;
    let names: Vec<&str> = lanes.iter().map(|lane| lane.as_str()).collect();
    let (rules, rows) = futures::try_join!(Rules::read(&tx, agent), async {
        Ok(claims::queue().bind(&tx, &names.as_slice(), &most).all().await?)
    })?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let candidate = rules.candidate(&row)?;
            let asker = asker(&rules, agent, candidate.agent.as_ref())?;
            let hold = first_failure(&candidate, &asker, row.now);
            Ok(Queued { row, hold })
        })
        .collect()
}
