use std::collections::BTreeSet;

use dispatch_domain::intent::{Intent, want_status};
use dispatch_domain::label::{Namespace, read};
use dispatch_domain::status::Status;
use proptest::prelude::*;

use crate::generate::{labels, respell};

fn statuses(labels: &[String]) -> BTreeSet<Status> {
    Namespace::Status.values(labels).iter().filter_map(|value| value.parse().ok()).collect()
}

proptest! {
    #[test]
    fn reading_is_total(labels: Vec<String>, previous: Vec<String>) {
        read(&labels, &previous, &[], &[]);
    }

    #[test]
    fn neither_order_nor_case_nor_doubles_matter(
        (here, there) in labels().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        previous in labels(),
        bits: u64,
    ) {
        let other: Vec<String> = there.iter().chain(&there).map(|label| respell(label, bits)).collect();
        let before: Vec<String> = previous.iter().rev().map(|label| respell(label, bits)).collect();
        prop_assert_eq!(read(&here, &previous, &[], &[]), read(&other, &before, &[], &[]));
    }

    #[test]
    fn a_reading_says_only_what_a_label_says(labels in labels(), previous in labels()) {
        let reading = read(&labels, &previous, &[], &[]);
        prop_assert!(reading.status.is_none_or(|status| statuses(&labels).contains(&status)));
        prop_assert_eq!(reading.status.is_none(), statuses(&labels).is_empty());
        let says = |space: Namespace, value: Option<&str>| {
            value.is_none_or(|value| space.values(&labels).contains(value))
        };
        prop_assert!(says(Namespace::Agent, reading.agent.as_ref().map(|agent| agent.as_str())));
        prop_assert!(says(Namespace::Lane, reading.lane.as_ref().map(|lane| lane.as_str())));
        prop_assert!(says(Namespace::Owner, reading.owner.as_deref()));
        prop_assert!(says(Namespace::Type, reading.kind.as_deref()));
        prop_assert!(says(Namespace::Priority, reading.priority.map(|priority| priority.as_str())));
    }

    /// People move a card by adding a label.
    #[test]
    fn the_newly_added_status_counts(labels in labels(), previous in labels()) {
        let added: BTreeSet<_> = statuses(&labels).difference(&statuses(&previous)).copied().collect();
        if !added.is_empty() {
            prop_assert!(read(&labels, &previous, &[], &[]).status.is_some_and(|status| added.contains(&status)));
        }
    }

    #[test]
    fn several_labels_of_a_family_are_a_problem_that_names_them(labels in labels(), previous in labels()) {
        let known = statuses(&labels);
        let problems = read(&labels, &previous, &[], &[]).problems;
        let found = problems.iter().find(|problem| problem.starts_with("several status labels"));
        prop_assert_eq!(found.is_some(), known.len() > 1, "{:?}", problems);
        if let Some(problem) = found {
            for status in known {
                prop_assert!(problem.contains(&format!("status/{status}")), "{}", problem);
            }
        }
    }

    /// Whatever counted stays, and the problem is gone, once the others are removed.
    #[test]
    fn tidying_up_changes_no_reading(labels in labels(), previous in labels()) {
        let Some(status) = read(&labels, &previous, &[], &[]).status else { return Ok(()) };
        let tidy = Intent::new(&labels, want_status(status)).plan(&labels).applied_to(&labels);
        let after = read(&tidy, &labels, &[], &[]);
        prop_assert_eq!(after.status, Some(status));
        prop_assert!(!after.problems.iter().any(|problem| problem.contains("status")), "{:?}", after.problems);
    }
}
