//! What operators do to one issue besides moving it: assign, prioritise, name an owner, choose a lane, put aside, free.
//!
//! What is a label on GitHub becomes one there; the card shows it as pending until GitHub has it.

use dispatch_domain::claim::{EndReason, HIDDEN_AFTER_RELEASE, check_snooze};
use dispatch_domain::fact::claim_end;
use dispatch_domain::ids::{AgentName, ClaimId, IssueId, MutationId, Slug};
use dispatch_domain::intent::{Desired, want_status};
use dispatch_domain::label::{Namespace, Priority};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_queries::queries::{claims, ingest};
use jiff::Timestamp;

use crate::audit::Who;
use crate::claims::{Claim, find};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::{Issue, Origin, word};
use crate::lanes::{self, Classification};
use crate::once::{self, Key};

/// A decision about one issue.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is for this agent, or for whoever asks first. A live claim of another agent ends.
    Assign(Option<AgentName>),
    /// How urgent it is.
    Priority(Option<Priority>),
    /// Who answers for it.
    Owner(Option<Slug>),
    /// The queue it stands in.
    Lane(Classification),
    /// Nobody is given it before that time; `None`: it is not put aside any more. A live claim goes on.
    Snooze(Option<Timestamp>),
    /// Nobody has it any more, and nothing that held it back before counts.
    Release,
}

impl Change {
    fn action(&self) -> &'static str {
        match self {
            Self::Assign(_) => "issue.assigned",
            Self::Priority(_) => "issue.prioritised",
            Self::Owner(_) => "issue.owned",
            Self::Lane(_) => "issue.classified",
            Self::Snooze(_) => "issue.snoozed",
            Self::Release => "issue.released",
        }
    }
}

