//! Taking in: any permutation of deliveries, with duplicates and losses, ends at what GitHub shows.

use std::collections::BTreeMap;

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use dispatch_store::claims::grant::Answer;
use github_sim::{Change, DeliveryFault, IssueEdit, Loss};
use jiff::SignedDuration;
use kit::harness::id;
use kit::{Harness, Taken};
use proptest::prelude::*;

const REPO: &str = "acme/web";

#[tokio::test]
async fn without_ties_deliveries_in_any_order_need_no_read() {
    for seed in 0..4 {
        let h = Harness::new().await;
        let repo = h.repo(REPO).await;
        let issue = h.issue(&repo, "One", &["status/ready"]).await;
        h.sim.delivery_fault(DeliveryFault::Shuffle { window: 1000, seed });
        h.sim.delivery_fault(DeliveryFault::Duplicate { next: 5 });
        let ana = h.sim.person("ana");
        let acts: [&dyn Fn(); 6] = [
            &|| drop(ana.add_label(REPO, issue.number, "bug")),
            &|| drop(ana.retitle(REPO, issue.number, "Two")),
            &|| drop(ana.set_labels(REPO, issue.number, ["bug", "status/blocked"])),
            &|| ana.comment(REPO, issue.number, "Why?"),
            &|| drop(ana.close(REPO, issue.number)),
            &|| drop(ana.reopen(REPO, issue.number)),
        ];
        for act in acts {
            h.tick().await;
            act();
        }
        h.sim.forget_requests();
        h.arrive().await;
        let row = h.card(&issue).await.row;
        assert_eq!(
            (row.title.as_str(), row.status.as_str(), row.comments),
            ("Two", "blocked", 1),
            "seed {seed}"
        );
        // Setting labels is two events of one second: an order of those may leave one doubt, and nothing else does.
        assert!(h.rereads_wanted().await <= 1);
        h.settle().await;
        assert!(h.sim.requests().total <= 1);
        h.finish().await;
    }
}

#[tokio::test]
async fn a_tie_is_settled_by_one_read() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &[]).await;
    h.tick().await;
    // Two changes within one second: their snapshots carry one version.
    h.sim.person("ana").add_label(REPO, issue.number, "status/ready");
    h.sim.person("ben").retitle(REPO, issue.number, "Two");
    h.arrive().await;
    assert_eq!(h.rereads_wanted().await, 1);
    h.sim.forget_requests();
    h.sweep().await;
    assert_eq!(h.sim.requests().total, 1);
    assert_eq!(h.card(&issue).await.row.title, "Two");
    assert_eq!(h.rereads_wanted().await, 0);
    h.finish().await;
}

#[tokio::test]
async fn a_label_that_is_renamed_or_deleted_is_read_again_from_its_issues() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/ready", "kind"]).await;
    let two = h.issue(&repo, "Two", &["STATUS/READY"]).await;
    let other = h.issue(&repo, "Other", &["status/blocked"]).await;
    h.act("ana", |ana| ana.rename_label(REPO, "status/ready", "status/in-review")).await;
    assert_eq!(h.rereads_wanted().await, 2);
    h.settle().await;
    assert_eq!((h.status(&one).await.as_str(), h.status(&two).await.as_str()), ("in-review", "in-review"));
    h.act("ana", |ana| ana.delete_label(REPO, "status/blocked")).await;
    h.settle().await;
    assert_eq!(h.status(&other).await, "backlog");
    h.finish().await;
}

#[tokio::test]
async fn a_label_definition_changed_in_the_second_of_the_issue_is_found_all_the_same() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    // Renaming a label leaves the issue's version as it is.
    h.sim.person("ana").rename_label(REPO, "status/ready", "status/blocked");
    h.arrive().await;
    h.settle().await;
    assert_eq!(h.status(&issue).await, "blocked");
    h.finish().await;
}

