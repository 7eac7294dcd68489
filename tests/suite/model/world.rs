//! A few issues, a few agents, and everything that can happen to them.

use std::collections::BTreeMap;

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_domain::dependency::{Relation, Target};
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{ClaimId, Fence, IssueId};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::snapshot::IssueSnapshot;
use dispatch_domain::status::Status;
use dispatch_store::claims::finish::{self, End, Report};
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::claims::lease::{self, Checkpoint};
use dispatch_store::claims::{Claim, Held};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::{Db, Error, Who, dependencies, moves};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use kit::TestDb;
use kit::db::morning;
use serde_json::json;

const ISSUES: i64 = 12;
const AGENTS: [&str; 5] = ["alpha", "beta", "gamma", "delta", "epsilon"];

/// What an agent believes to hold.
#[derive(Clone)]
struct Handle {
    held: Held,
    issue: i64,
}

/// The world of one run.
pub(super) struct World {
    seed: u64,
    random: Rng,
    db: TestDb,
    store: Db,
    now: Timestamp,
    /// Whatever any agent was ever told that it holds, also long ago: stale ones are tried too.
    handles: Vec<Handle>,
    tally: BTreeMap<&'static str, u64>,
}

impl World {
    pub(super) async fn new(seed: u64) -> Self {
        let db = TestDb::new().await;
        db.run(
            "insert into repository (github_id, owner, name, source) values (1, 'acme', 'web', 'user'), (2, 'acme', 'api', 'user');
             insert into lane (name) values ('deep')",
        )
        .await;
        let store = db.pool(2);
        let (random, now) = (Rng::with_seed(seed), morning());
        let mut world = Self { seed, random, db, store, now, handles: vec![], tally: BTreeMap::new() };
        for issue in 1..=ISSUES {
            world.seen(issue, &["status/ready"], false).await;
        }
        world
    }

    pub(super) fn tally(&self) -> String {
        self.tally.iter().map(|(what, count)| format!("{what} {count}")).collect::<Vec<_>>().join(", ")
    }

    /// A run that never got anywhere shows nothing.
    pub(super) fn took_every_path(&self, steps: u64) {
        let wanted =
            ["granted", "nothing", "renewed", "completed", "released", "blocked", "claim_lost", "expired"];
        for what in wanted.iter().filter(|_| steps >= 1000) {
            assert!(
                self.tally.contains_key(what),
                "seed {}: {what} never happened: {}",
                self.seed,
                self.tally()
            );
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.random.usize(..of.len())]
    }

    async fn pass(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        self.db.stop_clock_at(self.now).await;
    }

    /// One thing happens.
    pub(super) async fn step(&mut self, step: u64) {
        match self.random.u32(..100) {
            0..26 => self.claim().await,
            26..34 => self.renew().await,
            34..40 => self.checkpoint().await,
            40..50 => self.complete().await,
            50..56 => self.release().await,
            56..60 => self.block().await,
            60..66 => {
                let minutes = self.any(&[1, 5, 16, 40]);
                self.pass(minutes * 60).await;
            }
            // With the sweeper off, nothing of this happens for a while.
            66..70 => self.sweep().await,
            70..80 => self.fact().await,
            80..85 => self.moved().await,
            85..89 => self.related().await,
            89..93 => self.ruled().await,
            // A killed agent forgets what it held.
            93..97 => drop(self.handles.pop()),
            _ => self.pass(1).await,
        }
        self.check(step).await;
    }

    async fn claim(&mut self) {
        let name = self.any(&AGENTS);
        let mut asker = Asker::anything(name.parse().unwrap());
        if self.random.u32(..4) == 0 {
            asker.issue = Some(IssueId(self.random.i64(1..=ISSUES)));
        }
        if self.random.u32(..6) == 0 {
            asker.lanes = vec!["deep".parse().unwrap(), "default".parse().unwrap()];
        }
        let who = Who { kind: "agent", name, correlation: "model" };
        match grant::claim(&self.store, &asker, None, &who).await.expect("an answer").0 {
            Answer::Granted(briefing) => {
                let claim = &briefing.claim;
                let held = Held { id: ClaimId(claim.id), fence: Fence(claim.fence), agent: asker.agent };
                self.handles.push(Handle { held, issue: claim.issue_id });
                self.count(if briefing.resumed { "resumed" } else { "granted" });
            }
            Answer::Nothing(nothing) => {
                // Nobody else is there, so nothing is ever contended, and there is always a reason.
                assert!(!nothing.contended, "seed {}: contended alone: {nothing:?}", self.seed);
                assert!(!nothing.reasons.is_empty(), "seed {}: nothing, for no reason", self.seed);
                self.count("nothing");
            }
        }
    }

