//! Every minute: what is due and nobody did.

use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_domain::webhook;
use dispatch_github::Error as GithubError;
use dispatch_runtime::failpoint;
use dispatch_store::claims::{finish, wait};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::sync::{PullRequestReread, Reread};
use dispatch_store::{Who, deliveries, dependencies, desk, outbox, overview, pulls, sync};
use serde_json::{Value, json};

use crate::Sync;
use crate::asking::Trouble;

/// At most so much of each kind in one sweep; the next one is a minute away.
const MOST: i64 = 200;

impl Sync {
    pub(crate) async fn sweep(&self, until: Instant) -> anyhow::Result<Value> {
        let correlation = crate::correlation("sweep");
        let who = Who { kind: "clock", name: "sweep", correlation: &correlation };
        overview::take_sample(&self.db).await?;
        dependencies::settle(&self.db).await?;
        wait::prune(&self.db).await?;
        let (expired, nudges) = finish::expire_due(&self.db, MOST, &who).await?;
        self.nudge(nudges).await;
        let (unblocked, nudges) = desk::unblock_due(&self.db, MOST, &who).await?;
        self.nudge(nudges).await;
        let (applied, nudges) =
            deliveries::apply_failed(&self.db, MOST, |event, body| webhook::parse(event, body).event).await?;
        self.nudge(nudges).await;
        failpoint("sweep.before-nudges");
        let due = outbox::due(&self.db, MOST).await?;
        let due_count = due.len();
        self.nudge(due).await;
        failpoint("sweep.after-nudges");
        let reread = Box::pin(self.reread(until)).await?;
        let mut runs = 0;
        for run in sync::stranded(&self.db, 5).await? {
            if Instant::now() < until {
                Box::pin(self.asked(run, until)).await?;
                runs += 1;
            }
        }
        Ok(json!({
            "claimsExpired": expired, "blocksOver": unblocked, "deliveriesApplied": applied, "writesNudged": due_count,
            "reread": reread, "runs": runs,
        }))
    }

    /// Reads again what only a read can settle. What cannot be asked now stays in doubt until the next sweep.
    pub(crate) async fn reread(&self, until: Instant) -> anyhow::Result<usize> {
        let mut done = 0;
        for doubt in sync::issues_to_reread(&self.db, MOST).await? {
            if Instant::now() > until {
                return Ok(done);
            }
            let read = self.reread_issue(&doubt).await;
            done += self.told(read).await?;
        }
        for doubt in sync::pull_requests_to_reread(&self.db, MOST).await? {
            if Instant::now() > until {
                return Ok(done);
            }
            let read = self.reread_pull_request(&doubt).await;
            done += self.told(read).await?;
        }
        // Boxed: the states of all steps together are too much for one stack.
        done += Box::pin(self.follow_ups(until)).await?;
        done += Box::pin(self.cards(until)).await?;
        Ok(done)
    }

    /// Counts what was read; says why another was not.
    pub(crate) async fn told(&self, read: Result<(), Trouble>) -> Result<usize, dispatch_store::Error> {
        let trouble = match read {
            Ok(()) => return Ok(1),
            // It says so in health, and not once for each.
            Err(Trouble::Held(_)) => return Ok(0),
            Err(trouble) => trouble,
        };
        let why = self.explain(trouble).await?;
        tracing::warn!(why, "not read again; it is wanted still");
        Ok(0)
    }

    async fn reread_issue(&self, doubt: &Reread) -> Result<(), Trouble> {
        let correlation = crate::correlation("read");
        let who = Who { kind: "github", name: "read", correlation: &correlation };
        self.may_ask(&doubt.repository, Class::Board).await?;
        match self.github.issue(&doubt.repository, doubt.number).await {
            Ok(snapshot) if snapshot.id == doubt.issue => {
                let seen = Seen::Read { known: Some(doubt.known), drift: false, by: "set on GitHub" };
                let taken = ingest::issue(&self.db, doubt.repository_id, &snapshot, seen, &who).await?;
                self.nudge(taken.nudge).await;
            }
            Ok(_) => ingest::issue_gone(&self.db, doubt.issue, &who).await?,
            // Only where its repository is shown is an issue really gone.
            Err(GithubError::Gone { .. })
                if self.github.repository(&doubt.repository, None).await.is_ok() =>
            {
                ingest::issue_gone(&self.db, doubt.issue, &who).await?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn reread_pull_request(&self, doubt: &PullRequestReread) -> Result<(), Trouble> {
        self.may_ask(&doubt.repository, Class::Board).await?;
        match self.github.pull_request(&doubt.repository, doubt.number).await {
            Ok(snapshot) => {
                let (id, name) = (doubt.repository_id, &doubt.repository);
                pulls::pull_request(&self.db, id, name, &snapshot, pulls::Seen::Read(doubt.reread)).await?;
            }
            Err(GithubError::Gone { .. }) => pulls::pull_request_gone(&self.db, doubt.id).await?,
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}
