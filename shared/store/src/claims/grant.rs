//! Handing out work: choose without locks, lock only what was chosen, look again, insert.

use std::collections::BTreeMap;

use dispatch_domain::claim::LEASE;
use dispatch_domain::gate::{Asker, Candidate, Gate, GateResult, Holding, first_failure};
use dispatch_domain::ids::{AgentName, ClaimId, IssueId, MutationId, RepoName};
use dispatch_domain::intent::want_status;
use dispatch_domain::label::Namespace;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_domain::trust::Intake;
use dispatch_domain::work::{Kind, suggested_branch};
use dispatch_queries::queries::claims::{self, CandidateRow};
use dispatch_queries::queries::follow_ups;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::finish::expire_due;
use super::{Briefing, Key, brief, find, lost};
use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;
use crate::issue::{Issue, Origin, word};
use crate::lanes;

/// What asking for work led to.
#[derive(Debug)]
pub enum Answer {
    /// Work.
    Granted(Box<Briefing>),
    /// None now, and why.
    Nothing(Nothing),
}

/// Why nothing was handed out.
#[derive(Debug, Default)]
pub struct Nothing {
    /// Per gate: how many pieces of work it held back, and an example of why.
    pub reasons: BTreeMap<Gate, (usize, String)>,
    /// Work was there but others were at it at this very moment: ask again at once.
    pub contended: bool,
    /// When something may pass by itself.
    pub retry_at: Option<Timestamp>,
    /// The database's time.
    pub now: Timestamp,
}

/// A claim and its issue.
type Granted = (ClaimId, IssueId);

const PAGE: i64 = 25;
/// Leases that ran out and are ended before a search, at most.
const EXPIRED: i64 = 20;
/// How much held-back work is looked at to say why there is none.
const EXPLAINED: i64 = 1000;
/// How often the best contended candidate is waited for before the answer is "contended".
const WAITS: usize = 5;

/// Hands out the next piece of work to an agent: its own unfinished work first, then by rank. Leases that ran out are
/// ended first, so that their work is among it whether or not the sweeper has been there. Beside the answer are the
/// writes to nudge.
///
/// # Errors
/// `claim_lost` when the idempotency key's claim has ended or was handed out again since;
/// [`dispatch_domain::refusal::Refusal::IdempotencyConflict`]; [`dispatch_domain::refusal::Refusal::LaneUnknown`]; or as
/// the database says.
pub async fn claim(
    db: &Db,
    asker: &Asker,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Answer, Vec<MutationId>), Error> {
    let mut waited = 0;
    let mut nudges = Vec::new();
    let mut swept = false;
    loop {
        let tx = db.begin().await?;
        if let Some(key) = key
            && let Some((id, fence)) = key.take(&tx).await?
        {
            let claim = find(&tx, id).await?;
            if claim.state != "active" || claim.fence != fence.0 {
                return Err(lost(&claim, fence));
            }
            let briefing = brief(&tx, id, IssueId(claim.issue_id), true).await?;
            tx.commit().await?;
            return Ok((Answer::Granted(Box::new(briefing)), nudges));
        }
        lanes::expect(&tx, &asker.lanes).await?;
        if let Some(own) = resume(&tx, asker).await? {
            return Ok((finish(tx, own, true, key).await?, nudges));
        }
        if !swept {
            swept = true;
            let (expired, unsettled) = futures::try_join!(
                async { Ok(claims::expired_claims().bind(&tx, &1).all().await?) },
                dependencies::unsettled(&tx),
            )?;
            if unsettled || !expired.is_empty() {
                drop(tx);
                if unsettled {
                    dependencies::settle(db).await?;
                }
                nudges.extend(expire_due(db, EXPIRED, who).await?.1);
                continue;
            }
        }
        let mut search = Search::new(&tx, asker, who, waited > 0);
        match search.run().await? {
            Some((granted, nudge)) => {
                nudges.extend(nudge);
                return Ok((finish(tx, granted, false, key).await?, nudges));
            }
            None if search.nothing.contended && waited < WAITS => waited += 1,
            None => {
                let mut nothing = search.nothing;
                explain(&tx, asker, &mut nothing).await?;
                return Ok((Answer::Nothing(nothing), nudges));
            }
        }
    }
}

async fn finish(tx: Tx, (claim, issue): Granted, resumed: bool, key: Option<&Key>) -> Result<Answer, Error> {
    if let Some(key) = key {
        key.answer(&tx, claim).await?;
    }
    let briefing = brief(&tx, claim, issue, resumed).await?;
    tx.commit().await?;
    Ok(Answer::Granted(Box::new(briefing)))
}

