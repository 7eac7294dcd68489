//! A running simulator, as tests hold it.

use std::{
    fs::OpenOptions, io::Write as _, net::SocketAddr, os::unix::fs::OpenOptionsExt as _, path::Path,
    sync::Arc,
};

use jiff::Timestamp;

use crate::{
    builder::Builder,
    clock::Clock,
    delivery_faults::DeliveryFault,
    faults::Fault,
    handles::{Person, RepoHandle},
    ledger::{Requests, Write},
    pattern::RequestPattern,
    pause::{Pause, When},
    shared::Shared,
    state::{
        change::Change,
        hooks::{Delivery, HookTarget},
    },
    view::{CommentView, IssueView, RelationsView},
};

/// A GitHub of one's own. Clones are the same one; it stops when the last is dropped.
#[derive(Clone)]
pub struct GithubSim {
    pub(crate) shared: Arc<Shared>,
    pub(crate) server: Arc<Server>,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl std::fmt::Debug for GithubSim {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("GithubSim").field(&self.url()).finish()
    }
}

impl GithubSim {
    /// How to set one up; `GithubSim::builder().start().await` is enough for most tests.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The API's root (`GITHUB_API_URL`), without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// The simulator's clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// The repository of this `owner/name`, made by `octocat` when there is none.
    ///
    /// # Panics
    ///
    /// When the name is not `owner/name`.
    pub fn repo(&self, full_name: &str) -> RepoHandle {
        let known = self.shared.state().repo_named(full_name).map(|repo| repo.id);
        let id = known.unwrap_or_else(|| {
            let change = Change::CreateRepository { repo: full_name.to_owned(), description: None };
            match self.shared.commit("octocat", change) {
                Ok(applied) => applied.repo,
                Err(refusal) => panic!("the repository {full_name} cannot be made: {refusal}"),
            }
        });
        RepoHandle { sim: self.clone(), id }
    }

    /// A person (or with `[bot]` at the end an app) who can act on the web site, so to speak.
    pub fn person(&self, login: &str) -> Person {
        Person { sim: self.clone(), login: login.to_owned() }
    }

    /// An issue or pull request as it is now.
    ///
    /// # Panics
    ///
    /// When there is none of this number.
    #[track_caller]
    pub fn issue(&self, repo: &str, number: u64) -> IssueView {
        self.find_issue(repo, number).unwrap_or_else(|| panic!("there is no issue {repo}#{number}"))
    }

    /// An issue or pull request as it is now, if it is there.
    pub fn find_issue(&self, repo: &str, number: u64) -> Option<IssueView> {
        let state = self.shared.state();
        let repo = state.repo_named(repo)?;
        Some(IssueView::of(repo, repo.issues.get(&number)?))
    }

    /// All issues and pull requests of a repository, by number.
    pub fn issues(&self, repo: &str) -> Vec<IssueView> {
        let state = self.shared.state();
        let repo = state.repo_named(repo);
        repo.iter().flat_map(|repo| repo.issues.values().map(|issue| IssueView::of(repo, issue))).collect()
    }

    /// How an issue is related to others; nothing where there is none of this number.
    pub fn relations(&self, repo: &str, number: u64) -> RelationsView {
        let state = self.shared.state();
        let Some(id) = state.repo_named(repo).map(|repo| repo.id) else { return RelationsView::default() };
        let ids = |places: Vec<(u64, u64)>| {
            let id = |(repo, number)| state.issue(repo, number).ok().map(|issue| issue.id);
            places.into_iter().filter_map(id).collect()
        };
        let blocked_by = state.issue(id, number).map(|issue| issue.blocked_by.clone()).unwrap_or_default();
        RelationsView { parts: ids(state.parts((id, number))), blocked_by: ids(blocked_by) }
    }

    /// The comments of an issue or pull request, oldest first.
    pub fn comments(&self, repo: &str, number: u64) -> Vec<CommentView> {
        let state = self.shared.state();
        let comments = state.repo_named(repo).map(|repo| repo.comments.values()).into_iter().flatten();
        let of_issue = comments.filter(|comment| comment.issue == number).map(|comment| CommentView {
            id: comment.id,
            author: comment.author.clone(),
            body: comment.body.clone(),
            created_at: comment.created_at,
        });
        of_issue.collect()
    }

    /// Every write through the API so far, oldest first. Edits by [people](Self::person) are not among them.
    pub fn writes(&self) -> Vec<Write> {
        self.shared.ledger().writes.iter().cloned().collect()
    }

    /// Numbers of requests so far.
    pub fn requests(&self) -> Requests {
        self.shared.ledger().requests.clone()
    }

    /// Forgets the recorded writes and numbers of requests.
    pub fn forget_requests(&self) {
        self.shared.ledger().clear();
    }

