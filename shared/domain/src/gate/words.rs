//! Gates in words: why each one let work pass or did not, and what would let it pass.

use super::{Gate, Limit, Scope, View, starts_at};
use crate::status::Status;
use crate::work::Kind;

impl View<'_> {
    /// Why a gate let the work pass.
    pub(super) fn passed(&self, gate: Gate) -> String {
        let work = self.candidate;
        let room = |scope, nothing: &str| match self.limit(scope) {
            Some(limit) => fill(limit),
            None => nothing.to_owned(),
        };
        match gate {
            Gate::RepositoryEnabled => format!("{} is tracked here.", work.repository),
            Gate::RepositoryWritable => format!("{} can be written.", work.repository),
            Gate::IssueExists => "The issue exists.".to_owned(),
            Gate::IssueOpen => "The issue is open.".to_owned(),
            Gate::Approved => "Its text is by somebody trusted here, or approved.".to_owned(),
            Gate::Status => format!("The status is {}.", self.status),
            Gate::IssueAsked if self.asker.issue.is_some() => {
                "It is the issue that was asked for.".to_owned()
            }
            Gate::IssueAsked => "No particular issue was asked for.".to_owned(),
            Gate::Lane => format!("It is in lane {}, where agent {} may work.", work.lane, self.asker.agent),
            Gate::Kind => format!("It is {} work.", work.kind.as_str()),
            Gate::Repository => format!("It is in {}.", work.repository),
            Gate::LaneClaimable => format!("Agents are given work from lane {}.", work.lane),
            Gate::LanePaused => format!("Lane {} is not paused.", work.lane),
            Gate::Excluded => "No label keeps it from agents.".to_owned(),
            Gate::Reserved if self.agent.is_some() => {
                format!("It is reserved for agent {}.", self.asker.agent)
            }
            Gate::Reserved => "It is reserved for nobody.".to_owned(),
            Gate::DependencyCycle => "It does not wait for itself.".to_owned(),
            Gate::Dependencies if work.waits_for.is_empty() => "It waits for no open issue.".to_owned(),
            Gate::Dependencies => "A pull request that is there waits for no other issue.".to_owned(),
            Gate::FixFirst => "No fix of its own pull request goes first.".to_owned(),
            Gate::Unclaimed => "Nobody holds it.".to_owned(),
            Gate::Snoozed => "It is not put aside.".to_owned(),
            Gate::Hidden => "The agent did not give it back a moment ago.".to_owned(),
            Gate::Quarantined => "It is not quarantined.".to_owned(),
            Gate::LaneLimit => room(Scope::Lane, "Its lane has no limit."),
            Gate::RepositoryLimit => room(Scope::Repository, "Its repository has no limit."),
            Gate::ReviewLimit if work.kind == Kind::Fix => {
                "A fix takes from what waits for people.".to_owned()
            }
            Gate::ReviewLimit => room(Scope::Review, "Its repository has no limit on what waits for people."),
            Gate::AgentLimit => room(Scope::Agent, "The agent has no limit."),
        }
    }

    /// Why a gate held the work back.
    pub(super) fn failed(&self, gate: Gate) -> String {
        let work = self.candidate;
        let full = |scope| self.limit(scope).map_or_else(String::new, fill);
        match gate {
            Gate::RepositoryEnabled => "The repository is switched off here.".to_owned(),
            Gate::RepositoryWritable => "The repository is archived on GitHub.".to_owned(),
            Gate::IssueExists => "The issue was deleted or moved away on GitHub.".to_owned(),
            Gate::IssueOpen => "The issue is closed.".to_owned(),
            Gate::Approved => {
                "Its author is not trusted here: an operator has to read and approve its text first."
                    .to_owned()
            }
            Gate::Status if work.done_but_open => {
                "The issue is labelled status/done although it is open.".to_owned()
            }
            Gate::Status => {
                let wanted: Vec<&str> =
                    starts_at(work.kind).iter().map(|status: &Status| status.as_str()).collect();
                let kind = work.kind.as_str();
                format!("The status is {}, and {kind} work starts at {}.", self.status, wanted.join(" or "))
            }
            Gate::IssueAsked => "Another issue was asked for.".to_owned(),
            Gate::Lane if super::any(&self.asker.allowed, &work.lane) => {
                format!("It is in lane {}, which was not asked for.", work.lane)
            }
            Gate::Lane => {
                let allowed: Vec<&str> = self.asker.allowed.iter().map(|lane| lane.as_str()).collect();
                let (agent, lanes) = (&self.asker.agent, allowed.join(", "));
                format!("It is in lane {}, and agent {agent} works in {lanes} only.", work.lane)
            }
            Gate::Kind => format!("It is {} work, which was not asked for.", work.kind.as_str()),
            Gate::Repository => format!("It is in {}, which was not asked for.", work.repository),
            Gate::LaneClaimable => format!("Agents are given no work from lane {}.", work.lane),
            Gate::LanePaused => format!("Lane {} is paused.", work.lane),
            Gate::Excluded => {
                format!("The label {} keeps it from agents.", work.excluded_by.as_deref().unwrap_or_default())
            }
            Gate::Reserved => {
                format!("It is reserved for agent {}.", self.agent.map_or("?", |agent| agent.as_str()))
            }
            Gate::DependencyCycle => {
                format!("It waits for itself: {} wait for each other.", list(&work.cycle))
            }
            Gate::Dependencies => match work.waits_for.as_slice() {
                [one] => format!("It waits for {one}, which is open."),
                several => format!("It waits for {}, which are open.", list(several)),
            },
            Gate::FixFirst => "Its own pull request needs a fix, which goes first.".to_owned(),
            Gate::Unclaimed => {
                format!("Agent {} holds it.", self.live.map_or("?", |claim| claim.agent.as_str()))
            }
            Gate::Snoozed => format!("It is put aside until {}.", work.snoozed_until.unwrap_or(self.now)),
            Gate::Hidden => "The same agent gave it back a moment ago.".to_owned(),
            Gate::Quarantined => {
                format!("{} attempts led nowhere; an operator has to release it.", crate::claim::ATTEMPTS)
            }
            Gate::LaneLimit => format!("Lane {} is full: {}", work.lane, full(Scope::Lane)),
            Gate::RepositoryLimit => format!("{} is full: {}", work.repository, full(Scope::Repository)),
            Gate::ReviewLimit => {
                format!("Enough of {} waits for people: {}", work.repository, full(Scope::Review))
            }
            Gate::AgentLimit => format!("Agent {} has enough: {}", self.asker.agent, full(Scope::Agent)),
        }
    }
}

