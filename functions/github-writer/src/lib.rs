//! The one writer to GitHub: leases a row of the outbox, reads, writes what is left, and reads again.
//!
//! Purpose: desired state, not replayed deltas. A message only says which row to look at; losing, doubling or
//! reordering messages changes when something is written, never what. What GitHub shows settles a row, so a writer
//! that dies anywhere leaves nothing behind but a lease that runs out. What GitHub may be asked is bounded by the budget
//! that all instances share; what may not be asked now is put back with a time.

mod asking;
mod comment;
mod write;

use std::time::{Duration, Instant};

use anyhow::Context;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use dispatch_domain::ids::MutationId;
use dispatch_github::Github;
use dispatch_runtime::{Config, Queue, metrics, queue, traces};
use dispatch_store::{Db, outbox};

use crate::write::Written;

/// One invocation goes on with due writes for so long, so that a burst needs few invocations. The function's timeout
/// in the template is well above it.
const BUDGET: Duration = Duration::from_secs(20);

/// What the function needs.
pub struct Writer {
    db: Db,
    github: Github,
    queue: Queue,
    /// Between two writes, of all instances together.
    write_interval: Duration,
}

impl Writer {
    /// Builds it from the configuration. Connects nowhere.
    ///
    /// # Errors
    /// When a variable is missing or cannot be used; says which.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let github = config.github()?;
        Ok(Self {
            db: Db::new(&config.database()?).context("preparing the database pool")?,
            github: Github::new(github.client)?,
            queue: Queue::new(config.queue()?),
            write_interval: github.write_interval,
        })
    }

    /// The same, sending its nudges through `queue`: for whoever has an SQS client already, as tests have.
    #[must_use]
    pub fn with_queue(self, queue: Queue) -> Self {
        Self { queue, ..self }
    }

    /// Works through a batch of nudges, then through what else is due, within the time budget.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        let until = Instant::now() + BUDGET;
        let mut response = SqsBatchResponse::default();
        let (mut limited, mut away) = (false, false);
        for record in event.records {
            let id = match queue::decode(record.body.as_deref().unwrap_or_default()) {
                Ok(id) => MutationId(id),
                Err(error) => {
                    tracing::error!(%error, "a nudge that cannot be read is dropped; the sweep finds what is due");
                    continue;
                }
            };
            if away {
                response.add_failure(record.message_id.unwrap_or_default());
                continue;
            }
            if Instant::now() > until {
                // Not touched: the row stays due, and the sweep nudges again.
                continue;
            }
            match self.write(id).await {
                Ok(written) => limited |= written == Written::Limited,
                Err(error) => {
                    tracing::error!(mutation.id = id.0, error = ?error, "the store is away; the nudge comes again");
                    away = error.is_unavailable();
                    response.add_failure(record.message_id.unwrap_or_default());
                }
            }
        }
        if !limited && !away {
            self.go_on(until).await;
        }
        self.remember_budgets().await;
        for budget in self.github.budgets().values() {
            metrics::record(&metrics::GITHUB_BUDGET, budget.percent_left());
        }
        traces::flush().await;
        response
    }

    /// Whatever else is due, until nothing is left or the time is used.
    async fn go_on(&self, until: Instant) {
        while Instant::now() < until {
            let due = match outbox::due(&self.db, 10).await {
                Ok(due) => due,
                Err(error) => return tracing::warn!(error = ?error, "cannot ask for due writes"),
            };
            if due.is_empty() {
                return;
            }
            for id in due {
                match self.write(id).await {
                    Ok(Written::Limited) | Err(_) => return,
                    Ok(_) if Instant::now() > until => return,
                    Ok(_) => {}
                }
            }
        }
    }
}
