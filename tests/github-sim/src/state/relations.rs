//! Sub-issues and dependencies (GitHub docs, "Adding sub-issues", "Creating issue dependencies"). GitHub tells both
//! sides, each in its own repository; neither issue's `updated_at` moves.

use serde_json::{Value, json};

use super::{Act, State, Subject, feedback::Relate, refusal::Refusal};
use crate::render;

/// An issue by its repository's id and its number.
pub(crate) type Place = (u64, u64);

impl State {
    pub(super) fn relate(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        relate: &Relate,
    ) -> Result<Subject, Refusal> {
        let (Relate::SubIssue { number, other_repo, other, related, .. }
        | Relate::BlockedBy { number, other_repo, other, related, .. }) = relate;
        let (here, related) = ((repo, *number), *related);
        let there = (self.repo_named(other_repo).ok_or(Refusal::NotFound)?.id, *other);
        for (repo, number) in [here, there] {
            if self.issue(repo, number)?.pull.is_some() {
                return Err(Refusal::custom("Issue", "number", "pull requests have no relations"));
            }
        }
        if here == there {
            return Err(Refusal::custom("Issue", "number", "an issue cannot be related to itself"));
        }
        match relate {
            Relate::SubIssue { .. } => self.sub_issue(act, here, there, related)?,
            Relate::BlockedBy { .. } => self.blocked_by(act, here, there, related)?,
        }
        Ok(Subject::Issue(here.1))
    }

    fn sub_issue(
        &mut self,
        act: &mut Act<'_>,
        parent: Place,
        part: Place,
        related: bool,
    ) -> Result<(), Refusal> {
        let present = self.issue(part.0, part.1)?.parent;
        if related && present.is_some() {
            return Err(Refusal::custom("Issue", "sub_issue", "it has a parent already"));
        }
        if !related && present != Some(parent) {
            return Err(Refusal::NotFound);
        }
        self.issue_mut(part.0, part.1)?.parent = related.then_some(parent);
        let names = ["parent_issue", "sub_issue"];
        let (to_part, to_parent) = match related {
            true => ("parent_issue_added", "sub_issue_added"),
            false => ("parent_issue_removed", "sub_issue_removed"),
        };
        let part_told = self.sides(names, parent, part, Some("parent_issue_repo"));
        self.emit(act, part.0, "sub_issues", to_part, part_told);
        let parent_told = self.sides(names, parent, part, Some("sub_issue_repo"));
        self.emit(act, parent.0, "sub_issues", to_parent, parent_told);
        Ok(())
    }

    fn blocked_by(
        &mut self,
        act: &mut Act<'_>,
        blocked: Place,
        blocking: Place,
        related: bool,
    ) -> Result<(), Refusal> {
        let list = &mut self.issue_mut(blocked.0, blocked.1)?.blocked_by;
        if related == list.contains(&blocking) {
            return if related { Ok(()) } else { Err(Refusal::NotFound) };
        }
        if related {
            list.push(blocking);
        } else {
            list.retain(|place| *place != blocking);
        }
        let names = ["blocked_issue", "blocking_issue"];
        let (to_blocked, to_blocking) = match related {
            true => ("blocked_by_added", "blocking_added"),
            false => ("blocked_by_removed", "blocking_removed"),
        };
        let blocked_told = self.sides(names, blocked, blocking, Some("blocking_issue_repo"));
        self.emit(act, blocked.0, "issue_dependencies", to_blocked, blocked_told);
        let blocking_told = self.sides(names, blocked, blocking, Some("blocked_issue_repo"));
        self.emit(act, blocking.0, "issue_dependencies", to_blocking, blocking_told);
        Ok(())
    }

    /// Both issues with their ids, and the repository of the one that is not at home where this is told.
    fn sides(&self, names: [&str; 2], first: Place, second: Place, other: Option<&str>) -> Value {
        let mut fields = serde_json::Map::new();
        for (name, (repo, number)) in names.into_iter().zip([first, second]) {
            let Ok(issue) = self.issue(repo, number) else { continue };
            fields.insert(format!("{name}_id"), json!(issue.id));
            fields.insert(name.to_owned(), render::issue::in_event(self, repo, issue));
            let repo_name = format!("{name}_repo");
            if other == Some(repo_name.as_str()) {
                fields.insert(repo_name, render::repo::in_event(self, repo));
            }
        }
        Value::Object(fields)
    }

    /// The parts of an issue, in the order of their places.
    pub(crate) fn parts(&self, parent: Place) -> Vec<Place> {
        let of_repo = |repo: &super::model::Repo| {
            let id = repo.id;
            let parts = repo.issues.values().filter(move |issue| issue.parent == Some(parent));
            parts.map(move |issue| (id, issue.number)).collect::<Vec<_>>()
        };
        self.repos.values().flat_map(of_repo).collect()
    }
}
