use dispatch_domain::label::Priority;
use dispatch_domain::rank::{rank_key, weight};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::generate::{seconds, time};

/// The longest that the least urgent work waits behind newer urgent work, in days.
const STARVATION_DAYS: i64 = 60;
const DAY: i64 = 24 * 3600;

fn priority() -> impl Strategy<Value = Option<Priority>> {
    proptest::option::of(select(&[Priority::P0, Priority::P1, Priority::P2, Priority::P3]))
}

fn bonus() -> impl Strategy<Value = SignedDuration> {
    seconds(0..30 * DAY)
}

proptest! {
    #[test]
    fn equal_priority_is_first_come_first_served(a in time(), b in time(), priority in priority(), bonus in bonus()) {
        prop_assert_eq!(rank_key(a, priority, bonus).cmp(&rank_key(b, priority, bonus)), a.cmp(&b));
    }

    #[test]
    fn of_the_same_age_the_more_urgent_goes_first(since in time(), a in priority(), b in priority(), bonus in bonus()) {
        let urgency = |priority: Option<Priority>| priority.unwrap_or(Priority::P2);
        let keys = rank_key(since, a, bonus).cmp(&rank_key(since, b, bonus));
        prop_assert_eq!(keys, urgency(a).cmp(&urgency(b)));
    }

    #[test]
    fn nothing_starves(since in time(), waited in seconds(STARVATION_DAYS * DAY + 1..400 * DAY), low in priority(), high in priority()) {
        let (older, newer) = (since, since + waited);
        let key = |at, priority| rank_key(at, priority, SignedDuration::ZERO);
        prop_assert!(key(older, low) < key(newer, high));
    }

    /// The order of two pieces of work is the same whenever it is computed, so the key can be stored.
    #[test]
    fn the_order_does_not_change_with_time(
        (a, one) in (time(), priority()),
        (b, other) in (time(), priority()),
        bonus in bonus(),
        shift in seconds(0..1000 * DAY),
    ) {
        let order = |shift| rank_key(a + shift, one, bonus).cmp(&rank_key(b + shift, other, SignedDuration::ZERO));
        prop_assert_eq!(order(SignedDuration::ZERO), order(shift));
    }

    /// GitHub's times are taken as they come: none of them makes the rule fail.
    #[test]
    fn every_time_has_a_key(nanos in Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond(), priority in priority(), bonus in bonus()) {
        let since = Timestamp::from_nanosecond(nanos).unwrap();
        prop_assert!(rank_key(since, priority, bonus) <= since);
    }
}

#[test]
fn the_bound_is_the_greatest_weight() {
    let weights =
        [Priority::P0, Priority::P1, Priority::P2, Priority::P3].map(|priority| weight(Some(priority)));
    assert_eq!(weights.iter().max().unwrap().as_hours(), 24 * STARVATION_DAYS);
    assert!(rank_key(Timestamp::MIN, Some(Priority::P0), SignedDuration::ZERO) == Timestamp::MIN);
}