/// Makes a change to an open issue. Answers the write to nudge; `None`: GitHub shows it already, or it is no label.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::IssueClosed`], [`Refusal::LaneUnknown`], or [`Refusal::Invalid`] for a time too far
/// away.
pub async fn change(
    db: &Db,
    id: IssueId,
    change: &Change,
    reason: Option<&str>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<Option<MutationId>, Error> {
    let tx = db.begin().await?;
    if let Some(known) = once::recall(&tx, key).await? {
        // The write that the first request led to, if it needed one.
        return Ok(word(&known).ok().map(MutationId));
    }
    let unknown = || Refusal::not_found("issue", id);
    let mut issue = Issue::lock(&tx, id).await?.filter(|issue| !issue.state.gone).ok_or_else(unknown)?;
    if issue.state.closed {
        return Err(Refusal::IssueClosed(issue.reference()).into());
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let before = issue.picture();
    let wanted = match change {
        Change::Assign(agent) => assign(&tx, &mut issue, agent.as_ref(), reason, who).await?,
        Change::Priority(priority) => {
            let value = priority.map(|priority| priority.as_str().to_owned());
            issue.state.priority.clone_from(&value);
            Desired::from([(Namespace::Priority, value)])
        }
        Change::Owner(owner) => {
            let value = owner.as_ref().map(ToString::to_string);
            issue.state.owner.clone_from(&value);
            Desired::from([(Namespace::Owner, value)])
        }
        Change::Lane(classification) => classify(&tx, &mut issue, classification, who).await?,
        Change::Snooze(until) => {
            if let Some(until) = until {
                check_snooze("until", issue.now, *until)?;
            }
            claims::snooze_work().bind(&tx, until, &id.0).await?;
            Desired::new()
        }
        Change::Release => {
            claims::lift_work().bind(&tx, &id.0).await?;
            free(&tx, &mut issue, EndReason::TakenBack, reason, who).await?
        }
    };
    let nudge = issue.decide(&tx, wanted, Origin::Move, who).await?;
    let mut after = issue.picture();
    if let (Change::Snooze(until), Some(after)) = (change, after.as_object_mut()) {
        after.insert("snoozedUntil".to_owned(), serde_json::json!(until));
    }
    let mut audit = issue.audit(who, change.action()).change(before, after);
    if let Some(reason) = reason {
        audit = audit.notes(reason);
    }
    audit.write(&tx).await?;
    once::remember(&tx, key, nudge.map_or_else(String::new, |id| id.to_string())).await?;
    tx.commit().await?;
    Ok(nudge)
}

/// Ends a live claim: its agent is to stop, and is not given the same work again for a while.
///
/// # Errors
/// [`Refusal::NotFound`], or [`Refusal::Conflict`] when it has ended in another way.
pub async fn stop_claim(
    db: &Db,
    id: ClaimId,
    reason: Option<&str>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Claim, Option<MutationId>), Error> {
    let tx = db.begin().await?;
    let claim = find(&tx, id).await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok((claim, None));
    }
    let issue = Issue::lock(&tx, IssueId(claim.issue_id)).await?;
    let mut issue =
        issue.filter(|issue| issue.claim.as_ref().is_some_and(|live| live.id == id)).ok_or_else(|| {
            let why = claim.end_reason.as_deref().unwrap_or("ended");
            Refusal::Conflict(format!("Claim {id} is not active any more: {why}."))
        })?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let before = issue.picture();
    claims::hide_work().bind(&tx, &claim.agent, &(issue.now + HIDDEN_AFTER_RELEASE), &claim.work_id).await?;
    let wanted = free(&tx, &mut issue, EndReason::Stopped, reason, who).await?;
    let nudge = issue.decide(&tx, wanted, Origin::Claim, who).await?;
    let mut audit = issue.audit(who, "claim.stopped").change(before, issue.picture());
    if let Some(reason) = reason {
        audit = audit.notes(reason);
    }
    audit.write(&tx).await?;
    let claim = find(&tx, id).await?;
    once::remember(&tx, key, id).await?;
    tx.commit().await?;
    Ok((claim, nudge))
}

/// Makes issues ready again whose block is over, by the word of the agent that was blocked. Answers how many, and the
/// writes to nudge.
///
/// # Errors
/// As the database says.
pub async fn unblock_due(db: &Db, most: i64, who: &Who<'_>) -> Result<(usize, Vec<MutationId>), Error> {
    let tx = db.read().await?;
    let due = ingest::blocks_over().bind(&tx, &most).all().await?;
    tx.commit().await?;
    let (mut freed, mut nudges) = (0, Vec::new());
    for id in due {
        let tx = db.begin().await?;
        let Some(mut issue) = Issue::lock(&tx, IssueId(id)).await? else { continue };
        // Somebody may have decided since.
        let over = issue.state.block_until.is_some_and(|until| until <= issue.now);
        if !over || issue.state.status != Status::Blocked {
            continue;
        }
        transition(Actor::Clock, issue.state.status, Status::Ready)?;
        let before = issue.picture();
        issue.set_status(Status::Ready, None);
        let nudge = issue.decide(&tx, want_status(Status::Ready), Origin::Claim, who).await?;
        issue.audit(who, "issue.unblocked").change(before, issue.picture()).write(&tx).await?;
        tx.commit().await?;
        nudges.extend(nudge);
        freed += 1;
    }
    Ok((freed, nudges))
}

/// Puts a locked issue into a lane, with why. The label that says so is wanted.
pub(crate) async fn classify(
    tx: &Tx,
    issue: &mut Issue,
    classification: &Classification,
    who: &Who<'_>,
) -> Result<Desired, Error> {
    let lane = &classification.lane;
    lanes::expect(tx, std::slice::from_ref(lane)).await?;
    if *lane != issue.state.lane {
        lanes::record(tx, issue.id, &issue.state.lane, classification, who).await?;
    }
    issue.state.lane = lane.clone();
    // No label says the same as the label of the lane of unlabelled work.
    let label = (*lane != issue.default_lane).then(|| lane.to_string());
    Ok(Desired::from([(Namespace::Lane, label)]))
}

async fn assign(
    tx: &Tx,
    issue: &mut Issue,
    agent: Option<&AgentName>,
    reason: Option<&str>,
    who: &Who<'_>,
) -> Result<Desired, Error> {
    let before = issue.standing();
    issue.state.agent = agent.cloned();
    let end = issue.claim.as_ref().and_then(|claim| claim_end(&claim.agent, &before, &issue.standing()));
    let mut wanted = match end {
        Some(end) => free(tx, issue, end, reason, who).await?,
        None => Desired::new(),
    };
    issue.state.agent = agent.cloned();
    wanted.insert(Namespace::Agent, agent.map(ToString::to_string));
    Ok(wanted)
}

/// Takes a locked issue out of its holder's hands: the claim ends, its label goes, and the issue rests where it did
/// before. An issue in progress that nobody holds is ready.
async fn free(
    tx: &Tx,
    issue: &mut Issue,
    end: EndReason,
    note: Option<&str>,
    who: &Who<'_>,
) -> Result<Desired, Error> {
    let mut wanted = Desired::new();
    let claim = issue.claim.clone();
    issue.end_claim(tx, end, note, who).await?;
    if issue.state.status == Status::InProgress {
        let resting = claim.as_ref().map_or(Status::Ready, |claim| claim.resting);
        issue.set_status(resting, None);
        wanted.extend(want_status(resting));
    }
    let projected = claim.and_then(|claim| claim.projected_agent);
    if projected.is_some() && issue.state.agent == projected {
        issue.state.agent = None;
        wanted.insert(Namespace::Agent, None);
    }
    Ok(wanted)
}