/// How full a limit is.
fn fill(limit: Limit) -> String {
    let Limit { scope, most, held } = limit;
    let what = match scope {
        Scope::Lane => "claims are held in the lane",
        Scope::Repository => "claims are held in the repository",
        Scope::Review => "results wait for review or are being worked on in the repository",
        Scope::Agent => "claims are held by the agent",
    };
    format!("{held} of at most {most} {what}.")
}

/// The first few, and how many more.
fn list(references: &[String]) -> String {
    const SHOWN: usize = 5;
    match references.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", references[..SHOWN].join(", ")),
        None => match references.split_last() {
            Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            _ => references.concat(),
        },
    }
}

/// What would let work pass a gate.
pub(super) fn remedy(gate: Gate) -> &'static str {
    match gate {
        Gate::RepositoryEnabled => "A maintainer tracks the repository again.",
        Gate::RepositoryWritable => "An owner unarchives the repository on GitHub.",
        Gate::IssueExists => "Nothing here; look for the issue where it went.",
        Gate::IssueOpen => "Somebody reopens the issue on GitHub.",
        Gate::Approved => "An operator reads the issue and approves its text.",
        Gate::Status => "An operator moves the issue to ready, on the board or by the label status/ready.",
        Gate::IssueAsked => "Ask without issueId, or with this one's.",
        Gate::Lane => "Ask for its lane, or an operator lets the agent work in it or moves the issue.",
        Gate::Kind => "Ask for its kind too.",
        Gate::Repository => "Ask for its repository too.",
        Gate::LaneClaimable => "An operator makes the lane claimable, or moves the issue to another lane.",
        Gate::LanePaused => "An operator resumes the lane.",
        Gate::Excluded => "Somebody takes the label off on GitHub.",
        Gate::Reserved => "That agent takes it, or an operator takes the agent label off.",
        Gate::DependencyCycle => {
            "Somebody removes one of the relations on GitHub, or the text that names it."
        }
        Gate::Dependencies => "Those issues are closed, or the relation is removed on GitHub.",
        Gate::FixFirst => "An agent fixes the pull request first.",
        Gate::Unclaimed => "The holder completes or releases it, or its lease runs out.",
        Gate::Snoozed => "Wait, or an operator wakes it.",
        Gate::Hidden => "Wait, or another agent takes it.",
        Gate::Quarantined => "An operator looks at the attempts and moves the issue to ready again.",
        Gate::LaneLimit => "A claim in the lane ends, or an operator raises its limit.",
        Gate::RepositoryLimit => "A claim in the repository ends, or an operator raises its limit.",
        Gate::ReviewLimit => "People review and merge what waits for them, or an operator raises the limit.",
        Gate::AgentLimit => {
            "The agent completes or releases what it has, or an operator raises its capacity."
        }
    }
}
