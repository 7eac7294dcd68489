//! Evidence: the facts that make a pull request need a fix.
//!
//! What is true now is derived whole from what is cached, so the order in which it was told does not matter. The store
//! remembers each fact under its key: new ones are added, those that are no longer true are withdrawn, and those that a
//! fix has answered stay answered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::checks::{CheckRun, CheckState, CommitStatus, clip, latest};
use crate::review::{Review, ReviewComment, ReviewState, opinions};
use crate::snapshot::PullRequestState;
use crate::trust::Intake;

/// What kind of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A check of the newest commit failed.
    CheckFailed,
    /// A reviewer asks for changes.
    ChangesRequested,
    /// Somebody commented on a line.
    ReviewComment,
    /// It does not merge without conflict.
    Conflict,
}

impl Kind {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckFailed => "check_failed",
            Self::ChangesRequested => "changes_requested",
            Self::ReviewComment => "review_comment",
            Self::Conflict => "conflict",
        }
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What it is, once for each pull request: `check:<id>`, `status:<id>`, `review:<id>`, `comment:<id>`,
    /// `conflict:<commit>`.
    pub key: String,
    /// What kind of fact.
    pub kind: Kind,
    /// In a line.
    pub title: String,
    /// What was said, as Markdown. Written by others: untrusted.
    pub detail: Option<String>,
    /// Page for people.
    pub url: Option<String>,
    /// Who said it.
    pub author: Option<String>,
    /// When, as far as GitHub tells.
    pub occurred_at: Option<Timestamp>,
}

/// What is known of a pull request.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Open, closed or merged.
    pub state: PullRequestState,
    /// Its author is still at it.
    pub draft: bool,
    /// Login of its author.
    pub author: Option<&'a str>,
    /// The newest commit.
    pub head_sha: &'a str,
    /// Whether it merges; `None` while GitHub has not computed it.
    pub mergeable: Option<bool>,
    /// Whose words reach agents.
    pub intake: Intake,
    /// All reviews.
    pub reviews: &'a [Review],
    /// All line comments whose thread is not resolved.
    pub comments: &'a [ReviewComment],
    /// Check runs of the newest commit.
    pub runs: &'a [CheckRun],
    /// Statuses of the newest commit, the newest of each context.
    pub statuses: &'a [CommitStatus],
}

/// As much of what was said is kept, in characters: the page has the rest.
const DETAIL: usize = 4_000;

/// Everything that asks for a fix now, in the order of [`Kind`].
///
/// Of a draft, checks and conflicts are its author's own business still. What the pull request's author says of it
/// asks nobody for anything, nor does what strangers say where the intake trusts only some.
pub fn evidence(facts: &Facts<'_>) -> Vec<Evidence> {
    if facts.state != PullRequestState::Open {
        return Vec::new();
    }
    let mut found = Vec::new();
    if !facts.draft {
        found.extend(failed_checks(facts));
    }
    let counts = |author: Option<&str>, association: Option<&str>| {
        let own = author.zip(facts.author).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        !own && facts.intake.trusts(association)
    };
    let requests = opinions(facts.reviews, facts.author).into_iter().filter(|review| {
        review.state == ReviewState::ChangesRequested
            && counts(review.author.as_deref(), review.author_association.as_deref())
    });
    found.extend(requests.map(|review| Evidence {
        key: format!("review:{}", review.id),
        kind: Kind::ChangesRequested,
        title: format!("{} requested changes", review.author.as_deref().unwrap_or("A reviewer")),
        detail: said(&review.body),
        url: review.url.clone(),
        author: review.author.clone(),
        occurred_at: review.submitted_at,
    }));
    let comments =
        facts.comments.iter().filter(|c| counts(c.author.as_deref(), c.author_association.as_deref()));
    found.extend(comments.map(|comment| {
        let line = comment.line.map(|line| format!(":{line}")).unwrap_or_default();
        Evidence {
            key: format!("comment:{}", comment.id),
            kind: Kind::ReviewComment,
            title: format!(
                "{} commented on {}{line}",
                comment.author.as_deref().unwrap_or("A reviewer"),
                comment.path
            ),
            detail: said(&comment.body),
            url: Some(comment.url.clone()),
            author: comment.author.clone(),
            occurred_at: Some(comment.created_at),
        }
    }));
    if !facts.draft && facts.mergeable == Some(false) {
        found.push(Evidence {
            key: format!("conflict:{}", facts.head_sha),
            kind: Kind::Conflict,
            title: "It conflicts with its base branch".to_owned(),
            detail: None,
            url: None,
            author: None,
            occurred_at: None,
        });
    }
    found
}