    fn handle(&mut self) -> Option<Handle> {
        // Mostly what was told last, sometimes anything that was ever told.
        let recent = self.handles.len().saturating_sub(AGENTS.len());
        let from = if self.random.u32(..4) == 0 { 0 } else { recent };
        (!self.handles.is_empty()).then(|| self.handles[self.random.usize(from..self.handles.len())].clone())
    }

    /// The claim's state, fence, end and everything that a write could change.
    async fn row(&self, handle: &Handle) -> (String, i64, Option<String>, String) {
        let sql = "select state, fence, end_reason, to_jsonb(claim)::text from claim where id = $1";
        let rows = self.db.rows(sql, &[&handle.held.id.0]).await;
        (rows[0].get(0), rows[0].get(1), rows[0].get(2), rows[0].get(3))
    }

    /// Whoever holds nothing, changes nothing and is told so. `done`: the end that a repeated report may be about.
    async fn judge(
        &mut self,
        what: &'static str,
        handle: &Handle,
        before: (String, i64, Option<String>, String),
        result: Result<Claim, Error>,
        done: Option<&str>,
    ) {
        let (state, fence, reason, picture) = before;
        let own = fence == handle.held.fence.0;
        let holds = state == "active" && own;
        let expired = state == "ended" && own && reason.as_deref() == Some("expired");
        let repeated = state == "ended" && own && reason.as_deref() == done && done.is_some();
        match result {
            Ok(_) => {
                assert!(
                    holds || expired || repeated,
                    "seed {}: {what} by a claim that is {state}, {reason:?}",
                    self.seed
                );
                self.count(if repeated { "repeated" } else { what });
            }
            Err(Error::Refused(Refusal::ClaimLost { .. })) => {
                assert!(!holds, "seed {}: {what} refused to the holder", self.seed);
                assert_eq!(self.row(handle).await.3, picture, "seed {}: a lost claim was changed", self.seed);
                self.count("claim_lost");
            }
            Err(error) => panic!("seed {}: {what}: {error:?}", self.seed),
        }
    }

    async fn renew(&mut self) {
        let Some(handle) = self.handle() else { return };
        let busy = self.random.bool().then_some(3600);
        let before = self.row(&handle).await;
        let who = Who { kind: "agent", name: handle.held.agent.as_str(), correlation: "model" };
        let result = lease::renew(&self.store, &handle.held, busy, None, &who).await.map(|done| done.0);
        self.judge("renewed", &handle, before, result, None).await;
    }

    async fn checkpoint(&mut self) {
        let Some(handle) = self.handle() else { return };
        let head = self.random.bool().then(|| format!("{:x}", self.random.u32(..)));
        let checkpoint =
            Checkpoint { note: Some("on the way".to_owned()), head_sha: head, ..Checkpoint::default() };
        let before = self.row(&handle).await;
        let who = Who { kind: "agent", name: handle.held.agent.as_str(), correlation: "model" };
        let result =
            lease::checkpoint(&self.store, &handle.held, &checkpoint, None, &who).await.map(|done| done.0);
        self.judge("checkpointed", &handle, before, result, None).await;
    }

    async fn end(&mut self, what: &'static str, end: End) {
        let Some(handle) = self.handle() else { return };
        let before = self.row(&handle).await;
        let who = Who { kind: "agent", name: handle.held.agent.as_str(), correlation: "model" };
        let result =
            finish::end(&self.store, &handle.held, &end, &json!({}), None, &who).await.map(|done| done.0);
        self.judge(what, &handle, before, result, Some(what)).await;
    }

