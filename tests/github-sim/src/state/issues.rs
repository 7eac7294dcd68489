//! Issues, and the issue side of pull requests (GitHub docs, "REST API endpoints for issues").

use serde_json::{Map, Value, json};

use super::{
    Act, State, Subject,
    change::{IssueEdit, NewIssue},
    ids::Kind,
    labels::check_name,
    model::{AccountKind, Comment, Issue, IssueState, StateReason, Vanished, same_label},
    refusal::Refusal,
};
use crate::render;

/// GitHub docs, "Managing labels": an issue or pull request carries at most this many.
const MAX_LABELS: usize = 100;
const MAX_BODY: usize = 65_536;

impl State {
    pub(super) fn open_issue(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        draft: NewIssue,
    ) -> Result<u64, Refusal> {
        check_text("Issue", Some(&draft.title), draft.body.as_deref())?;
        check_labels(0, &draft.labels)?;
        let (number, issue) = self.new_issue(act, repo, draft)?;
        let (labels, assignees) = (issue.labels.clone(), issue.assignees.clone());
        self.repo_mut(repo)?.issues.insert(number, issue);
        if self.opened_without_labels {
            self.issue_mut(repo, number)?.labels.clear();
        }
        self.emit_issue(act, repo, number, "opened", json!({}));
        self.issue_mut(repo, number)?.labels.clone_from(&labels);
        self.emit_labels(act, repo, number, "labeled", &labels);
        self.emit_assignees(act, repo, number, "assigned", &assignees);
        Ok(number)
    }

    /// An issue with an identity of its own, not yet in the repository.
    pub(super) fn new_issue(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        draft: NewIssue,
    ) -> Result<(u64, Issue), Refusal> {
        let labels = self.labels_to_use(act, repo, &draft.labels)?;
        for login in &draft.assignees {
            self.ensure_account(login, AccountKind::User);
        }
        let id = self.ids.next(Kind::Issue);
        let repo = self.repo_mut(repo)?;
        let number = repo.next_number;
        repo.next_number += 1;
        let issue = Issue {
            id,
            number,
            title: draft.title,
            body: draft.body,
            author: act.actor.to_owned(),
            labels,
            assignees: draft.assignees,
            open: true,
            state_reason: None,
            created_at: act.at,
            updated_at: act.at,
            closed_at: None,
            closed_by: None,
            comments: 0,
            parent: None,
            blocked_by: Vec::new(),
            pull: None,
        };
        Ok((number, issue))
    }

    pub(super) fn edit_issue(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        edit: IssueEdit,
    ) -> Result<Subject, Refusal> {
        let merged = self.issue(repo, number)?.pull.as_ref().is_some_and(|pull| pull.merged.is_some());
        check_text("Issue", edit.title.as_deref(), edit.body.as_deref())?;
        if merged && edit.state == Some(IssueState::Open) {
            return Err(Refusal::custom("Issue", "state", "state cannot be changed: it was merged"));
        }
        if let Some(names) = &edit.labels {
            check_labels(0, names)?;
        }
        let wanted = match &edit.labels {
            Some(names) => Some(self.labels_to_use(act, repo, names)?),
            None => None,
        };
        for login in edit.assignees.iter().flatten() {
            self.ensure_account(login, AccountKind::User);
        }

        let (actor, at) = (act.actor.to_owned(), act.at);
        let issue = self.issue_mut(repo, number)?;
        let changes = edit_text(issue, edit.title, edit.body);
        let (removed, added) = wanted.map(|wanted| exchange(&mut issue.labels, wanted)).unwrap_or_default();
        let (unassigned, assigned) =
            edit.assignees.map(|wanted| exchange(&mut issue.assignees, wanted)).unwrap_or_default();
        let turned = edit.state.and_then(|state| turn(issue, state, edit.state_reason, &actor, at));
        let edits = [removed.len(), added.len(), unassigned.len(), assigned.len(), changes.len()];
        let any = turned.is_some() || edits.iter().any(|count| *count > 0);
        if any {
            issue.updated_at = at;
        }

        if !changes.is_empty() {
            self.emit_issue(act, repo, number, "edited", json!({ "changes": changes }));
        }
        self.emit_labels(act, repo, number, "unlabeled", &removed);
        self.emit_labels(act, repo, number, "labeled", &added);
        self.emit_assignees(act, repo, number, "unassigned", &unassigned);
        self.emit_assignees(act, repo, number, "assigned", &assigned);
        if let Some(Some(action)) = turned {
            self.emit_issue(act, repo, number, action, json!({}));
        }
        Ok(Subject::Issue(number))
    }

