//! The simulated GitHub itself: facts, and the rules by which changes alter them. Pure and synchronous; the
//! present and the actor are given, nothing is sent from here.

pub(crate) mod change;
pub(crate) mod feedback;
pub(crate) mod hooks;
pub(crate) mod ids;
mod issues;
pub(crate) mod keywords;
pub(crate) mod labels;
pub(crate) mod model;
pub(crate) mod parcels;
mod pulls;
pub(crate) mod refusal;
pub(crate) mod relations;
mod repos;
mod reviews;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{clock::whole_second, render};
use change::Change;
use hooks::Hooks;
use ids::{Ids, Kind};
use model::{Account, AccountKind, Issue, Repo, Vanished};
use refusal::Refusal;

/// All facts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) ids: Ids,
    /// By login in lower case.
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) repos: BTreeMap<u64, Repo>,
    /// Present and former `owner/name`, in lower case.
    pub(crate) names: BTreeMap<String, u64>,
    pub(crate) hooks: Hooks,
    #[serde(skip)]
    pub(crate) urls: Urls,
    /// How people stand to repositories who are no members, by login in lower case.
    #[serde(default)]
    pub(crate) associations: BTreeMap<String, String>,
    /// Whether `issues.opened` leaves before the labels are on, as it sometimes does.
    #[serde(skip)]
    pub(crate) opened_without_labels: bool,
}

/// Where links in answers point to.
#[derive(Debug, Clone)]
pub(crate) struct Urls {
    /// The API's root, without a slash at the end.
    pub(crate) api: String,
    /// The web site's root, without a slash at the end.
    pub(crate) html: String,
}

impl Default for Urls {
    fn default() -> Self {
        Self { api: "https://api.github.com".to_owned(), html: "https://github.com".to_owned() }
    }
}

/// One webhook event, rendered at the moment of the change.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) action: Option<&'static str>,
    pub(crate) repo: u64,
    pub(crate) payload: Map<String, Value>,
}

/// What a change touched, and what GitHub tells the world about it.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) repo: u64,
    pub(crate) subject: Subject,
    pub(crate) events: Vec<Event>,
}

/// The thing that a change made or altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Repository,
    Issue(u64),
    Comment(u64),
    Label(u64),
}

/// One change being made: who, when, and the events so far.
pub(crate) struct Act<'a> {
    pub(crate) actor: &'a str,
    /// Whole seconds.
    pub(crate) at: Timestamp,
    pub(crate) events: Vec<Event>,
}

impl State {
    /// Makes `change` happen, completely or not at all.
    pub(crate) fn apply(&mut self, actor: &str, now: Timestamp, change: Change) -> Result<Applied, Refusal> {
        self.ensure_account(actor, AccountKind::User);
        let mut act = Act { actor, at: whole_second(now), events: Vec::new() };
        if let Change::CreateRepository { repo, description } = change {
            let id = self.create_repository(&mut act, &repo, description)?;
            return Ok(Applied { repo: id, subject: Subject::Repository, events: act.events });
        }
        if let Change::RenameOwner { owner, name } = change {
            let id = self.rename_owner(&mut act, &owner, &name)?;
            return Ok(Applied { repo: id, subject: Subject::Repository, events: act.events });
        }
        let id = self.repo_named(change.repo()).ok_or(Refusal::NotFound)?.id;
        let settings = matches!(change, Change::ArchiveRepository { .. } | Change::DeleteRepository { .. });
        if self.repos[&id].archived && !settings {
            return Err(Refusal::Archived);
        }
        let subject = self.dispatch(&mut act, id, change)?;
        Ok(Applied { repo: id, subject, events: act.events })
    }

    fn dispatch(&mut self, act: &mut Act<'_>, repo: u64, change: Change) -> Result<Subject, Refusal> {
        use model::IssueState::{Closed, Open};
        let issue = |number| Ok(Subject::Issue(number));
        match change {
            Change::CreateRepository { .. } | Change::RenameOwner { .. } => {
                unreachable!("apply handles what happens to no known repository")
            }
            Change::TransferRepository { to, .. } => self.transfer_repository(act, repo, &to),
            Change::RenameRepository { name, .. } => self.rename_repository(act, repo, &name),
            Change::ArchiveRepository { archived, .. } => Ok(self.archive_repository(act, repo, archived)),
            Change::DeleteRepository { .. } => Ok(self.delete_repository(act, repo)),
            Change::Push { branch, .. } => Ok(self.push(act, repo, branch)),
            Change::CreateBranch { branch, sha, .. } => Ok(self.create_branch(act, repo, branch, sha)),
            Change::OpenIssue { draft, .. } => self.open_issue(act, repo, draft).and_then(issue),
            Change::EditIssue { number, edit, .. } => self.edit_issue(act, repo, number, edit),
            Change::Close { number, reason, .. } => {
                let edit =
                    change::IssueEdit { state: Some(Closed), state_reason: reason, ..Default::default() };
                self.edit_issue(act, repo, number, edit)
            }
            Change::Reopen { number, .. } => {
                let edit = change::IssueEdit { state: Some(Open), ..Default::default() };
                self.edit_issue(act, repo, number, edit)
            }
            Change::AddLabels { number, labels, .. } => self.add_labels(act, repo, number, &labels),
            Change::RemoveLabel { number, label, .. } => self.remove_label(act, repo, number, &label),
            Change::SetLabels { number, labels, .. } => {
                let edit = change::IssueEdit { labels: Some(labels), ..Default::default() };
                self.edit_issue(act, repo, number, edit)
            }
            Change::Comment { number, body, .. } => self.comment(act, repo, number, body),
            Change::DeleteIssue { number, .. } => self.delete_issue(act, repo, number),
            Change::TransferIssue { number, to, .. } => self.transfer_issue(act, repo, number, &to),
            Change::CreateLabel { name, color, description, .. } => {
                self.create_label(act, repo, &name, color.as_deref(), description)
            }
            Change::EditLabel { name, new_name, color, description, .. } => {
                self.edit_label(act, repo, &name, labels::LabelEdit { new_name, color, description })
            }
            Change::DeleteLabel { name, .. } => self.delete_label(act, repo, &name),
            Change::OpenPull { draft, .. } => self.open_pull(act, repo, draft).and_then(issue),
            Change::EditPull { number, edit, .. } => self.edit_pull(act, repo, number, edit),
            Change::Feedback(feedback) => self.feedback(act, repo, feedback),
            Change::Relate(relate) => self.relate(act, repo, &relate),
            Change::MergePull { number, sha, .. } => self.merge_pull(act, repo, number, sha.as_deref()),
        }
    }

