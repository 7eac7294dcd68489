//! Taking a claim up again that only the clock had ended.

use dispatch_domain::claim::EndReason;
use dispatch_domain::gate::{Asker, going_on};
use dispatch_domain::ids::{ClaimId, Fence, IssueId, MutationId};
use dispatch_domain::intent::want_status;
use dispatch_domain::label::Namespace;
use dispatch_domain::status::Status;
use dispatch_queries::queries::claims;
use jiff::Timestamp;
use serde_json::json;

use super::finish::{Aside, work_of};
use super::rules::{self, Rules};
use super::{Claim, Held};
use crate::audit::Who;
use crate::db::Tx;
use crate::error::Error;
use crate::issue::{Issue, Origin};

/// What a claim is taken up again for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// To go on with the work.
    Lease,
    /// To report how it ended: it is over before anybody sees it.
    Report,
}

/// Takes a claim up again that only the clock had ended, while nobody else had the work and nobody decided otherwise
/// (see [`going_on`]). Answers the write to nudge; `None`: it is lost.
pub(super) async fn revive(
    tx: &Tx,
    claim: &Claim,
    held: &Held,
    until: Timestamp,
    keep: Keep,
    who: &Who<'_>,
) -> Result<Option<Option<MutationId>>, Error> {
    if claim.end_reason.as_deref() != Some(EndReason::Expired.as_str()) || claim.fence != held.fence.0 {
        return Ok(None);
    }
    let Some(mut issue) = Issue::lock(tx, IssueId(claim.issue_id)).await? else { return Ok(None) };
    let rows = claims::candidates_of_issues().bind(tx, &[claim.issue_id].as_slice()).all().await?;
    let Some(row) = rows.iter().find(|row| row.work_id == claim.work_id) else { return Ok(None) };
    let candidate = match keep {
        // It holds again from here on, and limits hold for it too.
        Keep::Lease => {
            let limits = Rules::read(tx, Some(&held.agent)).await?.candidate(row)?.limits;
            rules::lock(tx, &limits, row, &held.agent).await?.candidate(row)?
        }
        Keep::Report => Rules::default().candidate(row)?,
    };
    if going_on(&candidate, &Asker::anything(held.agent.clone()), row.now).is_some() {
        return Ok(None);
    }
    if claims::revive_claim().bind(tx, &until, &held.id.0, &held.fence.0).await? == 0 {
        return Ok(None);
    }
    let before = issue.picture();
    let (work, attempts) = work_of(tx, &issue, claim).await?;
    // The attempt goes on: it does not count as fruitless yet.
    Aside::after((attempts - 1).max(0)).save(tx, work).await?;
    issue.set_status(Status::InProgress, None);
    issue.state.agent = Some(held.agent.clone());
    let mut wanted = want_status(Status::InProgress);
    wanted.insert(Namespace::Agent, Some(held.agent.to_string()));
    let nudge = issue.decide(tx, wanted, Origin::Claim, who).await?;
    claims::record_run().bind(tx, &"running", &None, &None::<&str>, &claim.id).await?;
    issue
        .audit(who, "claim.revived")
        .change(before, json!({ "claim": ClaimId(claim.id), "fence": Fence(claim.fence) }))
        .write(tx)
        .await?;
    Ok(Some(nudge))
}
