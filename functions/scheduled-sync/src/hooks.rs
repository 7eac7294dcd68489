//! Webhooks as GitHub has them: looked at now and then, created or repaired when somebody asks.

use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_domain::hook::{self, Shown, State};
use dispatch_domain::ids::RepoName;
use dispatch_github::{Credential, Error as GithubError};
use dispatch_store::Error;
use dispatch_store::hooks::{self, Found, Hook};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::Sync;
use crate::asking::Trouble;

/// Where deliveries should go, and how they are signed.
pub(crate) struct Setup {
    /// None without `DISPATCH_URL`.
    pub(crate) url: Option<String>,
    /// The first of `GITHUB_WEBHOOK_SECRET`.
    pub(crate) secret: Option<SecretString>,
}

impl Sync {
    /// Looks at the webhooks that are due to be looked at, and repairs what somebody asked to be repaired.
    pub(crate) async fn check_hooks(&self, until: Instant) -> anyhow::Result<Value> {
        let (mut checked, mut troubled) = (0, 0);
        for row in self.expected_hooks().await?.iter().filter(|row| row.check_due) {
            if Instant::now() > until {
                break;
            }
            let found = match self.look(row).await {
                Ok(found) => found,
                Err(Trouble::Store(error)) => return Err(error.into()),
                Err(trouble) => self.unseen(row, trouble).await?,
            };
            checked += 1;
            troubled += usize::from(found.state != State::Ok);
            hooks::found(&self.db, row.id, &found).await?;
        }
        Ok(json!({ "checked": checked, "inTrouble": troubled }))
    }

    /// GitHub did not let us look. What it refuses will be refused again; the rest is tried again by itself.
    async fn unseen(&self, row: &Hook, trouble: Trouble) -> Result<Found, Error> {
        let for_good = matches!(
            trouble,
            Trouble::GitHub(
                GithubError::Gone { .. } | GithubError::Denied { .. } | GithubError::Unprocessable { .. }
            )
        );
        let may_not =
            matches!(trouble, Trouble::GitHub(GithubError::Gone { .. } | GithubError::Denied { .. }));
        let mut problems = vec![self.explain(trouble).await?];
        if may_not {
            problems.push(
                "A token needs the scope admin:repo_hook (fine-grained: Webhooks, read and write); what it may not \
                 see, the next synchronisation finds."
                    .to_owned(),
            );
        }
        Ok(Found {
            state: State::Unknown,
            problems,
            hook_id: row.hook_id,
            shown: None,
            repair_wanted: row.repair_wanted && !for_good,
        })
    }

    async fn look(&self, row: &Hook) -> Result<Found, Trouble> {
        let Some((owner, name)) = row.owner.as_deref().zip(row.name.as_deref()) else {
            return self.look_at_app(row).await;
        };
        let repository = RepoName::new(owner, name).map_err(Error::from)?;
        self.may_ask(&repository, Class::Board).await?;
        let mut ours = self.ours(row, &repository).await?;
        let fine = ours
            .as_ref()
            .is_some_and(|(_, shown)| hook::judge(shown, self.setup.url.as_deref()).0 == State::Ok);
        if row.repair_wanted && !fine {
            let Some((url, secret)) = self.setup.url.as_deref().zip(self.setup.secret.as_ref()) else {
                return Ok(cannot_repair(row, ours));
            };
            match &ours {
                Some((id, _)) => {
                    self.github.repair_hook(&repository, *id, url, secret.expose_secret()).await?;
                }
                None => {
                    self.github.create_hook(&repository, url, secret.expose_secret()).await?;
                }
            }
            ours = self.ours(row, &repository).await?;
        }
        Ok(match ours {
            Some((id, shown)) => judged(&shown, self.setup.url.as_deref(), Some(id)),
            None => absent(self.setup.url.as_deref()),
        })
    }

    /// The one of a repository's webhooks that delivers to us: by its id when that is known, else by its address.
    async fn ours(&self, row: &Hook, repository: &RepoName) -> Result<Option<(i64, Shown)>, Trouble> {
        let all = self.github.repository_hooks(repository).await?;
        let to_us = |shown: &Shown| match &self.setup.url {
            Some(url) => shown.url == *url,
            None => shown.url.ends_with(hook::PATH),
        };
        let known = all.iter().find(|(id, _)| Some(*id) == row.hook_id);
        Ok(known.or_else(|| all.iter().find(|(_, shown)| to_us(shown))).cloned())
    }

    async fn look_at_app(&self, row: &Hook) -> Result<Found, Trouble> {
        self.may_spend(Credential::App, Class::Board).await?;
        let mut shown = self.github.app_hook().await?;
        let url = self.setup.url.as_deref();
        let points_to_us = shown.as_ref().is_some_and(|shown| url == Some(&shown.url) && shown.has_secret);
        if row.repair_wanted && !points_to_us {
            let Some((url, secret)) = url.zip(self.setup.secret.as_ref()) else {
                return Ok(cannot_repair(row, shown.map(|shown| (0, shown))));
            };
            self.github.set_app_hook(url, secret.expose_secret()).await?;
            shown = self.github.app_hook().await?;
        }
        let Some(shown) = shown else { return Ok(absent(url)) };
        // How the latest delivery ended is known from the list of deliveries.
        let mut found = judged(&Shown { last_code: row.last_code, ..shown.clone() }, url, None);
        if !hook::missing_events(&shown.events).is_empty() {
            let advice =
                "Tick them on the App's page on GitHub, under Permissions & events: no call can do it.";
            found.problems.push(advice.to_owned());
        }
        Ok(found)
    }
}

fn judged(shown: &Shown, url: Option<&str>, hook_id: Option<i64>) -> Found {
    let (state, problems) = hook::judge(shown, url);
    Found { state, problems, hook_id, shown: Some(shown.clone()), repair_wanted: false }
}

fn absent(url: Option<&str>) -> Found {
    let problem = match url {
        Some(url) => format!("There is no webhook to {url}: POST /api/webhooks/repair creates it."),
        None => "There is no webhook, and DISPATCH_URL is not set, so nobody knows where one should deliver."
            .to_owned(),
    };
    Found { state: State::Absent, problems: vec![problem], hook_id: None, shown: None, repair_wanted: false }
}

/// A repair was asked for, and it is not known where to or with which secret.
fn cannot_repair(row: &Hook, ours: Option<(i64, Shown)>) -> Found {
    let mut found = match ours {
        Some((_, shown)) => judged(&shown, None, row.hook_id),
        None => absent(None),
    };
    let problem =
        "It cannot be repaired before DISPATCH_URL and GITHUB_WEBHOOK_SECRET are set for scheduled-sync.";
    found.problems.push(problem.to_owned());
    found
}
