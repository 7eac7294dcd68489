//! What labels mean: a total function from a list of labels to a reading and the problems found on the way.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{AgentName, LaneName, Slug};
use crate::refusal::Refusal;
use crate::status::Status;

/// A family of labels that Dispatch reads: the part before the slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Namespace {
    /// `status/*`: where the issue stands.
    Status,
    /// `agent/*`: who works on it, or is meant to.
    Agent,
    /// `owner/*`: the person responsible.
    Owner,
    /// `priority/*`: p0 to p3.
    Priority,
    /// `type/*`: what kind of work it is.
    Type,
    /// `lane/*`: the queue it is offered in.
    Lane,
}

impl Namespace {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Status, Self::Agent, Self::Owner, Self::Priority, Self::Type, Self::Lane];

    /// The part before the slash.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Agent => "agent",
            Self::Owner => "owner",
            Self::Priority => "priority",
            Self::Type => "type",
            Self::Lane => "lane",
        }
    }

    /// The label of this family with that value.
    pub fn label(self, value: &str) -> String {
        format!("{}/{value}", self.as_str())
    }

    /// The values that a list of labels has in this family, folded.
    pub fn values(self, labels: &[String]) -> BTreeSet<String> {
        labels
            .iter()
            .filter_map(|label| split(label))
            .filter(|(space, _)| *space == self)
            .map(|(_, v)| v)
            .collect()
    }
}

/// How a label looks on GitHub where Dispatch is the first to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Six hexadecimal digits.
    pub color: &'static str,
    /// At most 100 characters.
    pub description: String,
}

/// The look of a label of ours, by its family and value.
pub fn look(label: &str) -> Look {
    let Some((space, value)) = split(label) else {
        return Look { color: "ededed", description: String::new() };
    };
    let color = match (space, value.as_str()) {
        (Namespace::Status, "ready") => "0e8a16",
        (Namespace::Status, "in-progress") => "fbca04",
        (Namespace::Status, "in-review") => "1d76db",
        (Namespace::Status, "blocked") | (Namespace::Priority, "p0") => "b60205",
        (Namespace::Status, "done") | (Namespace::Type, _) => "5319e7",
        (Namespace::Status, _) => "cfd3d7",
        (Namespace::Agent, _) => "bfd4f2",
        (Namespace::Owner, _) => "bfdadc",
        (Namespace::Priority, "p1") => "d93f0b",
        (Namespace::Priority, _) => "fef2c0",
        (Namespace::Lane, _) => "c2e0c6",
    };
    let description = match space {
        Namespace::Status => format!("Dispatch: the issue is {value}"),
        Namespace::Agent => format!("Dispatch: {value} works on it, or it is reserved for {value}"),
        Namespace::Owner => format!("Dispatch: {value} is responsible"),
        Namespace::Priority => format!("Dispatch: priority {value}"),
        Namespace::Type => format!("Dispatch: {value}"),
        Namespace::Lane => format!("Dispatch: offered in the lane {value}"),
    };
    Look { color, description: description.chars().take(100).collect() }
}

/// Splits a label into family and folded value, when it belongs to a family. GitHub compares labels without case.
pub fn split(label: &str) -> Option<(Namespace, String)> {
    let (space, value) = label.split_once('/')?;
    let space = Namespace::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(space))?;
    (!value.is_empty()).then(|| (space, value.to_lowercase()))
}

/// How urgent. No label counts as [`Priority::P2`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Critical.
    P0,
    /// High.
    P1,
    /// Medium.
    P2,
    /// Low.
    P3,
}

impl Priority {
    /// The spelling in labels, SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::P0 => "p0",
            Self::P1 => "p1",
            Self::P2 => "p2",
            Self::P3 => "p3",
        }
    }

    /// All of them, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P0, Self::P1, Self::P2, Self::P3];
}

impl FromStr for Priority {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let known = Self::ALL.into_iter().find(|priority| priority.as_str() == text);
        known.ok_or_else(|| Refusal::invalid("priority", "a priority is one of p0, p1, p2 and p3"))
    }
}

/// What a list of labels says. Absent parts are absent, not defaulted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The status label that counts.
    pub status: Option<Status>,
    /// `priority/*`.
    pub priority: Option<Priority>,
    /// `type/*`, as written.
    pub kind: Option<String>,
    /// `owner/*`, as written.
    pub owner: Option<String>,
    /// `agent/*`.
    pub agent: Option<AgentName>,
    /// `lane/*`.
    pub lane: Option<LaneName>,
    /// What is wrong, as sentences for the card.
    pub problems: Vec<String>,
}

