//! The one writer to GitHub: leases a row of the outbox, reads, writes what is left, and reads again.
//!
//! Purpose: desired state, not replayed deltas. A message only says which row to look at; losing, doubling or
//! reordering messages changes when something is written, never what. What GitHub shows settles a row, so a writer
//! that dies anywhere leaves nothing behind but a lease that runs out.

mod pace;
mod write;

use std::time::{Duration, Instant};

use anyhow::Context;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use dispatch_domain::ids::MutationId;
use dispatch_github::{Auth, Github, Limits};
use dispatch_runtime::config::Pooler;
use dispatch_runtime::{Config, Queue, metrics, queue, traces};
use dispatch_store::outbox::{self, Budget};
use dispatch_store::{Db, Settings};
use secrecy::ExposeSecret;

use crate::pace::Pace;
use crate::write::Written;

/// One invocation goes on with due writes for so long, so that a burst needs few invocations. The function's timeout
/// in the template is well above it.
const BUDGET: Duration = Duration::from_secs(20);

/// What the function needs.
pub struct Writer {
    db: Db,
    github: Github,
    queue: Queue,
    pace: Pace,
}

impl Writer {
    /// Builds it from the configuration. Connects nowhere.
    ///
    /// # Errors
    /// When a variable is missing or cannot be used; says which.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let database = config.database()?;
        let db = Db::new(&Settings {
            url: database.url.expose_secret().to_owned(),
            ca: database.ca_pem,
            transaction_pooler: database.pooler == Pooler::Transaction,
            pool_size: database.pool_size,
        })
        .context("preparing the database pool")?;
        let github = config.github()?;
        let auth = match (github.app, github.token) {
            (Some(app), _) => {
                Auth::App { id: app.id, key: app.private_key, installation: Some(app.installation) }
            }
            (None, Some(token)) => Auth::Token(token),
            (None, None) => anyhow::bail!("neither GITHUB_TOKEN nor GITHUB_APP_* is set"),
        };
        let settings = dispatch_github::Settings { api_url: github.api_url, auth, limits: Limits::default() };
        Ok(Self {
            db,
            github: Github::new(settings)?,
            queue: Queue::new(config.queue()?),
            pace: Pace::new(github.write_interval),
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
        // While GitHub asks for silence nothing is even leased: the sweep nudges again when it is over.
        let mut limited = match outbox::paused_until(&self.db).await {
            Ok(until) => until.is_some(),
            Err(error) => {
                tracing::error!(error = ?error, "the store is away; the nudges come again");
                for record in event.records {
                    response.add_failure(record.message_id.unwrap_or_default());
                }
                return response;
            }
        };
        for record in event.records {
            let id = match queue::decode(record.body.as_deref().unwrap_or_default()) {
                Ok(id) => MutationId(id),
                Err(error) => {
                    tracing::error!(%error, "a nudge that cannot be read is dropped; the sweep finds what is due");
                    continue;
                }
            };
            if limited || Instant::now() > until {
                // Not touched: the row stays due, and the sweep nudges again.
                continue;
            }
            match self.write(id).await {
                Ok(written) => limited = matches!(written, Written::Limited),
                Err(error) => {
                    tracing::error!(mutation.id = id.0, error = ?error, "the store is away; the nudge comes again");
                    response.add_failure(record.message_id.unwrap_or_default());
                }
            }
        }
        if !limited {
            self.go_on(until).await;
        }
        self.remember_budgets().await;
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

    async fn remember_budgets(&self) {
        for (credential, budget) in self.github.budgets() {
            let clip = |n: i64| i32::try_from(n.clamp(0, i64::from(i32::MAX))).unwrap_or(i32::MAX);
            let budget = Budget {
                credential: credential.to_string(),
                limit: clip(budget.limit),
                remaining: clip(budget.remaining),
                reset_at: budget.reset_at,
                paused_until: None,
            };
            metrics::record(&metrics::GITHUB_BUDGET, budget.percent_left());
            if let Err(error) = outbox::remember_budget(&self.db, &budget).await {
                tracing::warn!(error = ?error, "cannot remember GitHub's budget");
            }
        }
    }
}
