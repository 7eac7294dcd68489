//! Checks of a commit: check runs and commit statuses, two systems of GitHub's, read as one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::snapshot::{Freshness, Source, strip_nul};

/// One run of a check, by a GitHub App (Actions among them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRun {
    /// GitHub's id. A later run of the same check has a greater one.
    pub id: i64,
    /// The commit it checks.
    pub head_sha: String,
    /// The suite it belongs to.
    pub suite: Option<i64>,
    /// The App that runs it.
    pub app: String,
    /// Its name.
    pub name: String,
    /// GitHub's word: `queued`, `in_progress`, `completed`…
    pub status: String,
    /// GitHub's word once it is completed: `success`, `failure`, `cancelled`…
    pub conclusion: Option<String>,
    /// What it says of its result, in a line.
    pub title: Option<String>,
    /// What it says of its result, as Markdown.
    pub summary: Option<String>,
    /// Page for people.
    pub url: Option<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
}

/// A status that somebody put on a commit. Never changed: a newer one of its context replaces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitStatus {
    /// GitHub's id. A later status has a greater one.
    pub id: i64,
    /// The commit.
    pub sha: String,
    /// What it is about, as its name.
    pub context: String,
    /// GitHub's word: `pending`, `success`, `failure`, `error`.
    pub state: String,
    /// What it says of its result, in a line.
    pub description: Option<String>,
    /// Page for people.
    pub url: Option<String>,
    /// When it was set.
    pub updated_at: Timestamp,
}

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckState {
    /// It let the commit pass.
    Passed,
    /// No result yet.
    Pending,
    /// It did not let the commit pass.
    Failed,
}

impl CheckState {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Pending => "pending",
            Self::Failed => "failed",
        }
    }
}

impl CheckRun {
    /// Strips what Postgres cannot store and bounds what nobody reads whole. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for text in [&mut self.head_sha, &mut self.app, &mut self.name, &mut self.status] {
            strip_nul(text);
        }
        for text in [&mut self.conclusion, &mut self.title, &mut self.summary, &mut self.url] {
            text.iter_mut().for_each(strip_nul);
        }
        self.summary = self.summary.map(|text| clip(&text, 4_000));
        self
    }

    /// How it stands. A conclusion not invented yet, and one that GitHub calls stale, is no result.
    pub fn state(&self) -> CheckState {
        match (self.status.as_str(), self.conclusion.as_deref()) {
            (_, Some("success" | "neutral" | "skipped")) => CheckState::Passed,
            (_, Some("failure" | "timed_out" | "startup_failure" | "cancelled" | "action_required")) => {
                CheckState::Failed
            }
            _ => CheckState::Pending,
        }
    }

    /// Whether an agent may find out why and mend it: not what a person cancelled or has to allow.
    pub fn is_fixable(&self) -> bool {
        matches!(self.conclusion.as_deref(), Some("failure" | "timed_out" | "startup_failure"))
    }

    /// Judges this telling of a run against what is cached of it. A run goes forward; two different tellings of one
    /// step are a tie.
    pub fn freshness(&self, cached: Option<&Self>, source: Source) -> Freshness {
        let Some(cached) = cached else { return Freshness::Newer };
        let progress = |run: &Self| {
            let step = match run.status.as_str() {
                "completed" => 2,
                "in_progress" => 1,
                _ => 0,
            };
            (step, run.completed_at)
        };
        match progress(self).cmp(&progress(cached)) {
            _ if self == cached => Freshness::Same,
            _ if source == Source::Read => Freshness::Newer,
            std::cmp::Ordering::Greater => Freshness::Newer,
            std::cmp::Ordering::Less => Freshness::Older,
            std::cmp::Ordering::Equal => Freshness::Tie,
        }
    }
}

impl CommitStatus {
    /// Strips what Postgres cannot store. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for text in [&mut self.sha, &mut self.context, &mut self.state] {
            strip_nul(text);
        }
        for text in [&mut self.description, &mut self.url] {
            text.iter_mut().for_each(strip_nul);
        }
        self
    }

    /// How it stands. A state not invented yet is no result.
    pub fn state(&self) -> CheckState {
        match self.state.as_str() {
            "success" => CheckState::Passed,
            "failure" | "error" => CheckState::Failed,
            _ => CheckState::Pending,
        }
    }
}

