//! Label intents: what Dispatch wants on GitHub, who wins when GitHub shows something else, and the plan of writes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::label::{Namespace, split};
use crate::status::Status;

/// The label wanted in each family that an intent touches; `None` wants the family empty.
pub type Desired = BTreeMap<Namespace, Option<String>>;

/// A label mutation's memory: what was seen, what is wanted, and what was wanted before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Intent {
    /// Per touched family, the values observed when it was first touched.
    pub base: BTreeMap<Namespace, BTreeSet<String>>,
    /// What is wanted now.
    pub desired: Desired,
    /// Wanted earlier and perhaps already written: those values are our own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Desired>,
}

/// How one family stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// GitHub shows what is wanted.
    Done,
    /// GitHub shows what was there before: write.
    Apply,
    /// GitHub shows a mixture that our own write passes through: go on.
    InFlight,
    /// GitHub shows something else: a person or another tool decided. They win.
    Overtaken,
}

/// How a whole intent stands after an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every family is done.
    Done,
    /// Something is left to write.
    Pending,
    /// People decided every family that was not done.
    Superseded,
}

impl Intent {
    /// A new intent over what GitHub showed last.
    pub fn new(observed: &[String], desired: Desired) -> Self {
        let base = desired.keys().map(|space| (*space, space.values(observed))).collect();
        Self { base, desired: fold(desired), earlier: Vec::new() }
    }

    /// Wants something else now, on top of an intent that may already be partly written.
    pub fn revise(&mut self, observed: &[String], desired: Desired) {
        let desired = fold(desired);
        for space in desired.keys() {
            self.base.entry(*space).or_insert_with(|| space.values(observed));
        }
        let mut merged = self.desired.clone();
        merged.extend(desired);
        if merged != self.desired {
            self.earlier.push(std::mem::replace(&mut self.desired, merged));
        }
    }

    /// The status this intent wants, if it wants one. An empty status family is backlog.
    pub fn status(&self) -> Option<Status> {
        let wanted = self.desired.get(&Namespace::Status)?;
        Some(wanted.as_deref().and_then(|value| value.parse().ok()).unwrap_or(Status::Backlog))
    }

    /// The three-way rule for one family.
    pub fn standing(&self, space: Namespace, observed: &[String]) -> Standing {
        let seen = space.values(observed);
        let wanted: BTreeSet<String> = self.desired.get(&space).cloned().flatten().into_iter().collect();
        if seen == wanted {
            return Standing::Done;
        }
        let base = self.base.get(&space).cloned().unwrap_or_default();
        if seen == base {
            return Standing::Apply;
        }
        let earlier: Vec<BTreeSet<String>> = self
            .earlier
            .iter()
            .filter_map(|desired| desired.get(&space))
            .map(|value| value.clone().into_iter().collect())
            .collect();
        let own: BTreeSet<_> = earlier.iter().chain([&base, &wanted]).flatten().collect();
        // Additions come before removals, so a write of ours passes only through states that still contain one whole
        // side. A state without any of them has lost something that we did not remove. Whoever wants the family empty
        // removes labels one by one, in any order: that side is contained in every state.
        let whole_side = earlier.iter().chain([&base, &wanted]).any(|side| side.is_subset(&seen));
        if whole_side && seen.iter().all(|value| own.contains(value)) {
            Standing::InFlight
        } else {
            Standing::Overtaken
        }
    }

    /// Labels that a write of ours may still put there, or may have put there already.
    pub fn own_labels(&self) -> Vec<String> {
        let all = self.earlier.iter().chain([&self.desired]).flatten();
        all.filter_map(|(space, value)| Some(space.label(value.as_deref()?))).collect()
    }

