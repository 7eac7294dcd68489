//! What agents do, also those that hold nothing any more.

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{ClaimId, Fence, IssueId};
use dispatch_domain::refusal::Refusal;
use dispatch_store::claims::finish::{self, End, Report};
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::claims::lease::{self, Checkpoint};
use dispatch_store::claims::{Claim, Held, Key, explain};
use dispatch_store::{Error, Who};
use jiff::SignedDuration;
use serde_json::json;

use super::world::{AGENTS, World};

/// A request for work with a key, and the claim that it was answered with.
#[derive(Clone)]
pub(super) struct Promise {
    asker: Asker,
    key: Key,
    held: Held,
}

fn agent(name: &str) -> Who<'_> {
    Who { kind: "agent", name, correlation: "model" }
}

fn held(claim: &Claim, asker: &Asker) -> Held {
    Held { id: ClaimId(claim.id), fence: Fence(claim.fence), agent: asker.agent.clone() }
}

impl World {
    /// Asks for anything, or for one issue.
    pub(super) async fn ask(&self, name: &str, issue: Option<IssueId>, key: Option<&Key>) -> Answer {
        let asker = Asker { issue, ..Asker::anything(name.parse().unwrap()) };
        grant::claim(&self.store, &asker, key, &agent(name)).await.expect("an answer").0
    }

    pub(super) async fn claim(&mut self) {
        if self.once_in(8) && !self.promises.is_empty() {
            return self.ask_again().await;
        }
        let name = self.any(&AGENTS);
        let mut asker = Asker::anything(name.parse().unwrap());
        match self.random.u32(..12) {
            0..3 => asker.issue = Some(IssueId(self.issue())),
            3..5 => asker.lanes = vec!["deep".parse().unwrap(), "default".parse().unwrap()],
            _ => {}
        }
        let key = self.once_in(4).then(|| Key {
            principal: name.to_owned(),
            route: "claims",
            key: self.random.u64(..).to_string(),
            body_sha256: vec![],
        });
        let expected = if self.once_in(3) { Some(self.explained(&asker).await) } else { None };
        match grant::claim(&self.store, &asker, key.as_ref(), &agent(name)).await.expect("an answer").0 {
            Answer::Granted(briefing) => {
                let held = held(&briefing.claim, &asker);
                if !briefing.resumed
                    && let Some(expected) = expected
                {
                    let got = briefing.claim.issue_id;
                    assert_eq!(
                        Some(got),
                        expected,
                        "seed {}: {asker:?} got another one than explained",
                        self.seed
                    );
                }
                if let Some(key) = key {
                    self.promises.push(Promise { asker, key, held: held.clone() });
                }
                self.live.push(held);
                self.count(if briefing.resumed { "resumed" } else { "granted" });
            }
            Answer::Nothing(nothing) => {
                // Nobody else is there, so nothing is ever contended; and whatever is open is held back for a reason.
                assert!(!nothing.contended, "seed {}: contended alone: {nothing:?}", self.seed);
                if nothing.reasons.is_empty() {
                    let open = self.db.count("issue where not closed and not gone").await;
                    assert_eq!(open, 0, "seed {}: nothing, for no reason", self.seed);
                }
                assert_eq!(
                    expected.flatten(),
                    None,
                    "seed {}: {asker:?} got nothing: {nothing:?}",
                    self.seed
                );
                self.count("nothing");
            }
        }
    }

    /// The issue that the queue, or the explanation of the one that is asked for, says would be handed out.
    async fn explained(&mut self, asker: &Asker) -> Option<i64> {
        // Looking changes nothing, and asking counts and ends what is due before it looks.
        self.sweep().await;
        if let Some(issue) = asker.issue {
            let told = explain::issue(&self.store, issue, Some(&asker.agent)).await.expect("explained");
            return told.work.iter().any(explain::Explained::claimable).then_some(issue.0);
        }
        let mut lanes = vec![&[][..]];
        if !asker.lanes.is_empty() {
            lanes = asker.lanes.chunks(1).collect();
        }
        for lanes in lanes {
            let queue = explain::queue(&self.store, lanes, Some(&asker.agent), 100).await.expect("a queue");
            if let Some(first) = queue.iter().find(|queued| queued.hold.is_none()) {
                return Some(first.row.issue_id);
            }
        }
        None
    }

    /// The answer was lost, or so an agent believes: the same request again has the same answer.
    async fn ask_again(&mut self) {
        let promise = self.promises[self.random.usize(..self.promises.len())].clone();
        let Promise { asker, key, held } = &promise;
        match grant::claim(&self.store, asker, Some(key), &agent(asker.agent.as_str())).await {
            Ok((Answer::Granted(briefing), _)) => {
                let claim = &briefing.claim;
                assert_eq!(
                    (claim.id, claim.fence),
                    (held.id.0, held.fence.0),
                    "seed {}: another answer",
                    self.seed
                );
                self.count("repeated");
            }
            Err(Error::Refused(Refusal::ClaimLost { .. })) => {
                let (state, fence, ..) = self.row(held).await;
                assert!(state == "ended" || fence != held.fence.0, "seed {}: lost to its holder", self.seed);
                self.count("claim_lost");
            }
            other => panic!("seed {}: asked again: {other:?}", self.seed),
        }
    }

