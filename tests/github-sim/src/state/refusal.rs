//! The ways in which GitHub says no to a change.

use std::fmt;

/// Why a change did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing, or the caller may not know of it.
    NotFound,
    /// The issue was deleted.
    Gone,
    /// The issue lives in another repository now.
    Moved {
        /// Numeric id of that repository.
        repo: u64,
        /// Its number there.
        number: u64,
    },
    /// The repository is read-only.
    Archived,
    /// The issue does not carry that label.
    LabelAbsent,
    /// More than 100 labels on one issue.
    TooManyLabels,
    /// A field is missing or wrong.
    Invalid {
        /// `Issue`, `Label`, `PullRequest`…
        resource: &'static str,
        /// The offending field.
        field: &'static str,
        /// GitHub's code: `missing_field`, `invalid`, `already_exists`, `custom`.
        code: &'static str,
        /// GitHub's sentence, for `custom`.
        message: Option<String>,
    },
    /// The pull request cannot be merged.
    NotMergeable(&'static str),
    /// The head is no longer the one the caller saw.
    HeadModified,
}

impl Refusal {
    pub(crate) fn invalid(resource: &'static str, field: &'static str, code: &'static str) -> Self {
        Self::Invalid { resource, field, code, message: None }
    }

    pub(crate) fn custom(resource: &'static str, field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { resource, field, code: "custom", message: Some(message.into()) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => write!(out, "Not Found"),
            Self::Gone => write!(out, "This issue was deleted"),
            Self::Moved { .. } => write!(out, "Moved Permanently"),
            Self::Archived => write!(out, "Repository was archived so is read-only."),
            Self::LabelAbsent => write!(out, "Label does not exist"),
            Self::TooManyLabels => {
                write!(out, "Validation Failed. Issues cannot have more than 100 labels: ")
            }
            Self::Invalid { .. } => write!(out, "Validation Failed"),
            Self::NotMergeable(why) => write!(out, "{why}"),
            Self::HeadModified => {
                write!(out, "Head branch was modified. Review and try the merge again.")
            }
        }
    }
}

impl std::error::Error for Refusal {}
