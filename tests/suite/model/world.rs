//! A few issues, a few agents, and everything that can happen to them.

use std::collections::BTreeMap;

use dispatch_domain::ids::IssueId;
use dispatch_store::claims::grant::Answer;
use dispatch_store::claims::{Held, finish};
use dispatch_store::{Db, Who, dependencies, desk};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use kit::TestDb;
use kit::db::morning;
use tokio_postgres::Statement;

use super::agents::Promise;
use super::law;

pub(super) const ISSUES: i64 = 12;
pub(super) const AGENTS: [&str; 5] = ["alpha", "beta", "gamma", "delta", "epsilon"];

/// The world of one walk.
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) random: Rng,
    pub(super) db: TestDb,
    pub(super) law: Statement,
    pub(super) store: Db,
    /// The clock of all rules.
    pub(super) now: Timestamp,
    /// GitHub's own.
    pub(super) github: Timestamp,
    /// With the sweeper off, only those who ask for work notice a lease that ran out.
    sweeping: bool,
    /// What agents hold, as far as they know.
    pub(super) live: Vec<Held>,
    /// What they once held: reports of it are tried too.
    pub(super) old: Vec<Held>,
    /// Requests with a key, and what they were answered.
    pub(super) promises: Vec<Promise>,
    pub(super) tally: BTreeMap<&'static str, u64>,
}

impl World {
    pub(super) async fn new(seed: u64) -> Self {
        let db = TestDb::new().await;
        db.run(
            "insert into repository (github_id, owner, name, source)
               values (1, 'acme', 'web', 'user'), (2, 'acme', 'api', 'user');
             insert into lane (name) values ('deep');
             update lane set role = null where role = 'escalation';
             update lane set role = 'escalation' where name = 'deep'",
        )
        .await;
        let mut world = Self {
            seed,
            random: Rng::with_seed(seed),
            law: law::statement(&db).await,
            store: db.pool(1),
            db,
            now: morning(),
            github: morning(),
            sweeping: true,
            live: vec![],
            old: vec![],
            promises: vec![],
            tally: BTreeMap::new(),
        };
        for issue in 1..=ISSUES {
            world.seen(issue, &["status/ready"], false).await;
        }
        world
    }

    pub(super) fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    pub(super) fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.random.usize(..of.len())]
    }

    /// Once in so many times.
    pub(super) fn once_in(&mut self, times: u32) -> bool {
        self.random.u32(..times) == 0
    }

    pub(super) fn issue(&mut self) -> i64 {
        self.random.i64(1..=ISSUES)
    }

    pub(super) async fn pass(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        self.db.stop_clock_at(self.now).await;
        if self.sweeping {
            self.sweep().await;
        }
    }

    pub(super) async fn sweep(&mut self) {
        let who = Who { kind: "clock", name: "sweep", correlation: "model" };
        dependencies::settle(&self.store).await.expect("counted");
        if finish::expire_due(&self.store, 50, &who).await.expect("swept").0 > 0 {
            self.count("expired");
        }
        if desk::unblock_due(&self.store, 50, &who).await.expect("swept").0 > 0 {
            self.count("unblocked");
        }
    }

    /// One thing happens.
    pub(super) async fn step(&mut self) {
        match self.random.u32(..100) {
            0..25 => self.claim().await,
            25..31 => self.renew().await,
            31..36 => self.checkpoint().await,
            36..47 => self.complete().await,
            47..51 => self.release().await,
            51 => self.escalate().await,
            52..55 => self.block().await,
            55..61 => {
                let minutes = self.any(&[1, 5, 16, 40]);
                self.pass(minutes * 60).await;
            }
            // Clocks jump: a machine was suspended, or another one took over whose clock is behind.
            61 => {
                let seconds = self.any(&[-45, 24 * 3600]);
                self.pass(seconds).await;
            }
            62 => {
                self.sweeping = !self.sweeping;
                self.count("switched");
            }
            63..80 => self.fact().await,
            80..84 => self.moved().await,
            84..87 => self.decided().await,
            87 => self.stopped().await,
            88..91 => self.related().await,
            91..95 => self.ruled().await,
            // A killed agent forgets what it held.
            95..98 => {
                if let Some(forgotten) = self.live.pop() {
                    self.keep_old(forgotten);
                }
            }
            _ => self.pass(1).await,
        }
        self.check().await;
    }

    /// Remembers a claim that its agent believes to be over.
    pub(super) fn keep_old(&mut self, held: Held) {
        const KEPT: usize = 40;
        if self.old.len() == KEPT {
            self.old.remove(0);
        }
        self.old.push(held);
    }

    /// Takes every obstacle away; then all that is ready goes out, each issue once: what is reserved to whom it is
    /// reserved for, all else to agents that have nothing yet. What is held is given up first, by time.
    pub(super) async fn everything_ready_is_handed_out(&mut self) {
        self.live.clear();
        self.pass(3 * 24 * 3600).await;
        self.sweep().await;
        self.db
            .run(
                "update lane set paused = false, wip_limit = null, claimable = true; update agent set capacity = null;
                 update repository set enabled = true, archived = false, wip_limit = null, review_limit = null;
                 update work set quarantined_at = null, attempts_without_progress = 0, snoozed_until = null;
                 delete from issue_dependency",
            )
            .await;
        let sql = "select id, agent from issue where status = 'ready' and not closed and not gone";
        let ready = self.db.rows(sql, &[]).await;
        let mut out = Vec::new();
        for (n, row) in ready.iter().enumerate() {
            let reserved: Option<String> = row.get(1);
            let only = reserved.is_some().then(|| IssueId(row.get(0)));
            let name = reserved.unwrap_or_else(|| format!("fresh-{n}"));
            match self.ask(&name, only, None).await {
                Answer::Granted(briefing) => out.push(briefing.claim.issue_id),
                Answer::Nothing(nothing) => panic!(
                    "seed {}: {n} of {} ready issues went out, then: {nothing:?}",
                    self.seed,
                    ready.len()
                ),
            }
        }
        out.sort_unstable();
        let mut expected: Vec<i64> = ready.iter().map(|row| row.get(0)).collect();
        expected.sort_unstable();
        assert_eq!(out, expected, "seed {}: ready, and handed out", self.seed);
        // And then everything begins anew.
        self.pass(60).await;
        for issue in 1..=ISSUES {
            self.seen(issue, &["status/ready"], false).await;
        }
        self.check().await;
    }
}
