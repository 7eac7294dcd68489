//! One issue under its lock: what is cached, who holds it, what is still to be written, and how all that is saved.
//!
//! Everything that happens to an issue happens while its row is locked, so that the journeys (webhook, claim, move,
//! write, sync) can be read one at a time.

pub(crate) mod save;

use dispatch_domain::claim::{BlockKind, EndReason};
use dispatch_domain::fact::Standing;
use dispatch_domain::ids::{
    AgentName, ClaimId, Fence, IssueId, LaneName, MutationId, RepoName, Slug, WorkId,
};
use dispatch_domain::intent::{Desired, Intent};
use dispatch_domain::label::{self, Namespace};
use dispatch_domain::status::Status;
use dispatch_queries::queries::{claims, ingest, outbox};
use jiff::Timestamp;
use serde_json::json;

use crate::audit::{Audit, Who};
use crate::db::Tx;
use crate::error::Error;

/// An issue and what hangs on it, locked.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) now: Timestamp,
    pub(crate) id: IssueId,
    pub(crate) repository_id: i64,
    pub(crate) repository: RepoName,
    pub(crate) number: i32,
    /// GitHub's facts; `labels` and `updated_at` as cached.
    pub(crate) facts: ingest::IssueRow,
    pub(crate) state: State,
    pub(crate) claim: Option<Holding>,
    pub(crate) mutation: Option<Pending>,
    /// Where work stands that no label puts anywhere else.
    pub(crate) default_lane: LaneName,
    /// Labels that a write of ours, overtaken by people a moment ago, may still put there.
    late: Vec<String>,
    work: Option<Work>,
}

/// What the domain read from an issue, with Dispatch's own unfinished intents counted as done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct State {
    pub(crate) closed: bool,
    pub(crate) gone: bool,
    pub(crate) status: Status,
    pub(crate) priority: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) agent: Option<AgentName>,
    pub(crate) lane: LaneName,
    pub(crate) problems: Vec<String>,
    pub(crate) block: Option<(BlockKind, String)>,
    /// The block is over by then, as its agent said.
    pub(crate) block_until: Option<Timestamp>,
    pub(crate) attention: Option<String>,
}

impl State {
    /// The labels that count, as far as they are there.
    fn counted(&self) -> Vec<String> {
        let values = [
            (Namespace::Status, Some(self.status.as_str())),
            (Namespace::Priority, self.priority.as_deref()),
            (Namespace::Type, self.kind.as_deref()),
            (Namespace::Owner, self.owner.as_deref()),
            (Namespace::Agent, self.agent.as_ref().map(Slug::as_str)),
            (Namespace::Lane, Some(self.lane.as_str())),
        ];
        values.into_iter().filter_map(|(space, value)| Some(space.label(value?))).collect()
    }
}

/// The active claim.
#[derive(Debug, Clone)]
pub(crate) struct Holding {
    pub(crate) id: ClaimId,
    pub(crate) fence: Fence,
    pub(crate) agent: AgentName,
    pub(crate) projected_agent: Option<AgentName>,
    pub(crate) resting: Status,
}

/// The unfinished label mutation.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) id: MutationId,
    pub(crate) parked: bool,
    /// A writer has it at this moment, and may be about to write.
    pub(crate) leased: bool,
    pub(crate) origin: Origin,
    pub(crate) intent: Intent,
}

#[derive(Debug, Clone)]
struct Work {
    id: WorkId,
    ready_since: Option<Timestamp>,
    attempts: i32,
}

/// Who wants a write, which decides what happens when GitHub refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A claim or its end: Postgres has decided, the labels follow when they can.
    Claim,
    /// An operator's move: it goes back when it is refused.
    Move,
    /// Dispatch tidies up labels.
    Repair,
}

impl Origin {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Move => "move",
            Self::Repair => "repair",
        }
    }
}

/// More automatic repairs than that within an hour mean that somebody contests the issue.
const REPAIRS_PER_HOUR: i64 = 3;

impl Issue {
    /// Locks an issue and loads it. `None`: there is no such issue.
    pub(crate) async fn lock(tx: &Tx, id: IssueId) -> Result<Option<Self>, Error> {
        if ingest::lock_issue().bind(tx, &id.0).opt().await?.is_none() {
            return Ok(None);
        }
        Self::load(tx, id).await
    }

