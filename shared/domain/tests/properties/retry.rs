use dispatch_domain::retry::{Backoff, DELIVERY, WORK, WRITE};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::select;

use crate::generate::time;

fn backoff() -> impl Strategy<Value = Backoff> {
    let any = (1..100_000_i64, 0..10_000_000_i64, 1..50).prop_map(|(first, more, attempts)| Backoff {
        first: SignedDuration::from_millis(first),
        longest: SignedDuration::from_millis(first + more),
        attempts,
    });
    prop_oneof![any, select(&[WRITE, DELIVERY, WORK])]
}

/// The wait before any spreading, in milliseconds.
fn bare(backoff: Backoff, attempts: i32) -> i128 {
    (backoff.first.as_millis() << (attempts.max(1) - 1)).min(backoff.longest.as_millis())
}

proptest! {
    #[test]
    fn waits_double_up_to_the_bound_and_spread_by_a_quarter(now in time(), backoff in backoff(), attempts in 0..60, seed: i64) {
        let Some(at) = backoff.next(now, attempts, seed) else {
            prop_assert!(attempts >= backoff.attempts);
            return Ok(());
        };
        prop_assert!(attempts < backoff.attempts);
        let (wait, bare) = (at.duration_since(now).as_millis(), bare(backoff, attempts));
        prop_assert!(bare * 3 / 4 <= wait && wait <= bare, "{} of {}", wait, bare);
        prop_assert_eq!(backoff.next(now, attempts, seed), Some(at));
    }

    #[test]
    fn waits_grow_until_the_bound_is_reached(now in time(), backoff in backoff(), attempts in 1..60, seed: i64) {
        if bare(backoff, attempts) * 2 <= backoff.longest.as_millis() {
            let (one, next) = (backoff.next(now, attempts, seed), backoff.next(now, attempts + 1, seed));
            prop_assert!(next.is_none() || one <= next);
        }
    }

    #[test]
    fn any_input_gives_an_answer_and_tries_end(now in time(), backoff in backoff(), attempts: i32, seed: i64) {
        for attempts in [attempts, backoff.attempts - 1, backoff.attempts] {
            let next = backoff.next(now, attempts, seed);
            prop_assert_eq!(next.is_none(), attempts >= backoff.attempts);
            prop_assert!(next.is_none_or(|at| now < at || backoff.first.as_millis() < 2));
        }
    }

    /// Those that failed together do not come back together.
    #[test]
    fn seeds_spread(now in time(), first in any::<i64>()) {
        let times: std::collections::BTreeSet<_> =
            (0..100).filter_map(|n| WRITE.next(now, 8, first.wrapping_add(n))).collect();
        prop_assert!(times.len() > 50, "{} different times", times.len());
    }
}

/// The spans that the comments on the constants promise.
#[test]
fn how_long_it_is_tried() {
    let minutes = |backoff: Backoff| (1..backoff.attempts).map(|n| bare(backoff, n)).sum::<i128>() / 60_000;
    assert_eq!([WRITE, DELIVERY, WORK].map(minutes), [47, 42, 3]);
}
