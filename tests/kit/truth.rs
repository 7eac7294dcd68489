//! Cached pull requests against the simulator's, by GitHub's rules and not by our own code.

use std::collections::BTreeMap;

use github_sim::{IssueView, Said};
use tokio_postgres::Row;

use crate::harness::Harness;

const PULLS: &str =
    "select p.id, r.owner || '/' || r.name, p.number, p.title, p.state, p.draft, p.head_sha, p.mergeable,
    p.review_decision, p.checks, p.failing_checks, p.repository_id
  from pull_request p join repository r on r.id = p.repository_id
  where not r.gone and r.enabled order by p.id";

impl Harness {
    /// Asserts that every cached pull request is what GitHub shows, with everything said of it.
    pub(crate) async fn pull_requests_equal_github(&self) {
        for row in self.db.rows(PULLS, &[]).await {
            let (repo, number): (String, i32) = (row.get(1), row.get(2));
            let name = format!("{repo}#{number}");
            let number = u64::try_from(number).expect("a number");
            let shown = self.sim.find_issue(&repo, number);
            let shown = shown.unwrap_or_else(|| panic!("{name} is cached and not on GitHub"));
            self.pull_request_equals(&name, &row, &shown).await;
        }
    }

    /// Asserts that every issue and pull request of these repositories is cached.
    ///
    /// # Panics
    /// When one is not.
    pub async fn everything_is_cached(&self, repositories: &[&str]) {
        for shown in repositories.iter().flat_map(|repo| self.sim.issues(repo)) {
            let id = |id: u64| i64::try_from(id).expect("a small number");
            let (table, id) = match &shown.pull {
                Some(pull) => ("pull_request where id = ", id(pull.id)),
                None => ("issue where not gone and id = ", id(shown.id)),
            };
            let cached = self.db.count(&format!("{table}{id}")).await;
            assert_eq!(cached, 1, "{}#{} is not cached", shown.repo, shown.number);
        }
    }

    async fn pull_request_equals(&self, name: &str, row: &Row, shown: &IssueView) {
        let pull = shown.pull.as_ref().unwrap_or_else(|| panic!("{name} is no pull request"));
        let state = match (pull.merged, shown.is_open()) {
            (true, _) => "merged",
            (false, true) => "open",
            (false, false) => "closed",
        };
        let cached: (String, String, bool, String) = (row.get(3), row.get(4), row.get(5), row.get(6));
        let expected = (shown.title.clone(), state.to_owned(), pull.draft, pull.head_sha.clone());
        assert_eq!(cached, expected, "{name}");
        // What is said of one that is closed asks nobody for anything: it is kept as it was told.
        if state != "open" {
            return;
        }
        assert_eq!(row.get::<_, Option<bool>>(7), Some(!pull.conflicts), "{name} merges");
        let said = self.said(row).await;
        assert_eq!(said, pull.said, "what is said of {name}");
        let decision: Option<String> = row.get(8);
        assert_eq!(decision.as_deref(), decided(&pull.said, &shown.author), "the decision on {name}");
        let rolled: (Option<String>, Vec<String>) = (row.get(9), row.get(10));
        assert_eq!(rolled, rolled_up(&pull.said), "the checks of {name}");
    }

    /// What is cached of it, in the simulator's words.
    async fn said(&self, pull: &Row) -> Said {
        let (id, repository, sha): (i64, i64, String) = (pull.get(0), pull.get(11), pull.get(6));
        let number = |row: &Row| u64::try_from(row.get::<_, i64>(0)).expect("a number");
        let reviews =
            "select id, author, upper(state) from review where pull_request_id = $1 and not gone order by id";
        let comments = "select id, author, body, resolved from review_comment
            where pull_request_id = $1 and not gone order by id";
        let runs = "select id, name, conclusion from check_run c where repository_id = $1 and head_sha = $2
            and id = (select max(id) from check_run o
              where o.repository_id = c.repository_id and o.head_sha = c.head_sha and o.name = c.name)
            order by name collate \"C\"";
        let statuses = "select id, context, state from commit_status where repository_id = $1 and sha = $2
            order by context collate \"C\"";
        Said {
            reviews: self
                .db
                .rows(reviews, &[&id])
                .await
                .iter()
                .map(|row| (number(row), row.get(1), row.get(2)))
                .collect(),
            comments: self
                .db
                .rows(comments, &[&id])
                .await
                .iter()
                .map(|row| (number(row), row.get(1), row.get(2), row.get(3)))
                .collect(),
            runs: self
                .db
                .rows(runs, &[&repository, &sha])
                .await
                .iter()
                .map(|row| (number(row), row.get(1), row.get(2)))
                .collect(),
            statuses: self
                .db
                .rows(statuses, &[&repository, &sha])
                .await
                .iter()
                .map(|row| (number(row), row.get(1), row.get(2)))
                .collect(),
        }
    }
}

/// The last opinion of each reviewer; a request for changes outweighs any approval. Everybody here may write.
fn decided(said: &Said, author: &str) -> Option<&'static str> {
    let mut opinions: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, who, state) in said.reviews.iter().filter(|(_, who, state)| who != author && state != "COMMENTED")
    {
        opinions.insert(who, state);
    }
    let any = |word: &str| opinions.values().any(|state| *state == word);
    if any("CHANGES_REQUESTED") {
        return Some("changes_requested");
    }
    any("APPROVED").then_some("approved")
}

fn rolled_up(said: &Said) -> (Option<String>, Vec<String>) {
    let runs =
        said.runs.iter().map(|(_, name, conclusion)| (name, conclusion.as_deref().unwrap_or("pending")));
    let all: Vec<(&String, &str)> =
        runs.chain(said.statuses.iter().map(|(_, name, state)| (name, state.as_str()))).collect();
    let failed = |word: &str| matches!(word, "failure" | "error" | "cancelled" | "timed_out");
    let mut failing: Vec<String> =
        all.iter().filter(|(_, word)| failed(word)).map(|(name, _)| (*name).clone()).collect();
    failing.sort();
    failing.dedup();
    let word = match () {
        () if all.is_empty() => None,
        () if !failing.is_empty() => Some("failed"),
        () if all.iter().any(|(_, word)| *word == "pending") => Some("pending"),
        () => Some("passed"),
    };
    (word.map(str::to_owned), failing)
}
