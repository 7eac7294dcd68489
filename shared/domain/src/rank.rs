//! The order of a queue.

use jiff::{SignedDuration, Timestamp};

use crate::label::Priority;

/// How much longer than it really has a piece of work counts as waiting.
///
/// Ageing is linear, so nothing starves: low priority overtakes newer high priority once it has waited that much
/// longer. No label counts as p2.
pub fn weight(priority: Option<Priority>) -> SignedDuration {
    let days = match priority.unwrap_or(Priority::P2) {
        Priority::P0 => 60,
        Priority::P1 => 14,
        Priority::P2 => 2,
        Priority::P3 => 0,
    };
    SignedDuration::from_hours(24 * days)
}

/// What it is worth to unblock one other open issue, and how many count at most: no crowd of dependents outweighs
/// real urgency.
pub const UNBLOCKS_ONE: SignedDuration = SignedDuration::from_hours(24);
/// See [`UNBLOCKS_ONE`].
pub const UNBLOCKS_MOST: i32 = 10;

/// The sort key of work: the smaller, the earlier. It does not depend on the time at which it is computed, so it can
/// be stored and indexed. GitHub's times are taken as they come, so the earliest time there is has a key too: itself.
pub fn rank_key(ready_since: Timestamp, priority: Option<Priority>, bonus: SignedDuration) -> Timestamp {
    let advance = weight(priority).saturating_add(bonus);
    ready_since.checked_sub(advance).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_goes_first_and_age_overtakes_it() {
        let day = |n: i64| Timestamp::from_second(n * 86_400).unwrap();
        let key = |since, priority| rank_key(since, Some(priority), SignedDuration::ZERO);
        assert!(key(day(100), Priority::P1) < key(day(100), Priority::P3));
        assert!(key(day(80), Priority::P3) < key(day(100), Priority::P1));
        assert_eq!(rank_key(day(1), None, SignedDuration::ZERO), key(day(1), Priority::P2));
    }
}
