//! What happened, and whether to go on.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Counts what all agents do.
pub(crate) struct Tally {
    started: Instant,
    bound: Option<Duration>,
    /// Issues that may still be begun; u64::MAX is no bound.
    left: AtomicU64,
    pub(crate) claimed: Counter,
    pub(crate) resumed: Counter,
    pub(crate) opened: Counter,
    pub(crate) updated: Counter,
    pub(crate) killed: Counter,
    pub(crate) lost: Counter,
    pub(crate) released: Counter,
    pub(crate) empty: Counter,
}

/// One number.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl Tally {
    pub(crate) fn new(issues: Option<u64>, seconds: Option<u64>) -> Self {
        Self {
            started: Instant::now(),
            bound: seconds.map(Duration::from_secs),
            left: AtomicU64::new(issues.unwrap_or(u64::MAX)),
            claimed: Counter::default(),
            resumed: Counter::default(),
            opened: Counter::default(),
            updated: Counter::default(),
            killed: Counter::default(),
            lost: Counter::default(),
            released: Counter::default(),
            empty: Counter::default(),
        }
    }

    /// Whether another issue may be begun; if so, one less may be.
    pub(crate) fn begin(&self) -> bool {
        let less = |left: u64| if left == u64::MAX { Some(left) } else { left.checked_sub(1) };
        !self.remaining().is_zero() && self.left.fetch_update(Relaxed, Relaxed, less).is_ok()
    }

    /// An issue that was begun and not completed.
    pub(crate) fn give_back(&self) {
        let more = |left: u64| (left != u64::MAX).then(|| left + 1);
        let _ = self.left.fetch_update(Relaxed, Relaxed, more);
    }

    /// How long agents still claim.
    pub(crate) fn remaining(&self) -> Duration {
        self.bound.map_or(Duration::MAX, |bound| bound.saturating_sub(self.started.elapsed()))
    }

    /// Seconds since the start.
    pub(crate) fn clock(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// One line.
    pub(crate) fn summary(&self) -> String {
        let completed = self.opened.get() + self.updated.get();
        format!(
            "reference-agent: {} claimed, {} resumed, {completed} completed ({} pull requests opened, {} updated), {} \
             killed, {} lost, {} released, {} times nothing, in {:.0} s",
            self.claimed.get(),
            self.resumed.get(),
            self.opened.get(),
            self.updated.get(),
            self.killed.get(),
            self.lost.get(),
            self.released.get(),
            self.empty.get(),
            self.clock()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_begun_than_asked_for() {
        let tally = Tally::new(Some(1), None);
        assert!(tally.begin() && !tally.begin());
        tally.give_back();
        assert!(tally.begin());
        assert!(!Tally::new(None, Some(0)).begin());
        let endless = Tally::new(None, None);
        endless.give_back();
        assert!(endless.begin() && endless.begin());
    }
}