#[tokio::test]
async fn pull_requests_are_cached_and_linked() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &[]).await;
    let other = h.issue(&repo, "Two", &[]).await;
    h.tick().await;
    let pull = repo.pull("Fix").head("fix").body("Fixes #1").open();
    h.arrive().await;
    let linked = |card: dispatch_store::board::Card| -> Vec<(i32, String)> {
        card.pull_requests.into_iter().map(|pull| (pull.number, pull.state)).collect()
    };
    let number = i32::try_from(pull.number).unwrap();
    assert_eq!(linked(h.card(&issue).await), [(number, "open".to_owned())]);
    let edit = IssueEdit { body: Some("Fixes #2".into()), ..IssueEdit::default() };
    h.act("ana", |ana| ana.edit(REPO, pull.number, edit)).await;
    assert_eq!(linked(h.card(&issue).await), []);
    assert_eq!(linked(h.card(&other).await), [(number, "open".to_owned())]);
    h.act("ana", |ana| ana.comment(REPO, pull.number, "Nice")).await;
    h.settle().await;
    h.act("ana", |ana| ana.merge(REPO, pull.number)).await;
    h.settle().await;
    assert_eq!(linked(h.card(&other).await), [(number, "merged".to_owned())]);
    // Merging closed the issue, which GitHub told too.
    assert_eq!(h.status(&other).await, "done");
    h.finish().await;
}