    /// The row must be locked already: what hangs on it is read by a statement of its own, after the wait for the
    /// lock, because a statement sees what was there when it began.
    pub(crate) async fn load(tx: &Tx, id: IssueId) -> Result<Option<Self>, Error> {
        let Some(row) = ingest::load_issue().bind(tx, &id.0).opt().await? else { return Ok(None) };
        Self::from_row(row).map(Some)
    }

    fn from_row(row: ingest::IssueRow) -> Result<Self, Error> {
        let status = word(&row.status)?;
        let slug = |text: &Option<String>| text.as_deref().map(word::<Slug>).transpose();
        let block = match (&row.block_kind, &row.block_reason) {
            (kind, Some(reason)) => {
                Some((kind.as_deref().map_or(Ok(BlockKind::NeedsInput), word)?, reason.clone()))
            }
            _ => None,
        };
        let claim = match (row.claim_id, row.claim_fence, &row.claim_agent, &row.claim_resting) {
            (Some(id), Some(fence), Some(agent), Some(resting)) => Some(Holding {
                id: ClaimId(id),
                fence: Fence(fence),
                agent: word(agent)?,
                projected_agent: slug(&row.claim_projected_agent)?,
                resting: word(resting)?,
            }),
            _ => None,
        };
        let mutation =
            match (row.mutation_id, &row.mutation_state, &row.mutation_origin, &row.mutation_intent) {
                (Some(id), Some(state), Some(origin), Some(intent)) => Some(Pending {
                    id: MutationId(id),
                    parked: state == "parked",
                    leased: row.mutation_leased.unwrap_or_default(),
                    origin: match origin.as_str() {
                        "claim" => Origin::Claim,
                        "move" => Origin::Move,
                        _ => Origin::Repair,
                    },
                    intent: serde_json::from_value(intent.clone())
                        .map_err(|error| Error::Row(format!("intent of mutation {id}: {error}")))?,
                }),
                _ => None,
            };
        let late = match &row.late_intent {
            Some(intent) => serde_json::from_value::<Intent>(intent.clone())
                .map_err(|error| Error::Row(format!("intent of issue {}: {error}", row.id)))?
                .own_labels(),
            None => Vec::new(),
        };
        let work = row.work_id.map(|id| Work {
            id: WorkId(id),
            ready_since: row.work_ready_since,
            attempts: row.work_attempts.unwrap_or_default(),
        });
        let state = State {
            closed: row.closed,
            gone: row.gone,
            status,
            priority: row.priority.clone(),
            kind: row.kind.clone(),
            owner: row.owner.clone(),
            agent: slug(&row.agent)?,
            lane: word(&row.lane)?,
            problems: row.problems.clone(),
            block,
            block_until: row.block_until,
            attention: row.attention.clone(),
        };
        Ok(Self {
            default_lane: word(&row.default_lane)?,
            now: row.now,
            id: IssueId(row.id),
            repository_id: row.repository_id,
            repository: RepoName::new(&row.repo_owner, &row.repo_name)
                .map_err(|e| Error::Row(e.to_string()))?,
            number: row.number,
            facts: row,
            state,
            claim,
            mutation,
            late,
            work,
        })
    }

    /// How people say it.
    pub(crate) fn reference(&self) -> String {
        format!("{}#{}", self.repository, self.number)
    }

    /// The status that no label says: the backlog, and for a pull request that people look at it.
    pub(crate) fn unlabelled(&self) -> Status {
        if self.facts.pull_request_id.is_some() { Status::InReview } else { Status::Backlog }
    }

    /// As far as a claim cares.
    pub(crate) fn standing(&self) -> Standing {
        Standing {
            closed: self.state.closed,
            gone: self.state.gone,
            status: self.state.status,
            agent: self.state.agent.clone(),
        }
    }

    /// The intent that still holds the status or another family: a move that GitHub refused has gone back.
    pub(crate) fn held_intent(&self) -> Option<&Intent> {
        self.mutation.as_ref().filter(|m| !m.parked || m.origin == Origin::Claim).map(|m| &m.intent)
    }

