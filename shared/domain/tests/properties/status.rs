use dispatch_domain::refusal::{Class, Refusal};
use dispatch_domain::status::{Actor, Status, transition};
use proptest::prelude::*;

const ACTORS: [Actor; 4] = [Actor::Agent, Actor::Operator, Actor::GitHub, Actor::Clock];

/// The table is small: every property is checked on all of it.
fn moves() -> impl Iterator<Item = (Actor, Status, Status)> {
    ACTORS.into_iter().flat_map(|actor| {
        Status::ALL.into_iter().flat_map(move |from| Status::ALL.into_iter().map(move |to| (actor, from, to)))
    })
}

#[test]
fn only_github_completes() {
    for (actor, from, to) in
        moves().filter(|(actor, from, to)| *actor != Actor::GitHub && *to == Status::Done && from != to)
    {
        let refusal = transition(actor, from, to).unwrap_err();
        assert!(
            refusal.to_string().contains("close the issue on GitHub"),
            "{actor:?} from {from}: {refusal}"
        );
    }
}

#[test]
fn staying_is_no_move() {
    for (actor, status, _) in moves() {
        assert_eq!(transition(actor, status, status), Ok(()));
    }
}

#[test]
fn github_is_never_refused_and_a_refusal_says_from_where_to_where() {
    for (actor, from, to) in moves() {
        match transition(actor, from, to) {
            Ok(()) => {}
            Err(refusal) => {
                assert_ne!(actor, Actor::GitHub);
                assert_eq!((refusal.code(), refusal.class()), ("transition_refused", Class::Conflict));
                assert_eq!(refusal.details()["from"], from.as_str());
                assert_eq!(refusal.details()["to"], to.as_str());
                assert!(refusal.to_string().ends_with('.'));
            }
        }
    }
}

/// What a person blocked, an agent does not unblock.
#[test]
fn agents_leave_blocked_and_done_alone() {
    for from in [Status::Blocked, Status::Done] {
        for to in Status::ALL.into_iter().filter(|to| *to != from) {
            assert!(transition(Actor::Agent, from, to).is_err(), "{from} to {to}");
        }
    }
}

proptest! {
    #[test]
    fn a_status_is_read_in_any_case_and_nothing_else_is(text: String, status in crate::generate::status(), bits: u64) {
        prop_assert_eq!(crate::generate::respell(status.as_str(), bits).parse::<Status>(), Ok(status));
        match text.parse::<Status>() {
            Ok(status) => prop_assert_eq!(status.as_str(), text.to_lowercase()),
            Err(refusal) => {
                let named = matches!(refusal, Refusal::Invalid { field: "status", .. });
                prop_assert!(named);
            }
        }
    }
}