    /// The repository of a present or former name, without case.
    pub(crate) fn repo_named(&self, full_name: &str) -> Option<&Repo> {
        self.names.get(&full_name.to_lowercase()).and_then(|id| self.repos.get(id))
    }

    /// Where a request for a repository's former name has to go: the address by number, which never changes.
    pub(crate) fn renamed(&self, path: &str, query: Option<&str>) -> Option<String> {
        let rest = path.strip_prefix("/repos/")?;
        let mut parts = rest.splitn(3, '/');
        let asked = format!("{}/{}", parts.next()?, parts.next()?);
        let repo = self.repo_named(&asked).filter(|repo| !repo.full_name().eq_ignore_ascii_case(&asked))?;
        let tail = parts.next().map(|tail| format!("/{tail}")).unwrap_or_default();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        Some(format!("{}/repositories/{}{tail}{query}", self.urls.api, repo.id))
    }

    pub(crate) fn issue(&self, repo: u64, number: u64) -> Result<&Issue, Refusal> {
        let repo = self.repos.get(&repo).ok_or(Refusal::NotFound)?;
        match (repo.issues.get(&number), repo.vanished.get(&number)) {
            (Some(issue), _) => Ok(issue),
            (None, Some(Vanished::Deleted)) => Err(Refusal::Gone),
            (None, Some(Vanished::Transferred { repo, number })) => {
                Err(Refusal::Moved { repo: *repo, number: *number })
            }
            (None, None) => Err(Refusal::NotFound),
        }
    }

    fn issue_mut(&mut self, repo: u64, number: u64) -> Result<&mut Issue, Refusal> {
        self.issue(repo, number)?;
        let repo = self.repos.get_mut(&repo).ok_or(Refusal::NotFound)?;
        repo.issues.get_mut(&number).ok_or(Refusal::NotFound)
    }

    fn repo_mut(&mut self, repo: u64) -> Result<&mut Repo, Refusal> {
        self.repos.get_mut(&repo).ok_or(Refusal::NotFound)
    }

    /// The account of `login`, made when it is new. A login that ends with `[bot]` is an app's.
    pub(crate) fn ensure_account(&mut self, login: &str, kind: AccountKind) {
        let key = login.to_lowercase();
        if !self.accounts.contains_key(&key) {
            let kind = if key.ends_with("[bot]") { AccountKind::Bot } else { kind };
            let id = self.ids.next(Kind::Account);
            self.accounts.insert(key, Account { id, login: login.to_owned(), kind });
        }
    }

    pub(crate) fn account(&self, login: &str) -> Option<&Account> {
        self.accounts.get(&login.to_lowercase())
    }

    /// The app's installation on an owner's account.
    pub(crate) fn installation_id(&self, owner: &str) -> Option<u64> {
        self.account(owner).map(|account| account.id - 90_000_000)
    }

    pub(crate) fn installation_owner(&self, installation: u64) -> Option<&Account> {
        let owner = self.accounts.values().find(|account| account.id == installation + 90_000_000)?;
        self.repos.values().any(|repo| repo.owner.eq_ignore_ascii_case(&owner.login)).then_some(owner)
    }

    /// Records an event about `repo`.
    fn emit(&self, act: &mut Act<'_>, repo: u64, name: &'static str, action: &'static str, fields: Value) {
        let mut payload = Map::new();
        if !action.is_empty() {
            payload.insert("action".to_owned(), json!(action));
        }
        let owner = self.repos.get(&repo).and_then(|repo| self.account(&repo.owner));
        payload.insert("repository".to_owned(), render::repo::in_event(self, repo));
        if let Some(owner) = owner.filter(|owner| owner.kind == AccountKind::Organization) {
            payload.insert("organization".to_owned(), render::user::organization(self, owner));
        }
        payload.insert("sender".to_owned(), render::user::simple(self, act.actor));
        if let Value::Object(fields) = fields {
            payload.extend(fields);
        }
        let action = (!action.is_empty()).then_some(action);
        act.events.push(Event { name, action, repo, payload });
    }

    /// Records an event about an issue, under the name that GitHub uses for its kind.
    fn emit_issue(&self, act: &mut Act<'_>, repo: u64, number: u64, action: &'static str, extra: Value) {
        let Ok(issue) = self.issue(repo, number) else { return };
        let (name, mut fields) = if issue.pull.is_some() {
            let pull = render::pull::full(self, repo, issue);
            ("pull_request", json!({ "number": number, "pull_request": pull }))
        } else {
            ("issues", json!({ "issue": render::issue::in_event(self, repo, issue) }))
        };
        if let (Some(fields), Value::Object(extra)) = (fields.as_object_mut(), extra) {
            fields.extend(extra);
        }
        self.emit(act, repo, name, action, fields);
    }
}
