//! `kill -9` at every failpoint that a journey passes, and what becomes of it.
//!
//! A dry run of a journey's worker tells which failpoints it passes, and how often. For each of these passings the
//! journey begins anew in a world of its own, dies exactly there, and the platform does what it does by itself:
//! messages that the dead had taken are shown again, minutes go by with their sweeps, leases run out, and the schedule
//! compares with GitHub. Then everything has converged: no write and no doubt is left, cache and GitHub agree, labels
//! are as intended and those of others untouched. What was durable at the moment of death was answered or could have
//! been, so its effect is there at once; what was not left nothing behind.

mod api;
mod clock;
mod outside;
mod webhook;
mod worker;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::path::Path;

use dispatch_domain::ids::MutationId;
use futures::{FutureExt as _, StreamExt as _, stream};
use github_sim::{DeliveryFault, IssueView, Loss};
use jiff::SignedDuration;
use kit::Harness;
use tokio::task::JoinHandle;

use worker::Run;
pub(crate) use worker::{Task, environment};

/// So many worlds at a time, to use the time in which one waits.
const TOGETHER: usize = 4;
/// Labels that Dispatch does not own, on every issue of these tests.
const FOREIGN: [&str; 2] = ["Area: UI", "help wanted"];

/// What a worker does when it is killed.
trait Journey: Sized {
    /// The passing from which on the journey's effect is durable. `None`: it has many effects, each durable alone.
    const DURABLE_AT: Option<&'static str> = None;
    /// The passing before which it goes as another of these journeys, which dies there.
    const FROM: Option<&'static str> = None;

    /// Prepares a world.
    async fn set_up(h: &Harness) -> Self;

    /// What the worker does.
    fn task(&self) -> Task;

    /// What must be so right after the death; and whoever lost an answer asks again.
    async fn died(&self, h: &Harness, durable: bool);

    /// What must be so when the platform has done what it does by itself.
    async fn recovered(&self, h: &Harness);
}

macro_rules! journeys {
    ($($test:ident: $journey:ty,)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                die_everywhere::<$journey>().await;
            }
        )*

        /// What the source names, some journey passes: so the tests above kill at every failpoint there is.
        #[tokio::test]
        async fn every_failpoint_is_on_the_way_of_a_journey() {
            let worlds = [$(async { apart(passed::<$journey>).await.expect("a dry run") }.boxed()),*];
            let names = stream::iter(worlds).buffer_unordered(TOGETHER).concat().await;
            assert_eq!(names, failpoints_of_the_source());
        }
    };
}

journeys! {
    a_webhook: webhook::Applied,
    a_write: writer::Plain,
    a_write_whose_answer_is_lost: writer::AnswerLost,
    a_write_that_is_told_to_wait: writer::Limited,
    a_write_that_is_refused: writer::Refused,
    a_write_to_an_issue_that_is_gone: writer::Gone,
    a_question: writer::Question,
    a_sweep: clock::Sweep,
    a_reconcile: clock::Reconcile,
    a_run_that_was_asked_for: clock::Asked,
    repository_facts: clock::Facts,
    retention: clock::Retention,
    a_claim: api::Claim,
    a_checkpoint: api::Checkpoint,
    a_completion: api::Completion,
    a_release: api::Release,
    a_block: api::Block,
    a_move: api::Move,
    a_retry: api::Retry,
    asking_for_a_run: api::AskForRun,
}

/// Kills the journey's worker at each of its passings, each in a world and on a thread of its own.
async fn die_everywhere<J: Journey + 'static>() {
    let h = Harness::new().await;
    let (journey, passings) = dry_run::<J>(&h).await;
    recover(&h, &journey.task().messages).await;
    journey.recovered(&h).await;
    h.finish().await;

    let index = |name| {
        passings.iter().position(|passing| passing == name).unwrap_or_else(|| panic!("{name}: {passings:?}"))
    };
    let (from, durable_at) = (J::FROM.map_or(0, index), J::DURABLE_AT.map_or(passings.len(), index));
    let deaths = passings.iter().enumerate().skip(from).map(|(at, passing)| async move {
        let (name, durable) = (passing.clone(), at >= durable_at);
        let world = apart(async move || die_at::<J>(&name, durable).await);
        world.await.is_err().then_some(passing)
    });
    let failed: Vec<&String> =
        stream::iter(deaths).buffer_unordered(TOGETHER).filter_map(ready).collect().await;
    assert!(failed.is_empty(), "of {passings:?} these failed, for the reasons above: {failed:?}");
}

/// Does something on a thread and a runtime of its own.
fn apart<T: Send + 'static>(world: impl AsyncFnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    tokio::task::spawn_blocking(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(world())
    })
}

/// Lets the journey's worker come to its end. Answers the failpoints that it passed, in order: `name#n` for the n-th
/// passing of `name`.
async fn dry_run<J: Journey>(h: &Harness) -> (J, Vec<String>) {
    let journey = J::set_up(h).await;
    let run = run(h, &journey.task(), ("FAILPOINTS_TRACE", "1")).await;
    assert!(run.answered(), "{run:?}");
    let mut seen = BTreeMap::new();
    let number = |name: String| {
        let count = seen.entry(name.clone()).or_insert(0);
        *count += 1;
        format!("{name}#{count}")
    };
    let passings = run.passed().map(number).collect();
    (journey, passings)
}

