//! Takes in what GitHub says about issues: from a webhook, from sync and from the writer's own reads.

pub(crate) mod number;

use dispatch_domain::claim::EndReason;
use dispatch_domain::event::Moved;
use dispatch_domain::fact::claim_end;
use dispatch_domain::ids::{IssueId, MutationId};
use dispatch_domain::intent::{Desired, Verdict, same_label, want_status};
use dispatch_domain::label::Namespace;
use dispatch_domain::snapshot::{Freshness, IssueSnapshot, Source, freshness};
use dispatch_domain::status::Status;
use dispatch_queries::queries::{ingest, outbox, pull_requests, repositories, sync};
use serde_json::json;

use crate::audit::Who;
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;
use crate::issue::{Holding, Issue, Origin, to_json};
use crate::lanes::{self, Classification};
use crate::pulls::follow_up;

/// Where a snapshot comes from.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// A webhook told it.
    Delivery,
    /// We read it.
    Read {
        /// What was known of the issue when the read began, if it was asked for by itself. A list tells no such thing.
        known: Option<Known>,
        /// Sync found it: a difference is drift, unless the repository was never synced before.
        drift: bool,
        /// Whom to name when the status became blocked.
        by: &'a str,
    },
}

/// What was known of an issue before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The doubts that the read settles.
    pub reread: i32,
    /// The version of the cached facts. If they changed since, the read may be the older of the two, and decides no
    /// tie.
    pub version: i32,
}

impl Seen<'_> {
    fn source(self, version: i32) -> Source {
        match self {
            Self::Read { known: Some(known), .. } if known.version == version => Source::Read,
            _ => Source::Delivery,
        }
    }
}

/// What is younger than that when sync finds it may still be told by a webhook on its way ("can take a few minutes",
/// GitHub's documentation, "Troubleshooting webhooks"; most take seconds).
const WEBHOOKS_MAY_TAKE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

/// What taking a snapshot in led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ingested {
    /// How the snapshot compared with the cache.
    pub freshness: Freshness,
    /// A write that is wanted now: nudge the writer.
    pub nudge: Option<MutationId>,
    /// What others wait for changed: [`dependencies::settle`] after the commit.
    pub(crate) unsettled: bool,
}

/// Takes in an issue that we read ourselves, in a transaction of its own.
///
/// # Errors
/// As the database says.
pub async fn issue(
    db: &Db,
    repository_id: i64,
    snapshot: &IssueSnapshot,
    seen: Seen<'_>,
    who: &Who<'_>,
) -> Result<Ingested, Error> {
    let ingested = match read(db, repository_id, snapshot, seen, who).await {
        Err(Error::NumberTaken) => {
            number::displace(db, repository_id, snapshot, who).await?;
            read(db, repository_id, snapshot, seen, who).await?
        }
        done => done?,
    };
    if ingested.unsettled {
        dependencies::settle(db).await?;
    }
    Ok(ingested)
}

async fn read(
    db: &Db,
    repository_id: i64,
    snapshot: &IssueSnapshot,
    seen: Seen<'_>,
    who: &Who<'_>,
) -> Result<Ingested, Error> {
    let tx = db.begin().await?;
    let (ingested, _) = take_in(&tx, repository_id, snapshot, seen, None, who).await?;
    tx.commit().await?;
    Ok(ingested)
}

/// An issue is no longer there: deleted, or moved to another repository.
///
/// # Errors
/// As the database says.
pub async fn issue_gone(db: &Db, id: IssueId, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    let unsettled = gone(&tx, id, None, who).await?;
    tx.commit().await?;
    if unsettled { dependencies::settle(db).await } else { Ok(()) }
}

/// A read has shown an issue, whatever it said.
///
/// # Errors
/// As the database says.
pub async fn touched(db: &Db, id: IssueId) -> Result<(), Error> {
    let tx = db.begin().await?;
    ingest::touch_issue().bind(&tx, &id.0).await?;
    tx.commit().await
}

/// What is known of an issue, for a read that begins now.
pub(crate) async fn known(tx: &Tx, id: IssueId) -> Result<Known, Error> {
    let row = ingest::known_of_issue().bind(tx, &id.0).one().await?;
    Ok(Known { reread: row.reread_wanted, version: row.version })
}

