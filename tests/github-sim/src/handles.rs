//! Repositories and people in the hands of a test.

use crate::{
    sim::GithubSim,
    state::{
        Subject,
        change::{Change, IssueEdit, NewIssue, NewPull, PullEdit},
        feedback::{Feedback, Relate},
        model::StateReason,
        refusal::Refusal,
    },
    view::IssueView,
};

/// One repository.
#[derive(Debug, Clone)]
pub struct RepoHandle {
    pub(crate) sim: GithubSim,
    pub(crate) id: u64,
}

impl RepoHandle {
    /// GitHub's numeric identity.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// `owner/name` as it is now; empty once it is deleted.
    pub fn full_name(&self) -> String {
        self.sim.shared.state().repos.get(&self.id).map(|repo| repo.full_name()).unwrap_or_default()
    }

    /// The newest commit of the default branch.
    pub fn head_sha(&self) -> String {
        let state = self.sim.shared.state();
        state.repos.get(&self.id).map(|repo| repo.head_sha().to_owned()).unwrap_or_default()
    }

    /// Defines labels with GitHub's default colour, spelt like this. Those that exist stay.
    #[must_use = "returns the repository again, to go on with"]
    pub fn labels<'a>(self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let repo = self.full_name();
        for name in names {
            let (repo, name) = (repo.clone(), name.to_owned());
            let change = Change::CreateLabel { repo, name, color: None, description: None };
            // The only refusal a test meets here is that the label exists.
            let _ = self.sim.shared.commit("octocat", change);
        }
        self
    }

    /// An issue to be opened.
    pub fn issue(&self, title: &str) -> IssueDraft {
        let draft = NewIssue { title: title.to_owned(), ..NewIssue::default() };
        IssueDraft { repo: self.clone(), author: "octocat".to_owned(), draft }
    }

    /// A pull request to be opened.
    pub fn pull(&self, title: &str) -> PullDraft {
        let draft = NewPull { title: title.to_owned(), ..NewPull::default() };
        PullDraft { repo: self.clone(), author: "octocat".to_owned(), draft }
    }
}

/// An issue that is not open yet.
#[derive(Debug, Clone)]
#[must_use = "nothing happens before `open`"]
pub struct IssueDraft {
    repo: RepoHandle,
    author: String,
    draft: NewIssue,
}

impl IssueDraft {
    /// Its text.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.draft.body = Some(body.into());
        self
    }

    /// Its labels.
    pub fn labels<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.draft.labels.extend(names.into_iter().map(str::to_owned));
        self
    }

    /// Its assignees.
    pub fn assignees<'a>(mut self, logins: impl IntoIterator<Item = &'a str>) -> Self {
        self.draft.assignees.extend(logins.into_iter().map(str::to_owned));
        self
    }

    /// Who opens it; `octocat` when not given.
    pub fn author(mut self, login: &str) -> Self {
        login.clone_into(&mut self.author);
        self
    }

    /// Opens it.
    ///
    /// # Panics
    ///
    /// When GitHub would refuse it.
    #[track_caller]
    pub fn open(self) -> IssueView {
        let repo = self.repo.full_name();
        let change = Change::OpenIssue { repo, draft: self.draft };
        self.repo.sim.person(&self.author).issue_after(change)
    }
}

/// A pull request that is not open yet.
#[derive(Debug, Clone)]
#[must_use = "nothing happens before `open`"]
pub struct PullDraft {
    repo: RepoHandle,
    author: String,
    draft: NewPull,
}

