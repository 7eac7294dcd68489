//! Gates: the named reasons why work may not be handed out now. One function decides and explains.

use jiff::Timestamp;
use serde::Serialize;

use crate::ids::{AgentName, IssueId, LaneName, RepoName};
use crate::status::Status;
use crate::work::Kind;

/// What is known of a piece of work when somebody asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The issue, or the issue that every pull request also is.
    pub issue: IssueId,
    /// Its repository.
    pub repository: RepoName,
    /// Tracked and not switched off.
    pub enabled: bool,
    /// Read-only on GitHub.
    pub archived: bool,
    /// Closed on GitHub.
    pub closed: bool,
    /// Deleted or moved away.
    pub gone: bool,
    /// Implement or fix.
    pub kind: Kind,
    /// The queue it is offered in.
    pub lane: LaneName,
    /// Present status, own intents included.
    pub status: Status,
    /// Labelled `status/done` though it is open.
    pub done_but_open: bool,
    /// The agent label, own intents included.
    pub agent: Option<AgentName>,
    /// Not before this time: an agent or an operator put it aside, or a failed attempt backs off.
    pub snoozed_until: Option<Timestamp>,
    /// Too many fruitless attempts; an operator releases it.
    pub quarantined: bool,
    /// Hidden from one agent until a time: it gave the work back.
    pub hidden: Option<(AgentName, Timestamp)>,
    /// Its text was written by somebody who is not trusted here, and no operator has approved it.
    pub unapproved: bool,
    /// The active claim on the exclusion key, if there is one.
    pub claim: Option<Holding>,
}

/// The active claim on an exclusion key.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Who holds it.
    pub agent: AgentName,
    /// Until when.
    pub expires_at: Timestamp,
    /// The status the issue returns to when the claim ends without a result.
    pub resting: Status,
    /// The agent label that this claim projected.
    pub projected_agent: Option<AgentName>,
}

/// Who asks, and for what.
#[derive(Debug, Clone, PartialEq)]
pub struct Asker {
    /// The agent.
    pub agent: AgentName,
    /// Lanes in order of preference; empty means any.
    pub lanes: Vec<LaneName>,
    /// Kinds of work; empty means any.
    pub kinds: Vec<Kind>,
    /// Repositories; empty means any.
    pub repositories: Vec<RepoName>,
    /// This issue or nothing.
    pub issue: Option<IssueId>,
}

/// The gates, in the order in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The repository is tracked and enabled.
    RepositoryEnabled,
    /// The repository is not archived.
    RepositoryWritable,
    /// The issue still exists here.
    IssueExists,
    /// The issue is open.
    IssueOpen,
    /// Its text is by somebody who is trusted here, or an operator approved it.
    Approved,
    /// The status is one in which this kind of work starts.
    Status,
    /// It is the issue that was asked for.
    IssueAsked,
    /// The lane was asked for.
    Lane,
    /// The kind was asked for.
    Kind,
    /// The repository was asked for.
    Repository,
    /// Not reserved for another agent.
    Reserved,
    /// Nobody else holds it.
    Unclaimed,
    /// Not put aside for now.
    Snoozed,
    /// Not given back by the same agent a moment ago.
    Hidden,
    /// Not quarantined.
    Quarantined,
}

impl Gate {
    /// The code in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RepositoryEnabled => "repository_enabled",
            Self::RepositoryWritable => "repository_writable",
            Self::IssueExists => "issue_exists",
            Self::IssueOpen => "issue_open",
            Self::Approved => "approved",
            Self::Status => "status",
            Self::IssueAsked => "issue_asked",
            Self::Lane => "lane",
            Self::Kind => "kind",
            Self::Repository => "repository",
            Self::Reserved => "reserved",
            Self::Unclaimed => "unclaimed",
            Self::Snoozed => "snoozed",
            Self::Hidden => "hidden",
            Self::Quarantined => "quarantined",
        }
    }
}

/// How one gate turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateResult {
    /// Which gate.
    pub gate: Gate,
    /// `None` when it let the work pass; otherwise why not, as a sentence.
    pub failure: Option<String>,
    /// When it may pass by itself, if that is known.
    pub retry_at: Option<Timestamp>,
}

