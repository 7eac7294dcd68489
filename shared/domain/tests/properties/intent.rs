use std::collections::BTreeSet;

use dispatch_domain::intent::{Desired, Intent, LabelPlan, Standing, Verdict, same_label};
use dispatch_domain::label::{Namespace, split};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::generate::{desired, labels, namespace, respell, values};

/// The labels of an issue on GitHub, as its label routes change them.
#[derive(Debug, Clone)]
struct GitHub(Vec<String>);

impl GitHub {
    fn add(&mut self, label: &str) {
        if !self.0.iter().any(|old| same_label(old, label)) {
            self.0.push(label.to_owned());
        }
    }

    fn remove(&mut self, label: &str) {
        self.0.retain(|old| !same_label(old, label));
    }
}

/// The labels that belong to none of the families, as spelled and in order.
fn foreign(labels: &[String], families: &Desired) -> Vec<String> {
    let owned = |label: &&String| split(label).is_some_and(|(space, _)| families.contains_key(&space));
    labels.iter().filter(|label| !owned(label)).cloned().collect()
}

/// So few that a random pair of sets often has something in common.
const STATUSES: &[&str] = &["backlog", "ready", "in-progress", "blocked"];

fn wanted(value: Option<&String>) -> BTreeSet<String> {
    value.map(|value| value.to_lowercase()).into_iter().collect()
}

proptest! {
    #[test]
    fn a_plan_reaches_what_is_wanted_and_touches_nothing_else(base in labels(), seen in labels(), desired in desired()) {
        let intent = Intent::new(&base, desired.clone());
        let after = intent.plan(&seen).applied_to(&seen);
        for (space, value) in &desired {
            prop_assert_eq!(space.values(&after), wanted(value.as_ref()));
            prop_assert_eq!(intent.standing(*space, &after), Standing::Done);
        }
        prop_assert_eq!(foreign(&after, &desired), foreign(&seen, &desired));
    }

    #[test]
    fn twice_is_once(seen in labels(), desired in desired()) {
        let intent = Intent::new(&seen, desired);
        let after = intent.plan(&seen).applied_to(&seen);
        prop_assert!(intent.plan(&after).is_empty());
        let mut again = intent.clone();
        again.revise(&after, intent.desired.clone());
        prop_assert_eq!(again, intent);
    }

    #[test]
    fn an_issue_is_never_without_a_status_in_between(
        seen in labels(),
        status in select(values(Namespace::Status)),
        order in any::<Index>(),
    ) {
        let desired = Desired::from([(Namespace::Status, Some(status.to_owned()))]);
        let mut plan = Intent::new(&seen, desired).plan(&seen);
        let had_one = !Namespace::Status.values(&seen).is_empty();
        let mut github = GitHub(seen);
        plan.add.iter().for_each(|label| github.add(label));
        let turn = order.index(plan.remove.len().max(1));
        plan.remove.rotate_left(turn);
        for label in &plan.remove {
            github.remove(label);
            prop_assert!(!had_one || !Namespace::Status.values(&github.0).is_empty());
        }
    }

    #[test]
    fn neither_order_nor_case_of_what_is_seen_matters(
        base in labels(),
        desired in desired(),
        (seen, other) in labels().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        bits: u64,
    ) {
        let intent = Intent::new(&base, desired);
        let other: Vec<String> = other.iter().map(|label| respell(label, bits)).collect();
        for space in Namespace::ALL {
            prop_assert_eq!(intent.standing(space, &seen), intent.standing(space, &other));
        }
    }

    /// Every family is still wanted, or named as given up; nothing else changes.
    #[test]
    fn no_family_is_lost_silently(base in labels(), first in desired(), second in desired(), seen in labels()) {
        let mut intent = Intent::new(&base, first);
        intent.revise(&base, second);
        let before = intent.clone();
        let (verdict, overtaken) = intent.observe(&seen);
        for (space, value) in &before.desired {
            let standing = before.standing(*space, &seen);
            prop_assert_eq!(overtaken.contains(space), standing == Standing::Overtaken);
            prop_assert_eq!(intent.desired.get(space), (standing != Standing::Overtaken).then_some(value));
        }
        prop_assert_eq!(intent.desired.len() + overtaken.len(), before.desired.len());
        let done = |intent: &Intent| intent.desired.keys().all(|space| intent.standing(*space, &seen) == Standing::Done);
        let expect = match (done(&intent), overtaken.is_empty()) {
            (false, _) => Verdict::Pending,
            (true, true) => Verdict::Done,
            (true, false) => Verdict::Superseded,
        };
        prop_assert_eq!(verdict, expect);
    }

    /// What is wanted now was decided in the knowledge of what is seen now, also after people overtook an earlier wish.
    #[test]
    fn a_new_wish_is_not_overtaken_by_what_it_was_made_over(
        base in labels(),
        first in desired(),
        rounds in proptest::collection::vec((labels(), desired()), 1..4),
    ) {
        let mut intent = Intent::new(&base, first);
        for (seen, desired) in rounds {
            intent.observe(&seen);
            intent.revise(&seen, desired);
            for space in intent.desired.keys() {
                prop_assert_ne!(intent.standing(*space, &seen), Standing::Overtaken, "{:?} {:?}", space, &intent);
            }
        }
    }

    #[test]
    fn an_intent_survives_the_database(base in labels(), first in desired(), second in desired(), seen in labels()) {
        let mut intent = Intent::new(&base, first);
        intent.revise(&base, second);
        intent.observe(&seen);
        let stored = serde_json::to_value(&intent).unwrap();
        prop_assert_eq!(serde_json::from_value::<Intent>(stored).unwrap(), intent);
    }
}

