//! The proof that nothing was lost: GitHub's lists of deliveries compared with ours, and what is missing got again.

use std::time::{Duration, Instant};

use dispatch_domain::budget::Class;
use dispatch_domain::ids::RepoName;
use dispatch_domain::webhook;
use dispatch_github::{Credential, Error as GithubError, Hook, Read};
use dispatch_runtime::metrics;
use dispatch_store::deliveries::{self, Delivery};
use dispatch_store::hooks::{self, Missing, Reach};
use dispatch_store::{Error, budget, health};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Sync;
use crate::asking::Trouble;

/// So many are asked for between two looks at the clock.
const BITE: i64 = 100;
/// So often GitHub is asked to send one again; then what it says is read instead.
const REDELIVERIES: i32 = 2;
/// After so many attempts of either kind its repository is synchronised again from then on.
const ATTEMPTS: i32 = 6;
/// A redelivery shows within seconds; asking again costs a request.
const RETRY: SignedDuration = SignedDuration::from_mins(2);
/// Nobody waits longer for a turn: the job ends, and goes on the next time.
const PATIENCE: Duration = Duration::from_secs(2);

impl Sync {
    /// Looks at webhooks that are due, compares lists, and gets what is missing.
    pub(crate) async fn recover(&self, until: Instant) -> anyhow::Result<Value> {
        let looked = self.check_hooks(until).await?;
        let mut noticed = 0;
        for row in self.expected_hooks().await?.into_iter().filter(|row| row.compare_due) {
            let Some(hook) = of(&row).filter(|_| Instant::now() < until) else { continue };
            match self.compare(row.id, &hook, row.etag.as_deref(), until).await {
                Ok(missing) => noticed += missing,
                Err(Trouble::Store(error)) => return Err(error.into()),
                Err(trouble) => {
                    let why = self.explain(trouble).await?;
                    tracing::warn!(hook = ?hook, why, "a list of deliveries was not compared; it is tried again");
                }
            }
        }
        let (asked, recovered) = self.get_missing(until).await?;
        let missing = health::details(&self.db).await?.backlog.deliveries_missing;
        metrics::record(&metrics::DELIVERIES_MISSING, missing as f64);
        Ok(
            json!({ "webhooks": looked, "noticed": noticed, "asked": asked, "recovered": recovered, "missing": missing }),
        )
    }

    /// Compares one list from its newest entry down to where it was compared before.
    async fn compare(
        &self,
        id: i64,
        hook: &Hook,
        known: Option<&str>,
        until: Instant,
    ) -> Result<u64, Trouble> {
        let begun = hooks::comparison(&self.db, id).await?;
        let (mut at, mut reached) = (begun.at, begun.until);
        let mut first_tag = None;
        let mut missing = 0;
        loop {
            self.may_spend(self.whose(hook).await?, Class::Board).await?;
            // A list that goes on from an earlier run has no first page to know again.
            let if_changed = known.filter(|_| at.is_none());
            let Read::Changed(page) = self.github.deliveries(hook, at.as_deref(), if_changed).await? else {
                let reach = Reach { until: begun.now, next: None, first: false, etag: known };
                hooks::compare(&self.db, id, &[], &reach).await?;
                return Ok(missing);
            };
            let first = at.is_none();
            if first {
                first_tag.clone_from(&page.etag);
            }
            let reach = *reached.get_or_insert(begun.now);
            let fresh: Vec<_> =
                page.items.iter().filter(|item| item.delivered_at >= begun.since).cloned().collect();
            let end = fresh.len() < page.items.len();
            let next = page.next.as_ref().filter(|_| !end).map(|next| next.as_str());
            let reach = Reach { until: reach, next, first, etag: first_tag.as_deref() };
            missing += hooks::compare(&self.db, id, &fresh, &reach).await?;
            match next {
                Some(next) if Instant::now() < until => at = Some(next.to_owned()),
                _ => return Ok(missing),
            }
        }
    }

