//! The issues, the rules, and what each agent does.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dispatch_domain::claim::Outcome;
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{ClaimId, Fence, IssueId};
use dispatch_domain::snapshot::IssueSnapshot;
use dispatch_store::claims::finish::{self, End, Report};
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::claims::lease::{self, Checkpoint};
use dispatch_store::claims::{Briefing, Held};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::{Db, Who, dependencies};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use kit::TestDb;
use kit::db::morning;
use serde_json::json;
use tokio::sync::Barrier;

use super::Size;

/// One agent in so many is killed with its work in hand.
const KILLED: u32 = 20;
/// So often everybody asks before the clock goes on.
const ASKS: usize = 4;
/// The clock goes on by so much at a time.
const BEAT: SignedDuration = SignedDuration::from_secs(30);

/// Looked at after each claim, while its holder still has it.
const EXCEEDED: &str = "select
    (select count(*) from lane l where l.wip_limit < (
      select count(*) from claim c where c.state = 'active' and c.lane = l.name))
  + (select count(*) from repository r where r.wip_limit < (
      select count(*) from claim c where c.state = 'active' and c.repository_id = r.id))";

/// What is set for this run: half of the repositories and one lane have limits, a third of the issues waits for an
/// earlier one, mostly of another repository.
fn world(size: Size) -> String {
    let Size { issues, repositories, .. } = size;
    format!(
        "insert into repository (github_id, owner, name, source, wip_limit)
           select n, 'acme', 'repo-' || n, 'user', case when n % 2 = 0 then 3 end from generate_series(1, {repositories}) n;
         insert into lane (name, wip_limit) values ('deep', 5);
         insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels,
             github_created_at, github_updated_at, status, lane)
           select n, r.id, n, 'Issue ' || n, '', false, 'https://github.com/acme/repo/issues/' || n, '{{}}', 0,
             case when n % 4 = 0 then '{{status/ready,lane/deep}}'::text[] else '{{status/ready}}' end,
             dispatch_now(), dispatch_now(), 'ready', case when n % 4 = 0 then 'deep' else 'default' end
           from generate_series(1, {issues}) n join repository r on r.github_id = n % {repositories} + 1;
         insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key)
           select 'implement', id, 'issue:' || id, lane, true, dispatch_now(), dispatch_now() + id * interval '1 second'
           from issue;
         insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number)
           select i.id, 'blocked_by', 'native', t.id, r.owner, r.name, t.number
           from issue i join issue t on t.id = i.id - 1 - i.id % 7 join repository r on r.id = t.repository_id
           where i.id % 3 = 0"
    )
}

/// Who holds which issue, as far as agents were told; and whether that agent was killed since.
type Holders = HashMap<i64, (ClaimId, bool)>;

pub(super) struct Field {
    seed: u64,
    size: Size,
    db: TestDb,
    /// As several processes have them.
    pools: Vec<Db>,
    holders: Mutex<Holders>,
    round: Barrier,
    over: AtomicBool,
}

fn agent(name: &str) -> Who<'_> {
    Who { kind: "agent", name, correlation: "load" }
}

impl Field {
    pub(super) async fn new(size: Size, seed: u64) -> Arc<Self> {
        let db = TestDb::new().await;
        db.run(&world(size)).await;
        let pools: Vec<Db> = (0..4).map(|_| db.pool(size.agents / 4)).collect();
        dependencies::settle(&pools[0]).await.expect("counted");
        db.run("vacuum (analyze)").await;
        assert!(db.count("work where waits_for > 0").await > size.issues / 4);
        Arc::new(Self {
            seed,
            size,
            db,
            pools,
            holders: Mutex::default(),
            round: Barrier::new(size.agents),
            over: AtomicBool::new(false),
        })
    }

    /// An agent, and whoever takes its place when it was killed, until all is done. Answers how long each claim took.
    pub(super) async fn work(self: Arc<Self>, slot: usize) -> Vec<Duration> {
        let mut random = Rng::with_seed(self.seed + slot as u64);
        let pool = &self.pools[slot % self.pools.len()];
        let (mut life, mut times) = (0, Vec::new());
        while !self.over.load(Ordering::SeqCst) {
            for _ in 0..ASKS {
                let name = format!("agent-{slot}-{life}");
                let asker = Asker::anything(name.parse().unwrap());
                let begun = Instant::now();
                let answer = grant::claim(pool, &asker, None, &agent(&name)).await.expect("an answer").0;
                let Answer::Granted(briefing) = answer else { break };
                times.push(begun.elapsed());
                self.taken(&briefing).await;
                if random.u32(..KILLED) == 0 {
                    self.holders
                        .lock()
                        .unwrap()
                        .insert(briefing.claim.issue_id, (ClaimId(briefing.claim.id), true));
                    life += 1;
                    continue;
                }
                self.finish_one(pool, &briefing, random.bool()).await;
            }
            if self.round.wait().await.is_leader() {
                self.go_on().await;
            }
            self.round.wait().await;
        }
        times
    }