/// The agent's own unfinished work, under a new fence: if another process of the same agent still holds the old one,
/// it is told so at its next call.
async fn resume(tx: &Tx, asker: &Asker) -> Result<Option<Granted>, Error> {
    let own = claims::own_claims().bind(tx, &asker.agent.as_str()).all().await?;
    let Some(claim) = own.iter().find(|claim| asker.issue.is_none_or(|issue| issue.0 == claim.issue_id))
    else {
        return Ok(None);
    };
    let now = dispatch_queries::queries::agent_runs::clock().bind(tx).one().await?;
    let resumed =
        claims::resume_claim().bind(tx, &(now + LEASE), &claim.id, &asker.agent.as_str()).opt().await?;
    Ok(resumed.map(|_| (ClaimId(claim.id), IssueId(claim.issue_id))))
}

/// One search through the queue, in one transaction.
struct Search<'a> {
    tx: &'a Tx,
    asker: &'a Asker,
    who: &'a Who<'a>,
    /// Wait for a lock instead of passing by.
    patient: bool,
    /// Something is locked by us already.
    holding: bool,
    nothing: Nothing,
}

impl<'a> Search<'a> {
    fn new(tx: &'a Tx, asker: &'a Asker, who: &'a Who<'a>, patient: bool) -> Self {
        Self { tx, asker, who, patient, holding: false, nothing: Nothing::default() }
    }

    async fn run(&mut self) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        if let Some(issue) = self.asker.issue {
            let rows = claims::candidates_of_issue().bind(self.tx, &issue.0).all().await?;
            return self.try_all(rows).await;
        }
        let lanes: Vec<Option<&str>> = match self.asker.lanes.as_slice() {
            [] => vec![None],
            lanes => lanes.iter().map(|lane| Some(lane.as_str())).collect(),
        };
        for lane in lanes {
            let (mut rank, mut id) = (Timestamp::MIN, 0);
            // Postgres knows no year -9999.
            rank = rank.max(Timestamp::from_second(-60_000_000_000).unwrap_or(rank));
            loop {
                let rows = match lane {
                    None => claims::candidates().bind(self.tx, &rank, &id, &PAGE).all().await?,
                    Some(lane) => {
                        claims::candidates_of_lane().bind(self.tx, &lane, &rank, &id, &PAGE).all().await?
                    }
                };
                let Some(last) = rows.last() else { break };
                (rank, id) = (last.rank_key, last.work_id);
                let full = rows.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
                if let Some(granted) = self.try_all(rows).await? {
                    return Ok(Some(granted));
                }
                if !full {
                    break;
                }
            }
        }
        Ok(None)
    }

    async fn try_all(
        &mut self,
        rows: Vec<CandidateRow>,
    ) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        for row in rows {
            self.nothing.now = row.now;
            if let Some(failure) = first_failure(&candidate(&row)?, self.asker, row.now) {
                self.note(failure);
                continue;
            }
            let id = IssueId(row.issue_id);
            let mut locked = Issue::lock_or_skip(self.tx, id).await?;
            // Whoever holds a lock waits for no other, so that nobody waits in a circle.
            let waited = locked.is_none() && self.patient && !self.holding;
            if waited {
                locked = Issue::lock(self.tx, id).await?;
            }
            let Some(issue) = locked else {
                self.nothing.contended = true;
                continue;
            };
            self.holding = true;
            if let Some(granted) = self.take(issue, row.work_id).await? {
                return Ok(Some(granted));
            }
            if waited {
                // What we waited for went to somebody else: what else was listed then is old news by now.
                self.nothing.contended = true;
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Looks again under the lock, and takes the work. `None`: a gate holds it back by now, which is noted, or its key
    /// is taken.
    async fn take(
        &mut self,
        issue: Issue,
        work_id: i64,
    ) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        if issue.claim.is_some() {
            // Taken since it was read, or its lease ran out since the sweep.
            return Ok(None);
        }
        let rows = claims::candidates_of_issue().bind(self.tx, &issue.id.0).all().await?;
        let Some(row) = rows.into_iter().find(|row| row.work_id == work_id) else { return Ok(None) };
        if let Some(failure) = first_failure(&candidate(&row)?, self.asker, row.now) {
            self.note(failure);
            return Ok(None);
        }
        grant(self.tx, issue, &row, &self.asker.agent, self.who).await
    }

    fn note(&mut self, failure: GateResult) {
        self.nothing.note(failure);
    }
}

impl Nothing {
    fn note(&mut self, failure: GateResult) {
        if let Some(at) = failure.retry_at {
            self.retry_at = Some(self.retry_at.map_or(at, |known| known.min(at)));
        }
        let entry = self.reasons.entry(failure.gate).or_insert((0, failure.failure.unwrap_or_default()));
        entry.0 += 1;
    }
}