/// Passes a candidate through every gate. It may be handed out exactly when no gate fails.
///
/// A claim whose lease has run out counts for nothing, whether or not the sweeper has been there: the resting status
/// is seen, and an agent label that only that claim projected is not.
pub fn gates(candidate: &Candidate, asker: &Asker, now: Timestamp) -> Vec<GateResult> {
    let live = candidate.claim.as_ref().filter(|claim| claim.expires_at > now);
    let expired = candidate.claim.as_ref().filter(|claim| claim.expires_at <= now);
    let status = match expired {
        Some(claim) if candidate.status == Status::InProgress => claim.resting,
        _ => candidate.status,
    };
    let agent = match expired {
        Some(claim) if candidate.agent == claim.projected_agent => None,
        _ => candidate.agent.as_ref(),
    };
    let wanted: &[Status] = match candidate.kind {
        Kind::Implement => &[Status::Ready],
        Kind::Fix => &[Status::Ready, Status::InReview],
    };

    let mut results = Vec::with_capacity(15);
    let mut gate = |gate, passed: bool, retry_at: Option<Timestamp>, why: &dyn Fn() -> String| {
        let failure = (!passed).then(why);
        results.push(GateResult { gate, retry_at: retry_at.filter(|_| failure.is_some()), failure });
    };
    let sentence = |text: &'static str| move || text.to_owned();

    gate(Gate::RepositoryEnabled, candidate.enabled, None, &sentence("The repository is switched off here."));
    gate(
        Gate::RepositoryWritable,
        !candidate.archived,
        None,
        &sentence("The repository is archived on GitHub."),
    );
    gate(
        Gate::IssueExists,
        !candidate.gone,
        None,
        &sentence("The issue was deleted or moved away on GitHub."),
    );
    gate(Gate::IssueOpen, !candidate.closed, None, &sentence("The issue is closed."));
    gate(
        Gate::Approved,
        !candidate.unapproved,
        None,
        &sentence("Its author is not trusted here: an operator has to read and approve its text first."),
    );
    gate(Gate::Status, wanted.contains(&status) && !candidate.done_but_open, None, &|| {
        if candidate.done_but_open {
            "The issue is labelled status/done although it is open.".to_owned()
        } else {
            format!(
                "The status is {status}, and {} work starts at {}.",
                candidate.kind.as_str(),
                list(wanted)
            )
        }
    });
    gate(Gate::IssueAsked, asker.issue.is_none_or(|id| id == candidate.issue), None, &|| {
        "Another issue was asked for.".to_owned()
    });
    gate(Gate::Lane, any(&asker.lanes, &candidate.lane), None, &|| {
        format!("It is in lane {}, which was not asked for.", candidate.lane)
    });
    gate(Gate::Kind, any(&asker.kinds, &candidate.kind), None, &|| {
        format!("It is {} work, which was not asked for.", candidate.kind.as_str())
    });
    gate(Gate::Repository, any(&asker.repositories, &candidate.repository), None, &|| {
        format!("It is in {}, which was not asked for.", candidate.repository)
    });
    gate(Gate::Reserved, agent.is_none_or(|agent| *agent == asker.agent), None, &|| {
        format!("It is reserved for agent {}.", agent.map_or("?", |a| a.as_str()))
    });
    gate(Gate::Unclaimed, live.is_none(), live.map(|claim| claim.expires_at), &|| {
        format!("Agent {} holds it.", live.map_or("?", |claim| claim.agent.as_str()))
    });
    let snoozed = candidate.snoozed_until.filter(|until| *until > now);
    gate(Gate::Snoozed, snoozed.is_none(), snoozed, &|| {
        format!("It is put aside until {}.", snoozed.unwrap_or(now))
    });
    let hidden = candidate.hidden.as_ref().filter(|(agent, until)| *agent == asker.agent && *until > now);
    gate(Gate::Hidden, hidden.is_none(), hidden.map(|(_, until)| *until), &|| {
        "The same agent gave it back a moment ago.".to_owned()
    });
    gate(Gate::Quarantined, !candidate.quarantined, None, &|| {
        format!("{} attempts led nowhere; an operator has to release it.", crate::claim::ATTEMPTS)
    });
    results
}

