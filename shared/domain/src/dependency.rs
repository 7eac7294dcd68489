//! What waits for what: relations between issues, and how an issue's text names them.

use std::collections::BTreeMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::ids::{IssueId, RepoName};

/// Why one issue waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The other has to be done first.
    BlockedBy,
    /// The other is a part of it: a parent waits for its sub-issues.
    SubIssue,
}

impl Relation {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BlockedBy => "blocked_by",
            Self::SubIssue => "sub_issue",
        }
    }
}

/// An issue as a relation names it. It may be one that was never seen here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// GitHub's id, where the source tells it.
    pub id: Option<IssueId>,
    /// Its repository.
    pub repository: RepoName,
    /// Its number there.
    pub number: i32,
    /// Whether it is closed, where the source tells it: counts while its repository is not tracked.
    pub closed: Option<bool>,
}

/// More references than that in one text are noise; GitHub allows 50 relations of a kind.
const MOST_REFERENCES: usize = 50;

/// The issues that a text says it waits for: `depends on` or `blocked by`, then one or several of `#n`,
/// `owner/name#n` and addresses of issues, with commas, `and` or `&` between them.
///
/// Code, quotations and HTML comments say nothing. `repository` is the one that a bare `#n` is in.
pub fn body_references(text: &str, repository: &RepoName) -> Vec<(RepoName, i32)> {
    let mut found: Vec<(RepoName, i32)> = Vec::new();
    for line in prose(text) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let Some(after) = keyword(&words[at..]) else {
                at += 1;
                continue;
            };
            at += after;
            while let Some(word) = words.get(at) {
                let mut any = false;
                for part in word.split(',') {
                    let Some(reference) = reference(part, repository) else { continue };
                    any = true;
                    if !found.contains(&reference) && found.len() < MOST_REFERENCES {
                        found.push(reference);
                    }
                }
                let between = matches!(word.to_ascii_lowercase().as_str(), "and" | "&" | ",");
                if !any && !between {
                    break;
                }
                at += 1;
            }
        }
    }
    found
}

/// How many words the keyword takes that these words begin with.
fn keyword(words: &[&str]) -> Option<usize> {
    let plain = |word: &&str| {
        let marks = ['*', '_', ':', '(', '-', '~', '[', ']'];
        word.trim_matches(marks).to_ascii_lowercase()
    };
    let first = words.first().map(plain)?;
    if matches!(first.as_str(), "depends-on" | "blocked-by") {
        return Some(1);
    }
    let second = words.get(1).map(plain)?;
    matches!((first.as_str(), second.as_str()), ("depends", "on") | ("blocked", "by")).then_some(2)
}

/// One reference, with whatever punctuation surrounds it.
fn reference(word: &str, repository: &RepoName) -> Option<(RepoName, i32)> {
    let word = word.trim_matches(['(', ')', '[', ']', '*', '_', '.', ';', ':', '!', '<', '>']);
    let number = |digits: &str| digits.parse().ok().filter(|number: &i32| *number > 0);
    if let Some((place, digits)) = word.split_once('#')
        && !place.contains("://")
    {
        let named = if place.is_empty() { repository.clone() } else { place.parse().ok()? };
        return Some((named, number(digits)?));
    }
    let (_, path) = word.split_once("://")?;
    let mut parts = path.split('/').skip(1);
    let named = RepoName::new(parts.next()?, parts.next()?).ok()?;
    if !matches!(parts.next()?, "issues" | "pull") {
        return None;
    }
    let rest = parts.next()?;
    let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
    Some((named, number(&rest[..end])?))
}

/// The lines that say something: without code blocks, quotations, HTML comments and code within a line.
fn prose(text: &str) -> Vec<String> {
    let mut visible = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        visible.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    visible.push_str(rest);
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in visible.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (None, None) if !start.starts_with('>') => {
                lines.push(line.split('`').step_by(2).collect::<Vec<_>>().join(" "));
            }
            _ => {}
        }
    }
    lines
}

/// The circles in a graph of who waits for whom: for each issue that waits for itself in the end, all issues of its
/// circle, itself included, in the order of their ids.
pub fn cycles(waits: impl IntoIterator<Item = (IssueId, IssueId)>) -> BTreeMap<IssueId, Vec<IssueId>> {
    let graph = DiGraphMap::<IssueId, ()>::from_edges(waits);
    let mut cycles = BTreeMap::new();
    for mut cycle in kosaraju_scc(&graph).into_iter().filter(|component| component.len() > 1) {
        cycle.sort_unstable();
        cycles.extend(cycle.iter().map(|issue| (*issue, cycle.clone())));
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_what_they_wait_for() {
        let repository: RepoName = "acme/web".parse().unwrap();
        let check = |text: &str, expect: &[&str]| {
            let found = body_references(text, &repository);
            let found: Vec<String> = found.iter().map(|(name, number)| format!("{name}#{number}")).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("Depends on #12.", &["acme/web#12"]);
        check("blocked by: #1, #2 and acme/api#3; see #4", &["acme/web#1", "acme/web#2", "acme/api#3"]);
        check("- [ ] **Blocked by** https://github.com/acme/api/issues/77#issuecomment-1", &["acme/api#77"]);
        check("depends on https://github.example.com/acme/api/pull/5,#6", &["acme/api#5", "acme/web#6"]);
        check("Depends-On: (#7) & #7", &["acme/web#7"]);
        check("It depends on the weather, #8", &[]);
        check("`depends on #1`\n> depends on #2\n```\ndepends on #3\n```\n<!-- blocked by #4 -->", &[]);
        check("~~~\n```\ndepends on #3\n~~~\ndepends on #5", &["acme/web#5"]);
        check("depends on #0, #-1, #99999999999 and x/y/z#3", &[]);
        check("depends\non #3", &[]);
        let many: String = (1..=80).map(|n| format!("depends on #{n}\n")).collect();
        assert_eq!(body_references(&many, &repository).len(), MOST_REFERENCES);
    }

    #[test]
    fn circles_are_found_whole() {
        let edges = |pairs: &[(i64, i64)]| -> BTreeMap<i64, Vec<i64>> {
            let waits = pairs.iter().map(|(a, b)| (IssueId(*a), IssueId(*b)));
            cycles(waits).into_iter().map(|(id, all)| (id.0, all.iter().map(|id| id.0).collect())).collect()
        };
        assert_eq!(edges(&[(1, 2), (2, 3), (1, 3)]), BTreeMap::new());
        let two = vec![1, 2];
        assert_eq!(edges(&[(1, 2), (2, 1), (3, 1)]), [(1, two.clone()), (2, two)].into());
        let (three, pair) = (vec![1, 2, 3], vec![4, 5]);
        let expected = [(1, three.clone()), (2, three.clone()), (3, three), (4, pair.clone()), (5, pair)];
        assert_eq!(edges(&[(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 4)]), expected.into());
    }
}
