//! Claims: who holds which piece of work, under which fence, until when.
//!
//! [`grant`] hands work out, [`lease`] keeps it, [`finish`] ends it, [`explain`] says of any issue what the decision
//! would be, and [`wait`] bounds the number of those who wait for work. The lock is a partial unique index; every write
//! says `id AND fence AND state = 'active'`, and zero rows mean that the claim is lost.

pub mod explain;
pub mod finish;
pub mod grant;
pub mod lease;
pub mod nothing;
mod revive;
pub(crate) mod rules;
mod search;
pub mod wait;

use dispatch_domain::claim::EndReason;
use dispatch_domain::ids::{AgentName, ClaimId, Fence, IssueId, RepoName};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::work::Kind;
use dispatch_queries::queries::{claims, follow_ups, ingest, pull_requests};
use serde_json::Value;

pub use dispatch_queries::queries::claims::{CandidateRow, ClaimRow as Claim};
pub use dispatch_queries::queries::follow_ups::EvidenceOfIssue as Evidence;
pub(crate) use dispatch_queries::queries::follow_ups::FixTarget;
pub use dispatch_queries::queries::pull_requests::PullRequestsOfIssues as LinkedPullRequest;

use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::word;
pub use crate::once::Key;
use crate::trust::Shown;

/// A claim as its holder names it. Anything but the active claim's own agent and fence changes nothing.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which claim.
    pub id: ClaimId,
    /// Which hand-out of it.
    pub fence: Fence,
    /// Who calls.
    pub agent: AgentName,
}

/// One claim, active or ended.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn by_id(db: &Db, id: ClaimId) -> Result<Claim, Error> {
    let tx = db.read().await?;
    let claim = find(&tx, id).await?;
    tx.commit().await?;
    Ok(claim)
}

/// The newest claims, of one agent, in one state (`active`, `ended`) and older than one of them, where asked for.
///
/// # Errors
/// As the database says.
pub async fn list(
    db: &Db,
    agent: Option<&AgentName>,
    state: Option<&str>,
    before: Option<ClaimId>,
    most: i64,
) -> Result<Vec<Claim>, Error> {
    let tx = db.read().await?;
    let agent = agent.map_or("", |agent| agent.as_str());
    let before = before.map_or(i64::MAX, |claim| claim.0);
    let claims =
        claims::claims_of_agent().bind(&tx, &agent, &state.unwrap_or(""), &before, &most).all().await?;
    tx.commit().await?;
    Ok(claims)
}

pub(crate) async fn find(tx: &Tx, id: ClaimId) -> Result<Claim, Error> {
    claims::claim_by_id().bind(tx, &id.0).opt().await?.ok_or_else(|| Refusal::not_found("claim", id).into())
}

/// Finds the claim and makes sure that it is the caller's own. Trying another agent's goes on record.
async fn own(tx: Tx, held: &Held, who: &Who<'_>) -> Result<(Tx, Claim), Error> {
    let claim = find(&tx, held.id).await?;
    if claim.agent == held.agent.as_str() {
        return Ok((tx, claim));
    }
    let why = format!("Claim {} belongs to another agent.", held.id);
    let repository = RepoName::new(&claim.owner, &claim.name)?;
    Audit::new(who, "claim.refused")
        .about(&repository, claim.number, IssueId(claim.issue_id))
        .notes(format!("agent {}, claim {} of agent {}", held.agent, held.id, claim.agent))
        .failed(why.as_str())
        .write(&tx)
        .await?;
    tx.commit().await?;
    Err(Refusal::Forbidden(why).into())
}

/// Why a write under this fence changed nothing.
fn lost(claim: &Claim, fence: Fence) -> Error {
    if claim.fence != fence.0 {
        return Refusal::claim_lost(
            "fence_stale",
            "This claim was handed out again under a new fence. Stop, and claim again.",
        )
        .into();
    }
    let reason = claim.end_reason.as_deref().unwrap_or("ended");
    let sentence = word::<EndReason>(reason).map_or("This claim has ended.", EndReason::sentence);
    let message = match (&claim.ended_by, &claim.end_note) {
        (Some(by), Some(note)) => format!("{sentence} {by} says: {note}"),
        _ => sentence.to_owned(),
    };
    Refusal::claim_lost(reason, message).into()
}

