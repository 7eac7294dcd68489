//! What labels mean: a total function from a list of labels to a reading and the problems found on the way.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{AgentName, LaneName, Slug};
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
        labels.iter().filter_map(|label| split(label)).filter(|(space, _)| *space == self).map(|(_, v)| v).collect()
    }
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

    fn parse(text: &str) -> Option<Self> {
        [Self::P0, Self::P1, Self::P2, Self::P3].into_iter().find(|p| p.as_str() == text)
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
/// counts, because people move a card by adding a label. Where that does not decide, the most cautious status counts,
/// and elsewhere the first in alphabetical order. The result does not depend on the order or the case of `labels`.
pub fn read(labels: &[String], previous: &[String]) -> Reading {
    let mut problems = Vec::new();
    let status = pick(Namespace::Status, labels, previous, &mut problems, |value| value.parse::<Status>().ok(), |s| {
        s.caution()
    });
    let priority = pick(Namespace::Priority, labels, previous, &mut problems, Priority::parse, |p| *p as u8);
    let kind = pick(Namespace::Type, labels, previous, &mut problems, |v| Some(v.to_owned()), |_| 0);
    let owner = pick(Namespace::Owner, labels, previous, &mut problems, |v| Some(v.to_owned()), |_| 0);
    let agent = pick(Namespace::Agent, labels, previous, &mut problems, |v| v.parse::<Slug>().ok(), |_| 0);
    let lane = pick(Namespace::Lane, labels, previous, &mut problems, |v| v.parse::<Slug>().ok(), |_| 0);
    Reading { status, priority, kind, owner, agent, lane, problems }
}

fn pick<T>(
    space: Namespace,
    labels: &[String],
    previous: &[String],
    problems: &mut Vec<String>,
    parse: impl Fn(&str) -> Option<T>,
    order: impl Fn(&T) -> u8,
) -> Option<T> {
    let before = space.values(previous);
    let mut known = Vec::new();
    for value in space.values(labels) {
        match parse(&value) {
            Some(parsed) => known.push((before.contains(&value), order(&parsed), value, parsed)),
            None => problems.push(format!("{} is not a label Dispatch knows", space.label(&value))),
        }
    }
    // Newly added first, then the cautious order, then the alphabet (`values` is sorted, and the sort is stable).
    known.sort_by_key(|(was_there, order, _, _)| (*was_there, *order));
    if known.len() > 1 {
        let names: Vec<_> = known.iter().map(|(_, _, value, _)| space.label(value)).collect();
        problems.push(format!("several {} labels: {}; {} counts", space.as_str(), names.join(", "), names[0]));
    }
    known.into_iter().next().map(|(_, _, _, parsed)| parsed)
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
        let reading = read(&labels("status/ready status/blocked"), &labels("status/blocked"));
        assert_eq!(reading.status, Some(Status::Ready));
        assert_eq!(reading.problems, ["several status labels: status/ready, status/blocked; status/ready counts"]);
    }

    #[test]
    fn without_history_the_cautious_status_counts() {
        assert_eq!(read(&labels("status/ready status/in-review"), &[]).status, Some(Status::InReview));
    }

    #[test]
    fn what_is_not_understood_is_a_problem_and_not_an_error() {
        let reading = read(&labels("status/doing priority/urgent agent/-x"), &[]);
        assert_eq!((reading.status, reading.priority, reading.agent), (None, None, None));
        assert_eq!(reading.problems.len(), 3);
    }
}
