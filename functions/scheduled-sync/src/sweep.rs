//! Every minute: what is due and nobody did.

use std::time::Instant;

use dispatch_domain::webhook;
use dispatch_github::Error as GithubError;
use dispatch_runtime::failpoint;
use dispatch_store::claims::{finish, wait};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::{Who, deliveries, dependencies, outbox, overview, pulls, sync};
use serde_json::{Value, json};

use crate::Sync;

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
        let (applied, nudges) =
            deliveries::apply_failed(&self.db, MOST, |event, body| webhook::parse(event, body).event).await?;
        self.nudge(nudges).await;
        if let Some(paused) = outbox::paused_until(&self.db).await? {
            return Ok(json!({
                "claimsExpired": expired, "deliveriesApplied": applied, "pausedUntil": paused,
            }));
        }
        failpoint("sweep.before-nudges");
        let due = outbox::due(&self.db, MOST).await?;
        let due_count = due.len();
        self.nudge(due).await;
        failpoint("sweep.after-nudges");
        let reread = self.reread(until).await?;
        let mut runs = 0;
        for run in sync::stranded(&self.db, 5).await? {
            if Instant::now() < until {
                self.asked(run, until).await?;
                runs += 1;
            }
        }
        Ok(json!({
            "claimsExpired": expired, "deliveriesApplied": applied, "writesNudged": due_count,
            "reread": reread, "runs": runs,
        }))
    }

    /// Reads again what only a read can settle. A rate limit ends it: the doubts stay until the next sweep.
    pub(crate) async fn reread(&self, until: Instant) -> anyhow::Result<usize> {
        let correlation = crate::correlation("read");
        let who = Who { kind: "github", name: "read", correlation: &correlation };
        let mut done = 0;
        for doubt in sync::issues_to_reread(&self.db, MOST).await? {
            if Instant::now() > until {
                return Ok(done);
            }
            match self.github.issue(&doubt.repository, doubt.number).await {
                Ok(snapshot) if snapshot.id == doubt.issue => {
                    let seen = Seen::Read { known: Some(doubt.known), drift: false, by: "set on GitHub" };
                    match ingest::issue(&self.db, doubt.repository_id, &snapshot, seen, &who).await {
                        Ok(taken) => {
                            self.nudge(taken.nudge).await;
                            done += 1;
                        }
                        Err(error) if error.is_unavailable() => return Err(error.into()),
                        Err(error) => {
                            tracing::error!(issue = %doubt.issue, error = ?error, "a re-read failed");
                        }
                    }
                }
                Ok(_) => ingest::issue_gone(&self.db, doubt.issue, &who).await?,
                Err(GithubError::Gone { .. }) if self.visible(&doubt.repository).await => {
                    ingest::issue_gone(&self.db, doubt.issue, &who).await?;
                }
                Err(GithubError::RateLimited { wait, .. }) => {
                    self.pause(wait).await?;
                    return Ok(done);
                }
                Err(error) => tracing::warn!(%error, "a re-read failed; it is wanted still"),
            }
        }
        for doubt in sync::pull_requests_to_reread(&self.db, MOST).await? {
            if Instant::now() > until {
                return Ok(done);
            }
            match self.github.pull_request(&doubt.repository, doubt.number).await {
                Ok(snapshot) => {
                    let seen = pulls::Seen::Read(doubt.reread);
                    pulls::pull_request(&self.db, doubt.repository_id, &doubt.repository, &snapshot, seen)
                        .await?;
                    done += 1;
                }
                Err(GithubError::Gone { .. }) => pulls::pull_request_gone(&self.db, doubt.id).await?,
                Err(GithubError::RateLimited { wait, .. }) => {
                    self.pause(wait).await?;
                    return Ok(done);
                }
                Err(error) => tracing::warn!(%error, "a re-read failed; it is wanted still"),
            }
        }
        Ok(done + self.follow_ups(until).await?)
    }

    /// GitHub asks for silence: so say all that follow.
    pub(crate) async fn pause(&self, wait: std::time::Duration) -> Result<(), dispatch_store::Error> {
        let wait = jiff::SignedDuration::try_from(wait).unwrap_or(jiff::SignedDuration::from_mins(15));
        outbox::pause(&self.db, sync::now(&self.db).await? + wait).await
    }

    /// Whether GitHub shows us a repository at all: only then is a missing issue really gone.
    pub(crate) async fn visible(&self, repository: &dispatch_domain::ids::RepoName) -> bool {
        self.github.repository(repository, None).await.is_ok()
    }
}