/// What happens while the writer works on an issue that no person touches.
#[derive(Debug, Clone)]
enum Step {
    /// The writer's next request: the POST of its plan, or one DELETE.
    Write(Index),
    /// Somebody wants something else, over what was observed last.
    Revise(Desired),
    /// A webhook or a read shows how it stands.
    Observe,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<Index>().prop_map(Step::Write),
        1 => desired().prop_map(Step::Revise),
        3 => Just(Step::Observe),
    ]
}

/// The writer reads, plans, and carries its plan out request by request while the intent may change under it.
struct Writer {
    github: GitHub,
    intent: Intent,
    observed: Vec<String>,
    plan: LabelPlan,
}

impl Writer {
    fn new(labels: Vec<String>, desired: Desired) -> Self {
        let intent = Intent::new(&labels, desired);
        Self { github: GitHub(labels.clone()), intent, observed: labels, plan: LabelPlan::default() }
    }

    /// One request, and a new plan where the old one is carried out. False when nothing is left to write.
    fn write(&mut self, pick: Index) -> bool {
        if self.plan.is_empty() {
            self.observed.clone_from(&self.github.0);
            self.plan = self.intent.plan(&self.github.0);
        }
        if self.plan.is_empty() {
            return false;
        }
        if self.plan.add.is_empty() {
            let label = self.plan.remove.remove(pick.index(self.plan.remove.len()));
            self.github.remove(&label);
        } else {
            std::mem::take(&mut self.plan.add).iter().for_each(|label| self.github.add(label));
        }
        true
    }

    fn overtaken(&self) -> Vec<Namespace> {
        let seen = &self.github.0;
        self.intent
            .desired
            .keys()
            .copied()
            .filter(|s| self.intent.standing(*s, seen) == Standing::Overtaken)
            .collect()
    }
}

proptest! {
    /// Own echoes are silent: no state that our own writes pass through looks like a person's decision, whatever was
    /// wanted in between; and in the end GitHub shows what was wanted last.
    #[test]
    fn own_writes_never_overtake_themselves(
        labels in labels(),
        first in desired(),
        steps in proptest::collection::vec(step(), 0..24),
        pick in any::<Index>(),
    ) {
        let mut writer = Writer::new(labels.clone(), first);
        for step in steps {
            match step {
                Step::Write(pick) => drop(writer.write(pick)),
                Step::Revise(desired) => writer.intent.revise(&writer.observed, desired),
                Step::Observe => {
                    writer.observed.clone_from(&writer.github.0);
                    let (_, overtaken) = writer.intent.observe(&writer.github.0);
                    prop_assert_eq!(overtaken, [], "{:?} over {:?}", &writer.intent, &writer.github);
                }
            }
            prop_assert_eq!(writer.overtaken(), [], "{:?} over {:?}", &writer.intent, &writer.github);
        }
        // The rest of the last plan and one more: each has at most one request per label and one POST.
        let mut requests = 0;
        while writer.write(pick) {
            prop_assert_eq!(writer.overtaken(), [], "{:?} over {:?}", &writer.intent, &writer.github);
            requests += 1;
            prop_assert!(requests < 40, "it never ends: {:?} over {:?}", &writer.intent, &writer.github);
        }
        let shown = writer.github.0;
        prop_assert_eq!(writer.intent.observe(&shown), (Verdict::Done, vec![]));
        prop_assert_eq!(foreign(&shown, &writer.intent.desired), foreign(&labels, &writer.intent.desired));
    }

    /// The three-way rule, exactly: a family is ours to go on with in the states that our own write passes through (the
    /// POST first, then the DELETEs in any order), and decided by somebody else in every other one.
    #[test]
    fn a_family_is_overtaken_exactly_when_we_did_not_do_it(
        base in subsequence(STATUSES, 0..4),
        seen in subsequence(STATUSES, 0..4),
        wish in proptest::option::of(select(STATUSES)),
    ) {
        let labels = |values: &[&str]| values.iter().map(|value| Namespace::Status.label(value)).collect::<Vec<_>>();
        let set = |values: &[&'static str]| values.iter().copied().collect::<BTreeSet<_>>();
        let (before, now, goal) = (set(&base), set(&seen), wish.into_iter().collect::<BTreeSet<_>>());
        let desired = Desired::from([(Namespace::Status, wish.map(str::to_owned))]);
        let standing = Intent::new(&labels(&base), desired).standing(Namespace::Status, &labels(&seen));
        let posted_and_perhaps_some_deleted = goal.is_subset(&now) && now.is_subset(&(&before | &goal));
        let expect = match () {
            () if now == goal => Standing::Done,
            () if now == before => Standing::Apply,
            () if posted_and_perhaps_some_deleted => Standing::InFlight,
            () => Standing::Overtaken,
        };
        prop_assert_eq!(standing, expect);
    }

    /// People win: one label in a family that nobody on our side ever wanted or saw there decides it.
    #[test]
    fn a_strange_label_overtakes_its_family_and_no_other(
        labels in labels(),
        first in desired(),
        steps in proptest::collection::vec(step(), 0..12),
        space in namespace(),
        stranger in "[a-z]{12}",
        bits: u64,
    ) {
        let mut writer = Writer::new(labels, first);
        for step in steps {
            match step {
                Step::Write(pick) => drop(writer.write(pick)),
                Step::Revise(desired) => writer.intent.revise(&writer.observed, desired),
                Step::Observe => writer.observed.clone_from(&writer.github.0),
            }
        }
        writer.github.add(&respell(&space.label(&stranger), bits));
        let expect: Vec<Namespace> = writer.intent.desired.keys().copied().filter(|s| *s == space).collect();
        prop_assert_eq!(writer.overtaken(), expect);
    }
}