impl PullDraft {
    /// Its text; `Fixes #7` closes issue 7 when it is merged.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.draft.body = Some(body.into());
        self
    }

    /// Its branch; made when there is none, and named after the title when not given.
    pub fn head(mut self, branch: &str) -> Self {
        branch.clone_into(&mut self.draft.head);
        self
    }

    /// Where it should go; the default branch when not given.
    pub fn base(mut self, branch: &str) -> Self {
        self.draft.base = Some(branch.to_owned());
        self
    }

    /// Makes it a draft.
    pub fn draft(mut self) -> Self {
        self.draft.draft = true;
        self
    }

    /// Its labels.
    pub fn labels<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.draft.labels.extend(names.into_iter().map(str::to_owned));
        self
    }

    /// Who opens it; `octocat` when not given.
    pub fn author(mut self, login: &str) -> Self {
        login.clone_into(&mut self.author);
        self
    }

    /// Opens it; what only a pull request has is in [`IssueView::pull`].
    ///
    /// # Panics
    ///
    /// When GitHub would refuse it.
    #[track_caller]
    pub fn open(mut self) -> IssueView {
        if self.draft.head.is_empty() {
            let words = self.draft.title.split(|letter: char| !letter.is_ascii_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            self.draft.head = words.join("-").to_lowercase();
        }
        let repo = self.repo.full_name();
        let change = Change::OpenPull { repo, draft: self.draft };
        self.repo.sim.person(&self.author).issue_after(change)
    }
}

/// Somebody who acts without the API. All verbs but [`act`](Self::act) panic where GitHub would refuse.
#[derive(Debug, Clone)]
pub struct Person {
    pub(crate) sim: GithubSim,
    pub(crate) login: String,
}

impl Person {
    /// Any change; returns the issue it touched, as it is now, if it touched one that is still there.
    ///
    /// # Errors
    ///
    /// When GitHub would refuse it.
    pub fn act(&self, change: Change) -> Result<Option<IssueView>, Refusal> {
        let applied = self.sim.shared.commit(&self.login, change)?;
        let state = self.sim.shared.state();
        let repo = state.repos.get(&applied.repo);
        Ok(match (repo, applied.subject) {
            (Some(repo), Subject::Issue(number)) => {
                repo.issues.get(&number).map(|issue| IssueView::of(repo, issue))
            }
            _ => None,
        })
    }

    /// Adds a label; it is defined when it does not exist.
    #[track_caller]
    pub fn add_label(&self, repo: &str, number: u64, label: &str) -> IssueView {
        let labels = vec![label.to_owned()];
        self.issue_after(Change::AddLabels { repo: repo.to_owned(), number, labels })
    }

    /// Takes a label off.
    #[track_caller]
    pub fn remove_label(&self, repo: &str, number: u64, label: &str) -> IssueView {
        let label = label.to_owned();
        self.issue_after(Change::RemoveLabel { repo: repo.to_owned(), number, label })
    }

