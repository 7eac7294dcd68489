//! Repositories: made, renamed, archived, deleted, pushed to.

use serde_json::json;

use super::{
    Act, Event, State, Subject,
    hooks::HookTarget,
    ids::Kind,
    labels::DEFAULT_LABELS,
    model::{AccountKind, Label, Repo},
    refusal::Refusal,
};
use crate::render;

impl State {
    pub(super) fn create_repository(
        &mut self,
        act: &mut Act<'_>,
        full_name: &str,
        description: Option<String>,
    ) -> Result<u64, Refusal> {
        let (owner, name) =
            full_name.split_once('/').ok_or(Refusal::invalid("Repository", "name", "invalid"))?;
        let taken = self.repo_named(full_name).is_some_and(|repo| same(&repo.full_name(), full_name));
        if taken {
            return Err(Refusal::custom("Repository", "name", "name already exists on this account"));
        }
        self.ensure_account(owner, AccountKind::Organization);
        let id = self.ids.next(Kind::Repository);
        let labels = DEFAULT_LABELS
            .iter()
            .map(|(name, color, description)| Label {
                id: self.ids.next(Kind::Label),
                name: (*name).to_owned(),
                color: (*color).to_owned(),
                description: Some((*description).to_owned()),
            })
            .collect();
        let branches = [("main".to_owned(), self.ids.sha())].into();
        let repo = Repo {
            id,
            owner: owner.to_owned(),
            name: name.to_owned(),
            description,
            default_branch: "main".to_owned(),
            branches,
            archived: false,
            created_at: act.at,
            updated_at: act.at,
            pushed_at: act.at,
            labels,
            next_number: 1,
            issues: [].into(),
            vanished: [].into(),
            comments: [].into(),
            runs: [].into(),
            statuses: Vec::new(),
        };
        self.repos.insert(id, repo);
        self.names.insert(full_name.to_lowercase(), id);
        if let Some((url, secret)) = self.hooks.for_new_repositories.clone() {
            self.hooks.point(&mut self.ids, HookTarget::Repository(id), (&url, &secret), act.at);
        }
        self.emit(act, id, "repository", "created", json!({}));
        Ok(id)
    }

    pub(super) fn rename_repository(
        &mut self,
        act: &mut Act<'_>,
        id: u64,
        name: &str,
    ) -> Result<Subject, Refusal> {
        let repo = self.repo_mut(id)?;
        let (before, full_name) = (repo.name.clone(), format!("{}/{name}", repo.owner));
        let taken = self.repo_named(&full_name).is_some_and(|other| same(&other.full_name(), &full_name));
        if taken {
            return Err(Refusal::custom("Repository", "name", "name already exists on this account"));
        }
        let repo = self.repo_mut(id)?;
        repo.name = name.to_owned();
        repo.updated_at = act.at;
        self.names.insert(full_name.to_lowercase(), id);
        let changes = json!({ "changes": { "repository": { "name": { "from": before } } } });
        self.emit(act, id, "repository", "renamed", changes);
        Ok(Subject::Repository)
    }

    pub(super) fn transfer_repository(
        &mut self,
        act: &mut Act<'_>,
        id: u64,
        to: &str,
    ) -> Result<Subject, Refusal> {
        let before = self.repo_mut(id)?.owner.clone();
        self.move_repository(id, to, act.at)?;
        let from = render::user::simple(self, &before);
        let changes = json!({ "changes": { "owner": { "from": { "organization": from } } } });
        self.emit(act, id, "repository", "transferred", changes);
        Ok(Subject::Repository)
    }

    /// Answers one of the account's repositories.
    pub(super) fn rename_owner(
        &mut self,
        act: &mut Act<'_>,
        owner: &str,
        name: &str,
    ) -> Result<u64, Refusal> {
        let mut account = self.account(owner).ok_or(Refusal::NotFound)?.clone();
        if self.account(name).is_some() {
            return Err(Refusal::custom("Organization", "login", "login is already taken"));
        }
        let ids: Vec<u64> =
            self.repos.values().filter(|repo| same(&repo.owner, owner)).map(|repo| repo.id).collect();
        let first = *ids.first().ok_or(Refusal::NotFound)?;
        self.accounts.remove(&owner.to_lowercase());
        name.clone_into(&mut account.login);
        self.accounts.insert(name.to_lowercase(), account);
        for id in ids {
            self.move_repository(id, name, act.at)?;
        }
        self.emit_about_owner(act, name, owner);
        Ok(first)
    }