    /// Derives everything from the labels, under the intents that still hold. `previous` are the labels seen before.
    pub(crate) fn derive(&mut self, previous: &[String], blocked_by: &str) {
        let late = match &self.mutation {
            Some(pending) => pending.intent.own_labels(),
            None => std::mem::take(&mut self.late),
        };
        let reading = label::read(&self.facts.labels, previous, &late, &self.state.counted());
        let (before, unlabelled) = (self.state.status, self.unlabelled());
        let held = self.held_intent().cloned().unwrap_or_default();
        let wanted_status = match held.desired.get(&Namespace::Status) {
            Some(None) => Some(unlabelled),
            _ => held.status(),
        };
        // What our own intent wants in a family counts as there already; otherwise the labels say.
        let wanted = |space: Namespace, read: Option<String>| match held.desired.get(&space) {
            Some(wanted) => wanted.clone(),
            None => read,
        };
        let state = &mut self.state;
        state.problems = reading.problems;
        state.status =
            if state.closed { Status::Done } else { wanted_status.or(reading.status).unwrap_or(unlabelled) };
        if state.status == Status::Done && !state.closed {
            state
                .problems
                .push("labelled status/done although it is open: close it, or take the label off".into());
        }
        let slug = |wanted: Option<String>| wanted.and_then(|name| name.parse::<Slug>().ok());
        state.agent = slug(wanted(Namespace::Agent, reading.agent.map(|agent| agent.to_string())));
        state.priority = wanted(Namespace::Priority, reading.priority.map(|p| p.as_str().to_owned()));
        state.kind = reading.kind;
        state.owner = wanted(Namespace::Owner, reading.owner);
        let lane = slug(wanted(Namespace::Lane, reading.lane.map(|lane| lane.to_string())));
        state.lane = lane.unwrap_or_else(|| self.default_lane.clone());
        if state.status != before {
            state.attention = None;
        }
        match state.status {
            Status::Blocked if state.block.is_none() => {
                state.block = Some((BlockKind::NeedsInput, blocked_by.to_owned()));
            }
            Status::Blocked => {}
            _ => (state.block, state.block_until) = (None, None),
        }
    }

    /// Sets the status by our own decision; the labels are a matter for [`Issue::desire`].
    pub(crate) fn set_status(&mut self, status: Status, block: Option<(BlockKind, String)>) {
        if self.state.status != status {
            self.state.attention = None;
        }
        self.state.status = status;
        self.state.block = block;
        self.state.block_until = None;
    }

    /// Saves, and wants labels on GitHub; both travel together. Answers as [`Issue::desire`] does.
    pub(crate) async fn decide(
        &mut self,
        tx: &Tx,
        desired: Desired,
        origin: Origin,
        who: &Who<'_>,
    ) -> Result<Option<MutationId>, Error> {
        let mut mutation = self.mutation.take();
        let (_, nudge) =
            futures::try_join!(self.save(tx), self.want(tx, &mut mutation, desired, origin, who))?;
        self.mutation = mutation;
        Ok(nudge)
    }

    /// Wants labels on GitHub: a new row of the outbox, or a new version of the unfinished one.
    ///
    /// Answers the mutation to nudge; `None` when GitHub shows it already, nothing is wanted, or the issue cannot be
    /// written.
    pub(crate) async fn desire(
        &mut self,
        tx: &Tx,
        desired: Desired,
        origin: Origin,
        who: &Who<'_>,
    ) -> Result<Option<MutationId>, Error> {
        let mut mutation = self.mutation.take();
        let nudge = self.want(tx, &mut mutation, desired, origin, who).await?;
        self.mutation = mutation;
        Ok(nudge)
    }