    /// Replaces all labels.
    #[track_caller]
    pub fn set_labels<'a>(
        &self,
        repo: &str,
        number: u64,
        labels: impl IntoIterator<Item = &'a str>,
    ) -> IssueView {
        let labels = labels.into_iter().map(str::to_owned).collect();
        self.issue_after(Change::SetLabels { repo: repo.to_owned(), number, labels })
    }

    /// Edits title, text, state, labels or assignees.
    #[track_caller]
    pub fn edit(&self, repo: &str, number: u64, edit: IssueEdit) -> IssueView {
        self.issue_after(Change::EditIssue { repo: repo.to_owned(), number, edit })
    }

    /// Gives it another title.
    #[track_caller]
    pub fn retitle(&self, repo: &str, number: u64, title: &str) -> IssueView {
        self.edit(repo, number, IssueEdit { title: Some(title.to_owned()), ..IssueEdit::default() })
    }

    /// Closes an issue as completed, or a pull request.
    #[track_caller]
    pub fn close(&self, repo: &str, number: u64) -> IssueView {
        self.issue_after(Change::Close { repo: repo.to_owned(), number, reason: None })
    }

    /// Closes an issue as not planned.
    #[track_caller]
    pub fn give_up(&self, repo: &str, number: u64) -> IssueView {
        let reason = Some(StateReason::NotPlanned);
        self.issue_after(Change::Close { repo: repo.to_owned(), number, reason })
    }

    /// Opens it again.
    #[track_caller]
    pub fn reopen(&self, repo: &str, number: u64) -> IssueView {
        self.issue_after(Change::Reopen { repo: repo.to_owned(), number })
    }

    /// Writes a comment.
    #[track_caller]
    pub fn comment(&self, repo: &str, number: u64, body: &str) {
        self.must(Change::Comment { repo: repo.to_owned(), number, body: body.to_owned() });
    }

    /// Deletes an issue for good.
    #[track_caller]
    pub fn delete_issue(&self, repo: &str, number: u64) {
        self.must(Change::DeleteIssue { repo: repo.to_owned(), number });
    }

    /// Moves an issue to another repository, where it has another id and number.
    #[track_caller]
    pub fn transfer_issue(&self, repo: &str, number: u64, to: &str) {
        self.must(Change::TransferIssue { repo: repo.to_owned(), number, to: to.to_owned() });
    }

    /// Pushes a commit to a branch.
    #[track_caller]
    pub fn push(&self, repo: &str, branch: &str) {
        self.must(Change::Push { repo: repo.to_owned(), branch: Some(branch.to_owned()) });
    }

    /// Merges a pull request.
    #[track_caller]
    pub fn merge(&self, repo: &str, number: u64) -> IssueView {
        self.issue_after(Change::MergePull { repo: repo.to_owned(), number, sha: None })
    }

    /// Makes a pull request a draft or ready for review.
    #[track_caller]
    pub fn set_draft(&self, repo: &str, number: u64, draft: bool) -> IssueView {
        let edit = PullEdit { draft: Some(draft), ..PullEdit::default() };
        self.issue_after(Change::EditPull { repo: repo.to_owned(), number, edit })
    }

    /// Gives a repository another name, without its owner.
    #[track_caller]
    pub fn rename_repository(&self, repo: &str, name: &str) {
        self.must(Change::RenameRepository { repo: repo.to_owned(), name: name.to_owned() });
    }

    /// Makes a repository read-only, or writable again.
    #[track_caller]
    pub fn archive_repository(&self, repo: &str, archived: bool) {
        self.must(Change::ArchiveRepository { repo: repo.to_owned(), archived });
    }

    /// Deletes a repository with everything in it.
    #[track_caller]
    pub fn delete_repository(&self, repo: &str) {
        self.must(Change::DeleteRepository { repo: repo.to_owned() });
    }

    /// Renames a label's definition, which changes every issue that has it and sends no event for those.
    #[track_caller]
    pub fn rename_label(&self, repo: &str, name: &str, new_name: &str) {
        let (repo, name, new_name) = (repo.to_owned(), name.to_owned(), Some(new_name.to_owned()));
        self.must(Change::EditLabel { repo, name, new_name, color: None, description: None });
    }

    /// Deletes a label's definition, and with it the label from every issue.
    #[track_caller]
    pub fn delete_label(&self, repo: &str, name: &str) {
        self.must(Change::DeleteLabel { repo: repo.to_owned(), name: name.to_owned() });
    }

    /// Says something of a pull request; returns it as it is then.
    #[track_caller]
    pub fn say(&self, feedback: Feedback) -> IssueView {
        self.issue_after(Change::Feedback(feedback))
    }

    /// Relates two issues, or ends that.
    #[track_caller]
    pub fn relate(&self, relate: Relate) {
        self.must(Change::Relate(relate));
    }

    #[track_caller]
    fn must(&self, change: Change) -> Option<IssueView> {
        let described = format!("{change:?}");
        match self.act(change) {
            Ok(issue) => issue,
            Err(refusal) => panic!("{} may not do that: {refusal}: {described}", self.login),
        }
    }

    #[track_caller]
    fn issue_after(&self, change: Change) -> IssueView {
        self.must(change).expect("the change leaves an issue behind")
    }
}
