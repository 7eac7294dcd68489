//! One row of the outbox, from its lease to what GitHub shows in the end.

use std::time::{Duration, Instant};

use dispatch_domain::ids::MutationId;
use dispatch_domain::intent::LabelPlan;
use dispatch_domain::retry;
use dispatch_github::{Error as GithubError, Read};
use dispatch_runtime::{failpoint, metrics};
use dispatch_store::outbox::{self, Lease, Left};
use dispatch_store::{Error, Who, ingest};
use jiff::{SignedDuration, Timestamp};
use tracing::Instrument;

use crate::Writer;

/// How long a row is ours: longer than a whole invocation may take, so that nobody writes beside us.
const LEASE_SECONDS: i32 = 90;
/// Rounds of reading and writing. Two are the rule; more mean that somebody edits at the same time.
const ROUNDS: usize = 4;

/// What became of a nudge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Nothing to do: settled, somebody else's, or not due yet.
    Spent,
    /// GitHub shows what is wanted, or people decided otherwise.
    Settled,
    /// Put back with a time, or parked with its reason.
    Later,
    /// GitHub asks for silence: the whole invocation stops.
    Limited,
}

impl Writer {
    /// # Errors
    /// Only when the store is away: then the lease runs out by itself.
    pub(crate) async fn write(&self, id: MutationId) -> Result<Written, Error> {
        let Some(lease) = outbox::lease(&self.db, id, LEASE_SECONDS).await? else {
            return Ok(Written::Spent);
        };
        let leased = Instant::now();
        failpoint("writer.after-lease");
        let span = tracing::info_span!(
            "write",
            correlation.id = lease.correlation,
            mutation.id = id.0,
            repository = %lease.repository,
            issue.number = lease.number
        );
        async {
            let who = Who { kind: "github", name: "read", correlation: &lease.correlation };
            match self.converge(&lease, &who).await? {
                Ok(written) => {
                    if written == Written::Settled {
                        let waited = lease.now.duration_since(lease.wanted_at).as_secs_f64();
                        let waited = waited + leased.elapsed().as_secs_f64();
                        metrics::record(&metrics::WRITE_LATENCY, waited * 1000.0);
                    }
                    Ok(written)
                }
                Err(error) => self.failed(&lease, error, &who).await,
            }
        }
        .instrument(span)
        .await
    }

    /// Reads, writes what is left, and reads again until nothing is left.
    async fn converge(&self, lease: &Lease, who: &Who<'_>) -> Result<Result<Written, GithubError>, Error> {
        let mut known = lease.known;
        for _ in 0..ROUNDS {
            let snapshot = match self.github.issue(&lease.repository, lease.number).await {
                Ok(snapshot) => snapshot,
                Err(error) => return Ok(Err(error)),
            };
            failpoint("writer.before-finish");
            let (left, now_known) = outbox::left(&self.db, lease, known, &snapshot, who).await?;
            failpoint("writer.after-finish");
            known = now_known;
            match left {
                Left::Nothing => return Ok(Ok(Written::Settled)),
                Left::Again => {}
                Left::Write(plan) => {
                    if let Err(error) = self.apply(lease, &plan).await {
                        return Ok(Err(error));
                    }
                }
            }
        }
        let again = lease.now + SignedDuration::from_secs(5);
        outbox::put_back(&self.db, lease, again, "the labels keep changing while they are written", true)
            .await?;
        Ok(Ok(Written::Later))
    }

    /// All additions in one request, then one request for each removal.
    async fn apply(&self, lease: &Lease, plan: &LabelPlan) -> Result<(), GithubError> {
        if !plan.add.is_empty() {
            self.pace.wait().await;
            failpoint("writer.before-post");
            self.github.add_labels(&lease.repository, lease.number, &plan.add).await?;
            failpoint("writer.after-post");
        }
        for label in &plan.remove {
            self.pace.wait().await;
            failpoint("writer.before-delete");
            self.github.remove_label(&lease.repository, lease.number, label).await?;
            failpoint("writer.after-delete");
        }
        tracing::info!(added = ?plan.add, removed = ?plan.remove, "labels written");
        Ok(())
    }

    async fn failed(&self, lease: &Lease, error: GithubError, who: &Who<'_>) -> Result<Written, Error> {
        tracing::warn!(%error, attempts = lease.attempts, "a write did not go through");
        match &error {
            GithubError::RateLimited { wait, .. } => {
                let at = lease.now + SignedDuration::try_from(*wait).unwrap_or(retry::LONGEST_DELAY);
                outbox::pause(&self.db, at).await?;
                self.put_back(lease, at, &error, false).await?;
                Ok(Written::Limited)
            }
            GithubError::Gone { .. } => self.gone(lease, &error, who).await,
            GithubError::Denied { .. } | GithubError::Unprocessable { .. } => {
                self.park(lease, &error, who).await?;
                Ok(Written::Later)
            }
            GithubError::Unavailable { .. } | GithubError::Unexpected { .. } => {
                match retry::WRITE.next(lease.now, lease.attempts, lease.id.0) {
                    Some(at) => self.put_back(lease, at, &error, true).await?,
                    None => self.park(lease, &error, who).await?,
                }
                Ok(Written::Later)
            }
        }
    }

    /// An issue that is not there is gone when its repository is there; otherwise we may not see the repository.
    async fn gone(&self, lease: &Lease, error: &GithubError, who: &Who<'_>) -> Result<Written, Error> {
        match self.github.repository(&lease.repository, None).await {
            Ok(Read::Changed(_) | Read::NotModified) => {
                ingest::issue_gone(&self.db, lease.issue, who).await?;
                Ok(Written::Settled)
            }
            Err(limited @ GithubError::RateLimited { .. }) => {
                let wait = limited.wait().and_then(|wait| SignedDuration::try_from(wait).ok());
                let at = lease.now + wait.unwrap_or(SignedDuration::from_mins(1));
                outbox::pause(&self.db, at).await?;
                self.put_back(lease, at, &limited, false).await?;
                Ok(Written::Limited)
            }
            Err(_) => {
                self.park(lease, error, who).await?;
                Ok(Written::Later)
            }
        }
    }

    async fn park(&self, lease: &Lease, error: &GithubError, who: &Who<'_>) -> Result<(), Error> {
        metrics::record(&metrics::WRITES_PARKED, 1.0);
        outbox::park(&self.db, lease, &error.to_string(), who).await
    }

    /// Puts a row back until `at`, and asks the queue to come again then if that is near enough.
    async fn put_back(
        &self,
        lease: &Lease,
        at: Timestamp,
        error: &GithubError,
        counts: bool,
    ) -> Result<(), Error> {
        metrics::record(&metrics::WRITE_RETRIES, 1.0);
        outbox::put_back(&self.db, lease, at, &error.to_string(), counts).await?;
        let wait = at.duration_since(lease.now);
        if wait <= retry::LONGEST_DELAY {
            // A whole second later, because the queue counts whole seconds and the row's time must have come.
            let delay =
                Duration::from_secs(wait.as_secs().max(0).unsigned_abs() + 1).min(Duration::from_secs(900));
            if let Err(error) = self.queue.nudge(lease.id.0, Some(delay)).await {
                tracing::warn!(%error, "no nudge for later; the sweep will find the write");
            }
        }
        Ok(())
    }
}