fn failed_checks(facts: &Facts<'_>) -> impl Iterator<Item = Evidence> {
    let runs = latest(facts.runs).into_iter().filter(|run| run.is_fixable()).map(|run| Evidence {
        key: format!("check:{}", run.id),
        kind: Kind::CheckFailed,
        title: format!("{} failed", run.name),
        detail: said(
            &[&run.title, &run.summary].into_iter().flatten().cloned().collect::<Vec<_>>().join("\n\n"),
        ),
        url: run.url.clone(),
        author: Some(run.app.clone()),
        occurred_at: run.completed_at,
    });
    let failed = facts.statuses.iter().filter(|status| status.state() == CheckState::Failed);
    runs.chain(failed.map(|status| Evidence {
        key: format!("status:{}", status.id),
        kind: Kind::CheckFailed,
        title: format!("{} failed", status.context),
        detail: status.description.as_deref().and_then(said),
        url: status.url.clone(),
        author: None,
        occurred_at: Some(status.updated_at),
    }))
}

fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| clip(text, DETAIL))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts<'a>(reviews: &'a [Review], comments: &'a [ReviewComment], runs: &'a [CheckRun]) -> Facts<'a> {
        Facts {
            state: PullRequestState::Open,
            draft: false,
            author: Some("agent"),
            head_sha: "a1",
            mergeable: Some(true),
            intake: Intake::Open,
            reviews,
            comments,
            runs,
            statuses: &[],
        }
    }

    fn keys(facts: &Facts<'_>) -> Vec<String> {
        evidence(facts).into_iter().map(|one| one.key).collect()
    }

    fn review(id: i64, author: &str, association: &str, state: ReviewState) -> Review {
        Review {
            id,
            author: Some(author.into()),
            author_association: Some(association.into()),
            state,
            body: " Please.\n".into(),
            commit: None,
            url: None,
            submitted_at: Timestamp::from_second(id).ok(),
        }
    }

    fn comment(id: i64, author: &str) -> ReviewComment {
        ReviewComment {
            id,
            review: None,
            in_reply_to: None,
            author: Some(author.into()),
            author_association: Some("NONE".into()),
            path: "src/lib.rs".into(),
            line: Some(3),
            body: "Why?".into(),
            url: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn each_fact_that_asks_for_a_fix_is_told_once() {
        let reviews = [
            review(1, "ben", "MEMBER", ReviewState::ChangesRequested),
            review(2, "Agent", "OWNER", ReviewState::ChangesRequested),
        ];
        let comments = [comment(7, "eve"), comment(8, "AGENT")];
        let run = CheckRun {
            id: 4,
            head_sha: "a1".into(),
            suite: None,
            app: "actions".into(),
            name: "test".into(),
            status: "completed".into(),
            conclusion: Some("failure".into()),
            title: Some("2 tests failed".into()),
            summary: None,
            url: None,
            started_at: None,
            completed_at: None,
        };
        let cancelled =
            CheckRun { id: 5, name: "lint".into(), conclusion: Some("cancelled".into()), ..run.clone() };
        let runs = [run, cancelled];
        let open = Facts { mergeable: Some(false), ..facts(&reviews, &comments, &runs) };
        assert_eq!(keys(&open), ["check:4", "review:1", "comment:7", "conflict:a1"]);
        assert_eq!(evidence(&open)[0].detail.as_deref(), Some("2 tests failed"));
        assert_eq!(evidence(&open)[2].title, "eve commented on src/lib.rs:3");
        let draft = Facts { draft: true, ..open.clone() };
        assert_eq!(keys(&draft), ["review:1", "comment:7"]);
        let trusted = Facts { intake: Intake::Trusted, ..open.clone() };
        assert_eq!(keys(&trusted), ["check:4", "review:1", "conflict:a1"]);
        for state in [PullRequestState::Closed, PullRequestState::Merged] {
            assert_eq!(keys(&Facts { state, ..open.clone() }), Vec::<String>::new());
        }
    }

    #[test]
    fn what_was_said_is_bounded() {
        let mut long = comment(1, "eve");
        long.body = "ä".repeat(10_000);
        let comments = [long];
        let detail = evidence(&facts(&[], &comments, &[])).remove(0).detail.unwrap_or_default();
        assert_eq!(detail.chars().count(), DETAIL + 1);
    }
}