    /// Revises the unfinished mutation, or makes one. Wanting nothing changes nothing.
    async fn want(
        &self,
        tx: &Tx,
        mutation: &mut Option<Pending>,
        desired: Desired,
        origin: Origin,
        who: &Who<'_>,
    ) -> Result<Option<MutationId>, Error> {
        if desired.is_empty() || self.state.closed || self.state.gone {
            return Ok(None);
        }
        let observed = &self.facts.labels;
        if let Some(pending) = mutation {
            if pending.parked && pending.origin == Origin::Repair && origin == Origin::Repair {
                // Contested, or refused by GitHub: a person decides when to try again.
                return Ok(None);
            }
            pending.intent.revise(observed, desired);
            pending.parked = false;
            pending.origin = origin;
            let intent = to_json(&pending.intent);
            outbox::revise_mutation()
                .bind(tx, &intent, &origin.as_str(), &who.correlation, &who.name, &pending.id.0)
                .await?;
            return Ok(Some(pending.id));
        }
        let intent = Intent::new(observed, desired);
        if intent.plan(observed).is_empty() {
            return Ok(None);
        }
        let contested = origin == Origin::Repair
            && outbox::repairs_within_hour().bind(tx, &self.id.0).one().await? >= REPAIRS_PER_HOUR;
        let (state, error) = if contested {
            ("parked", Some("contested: somebody keeps changing these labels back; decide and retry"))
        } else {
            ("pending", None)
        };
        let id = outbox::insert_mutation()
            .bind(
                tx,
                &self.repository_id,
                &self.id.0,
                &origin.as_str(),
                &state,
                &to_json(&intent),
                &who.correlation,
                &who.name,
                &error,
            )
            .one()
            .await?;
        *mutation = Some(Pending { id: MutationId(id), parked: contested, leased: false, origin, intent });
        Ok((!contested).then_some(MutationId(id)))
    }

    /// Ends the unfinished mutation.
    pub(crate) async fn settle(
        &mut self,
        tx: &Tx,
        state: &'static str,
        why: Option<&str>,
    ) -> Result<(), Error> {
        if let Some(pending) = self.mutation.take() {
            outbox::settle_mutation()
                .bind(tx, &to_json(&pending.intent), &state, &why, &pending.id.0)
                .await?;
        }
        Ok(())
    }

    /// Ends the active claim for a reason that is not the agent's own report: whatever its fence is by now. `note` is
    /// why, in the words of whoever ends it, for the agent.
    pub(crate) async fn end_claim(
        &mut self,
        tx: &Tx,
        reason: EndReason,
        note: Option<&str>,
        who: &Who<'_>,
    ) -> Result<(), Error> {
        let Some(claim) = self.claim.take() else { return Ok(()) };
        let ended = claims::stop_claim().bind(tx, &reason.as_str(), &who.name, &note, &claim.id.0).await?;
        if ended == 0 {
            return Ok(());
        }
        claims::record_run()
            .bind(
                tx,
                &reason.as_str(),
                &Some(self.now),
                &Some(note.unwrap_or(reason.sentence())),
                &claim.id.0,
            )
            .await?;
        self.audit(who, "claim.ended")
            .change(
                json!({ "claim": claim.id, "agent": claim.agent }),
                json!({ "claim": claim.id, "reason": reason.as_str() }),
            )
            .write(tx)
            .await
    }

    /// Begins an audit event about this issue.
    pub(crate) fn audit<'a>(&self, who: &'a Who<'a>, action: &'static str) -> Audit<'a> {
        Audit::new(who, action).about(&self.repository, self.number, self.id)
    }

    /// What the audit shows of an issue before or after a change.
    pub(crate) fn picture(&self) -> serde_json::Value {
        json!({ "status": self.state.status, "agent": self.state.agent, "labels": self.facts.labels })
    }

    /// Its row as it stands by now.
    pub(crate) fn into_row(self) -> ingest::IssueRow {
        let State { closed, gone, status, priority, kind, owner, agent, lane, problems, .. } = self.state;
        let (status, lane) = (status.as_str().to_owned(), lane.to_string());
        let agent = agent.map(|agent| agent.to_string());
        ingest::IssueRow { closed, gone, status, priority, kind, owner, agent, lane, problems, ..self.facts }
    }

    /// The row of work and the fruitless attempts at it so far.
    pub(crate) fn work(&self) -> Option<(WorkId, i32)> {
        self.work.as_ref().map(|work| (work.id, work.attempts))
    }
}

/// Reads a word that only we write.
pub(crate) fn word<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Row(format!("unknown word {text:?}")))
}

pub(crate) fn to_json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