/// The first gate that holds the work back, or `None` when it may be handed out.
pub fn first_failure(candidate: &Candidate, asker: &Asker, now: Timestamp) -> Option<GateResult> {
    gates(candidate, asker, now).into_iter().find(|result| result.failure.is_some())
}

fn any<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn list(statuses: &[Status]) -> String {
    statuses.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_000_000).unwrap()
    }

    fn candidate() -> Candidate {
        Candidate {
            issue: IssueId(1),
            repository: "acme/web".parse().unwrap(),
            enabled: true,
            archived: false,
            closed: false,
            gone: false,
            kind: Kind::Implement,
            lane: LaneName::default_lane(),
            status: Status::Ready,
            done_but_open: false,
            agent: None,
            snoozed_until: None,
            quarantined: false,
            hidden: None,
            unapproved: false,
            claim: None,
        }
    }

    fn asker() -> Asker {
        let agent = "alpha".parse().unwrap();
        Asker { agent, lanes: Vec::new(), kinds: Vec::new(), repositories: Vec::new(), issue: None }
    }

    fn check(candidate: &Candidate, asker: &Asker, expect: Option<Gate>) {
        assert_eq!(first_failure(candidate, asker, now()).map(|result| result.gate), expect, "{candidate:?}");
    }

    #[test]
    fn each_gate_holds_for_its_own_reason() {
        let beta: AgentName = "beta".parse().unwrap();
        let later = now() + crate::claim::LEASE;
        check(&candidate(), &asker(), None);
        let bad = |change: &dyn Fn(&mut Candidate), gate| {
            let mut changed = candidate();
            change(&mut changed);
            check(&changed, &asker(), Some(gate));
        };
        bad(&|c| c.enabled = false, Gate::RepositoryEnabled);
        bad(&|c| c.archived = true, Gate::RepositoryWritable);
        bad(&|c| c.gone = true, Gate::IssueExists);
        bad(&|c| c.closed = true, Gate::IssueOpen);
        bad(&|c| c.unapproved = true, Gate::Approved);
        bad(&|c| c.status = Status::Backlog, Gate::Status);
        bad(&|c| c.done_but_open = true, Gate::Status);
        bad(&|c| c.agent = Some(beta.clone()), Gate::Reserved);
        bad(&|c| c.snoozed_until = Some(later), Gate::Snoozed);
        bad(&|c| c.hidden = Some((asker().agent, later)), Gate::Hidden);
        bad(&|c| c.quarantined = true, Gate::Quarantined);
        let asks = |change: &dyn Fn(&mut Asker), gate| {
            let mut changed = asker();
            change(&mut changed);
            check(&candidate(), &changed, gate);
        };
        asks(&|a| a.lanes = vec!["deep".parse().unwrap()], Some(Gate::Lane));
        asks(&|a| a.kinds = vec![Kind::Fix], Some(Gate::Kind));
        asks(&|a| a.repositories = vec!["acme/api".parse().unwrap()], Some(Gate::Repository));
        asks(&|a| a.repositories = vec!["ACME/Web".parse().unwrap()], None);
        asks(&|a| a.issue = Some(IssueId(2)), Some(Gate::IssueAsked));
    }

    #[test]
    fn an_expired_claim_counts_for_nothing() {
        let beta: AgentName = "beta".parse().unwrap();
        let claimed = |expires_at| Candidate {
            status: Status::InProgress,
            agent: Some(beta.clone()),
            claim: Some(Holding {
                agent: beta.clone(),
                expires_at,
                resting: Status::Ready,
                projected_agent: Some(beta.clone()),
            }),
            ..candidate()
        };
        check(&claimed(now()), &asker(), None);
        check(&claimed(now() + crate::claim::LEASE), &asker(), Some(Gate::Status));
        let mut reserved = claimed(now());
        reserved.agent = Some("gamma".parse().unwrap());
        check(&reserved, &asker(), Some(Gate::Reserved));
    }
}
