//! Expected noes, with stable codes and sentences that are safe to show.

use serde_json::{Value, json};

/// Why something that was asked for is not done. Nothing was changed when one of these comes back.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The input breaks a rule that the sender can see.
    #[error("{field}: {message}")]
    Invalid {
        /// Which part of the input.
        field: &'static str,
        /// What is expected, as a sentence.
        message: String,
    },
    /// No such object, or not one that the caller may see.
    #[error("There is no {what} {id}.")]
    NotFound {
        /// What kind of object.
        what: &'static str,
        /// As the caller named it.
        id: String,
    },
    /// The repository is not tracked.
    #[error("Repository {0} is not tracked here. Add it with POST /api/automation/repos.")]
    RepositoryUnknown(String),
    /// The repository is tracked already.
    #[error("Repository {0} is tracked already.")]
    RepositoryTracked(String),
    /// There is no such lane.
    #[error("There is no lane {lane}. The lanes are: {}.", known.join(", "))]
    LaneUnknown {
        /// As the caller named it.
        lane: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The transition table forbids the move for this actor.
    #[error("{message}")]
    TransitionRefused {
        /// Present status.
        from: &'static str,
        /// Wanted status.
        to: &'static str,
        /// Why, and what to do instead.
        message: String,
    },
    /// Blocking and escalating need a reason.
    #[error("Say why: send a reason.")]
    ReasonRequired,
    /// The issue is closed on GitHub.
    #[error("{0} is closed. Reopen it on GitHub first.")]
    IssueClosed(String),
    /// The claim is no longer held under this fence.
    #[error("{message}")]
    ClaimLost {
        /// Machine-readable reason: why the claim ended, or `fence_stale`.
        why: String,
        /// The same as a sentence.
        message: String,
    },
    /// The caller may not act as this agent or on this claim.
    #[error("{0}")]
    Forbidden(String),
    /// The same idempotency key came with another body.
    #[error("This Idempotency-Key was used with another request body. Use a new key for a new request.")]
    IdempotencyConflict,
    /// Something of that kind is under way.
    #[error("{0}")]
    Busy(String),
    /// The mutation is not in a state in which that can be done.
    #[error("{0}")]
    Conflict(String),
}

/// What a refusal means to the caller; the API maps it to an HTTP status in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The request itself is wrong: 400 or 422.
    Invalid,
    /// Well-formed but cannot be processed as it is: 422.
    Unprocessable,
    /// The caller may not: 403.
    Forbidden,
    /// 404.
    NotFound,
    /// The state of things is against it: 409.
    Conflict,
}

impl Refusal {
    /// An invalid part of the input.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// A missing object.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over ids and literals alike")]
    pub fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    /// A claim that is no longer held, with the reason it ended.
    pub fn claim_lost(why: impl Into<String>, message: impl Into<String>) -> Self {
        Self::ClaimLost { why: why.into(), message: message.into() }
    }

    /// The stable code in the error envelope.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "invalid",
            Self::NotFound { what: "issue", .. } => "issue_unknown",
            Self::NotFound { .. } => "not_found",
            Self::RepositoryUnknown(_) => "repository_unknown",
            Self::RepositoryTracked(_) => "repository_tracked",
            Self::LaneUnknown { .. } => "lane_unknown",
            Self::TransitionRefused { .. } => "transition_refused",
            Self::ReasonRequired => "reason_required",
            Self::IssueClosed(_) => "issue_closed",
            Self::ClaimLost { .. } => "claim_lost",
            Self::Forbidden(_) => "forbidden",
            Self::IdempotencyConflict => "idempotency_conflict",
            Self::Busy(_) => "busy",
            Self::Conflict(_) => "conflict",
        }
    }

    /// What kind of no it is.
    pub fn class(&self) -> Class {
        match self {
            Self::Invalid { .. } | Self::LaneUnknown { .. } => Class::Invalid,
            Self::ReasonRequired => Class::Unprocessable,
            Self::Forbidden(_) => Class::Forbidden,
            Self::NotFound { .. } | Self::RepositoryUnknown(_) => Class::NotFound,
            Self::RepositoryTracked(_)
            | Self::TransitionRefused { .. }
            | Self::IssueClosed(_)
            | Self::ClaimLost { .. }
            | Self::IdempotencyConflict
            | Self::Busy(_)
            | Self::Conflict(_) => Class::Conflict,
        }
    }

    /// Machine-readable particulars for the envelope's `details`.
    pub fn details(&self) -> Value {
        match self {
            Self::Invalid { field, .. } => json!({ "field": field }),
            Self::LaneUnknown { lane, known } => json!({ "lane": lane, "lanes": known }),
            Self::TransitionRefused { from, to, .. } => json!({ "from": from, "to": to }),
            Self::ClaimLost { why, .. } => json!({ "why": why }),
            _ => json!({}),
        }
    }
}
