//! Processes that are killed from outside, while they wait for somebody else.

use std::os::unix::process::ExitStatusExt as _;
use std::time::{Duration, Instant};

use github_sim::{Pause, RequestPattern};
use kit::Harness;

use super::worker::Run;
use super::{Journey, api, recover, webhook, writer};

const SIGKILL: i32 = 9;
/// Nothing here takes longer unless it is stuck.
const PATIENCE: Duration = Duration::from_secs(20);

/// The writer waits for GitHub's answer to a write that was carried out.
async fn killed_after(request: &str) {
    let h = Harness::new().await;
    let journey = writer::Plain::set_up(&h).await;
    let mut pause: Pause = h.sim.pause_after(RequestPattern::from(request));
    let task = journey.task();
    let mut worker = task.start(&h, &[]).await;
    tokio::time::timeout(PATIENCE, pause.reached()).await.expect("the worker comes to its write");
    worker.start_kill().expect("it lives");
    let run = Run::of(worker).await;
    assert_eq!(run.status.signal(), Some(SIGKILL), "{run:?}");
    pause.resume();
    h.arrive().await;
    journey.died(&h, false).await;
    recover(&h, &task.messages).await;
    journey.is_written(&h).await;
    h.finish().await;
}

#[tokio::test]
async fn a_writer_that_waits_for_github_to_add_labels() {
    killed_after("POST */labels").await;
}

#[tokio::test]
async fn a_writer_that_waits_for_github_to_take_a_label_off() {
    killed_after("DELETE */labels/*").await;
}

/// In the middle of a transaction: the process waits for an issue that somebody else has locked.
async fn killed_in_transaction<J: Journey>() {
    let h = Harness::new().await;
    let journey = J::set_up(&h).await;
    let mut other = h.db.connect().await;
    let lock = other.transaction().await.expect("a transaction");
    lock.execute("select from issue for update", &[]).await.expect("locked");
    let task = journey.task();
    let mut worker = task.start(&h, &[]).await;
    let begun = Instant::now();
    let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while h.db.count(waiting).await == 0 {
        assert!(begun.elapsed() < PATIENCE, "the worker never came to the issue: {:?}", worker.try_wait());
        tokio::task::yield_now().await;
    }
    worker.start_kill().expect("it lives");
    let run = Run::of(worker).await;
    assert_eq!(run.status.signal(), Some(SIGKILL), "{run:?}");
    lock.rollback().await.expect("unlocked");
    journey.died(&h, false).await;
    recover(&h, &task.messages).await;
    journey.recovered(&h).await;
    h.finish().await;
}

#[tokio::test]
async fn a_webhook_in_its_transaction() {
    killed_in_transaction::<webhook::Applied>().await;
}

#[tokio::test]
async fn a_move_in_its_transaction() {
    killed_in_transaction::<api::Move>().await;
}

#[tokio::test]
async fn a_completion_in_its_transaction() {
    killed_in_transaction::<api::Completion>().await;
}
