//! Webhooks and the list of their deliveries (GitHub docs, "REST API endpoints for repository webhooks").

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids::{Ids, Kind};

/// GitHub keeps deliveries of the past three days.
const KEPT: SignedDuration = SignedDuration::from_hours(72);
/// A bound for a process that runs for a long time.
const KEPT_PER_HOOK: usize = 20_000;

/// All hooks, oldest first.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Hooks {
    pub(crate) all: Vec<Hook>,
    /// Address and secret of a hook that every new repository gets.
    pub(crate) for_new_repositories: Option<(String, String)>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) id: u64,
    pub(crate) target: HookTarget,
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) events: Vec<String>,
    pub(crate) active: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) last_code: Option<u16>,
    /// Newest last.
    #[serde(skip)]
    pub(crate) log: VecDeque<Delivery>,
}

/// Who the hook belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum HookTarget {
    /// The app: every repository it is installed on.
    App,
    /// One repository, by id.
    Repository(u64),
}

/// One attempt to deliver one event to one hook.
#[derive(Debug, Clone, Serialize)]
pub struct Delivery {
    /// Identity of this attempt.
    pub id: u64,
    /// Identity of the event, the same on every redelivery (`X-GitHub-Delivery`).
    pub guid: String,
    /// The hook it went to.
    pub hook_id: u64,
    /// `X-GitHub-Event`.
    pub event: String,
    /// The payload's `action`, where it has one.
    pub action: Option<String>,
    /// The repository it is about.
    pub repository_id: Option<u64>,
    /// The app's installation, for an app's hook.
    pub installation_id: Option<u64>,
    /// Whether somebody asked for it again.
    pub redelivery: bool,
    /// When it was sent.
    pub delivered_at: Timestamp,
    /// Seconds until the answer.
    pub duration: f64,
    /// `OK` or what went wrong.
    pub status: String,
    /// The answer's status; 0 when there was none.
    pub status_code: u16,
    /// What was sent, byte for byte.
    #[serde(skip)]
    pub body: String,
    /// The headers sent.
    #[serde(skip)]
    pub request_headers: Vec<(String, String)>,
    /// The headers received.
    #[serde(skip)]
    pub response_headers: Vec<(String, String)>,
    /// The answer's body, shortened.
    #[serde(skip)]
    pub response_body: String,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Hook").field("id", &self.id).field("url", &self.url).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Hooks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.all.fmt(out)
    }
}

impl Hook {
    pub(crate) fn wants(&self, event: &str, repo: Option<u64>) -> bool {
        let ours = match self.target {
            HookTarget::App => true,
            HookTarget::Repository(id) => repo == Some(id),
        };
        ours && self.active && self.events.iter().any(|wanted| wanted == "*" || wanted == event)
    }

    /// Writes an attempt down and forgets those that GitHub would have forgotten.
    pub(crate) fn record(&mut self, delivery: Delivery) {
        let oldest = delivery.delivered_at - KEPT;
        self.last_code = Some(delivery.status_code);
        self.log.push_back(delivery);
        while self.log.len() > KEPT_PER_HOOK || self.log.front().is_some_and(|d| d.delivered_at < oldest) {
            self.log.pop_front();
        }
    }

    pub(crate) fn delivery(&self, id: u64) -> Option<&Delivery> {
        self.log.iter().find(|delivery| delivery.id == id)
    }
}

impl Hooks {
    pub(crate) fn add(
        &mut self,
        ids: &mut Ids,
        target: HookTarget,
        config: HookConfig,
        at: Timestamp,
    ) -> u64 {
        let id = ids.next(Kind::Hook);
        self.all.push(Hook {
            id,
            target,
            url: config.url,
            secret: config.secret,
            events: config.events,
            active: true,
            created_at: at,
            updated_at: at,
            last_code: None,
            log: VecDeque::new(),
        });
        id
    }

    /// Gives `target` a hook for all events, or points the one it has elsewhere.
    pub(crate) fn point(&mut self, ids: &mut Ids, target: HookTarget, to: (&str, &str), at: Timestamp) {
        let (url, secret) = (to.0.to_owned(), Some(to.1.to_owned()));
        if let Some(hook) = self.all.iter_mut().find(|hook| hook.target == target) {
            hook.url = url;
            hook.secret = secret;
        } else {
            self.add(ids, target, HookConfig { url, secret, events: vec!["*".to_owned()] }, at);
        }
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Hook> {
        self.all.iter().find(|hook| hook.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Hook> {
        self.all.iter_mut().find(|hook| hook.id == id)
    }

    pub(crate) fn of(&self, target: HookTarget) -> impl Iterator<Item = &Hook> {
        self.all.iter().filter(move |hook| hook.target == target)
    }
}

/// Where a new hook delivers, what, and with which secret.
pub(crate) struct HookConfig {
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) events: Vec<String>,
}