/// One thing that happens; issues are 1 to 3, labels and statuses from the lists below.
#[derive(Debug, Clone)]
enum Act {
    Add(u64, &'static str),
    Remove(u64, &'static str),
    Set(u64, Vec<&'static str>),
    Retitle(u64, String),
    Comment(u64),
    Close(u64),
    Reopen(u64),
    RenameLabel(&'static str),
    DeleteLabel(&'static str),
    Claim(&'static str),
    Complete(&'static str, Outcome),
    Move(u64, Status),
    Write,
    Wait(u8),
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

fn act() -> impl Strategy<Value = Act> {
    let issue = || 1..4_u64;
    let label = || prop::sample::select(LABELS.to_vec());
    let agent = || prop::sample::select(vec!["alpha", "beta"]);
    let outcome = prop::sample::select(vec![Outcome::PrOpened, Outcome::Failed, Outcome::NeedsDecision]);
    let status = prop::sample::select(vec![Status::Backlog, Status::Ready, Status::InReview]);
    prop_oneof![
        3 => (issue(), label()).prop_map(|(issue, label)| Act::Add(issue, label)),
        2 => (issue(), label()).prop_map(|(issue, label)| Act::Remove(issue, label)),
        1 => (issue(), prop::collection::vec(label(), 0..3)).prop_map(|(issue, labels)| Act::Set(issue, labels)),
        1 => (issue(), "[a-z]{1,5}").prop_map(|(issue, title)| Act::Retitle(issue, title)),
        1 => issue().prop_map(Act::Comment),
        1 => issue().prop_map(Act::Close),
        1 => issue().prop_map(Act::Reopen),
        1 => label().prop_map(Act::RenameLabel),
        1 => label().prop_map(Act::DeleteLabel),
        2 => agent().prop_map(Act::Claim),
        1 => (agent(), outcome).prop_map(|(agent, outcome)| Act::Complete(agent, outcome)),
        2 => (issue(), status).prop_map(|(issue, status)| Act::Move(issue, status)),
        2 => Just(Act::Write),
        3 => (0..3_u8).prop_map(Act::Wait),
    ]
}

/// Lets it happen. What GitHub or Dispatch refuses does not happen.
async fn happen(h: &Harness, held: &mut BTreeMap<&'static str, Taken>, act: Act) {
    let repo = REPO.to_owned();
    let change = match act {
        Act::Add(number, label) => Change::AddLabels { repo, number, labels: vec![label.to_owned()] },
        Act::Remove(number, label) => Change::RemoveLabel { repo, number, label: label.to_owned() },
        Act::Set(number, labels) => {
            Change::SetLabels { repo, number, labels: labels.into_iter().map(str::to_owned).collect() }
        }
        Act::Retitle(number, title) => {
            Change::EditIssue { repo, number, edit: IssueEdit { title: Some(title), ..IssueEdit::default() } }
        }
        Act::Comment(number) => Change::Comment { repo, number, body: "Hm.".to_owned() },
        Act::Close(number) => Change::Close { repo, number, reason: None },
        Act::Reopen(number) => Change::Reopen { repo, number },
        Act::RenameLabel(name) => {
            let new_name = Some(format!("{name}-{}", h.now().as_second() % 7));
            Change::EditLabel { repo, name: name.to_owned(), new_name, color: None, description: None }
        }
        Act::DeleteLabel(name) => Change::DeleteLabel { repo, name: name.to_owned() },
        Act::Claim(agent) => {
            if let Ok(Answer::Granted(briefing)) = h.agent(agent).ask().await {
                held.insert(agent, h.agent(agent).taken(*briefing));
            }
            return;
        }
        Act::Complete(agent, outcome) => {
            if let Some(taken) = held.remove(agent) {
                let _ = h.agent(agent).complete(&taken, outcome).await;
            }
            return;
        }
        Act::Move(number, status) => {
            let _ = h.move_to(&h.sim.issue(REPO, number), status, None).await;
            return;
        }
        Act::Write => {
            // Without waiting for deliveries that are held back.
            h.writer.handle(kit::queue::event(h.nudges.take())).await;
            return;
        }
        Act::Wait(seconds) => {
            h.advance(SignedDuration::from_secs(seconds.into())).await;
            return;
        }
    };
    let _ = h.sim.person("ana").act(change);
}

/// How deliveries fare.
#[derive(Debug, Clone)]
struct Post {
    lost: f64,
    doubled: u64,
    window: usize,
    seed: u64,
}

async fn history(acts: Vec<Act>, post: Post) {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    for n in 0..3 {
        h.issue(&repo, &format!("Issue {n}"), &["status/ready"]).await;
    }
    h.reconcile().await;
    let Post { lost, doubled, window, seed } = post;
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: lost, seed, how: Loss::NeverSent });
    h.sim.delivery_fault(DeliveryFault::Duplicate { next: doubled });
    h.sim.delivery_fault(DeliveryFault::Shuffle { window, seed });
    let mut held = BTreeMap::new();
    for act in acts {
        happen(&h, &mut held, act).await;
    }
    h.sim.clear_faults();
    h.arrive().await;
    h.tick().await;
    if lost > 0.0 {
        // Long enough for the full open set.
        h.advance(SignedDuration::from_hours(7)).await;
        h.sweep().await;
        h.reconcile().await;
    }
    h.settle().await;
    let trail = h.db.count("audit_event").await;
    h.reconcile().await;
    h.settle().await;
    assert_eq!(h.db.count("audit_event").await, trail, "it has come to rest");
    // What tools contest is for a person to decide.
    for row in h.db.rows("select issue_id from mutation where state = 'parked'", &[]).await {
        let contested: i64 = row.get(0);
        h.leaves_parked(h.db.count("mutation where state = 'parked'").await);
        let issues = h.sim.issues(REPO);
        h.leaves_unequal(issues.iter().find(|issue| id(issue).0 == contested).expect("it is there"));
    }
    h.finish().await;
}

fn run(cases: u32, lost: impl Strategy<Value = f64>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let post = (lost, 0..6_u64, 1..12_usize, any::<u64>()).prop_map(|(lost, doubled, window, seed)| Post {
        lost,
        doubled,
        window,
        seed,
    });
    // PROPTEST_CASES asks for a longer search.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 30,
        ..ProptestConfig::default()
    };
    let outcome = proptest::test_runner::TestRunner::new(config).run(
        &(prop::collection::vec(act(), 1..16), post),
        |(acts, post)| {
            runtime.block_on(history(acts, post));
            Ok(())
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn shuffled_and_doubled_deliveries_converge_once_the_rereads_are_done() {
    run(16, Just(0.0));
}

#[test]
fn lost_deliveries_are_made_up_by_one_sweep_and_one_reconcile() {
    run(16, 0.1..1.0_f64);
}
