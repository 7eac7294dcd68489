use dispatch_domain::gate::{
    Asker, Candidate, Gate, GateResult, Holding, Limit, Scope, failures, first_failure, gates, going_on,
};
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::status::Status;
use dispatch_domain::work::Kind;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::generate::{seconds, slug, status};

fn kind() -> impl Strategy<Value = Kind> {
    select(&[Kind::Implement, Kind::Fix])
}

fn repository() -> impl Strategy<Value = RepoName> {
    select(&["acme/web", "Acme/WEB", "acme/api"]).prop_map(|name| name.parse().unwrap())
}

/// Times close to each other, so that they are often equal or on either side.
fn near() -> impl Strategy<Value = Timestamp> {
    seconds(1_000_000..1_000_020).prop_map(|since| Timestamp::UNIX_EPOCH + since)
}

fn holding() -> impl Strategy<Value = Holding> {
    (slug(), near(), status(), proptest::option::of(slug())).prop_map(
        |(agent, expires_at, resting, projected_agent)| Holding {
            agent,
            expires_at,
            resting,
            projected_agent,
        },
    )
}

fn limits() -> impl Strategy<Value = Vec<Limit>> {
    let scopes = [Scope::Lane, Scope::Repository, Scope::Review, Scope::Agent];
    let scopes = proptest::sample::subsequence(scopes.to_vec(), 0..=4);
    (scopes, 0..4_i32, 0..4_i64).prop_map(|(scopes, most, held)| {
        scopes.into_iter().map(|scope| Limit { scope, most, held }).collect()
    })
}

/// Mostly nothing, sometimes the name of something.
fn names() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![4 => Just(vec![]), 1 => prop::collection::vec(select(&["a/b#1", "a/b#2"]), 1..3)
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())]
}

/// Mostly harmless, so that single gates decide.
fn candidate() -> impl Strategy<Value = Candidate> {
    let rarely = || prop::bool::weighted(0.15);
    let flags = (prop::bool::weighted(0.85), rarely(), rarely(), rarely(), rarely(), rarely(), rarely());
    let what = (kind(), slug(), repository(), (1..3_i64).prop_map(IssueId));
    let status = prop_oneof![3 => Just(Status::Ready), 2 => Just(Status::InProgress), 2 => status()];
    let times = (proptest::option::of(near()), proptest::option::of((slug(), near())));
    let lane = (prop::bool::weighted(0.9), rarely(), rarely());
    let rest =
        (lane, proptest::option::weighted(0.1, Just("no-agents".to_owned())), names(), names(), limits());
    (flags, what, status, proptest::option::of(slug()), times, proptest::option::of(holding()), rest)
        .prop_map(
            |(
                flags,
                (kind, lane, repository, issue),
                status,
                agent,
                (snoozed_until, hidden),
                claim,
                rest,
            )| {
                let (enabled, archived, closed, gone, done_but_open, quarantined, unapproved) = flags;
                let ((claimable, paused, fix_offered), excluded_by, waits_for, cycle, limits) = rest;
                Candidate {
                    issue,
                    repository,
                    enabled,
                    archived,
                    closed,
                    gone,
                    kind,
                    lane,
                    status,
                    done_but_open,
                    agent,
                    snoozed_until,
                    quarantined,
                    hidden,
                    unapproved,
                    claim,
                    claimable,
                    paused,
                    excluded_by,
                    waits_for,
                    cycle,
                    fix_offered,
                    limits,
                }
            },
        )
}

fn asker() -> impl Strategy<Value = Asker> {
    let few = 0..3_usize;
    (
        (slug(), prop::collection::vec(slug(), 0..2)),
        prop::collection::vec(slug(), few.clone()),
        prop::collection::vec(kind(), few.clone()),
        prop::collection::vec(repository(), few),
        proptest::option::of((1..3_i64).prop_map(IssueId)),
    )
        .prop_map(|((agent, allowed), lanes, kinds, repositories, issue)| Asker {
            allowed,
            agent,
            lanes,
            kinds,
            repositories,
            issue,
        })
}

fn result(gate: Gate, candidate: &Candidate, asker: &Asker, now: Timestamp) -> GateResult {
    gates(candidate, asker, now).into_iter().find(|result| result.gate == gate).unwrap()
}

/// What a gate looks at, copied from one candidate to another; everything else stays.
fn with_what_it_looks_at(gate: Gate, from: &Candidate, rest: &Candidate) -> Candidate {
    let mut mixed = rest.clone();
    let from = from.clone();
    match gate {
        Gate::RepositoryEnabled => (mixed.enabled, mixed.repository) = (from.enabled, from.repository),
        Gate::RepositoryWritable => (mixed.archived, mixed.repository) = (from.archived, from.repository),
        Gate::IssueExists => mixed.gone = from.gone,
        Gate::IssueOpen => mixed.closed = from.closed,
        Gate::Approved => mixed.unapproved = from.unapproved,
        Gate::Status => {
            (mixed.status, mixed.done_but_open) = (from.status, from.done_but_open);
            (mixed.kind, mixed.claim) = (from.kind, from.claim);
        }
        Gate::IssueAsked => mixed.issue = from.issue,
        Gate::Lane => mixed.lane = from.lane,
        Gate::Kind => mixed.kind = from.kind,
        Gate::Repository => mixed.repository = from.repository,
        Gate::Reserved => (mixed.agent, mixed.claim) = (from.agent, from.claim),
        Gate::Unclaimed => mixed.claim = from.claim,
        Gate::Snoozed => mixed.snoozed_until = from.snoozed_until,
        Gate::Hidden => mixed.hidden = from.hidden,
        Gate::Quarantined => mixed.quarantined = from.quarantined,
        Gate::LaneClaimable => (mixed.claimable, mixed.lane) = (from.claimable, from.lane),
        Gate::LanePaused => (mixed.paused, mixed.lane) = (from.paused, from.lane),
        Gate::Excluded => mixed.excluded_by = from.excluded_by,
        Gate::DependencyCycle => (mixed.cycle, mixed.kind) = (from.cycle, from.kind),
        Gate::Dependencies => (mixed.waits_for, mixed.kind) = (from.waits_for, from.kind),
        Gate::FixFirst => (mixed.fix_offered, mixed.kind) = (from.fix_offered, from.kind),
        Gate::LaneLimit => (mixed.limits, mixed.lane) = (from.limits, from.lane),
        Gate::RepositoryLimit => (mixed.limits, mixed.repository) = (from.limits, from.repository),
        Gate::ReviewLimit => {
            (mixed.limits, mixed.repository, mixed.kind) = (from.limits, from.repository, from.kind);
        }
        Gate::AgentLimit => mixed.limits = from.limits,
    }
    mixed
}

