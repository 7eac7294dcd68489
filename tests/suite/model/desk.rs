//! What operators decide about one issue or one claim, and what becomes of whoever has it.

use dispatch_domain::ids::IssueId;
use dispatch_domain::label::Priority;
use dispatch_domain::refusal::Refusal;
use dispatch_store::Error;
use dispatch_store::desk::{self, Change};
use dispatch_store::lanes::Classification;
use jiff::SignedDuration;

use super::people::OLGA;
use super::world::{AGENTS, World};

/// An issue as operators see it.
#[derive(Debug, PartialEq)]
struct Card {
    status: String,
    agent: Option<String>,
    lane: String,
    priority: Option<String>,
    owner: Option<String>,
    /// The active claim, and whose it is.
    claim: Option<i64>,
    holder: Option<String>,
}

impl World {
    async fn card(&self, issue: i64) -> Card {
        let sql = "select i.status, i.agent, i.lane, i.priority, i.owner, c.id, c.agent
                   from issue i left join claim c on c.issue_id = i.id and c.state = 'active' where i.id = $1";
        let rows = self.db.rows(sql, &[&issue]).await;
        assert_eq!(rows.len(), 1, "seed {}: issue {issue} is held twice", self.seed);
        let row = &rows[0];
        Card {
            status: row.get(0),
            agent: row.get(1),
            lane: row.get(2),
            priority: row.get(3),
            owner: row.get(4),
            claim: row.get(5),
            holder: row.get(6),
        }
    }

    /// One issue is given to an agent or to nobody, freed, put aside, or described.
    pub(super) async fn decided(&mut self) {
        let issue = self.issue();
        let change = match self.random.u32(..14) {
            0..4 => Change::Assign(Some(self.any(&AGENTS).parse().unwrap())),
            4 => Change::Assign(None),
            5..8 => Change::Release,
            8 => Change::Snooze(None),
            9 => Change::Snooze(Some(self.now + SignedDuration::from_mins(9))),
            10 => Change::Priority(self.any(&[None, Some(Priority::P0), Some(Priority::P3)])),
            11 => Change::Owner(self.any(&[None, Some("olga")]).map(|owner| owner.parse().unwrap())),
            _ => Change::Lane(Classification::of(self.any(&["deep", "default"]).parse().unwrap())),
        };
        let before = self.card(issue).await;
        let id = IssueId(issue);
        match desk::change(&self.store, id, &change, Some("Because."), None, &OLGA).await {
            Ok(_) => {
                self.follows(issue, &change, before).await;
                self.count("decided");
            }
            Err(Error::Refused(Refusal::IssueClosed(_) | Refusal::NotFound { .. })) => {
                assert_eq!(self.card(issue).await, before, "seed {}: {change:?} refused", self.seed);
                self.count("decision refused");
            }
            Err(error) => panic!("seed {}: {change:?}: {error:?}", self.seed),
        }
    }

    /// What was decided is so at once, and whoever works on goes on, unless it was decided otherwise.
    async fn follows(&self, issue: i64, change: &Change, before: Card) {
        let after = self.card(issue).await;
        let told = format!("seed {}: {change:?} made of {before:?} {after:?}", self.seed);
        let held = |agent: &Option<String>| before.holder.is_some() && before.holder == *agent;
        let ends = match change {
            Change::Assign(Some(agent)) => {
                let agent = Some(agent.to_string());
                assert_eq!(after.agent, agent, "{told}");
                (!held(&agent)).then_some("reassigned")
            }
            Change::Assign(None) => {
                assert_eq!(after.agent, None, "{told}");
                held(&before.agent).then_some("taken_back")
            }
            Change::Release => Some("taken_back"),
            Change::Priority(priority) => {
                assert_eq!(after.priority, priority.map(|priority| priority.as_str().to_owned()), "{told}");
                None
            }
            Change::Owner(owner) => {
                assert_eq!(after.owner, owner.as_ref().map(ToString::to_string), "{told}");
                None
            }
            Change::Lane(classification) => {
                assert_eq!(after.lane, classification.lane.as_str(), "{told}");
                None
            }
            Change::Snooze(_) => None,
        };
        match (ends, before.claim) {
            (Some(reason), Some(claim)) => {
                assert_eq!(after.claim, None, "{told}");
                let sql = "select end_reason from claim where id = $1";
                let ended: Option<String> = self.db.rows(sql, &[&claim]).await[0].get(0);
                assert_eq!(ended.as_deref(), Some(reason), "{told}");
                assert_ne!(after.status, "in-progress", "{told}");
            }
            _ => assert_eq!(after.claim, before.claim, "{told}"),
        }
    }

    /// Stops a claim, also one that is over.
    pub(super) async fn stopped(&mut self) {
        let Some(held) = self.hold() else { return };
        let (state, .., before) = self.row(&held).await;
        match desk::stop_claim(&self.store, held.id, Some("Enough."), None, &OLGA).await {
            Ok((claim, _)) => {
                assert_eq!(state, "active", "seed {}: stopped after its end", self.seed);
                assert_eq!(claim.end_reason.as_deref(), Some("stopped"), "seed {}", self.seed);
                assert_ne!(self.card(claim.issue_id).await.status, "in-progress", "seed {}", self.seed);
                self.count("stopped");
            }
            Err(Error::Refused(Refusal::Conflict(_))) => {
                assert_eq!(state, "ended", "seed {}: not stopped", self.seed);
                assert_eq!(
                    self.row(&held).await.3,
                    before,
                    "seed {}: a claim that is over changed",
                    self.seed
                );
                self.count("stopped in vain");
            }
            Err(error) => panic!("seed {}: a stop: {error:?}", self.seed),
        }
    }
}
