//! Handing out work: the agent's own first, then whatever one search through the queue takes.

use dispatch_domain::claim::LEASE;
use dispatch_domain::gate::{Asker, Limit};
use dispatch_domain::ids::{AgentName, ClaimId, IssueId, MutationId};
use dispatch_domain::intent::want_status;
use dispatch_domain::label::Namespace;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_domain::work::suggested_branch;
use dispatch_queries::queries::claims::{self, BeforeSearch, CandidateRow};
use serde_json::json;

use super::finish::expire_due;
use super::nothing::Nothing;
use super::rules::{self, Rules};
use super::search::{Halt, Page, Search};
use super::{Background, Briefing, Key, There, find, fix_target, lost};
use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;
use crate::issue::{Issue, Origin};
use crate::lanes;

/// What asking for work led to.
#[derive(Debug)]
pub enum Answer {
    /// Work.
    Granted(Box<Briefing>),
    /// None now, and why.
    Nothing(Box<Nothing>),
}

/// A claim that was made, the write to nudge, and what is still to be put on record.
pub(super) type Granted<'a> = (Briefing, Option<MutationId>, Audit<'a>);

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
        let tx = db.keeping_plans().await?;
        let first = tx.first(async {
            futures::try_join!(
                Key::take(key, &tx),
                // A known key comes before a lane that is not known any more.
                async { Ok(lanes::expect(&tx, &asker.lanes).await) },
                async { Ok(claims::before_search().bind(&tx, &asker.agent.as_str()).one().await?) },
                Rules::read(&tx, Some(&asker.agent)),
                Page::first(&tx, asker),
            )
        });
        let Some((known, expected, before, rules, first)) = first.await? else { continue };
        if let Some((id, fence)) = known {
            let claim = find(&tx, id).await?;
            if claim.state != "active" || claim.fence != fence.0 {
                return Err(lost(&claim, fence));
            }
            let briefing = Briefing::read(&tx, id, IssueId(claim.issue_id), true).await?;
            tx.commit().await?;
            return Ok((Answer::Granted(Box::new(briefing)), nudges));
        }
        expected?;
        if let Some(briefing) = resume(&tx, asker, &before).await? {
            return Ok((finish(&tx, briefing, None, key).await?, nudges));
        }
        if swept < SWEEPS && (before.expired || before.unsettled) {
            drop(tx);
            if before.unsettled {
                dependencies::settle(db).await?;
            }
            if before.expired {
                nudges.extend(expire_due(db, EXPIRED, who).await?.1);
            }
            swept += 1;
            continue;
        }
        let admitted = rules.admit(asker)?;
        let mut search = Search::new(&tx, &admitted, rules, who, waited > 0);
        let nothing = match search.run(first).await {
            Ok(Some((briefing, nudge, audit))) => {
                nudges.extend(nudge);
                return Ok((finish(&tx, briefing, Some(audit), key).await?, nudges));
            }
            Ok(None) if !search.contended => {
                Nothing::diagnose(&tx, &admitted, &search.rules(), before.now).await?
            }
            Ok(None) | Err(Halt::Overtaken) => Nothing::contended(before.now),
            Err(Halt::Failed(error)) => return Err(error),
        };
        if nothing.contended && waited < WAITS {
            waited += 1;
        } else {
            return Ok((Answer::Nothing(Box::new(nothing)), nudges));
        }
    }
}

/// Commits a claim with what is put on record of it.
async fn finish(
    tx: &Tx,
    briefing: Briefing,
    audit: Option<Audit<'_>>,
    key: Option<&Key>,
) -> Result<Answer, Error> {
    let id = ClaimId(briefing.claim.id);
    tx.commit_after(async {
        let audited = async {
            match audit {
                Some(audit) => audit.write(tx).await,
                None => Ok(()),
            }
        };
        futures::try_join!(audited, Key::answer(key, tx, id))
    })
    .await?;
    Ok(Answer::Granted(Box::new(briefing)))
}

/// The agent's own unfinished work, under a new fence: if another process of the same agent still holds the old one,
/// it is told so at its next call.
async fn resume(tx: &Tx, asker: &Asker, before: &BeforeSearch) -> Result<Option<Briefing>, Error> {
    let mut own = before.own_claims.iter().zip(&before.own_issues);
    let Some((&id, &issue)) = own.find(|(_, issue)| asker.issue.is_none_or(|asked| asked.0 == **issue))
    else {
        return Ok(None);
    };
    let until = before.now + LEASE;
    match claims::resume_claim().bind(tx, &until, &id, &asker.agent.as_str()).opt().await? {
        Some(_) => Ok(Some(Briefing::read(tx, ClaimId(id), IssueId(issue), true).await?)),
        None => Ok(None),
    }
}

/// Makes the claim on a locked issue that passed every gate, and last of all takes the locks of its limits and counts
/// again, so that they are held for a moment only. All of it travels together.
///
/// # Errors
/// [`Halt::Overtaken`]: its key is taken, or a limit is exceeded by now.
pub(super) async fn grant<'a>(
    tx: &Tx,
    mut issue: Issue,
    row: &CandidateRow,
    limits: &[Limit],
    agent: &AgentName,
    who: &'a Who<'a>,
) -> Result<Granted<'a>, Halt> {
    let resting = issue.state.status;
    transition(Actor::Agent, resting, Status::InProgress)?;
    let target = fix_target(tx, &row.kind, row.work_id).await?;
    let (branch, start) = match &target {
        Some(target) => (target.head_ref.clone(), Some(target.head_sha.as_str())),
        None => (suggested_branch(issue.number), None),
    };
    // A label that a person had put there already is a reservation, and stays when the claim ends.
    let projected = (issue.state.agent.as_ref() != Some(agent)).then_some(agent.as_str());
    let (repository, until, url) = (issue.repository_id, issue.now + LEASE, issue.facts.url.clone());
    let before = issue.picture();
    issue.set_status(Status::InProgress, None);
    issue.state.agent = Some(agent.clone());
    let mut wanted = want_status(Status::InProgress);
    wanted.insert(Namespace::Agent, Some(agent.to_string()));
    let (id, there) = (issue.id, There::of(&issue.facts));
    let (background, made, nudge, exceeded) = futures::try_join!(
        // Earlier attempts, so this comes first.
        Background::read(tx, id, ClaimId(0), there),
        async {
            let made = claims::insert_claim()
                .bind(
                    tx,
                    &row.work_id,
                    &id.0,
                    &Some(repository),
                    &row.exclusion_key,
                    &row.kind,
                    &agent.as_str(),
                    &row.lane,
                    &until,
                    &resting.as_str(),
                    &projected,
                    &Some(branch),
                    &start,
                    &who.correlation,
                    &url,
                )
                .opt()
                .await?;
            Ok(made)
        },
        issue.decide(tx, wanted, Origin::Claim, who),
        async {
            match limits {
                [] => Ok(false),
                limits => rules::lock(tx, limits, row, agent).await?.exceeded(row),
            }
        },
    )?;
    let Some(mut claim) = made.filter(|_| !exceeded) else { return Err(Halt::Overtaken) };
    claim.issue_status = Status::InProgress.as_str().to_owned();
    let target = target.map(|target| target.number);
    let after = json!({
        "claim": claim.id.to_string(), "fence": claim.fence, "status": "in-progress", "agent": agent,
    });
    let audit = issue.audit(who, "claim.granted").change(before, after);
    // Its text passed the gate a moment ago, under the same lock: agents may have it as it is.
    let briefing = Briefing { claim, issue: issue.into_row(), target, background, resumed: false };
    Ok((briefing, nudge, audit))
}