    /// Every attempted delivery of every hook, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        let state = self.shared.state();
        let mut all: Vec<Delivery> =
            state.hooks.all.iter().flat_map(|hook| hook.log.iter().cloned()).collect();
        all.sort_by_key(|delivery| delivery.id);
        all
    }

    /// Waits until every delivery was attempted, releasing those held back for shuffling.
    pub async fn flush(&self) {
        self.shared.post.flush().await;
    }

    /// Sends every event of every repository to this address, as the app's webhook.
    pub fn set_webhook(&self, url: &str, secret: &str) {
        let mut state = self.shared.state();
        let state = &mut *state;
        let now = crate::clock::whole_second(self.shared.clock.now());
        state.hooks.point(&mut state.ids, HookTarget::App, (url, secret), now);
    }

    /// Gives every present and future repository a webhook of its own to this address.
    pub fn set_repository_webhooks(&self, url: &str, secret: &str) {
        let mut state = self.shared.state();
        let state = &mut *state;
        let now = crate::clock::whole_second(self.shared.clock.now());
        for id in state.repos.keys() {
            state.hooks.point(&mut state.ids, HookTarget::Repository(*id), (url, secret), now);
        }
        state.hooks.for_new_repositories = Some((url.to_owned(), secret.to_owned()));
    }

    /// The app's installation on an owner's account (`GITHUB_APP_INSTALLATION_ID`), once it has a repository.
    pub fn installation_id(&self, owner: &str) -> Option<u64> {
        self.shared.state().installation_id(owner)
    }

    /// Switches a fault of the API on.
    pub fn fault(&self, fault: Fault) {
        self.shared.faults().add(fault);
    }

    /// Switches a fault of webhook deliveries on.
    pub fn delivery_fault(&self, fault: DeliveryFault) {
        self.shared.post.fault(fault);
    }

    /// Chooses whether `issues.opened` tells the labels that the issue is opened with. On GitHub it may or may not; the
    /// `issues.labeled` events that follow always do.
    pub fn opened_without_labels(&self, without: bool) {
        self.shared.state().opened_without_labels = without;
    }

    /// How somebody stands to every repository from now on: `NONE`, `CONTRIBUTOR`, `MEMBER`… (GitHub docs,
    /// `CommentAuthorAssociation`).
    pub fn set_association(&self, login: &str, association: &str) {
        self.shared.state().associations.insert(login.to_lowercase(), association.to_owned());
    }

    /// Uses up the primary rate limit of every caller known so far, until the present hour's reset.
    pub fn exhaust_primary_limit(&self) {
        self.shared.access().exhaust(self.shared.clock.now());
    }

    /// Makes a token worthless; all of them when `None`.
    pub fn revoke_token(&self, token: Option<&str>) {
        self.shared.access().revoke(token);
    }

    /// Edits a webhook as somebody does on its page; `body` as in "Update a repository webhook".
    pub fn edit_hook(&self, id: u64, body: &serde_json::Value) {
        crate::http::hooks::edit_hook(&self.shared, id, body);
    }

    /// Takes the App off an owner's account: its installation and the installation's tokens are worth nothing.
    pub fn uninstall_app(&self, owner: &str) {
        if let Some(id) = self.installation_id(owner) {
            self.shared.access().uninstall(id);
        }
    }

    /// Lets `token` act as `login` from now on.
    pub fn grant_token(&self, token: &str, login: &str) {
        self.shared.state().ensure_account(login, crate::state::model::AccountKind::User);
        self.shared.access().grant_user(token, login);
    }

    /// Switches all faults off, restores revoked tokens and budgets, and releases held deliveries.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
        self.shared.post.clear_faults();
        self.shared.access().restore();
    }

    /// Stops the next matching request before it is carried out.
    pub fn pause_before(&self, on: impl Into<RequestPattern>) -> Pause {
        self.shared.pauses().add(When::Before, on.into(), 0)
    }

    /// Stops the next matching request after it is carried out and before it is answered. Its webhooks leave.
    pub fn pause_after(&self, on: impl Into<RequestPattern>) -> Pause {
        self.shared.pauses().add(When::After, on.into(), 0)
    }

    /// Like [`pause_after`](Self::pause_after), for the matching request that follows `skip` others.
    pub fn pause_after_nth(&self, on: impl Into<RequestPattern>, skip: u64) -> Pause {
        self.shared.pauses().add(When::After, on.into(), skip)
    }

    /// The present by the simulator's clock.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// Writes all facts (not the deliveries, tokens and faults) to a file that [`Builder::restore`] reads. The hooks'
    /// secrets are among them, so the file is for its owner only.
    ///
    /// # Errors
    ///
    /// When the file or the one beside it that replaces it cannot be written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let text = serde_json::to_vec(&*self.shared.state())?;
        let beside = path.with_extension("new");
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&text)?;
        std::fs::rename(&beside, path)
    }
}