    /// Takes an observation in: families that people decided are given up. What was wanted there is remembered as our
    /// own, because a write may still be under way; what was seen there before is forgotten, because a later wish starts
    /// from what people made of it.
    pub fn observe(&mut self, observed: &[String]) -> (Verdict, Vec<Namespace>) {
        let mut overtaken = Vec::new();
        let mut pending = false;
        for space in self.desired.keys().copied().collect::<Vec<_>>() {
            match self.standing(space, observed) {
                Standing::Done => {}
                Standing::Apply | Standing::InFlight => pending = true,
                Standing::Overtaken => {
                    let given_up: Desired = self.desired.remove_entry(&space).into_iter().collect();
                    self.base.remove(&space);
                    self.earlier.push(given_up);
                    overtaken.push(space);
                }
            }
        }
        // Nothing wanted any more: people had decided every family in an earlier observation.
        let verdict = match (pending, overtaken.is_empty() && !self.desired.is_empty()) {
            (true, _) => Verdict::Pending,
            (false, true) => Verdict::Done,
            (false, false) => Verdict::Superseded,
        };
        (verdict, overtaken)
    }

    /// The writes that take `observed` to what is wanted. Foreign labels are never touched.
    pub fn plan(&self, observed: &[String]) -> LabelPlan {
        let mut plan = LabelPlan::default();
        for (space, wanted) in &self.desired {
            let seen = space.values(observed);
            if let Some(value) = wanted
                && !seen.contains(value)
            {
                plan.add.push(space.label(value));
            }
            let unwanted = observed.iter().filter(|label| {
                split(label).is_some_and(|(s, value)| s == *space && Some(&value) != wanted.as_ref())
            });
            plan.remove.extend(unwanted.cloned());
        }
        plan
    }
}

/// The most labels an issue can have on GitHub. Those it has count against an addition.
pub const MOST_LABELS: usize = 100;

/// Writes in their order: all additions in one POST, then one DELETE for each removal. An issue is never without a
/// status in between.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LabelPlan {
    /// Labels to add.
    pub add: Vec<String>,
    /// Labels to remove, as GitHub spells them.
    pub remove: Vec<String>,
}

impl LabelPlan {
    /// Nothing to write.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    /// The removals that have to go before the additions, so that these find room; none are needed as a rule. Only
    /// families to which nothing is added can go first: an issue must not be without a status in between. `None`: there
    /// is no room.
    pub fn making_room(&self, observed: &[String]) -> Option<Vec<String>> {
        let lacking = (observed.len() + self.add.len()).saturating_sub(MOST_LABELS);
        if lacking == 0 || self.add.is_empty() {
            return Some(Vec::new());
        }
        let family = |label: &str| split(label).map(|(space, _)| space);
        let added: Vec<_> = self.add.iter().map(|label| family(label)).collect();
        let free: Vec<String> = self
            .remove
            .iter()
            .filter(|label| !added.contains(&family(label)))
            .take(lacking)
            .cloned()
            .collect();
        (free.len() == lacking).then_some(free)
    }

    /// What GitHub will show once the plan is carried out.
    pub fn applied_to(&self, observed: &[String]) -> Vec<String> {
        let mut labels: Vec<String> = observed.to_vec();
        labels
            .extend(self.add.iter().filter(|new| !observed.iter().any(|old| same_label(old, new))).cloned());
        labels.retain(|label| !self.remove.iter().any(|gone| same_label(gone, label)));
        labels
    }
}