/// What all checks of a commit come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RollUp {
    /// `None` when nothing checks the commit: that is never "passed".
    pub state: Option<CheckState>,
    /// Names of those that failed, sorted, each once.
    pub failing: Vec<String>,
}

/// The newest run of each check.
pub fn latest(runs: &[CheckRun]) -> Vec<&CheckRun> {
    let mut latest: BTreeMap<(&str, &str), &CheckRun> = BTreeMap::new();
    for run in runs {
        let entry = latest.entry((&run.app, &run.name)).or_insert(run);
        if run.id > entry.id {
            *entry = run;
        }
    }
    latest.into_values().collect()
}

/// Rolls the checks of one commit up: one that failed fails all, one that is pending keeps all pending.
///
/// As GitHub's `statusCheckRollup`. `statuses` has one per context, the newest.
pub fn roll_up(runs: &[CheckRun], statuses: &[CommitStatus]) -> RollUp {
    let runs = latest(runs).into_iter().map(|run| (run.state(), run.name.as_str()));
    let all: Vec<(CheckState, &str)> =
        runs.chain(statuses.iter().map(|status| (status.state(), status.context.as_str()))).collect();
    let mut failing: Vec<String> = all
        .iter()
        .filter(|(state, _)| *state == CheckState::Failed)
        .map(|(_, name)| (*name).to_owned())
        .collect();
    failing.sort();
    failing.dedup();
    RollUp { state: all.iter().map(|(state, _)| *state).max(), failing }
}

pub(crate) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(id: i64, name: &str, conclusion: Option<&str>) -> CheckRun {
        CheckRun {
            id,
            head_sha: "a".into(),
            suite: None,
            app: "actions".into(),
            name: name.into(),
            status: if conclusion.is_some() { "completed" } else { "queued" }.into(),
            conclusion: conclusion.map(str::to_owned),
            title: None,
            summary: None,
            url: None,
            started_at: None,
            completed_at: conclusion.and_then(|_| Timestamp::from_second(id).ok()),
        }
    }

    fn status(context: &str, state: &str) -> CommitStatus {
        CommitStatus {
            id: 1,
            sha: "a".into(),
            context: context.into(),
            state: state.into(),
            description: None,
            url: None,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn no_checks_are_never_passed_and_one_failure_fails_all() {
        assert_eq!(roll_up(&[], &[]), RollUp::default());
        let check = |runs: &[CheckRun], statuses: &[CommitStatus], state, failing: &[&str]| {
            let rolled = roll_up(runs, statuses);
            assert_eq!(
                (rolled.state, rolled.failing),
                (Some(state), failing.iter().map(|&s| s.into()).collect())
            );
        };
        check(&[run(1, "lint", Some("success"))], &[], CheckState::Passed, &[]);
        check(&[run(1, "lint", Some("skipped"))], &[status("ci", "pending")], CheckState::Pending, &[]);
        check(&[run(1, "lint", Some("success"))], &[status("ci", "error")], CheckState::Failed, &["ci"]);
        check(&[run(1, "lint", Some("sparkled"))], &[], CheckState::Pending, &[]);
        check(&[run(1, "lint", None)], &[], CheckState::Pending, &[]);
        let runs = [run(1, "lint", Some("failure")), run(2, "lint", Some("success"))];
        check(&runs, &[], CheckState::Passed, &[]);
        check(&[runs[1].clone(), runs[0].clone()], &[status("b", "success")], CheckState::Passed, &[]);
        check(
            &[run(1, "b", Some("cancelled")), run(2, "a", Some("failure"))],
            &[],
            CheckState::Failed,
            &["a", "b"],
        );
    }

    #[test]
    fn a_run_goes_forward() {
        let (queued, done) = (run(1, "lint", None), run(1, "lint", Some("failure")));
        assert_eq!(queued.freshness(Some(&done), Source::Delivery), Freshness::Older);
        assert_eq!(done.freshness(Some(&queued), Source::Delivery), Freshness::Newer);
        assert_eq!(queued.freshness(Some(&done), Source::Read), Freshness::Newer);
        let other = run(1, "lint", Some("success"));
        assert_eq!(other.freshness(Some(&done), Source::Delivery), Freshness::Tie);
    }
}
