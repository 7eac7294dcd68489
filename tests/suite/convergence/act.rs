//! What can happen. Issues are 1 to 4, the last of which is a pull request.

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use github_sim::Verdict;
use proptest::prelude::*;

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Open,
    Add(u64, &'static str),
    Remove(u64, &'static str),
    Set(u64, Vec<&'static str>),
    Retitle(u64, String),
    Comment(u64),
    Close(u64),
    Reopen(u64),
    Delete(u64),
    Transfer(u64),
    RenameLabel(&'static str),
    DeleteLabel(&'static str),
    RenameRepository(&'static str),
    Archive,
    Pull(Told),
    Claim(&'static str),
    Complete(&'static str, Outcome),
    Release(&'static str),
    Move(u64, Status),
    Write,
    Sweep,
    Wait(u8),
}

/// What happens to the pull request.
#[derive(Debug, Clone)]
pub(super) enum Told {
    Push,
    PushBase,
    Draft(bool),
    Body(u64),
    Merge,
    Review(&'static str, Verdict, usize),
    Dismiss(usize),
    Reply(usize),
    EditComment(usize, String),
    DeleteComment(usize),
    Resolve(usize, bool),
    Start(&'static str),
    Check(&'static str, &'static str),
    Status(&'static str, &'static str),
    Conflict(bool),
}

const LABELS: [&str; 7] = [
    "status/ready",
    "status/in-progress",
    "Status/Blocked",
    "status/in-review",
    "agent/alpha",
    "agent/beta",
    "bug",
];

pub(super) fn act() -> impl Strategy<Value = Act> {
    let issue = || 1..5_u64;
    let label = || prop::sample::select(LABELS.to_vec());
    let agent = || prop::sample::select(vec!["alpha", "beta"]);
    let outcome = prop::sample::select(vec![
        Outcome::PrOpened,
        Outcome::PrUpdated,
        Outcome::NoChangeNeeded,
        Outcome::Failed,
        Outcome::NeedsDecision,
    ]);
    let status = prop::sample::select(vec![Status::Backlog, Status::Ready, Status::InReview]);
    let name = prop::sample::select(vec!["web", "Web", "site"]);
    let github = prop_oneof![
        1 => Just(Act::Open),
        3 => (issue(), label()).prop_map(|(issue, label)| Act::Add(issue, label)),
        2 => (issue(), label()).prop_map(|(issue, label)| Act::Remove(issue, label)),
        1 => (issue(), prop::collection::vec(label(), 0..3)).prop_map(|(issue, labels)| Act::Set(issue, labels)),
        1 => (issue(), "[a-z]{1,5}").prop_map(|(issue, title)| Act::Retitle(issue, title)),
        1 => issue().prop_map(Act::Comment),
        1 => issue().prop_map(Act::Close),
        1 => issue().prop_map(Act::Reopen),
        1 => issue().prop_map(Act::Delete),
        1 => issue().prop_map(Act::Transfer),
        1 => label().prop_map(Act::RenameLabel),
        1 => label().prop_map(Act::DeleteLabel),
        1 => name.prop_map(Act::RenameRepository),
        1 => Just(Act::Archive),
        8 => told().prop_map(Act::Pull),
    ];
    let dispatch = prop_oneof![
        3 => agent().prop_map(Act::Claim),
        2 => (agent(), outcome).prop_map(|(agent, outcome)| Act::Complete(agent, outcome)),
        1 => agent().prop_map(Act::Release),
        2 => (issue(), status).prop_map(|(issue, status)| Act::Move(issue, status)),
        2 => Just(Act::Write),
        1 => Just(Act::Sweep),
        4 => (0..3_u8).prop_map(Act::Wait),
    ];
    prop_oneof![3 => github, 2 => dispatch]
}

fn told() -> impl Strategy<Value = Told> {
    let which = || 0..3_usize;
    let person = prop::sample::select(vec!["ana", "ben"]);
    let verdict = prop::sample::select(vec![Verdict::Approve, Verdict::RequestChanges, Verdict::Comment]);
    let check = || prop::sample::select(vec!["test", "lint"]);
    let conclusion = prop::sample::select(vec!["success", "failure", "cancelled"]);
    let state = prop::sample::select(vec!["pending", "success", "failure", "error"]);
    prop_oneof![
        2 => Just(Told::Push),
        1 => Just(Told::PushBase),
        1 => proptest::bool::ANY.prop_map(Told::Draft),
        2 => (0..4_u64).prop_map(Told::Body),
        1 => Just(Told::Merge),
        4 => (person, verdict, which()).prop_map(|(who, verdict, comments)| Told::Review(who, verdict, comments)),
        1 => which().prop_map(Told::Dismiss),
        1 => which().prop_map(Told::Reply),
        1 => (which(), "[a-z]{1,5}").prop_map(|(which, body)| Told::EditComment(which, body)),
        1 => which().prop_map(Told::DeleteComment),
        2 => (which(), proptest::bool::ANY).prop_map(|(which, resolved)| Told::Resolve(which, resolved)),
        3 => check().prop_map(Told::Start),
        3 => (check(), conclusion).prop_map(|(name, conclusion)| Told::Check(name, conclusion)),
        2 => (check(), state).prop_map(|(name, state)| Told::Status(name, state)),
        1 => proptest::bool::ANY.prop_map(Told::Conflict),
    ]
}