    async fn complete(&mut self) {
        let outcome = self.any(Outcome::ALL);
        self.end("completed", End::Complete(Report::new(outcome))).await;
    }

    async fn release(&mut self) {
        let snooze_until = self.random.bool().then(|| self.now + SignedDuration::from_mins(7));
        self.end("released", End::Release { reason: None, snooze_until }).await;
    }

    async fn block(&mut self) {
        let kind = self.any(BlockKind::ALL);
        self.end("blocked", End::Block { kind, reason: "It is so.".to_owned(), retry_at: None }).await;
    }

    async fn sweep(&mut self) {
        let who = Who { kind: "clock", name: "sweep", correlation: "model" };
        dependencies::settle(&self.store).await.expect("counted");
        let (ended, _) = finish::expire_due(&self.store, 50, &who).await.expect("swept");
        if ended > 0 {
            self.count("expired");
        }
    }

    /// GitHub shows an issue: as we wanted it to be, or as a person made it.
    async fn fact(&mut self) {
        let issue = self.random.i64(1..=ISSUES);
        let sql = "select status, agent, closed from issue where id = $1";
        let rows = self.db.rows(sql, &[&issue]).await;
        let (status, agent): (String, Option<String>) = (rows[0].get(0), rows[0].get(1));
        let mut labels = vec![format!("status/{status}")];
        labels.extend(agent.map(|agent| format!("agent/{agent}")));
        let mut closed = rows[0].get::<_, bool>(2);
        match self.random.u32(..10) {
            0 => labels = vec!["status/ready".to_owned()],
            1 => labels = vec!["status/backlog".to_owned()],
            2 => labels = vec!["status/in-review".to_owned()],
            3 => labels = vec!["status/ready".to_owned(), format!("agent/{}", self.any(&AGENTS))],
            4 => labels.push("lane/deep".to_owned()),
            5 => closed = true,
            6 => closed = false,
            // Our own write has arrived.
            _ => {}
        }
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        self.pass(1).await;
        self.seen(issue, &labels, closed).await;
        self.count("seen");
    }

    async fn seen(&mut self, issue: i64, labels: &[&str], closed: bool) {
        let snapshot = IssueSnapshot {
            id: IssueId(issue),
            number: i32::try_from(issue).unwrap(),
            title: format!("Issue {issue}"),
            body: String::new(),
            closed,
            state_reason: None,
            url: format!("https://github.com/acme/web/issues/{issue}"),
            author: Some("ana".to_owned()),
            author_association: Some("MEMBER".to_owned()),
            assignees: vec![],
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            comments: 0,
            created_at: morning(),
            updated_at: self.now,
            closed_at: closed.then_some(self.now),
        };
        let who = Who { kind: "github", name: "ana", correlation: "model" };
        let seen = Seen::Read { known: None, drift: false, by: "set on GitHub" };
        ingest::issue(&self.store, 1 + issue % 2, &snapshot, seen, &who).await.expect("taken in");
    }

    async fn moved(&mut self) {
        let (issue, to) = (IssueId(self.random.i64(1..=ISSUES)), self.any(&Status::ALL));
        let who = Who { kind: "operator", name: "olga", correlation: "model" };
        match moves::move_issue(&self.store, issue, to, Some("Because."), None, &who).await {
            Ok(_) => self.count("moved"),
            Err(Error::Refused(_)) => self.count("move refused"),
            Err(error) => panic!("seed {}: a move to {to}: {error:?}", self.seed),
        }
    }

    async fn related(&mut self) {
        let (one, other) = (self.random.i64(1..=ISSUES), self.random.i64(1..=ISSUES));
        let repository = if other % 2 == 0 { "acme/web" } else { "acme/api" };
        let number = i32::try_from(other).unwrap();
        let target = Target {
            id: Some(IssueId(other)),
            repository: repository.parse().unwrap(),
            number,
            closed: None,
        };
        let targets = if self.random.bool() { vec![] } else { vec![target] };
        dependencies::replace(&self.store, IssueId(one), Relation::BlockedBy, &targets)
            .await
            .expect("related");
        self.count("related");
    }