    /// Nobody else has it, and no limit is exceeded by it.
    async fn taken(&self, briefing: &Briefing) {
        let claim = &briefing.claim;
        let before = self.holders.lock().unwrap().insert(claim.issue_id, (ClaimId(claim.id), false));
        assert!(
            before.is_none_or(|(_, killed)| killed),
            "seed {}: issue {} went to {} and is {before:?}'s",
            self.seed,
            claim.issue_id,
            claim.agent
        );
        let exceeded: i64 = self.db.value(EXCEEDED, &[]).await;
        assert_eq!(exceeded, 0, "seed {}: limits are exceeded with claim {}", self.seed, claim.id);
    }

    /// The work is done, and a person merges it, which closes the issue.
    async fn finish_one(&self, pool: &Db, briefing: &Briefing, tells: bool) {
        let claim = &briefing.claim;
        let held =
            Held { id: ClaimId(claim.id), fence: Fence(claim.fence), agent: claim.agent.parse().unwrap() };
        let who = agent(&claim.agent);
        if tells {
            let note = Checkpoint { note: Some("Half of it.".to_owned()), ..Checkpoint::default() };
            lease::checkpoint(pool, &held, &note, None, &who).await.expect("its own claim");
        }
        self.holders.lock().unwrap().remove(&claim.issue_id);
        let report = End::Complete(Report::new(Outcome::PrOpened));
        finish::end(pool, &held, &report, &json!({}), None, &who).await.expect("its own claim");
        let issue = &briefing.issue;
        let snapshot = IssueSnapshot {
            id: IssueId(issue.id),
            number: issue.number,
            title: issue.title.clone(),
            body: String::new(),
            closed: true,
            state_reason: Some("completed".to_owned()),
            url: issue.url.clone(),
            author: Some("ana".to_owned()),
            author_association: Some("MEMBER".to_owned()),
            assignees: vec![],
            labels: vec!["status/in-review".to_owned(), format!("lane/{}", issue.lane)],
            comments: 0,
            created_at: morning(),
            updated_at: morning() + SignedDuration::from_secs(1),
            closed_at: Some(morning() + SignedDuration::from_secs(1)),
        };
        let seen = Seen::Read { known: None, drift: false, by: "set on GitHub" };
        let ana = Who { kind: "github", name: "ana", correlation: "load" };
        ingest::issue(pool, issue.repository_id, &snapshot, seen, &ana).await.expect("taken in");
    }

    /// Everybody has asked: time goes on, until all is done. An operator lets go what three killed agents had.
    async fn go_on(&self) {
        let now: Timestamp = self.db.value("select dispatch_now()", &[]).await;
        self.db.stop_clock_at(now + BEAT).await;
        let release = "update work set quarantined_at = null, attempts_without_progress = 0 where quarantined_at is not null";
        self.db.run(release).await;
        self.over.store(self.db.count("issue where not closed").await == 0, Ordering::SeqCst);
    }

    /// What must hold at the end, and what there was of it.
    pub(super) async fn finish(&self) -> String {
        assert_eq!(self.db.count("claim where state = 'active'").await, 0, "seed {}", self.seed);
        let done = "(select from claim where outcome is not null group by issue_id having count(*) = 1) once";
        assert_eq!(self.db.count(done).await, self.size.issues, "seed {}: done once each", self.seed);
        let killed = self.db.count("claim where end_reason = 'expired'").await;
        let late = "claim where end_reason = 'expired' and ended_at > expires_at + interval '1 minute'";
        assert_eq!(self.db.count(late).await, 0, "seed {}: offered again too late", self.seed);
        assert!(killed > 0, "seed {}: nobody was killed", self.seed);
        let latest: i64 = self
            .db
            .value(
                "select coalesce(max(extract(epoch from ended_at - expires_at)), 0)::bigint from claim
                 where end_reason = 'expired'",
                &[],
            )
            .await;
        format!("{killed} killed, their work offered again at most {latest} s after the lease")
    }
}