/// Keeps a report that came too late, as evidence of what the agent did.
async fn file_stale(db: &Db, held: &Held, verb: &'static str, body: &Value) -> Result<(), Error> {
    let tx = db.begin().await?;
    claims::file_stale_report().bind(&tx, &held.id.0, &held.fence.0, &verb, body).await?;
    tx.commit().await
}

/// Everything an agent needs to begin, or to go on where somebody else stopped.
#[derive(Debug, Clone)]
pub struct Briefing {
    /// The claim.
    pub claim: Claim,
    /// The issue, with its body.
    pub issue: ingest::IssueRow,
    /// The pull request to follow up on, for a fix.
    pub target: Option<i32>,
    /// What else there is to know.
    pub background: Background,
    /// The claim was the agent's own already.
    pub resumed: bool,
}

/// As many earlier attempts as a briefing tells of.
const PREVIOUS_ATTEMPTS: i64 = 5;

/// As many facts as a briefing tells of; the rest follows when these are answered.
const EVIDENCE: i64 = 100;

impl Briefing {
    /// Reads the briefing of a claim that was made before.
    async fn read(tx: &Tx, id: ClaimId, issue: IssueId, resumed: bool) -> Result<Self, Error> {
        let (claim, mut issue) = futures::try_join!(find(tx, id), async {
            Ok(ingest::load_issue().bind(tx, &issue.0).one().await?)
        })?;
        let (id, there) = (IssueId(issue.id), There::of(&issue));
        let author = issue.author_association.as_deref();
        let (background, shown, target) = futures::try_join!(
            Background::read(tx, id, ClaimId(claim.id), there),
            Shown::read(tx, id, author),
            fix_target(tx, &claim.kind, claim.work_id),
        )?;
        let target = target.map(|target| target.number);
        if let Some(shown) = shown {
            shown.replace(&mut issue);
        }
        Ok(Self { claim, issue, target, background, resumed })
    }
}

/// The pull request that a fix is to follow up on.
pub(crate) async fn fix_target(tx: &Tx, kind: &str, work_id: i64) -> Result<Option<FixTarget>, Error> {
    match word(kind)? {
        Kind::Fix => Ok(follow_ups::fix_target().bind(tx, &work_id).opt().await?),
        Kind::Implement => Ok(None),
    }
}

/// What there is to read beside a claim and its issue. What is not there is not asked for.
#[derive(Clone, Copy)]
struct There {
    pull_requests: bool,
    claims: bool,
}

impl There {
    fn of(issue: &ingest::IssueRow) -> Self {
        Self { pull_requests: issue.has_pull_requests, claims: issue.has_claims }
    }
}

/// What a briefing tells beside the claim and its issue.
#[derive(Debug, Clone, Default)]
pub struct Background {
    /// Pull requests that are linked to the issue.
    pub pull_requests: Vec<LinkedPullRequest>,
    /// What they need a fix for.
    pub evidence: Vec<Evidence>,
    /// Earlier attempts, newest first.
    pub previous: Vec<Claim>,
}

impl Background {
    /// Reads it. What does not depend on each other travels together.
    async fn read(tx: &Tx, issue: IssueId, except: ClaimId, there: There) -> Result<Self, Error> {
        let (pull_requests, previous) = futures::try_join!(
            async {
                match there.pull_requests {
                    true => linked(tx, &[issue]).await,
                    false => Ok(Vec::new()),
                }
            },
            async {
                let attempts = claims::attempts_of_issue();
                match there.claims {
                    true => Ok(attempts.bind(tx, &issue.0, &except.0, &PREVIOUS_ATTEMPTS).all().await?),
                    false => Ok(Vec::new()),
                }
            },
        )?;
        let evidence = match pull_requests.iter().any(|pull_request| pull_request.evidence > 0) {
            true => follow_ups::evidence_of_issue().bind(tx, &issue.0, &EVIDENCE).all().await?,
            false => Vec::new(),
        };
        Ok(Self { pull_requests, evidence, previous })
    }
}

/// Pull requests linked to issues, ordered by issue.
pub(crate) async fn linked(tx: &Tx, issues: &[IssueId]) -> Result<Vec<LinkedPullRequest>, Error> {
    let ids: Vec<i64> = issues.iter().map(|id| id.0).collect();
    Ok(pull_requests::pull_requests_of_issues().bind(tx, &ids).all().await?)
}