/// Whether two spellings name one label, as GitHub compares them.
pub fn same_label(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn fold(desired: Desired) -> Desired {
    desired.into_iter().map(|(space, value)| (space, value.map(|v| v.to_lowercase()))).collect()
}

/// Wants this status and nothing else.
pub fn want_status(status: Status) -> Desired {
    BTreeMap::from([(Namespace::Status, Some(status.as_str().to_owned()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn status_standing(base: &str, wanted: Status, seen: &str) -> Standing {
        Intent::new(&labels(base), want_status(wanted)).standing(Namespace::Status, &labels(seen))
    }

    #[test]
    fn the_three_way_rule() {
        use Standing::{Apply, Done, InFlight, Overtaken};
        let check = |base, seen, expect| {
            assert_eq!(status_standing(base, Status::InProgress, seen), expect, "{base} -> {seen}");
        };
        check("status/ready", "status/ready bug", Apply);
        check("status/ready", "status/in-progress", Done);
        check("status/ready", "Status/Ready STATUS/IN-PROGRESS", InFlight);
        check("status/ready", "status/blocked", Overtaken);
        check("status/ready", "status/ready status/blocked", Overtaken);
        check("status/ready", "", Overtaken);
        check("", "", Apply);
        check("", "status/in-progress", Done);
        check("status/ready status/backlog", "status/backlog status/in-progress", InFlight);
    }

    #[test]
    fn a_revised_intent_knows_its_own_earlier_writes() {
        let mut intent = Intent::new(&labels("status/ready"), want_status(Status::InProgress));
        intent.revise(&labels("status/ready"), want_status(Status::InReview));
        let standing = |seen: &str| intent.standing(Namespace::Status, &labels(seen));
        assert_eq!(standing("status/in-progress"), Standing::InFlight);
        assert_eq!(standing("status/in-progress status/in-review"), Standing::InFlight);
        assert_eq!(standing("status/in-review"), Standing::Done);
        assert_eq!(standing("status/blocked"), Standing::Overtaken);
    }

    #[test]
    fn people_win_one_family_and_the_other_goes_on() {
        let mut desired = want_status(Status::InProgress);
        desired.insert(Namespace::Agent, Some("alpha".into()));
        let mut intent = Intent::new(&labels("status/ready"), desired);
        let (verdict, overtaken) = intent.observe(&labels("status/blocked"));
        assert_eq!((verdict, overtaken), (Verdict::Pending, vec![Namespace::Status]));
        assert_eq!(intent.plan(&labels("status/blocked")).add, ["agent/alpha"]);
    }

    #[test]
    fn emptying_a_family_takes_one_label_after_the_other() {
        let intent =
            Intent::new(&labels("agent/alpha agent/beta"), Desired::from([(Namespace::Agent, None)]));
        let standing = |seen: &str| intent.standing(Namespace::Agent, &labels(seen));
        assert_eq!(standing("agent/beta"), Standing::InFlight);
        assert_eq!(standing(""), Standing::Done);
        assert_eq!(standing("agent/beta agent/gamma"), Standing::Overtaken);
    }

    #[test]
    fn a_wish_after_people_decided_starts_from_their_decision() {
        let mut desired = want_status(Status::InProgress);
        desired.insert(Namespace::Agent, Some("alpha".into()));
        let mut intent = Intent::new(&labels("status/ready"), desired);
        intent.observe(&labels("status/blocked"));
        intent.revise(&labels("status/blocked"), want_status(Status::Ready));
        let standing = |seen: &str| intent.standing(Namespace::Status, &labels(seen));
        assert_eq!(standing("status/blocked"), Standing::Apply);
        // The first write was under way.
        assert_eq!(standing("status/blocked status/in-progress"), Standing::InFlight);
        assert_eq!(standing("status/in-review"), Standing::Overtaken);
    }

    #[test]
    fn a_full_issue_makes_room_without_losing_its_status() {
        let full = |own: &str| {
            let own = labels(own);
            let others = (own.len()..MOST_LABELS).map(|n| format!("label-{n}"));
            others.chain(own).collect::<Vec<_>>()
        };
        let mut desired = want_status(Status::InReview);
        desired.insert(Namespace::Agent, None);
        let seen = full("status/in-progress agent/alpha");
        let plan = Intent::new(&seen, desired).plan(&seen);
        assert_eq!(plan.making_room(&seen), Some(labels("agent/alpha")));
        assert_eq!(plan.making_room(&seen[1..]), Some(vec![]));
        let seen = full("status/ready");
        let plan = Intent::new(&seen, want_status(Status::InReview)).plan(&seen);
        assert_eq!(plan.making_room(&seen), None, "the old status has to stay until the new one is there");
    }

    #[test]
    fn the_plan_touches_only_its_own_families() {
        let intent = Intent::new(&labels("status/ready"), want_status(Status::InReview));
        let seen = labels("bug Status/Ready status/in-progress owner/ana");
        let plan = intent.plan(&seen);
        assert_eq!(plan.add, ["status/in-review"]);
        assert_eq!(plan.remove, ["Status/Ready", "status/in-progress"]);
        assert_eq!(plan.applied_to(&seen), labels("bug owner/ana status/in-review"));
    }
}