/// Something tells that only a read can say how an issue stands.
///
/// # Errors
/// As the database says.
pub async fn want_reread(db: &Db, id: IssueId) -> Result<(), Error> {
    let tx = db.begin().await?;
    ingest::want_reread().bind(&tx, &id.0).await?;
    tx.commit().await
}

/// The journey of a snapshot: lock, compare, derive, settle intents, end claims, save, audit.
///
/// `lease` is the mutation that the caller has leased: nobody else may settle it while its writer may be writing.
pub(crate) async fn take_in(
    tx: &Tx,
    repository_id: i64,
    snapshot: &IssueSnapshot,
    seen: Seen<'_>,
    lease: Option<MutationId>,
    who: &Who<'_>,
) -> Result<(Ingested, Issue), Error> {
    ingest::ensure_issue().bind(tx, &snapshot.id.0, &snapshot.number, &repository_id).await?;
    let mut issue = Issue::lock(tx, snapshot.id).await?.ok_or(Error::NumberTaken)?;
    let new = issue.facts.github_updated_at == jiff::Timestamp::UNIX_EPOCH;
    let source = seen.source(issue.facts.version);
    let fresh = match issue.state.gone && !new {
        // A late delivery, or a list from before, must not bring the dead back: only a read of it can.
        true if source == Source::Read => Freshness::Newer,
        true => Freshness::Tie,
        false => {
            let cached = (!new).then_some(issue.facts.github_updated_at);
            freshness(cached, snapshot.updated_at, same_facts(&issue, snapshot), source)
        }
    };
    if matches!(seen, Seen::Read { .. }) && fresh != Freshness::Newer {
        ingest::touch_issue().bind(tx, &issue.id.0).await?;
    }
    match fresh {
        Freshness::Older => return Ok((Ingested { freshness: fresh, nudge: None, unsettled: false }, issue)),
        Freshness::Tie => {
            ingest::want_reread().bind(tx, &issue.id.0).await?;
            return Ok((Ingested { freshness: fresh, nudge: None, unsettled: false }, issue));
        }
        Freshness::Newer | Freshness::Same => {}
    }
    relabelled(tx, &issue, snapshot, seen).await?;

    let before = (issue.picture(), issue.standing(), issue.state.clone());
    let mut unsettled = false;
    let mut linked = Vec::new();
    let previous_labels = std::mem::replace(&mut issue.facts.labels, snapshot.labels.clone());
    if fresh == Freshness::Newer {
        write_facts(tx, repository_id, snapshot).await?;
        if new || issue.facts.body != snapshot.body {
            unsettled = dependencies::read_body(tx, issue.id, &issue.repository, &snapshot.body).await?;
        }
        if new {
            let reference = issue.reference().to_ascii_lowercase();
            linked = pull_requests::link_pull_requests()
                .bind(tx, &issue.id.0, &repository_id, &snapshot.number, &reference)
                .all()
                .await?;
        }
        let changed = !new && !same_labels(&previous_labels, &snapshot.labels);
        if let Seen::Read { drift: true, .. } = seen
            && issue.now.duration_since(snapshot.updated_at) > WEBHOOKS_MAY_TAKE
        {
            record_drift(tx, &issue, snapshot, new, changed, &before.0).await?;
        }
    }
    if let Seen::Read { known: Some(known), .. } = seen {
        ingest::settle_reread().bind(tx, &known.reread, &issue.id.0).await?;
    }

    let reopened = !new && issue.state.closed && !snapshot.closed;
    issue.state.closed = snapshot.closed;
    issue.state.gone = false;
    issue.facts.github_created_at = snapshot.created_at;
    issue.repository_id = repository_id;

    if issue.state.closed {
        issue.settle(tx, "superseded", Some("the issue was closed")).await?;
    } else {
        observe_intent(tx, &mut issue, lease).await?;
    }
    let blocked_by = match seen {
        Seen::Delivery => format!("set on GitHub by {}", who.name),
        Seen::Read { by, .. } => by.to_owned(),
    };
    issue.derive(&previous_labels, &blocked_by);

    let mut ended = None;
    if let Some(claim) = issue.claim.clone()
        && let Some(reason) = claim_end(&claim.agent, &before.1, &issue.standing())
    {
        issue.end_claim(tx, reason, None, who).await?;
        ended = Some((claim, reason));
    }
    let nudge = repair(tx, &mut issue, reopened, ended, who).await?;
    if new || fresh == Freshness::Newer || issue.state != before.2 {
        unsettled |= issue.save(tx).await?;
    }
    for pull_request in linked {
        follow_up::offer(tx, pull_request).await?;
    }
    if !new && issue.state.lane != before.2.lane {
        lanes::record(tx, issue.id, &before.2.lane, &Classification::of(issue.state.lane.clone()), who)
            .await?;
    }
    if new || issue.standing() != before.1 {
        let action = if new { "issue.seen" } else { "issue.changed" };
        issue.audit(who, action).change(before.0, issue.picture()).write(tx).await?;
    }
    Ok((Ingested { freshness: fresh, nudge, unsettled }, issue))
}