/// Reads labels.
///
/// `previous` are the labels observed before: of several values in one family the one that was not there before
/// counts, because people move a card by adding a label. `late` are labels that only a write of our own may have put
/// there after people had decided otherwise: they count last. `counted` are the labels that counted before: they count
/// on, so that a look at an issue whose labels are the same changes nothing. Where that does not decide, the most
/// cautious status counts, and elsewhere the first in alphabetical order. The result does not depend on the order or
/// the case of `labels`.
pub fn read(labels: &[String], previous: &[String], late: &[String], counted: &[String]) -> Reading {
    let mut seen = Seen { labels, previous, late, counted, problems: Vec::new() };
    Reading {
        status: seen.pick(Namespace::Status, |value| value.parse::<Status>().ok(), |status| status.caution()),
        priority: seen.pick(
            Namespace::Priority,
            |value| value.parse().ok(),
            |priority: &Priority| *priority as u8,
        ),
        kind: seen.pick(Namespace::Type, |value| Some(value.to_owned()), |_| 0),
        owner: seen.pick(Namespace::Owner, |value| Some(value.to_owned()), |_| 0),
        agent: seen.pick(Namespace::Agent, |value| value.parse::<Slug>().ok(), |_| 0),
        lane: seen.pick(Namespace::Lane, |value| value.parse::<Slug>().ok(), |_| 0),
        problems: seen.problems,
    }
}

struct Seen<'a> {
    labels: &'a [String],
    previous: &'a [String],
    late: &'a [String],
    counted: &'a [String],
    problems: Vec<String>,
}

impl Seen<'_> {
    /// The value that counts in one family.
    fn pick<T>(
        &mut self,
        space: Namespace,
        parse: impl Fn(&str) -> Option<T>,
        order: impl Fn(&T) -> u8,
    ) -> Option<T> {
        let (before, late) = (space.values(self.previous), space.values(self.late));
        let counted = space.values(self.counted);
        let mut known = Vec::new();
        for value in space.values(self.labels) {
            match parse(&value) {
                Some(parsed) => {
                    let was_there = before.contains(&value);
                    let is_late = !was_there && late.contains(&value);
                    let rank = (is_late, was_there, !counted.contains(&value), order(&parsed));
                    known.push((rank, value, parsed));
                }
                None => self.problems.push(format!("{} is not a label Dispatch knows", space.label(&value))),
            }
        }
        // Newly added first, then what counted before, then the cautious order, then the alphabet (`values` is sorted, and the sort is stable).
        known.sort_by_key(|(rank, _, _)| *rank);
        if known.len() > 1 {
            let names: Vec<_> = known.iter().map(|(_, value, _)| space.label(value)).collect();
            let (family, all) = (space.as_str(), names.join(", "));
            self.problems.push(format!("several {family} labels: {all}; {} counts", names[0]));
        }
        known.into_iter().next().map(|(_, _, parsed)| parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn reads_every_family_and_ignores_the_rest() {
        let reading = read(
            &labels("bug Status/In-Progress priority/p1 type/feature owner/Alice agent/alpha lane/deep a/b"),
            &[],
            &[],
            &[],
        );
        assert_eq!(reading.status, Some(Status::InProgress));
        assert_eq!(reading.priority, Some(Priority::P1));
        assert_eq!(reading.kind.as_deref(), Some("feature"));
        assert_eq!(reading.owner.as_deref(), Some("alice"));
        assert_eq!(reading.agent.unwrap().as_str(), "alpha");
        assert_eq!(reading.lane.unwrap().as_str(), "deep");
        assert_eq!(reading.problems, Vec::<String>::new());
    }

    #[test]
    fn the_newly_added_status_counts() {
        let reading = read(&labels("status/ready status/blocked"), &labels("status/blocked"), &[], &[]);
        assert_eq!(reading.status, Some(Status::Ready));
        assert_eq!(
            reading.problems,
            ["several status labels: status/ready, status/blocked; status/ready counts"]
        );
    }

    #[test]
    fn what_counted_counts_on_while_nothing_is_added() {
        let both = labels("agent/alpha agent/beta");
        let read =
            |previous: &str, counted: &str| read(&both, &labels(previous), &[], &labels(counted)).agent;
        let agent = |name: &str| name.parse().ok();
        assert_eq!(read("agent/alpha", "agent/alpha"), agent("beta"));
        assert_eq!(read("agent/alpha agent/beta", "agent/beta"), agent("beta"));
        assert_eq!(read("agent/alpha agent/beta", ""), agent("alpha"));
    }

    #[test]
    fn without_history_the_cautious_status_counts() {
        assert_eq!(
            read(&labels("status/ready status/in-review"), &[], &[], &[]).status,
            Some(Status::InReview)
        );
    }

    #[test]
    fn a_late_write_of_our_own_counts_last() {
        let late = labels("status/in-progress");
        let read = |now, before| read(&labels(now), &labels(before), &late, &[]).status;
        assert_eq!(read("status/backlog status/in-progress", "status/backlog"), Some(Status::Backlog));
        assert_eq!(read("status/blocked status/in-progress", "status/ready"), Some(Status::Blocked));
        assert_eq!(read("status/in-progress", "status/backlog"), Some(Status::InProgress));
    }

    #[test]
    fn what_is_not_understood_is_a_problem_and_not_an_error() {
        let reading = read(&labels("status/doing priority/urgent agent/-x"), &[], &[], &[]);
        assert_eq!((reading.status, reading.priority, reading.agent), (None, None, None));
        assert_eq!(reading.problems.len(), 3);
    }
}
