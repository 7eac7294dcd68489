//! The simulator's own clock: the machine's, or one that a test sets and advances.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

/// What the simulator takes for the present. Clones share one clock.
///
/// GitHub prints times with a resolution of one second, so two changes made without advancing a [fixed]
/// clock carry the same `updated_at`, which is the tie that a reader of webhooks must survive.
///
/// [fixed]: Clock::fixed
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Hand>>);

#[derive(Debug)]
enum Hand {
    Running { ahead: SignedDuration },
    Standing { at: Timestamp },
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self(Arc::new(Mutex::new(Hand::Running { ahead: SignedDuration::ZERO })))
    }

    /// A clock that stands at `at` until it is [set](Self::set) or [advanced](Self::advance).
    pub fn fixed(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Hand::Standing { at })))
    }

    /// The present, in full resolution.
    pub fn now(&self) -> Timestamp {
        match &*self.hand() {
            Hand::Running { ahead } => Timestamp::now() + *ahead,
            Hand::Standing { at } => *at,
        }
    }

    /// Moves the clock by `by`; a running clock goes on running from there.
    pub fn advance(&self, by: SignedDuration) {
        match &mut *self.hand() {
            Hand::Running { ahead } => *ahead += by,
            Hand::Standing { at } => *at += by,
        }
    }

    /// Stops the clock at `to`.
    pub fn set(&self, to: Timestamp) {
        *self.hand() = Hand::Standing { at: to };
    }

    /// Goes on with the machine's clock.
    pub fn run(&self) {
        *self.hand() = Hand::Running { ahead: SignedDuration::ZERO };
    }

    fn hand(&self) -> std::sync::MutexGuard<'_, Hand> {
        self.0.lock().expect("the clock's lock is never held across a panic")
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::real()
    }
}

/// `at` as GitHub keeps it: whole seconds.
pub(crate) fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
