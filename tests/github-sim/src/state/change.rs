//! Everything that can happen to the simulated GitHub, as one type: the routes, the people of a test, the
//! administrative `act` call and the demo all speak it.

use serde::{Deserialize, Serialize};

use super::{
    feedback::{Feedback, Relate},
    model::{IssueState, StateReason},
};

/// One act of a person or an app. As JSON it is tagged by `action`: `{"action": "add_labels", "repo": "acme/web",
/// "number": 7, "labels": ["status/ready"]}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Change {
    /// A new repository with one commit on `main`; its owner becomes an organisation unless it is known.
    CreateRepository {
        /// `owner/name`.
        repo: String,
        /// One line about it.
        #[serde(default)]
        description: Option<String>,
    },
    /// Gives the repository another name; the old one redirects.
    RenameRepository {
        /// `owner/name`.
        repo: String,
        /// The new name, without owner.
        name: String,
    },
    /// Makes the repository read-only, or writable again.
    ArchiveRepository {
        /// `owner/name`.
        repo: String,
        /// False to undo.
        #[serde(default = "yes")]
        archived: bool,
    },
    /// Deletes the repository with everything in it.
    DeleteRepository {
        /// `owner/name`.
        repo: String,
    },
    /// A new commit on a branch; pull requests from it get a new head.
    Push {
        /// `owner/name`.
        repo: String,
        /// The default branch when absent.
        #[serde(default)]
        branch: Option<String>,
    },
    /// A new branch at a commit that another branch is at.
    CreateBranch {
        /// `owner/name`.
        repo: String,
        /// Its name.
        branch: String,
        /// The commit.
        sha: String,
    },
    /// Opens an issue.
    OpenIssue {
        /// `owner/name`.
        repo: String,
        /// What it says.
        #[serde(flatten)]
        draft: NewIssue,
    },
    /// Edits an issue or the issue side of a pull request; absent fields stay.
    EditIssue {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// What becomes different.
        #[serde(flatten)]
        edit: IssueEdit,
    },
    /// Closes an issue or pull request.
    Close {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// `completed` when absent.
        #[serde(default)]
        reason: Option<StateReason>,
    },
    /// Opens a closed issue or pull request again.
    Reopen {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
    },
    /// Adds labels; missing ones are created with the default colour.
    AddLabels {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// Names, in any case.
        labels: Vec<String>,
    },
    /// Takes one label off.
    RemoveLabel {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// Its name, in any case.
        label: String,
    },
    /// Replaces all labels.
    SetLabels {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// Names, in any case.
        labels: Vec<String>,
    },
    /// Writes a comment.
    Comment {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// Its text.
        body: String,
    },
    /// Deletes an issue for good.
    DeleteIssue {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
    },
    /// Moves an issue to another repository, where it gets a new id and number.
    TransferIssue {
        /// `owner/name`.
        repo: String,
        /// The issue's number.
        number: u64,
        /// `owner/name` of the destination.
        to: String,
    },
    /// Defines a label.
    CreateLabel {
        /// `owner/name`.
        repo: String,
        /// Its name.
        name: String,
        /// Six hexadecimal digits; GitHub's default when absent.
        #[serde(default)]
        color: Option<String>,
        /// Up to 100 characters.
        #[serde(default)]
        description: Option<String>,
    },
    /// Renames or recolours a label, on every issue that has it and without an event for those.
    EditLabel {
        /// `owner/name`.
        repo: String,
        /// Its present name.
        name: String,
        /// The name it gets.
        #[serde(default)]
        new_name: Option<String>,
        /// The colour it gets.
        #[serde(default)]
        color: Option<String>,
        /// The description it gets.
        #[serde(default)]
        description: Option<String>,
    },
    /// Deletes a label's definition, and with it the label from every issue.
    DeleteLabel {
        /// `owner/name`.
        repo: String,
        /// Its name.
        name: String,
    },
    /// Opens a pull request; the head branch is created when it does not exist.
    OpenPull {
        /// `owner/name`.
        repo: String,
        /// What it says.
        #[serde(flatten)]
        draft: NewPull,
    },
    /// Edits a pull request; absent fields stay.
    EditPull {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// What becomes different.
        #[serde(flatten)]
        edit: PullEdit,
    },
    /// Moves the repository to another owner, who becomes an organisation unless it is known; the old name redirects.
    TransferRepository {
        /// `owner/name`.
        repo: String,
        /// Login of the new owner.
        to: String,
    },
    /// Gives an account another login; all its repositories follow.
    RenameOwner {
        /// Its present login.
        owner: String,
        /// The new login.
        name: String,
    },
    /// Merges a pull request and closes the issues its body names with a closing keyword.
    MergePull {
        /// `owner/name`.
        repo: String,
        /// The pull request's number.
        number: u64,
        /// The head it must still have.
        #[serde(default)]
        sha: Option<String>,
    },
    /// Reviews, checks, conflicts.
    #[serde(untagged)]
    Feedback(Feedback),
    /// Sub-issues and dependencies.
    #[serde(untagged)]
    Relate(Relate),
}

