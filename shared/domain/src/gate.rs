//! Gates: the named reasons why work may not be handed out now. One function decides and explains.

mod words;

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::claim::words as spelled;
use crate::ids::{AgentName, IssueId, LaneName, RepoName};
use crate::refusal::Refusal;
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
    /// Whether agents are given work from that lane.
    pub claimable: bool,
    /// Whether an operator has paused it.
    pub paused: bool,
    /// Present status, own intents included.
    pub status: Status,
    /// Labelled `status/done` though it is open.
    pub done_but_open: bool,
    /// The agent label, own intents included.
    pub agent: Option<AgentName>,
    /// The label by which its repository keeps it from agents, if it carries one.
    pub excluded_by: Option<String>,
    /// Open issues that it waits for, as people say them.
    pub waits_for: Vec<String>,
    /// All issues of the circle in which it waits for itself; looked up to explain, never needed to decide: whoever is
    /// in a circle waits for something open.
    pub cycle: Vec<String>,
    /// Its own pull request needs a fix, and that is offered.
    pub fix_offered: bool,
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
    /// The limits that a claim on it would count against. What has no limit is not here.
    pub limits: Vec<Limit>,
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

/// A limit on how much is in hand at a time, and how much is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub scope: Scope,
    /// So much at most.
    pub most: i32,
    /// So much now.
    pub held: i64,
}

impl Limit {
    /// Whether one more fits in.
    pub fn has_room(self) -> bool {
        self.held < i64::from(self.most)
    }
}

/// What a limit is about. Whoever takes locks for several takes them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Active claims in the lane.
    Lane,
    /// Active claims in the repository.
    Repository,
    /// Issues of the repository that wait for people in review, and the claims that are on their way there.
    Review,
    /// Active claims of the agent.
    Agent,
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
    /// The lanes that operators let the agent work in; empty means any.
    pub allowed: Vec<LaneName>,
}

impl Asker {
    /// Somebody who takes anything.
    pub fn anything(agent: AgentName) -> Self {
        Self { agent, lanes: vec![], kinds: vec![], repositories: vec![], issue: None, allowed: vec![] }
    }

    /// The lanes to look in, best first; empty means any.
    pub fn looks_in(&self) -> &[LaneName] {
        if self.lanes.is_empty() { &self.allowed } else { &self.lanes }
    }
}

spelled! {
    /// The gates, in the order in which they are tried and reported: what the work is, what was asked for, who may have
    /// it, what it waits for, and last what passes by itself.
    Gate, "gate" {
        /// The repository is tracked and enabled.
        RepositoryEnabled = "repository_enabled",
        /// The repository is not archived.
        RepositoryWritable = "repository_writable",
        /// The issue still exists here.
        IssueExists = "issue_exists",
        /// The issue is open.
        IssueOpen = "issue_open",
        /// Its text is by somebody who is trusted here, or an operator approved it.
        Approved = "approved",
        /// The status is one in which this kind of work starts.
        Status = "status",
        /// It is the issue that was asked for.
        IssueAsked = "issue_asked",
        /// The lane was asked for, and the agent may work in it.
        Lane = "lane",
        /// The kind was asked for.
        Kind = "kind",
        /// The repository was asked for.
        Repository = "repository",
        /// Agents are given work from its lane.
        LaneClaimable = "lane_claimable",
        /// Its lane is not paused.
        LanePaused = "lane_paused",
        /// It carries no label that keeps it from agents.
        Excluded = "excluded",
        /// Not reserved for another agent.
        Reserved = "reserved",
        /// It does not wait for itself in a circle.
        DependencyCycle = "dependency_cycle",
        /// Everything that it waits for is done.
        Dependencies = "dependencies",
        /// No fix of its own pull request goes first.
        FixFirst = "fix_first",
        /// Nobody else holds it.
        Unclaimed = "unclaimed",
        /// Not put aside for now.
        Snoozed = "snoozed",
        /// Not given back by the same agent a moment ago.
        Hidden = "hidden",
        /// Not quarantined.
        Quarantined = "quarantined",
        /// Its lane has room.
        LaneLimit = "lane_limit",
        /// Its repository has room.
        RepositoryLimit = "repository_limit",
        /// Not too much of its repository waits for people in review.
        ReviewLimit = "review_limit",
        /// The agent has room.
        AgentLimit = "agent_limit",
    }
}

/// How one gate turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateResult {
    /// Which gate.
    pub gate: Gate,
    /// Whether it let the work pass.
    pub passed: bool,
    /// Why, as a sentence.
    pub sentence: String,
    /// What would let it pass, where it did not.
    pub remedy: Option<&'static str>,
    /// When it may pass by itself, if that is known.
    pub retry_at: Option<Timestamp>,
}

