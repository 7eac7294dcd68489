//! Ending work: complete, release, block, expire. One function concludes a claim, whoever ends it.

use dispatch_domain::claim::{
    ATTEMPTS, BlockKind, EndReason, HIDDEN_AFTER_RELEASE, Outcome, check_snooze, lease_end, outcome_effect,
};
use dispatch_domain::ids::{ClaimId, IssueId, MutationId};
use dispatch_domain::intent::{Desired, want_status};
use dispatch_domain::label::Namespace;
use dispatch_domain::lane::LaneRole;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::retry;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_domain::work::Kind;
use dispatch_queries::queries::{claims, ingest, pull_requests};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::revive::{Keep, revive};
use super::{Claim, Held, file_stale, find, lost, own};
use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::desk::classify;
use crate::error::Error;
use crate::issue::{Issue, Origin};
use crate::lanes::{self, Classification};
use crate::once::{self, Key};
use crate::outbox::comment;
use crate::pulls;

/// What an agent says of its attempt.
#[derive(Debug, Clone)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// Number of the pull request.
    pub pull_request_number: Option<i32>,
    /// Address of the pull request.
    pub pull_request_url: Option<String>,
    /// Last commit.
    pub head_sha: Option<String>,
    /// What was done, for people.
    pub summary: Option<String>,
    /// Why `already_addressed` or `no_change_needed` is true.
    pub evidence: Option<String>,
    /// Which model worked.
    pub model: Option<String>,
    /// Tokens read.
    pub tokens_in: Option<i64>,
    /// Tokens written.
    pub tokens_out: Option<i64>,
    /// Cost in US dollars.
    pub cost_usd: Option<f64>,
}

impl Report {
    /// An outcome and nothing else.
    pub fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            pull_request_number: None,
            pull_request_url: None,
            head_sha: None,
            summary: None,
            evidence: None,
            model: None,
            tokens_in: None,
            tokens_out: None,
            cost_usd: None,
        }
    }
}

/// Why a claim is given back without a result.
#[derive(Debug, Clone)]
pub enum End {
    /// The agent reports an outcome.
    Complete(Report),
    /// The agent gives the work back.
    Release {
        /// Why, for people.
        reason: Option<String>,
        /// Nobody is to have it before that time.
        snooze_until: Option<Timestamp>,
    },
    /// The agent cannot go on.
    Block {
        /// What kind of obstacle.
        kind: BlockKind,
        /// Which obstacle.
        reason: String,
        /// When it may be gone: unless a person has to answer, the issue is ready again then.
        retry_at: Option<Timestamp>,
    },
    /// The work is beyond the agent: it goes to the lane for that.
    Escalate {
        /// Why, for whoever takes it up.
        reason: String,
    },
}

impl End {
    fn reason(&self) -> EndReason {
        match self {
            Self::Complete(_) => EndReason::Completed,
            Self::Release { .. } => EndReason::Released,
            Self::Block { .. } => EndReason::Blocked,
            Self::Escalate { .. } => EndReason::Escalated,
        }
    }
}

/// Ends the caller's claim. Sent again because the answer was lost, it answers the same.
///
/// `body` is the request as it came: when the claim is lost it is kept as evidence.
///
/// # Errors
/// `claim_lost` with why; [`Refusal::ReasonRequired`] for a block or an escalation without a reason;
/// [`Refusal::Conflict`] when there is no lane to escalate to.
pub async fn end(
    db: &Db,
    held: &Held,
    end: &End,
    body: &Value,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Claim, Option<MutationId>), Error> {
    if let End::Block { reason, .. } | End::Escalate { reason } = end
        && reason.trim().is_empty()
    {
        return Err(Refusal::ReasonRequired.into());
    }
    let (tx, claim) = own(db.begin().await?, held, who).await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok((claim, None));
    }
    match end {
        End::Release { snooze_until: Some(until), .. } => check_snooze("snoozeUntil", claim.now, *until)?,
        End::Block { retry_at: Some(at), .. } => check_snooze("retryAfter", claim.now, *at)?,
        _ => {}
    }
    let (mut issue, mut claim) = locked(&tx, &claim).await?;
    if claim.state == "ended" && claim.fence == held.fence.0 {
        let repeated = claim.end_reason.as_deref() == Some(end.reason().as_str());
        if repeated {
            // What was reported stands; only what was concluded without a report is filled in.
            if let End::Complete(report) = end
                && claim.evidence.as_deref() == Some(BY_PULL_REQUEST)
            {
                write_report(&tx, held.id, report).await?;
            }
            let claim = find(&tx, held.id).await?;
            tx.commit().await?;
            return Ok((claim, None));
        }
        let until = lease_end(claim.now, None)?;
        if revive(&tx, &claim, held, until, Keep::Report, who).await?.is_some() {
            (issue, claim) = locked(&tx, &claim).await?;
        }
    }
    if claim.state != "active" || claim.fence != held.fence.0 {
        let error = lost(&claim, held.fence);
        drop(tx);
        file_stale(db, held, end.reason().as_str(), body).await?;
        return Err(error);
    }
    let concluded = conclude(&tx, &mut issue, &claim, Conclusion::Reported(end), who).await?;
    // Resumed under a new fence at this very moment.
    let Some(nudge) = concluded else { return Err(lost(&find(&tx, held.id).await?, held.fence)) };
    let (claim, ()) = tx
        .commit_after(async { futures::try_join!(find(&tx, held.id), once::remember(&tx, key, held.id)) })
        .await?;
    Ok((claim, nudge))
}

