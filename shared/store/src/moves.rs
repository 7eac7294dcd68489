//! An operator's move of a card.

use dispatch_domain::claim::BlockKind;
use dispatch_domain::fact::claim_end;
use dispatch_domain::ids::{IssueId, MutationId};
use dispatch_domain::intent::want_status;
use dispatch_domain::label::Namespace;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::{Actor, Status, transition};
use dispatch_queries::queries::claims;

use crate::audit::Who;
use crate::db::Db;
use crate::error::Error;
use crate::issue::{Issue, Origin, word};
use crate::once::{self, Key};

/// Moves an issue. Answers the write to nudge; `None` when it stands there already.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::IssueClosed`], [`Refusal::TransitionRefused`] or [`Refusal::ReasonRequired`].
pub async fn move_issue(
    db: &Db,
    id: IssueId,
    to: Status,
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
    let from = issue.state.status;
    if from == to {
        // A person who wants it worked on again, although something holds it back.
        if to == Status::Ready {
            claims::lift_work().bind(&tx, &id.0).await?;
            once::remember(&tx, key, "").await?;
            tx.commit().await?;
        }
        return Ok(None);
    }
    transition(Actor::Operator, from, to)?;
    if issue.state.closed {
        return Err(Refusal::IssueClosed(issue.reference()).into());
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let block = match (to, reason) {
        (Status::Blocked, None) => return Err(Refusal::ReasonRequired.into()),
        (Status::Blocked, Some(reason)) => Some((BlockKind::NeedsInput, reason.to_owned())),
        _ => None,
    };
    let (before, standing) = (issue.picture(), issue.standing());
    issue.set_status(to, block);
    let mut wanted = want_status(to);
    if let Some(claim) = issue.claim.clone()
        && let Some(end) = claim_end(&claim.agent, &standing, &issue.standing())
    {
        issue.end_claim(&tx, end, reason, who).await?;
        if claim.projected_agent.is_some() && issue.state.agent == claim.projected_agent {
            issue.state.agent = None;
            wanted.insert(Namespace::Agent, None);
        }
    }
    // A person who makes it ready wants it worked on: what held it back before is forgiven.
    if to == Status::Ready {
        claims::lift_work().bind(&tx, &id.0).await?;
    }
    let nudge = issue.decide(&tx, wanted, Origin::Move, who).await?;
    let mut audit = issue.audit(who, "issue.moved").change(before, issue.picture());
    if let Some(reason) = reason {
        audit = audit.notes(reason);
    }
    audit.write(&tx).await?;
    once::remember(&tx, key, nudge.map_or_else(String::new, |id| id.to_string())).await?;
    tx.commit().await?;
    Ok(nudge)
}