/// A gate's decision, without words.
enum Verdict {
    Pass,
    Fail,
    /// It fails until then.
    FailUntil(Timestamp),
}

/// Passes a candidate through every gate. It may be handed out exactly when no gate fails.
///
/// A claim whose lease has run out counts for nothing, whether or not the sweeper has been there: the resting status
/// is seen, and an agent label that only that claim projected is not.
pub fn gates(candidate: &Candidate, asker: &Asker, now: Timestamp) -> Vec<GateResult> {
    let view = View::new(candidate, asker, now);
    Gate::ALL.iter().map(|gate| view.result(*gate)).collect()
}

/// The gates that hold the work back: none when it may be handed out.
pub fn failures(candidate: &Candidate, asker: &Asker, now: Timestamp) -> Vec<GateResult> {
    let view = View::new(candidate, asker, now);
    Gate::ALL.iter().filter(|gate| view.fails(**gate)).map(|gate| view.result(*gate)).collect()
}

/// The first gate that holds the work back, or `None` when it may be handed out.
pub fn first_failure(candidate: &Candidate, asker: &Asker, now: Timestamp) -> Option<GateResult> {
    let view = View::new(candidate, asker, now);
    Gate::ALL.iter().find(|gate| view.fails(**gate)).map(|gate| view.result(*gate))
}

/// The gates that also its last holder meets, who comes back after the lease ran out while nobody else had the work.
/// The others hold back new claims only, or are what the lost lease itself brought about.
const GOING_ON: [Gate; 10] = [
    Gate::IssueExists,
    Gate::IssueOpen,
    Gate::Status,
    Gate::Reserved,
    Gate::Unclaimed,
    Gate::Snoozed,
    Gate::LaneLimit,
    Gate::RepositoryLimit,
    Gate::ReviewLimit,
    Gate::AgentLimit,
];

/// The first gate that keeps a holder from going on with work whose lease ran out.
pub fn going_on(candidate: &Candidate, holder: &Asker, now: Timestamp) -> Option<GateResult> {
    let view = View::new(candidate, holder, now);
    GOING_ON.iter().find(|gate| view.fails(**gate)).map(|gate| view.result(*gate))
}

/// When work that these gates hold back passes by itself: once the last of them has opened, if each one does.
pub fn opens_at(failures: &[GateResult]) -> Option<Timestamp> {
    failures.iter().map(|failure| failure.retry_at).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// A candidate as its asker sees it at one moment.
struct View<'a> {
    candidate: &'a Candidate,
    asker: &'a Asker,
    now: Timestamp,
    /// Of whatever a claim that ran out had changed, nothing is seen.
    status: Status,
    agent: Option<&'a AgentName>,
    live: Option<&'a Holding>,
}

impl<'a> View<'a> {
    fn new(candidate: &'a Candidate, asker: &'a Asker, now: Timestamp) -> Self {
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
        Self { candidate, asker, now, status, agent, live }
    }

    /// The one decision.
    fn verdict(&self, gate: Gate) -> Verdict {
        let Self { candidate: work, asker, now, .. } = self;
        let implement = work.kind == Kind::Implement;
        let until = |at: Option<Timestamp>| match at.filter(|at| at > now) {
            Some(at) => Verdict::FailUntil(at),
            None => Verdict::Pass,
        };
        let passes = match gate {
            Gate::RepositoryEnabled => work.enabled,
            Gate::RepositoryWritable => !work.archived,
            Gate::IssueExists => !work.gone,
            Gate::IssueOpen => !work.closed,
            Gate::Approved => !work.unapproved,
            Gate::Status => starts_at(work.kind).contains(&self.status) && !work.done_but_open,
            Gate::IssueAsked => asker.issue.is_none_or(|id| id == work.issue),
            Gate::Lane => any(&asker.lanes, &work.lane) && any(&asker.allowed, &work.lane),
            Gate::Kind => any(&asker.kinds, &work.kind),
            Gate::Repository => any(&asker.repositories, &work.repository),
            Gate::LaneClaimable => work.claimable,
            Gate::LanePaused => !work.paused,
            Gate::Excluded => work.excluded_by.is_none(),
            Gate::Reserved => self.agent.is_none_or(|agent| *agent == asker.agent),
            // A pull request that is there is to be mended, whatever its issue waited for.
            Gate::DependencyCycle => !implement || work.cycle.is_empty(),
            Gate::Dependencies => !implement || work.waits_for.is_empty(),
            Gate::FixFirst => !implement || !work.fix_offered,
            Gate::Unclaimed => return until(self.live.map(|claim| claim.expires_at)),
            Gate::Snoozed => return until(work.snoozed_until),
            Gate::Hidden => {
                let hidden = work.hidden.as_ref().filter(|(agent, _)| *agent == asker.agent);
                return until(hidden.map(|(_, until)| *until));
            }
            Gate::Quarantined => !work.quarantined,
            Gate::LaneLimit => self.has_room(Scope::Lane),
            Gate::RepositoryLimit => self.has_room(Scope::Repository),
            // A fix takes from what waits for people.
            Gate::ReviewLimit => !implement || self.has_room(Scope::Review),
            Gate::AgentLimit => self.has_room(Scope::Agent),
        };
        if passes { Verdict::Pass } else { Verdict::Fail }
    }