/// Locks a claim's issue, and reads both as they are under the lock.
async fn locked(tx: &Tx, claim: &Claim) -> Result<(Issue, Claim), Error> {
    let id = IssueId(claim.issue_id);
    ingest::lock_issue().bind(tx, &id.0).opt().await?;
    let (issue, claim) = futures::try_join!(Issue::load(tx, id), find(tx, ClaimId(claim.id)))?;
    let issue = issue.ok_or_else(|| Error::Row(format!("claim {} without its issue", claim.id)))?;
    Ok((issue, claim))
}

/// Ends claims whose lease ran out. Answers the writes to nudge.
///
/// # Errors
/// As the database says.
pub async fn expire_due(db: &Db, most: i64, who: &Who<'_>) -> Result<(usize, Vec<MutationId>), Error> {
    let tx = db.read().await?;
    let due = claims::expired_claims().bind(&tx, &most).all().await?;
    tx.commit().await?;
    let (mut ended, mut nudges) = (0, Vec::new());
    for claim in due {
        let tx = db.begin().await?;
        let issue = match Issue::lock(&tx, IssueId(claim.issue_id)).await {
            Ok(Some(issue)) => issue,
            Ok(None) => continue,
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => {
                tracing::error!(claim.id = claim.id, error = ?error, "a claim cannot be expired");
                continue;
            }
        };
        if let Some(nudge) = expire(&tx, issue, who).await? {
            tx.commit().await?;
            nudges.extend(nudge);
            ended += 1;
        }
    }
    Ok((ended, nudges))
}

/// Said of a claim that was completed without its agent's report.
const BY_PULL_REQUEST: &str = "concluded from its pull request";

/// Ends the active claim of a locked issue if its lease has run out. A pull request from the claim's branch says that
/// the work was done and only the report was lost. `None`: its holder was heard of.
async fn expire(tx: &Tx, mut issue: Issue, who: &Who<'_>) -> Result<Option<Option<MutationId>>, Error> {
    let Some(holding) = &issue.claim else { return Ok(None) };
    let (claim, answer) = futures::try_join!(find(tx, holding.id), async {
        Ok(pull_requests::answer_to_claim().bind(tx, &holding.id.0).opt().await?)
    })?;
    match answer {
        Some(answer) => {
            let report = Report {
                pull_request_number: Some(answer.number),
                pull_request_url: Some(answer.url),
                head_sha: Some(answer.head_sha),
                summary: Some("Completed by its pull request: the agent's own report never came.".to_owned()),
                evidence: Some(BY_PULL_REQUEST.to_owned()),
                ..Report::new(Outcome::PrOpened)
            };
            conclude(tx, &mut issue, &claim, Conclusion::Answered(&End::Complete(report)), who).await
        }
        None => conclude(tx, &mut issue, &claim, Conclusion::Expired, who).await,
    }
}

