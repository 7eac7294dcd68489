//! Pull requests (GitHub docs, "REST API endpoints for pull requests").

use serde_json::json;

use super::{
    Act, State, Subject,
    change::{NewIssue, NewPull, PullEdit},
    ids::Kind,
    issues::{check_labels, check_text, edit_text, turn},
    keywords,
    model::{IssueState, Merged, Pull, StateReason},
    refusal::Refusal,
};

impl State {
    pub(super) fn open_pull(&mut self, act: &mut Act<'_>, repo: u64, draft: NewPull) -> Result<u64, Refusal> {
        check_text("PullRequest", Some(&draft.title), draft.body.as_deref())?;
        check_labels(0, &draft.labels)?;
        let head = draft.head.split_once(':').map_or(draft.head.as_str(), |(_, branch)| branch).to_owned();
        let facts = self.repo_mut(repo)?;
        let base = draft.base.unwrap_or_else(|| facts.default_branch.clone());
        let Some(base_sha) = facts.branches.get(&base).cloned() else {
            return Err(Refusal::invalid("PullRequest", "base", "invalid"));
        };
        if head.is_empty() || head == base {
            let message = format!("No commits between {base} and {head}");
            return Err(Refusal::custom("PullRequest", "head", message));
        }
        let twin = facts.issues.values().filter(|issue| issue.open).filter_map(|issue| issue.pull.as_ref());
        if twin.into_iter().any(|pull| pull.head == head && pull.base == base) {
            let message = format!("A pull request already exists for {}:{head}.", facts.owner);
            return Err(Refusal::custom("PullRequest", "head", message));
        }
        let head_sha = match facts.branches.get(&head) {
            Some(sha) => sha.clone(),
            None => self.ids.sha(),
        };
        self.repo_mut(repo)?.branches.insert(head.clone(), head_sha.clone());
        let id = self.ids.next(Kind::Pull);
        let issue =
            NewIssue { title: draft.title, body: draft.body, labels: draft.labels, assignees: Vec::new() };
        let (number, mut issue) = self.new_issue(act, repo, issue)?;
        let labels = issue.labels.clone();
        let commits = 1;
        let draft = draft.draft;
        issue.pull = Some(Pull {
            id,
            head,
            head_sha,
            base,
            base_sha,
            draft,
            commits,
            merged: None,
            conflicts: false,
            reviews: Vec::new(),
            threads: Vec::new(),
            linked: Vec::new(),
        });
        self.repo_mut(repo)?.issues.insert(number, issue);
        self.emit_issue(act, repo, number, "opened", json!({}));
        self.emit_labels(act, repo, number, "labeled", &labels);
        Ok(number)
    }

    pub(super) fn edit_pull(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        edit: PullEdit,
    ) -> Result<Subject, Refusal> {
        let issue = self.issue(repo, number)?;
        let pull = issue.pull.as_ref().ok_or(Refusal::NotFound)?;
        check_text("PullRequest", edit.title.as_deref(), edit.body.as_deref())?;
        if pull.merged.is_some() && edit.state == Some(IssueState::Open) {
            return Err(Refusal::custom("PullRequest", "state", "state cannot be changed: it was merged"));
        }
        let branches = &self.repos[&repo].branches;
        if edit.base.as_ref().is_some_and(|base| !branches.contains_key(base)) {
            return Err(Refusal::invalid("PullRequest", "base", "invalid"));
        }
        let base_sha = edit.base.as_ref().and_then(|base| branches.get(base)).cloned();

        let (actor, at) = (act.actor.to_owned(), act.at);
        let issue = self.issue_mut(repo, number)?;
        let mut changes = edit_text(issue, edit.title, edit.body);
        let turned = edit.state.and_then(|state| turn(issue, state, None, &actor, at)).flatten();
        let pull = issue.pull.as_mut().ok_or(Refusal::NotFound)?;
        if let (Some(base), Some(sha)) = (edit.base.filter(|base| *base != pull.base), base_sha) {
            let from = std::mem::replace(&mut pull.base, base);
            let from_sha = std::mem::replace(&mut pull.base_sha, sha);
            changes
                .insert("base".to_owned(), json!({ "ref": { "from": from }, "sha": { "from": from_sha } }));
        }
        let converted = edit.draft.filter(|draft| *draft != pull.draft);
        pull.draft = edit.draft.unwrap_or(pull.draft);
        if !changes.is_empty() || turned.is_some() || converted.is_some() {
            issue.updated_at = at;
        }

        if !changes.is_empty() {
            self.emit_issue(act, repo, number, "edited", json!({ "changes": changes }));
        }
        if let Some(draft) = converted {
            let action = if draft { "converted_to_draft" } else { "ready_for_review" };
            self.emit_issue(act, repo, number, action, json!({}));
        }
        if let Some(action) = turned {
            self.emit_issue(act, repo, number, action, json!({}));
        }
        Ok(Subject::Issue(number))
    }

    pub(super) fn merge_pull(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        sha: Option<&str>,
    ) -> Result<Subject, Refusal> {
        let issue = self.issue(repo, number)?;
        let pull = issue.pull.as_ref().ok_or(Refusal::NotFound)?;
        if !issue.open {
            return Err(Refusal::NotMergeable("Pull Request is not mergeable"));
        }
        if pull.draft {
            return Err(Refusal::NotMergeable("Pull Request is still a draft"));
        }
        if pull.conflicts {
            return Err(Refusal::NotMergeable("Pull Request is not mergeable"));
        }
        if sha.is_some_and(|sha| sha != pull.head_sha) {
            return Err(Refusal::HeadModified);
        }
        let (base, mut body) = (pull.base.clone(), issue.body.clone().unwrap_or_default());
        body.extend(pull.linked.iter().map(|number| format!(" closes #{number}")));
        let (actor, at) = (act.actor.to_owned(), act.at);
        self.push(act, repo, Some(base.clone()));
        let merge_sha = self.repos[&repo].branches[&base].clone();
        let issue = self.issue_mut(repo, number)?;
        turn(issue, IssueState::Closed, None, &actor, at);
        issue.updated_at = at;
        if let Some(pull) = issue.pull.as_mut() {
            pull.merged = Some(Merged { at, by: actor, sha: merge_sha });
        }
        self.emit_issue(act, repo, number, "closed", json!({}));
        if base == self.repos[&repo].default_branch {
            self.close_linked(act, repo, &body);
        }
        Ok(Subject::Issue(number))
    }

    /// Closes the issues that a merged text names. One that is absent, closed or read-only is passed over.
    fn close_linked(&mut self, act: &mut Act<'_>, repo: u64, body: &str) {
        let (actor, at) = (act.actor.to_owned(), act.at);
        for (name, number) in keywords::closed_by(body) {
            let target = match &name {
                Some(name) => self.repo_named(name).filter(|repo| !repo.archived).map(|repo| repo.id),
                None => Some(repo),
            };
            let Some(target) = target else { continue };
            let Ok(issue) = self.issue_mut(target, number) else { continue };
            if issue.pull.is_some() || !issue.open {
                continue;
            }
            turn(issue, IssueState::Closed, Some(StateReason::Completed), &actor, at);
            issue.updated_at = at;
            self.emit_issue(act, target, number, "closed", json!({}));
        }
    }
}