/// A new issue.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewIssue {
    /// Required, and not blank.
    pub title: String,
    /// Markdown.
    #[serde(default)]
    pub body: Option<String>,
    /// Names, in any case.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Logins.
    #[serde(default)]
    pub assignees: Vec<String>,
}

/// A new pull request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewPull {
    /// Required, and not blank.
    pub title: String,
    /// Markdown.
    #[serde(default)]
    pub body: Option<String>,
    /// The branch with the work.
    pub head: String,
    /// The branch it should go to; the default branch when absent.
    #[serde(default)]
    pub base: Option<String>,
    /// Whether it is a draft.
    #[serde(default)]
    pub draft: bool,
    /// Names, in any case.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// Changes to an issue; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct IssueEdit {
    /// The new title.
    #[serde(default)]
    pub title: Option<String>,
    /// The new text.
    #[serde(default)]
    pub body: Option<String>,
    /// The new state.
    #[serde(default)]
    pub state: Option<IssueState>,
    /// Why; only looked at together with `state`.
    #[serde(default)]
    pub state_reason: Option<StateReason>,
    /// Replaces all labels.
    #[serde(default)]
    pub labels: Option<Vec<String>>,
    /// Replaces all assignees.
    #[serde(default)]
    pub assignees: Option<Vec<String>>,
}

/// Changes to a pull request; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PullEdit {
    /// The new title.
    #[serde(default)]
    pub title: Option<String>,
    /// The new text.
    #[serde(default)]
    pub body: Option<String>,
    /// The new state.
    #[serde(default)]
    pub state: Option<IssueState>,
    /// The new base branch.
    #[serde(default)]
    pub base: Option<String>,
    /// Draft or ready for review. GitHub's REST route ignores it (only GraphQL converts); people can.
    #[serde(default)]
    pub draft: Option<bool>,
}

impl Change {
    /// The repository it happens in, as `owner/name`; of what happens to an account, its login.
    pub(crate) fn repo(&self) -> &str {
        match self {
            Self::CreateRepository { repo, .. }
            | Self::RenameRepository { repo, .. }
            | Self::ArchiveRepository { repo, .. }
            | Self::DeleteRepository { repo }
            | Self::Push { repo, .. }
            | Self::CreateBranch { repo, .. }
            | Self::OpenIssue { repo, .. }
            | Self::EditIssue { repo, .. }
            | Self::Close { repo, .. }
            | Self::Reopen { repo, .. }
            | Self::AddLabels { repo, .. }
            | Self::RemoveLabel { repo, .. }
            | Self::SetLabels { repo, .. }
            | Self::Comment { repo, .. }
            | Self::DeleteIssue { repo, .. }
            | Self::TransferIssue { repo, .. }
            | Self::CreateLabel { repo, .. }
            | Self::EditLabel { repo, .. }
            | Self::DeleteLabel { repo, .. }
            | Self::OpenPull { repo, .. }
            | Self::EditPull { repo, .. }
            | Self::TransferRepository { repo, .. }
            | Self::MergePull { repo, .. } => repo,
            Self::RenameOwner { owner, .. } => owner,
            Self::Feedback(feedback) => feedback.place().0,
            Self::Relate(relate) => relate.repo(),
        }
    }
}

fn yes() -> bool {
    true
}