    /// Mostly what is held, sometimes what was held once.
    pub(super) fn hold(&mut self) -> Option<Held> {
        let from = if self.once_in(5) { &self.old } else { &self.live };
        (!from.is_empty()).then(|| from[self.random.usize(..from.len())].clone())
    }

    /// The claim's state, fence, end and everything that a write could change.
    pub(super) async fn row(&self, held: &Held) -> (String, i64, Option<String>, String) {
        let sql = "select state, fence, end_reason, to_jsonb(claim)::text from claim where id = $1";
        let rows = self.db.rows(sql, &[&held.id.0]).await;
        (rows[0].get(0), rows[0].get(1), rows[0].get(2), rows[0].get(3))
    }

    /// Whoever holds nothing, changes nothing and is told so. `end`: the end that a report is about.
    async fn judge(
        &mut self,
        what: &'static str,
        held: &Held,
        before: (String, i64, Option<String>, String),
        result: Result<Claim, Error>,
        end: bool,
    ) {
        let (state, fence, reason, picture) = before;
        let own = fence == held.fence.0;
        let holds = state == "active" && own;
        let expired = state == "ended" && own && reason.as_deref() == Some("expired");
        let repeated = end && state == "ended" && own && reason.as_deref() == Some(what);
        let over = match result {
            Ok(_) => {
                assert!(
                    holds || expired || repeated,
                    "seed {}: {what} by a claim that is {state}, {reason:?}",
                    self.seed
                );
                self.count(if repeated { "repeated" } else { what });
                if expired {
                    self.count("revived");
                }
                end
            }
            Err(Error::Refused(Refusal::ClaimLost { .. })) => {
                assert!(!holds, "seed {}: {what} refused to the holder", self.seed);
                assert_eq!(self.row(held).await.3, picture, "seed {}: a lost claim was changed", self.seed);
                self.count("claim_lost");
                true
            }
            // There is no lane beyond the last one.
            Err(Error::Refused(Refusal::Conflict(_))) if what == "escalated" => {
                assert!(holds || expired, "seed {}: {what} by a claim that is {state}", self.seed);
                assert_eq!(self.row(held).await.3, picture, "seed {}: refused, and changed", self.seed);
                false
            }
            Err(error) => panic!("seed {}: {what}: {error:?}", self.seed),
        };
        if over {
            let lost = |one: &Held| one.id == held.id && one.fence == held.fence;
            if self.live.iter().any(lost) {
                self.live.retain(|one| !lost(one));
                self.keep_old(held.clone());
            }
        }
    }

    pub(super) async fn renew(&mut self) {
        let Some(held) = self.hold() else { return };
        let busy = self.random.bool().then_some(3600);
        let before = self.row(&held).await;
        let who = agent(held.agent.as_str());
        let result = lease::renew(&self.store, &held, busy, None, &who).await.map(|done| done.0);
        self.judge("renewed", &held, before, result, false).await;
    }

    pub(super) async fn checkpoint(&mut self) {
        let Some(held) = self.hold() else { return };
        let head = self.random.bool().then(|| format!("{:x}", self.random.u32(..)));
        let checkpoint =
            Checkpoint { note: Some("on the way".to_owned()), head_sha: head, ..Checkpoint::default() };
        let before = self.row(&held).await;
        let who = agent(held.agent.as_str());
        let result = lease::checkpoint(&self.store, &held, &checkpoint, None, &who).await.map(|done| done.0);
        self.judge("checkpointed", &held, before, result, false).await;
    }

    async fn end(&mut self, what: &'static str, end: End) {
        let Some(held) = self.hold() else { return };
        let before = self.row(&held).await;
        let who = agent(held.agent.as_str());
        let result = finish::end(&self.store, &held, &end, &json!({}), None, &who).await.map(|done| done.0);
        self.judge(what, &held, before, result, true).await;
    }

    pub(super) async fn complete(&mut self) {
        let outcome = self.any(Outcome::ALL);
        self.end("completed", End::Complete(Report::new(outcome))).await;
    }

    pub(super) async fn release(&mut self) {
        let snooze_until = self.random.bool().then(|| self.now + SignedDuration::from_mins(7));
        self.end("released", End::Release { reason: None, snooze_until }).await;
    }

    pub(super) async fn escalate(&mut self) {
        self.end("escalated", End::Escalate { reason: "It is beyond me.".to_owned() }).await;
    }

    pub(super) async fn block(&mut self) {
        let kind = self.any(BlockKind::ALL);
        let retry_at = self.random.bool().then(|| self.now + SignedDuration::from_mins(20));
        self.end("blocked", End::Block { kind, reason: "It is so.".to_owned(), retry_at }).await;
    }
}
