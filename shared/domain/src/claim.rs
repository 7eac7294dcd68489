//! Leases, phases, outcomes and ends of claims.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::status::Status;

/// How long a claim is held after its last sign of life. Agents renew at a third of it.
pub const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// The longest silence an agent may announce with `busyFor`.
pub const LONGEST_BUSY: SignedDuration = SignedDuration::from_hours(2);
/// So many attempts without progress, and an operator has to look.
pub const ATTEMPTS: i32 = 3;
/// How long released work stays hidden from the agent that gave it back.
pub const HIDDEN_AFTER_RELEASE: SignedDuration = SignedDuration::from_mins(30);
/// The largest checkpoint, in bytes of JSON.
pub const CHECKPOINT_BYTES: usize = 64 * 1024;

/// The longest for which work is put aside: what waits for longer is a matter of its status.
pub const LONGEST_SNOOZE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Makes sure that work put aside comes back.
///
/// # Errors
/// [`Refusal::Invalid`] about `field` when `until` is later than [`LONGEST_SNOOZE`] from now.
pub fn check_snooze(field: &'static str, now: Timestamp, until: Timestamp) -> Result<(), Refusal> {
    if until <= now + LONGEST_SNOOZE {
        Ok(())
    } else {
        let days = LONGEST_SNOOZE.as_hours() / 24;
        Err(Refusal::invalid(field, format!("work is put aside for at most {days} days; block it instead")))
    }
}

/// When the lease ends after a sign of life at `now`.
///
/// # Errors
/// [`Refusal::Invalid`] when `busy_for_seconds` is negative or longer than [`LONGEST_BUSY`].
pub fn lease_end(now: Timestamp, busy_for_seconds: Option<i64>) -> Result<Timestamp, Refusal> {
    match busy_for_seconds {
        None => Ok(now + LEASE),
        Some(seconds) if (0..=LONGEST_BUSY.as_secs()).contains(&seconds) => {
            Ok(now + LEASE.max(SignedDuration::from_secs(seconds)))
        }
        Some(_) => Err(Refusal::invalid(
            "busyFor",
            format!("busyFor is a number of seconds from 0 to {}", LONGEST_BUSY.as_secs()),
        )),
    }
}

/// Declares an enum with its spelling in SQL and JSON.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $field:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The spelling in SQL and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl FromStr for $name {
            type Err = Refusal;

            fn from_str(text: &str) -> Result<Self, Refusal> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(Refusal::invalid($field, concat!("expected one of: ", $($word, " "),*).trim_end())),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// How far the holder is.
    Phase, "phase" {
        /// Just handed out.
        Claimed = "claimed",
        /// Getting the repository and its tools.
        Preparing = "preparing",
        /// Reading and deciding what to do.
        Planning = "planning",
        /// Changing code.
        Coding = "coding",
        /// Running tests.
        Testing = "testing",
        /// Pushing, opening or updating the pull request.
        Publishing = "publishing",
        /// Waiting for something outside, such as a long build.
        Waiting = "waiting",
    }
}

words! {
    /// How an attempt ended, in the agent's words.
    Outcome, "outcome" {
        /// A pull request was opened.
        PrOpened = "pr_opened",
        /// An existing pull request was updated.
        PrUpdated = "pr_updated",
        /// Nothing needs to change.
        NoChangeNeeded = "no_change_needed",
        /// Somebody did it before.
        AlreadyAddressed = "already_addressed",
        /// The issue itself was edited or answered.
        IssueUpdated = "issue_updated",
        /// A person has to decide something first.
        NeedsDecision = "needs_decision",
        /// It did not work.
        Failed = "failed",
    }
}

words! {
    /// Why an agent cannot go on.
    BlockKind, "kind" {
        /// A person has to answer.
        NeedsInput = "needs_input",
        /// Something else has to happen first.
        Waiting = "waiting",
        /// A service or a machine is broken.
        Infrastructure = "infrastructure",
    }
}

words! {
    /// Why a claim ended.
    EndReason, "reason" {
        /// The agent reported an outcome.
        Completed = "completed",
        /// The agent gave it back.
        Released = "released",
        /// The agent reported that it cannot go on.
        Blocked = "blocked",
        /// The lease ran out.
        Expired = "expired",
        /// A person took the work back on GitHub or on the board.
        TakenBack = "taken_back",
        /// A person gave the work to another agent.
        Reassigned = "reassigned",
        /// The issue was closed.
        IssueClosed = "issue_closed",
        /// The issue was deleted or moved away.
        IssueGone = "issue_gone",
        /// An operator ended it.
        Stopped = "stopped",
        /// The agent sent the work to the lane for what is beyond it.
        Escalated = "escalated",
    }
}

impl EndReason {
    /// The same as a sentence for the agent that asks.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Completed => "This claim was completed already.",
            Self::Released => "This claim was given back already.",
            Self::Blocked => "This claim ended when it was reported as blocked.",
            Self::Expired => "The lease ran out and the work was taken back. Claim again.",
            Self::TakenBack => "A person took the work back. Stop, and claim other work.",
            Self::Reassigned => "A person gave the work to another agent. Stop, and claim other work.",
            Self::IssueClosed => "The issue was closed. Stop, and claim other work.",
            Self::IssueGone => "The issue was deleted or moved away. Stop, and claim other work.",
            Self::Escalated => "This claim ended when its work was escalated.",
            Self::Stopped => "An operator ended this claim. Stop, and claim other work.",
        }
    }
}

/// What an outcome does to the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeEffect {
    /// Where the issue goes.
    pub status: Status,
    /// A person has to look: the result is not a pull request.
    pub attention: Option<&'static str>,
    /// The attempt led somewhere, so the count of fruitless attempts starts again.
    pub progress: bool,
}

/// The table of outcomes. `no_change_needed` and its kin never go back to ready: they would be offered again at once.
pub fn outcome_effect(outcome: Outcome) -> OutcomeEffect {
    let effect = |status, attention, progress| OutcomeEffect { status, attention, progress };
    match outcome {
        Outcome::PrOpened | Outcome::PrUpdated => effect(Status::InReview, None, true),
        Outcome::NoChangeNeeded => effect(Status::InReview, Some("no_change_needed"), true),
        Outcome::AlreadyAddressed => effect(Status::InReview, Some("already_addressed"), true),
        Outcome::IssueUpdated => effect(Status::InReview, Some("issue_updated"), true),
        Outcome::NeedsDecision => effect(Status::Blocked, Some("needs_input"), true),
        Outcome::Failed => effect(Status::Ready, None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leases_are_bounded() {
        let now = Timestamp::from_second(0).unwrap();
        assert_eq!(lease_end(now, None).unwrap(), now + LEASE);
        assert_eq!(lease_end(now, Some(1)).unwrap(), now + LEASE);
        assert_eq!(lease_end(now, Some(3600)).unwrap(), now + SignedDuration::from_hours(1));
        for bad in [-1, 7201, i64::MAX, i64::MIN] {
            assert!(lease_end(now, Some(bad)).is_err());
        }
    }

    #[test]
    fn only_failure_offers_the_work_again() {
        for outcome in Outcome::ALL {
            let effect = outcome_effect(*outcome);
            assert_eq!(effect.status == Status::Ready, *outcome == Outcome::Failed);
            assert_eq!(effect.progress, *outcome != Outcome::Failed);
        }
    }

    #[test]
    fn words_are_spelled_one_way() {
        for phase in Phase::ALL {
            assert_eq!(phase.as_str().parse::<Phase>().unwrap(), *phase);
        }
        assert!("CODING".parse::<Phase>().is_err());
    }
}
