//! One row of the outbox, from its lease to what GitHub shows in the end.

use std::time::{Duration, Instant};

use dispatch_domain::ids::MutationId;
use dispatch_domain::intent::{LabelPlan, same_label};
use dispatch_domain::{label, retry};
use dispatch_github::{Credential, Error as GithubError, Read};
use dispatch_runtime::{failpoint, metrics};
use dispatch_store::outbox::{self, Lease, Left, comment};
use dispatch_store::{Error, Who, ingest, repositories};
use jiff::{SignedDuration, Timestamp};
use tracing::Instrument;

use crate::Writer;
use crate::asking::Stop;

/// How long a row is ours: longer than a whole invocation may take, so that nobody writes beside us.
const LEASE_SECONDS: i32 = 90;
/// Rounds of reading and writing. Two are the rule; more mean that somebody edits at the same time.
const ROUNDS: usize = 4;

/// How soon a credential that was refused is tried again.
const CREDENTIAL: SignedDuration = SignedDuration::from_mins(5);

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
            match self.converge(&lease, &who).await {
                Ok(written) => {
                    if written == Written::Settled {
                        let waited = lease.now.duration_since(lease.wanted_at).as_secs_f64();
                        let waited = waited + leased.elapsed().as_secs_f64();
                        metrics::record(&metrics::WRITE_LATENCY, waited * 1000.0);
                    }
                    Ok(written)
                }
                Err(stop) => self.stopped(&lease, stop, &who).await,
            }
        }
        .instrument(span)
        .await
    }

    /// Reads, writes what is left, and reads again until nothing is left.
    async fn converge(&self, lease: &Lease, who: &Who<'_>) -> Result<Written, Stop> {
        let credential = self.may_write(lease).await?;
        if let Some(comment) = &lease.comment {
            Box::pin(self.comment(lease, credential, comment)).await?;
            return Ok(Written::Settled);
        }
        let mut known = lease.known;
        for _ in 0..ROUNDS {
            let snapshot = self.github.issue(&lease.repository, lease.number).await?;
            failpoint("writer.before-finish");
            let look = outbox::left(&self.db, lease, known, &snapshot, who).await?;
            failpoint("writer.after-finish");
            self.nudge(look.nudge).await;
            known = look.known;
            match look.left {
                Left::Nothing => return Ok(Written::Settled),
                Left::Again => {}
                Left::Write(plan) => {
                    let mut writes = 0;
                    let applied = self.apply(lease, credential, &plan, &snapshot.labels, &mut writes).await;
                    outbox::wrote(&self.db, lease, writes).await?;
                    applied?;
                }
            }
        }
        let again = lease.now + SignedDuration::from_secs(5);
        let why = "the labels keep changing while they are written";
        outbox::put_back(&self.db, lease, again, why, true).await?;
        Ok(Written::Later)
    }

    /// All additions in one request, then one request for each removal. `writes` counts the requests.
    async fn apply(
        &self,
        lease: &Lease,
        credential: Credential,
        plan: &LabelPlan,
        observed: &[String],
        writes: &mut i32,
    ) -> Result<(), Stop> {
        let first = plan.making_room(observed).ok_or(Stop::NoRoom)?;
        for label in &first {
            self.remove(lease, credential, label, writes).await?;
        }
        if !plan.add.is_empty() {
            self.define(lease, credential, &plan.add, writes).await?;
            self.turn(credential).await?;
            failpoint("writer.before-post");
            *writes += 1;
            self.github.add_labels(&lease.repository, lease.number, &plan.add).await?;
            failpoint("writer.after-post");
        }
        for label in plan.remove.iter().filter(|label| !first.contains(label)) {
            self.remove(lease, credential, label, writes).await?;
        }
        tracing::info!(added = ?plan.add, removed = ?plan.remove, "labels written");
        Ok(())
    }

    async fn remove(
        &self,
        lease: &Lease,
        credential: Credential,
        label: &str,
        writes: &mut i32,
    ) -> Result<(), Stop> {
        self.turn(credential).await?;
        failpoint("writer.before-delete");
        *writes += 1;
        self.github.remove_label(&lease.repository, lease.number, label).await?;
        failpoint("writer.after-delete");
        Ok(())
    }

    /// Gives labels that a repository lacks a colour and a description; GitHub itself would make them grey. Those that
    /// are there stay as people have them.
    async fn define(
        &self,
        lease: &Lease,
        credential: Credential,
        labels: &[String],
        writes: &mut i32,
    ) -> Result<(), Stop> {
        let new: Vec<&String> = labels
            .iter()
            .filter(|label| !lease.labels_defined.iter().any(|known| same_label(known, label)))
            .collect();
        for label in &new {
            self.turn(credential).await?;
            *writes += 1;
            let look = label::look(label);
            match self.github.create_label(&lease.repository, label, look.color, &look.description).await {
                // Who may add labels and not define them gets grey ones.
                Ok(()) | Err(GithubError::Denied { .. } | GithubError::Unprocessable { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if !new.is_empty() {
            repositories::labels_defined(&self.db, lease.repository_id, labels).await?;
        }
        Ok(())
    }

    async fn stopped(&self, lease: &Lease, stop: Stop, who: &Who<'_>) -> Result<Written, Error> {
        match stop {
            Stop::Store(error) => Err(error),
            Stop::GitHub(error) => self.failed(lease, error, who).await,
            Stop::Wait(at, why) => {
                self.put_back(lease, at, why, false).await?;
                Ok(Written::Later)
            }
            Stop::NoRoom => {
                let reference = format!("{}#{}", lease.repository, lease.number);
                let why = format!("{reference} has 100 labels, GitHub's most: take one off, then try again");
                self.park(lease, &why, who).await?;
                Ok(Written::Later)
            }
        }
    }

    async fn failed(&self, lease: &Lease, error: GithubError, who: &Who<'_>) -> Result<Written, Error> {
        tracing::warn!(%error, attempts = lease.attempts, "a write did not go through");
        match &error {
            GithubError::RateLimited { .. } => self.limited(lease, &error).await,
            GithubError::Gone { .. } => self.gone(lease, &error, who).await,
            // Nothing is wrong with the write: it waits for a credential that works.
            GithubError::Unauthorized { .. } => {
                self.put_back(lease, lease.now + CREDENTIAL, &error.to_string(), false).await?;
                Ok(Written::Limited)
            }
            GithubError::Denied { .. } | GithubError::Unprocessable { .. } => {
                self.park(lease, &error.to_string(), who).await?;
                Ok(Written::Later)
            }
            GithubError::Unavailable { .. } | GithubError::Unexpected { .. } => {
                match retry::WRITE.next(lease.now, lease.attempts, lease.id.0) {
                    Some(at) => self.put_back(lease, at, &error.to_string(), true).await?,
                    None => self.park(lease, &error.to_string(), who).await?,
                }
                Ok(Written::Later)
            }
        }
    }

    async fn limited(&self, lease: &Lease, error: &GithubError) -> Result<Written, Error> {
        let until = self.pause(error).await?.unwrap_or(lease.now + retry::LONGEST_DELAY);
        self.put_back(lease, until, &error.to_string(), false).await?;
        Ok(Written::Limited)
    }

    /// An issue that is not there is gone when its repository is there; otherwise we may not see the repository.
    async fn gone(&self, lease: &Lease, error: &GithubError, who: &Who<'_>) -> Result<Written, Error> {
        match self.github.repository(&lease.repository, None).await {
            Ok(Read::Changed(_) | Read::NotModified) => {
                ingest::issue_gone(&self.db, lease.issue, who).await?;
                if lease.comment.is_some() {
                    comment::finish(&self.db, lease, comment::Written::Superseded).await?;
                }
                Ok(Written::Settled)
            }
            Err(limited @ GithubError::RateLimited { .. }) => self.limited(lease, &limited).await,
            Err(_) => {
                self.park(lease, &error.to_string(), who).await?;
                Ok(Written::Later)
            }
        }
    }

    async fn park(&self, lease: &Lease, why: &str, who: &Who<'_>) -> Result<(), Error> {
        metrics::record(&metrics::WRITES_PARKED, 1.0);
        outbox::park(&self.db, lease, why, who).await
    }

    /// Puts a row back until `at`, and asks the queue to come again then if that is near enough.
    async fn put_back(&self, lease: &Lease, at: Timestamp, why: &str, counts: bool) -> Result<(), Error> {
        metrics::record(&metrics::WRITE_RETRIES, 1.0);
        outbox::put_back(&self.db, lease, at, why, counts).await?;
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

    /// The read itself wanted another write: somebody may come for it before this invocation does.
    async fn nudge(&self, wanted: Option<MutationId>) {
        if let Some(id) = wanted
            && let Err(error) = self.queue.nudge(id.0, None).await
        {
            tracing::warn!(%error, "no nudge; the next sweep sends it again");
        }
    }
}
