use dispatch_domain::claim::{
    BlockKind, EndReason, LEASE, LONGEST_BUSY, Outcome, Phase, lease_end, outcome_effect,
};
use dispatch_domain::status::{Actor, Status, transition};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::generate::time;

proptest! {
    #[test]
    fn a_lease_is_at_least_the_usual_and_at_most_the_longest(now in time(), busy in proptest::option::of(-100..10_000_i64)) {
        match lease_end(now, busy) {
            Ok(end) => {
                prop_assert!(now + LEASE <= end && end <= now + LONGEST_BUSY);
                prop_assert!(busy.is_none_or(|busy| now + SignedDuration::from_secs(busy) <= end));
            }
            Err(refusal) => {
                prop_assert_eq!(refusal.code(), "invalid");
                prop_assert!(busy.is_some_and(|busy| !(0..=LONGEST_BUSY.as_secs()).contains(&busy)));
            }
        }
    }

    #[test]
    fn any_announced_silence_gets_an_answer(now in time(), busy: i64) {
        prop_assert_eq!(lease_end(now, Some(busy)).is_ok(), (0..=LONGEST_BUSY.as_secs()).contains(&busy));
    }

    #[test]
    fn a_longer_silence_is_a_longer_lease(now in time(), busy in 0..7200_i64, more in 0..7200_i64) {
        if let Ok(longer) = lease_end(now, Some(busy + more)) {
            prop_assert!(lease_end(now, Some(busy)).unwrap() <= longer);
        }
    }

    #[test]
    fn words_are_read_as_they_are_written(text in "[a-z_]{0,12}") {
        prop_assert!(text.parse::<Outcome>().is_ok_and(|word| word.as_str() == text) || text.parse::<Outcome>().is_err());
        prop_assert!(text.parse::<Phase>().is_ok_and(|word| word.as_str() == text) || text.parse::<Phase>().is_err());
    }
}

/// Every report leads where the transition table lets an agent go: from work in progress, and late from where the work
/// rested meanwhile.
#[test]
fn outcomes_lead_where_agents_may_go() {
    for outcome in Outcome::ALL {
        let effect = outcome_effect(*outcome);
        for from in [Status::InProgress, Status::Ready, Status::InReview] {
            assert!(transition(Actor::Agent, from, effect.status).is_ok(), "{outcome:?} from {from}");
        }
        assert_ne!(effect.status, Status::Done);
        // What is not a pull request and not offered again has to be looked at by a person.
        let shows_itself = matches!(outcome, Outcome::PrOpened | Outcome::PrUpdated | Outcome::Failed);
        assert_eq!(effect.attention.is_none(), shows_itself, "{outcome:?}");
    }
}

#[test]
fn every_word_survives_json() {
    fn check<T>(words: &[T])
    where
        T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        for word in words {
            let json = serde_json::to_value(word).unwrap();
            assert_eq!(serde_json::from_value::<T>(json).unwrap(), *word);
        }
    }
    check(Outcome::ALL);
    check(Phase::ALL);
    check(BlockKind::ALL);
    check(EndReason::ALL);
}
