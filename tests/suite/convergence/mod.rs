//! Random histories: whatever people, checks and Dispatch do, and however webhooks fare, the cache ends at what GitHub
//! shows.
//!
//! A short search runs with every test. The long one is `PROPTEST_CASES=2000 cargo nextest run -p tests convergence`; its
//! last figures are in `docs/benchmarks.md`.

mod act;
mod world;

use github_sim::{DeliveryFault, Loss};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::id;
use proptest::prelude::*;
use serde_json::Value;

use act::Act;
use world::{API, WEB, World};

/// How deliveries fare.
#[derive(Debug, Clone)]
struct Post {
    lost: f64,
    how: Loss,
    doubled: u64,
    cut: u64,
    late: u64,
    window: usize,
    seed: u64,
}

impl Post {
    fn faults(&self) -> Vec<DeliveryFault> {
        let Self { lost, how, doubled, cut, late, window, seed } = *self;
        vec![
            DeliveryFault::LoseFraction { fraction: lost, seed, how },
            DeliveryFault::Duplicate { next: doubled },
            DeliveryFault::Truncate { next: cut },
            DeliveryFault::Delay { next: late, ms: 3 },
            DeliveryFault::Shuffle { window, seed },
        ]
    }

    /// Whether anything never arrives.
    fn loses(&self) -> bool {
        self.lost > 0.0 || self.cut > 0
    }
}

async fn history(acts: Vec<Act>, post: Post) {
    let h = Harness::new().await;
    let mut world = World::new(&h).await;
    for fault in post.faults() {
        h.sim.delivery_fault(fault);
    }
    for act in acts {
        world.happen(act).await;
    }
    world.releases_the_post().await;
    if post.loses() {
        // Long enough for the full open set.
        h.advance(SignedDuration::from_hours(7)).await;
        h.sweep().await;
        h.reconcile().await;
    }
    h.settle().await;
    let trail: i64 = h.db.value("select coalesce(max(id), 0) from audit_event", &[]).await;
    h.reconcile().await;
    h.settle().await;
    let after = "select action || ' ' || concat(repository, '#', issue_number, ' ', before, ' -> ', after, ' ', error)
                 from audit_event where id > $1 order by id";
    let unrest: Vec<String> = h.db.rows(after, &[&trail]).await.iter().map(|row| row.get(0)).collect();
    assert_eq!(unrest, Vec::<String>::new(), "it has come to rest");
    h.everything_is_cached(&[WEB, API]).await;
    always_a_status(&h);
    // What tools contest is for a person to decide.
    for row in h.db.rows("select issue_id from mutation where state = 'parked'", &[]).await {
        let contested: i64 = row.get(0);
        h.leaves_parked(h.db.count("mutation where state = 'parked'").await);
        let issues = [h.sim.issues(WEB), h.sim.issues(API)].concat();
        h.leaves_unequal(issues.iter().find(|issue| id(issue).0 == contested).expect("it is there"));
    }
    h.finish().await;
}

/// Whatever Dispatch took off, a status was left, because additions come first. Only `status/done` goes alone, from an
/// issue that was opened again.
fn always_a_status(h: &Harness) {
    for delivery in h.sim.deliveries() {
        let about = match (delivery.event.as_str(), delivery.action.as_deref()) {
            ("issues", Some("unlabeled")) => "issue",
            ("pull_request", Some("unlabeled")) => "pull_request",
            _ => continue,
        };
        // What was cut on the way says nothing.
        let Ok(told) = serde_json::from_str::<Value>(&delivery.body) else { continue };
        let name = |label: &Value| label["name"].as_str().unwrap_or_default().to_lowercase();
        let taken = name(&told["label"]);
        let ours = told["sender"]["login"].as_str().is_some_and(|login| login.starts_with("dispatch"));
        if ours && taken.starts_with("status/") && taken != "status/done" {
            let labels = told[about]["labels"].as_array().into_iter().flatten();
            let left = labels.map(name).any(|label| label.starts_with("status/"));
            assert!(left, "without {taken} it had no status: {}", delivery.body);
        }
    }
}

fn run(cases: u32, lost: impl Strategy<Value = f64>, cut: impl Strategy<Value = u64>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let how = prop::sample::select(vec![Loss::NeverSent, Loss::Swallowed, Loss::Failed]);
    let post = (lost, how, 0..6_u64, cut, 0..3_u64, 1..12_usize, any::<u64>()).prop_map(
        |(lost, how, doubled, cut, late, window, seed)| Post { lost, how, doubled, cut, late, window, seed },
    );
    // PROPTEST_CASES asks for a longer search.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    };
    let outcome = proptest::test_runner::TestRunner::new(config).run(
        &(prop::collection::vec(act::act(), 1..24), post),
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
fn shuffled_doubled_and_late_deliveries_converge_once_the_rereads_are_done() {
    run(16, Just(0.0), Just(0));
}

#[test]
fn lost_and_truncated_deliveries_are_made_up_by_one_sweep_and_one_reconcile() {
    run(16, 0.1..1.0_f64, 0..4_u64);
}