/// Runs the journey's worker. What GitHub tells meanwhile arrives when it has ended: a webhook of the worker's own
/// writes that overtook it would make it look once more, so that no two runs would pass the same.
async fn run(h: &Harness, task: &Task, variable: (&str, &str)) -> Run {
    h.sim.delivery_fault(DeliveryFault::Shuffle { window: usize::MAX, seed: 0 });
    task.run(h, &[variable]).await
}

/// The names of the failpoints that the journey passes when nobody kills it.
async fn passed<J: Journey>() -> BTreeSet<String> {
    let h = Harness::new().await;
    let (_, passings) = dry_run::<J>(&h).await;
    h.leaves_work_waiting();
    h.leaves_apart();
    h.leaves_parked(h.db.count("mutation where state = 'parked'").await);
    h.leaves_failed_deliveries(h.db.count("delivery where outcome = 'failed'").await);
    h.finish().await;
    passings.iter().filter_map(|passing| passing.split('#').next()).map(str::to_owned).collect()
}

async fn die_at<J: Journey>(passing: &str, durable: bool) {
    let h = Harness::new().await;
    let journey = J::set_up(&h).await;
    let task = journey.task();
    let run = run(&h, &task, ("DISPATCH_KILL_AT", passing)).await;
    run.assert_died_at(passing);
    h.arrive().await;
    journey.died(&h, durable).await;
    recover(&h, &task.messages).await;
    journey.recovered(&h).await;
    h.finish().await;
}

/// What the platform does by itself after a death, and that everything has converged then. `messages` were taken by
/// the dead and are shown again; at first the lease of the dead still holds.
async fn recover(h: &Harness, messages: &[MutationId]) {
    for message in messages {
        h.nudges.queue().nudge(message.0, None).await.expect("queued");
    }
    work_off(h).await;
    // The lease of a write is over after the second.
    for _ in 0..2 {
        minute(h).await;
    }
    h.advance(SignedDuration::from_mins(3)).await;
    h.reconcile().await;
    work_off(h).await;
    minute(h).await;
    assert!(h.nudges.is_empty(), "messages are left");
    assert_eq!(h.db.count("mutation where state in ('pending', 'leased')").await, 0, "writes are left");
    assert_eq!(h.rereads_wanted().await, 0, "doubts are left");
    assert_eq!(
        h.db.count("delivery where outcome not in ('applied', 'ignored')").await,
        0,
        "deliveries are left"
    );
    for write in h.label_writes() {
        let (_, labels) = write.split_once(' ').expect("a method and labels");
        let ours = |label: &str| label.starts_with("status/") || label.starts_with("agent/");
        let labels = labels.split(" -> ").next().unwrap_or_default();
        assert!(labels.split(',').all(ours), "a foreign label was written: {write}");
    }
}

/// A minute goes by, and ends with the sweep.
async fn minute(h: &Harness) {
    h.advance(SignedDuration::from_mins(1)).await;
    h.sweep().await;
    work_off(h).await;
}

/// The writer gets what is visible in the queue, and nothing else wakes it.
async fn work_off(h: &Harness) {
    for _ in 0..10 {
        h.arrive().await;
        let nudges = h.nudges.take();
        if nudges.is_empty() {
            return;
        }
        let response = h.writer.handle(kit::queue::event(nudges)).await;
        assert!(response.batch_item_failures.is_empty(), "the writer failed: {response:?}");
    }
    panic!("the writer is nudged again and again");
}

/// An issue with these labels and foreign ones.
pub(crate) async fn issue(h: &Harness, labels: &[&str]) -> IssueView {
    let repo = match h.db.count("repository").await {
        0 => h.repo("acme/web").await,
        _ => h.sim.repo("acme/web"),
    };
    h.issue(&repo, "Dark mode", &[&FOREIGN[..], labels].concat()).await
}

/// These labels and the foreign ones, as [`Harness::labels`] shows them.
fn with_foreign(labels: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = FOREIGN.iter().chain(labels).map(|label| (*label).to_owned()).collect();
    all.sort();
    all
}

/// No webhook arrives any more until `sim.clear_faults()`.
pub(crate) fn cut_webhooks(h: &Harness) {
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 0, how: Loss::Swallowed });
}

/// The names in the source of what is built for Lambda.
fn failpoints_of_the_source() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut names = BTreeSet::new();
    let mut folders = vec![root.join("shared"), root.join("functions")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                // Tests name failpoints of their own.
                folders.extend((path.file_name().is_some_and(|name| name != "tests")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).expect("a source file");
                let calls = source.split("failpoint(\"").skip(1);
                names.extend(calls.filter_map(|call| call.split('"').next().map(str::to_owned)));
            }
        }
    }
    names
}