/// Marks an issue as gone: its claim ends, its writes are pointless. Answers whether others waited for it.
pub(crate) async fn gone(
    tx: &Tx,
    id: IssueId,
    moved_to: Option<&Moved>,
    who: &Who<'_>,
) -> Result<bool, Error> {
    let Some(mut issue) = Issue::lock(tx, id).await? else { return Ok(false) };
    ingest::issue_gone().bind(tx, &id.0).await?;
    if issue.state.gone {
        return Ok(false);
    }
    let before = issue.standing();
    issue.state.gone = true;
    issue.settle(tx, "superseded", Some("the issue is gone")).await?;
    if let Some(claim) = issue.claim.clone()
        && let Some(reason) = claim_end(&claim.agent, &before, &issue.standing())
    {
        issue.end_claim(tx, reason, None, who).await?;
    }
    let unsettled = issue.save(tx).await?;
    let after = match moved_to {
        Some(to) => {
            json!({ "gone": true, "movedTo": format!("{}#{}", to.repository, to.number), "issueId": to.id.to_string() })
        }
        None => json!({ "gone": true }),
    };
    issue.audit(who, "issue.gone").change(issue.picture(), after).write(tx).await?;
    Ok(unsettled)
}

/// The three-way rule, applied to the unfinished mutation: done, to be written, or overtaken by people.
///
/// While a writer has it, somebody else's observation narrows it at most: the writer may be about to write what it
/// planned a moment ago, and reads again afterwards.
async fn observe_intent(tx: &Tx, issue: &mut Issue, lease: Option<MutationId>) -> Result<(), Error> {
    let Some(pending) = &mut issue.mutation else { return Ok(()) };
    let (verdict, overtaken) = pending.intent.observe(&issue.facts.labels);
    let busy = pending.leased && lease != Some(pending.id);
    match verdict {
        Verdict::Done if busy => Ok(()),
        Verdict::Superseded if busy && overtaken.is_empty() => Ok(()),
        Verdict::Superseded if busy => {
            let (intent, id) = (to_json(&pending.intent), pending.id.0);
            outbox::narrow_mutation().bind(tx, &intent, &id).await?;
            Ok(())
        }
        Verdict::Done => issue.settle(tx, "applied", None).await,
        Verdict::Superseded => {
            issue.settle(tx, "superseded", Some("a person decided otherwise on GitHub")).await
        }
        Verdict::Pending if !overtaken.is_empty() => {
            let (intent, id) = (to_json(&pending.intent), pending.id.0);
            outbox::narrow_mutation().bind(tx, &intent, &id).await?;
            Ok(())
        }
        Verdict::Pending => Ok(()),
    }
}

