//! What GitHub does, as a table: a sentence, where GitHub (or a public thread with GitHub's answer) says so, and the
//! check that the simulator does it too.

mod access;
mod git;
mod issues;
mod lists;
mod pulls;
mod repositories;

use std::{future::Future, pin::Pin};

use github_sim::{Clock, GithubSim};

use crate::{client::Client, receiver::Receiver};

type Check = fn(World) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// One behaviour.
pub(crate) struct Behaviour {
    pub(crate) claim: &'static str,
    pub(crate) source: &'static str,
    pub(crate) check: Check,
}

/// What each check gets, all to itself: a GitHub with the repository `acme/web`, whose clock stands.
pub(crate) struct World {
    pub(crate) sim: GithubSim,
    pub(crate) api: Client,
    pub(crate) hook: Receiver,
}

impl World {
    async fn new() -> Self {
        let hook = Receiver::start().await;
        let clock = Clock::fixed("2026-11-02T09:00:00.75Z".parse().expect("a time"));
        let sim = GithubSim::builder().clock(clock).webhook(hook.url(), "secret").start().await;
        sim.repo("acme/web");
        sim.flush().await;
        hook.take();
        let api = Client::new(&sim);
        Self { sim, api, hook }
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.sim.clock().advance(jiff::SignedDuration::from_secs(seconds));
    }

    /// The kinds of all webhooks since the last call.
    pub(crate) async fn events(&self) -> Vec<String> {
        self.sim.flush().await;
        let kinds = self.hook.kinds();
        self.hook.take();
        kinds
    }
}

/// Makes a table row out of an async closure.
macro_rules! behaviour {
    ($claim:literal, $source:literal, $check:expr) => {
        crate::behaviour::Behaviour {
            claim: $claim,
            source: $source,
            check: |world| Box::pin(($check)(world)),
        }
    };
}
pub(crate) use behaviour;

#[tokio::test]
async fn the_simulator_does_what_github_documents() {
    let tables = [git::TABLE, issues::TABLE, lists::TABLE, pulls::TABLE, repositories::TABLE, access::TABLE];
    let mut failed = Vec::new();
    for Behaviour { claim, source, check } in tables.into_iter().flatten() {
        assert!(source.starts_with("https://"), "{claim}: a source is an address");
        let outcome = tokio::spawn(check(World::new().await)).await;
        if outcome.is_err() {
            failed.push(format!("{claim} ({source})"));
        }
    }
    assert!(failed.is_empty(), "GitHub does this, the simulator does not:\n{}", failed.join("\n"));
}