    /// Asks for what is missing until all was asked for or the time is used: (asked for, arrived meanwhile).
    async fn get_missing(&self, until: Instant) -> anyhow::Result<(usize, u64)> {
        let (mut asked, mut arrived) = (0, 0);
        loop {
            let (recovered, due) = hooks::missing(&self.db, BITE).await?;
            arrived += recovered;
            if due.is_empty() {
                return Ok((asked, arrived));
            }
            for missing in due {
                if Instant::now() > until {
                    return Ok((asked, arrived));
                }
                match self.get(&missing).await {
                    Ok(true) => asked += 1,
                    Ok(false) => return Ok((asked, arrived)),
                    Err(Trouble::Store(error)) => return Err(error.into()),
                    Err(trouble) => {
                        let why = self.explain(trouble).await?;
                        tracing::info!(why, "missing deliveries wait");
                        return Ok((asked, arrived));
                    }
                }
            }
        }
    }

    /// Gets one: sent again, else read, else made up for by a synchronisation. False: its turn is too far away.
    async fn get(&self, missing: &Missing) -> Result<bool, Trouble> {
        let hook = match &missing.hook {
            Some((repository, id)) => Hook::Repository(repository.clone(), *id),
            None => Hook::App,
        };
        let credential = self.whose(&hook).await?;
        self.may_spend(credential, Class::Board).await?;
        // A redelivery is no content, but a write: GitHub counts it five times a read.
        let interval = self.write_interval / 3;
        let turn = budget::turn(&self.db, &credential.to_string(), interval, PATIENCE).await?;
        let Some(turn) = turn else { return Ok(false) };
        tokio::time::sleep(turn).await;
        let outcome = match missing.attempts < REDELIVERIES {
            true => self.github.redeliver(&hook, missing.delivery_id).await,
            false => self.read(&hook, missing).await?,
        };
        let retry_at = missing.now + RETRY * (missing.attempts + 1);
        match outcome {
            Ok(()) => hooks::asked_again(&self.db, &missing.guid, retry_at, None).await?,
            Err(limited @ GithubError::RateLimited { .. }) => return Err(limited.into()),
            Err(error) if missing.attempts + 1 >= ATTEMPTS || matches!(error, GithubError::Gone { .. }) => {
                hooks::give_up(&self.db, &missing.guid, &error.to_string()).await?;
            }
            Err(error) => {
                hooks::asked_again(&self.db, &missing.guid, retry_at, Some(&error.to_string())).await?;
            }
        }
        Ok(true)
    }

    /// Reads what a delivery says and takes it in as if it had come.
    async fn read(&self, hook: &Hook, missing: &Missing) -> Result<Result<(), GithubError>, Error> {
        let payload = match self.github.delivery_payload(hook, missing.delivery_id).await {
            Ok(payload) => payload,
            Err(error) => return Ok(Err(error)),
        };
        let parsed = webhook::parse(&missing.event, payload.as_bytes());
        let delivery = Delivery {
            guid: &missing.guid,
            event: &missing.event,
            action: parsed.action.as_deref(),
            payload: payload.as_bytes(),
        };
        let (_, nudges) = deliveries::accept(&self.db, &delivery, &parsed.event).await?;
        self.nudge(nudges).await;
        Ok(Ok(()))
    }

    async fn whose(&self, hook: &Hook) -> Result<Credential, Trouble> {
        Ok(match hook {
            Hook::App => Credential::App,
            Hook::Repository(repository, _) => self.github.credential(repository).await?,
        })
    }
}

/// A row's webhook, if there is one on GitHub.
fn of(row: &hooks::Hook) -> Option<Hook> {
    match (row.owner.as_deref(), row.name.as_deref(), row.hook_id) {
        (Some(owner), Some(name), Some(id)) => Some(Hook::Repository(RepoName::new(owner, name).ok()?, id)),
        (None, None, _) => Some(Hook::App),
        _ => None,
    }
}
