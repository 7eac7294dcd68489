//! What a fact from GitHub, or an operator's move, does to a live claim.

use crate::claim::EndReason;
use crate::ids::AgentName;
use crate::status::Status;

/// An issue before or after a change, as far as a claim cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Closed on GitHub.
    pub closed: bool,
    /// Deleted, or moved to another repository.
    pub gone: bool,
    /// Status, with Dispatch's own unfinished intents counted as done.
    pub status: Status,
    /// The agent label, likewise.
    pub agent: Option<AgentName>,
}

/// Decides whether a live claim of `holder` survives a change that *somebody else* made.
///
/// `None`: it stays; its holder is told at the next call that the status is another one.
/// Own intents must be in `before` already, so that an echo of our own write is no change.
pub fn claim_end(holder: &AgentName, before: &Standing, after: &Standing) -> Option<EndReason> {
    if after.gone {
        return Some(EndReason::IssueGone);
    }
    if after.closed {
        return Some(EndReason::IssueClosed);
    }
    if after.agent != before.agent {
        match &after.agent {
            Some(agent) if agent != holder => return Some(EndReason::Reassigned),
            None if before.agent.as_ref() == Some(holder) => return Some(EndReason::TakenBack),
            _ => {}
        }
    }
    let taken_back = after.status != before.status && matches!(after.status, Status::Ready | Status::Backlog);
    taken_back.then_some(EndReason::TakenBack)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(status: Status, agent: &str) -> Standing {
        Standing { closed: false, gone: false, status, agent: agent.parse().ok() }
    }

    #[test]
    fn the_table_of_facts() {
        let holder: AgentName = "alpha".parse().unwrap();
        let before = standing(Status::InProgress, "alpha");
        let check =
            |after: Standing, expect| assert_eq!(claim_end(&holder, &before, &after), expect, "{after:?}");
        check(before.clone(), None);
        check(Standing { closed: true, ..before.clone() }, Some(EndReason::IssueClosed));
        check(Standing { gone: true, ..before.clone() }, Some(EndReason::IssueGone));
        check(standing(Status::Ready, "alpha"), Some(EndReason::TakenBack));
        check(standing(Status::Backlog, "alpha"), Some(EndReason::TakenBack));
        check(standing(Status::InProgress, ""), Some(EndReason::TakenBack));
        check(standing(Status::InProgress, "beta"), Some(EndReason::Reassigned));
        check(standing(Status::InReview, "alpha"), None);
        check(standing(Status::Blocked, "alpha"), None);
        check(standing(Status::Done, "alpha"), None);
    }
}