async fn grant(
    tx: &Tx,
    mut issue: Issue,
    row: &CandidateRow,
    agent: &AgentName,
    who: &Who<'_>,
) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
    let resting = issue.state.status;
    transition(Actor::Agent, resting, Status::InProgress)?;
    let target = match word(&row.kind)? {
        Kind::Fix => follow_ups::fix_target().bind(tx, &row.work_id).opt().await?,
        Kind::Implement => None,
    };
    let (branch, start) = match &target {
        Some(target) => (target.head_ref.clone(), Some(target.head_sha.as_str())),
        None => (suggested_branch(issue.number), None),
    };
    // A label that a person had put there already is a reservation, and stays when the claim ends.
    let projected = (issue.state.agent.as_ref() != Some(agent)).then_some(agent.as_str());
    let granted = claims::insert_claim()
        .bind(
            tx,
            &row.work_id,
            &issue.id.0,
            &row.exclusion_key,
            &row.kind,
            &agent.as_str(),
            &row.lane,
            &(issue.now + LEASE),
            &resting.as_str(),
            &projected,
            &Some(branch),
            &start,
            &who.correlation,
        )
        .opt()
        .await?;
    let Some(granted) = granted else { return Ok(None) };
    let before = issue.picture();
    issue.set_status(Status::InProgress, None);
    issue.state.agent = Some(agent.clone());
    issue.save(tx).await?;
    let mut wanted = want_status(Status::InProgress);
    wanted.insert(Namespace::Agent, Some(agent.to_string()));
    let nudge = issue.desire(tx, wanted, Origin::Claim, who).await?;
    let after = json!({
        "claim": granted.id.to_string(), "fence": granted.fence, "status": "in-progress", "agent": agent,
    });
    futures::try_join!(
        async { Ok(claims::record_run().bind(tx, &"running", &None, &None::<&str>, &granted.id).await?) },
        issue.audit(who, "claim.granted").change(before, after).write(tx),
    )?;
    Ok(Some(((ClaimId(granted.id), issue.id), nudge)))
}

/// Counts what held everything else back.
async fn explain(tx: &Tx, asker: &Asker, nothing: &mut Nothing) -> Result<(), Error> {
    if asker.issue.is_some() {
        return Ok(());
    }
    for row in claims::candidates_held_back().bind(tx, &EXPLAINED).all().await? {
        nothing.now = row.now;
        if let Some(failure) = first_failure(&candidate(&row)?, asker, row.now) {
            nothing.note(failure);
        }
    }
    if nothing.now == Timestamp::UNIX_EPOCH {
        nothing.now = dispatch_queries::queries::agent_runs::clock().bind(tx).one().await?;
    }
    Ok(())
}

impl Nothing {
    /// When to ask again: at once when contended, when something may pass by itself, otherwise in half a minute.
    pub fn retry_after(&self) -> SignedDuration {
        if self.contended {
            return SignedDuration::from_secs(1);
        }
        let wait = self.retry_at.map_or(SignedDuration::from_secs(30), |at| at.duration_since(self.now));
        wait.clamp(SignedDuration::from_secs(1), SignedDuration::from_mins(5))
    }
}

/// A row as the gates see it.
pub(crate) fn candidate(row: &CandidateRow) -> Result<Candidate, Error> {
    let claim = match (&row.claim_agent, row.claim_expires_at, &row.claim_resting) {
        (Some(agent), Some(expires_at), Some(resting)) => Some(Holding {
            agent: word(agent)?,
            expires_at,
            resting: word(resting)?,
            projected_agent: row.claim_projected_agent.as_deref().map(word).transpose()?,
        }),
        _ => None,
    };
    let status: Status = word(&row.status)?;
    Ok(Candidate {
        issue: IssueId(row.issue_id),
        repository: RepoName::new(&row.owner, &row.name).map_err(|error| Error::Row(error.to_string()))?,
        enabled: row.enabled,
        archived: row.archived,
        closed: row.closed,
        gone: row.gone,
        kind: word(&row.kind)?,
        lane: word(&row.lane)?,
        status,
        done_but_open: status == Status::Done && !row.closed,
        agent: row.agent.as_deref().map(word).transpose()?,
        snoozed_until: row.snoozed_until,
        quarantined: row.quarantined_at.is_some(),
        unapproved: word::<Intake>(&row.intake)?.withholds(row.author_association.as_deref(), row.approved),
        hidden: row.hidden_agent.as_deref().map(word).transpose()?.zip(row.hidden_until),
        claim,
    })
}