enum Conclusion<'a> {
    /// The holder says so.
    Reported(&'a End),
    /// The lease ran out, and facts say how it ended.
    Answered(&'a End),
    /// The lease ran out, and nothing says more.
    Expired,
}

/// Ends the active claim of a locked issue, moves the issue where that leads, and wants the labels for it.
///
/// Answers the write to nudge. `None`: the claim was not to be ended any more, and nothing was changed.
async fn conclude(
    tx: &Tx,
    issue: &mut Issue,
    claim: &Claim,
    conclusion: Conclusion<'_>,
    who: &Who<'_>,
) -> Result<Option<Option<MutationId>>, Error> {
    let Some(holding) = issue.claim.take() else { return Ok(None) };
    let before = issue.picture();
    let (reason, actor) = match &conclusion {
        Conclusion::Reported(end) | Conclusion::Answered(end) => (end.reason(), Actor::Agent),
        Conclusion::Expired => (EndReason::Expired, Actor::Clock),
    };
    let ended = match &conclusion {
        Conclusion::Reported(_) => {
            claims::end_claim().bind(tx, &reason.as_str(), &holding.id.0, &holding.fence.0).await?
        }
        _ => claims::expire_claim().bind(tx, &reason.as_str(), &holding.id.0).await?,
    };
    if ended == 0 {
        return Ok(None);
    }

    let (work, attempts) = work_of(tx, issue, claim).await?;
    let mut aside = Aside::after(attempts);
    let mut wanted = Desired::new();
    let mut block_until = None;
    let moved = claim.head_sha.is_some() && claim.head_sha != claim.start_head_sha;
    let (to, block, attention) = match conclusion {
        Conclusion::Reported(End::Complete(report)) | Conclusion::Answered(End::Complete(report)) => {
            write_report(tx, holding.id, report).await?;
            let effect = outcome_effect(report.outcome);
            aside.attempts = if effect.progress || moved { 0 } else { aside.attempts + 1 };
            if report.outcome == Outcome::Failed {
                aside.snoozed_until = retry::WORK.next(issue.now, aside.attempts.clamp(1, 2), holding.id.0);
            }
            let block = (effect.status == Status::Blocked).then(|| {
                let why = report.summary.clone().filter(|summary| !summary.trim().is_empty());
                (BlockKind::NeedsInput, why.unwrap_or_else(|| format!("{} needs a decision", claim.agent)))
            });
            // A fix that failed leaves the pull request in review: its issue is not to be implemented again.
            let rests = claim.kind == Kind::Fix.as_str() && report.outcome == Outcome::Failed;
            (if rests { holding.resting } else { effect.status }, block, effect.attention)
        }
        Conclusion::Reported(End::Release { snooze_until, .. })
        | Conclusion::Answered(End::Release { snooze_until, .. }) => {
            aside.snoozed_until = *snooze_until;
            aside.hidden = Some((claim.agent.clone(), issue.now + HIDDEN_AFTER_RELEASE));
            (holding.resting, None, None)
        }
        Conclusion::Reported(End::Block { kind, reason, retry_at })
        | Conclusion::Answered(End::Block { kind, reason, retry_at }) => {
            aside.snoozed_until = *retry_at;
            block_until = retry_at.filter(|_| *kind != BlockKind::NeedsInput);
            let attention = (*kind == BlockKind::NeedsInput).then_some("needs_input");
            (Status::Blocked, Some((*kind, reason.clone())), attention)
        }
        Conclusion::Reported(End::Escalate { reason }) | Conclusion::Answered(End::Escalate { reason }) => {
            wanted.extend(escalate(tx, issue, reason, who).await?);
            // Whoever takes it up has attempts of its own.
            aside.attempts = 0;
            aside.hidden = Some((claim.agent.clone(), issue.now + HIDDEN_AFTER_RELEASE));
            (holding.resting, None, None)
        }
        Conclusion::Expired => {
            aside.attempts = if moved { 0 } else { aside.attempts + 1 };
            (holding.resting, None, None)
        }
    };
    // A person who moved the issue meanwhile has decided; the claim ends all the same.
    let moves = issue.state.status == Status::InProgress;
    if moves {
        transition(actor, issue.state.status, to)?;
        issue.set_status(to, block);
        issue.state.block_until = block_until;
        wanted.extend(want_status(to));
    }
    issue.state.attention = attention.map(str::to_owned).or(issue.state.attention.take());
    // The label stands for a live claim; a reservation that a person made stays.
    if let Some(projected) = &holding.projected_agent
        && issue.state.agent.as_ref() == Some(projected)
    {
        issue.state.agent = None;
        wanted.insert(Namespace::Agent, None);
    }
    let report = match &conclusion {
        Conclusion::Reported(End::Complete(report)) | Conclusion::Answered(End::Complete(report)) => {
            Some(report)
        }
        _ => None,
    };
    let outcome = report.map(|report| report.outcome.as_str());
    let notes = match &conclusion {
        Conclusion::Reported(End::Release { reason: Some(reason), .. } | End::Escalate { reason }) => {
            Some(reason.as_str())
        }
        _ => outcome,
    };
    let summary = report.map_or(&claim.summary, |report| &report.summary).as_deref();
    let mut audit = issue
        .audit(who, "claim.ended")
        .change(before, json!({ "claim": claim.id.to_string(), "reason": reason.as_str(), "outcome": outcome, "status": issue.state.status, "agent": issue.state.agent }));
    if let Some(notes) = notes {
        audit = audit.notes(notes);
    }
    let now = issue.now;
    let ((), nudge, _, ()) = futures::try_join!(
        aside.save(tx, work),
        issue.decide(tx, wanted, Origin::Claim, who),
        async {
            let run = claims::record_run();
            Ok(run.bind(tx, &outcome.unwrap_or(reason.as_str()), &Some(now), &summary, &holding.id.0).await?)
        },
        audit.write(tx),
    )?;
    // People who are not at the board are asked where they are.
    if moves && let Some((BlockKind::NeedsInput, question)) = &issue.state.block {
        comment::ask(tx, issue, holding.id, &holding.agent, question, who).await?;
    }
    if let Some(report) = report {
        pulls::reported(tx, claim, issue.repository_id, report).await?;
    }
    Ok(Some(nudge))
}

/// Puts work into the lane for what is beyond an agent.
async fn escalate(tx: &Tx, issue: &mut Issue, reason: &str, who: &Who<'_>) -> Result<Desired, Error> {
    let Some(lane) = lanes::with_role(tx, LaneRole::Escalation).await? else {
        let message = "No lane has the role escalation: an operator has to give it to one. Block the work, or release it.";
        return Err(Refusal::Conflict(message.to_owned()).into());
    };
    if issue.state.lane == lane {
        let message =
            format!("It is in lane {lane} already, beyond which there is none. Block it with needs_input.");
        return Err(Refusal::Conflict(message).into());
    }
    let classification = Classification { reason: Some(reason.to_owned()), ..Classification::of(lane) };
    classify(tx, issue, &classification, who).await
}

/// What becomes of the work besides its status.
#[derive(Default)]
pub(super) struct Aside {
    attempts: i32,
    snoozed_until: Option<Timestamp>,
    hidden: Option<(String, Timestamp)>,
}

impl Aside {
    /// Nothing holds the work back but so many fruitless attempts.
    pub(super) fn after(attempts: i32) -> Self {
        Self { attempts, ..Self::default() }
    }

    pub(super) async fn save(self, tx: &Tx, work: i64) -> Result<(), Error> {
        let (agent, until) = self.hidden.unzip();
        claims::set_aside_work()
            .bind(
                tx,
                &self.attempts,
                &self.snoozed_until,
                &agent,
                &until,
                &(self.attempts >= ATTEMPTS),
                &work,
            )
            .await?;
        Ok(())
    }
}

/// The work that a claim is on, and the fruitless attempts at it so far.
pub(super) async fn work_of(tx: &Tx, issue: &Issue, claim: &Claim) -> Result<(i64, i32), Error> {
    match issue.work().filter(|(work, _)| work.0 == claim.work_id) {
        Some((work, attempts)) => Ok((work.0, attempts)),
        None => Ok((claim.work_id, claims::attempts_at_work().bind(tx, &claim.work_id).one().await?)),
    }
}

async fn write_report(tx: &Tx, id: ClaimId, report: &Report) -> Result<(), Error> {
    claims::write_outcome()
        .bind(
            tx,
            &Some(report.outcome.as_str()),
            &report.pull_request_number,
            &report.pull_request_url,
            &report.head_sha,
            &report.summary,
            &report.evidence,
            &report.model,
            &report.tokens_in,
            &report.tokens_out,
            &report.cost_usd,
            &id.0,
        )
        .await?;
    Ok(())
}