proptest! {
    #[test]
    fn work_is_handed_out_exactly_when_every_gate_passes(candidate in candidate(), asker in asker(), now in near()) {
        let all = gates(&candidate, &asker, now);
        let failed: Vec<_> = all.iter().filter(|result| !result.passed).cloned().collect();
        prop_assert_eq!(first_failure(&candidate, &asker, now), failed.first().cloned());
        prop_assert_eq!(&failures(&candidate, &asker, now), &failed);
        // A holder who comes back meets some of the same gates, and no others.
        if let Some(failure) = going_on(&candidate, &asker, now) {
            prop_assert!(failed.contains(&failure));
        }
        // Each gate is reported once, in the order of its declaration, with a sentence where it failed.
        prop_assert!(all.is_sorted_by(|a, b| a.gate < b.gate));
        prop_assert_eq!(all.len(), Gate::ALL.len());
        for result in all {
            prop_assert!(result.sentence.ends_with('.'), "{:?}", result);
            prop_assert_eq!(result.remedy.is_some(), !result.passed);
        }
    }

    /// A gate that fails does so whatever the others say.
    #[test]
    fn gates_do_not_look_at_each_other(one in candidate(), other in candidate(), asker in asker(), now in near()) {
        for result in gates(&one, &asker, now) {
            let mixed = with_what_it_looks_at(result.gate, &one, &other);
            prop_assert_eq!(self::result(result.gate, &mixed, &asker, now), result);
        }
    }

    #[test]
    fn an_expired_claim_is_no_claim(candidate in candidate(), holding in holding(), asker in asker(), wait in seconds(0..10)) {
        let now = holding.expires_at + wait;
        let mut without = Candidate { claim: None, ..candidate.clone() };
        if without.status == Status::InProgress {
            without.status = holding.resting;
        }
        without.agent.take_if(|agent| Some(&*agent) == holding.projected_agent.as_ref());
        let with = Candidate { claim: Some(holding), ..candidate };
        prop_assert_eq!(gates(&with, &asker, now), gates(&without, &asker, now));
    }

    #[test]
    fn a_live_claim_holds_back_everybody(candidate in candidate(), holding in holding(), asker in asker(), left in seconds(1..10)) {
        let now = holding.expires_at - left;
        let expires = holding.expires_at;
        let held = Candidate { claim: Some(holding), ..candidate };
        let unclaimed = result(Gate::Unclaimed, &held, &asker, now);
        prop_assert!(!unclaimed.passed);
        prop_assert_eq!(unclaimed.retry_at, Some(expires));
    }

    /// Time opens gates and never closes one: a snooze, a hiding or a lease that is over stays over.
    #[test]
    fn time_only_opens_gates(candidate in candidate(), asker in asker(), now in near(), wait in seconds(0..30)) {
        let later = gates(&candidate, &asker, now + wait);
        for (before, after) in gates(&candidate, &asker, now).into_iter().zip(later) {
            prop_assert!(!before.passed || after.passed, "{:?} closed", after.gate);
        }
    }

    /// What one agent gave back is open to the others, and a reserved piece of work to the one it is reserved for.
    #[test]
    fn some_gates_hold_one_agent_only(candidate in candidate(), asker in asker(), now in near()) {
        let failed = |gate| !result(gate, &candidate, &asker, now).passed;
        let gave_it_back = candidate.hidden.as_ref().is_some_and(|(agent, until)| *agent == asker.agent && now < *until);
        prop_assert_eq!(failed(Gate::Hidden), gave_it_back);
        prop_assert!(!failed(Gate::Reserved) || candidate.agent.is_some());
        prop_assert!(!failed(Gate::Reserved) || candidate.agent != Some(asker.agent.clone()));
    }

    /// `retry_at` is the very moment at which the gate opens.
    #[test]
    fn a_gate_opens_when_it_says(candidate in candidate(), asker in asker(), now in near()) {
        for before in gates(&candidate, &asker, now) {
            let Some(at) = before.retry_at else { continue };
            prop_assert!(at > now && !before.passed);
            let just_before = at - SignedDuration::from_nanos(1);
            prop_assert!(!result(before.gate, &candidate, &asker, just_before).passed);
            prop_assert!(result(before.gate, &candidate, &asker, at).passed);
        }
    }
}