    fn move_repository(&mut self, id: u64, to: &str, at: jiff::Timestamp) -> Result<(), Refusal> {
        let full_name = format!("{to}/{}", self.repo_mut(id)?.name);
        let taken = self.repo_named(&full_name).is_some_and(|other| same(&other.full_name(), &full_name));
        if taken {
            return Err(Refusal::custom("Repository", "name", "name already exists on this account"));
        }
        self.ensure_account(to, AccountKind::Organization);
        let repo = self.repo_mut(id)?;
        to.clone_into(&mut repo.owner);
        repo.updated_at = at;
        self.names.insert(full_name.to_lowercase(), id);
        Ok(())
    }

    /// `organization.renamed` belongs to no repository: only an app's hook is told.
    fn emit_about_owner(&self, act: &mut Act<'_>, name: &str, before: &str) {
        let Some(account) = self.account(name) else { return };
        let fields = json!({
            "action": "renamed",
            "changes": { "login": { "from": before } },
            "organization": render::user::organization(self, account),
            "sender": render::user::simple(self, act.actor),
        });
        let serde_json::Value::Object(payload) = fields else { return };
        act.events.push(Event { name: "organization", action: Some("renamed"), repo: 0, payload });
    }

    pub(super) fn archive_repository(&mut self, act: &mut Act<'_>, id: u64, archived: bool) -> Subject {
        if let Some(repo) = self.repos.get_mut(&id)
            && repo.archived != archived
        {
            repo.archived = archived;
            repo.updated_at = act.at;
            let action = if archived { "archived" } else { "unarchived" };
            self.emit(act, id, "repository", action, json!({}));
        }
        Subject::Repository
    }

    pub(super) fn delete_repository(&mut self, act: &mut Act<'_>, id: u64) -> Subject {
        self.emit(act, id, "repository", "deleted", json!({}));
        self.repos.remove(&id);
        self.names.retain(|_, target| *target != id);
        Subject::Repository
    }

    /// A new branch without a commit of its own.
    pub(super) fn create_branch(
        &mut self,
        act: &mut Act<'_>,
        id: u64,
        branch: String,
        sha: String,
    ) -> Subject {
        let fields = render::repo::push(self, id, act, &branch, None, &sha);
        if let Some(repo) = self.repos.get_mut(&id) {
            repo.branches.insert(branch, sha);
        }
        self.emit(act, id, "push", "", fields);
        Subject::Repository
    }

    /// A new commit on `branch`, with everything that follows for open pull requests from it.
    pub(super) fn push(&mut self, act: &mut Act<'_>, id: u64, branch: Option<String>) -> Subject {
        let after = self.ids.sha();
        let Some(repo) = self.repos.get_mut(&id) else { return Subject::Repository };
        let branch = branch.unwrap_or_else(|| repo.default_branch.clone());
        let before = repo.branches.insert(branch.clone(), after.clone());
        repo.pushed_at = act.at;
        let mut moved = Vec::new();
        for issue in repo.issues.values_mut().filter(|issue| issue.open) {
            let Some(pull) = issue.pull.as_mut().filter(|pull| pull.head == branch) else { continue };
            pull.head_sha.clone_from(&after);
            pull.commits += 1;
            issue.updated_at = act.at;
            moved.push(issue.number);
        }
        let fields = render::repo::push(self, id, act, &branch, before.as_deref(), &after);
        self.emit(act, id, "push", "", fields);
        for number in moved {
            self.emit_issue(act, id, number, "synchronize", json!({ "before": before, "after": after }));
        }
        Subject::Repository
    }
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
