//! Handing out work: the agent's own first, then whatever one search through the queue takes.

use dispatch_domain::claim::LEASE;
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{AgentName, ClaimId, IssueId, MutationId};
use dispatch_domain::intent::want_status;
use dispatch_domain::label::Namespace;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_domain::work::{Kind, suggested_branch};
use dispatch_queries::queries::claims::{self, CandidateRow, OwnClaims};
use dispatch_queries::queries::{agent_runs, follow_ups};
use serde_json::json;

use super::finish::expire_due;
use super::nothing::Nothing;
use super::rules::Rules;
use super::search::Search;
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
    Nothing(Box<Nothing>),
}

/// A claim and its issue.
pub(super) type Granted = (ClaimId, IssueId);

/// Leases that ran out and are ended before a search, at most.
const EXPIRED: i64 = 20;
/// How often that, and the counting of dependencies, is done for one request: others may be making more of it.
const SWEEPS: usize = 3;
/// How often the best contended candidate is waited for before the answer is "contended".
const WAITS: usize = 5;

/// Hands out the next piece of work to an agent: its own unfinished work first, then by rank. Leases that ran out are
/// ended and dependencies counted before, so that the answer is right whether or not the sweeper has been there. Beside
/// the answer are the writes to nudge.
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
    let mut swept = 0;
    loop {
        let tx = db.begin_keeping_plans().await?;
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
        let ((), own, due, rules) = futures::try_join!(
            lanes::expect(&tx, &asker.lanes),
            async { Ok(claims::own_claims().bind(&tx, &asker.agent.as_str()).all().await?) },
            async { Ok(claims::due_before_search().bind(&tx).one().await?) },
            Rules::read(&tx, Some(&asker.agent)),
        )?;
        if let Some(own) = resume(&tx, asker, &own).await? {
            return Ok((finish(tx, own, true, key).await?, nudges));
        }
        if swept < SWEEPS && (due.expired || due.unsettled) {
            drop(tx);
            if due.unsettled {
                dependencies::settle(db).await?;
            }
            if due.expired {
                nudges.extend(expire_due(db, EXPIRED, who).await?.1);
            }
            swept += 1;
            continue;
        }
        let admitted = rules.admit(asker)?;
        let mut search = Search::new(&tx, &admitted, rules, who, waited > 0);
        if let Some((granted, nudge)) = search.run().await? {
            nudges.extend(nudge);
            return Ok((finish(tx, granted, false, key).await?, nudges));
        }
        let nothing = match search.contended {
            true => Nothing::contended(due.now),
            false => Nothing::diagnose(&tx, &admitted, &search.rules(), due.now).await?,
        };
        if nothing.contended && waited < WAITS {
            waited += 1;
        } else {
            return Ok((Answer::Nothing(Box::new(nothing)), nudges));
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
async fn resume(tx: &Tx, asker: &Asker, own: &[OwnClaims]) -> Result<Option<Granted>, Error> {
    let Some(claim) = own.iter().find(|claim| asker.issue.is_none_or(|issue| issue.0 == claim.issue_id))
    else {
        return Ok(None);
    };
    let now = agent_runs::clock().bind(tx).one().await?;
    let resumed =
        claims::resume_claim().bind(tx, &(now + LEASE), &claim.id, &asker.agent.as_str()).opt().await?;
    Ok(resumed.map(|_| (ClaimId(claim.id), IssueId(claim.issue_id))))
}

/// Makes the claim on a locked issue that passed every gate. `None`: its key is taken.
pub(super) async fn grant(
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
            &Some(issue.repository_id),
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