/// Tidies labels that cannot stay: several statuses, done on a reopened issue, the agent label of a claim that ended.
async fn repair(
    tx: &Tx,
    issue: &mut Issue,
    reopened: bool,
    ended: Option<(Holding, EndReason)>,
    who: &Who<'_>,
) -> Result<Option<MutationId>, Error> {
    if issue.state.closed {
        return Ok(None);
    }
    let mut wanted = Desired::new();
    let held: Vec<Namespace> =
        issue.held_intent().map(|intent| intent.desired.keys().copied().collect()).unwrap_or_default();
    let touches = |space| held.contains(&space);
    let statuses = Namespace::Status.values(&issue.facts.labels);
    if !touches(Namespace::Status) {
        if reopened && issue.state.status == Status::Done {
            wanted.insert(Namespace::Status, None);
        } else if statuses.len() > 1 && statuses.contains(issue.state.status.as_str()) {
            wanted.extend(want_status(issue.state.status));
        }
    }
    // Work given to another agent has to be claimable by it: the status that the claim had put there goes back.
    if let Some((claim, EndReason::Reassigned)) = &ended
        && issue.state.status == Status::InProgress
    {
        issue.set_status(claim.resting, None);
        wanted.extend(want_status(claim.resting));
    }
    // The claim was ended by this observation: the label it had put there, or was about to, goes with it.
    if let Some(projected) = ended.and_then(|(claim, _)| claim.projected_agent) {
        let shown = Namespace::Agent.values(&issue.facts.labels).contains(projected.as_str());
        if shown || touches(Namespace::Agent) {
            issue.state.agent.take_if(|agent| *agent == projected);
            wanted.insert(Namespace::Agent, issue.state.agent.as_ref().map(ToString::to_string));
        }
    }
    // Closed issues are not written, so the label of a claim that ended with the closing is still there. It says who
    // worked on it, and not for whom it is meant.
    if reopened
        && issue.claim.is_none()
        && !touches(Namespace::Agent)
        && let Some(agent) = &issue.state.agent
        && ingest::last_projected_agent().bind(tx, &issue.id.0).opt().await?.flatten().as_deref()
            == Some(agent.as_str())
    {
        issue.state.agent = None;
        wanted.insert(Namespace::Agent, None);
    }
    if wanted.is_empty() {
        return Ok(None);
    }
    if wanted.get(&Namespace::Status) == Some(&None) {
        issue.set_status(issue.unlabelled(), None);
    }
    issue.desire(tx, wanted, Origin::Repair, who).await
}

/// A label that was renamed or deleted since the delivery was sent, which only a read tells: the issue has no newer
/// version for it. What a read shows is there.
async fn relabelled(tx: &Tx, issue: &Issue, snapshot: &IssueSnapshot, seen: Seen<'_>) -> Result<(), Error> {
    if !snapshot.labels.iter().any(|label| issue.facts.labels_gone.contains(&label.to_lowercase())) {
        return Ok(());
    }
    match seen {
        Seen::Delivery => ingest::want_reread().bind(tx, &issue.id.0).await?,
        Seen::Read { .. } => {
            repositories::labels_are_back().bind(tx, &snapshot.labels, &issue.repository_id).await?
        }
    };
    Ok(())
}

async fn write_facts(tx: &Tx, repository_id: i64, s: &IssueSnapshot) -> Result<(), Error> {
    ingest::write_issue_facts()
        .bind(
            tx,
            &repository_id,
            &s.number,
            &s.title,
            &s.body,
            &s.closed,
            &s.state_reason,
            &s.url,
            &s.author,
            &s.author_association,
            &s.assignees,
            &s.comments,
            &s.labels,
            &s.created_at,
            &s.updated_at,
            &s.closed_at,
            &false,
            &s.id.0,
        )
        .await?;
    Ok(())
}

async fn record_drift(
    tx: &Tx,
    issue: &Issue,
    snapshot: &IssueSnapshot,
    new: bool,
    labels: bool,
    before: &serde_json::Value,
) -> Result<(), Error> {
    let what = match () {
        () if new => "unknown issue",
        () if issue.state.closed != snapshot.closed => "state",
        () if labels => "labels",
        () => "content",
    };
    let after =
        json!({ "labels": snapshot.labels, "closed": snapshot.closed, "updatedAt": snapshot.updated_at });
    sync::record_drift()
        .bind(
            tx,
            &issue.repository_id,
            &issue.id.0,
            &what,
            &Some(before.clone()),
            &Some(after),
            &snapshot.updated_at,
        )
        .await?;
    Ok(())
}

fn same_facts(issue: &Issue, snapshot: &IssueSnapshot) -> bool {
    let cached = &issue.facts;
    cached.title == snapshot.title
        && cached.body == snapshot.body
        && cached.closed == snapshot.closed
        && cached.state_reason == snapshot.state_reason
        && cached.comments == snapshot.comments
        && same_set(&cached.assignees, &snapshot.assignees)
        && same_labels(&cached.labels, &snapshot.labels)
        && cached.number == snapshot.number
}

fn same_labels(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.iter().any(|other| same_label(one, other)))
}

fn same_set(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.contains(one))
}