    pub(super) fn add_labels(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        names: &[String],
    ) -> Result<Subject, Refusal> {
        check_labels(self.issue(repo, number)?.labels.len(), names)?;
        let ids = self.labels_to_use(act, repo, names)?;
        let at = act.at;
        let issue = self.issue_mut(repo, number)?;
        let added: Vec<u64> = ids.into_iter().filter(|id| !issue.labels.contains(id)).collect();
        if !added.is_empty() {
            issue.labels.extend(&added);
            issue.updated_at = at;
        }
        self.emit_labels(act, repo, number, "labeled", &added);
        Ok(Subject::Issue(number))
    }

    pub(super) fn remove_label(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        name: &str,
    ) -> Result<Subject, Refusal> {
        let issue = self.issue(repo, number)?;
        let found = self.repos[&repo].labels_of(issue).find(|label| same_label(&label.name, name));
        let id = found.ok_or(Refusal::LabelAbsent)?.id;
        let at = act.at;
        let issue = self.issue_mut(repo, number)?;
        issue.labels.retain(|label| *label != id);
        issue.updated_at = at;
        self.emit_labels(act, repo, number, "unlabeled", &[id]);
        Ok(Subject::Issue(number))
    }

    pub(super) fn comment(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        body: String,
    ) -> Result<Subject, Refusal> {
        self.issue(repo, number)?;
        if body.trim().is_empty() {
            return Err(Refusal::custom("IssueComment", "data", "Body cannot be blank"));
        }
        check_text("IssueComment", None, Some(&body))?;
        let id = self.ids.next(Kind::Comment);
        let (author, at) = (act.actor.to_owned(), act.at);
        let comment = Comment { id, issue: number, author, body, created_at: at, updated_at: at };
        self.repo_mut(repo)?.comments.insert(id, comment);
        let issue = self.issue_mut(repo, number)?;
        issue.comments += 1;
        issue.updated_at = at;
        let (repo_facts, issue) = (&self.repos[&repo], self.issue(repo, number)?);
        let fields = json!({
            "issue": render::issue::in_event(self, repo, issue),
            "comment": render::issue::comment(self, repo_facts, &repo_facts.comments[&id]),
        });
        self.emit(act, repo, "issue_comment", "created", fields);
        Ok(Subject::Comment(id))
    }

    pub(super) fn delete_issue(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
    ) -> Result<Subject, Refusal> {
        if self.issue(repo, number)?.pull.is_some() {
            return Err(Refusal::custom("Issue", "number", "pull requests cannot be deleted"));
        }
        self.emit_issue(act, repo, number, "deleted", json!({}));
        self.vanish(repo, number, Vanished::Deleted)?;
        Ok(Subject::Issue(number))
    }

    /// GitHub docs, "Transferring an issue to another repository": comments and assignees go along, labels only
    /// where the destination has one of the same name.
    pub(super) fn transfer_issue(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        to: &str,
    ) -> Result<Subject, Refusal> {
        let target = self.repo_named(to).ok_or(Refusal::NotFound)?;
        let (target_id, target_archived) = (target.id, target.archived);
        let old = self.issue(repo, number)?.clone();
        if target_archived {
            return Err(Refusal::Archived);
        }
        if old.pull.is_some() || target_id == repo {
            return Err(Refusal::custom("Issue", "repository", "this issue cannot be transferred there"));
        }
        let names = self.repos[&repo].label_names(&old);
        let labels =
            names.iter().filter_map(|name| Some(self.repos[&target_id].label(name)?.id)).collect::<Vec<_>>();
        let id = self.ids.next(Kind::Issue);
        let target = self.repo_mut(target_id)?;
        let new_number = target.next_number;
        target.next_number += 1;
        let moved = Issue { id, number: new_number, labels, updated_at: act.at, ..old };
        target.issues.insert(new_number, moved);

        let new_issue = render::issue::in_event(self, target_id, self.issue(target_id, new_number)?);
        let new_repository = render::repo::in_event(self, target_id);
        let old_issue = render::issue::in_event(self, repo, self.issue(repo, number)?);
        let old_repository = render::repo::in_event(self, repo);
        let changes = json!({ "new_issue": new_issue, "new_repository": new_repository });
        self.emit_issue(act, repo, number, "transferred", json!({ "changes": changes }));
        let changes = json!({ "old_issue": old_issue, "old_repository": old_repository });
        self.emit_issue(act, target_id, new_number, "opened", json!({ "changes": changes }));

        let comments =
            self.vanish(repo, number, Vanished::Transferred { repo: target_id, number: new_number })?;
        for comment in comments {
            let comment = Comment { issue: new_number, ..comment };
            self.repo_mut(target_id)?.comments.insert(comment.id, comment);
        }
        Ok(Subject::Issue(number))
    }

