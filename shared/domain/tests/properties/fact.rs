use dispatch_domain::claim::EndReason;
use dispatch_domain::fact::{Standing, claim_end};
use dispatch_domain::status::Status;
use proptest::prelude::*;

use crate::generate::{slug, status};

fn standing() -> impl Strategy<Value = Standing> {
    (prop::bool::weighted(0.1), prop::bool::weighted(0.1), status(), proptest::option::of(slug()))
        .prop_map(|(closed, gone, status, agent)| Standing { closed, gone, status, agent })
}

proptest! {
    /// Own echoes are silent: where nothing changed, nothing ends.
    #[test]
    fn no_change_ends_no_claim(holder in slug(), standing in standing()) {
        let end = claim_end(&holder, &standing, &standing);
        let expect = match (standing.gone, standing.closed) {
            (true, _) => Some(EndReason::IssueGone),
            (false, true) => Some(EndReason::IssueClosed),
            (false, false) => None,
        };
        prop_assert_eq!(end, expect);
    }

    #[test]
    fn every_end_has_its_fact(holder in slug(), before in standing(), after in standing()) {
        let foreign = after.agent.as_ref().is_some_and(|agent| *agent != holder);
        match claim_end(&holder, &before, &after) {
            Some(EndReason::IssueGone) => prop_assert!(after.gone),
            Some(EndReason::IssueClosed) => prop_assert!(after.closed && !after.gone),
            Some(EndReason::Reassigned) => prop_assert!(foreign && before.agent != after.agent),
            Some(EndReason::TakenBack) => {
                let to_rest = before.status != after.status && matches!(after.status, Status::Ready | Status::Backlog);
                prop_assert!(to_rest || (before.agent == Some(holder) && after.agent.is_none()));
            }
            Some(other) => prop_assert!(false, "{:?} is not decided by a fact", other),
            // The claim stays only where nobody else was named and the status tells nobody to start anew.
            None => prop_assert!(!after.gone && !after.closed && (!foreign || before.agent == after.agent)),
        }
    }
}
