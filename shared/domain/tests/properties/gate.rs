use dispatch_domain::gate::{Asker, Candidate, Gate, GateResult, Holding, first_failure, gates};
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

/// Mostly harmless, so that single gates decide.
fn candidate() -> impl Strategy<Value = Candidate> {
    let rarely = || prop::bool::weighted(0.15);
    let flags = (prop::bool::weighted(0.85), rarely(), rarely(), rarely(), rarely(), rarely(), rarely());
    let what = (kind(), slug(), repository(), (1..3_i64).prop_map(IssueId));
    let status = prop_oneof![3 => Just(Status::Ready), 2 => Just(Status::InProgress), 2 => status()];
    let times = (proptest::option::of(near()), proptest::option::of((slug(), near())));
    (flags, what, status, proptest::option::of(slug()), times, proptest::option::of(holding())).prop_map(
        |(flags, (kind, lane, repository, issue), status, agent, (snoozed_until, hidden), claim)| {
            let (enabled, archived, closed, gone, done_but_open, quarantined, unapproved) = flags;
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
            }
        },
    )
}

fn asker() -> impl Strategy<Value = Asker> {
    let few = 0..3_usize;
    (
        slug(),
        prop::collection::vec(slug(), few.clone()),
        prop::collection::vec(kind(), few.clone()),
        prop::collection::vec(repository(), few),
        proptest::option::of((1..3_i64).prop_map(IssueId)),
    )
        .prop_map(|(agent, lanes, kinds, repositories, issue)| Asker {
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
        Gate::RepositoryEnabled => mixed.enabled = from.enabled,
        Gate::RepositoryWritable => mixed.archived = from.archived,
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
    }
    mixed
}

proptest! {
    #[test]
    fn work_is_handed_out_exactly_when_every_gate_passes(candidate in candidate(), asker in asker(), now in near()) {
        let all = gates(&candidate, &asker, now);
        let failed: Vec<_> = all.iter().filter(|result| result.failure.is_some()).cloned().collect();
        prop_assert_eq!(first_failure(&candidate, &asker, now), failed.first().cloned());
        // Each gate is reported once, in the order of its declaration, with a sentence where it failed.
        prop_assert!(all.is_sorted_by(|a, b| a.gate < b.gate));
        prop_assert_eq!(all.len(), 15);
        for result in all {
            prop_assert!(result.failure.is_none_or(|why| why.ends_with('.')) );
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
        prop_assert!(unclaimed.failure.is_some());
        prop_assert_eq!(unclaimed.retry_at, Some(expires));
    }

    /// Time opens gates and never closes one: a snooze, a hiding or a lease that is over stays over.
    #[test]
    fn time_only_opens_gates(candidate in candidate(), asker in asker(), now in near(), wait in seconds(0..30)) {
        let later = gates(&candidate, &asker, now + wait);
        for (before, after) in gates(&candidate, &asker, now).into_iter().zip(later) {
            prop_assert!(before.failure.is_some() || after.failure.is_none(), "{:?} closed", after.gate);
        }
    }

    /// What one agent gave back is open to the others, and a reserved piece of work to the one it is reserved for.
    #[test]
    fn some_gates_hold_one_agent_only(candidate in candidate(), asker in asker(), now in near()) {
        let failed = |gate| result(gate, &candidate, &asker, now).failure.is_some();
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
            prop_assert!(at > now && before.failure.is_some());
            let just_before = at - SignedDuration::from_nanos(1);
            prop_assert!(result(before.gate, &candidate, &asker, just_before).failure.is_some());
            prop_assert_eq!(result(before.gate, &candidate, &asker, at).failure, None);
        }
    }
}
