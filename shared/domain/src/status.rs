//! The six statuses and the one table of moves between them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Where an issue stands. On GitHub the label `status/<word>`; no such label means backlog, and closed always means
/// done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Needs grooming.
    Backlog,
    /// Can be claimed.
    Ready,
    /// Somebody works on it.
    InProgress,
    /// A pull request or a result waits for people.
    InReview,
    /// Cannot go on; there is always a reason.
    Blocked,
    /// Closed on GitHub.
    Done,
}

impl Status {
    /// All of them, in the order of the board's columns.
    pub const ALL: [Self; 6] =
        [Self::Backlog, Self::Ready, Self::InProgress, Self::InReview, Self::Blocked, Self::Done];

    /// The spelling in labels, SQL, JSON and URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Ready => "ready",
            Self::InProgress => "in-progress",
            Self::InReview => "in-review",
            Self::Blocked => "blocked",
            Self::Done => "done",
        }
    }

    /// The heading of its column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Backlog => "Backlog",
            Self::Ready => "Ready",
            Self::InProgress => "In Progress",
            Self::InReview => "In Review",
            Self::Blocked => "Blocked",
            Self::Done => "Done",
        }
    }

    /// Which of several status labels counts when nothing else decides: the one that hands out least work.
    pub(crate) fn caution(self) -> u8 {
        match self {
            Self::Blocked => 0,
            Self::InReview => 1,
            Self::InProgress => 2,
            Self::Done => 3,
            Self::Backlog => 4,
            Self::Ready => 5,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Refusal::invalid(
                "status",
                "a status is one of backlog, ready, in-progress, in-review, blocked and done",
            )
        })
    }
}

/// Who wants to move an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// An agent, by the verbs of its claim.
    Agent,
    /// A person at the board or with the operator's credentials.
    Operator,
    /// GitHub, that is a person or a tool there. Recorded, never refused.
    GitHub,
    /// Dispatch itself, when a lease runs out or a block is over.
    Clock,
}

/// The transition table.
///
/// # Errors
/// [`Refusal::TransitionRefused`] with a sentence that says what to do instead.
#[expect(clippy::match_same_arms, reason = "a table: one line for each rule, with its reason above it")]
pub fn transition(actor: Actor, from: Status, to: Status) -> Result<(), Refusal> {
    use Status::{Backlog, Blocked, Done, InProgress, InReview, Ready};
    let no = |message: &str| {
        Err(Refusal::TransitionRefused { from: from.as_str(), to: to.as_str(), message: message.to_owned() })
    };
    match (actor, from, to) {
        // GitHub is the truth; a move to where it stands is no move.
        (Actor::GitHub, _, _) => Ok(()),
        (_, from, to) if from == to => Ok(()),
        // Dispatch never completes anything.
        (_, _, Done) => no("Dispatch does not complete issues: close the issue on GitHub."),
        (Actor::Operator, _, _) => Ok(()),
        // A claim takes ready work; fixing a pull request takes an issue in review back to work.
        (Actor::Agent, Ready | InReview, InProgress) => Ok(()),
        // A claim ends: with a result, with a question, or back where it rested.
        (Actor::Agent, InProgress, InReview | Blocked | Ready | Backlog) => Ok(()),
        // A late report after the lease ran out, while nobody else took the work.
        (Actor::Agent, Ready | Backlog, InReview | Blocked) => Ok(()),
        (Actor::Agent, InReview, Blocked | Ready) => Ok(()),
        (Actor::Agent, Blocked, _) => no("The issue is blocked by a person; a person must unblock it."),
        (Actor::Agent, Done, _) => no("The issue is done."),
        (Actor::Agent, _, _) => no("An agent moves an issue only by claiming it and by ending its claim."),
        // A lease ran out: back to where the work rested.
        (Actor::Clock, InProgress, Ready | InReview | Backlog) => Ok(()),
        // What an agent was waiting for is there by its own word.
        (Actor::Clock, Blocked, Ready) => Ok(()),
        (Actor::Clock, _, _) => {
            no("The clock moves only what a lease or an agent's own word put there for a time.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, printed: `.` where the move is refused.
    #[test]
    fn the_table() {
        let mut picture = String::new();
        for actor in [Actor::Agent, Actor::Operator, Actor::GitHub, Actor::Clock] {
            picture += &format!("{actor:?}\n");
            for from in Status::ALL {
                let row = Status::ALL.map(|to| if transition(actor, from, to).is_ok() { 'x' } else { '.' });
                picture += &format!("{:>12} {}\n", from.as_str(), row.iter().collect::<String>());
            }
        }
        let expected = "Agent\n     backlog x..xx.\n       ready .xxxx.\n in-progress xxxxx.\n   in-review .xxxx.\n     blocked ....x.\n        done .....x\n\
            Operator\n     backlog xxxxx.\n       ready xxxxx.\n in-progress xxxxx.\n   in-review xxxxx.\n     blocked xxxxx.\n        done xxxxxx\n\
            GitHub\n     backlog xxxxxx\n       ready xxxxxx\n in-progress xxxxxx\n   in-review xxxxxx\n     blocked xxxxxx\n        done xxxxxx\n\
            Clock\n     backlog x.....\n       ready .x....\n in-progress xxxx..\n   in-review ...x..\n     blocked .x..x.\n        done .....x\n";
        assert_eq!(picture, expected, "\n{picture}");
    }

    #[test]
    fn done_says_what_to_do() {
        let refusal = transition(Actor::Operator, Status::Ready, Status::Done).unwrap_err();
        assert!(refusal.to_string().contains("close the issue on GitHub"));
    }
}