    async fn ruled(&mut self) {
        // A limit below what is held is no limit exceeded: it is set where it fits.
        let sql = match self.random.u32(..6) {
            0 => "update lane set paused = not paused where name = 'deep'",
            1 => {
                "update lane set wip_limit = 1 + (select count(*) from claim where state = 'active' and lane = 'default') where name = 'default'"
            }
            2 => {
                "update repository set wip_limit = 1 + (select count(*) from claim where state = 'active' and repository_id = 1) where id = 1"
            }
            3 => {
                "insert into agent (name, capacity) values ('alpha', 2) on conflict (name) do update set capacity = 2"
            }
            4 => "update lane set wip_limit = null; update repository set wip_limit = null",
            _ => "update repository set enabled = not enabled where id = 2",
        };
        self.db.run(sql).await;
        self.count("ruled");
    }

    async fn check(&self, step: u64) {
        let sql = "select
            (select count(*) from (select from claim where state = 'active' group by exclusion_key having count(*) > 1) twice),
            (select count(*) from lane l where l.wip_limit < (select count(*) from claim c where c.state = 'active' and c.lane = l.name)),
            (select count(*) from repository r where r.wip_limit < (select count(*) from claim c where c.state = 'active' and c.repository_id = r.id)),
            (select count(*) from claim c join issue i on i.id = c.issue_id where c.state = 'active' and i.closed),
            (select count(*) from work w join issue i on i.id = w.issue_id where w.offered is distinct from (i.status = 'ready' and not i.closed)),
            (select count(*) from issue) - (select count(*) from work)";
        let rows = self.db.rows(sql, &[]).await;
        let told = [
            "one key held twice",
            "a lane over its limit",
            "a repository over its limit",
            "a claim on a closed issue",
            "offered and not ready, or the reverse",
            "an issue without its work",
        ];
        for (column, what) in told.iter().enumerate() {
            assert_eq!(rows[0].get::<_, i64>(column), 0, "seed {}, step {step}: {what}", self.seed);
        }
    }

    /// Takes every obstacle away; then all that is ready and nobody's goes out, each issue once, to agents that have
    /// nothing else. What is held is given up first, by time.
    pub(super) async fn everything_ready_is_handed_out(&mut self, step: u64) {
        self.handles.clear();
        self.pass(3 * 24 * 3600).await;
        self.sweep().await;
        self.db
            .run(
                "update lane set paused = false, wip_limit = null; update repository set enabled = true, wip_limit = null;
                 update work set quarantined_at = null, attempts_without_progress = 0, snoozed_until = null;
                 delete from issue_dependency; insert into dependency_change (issue_id) select id from issue",
            )
            .await;
        let sql = "select count(*) from issue where status = 'ready' and not closed and agent is null";
        let ready: i64 = self.db.value(sql, &[]).await;
        for n in 0..ready {
            let name = format!("fresh-{step}-{n}");
            let who = Who { kind: "agent", name: &name, correlation: "model" };
            let asker = Asker::anything(name.parse().unwrap());
            match grant::claim(&self.store, &asker, None, &who).await.expect("an answer").0 {
                Answer::Granted(briefing) => {
                    let held = Held {
                        id: ClaimId(briefing.claim.id),
                        fence: Fence(briefing.claim.fence),
                        agent: asker.agent,
                    };
                    self.handles.push(Handle { held, issue: briefing.claim.issue_id });
                }
                Answer::Nothing(nothing) => {
                    panic!(
                        "seed {}, step {step}: {n} of {ready} ready issues went out, then: {nothing:?}",
                        self.seed
                    )
                }
            }
        }
        let mut issues: Vec<i64> = self.handles.iter().map(|handle| handle.issue).collect();
        issues.sort_unstable();
        issues.dedup();
        assert_eq!(issues.len(), self.handles.len(), "seed {}, step {step}: one issue twice", self.seed);
        // And then everything begins anew.
        self.pass(60).await;
        for issue in 1..=ISSUES {
            self.seen(issue, &["status/ready"], false).await;
        }
        self.check(step).await;
    }
}