    fn fails(&self, gate: Gate) -> bool {
        !matches!(self.verdict(gate), Verdict::Pass)
    }

    fn limit(&self, scope: Scope) -> Option<Limit> {
        self.candidate.limits.iter().copied().find(|limit| limit.scope == scope)
    }

    fn has_room(&self, scope: Scope) -> bool {
        self.limit(scope).is_none_or(Limit::has_room)
    }

    fn result(&self, gate: Gate) -> GateResult {
        let (passed, retry_at) = match self.verdict(gate) {
            Verdict::Pass => (true, None),
            Verdict::Fail => (false, None),
            Verdict::FailUntil(at) => (false, Some(at)),
        };
        let sentence = if passed { self.passed(gate) } else { self.failed(gate) };
        GateResult { gate, passed, sentence, remedy: (!passed).then(|| words::remedy(gate)), retry_at }
    }
}

/// The statuses at which a kind of work starts.
fn starts_at(kind: Kind) -> &'static [Status] {
    match kind {
        Kind::Implement => &[Status::Ready],
        Kind::Fix => &[Status::Ready, Status::InReview],
    }
}

fn any<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
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
            claimable: true,
            paused: false,
            agent: None,
            excluded_by: None,
            waits_for: Vec::new(),
            cycle: Vec::new(),
            fix_offered: false,
            snoozed_until: None,
            quarantined: false,
            hidden: None,
            unapproved: false,
            claim: None,
            limits: Vec::new(),
        }
    }

    fn asker() -> Asker {
        Asker::anything("alpha".parse().unwrap())
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
        bad(&|c| c.claimable = false, Gate::LaneClaimable);
        bad(&|c| c.paused = true, Gate::LanePaused);
        bad(&|c| c.excluded_by = Some("no-agents".into()), Gate::Excluded);
        bad(&|c| c.waits_for = vec!["acme/web#2".into()], Gate::Dependencies);
        bad(&|c| c.fix_offered = true, Gate::FixFirst);
        let full = |scope| move |c: &mut Candidate| c.limits = vec![Limit { scope, most: 2, held: 2 }];
        bad(&full(Scope::Lane), Gate::LaneLimit);
        bad(&full(Scope::Repository), Gate::RepositoryLimit);
        bad(&full(Scope::Review), Gate::ReviewLimit);
        bad(&full(Scope::Agent), Gate::AgentLimit);
        let circle = |c: &mut Candidate| {
            c.waits_for = vec!["acme/web#2".into()];
            c.cycle = vec!["acme/web#1".into(), "acme/web#2".into()];
        };
        bad(&circle, Gate::DependencyCycle);
        let asks = |change: &dyn Fn(&mut Asker), gate| {
            let mut changed = asker();
            change(&mut changed);
            check(&candidate(), &changed, gate);
        };
        asks(&|a| a.lanes = vec!["deep".parse().unwrap()], Some(Gate::Lane));
        asks(&|a| a.allowed = vec!["deep".parse().unwrap()], Some(Gate::Lane));
        asks(&|a| a.kinds = vec![Kind::Fix], Some(Gate::Kind));
        asks(&|a| a.repositories = vec!["acme/api".parse().unwrap()], Some(Gate::Repository));
        asks(&|a| a.repositories = vec!["ACME/Web".parse().unwrap()], None);
        asks(&|a| a.issue = Some(IssueId(2)), Some(Gate::IssueAsked));
    }

    #[test]
    fn a_fix_waits_for_nothing_that_its_issue_waited_for() {
        let fix = Candidate {
            kind: Kind::Fix,
            status: Status::InReview,
            waits_for: vec!["acme/web#2".into()],
            fix_offered: true,
            limits: vec![Limit { scope: Scope::Review, most: 1, held: 1 }],
            ..candidate()
        };
        check(&fix, &asker(), None);
    }

    #[test]
    fn work_opens_once_its_last_gate_does() {
        let (soon, later) = (now() + crate::claim::LEASE, now() + crate::claim::LONGEST_BUSY);
        let snoozed =
            Candidate { snoozed_until: Some(later), hidden: Some((asker().agent, soon)), ..candidate() };
        assert_eq!(opens_at(&failures(&snoozed, &asker(), now())), Some(later));
        let paused = Candidate { paused: true, ..snoozed };
        assert_eq!(opens_at(&failures(&paused, &asker(), now())), None);
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
