//! When to try again.

use jiff::{SignedDuration, Timestamp};

/// SQS delays a message by at most this long; what is due later waits for the sweep.
pub const LONGEST_DELAY: SignedDuration = SignedDuration::from_mins(15);

/// Waits before the next attempt: doubling from `first`, never longer than `longest`, spread by up to a quarter.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// Before the second attempt.
    pub first: SignedDuration,
    /// Upper bound.
    pub longest: SignedDuration,
    /// After so many attempts nothing more is tried.
    pub attempts: i32,
}

/// Writes to GitHub that failed without a word on when to return. Twelve attempts span about three quarters of an hour;
/// what still fails then is parked and shown.
pub const WRITE: Backoff =
    Backoff { first: SignedDuration::from_secs(2), longest: LONGEST_DELAY, attempts: 12 };

/// Deliveries whose application failed: a bug or a broken database, worth an hour's patience.
pub const DELIVERY: Backoff =
    Backoff { first: SignedDuration::from_secs(20), longest: SignedDuration::from_mins(30), attempts: 8 };

/// Work whose attempt failed or ran out of time.
pub const WORK: Backoff =
    Backoff { first: SignedDuration::from_mins(1), longest: SignedDuration::from_mins(30), attempts: 3 };

impl Backoff {
    /// When to try again after `attempts` attempts, or `None` when it is enough.
    ///
    /// `seed` spreads those that failed together (an id will do); equal inputs give equal times.
    pub fn next(&self, now: Timestamp, attempts: i32, seed: i64) -> Option<Timestamp> {
        if attempts >= self.attempts {
            return None;
        }
        let doubled =
            self.first.as_millis().saturating_mul(1_i128 << attempts.clamp(1, 40).saturating_sub(1));
        let wait = i64::try_from(doubled.min(self.longest.as_millis())).unwrap_or(i64::MAX);
        // A multiplicative hash is spread enough, and pure.
        let spread = (seed.unsigned_abs().wrapping_add(attempts.unsigned_abs().into()))
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            >> 32;
        let jitter = i64::try_from(spread % 1000).unwrap_or(0) * (wait / 4) / 1000;
        Some(now + SignedDuration::from_millis(wait - jitter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_bound_and_end() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let wait = |attempts| WRITE.next(now, attempts, 7).map(|at| at.duration_since(now).as_millis());
        assert!((1500..=2000).contains(&wait(1).unwrap()));
        assert!((3000..=4000).contains(&wait(2).unwrap()));
        assert!(wait(11).unwrap() <= LONGEST_DELAY.as_millis());
        assert_eq!(wait(12), None);
    }
}