    /// Takes an issue out of its repository and returns its comments.
    fn vanish(&mut self, repo: u64, number: u64, how: Vanished) -> Result<Vec<Comment>, Refusal> {
        let place = (repo, number);
        for issue in self.repos.values_mut().flat_map(|repo| repo.issues.values_mut()) {
            issue.blocked_by.retain(|other| *other != place);
            issue.parent.take_if(|parent| *parent == place);
        }
        let repo = self.repo_mut(repo)?;
        repo.issues.remove(&number);
        repo.vanished.insert(number, how);
        let (gone, kept) =
            std::mem::take(&mut repo.comments).into_iter().partition(|(_, comment)| comment.issue == number);
        repo.comments = kept;
        let gone: std::collections::BTreeMap<u64, Comment> = gone;
        Ok(gone.into_values().collect())
    }

    /// One event per label, each with the issue as it is after all of them.
    pub(super) fn emit_labels(
        &self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        action: &'static str,
        ids: &[u64],
    ) {
        let facts = &self.repos[&repo];
        for label in ids.iter().filter_map(|id| facts.labels.iter().find(|label| label.id == *id)) {
            let extra = json!({ "label": render::issue::label(self, facts, label) });
            self.emit_issue(act, repo, number, action, extra);
        }
    }

    fn emit_assignees(
        &self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        action: &'static str,
        logins: &[String],
    ) {
        for login in logins {
            let extra = json!({ "assignee": render::user::simple(self, login) });
            self.emit_issue(act, repo, number, action, extra);
        }
    }
}

/// Applies a new title and body; returns what they were, as webhooks carry it.
pub(super) fn edit_text(
    issue: &mut Issue,
    title: Option<String>,
    body: Option<String>,
) -> Map<String, Value> {
    let mut changes = Map::new();
    if let Some(title) = title.filter(|title| *title != issue.title) {
        let from = std::mem::replace(&mut issue.title, title);
        changes.insert("title".to_owned(), json!({ "from": from }));
    }
    if body.is_some() && body != issue.body {
        let from = std::mem::replace(&mut issue.body, body);
        changes.insert("body".to_owned(), json!({ "from": from.unwrap_or_default() }));
    }
    changes
}

/// Opens or closes. `Some(None)` = only the reason became another; GitHub sends no event for that.
pub(super) fn turn(
    issue: &mut Issue,
    state: IssueState,
    reason: Option<StateReason>,
    actor: &str,
    at: jiff::Timestamp,
) -> Option<Option<&'static str>> {
    let open = state == IssueState::Open;
    let is_pull = issue.pull.is_some();
    if issue.open == open {
        let other = reason.filter(|reason| !open && !is_pull && issue.state_reason != Some(*reason))?;
        issue.state_reason = Some(other);
        return Some(None);
    }
    issue.open = open;
    issue.closed_at = (!open).then_some(at);
    issue.closed_by = (!open).then(|| actor.to_owned());
    issue.state_reason = match (is_pull, open) {
        (true, _) => None,
        (false, true) => Some(StateReason::Reopened),
        (false, false) => Some(reason.unwrap_or(StateReason::Completed)),
    };
    Some(Some(if open { "reopened" } else { "closed" }))
}

/// Makes `present` equal to `wanted`, keeping the order of what stays; returns what left and what came.
fn exchange<T: Clone + PartialEq>(present: &mut Vec<T>, wanted: Vec<T>) -> (Vec<T>, Vec<T>) {
    let (kept, removed): (Vec<T>, Vec<T>) = present.drain(..).partition(|item| wanted.contains(item));
    let added: Vec<T> = wanted.into_iter().filter(|item| !kept.contains(item)).collect();
    *present = kept;
    present.extend(added.iter().cloned());
    (removed, added)
}

pub(super) fn check_text(
    resource: &'static str,
    title: Option<&str>,
    body: Option<&str>,
) -> Result<(), Refusal> {
    if title.is_some_and(|title| title.trim().is_empty()) {
        return Err(Refusal::invalid(resource, "title", "missing_field"));
    }
    if title.is_some_and(|title| title.chars().count() > 256) {
        return Err(Refusal::custom(resource, "title", "title is too long (maximum is 256 characters)"));
    }
    if body.is_some_and(|body| body.chars().count() > MAX_BODY) {
        return Err(Refusal::custom(resource, "body", "body is too long (maximum is 65536 characters)"));
    }
    Ok(())
}

/// The limit counts what is there and what is sent, also where the two are the same labels
/// (actions/labeler issue 561).
pub(super) fn check_labels(present: usize, names: &[String]) -> Result<(), Refusal> {
    names.iter().try_for_each(|name| check_name(name))?;
    if present + names.len() > MAX_LABELS { Err(Refusal::TooManyLabels) } else { Ok(()) }
}
