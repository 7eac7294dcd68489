//! What the routes, the handles of tests and the webhook sender share.

use std::sync::{Arc, Mutex, MutexGuard};

use crate::{
    clock::Clock,
    deliver::Post,
    faults::{Faults, lock},
    http::access::Access,
    ledger::Ledger,
    pause::Pauses,
    state::{Applied, Event, State, change::Change, refusal::Refusal},
};

pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) post: Post,
    pub(crate) meddling: Meddling,
    state: Mutex<State>,
    access: Mutex<Access>,
    ledger: Mutex<Ledger>,
}

/// What a test has switched on.
#[derive(Default)]
pub(crate) struct Meddling {
    faults: Mutex<Faults>,
    pauses: Pauses,
}

impl Shared {
    pub(crate) fn new(clock: Clock, state: State, access: Access) -> Arc<Self> {
        Arc::new_cyclic(|shared| Self {
            clock,
            post: Post::new(shared.clone()),
            meddling: Meddling::default(),
            state: Mutex::new(state),
            access: Mutex::new(access),
            ledger: Mutex::default(),
        })
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn access(&self) -> MutexGuard<'_, Access> {
        lock(&self.access)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.meddling.faults)
    }

    pub(crate) fn pauses(&self) -> &Pauses {
        &self.meddling.pauses
    }

    /// Makes a change and puts its events into the post, in one step.
    pub(crate) fn commit(&self, actor: &str, change: Change) -> Result<Applied, Refusal> {
        let mut state = self.state();
        let now = self.clock.now();
        let applied = state.apply(actor, now, change)?;
        self.publish(&mut state, &applied.events);
        Ok(applied)
    }

    /// Puts events into the post, for every hook that wants them.
    pub(crate) fn publish(&self, state: &mut State, events: &[Event]) {
        for event in events {
            for parcel in state.parcels(event) {
                self.post.hand_in(&parcel);
            }
        }
    }
}
