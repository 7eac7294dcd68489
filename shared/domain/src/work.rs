//! What an agent can do, and what excludes what.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{IssueId, PullRequestId};
use crate::refusal::Refusal;

/// What kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Do what an issue asks for.
    Implement,
    /// Follow up on a pull request: failed checks, requested changes, conflicts.
    Fix,
}

impl Kind {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Implement => "implement",
            Self::Fix => "fix",
        }
    }
}

impl FromStr for Kind {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match text {
            "implement" => Ok(Self::Implement),
            "fix" => Ok(Self::Fix),
            _ => Err(Refusal::invalid("kinds", "a kind of work is implement or fix")),
        }
    }
}

/// What at most one active claim may hold. Nobody implements an issue while somebody fixes its pull request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ExclusionKey {
    /// An issue, and every pull request linked to it.
    Issue(IssueId),
    /// A pull request that no issue is linked to.
    PullRequest(PullRequestId),
}

impl fmt::Display for ExclusionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issue(id) => write!(f, "issue:{id}"),
            Self::PullRequest(id) => write!(f, "pull:{id}"),
        }
    }
}

/// The key of a pull request: its issue's, the oldest one where there are several.
pub fn pull_request_key(id: PullRequestId, linked: &[IssueId]) -> ExclusionKey {
    linked.iter().min().map_or(ExclusionKey::PullRequest(id), |issue| ExclusionKey::Issue(*issue))
}

/// The issue numbers that a pull request's text closes by GitHub's keywords, in its own repository.
///
/// Keywords and form as in GitHub's documentation, "Linking a pull request to an issue": close, closes, closed, fix,
/// fixes, fixed, resolve, resolves, resolved, then `#n`, `GH-n`, `owner/name#n` or the issue's address.
pub fn closing_references(text: &str, repository: &str) -> Vec<i32> {
    const KEYWORDS: [&str; 9] =
        ["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"];
    // Any amount of white space parts two words; an empty word beside a comma keeps "fixes, #1" from being read.
    let words: Vec<&str> = text.split_whitespace().flat_map(|run| run.split([',', '(', ')', ';'])).collect();
    let mut numbers = Vec::new();
    for pair in words.windows(2) {
        let keyword = pair[0].trim_start_matches(['*', '_', '-']).trim_end_matches([':', '*', '_']);
        if KEYWORDS.iter().any(|known| known.eq_ignore_ascii_case(keyword))
            && let Some(number) = reference(pair[1], repository)
            && !numbers.contains(&number)
        {
            numbers.push(number);
        }
    }
    numbers
}

fn reference(word: &str, repository: &str) -> Option<i32> {
    let lower = word.to_ascii_lowercase();
    let repository = repository.to_ascii_lowercase();
    let digits = lower
        .strip_prefix('#')
        .or_else(|| lower.strip_prefix("gh-"))
        .or_else(|| lower.strip_prefix(&repository)?.strip_prefix('#'))
        .or_else(|| lower.split_once(&format!("/{repository}/issues/")).map(|(_, rest)| rest))?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|number| *number > 0)
}

/// The issue number that a branch made for a claim names: `dispatch/issue-<n>-<words>`.
pub fn branch_reference(branch: &str) -> Option<i32> {
    let rest = branch.strip_prefix(BRANCH_PREFIX)?;
    rest.split('-').next()?.parse().ok()
}

/// The branch suggested to the holder of a claim.
pub fn suggested_branch(number: i32) -> String {
    format!("{BRANCH_PREFIX}{number}")
}

const BRANCH_PREFIX: &str = "dispatch/issue-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_keywords() {
        let check = |text, expect: &[i32]| assert_eq!(closing_references(text, "Acme/Web"), expect, "{text}");
        check("Fixes #12", &[12]);
        check("fix: tidy up. Closes: #3, resolves GH-4 and fixed acme/web#5", &[3, 4, 5]);
        check("Resolves https://github.com/acme/web/issues/77.", &[77]);
        check("see #12, fixes other/repo#3, fixes #0, fixes #99999999999", &[]);
        check("Fixes #1 fixes #1", &[1]);
        check("Fixes:\r\n  #12; fixes, #13", &[12]);
    }

    #[test]
    fn a_pull_request_shares_its_issues_key() {
        assert_eq!(pull_request_key(PullRequestId(9), &[IssueId(5), IssueId(3)]).to_string(), "issue:3");
        assert_eq!(pull_request_key(PullRequestId(9), &[]).to_string(), "pull:9");
    }

    #[test]
    fn branches_of_claims() {
        assert_eq!(branch_reference(&suggested_branch(12)), Some(12));
        assert_eq!(branch_reference("dispatch/issue-12-fix-it"), Some(12));
        assert_eq!(branch_reference("main"), None);
    }
}
