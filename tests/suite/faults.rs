//! GitHub, the network, Postgres and the queue in trouble: what is shown, what is tried again and when, and that nothing
//! is lost and no storm of requests follows.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dispatch_domain::job::Job;
use dispatch_domain::status::Status;
use dispatch_store::repositories;
use github_sim::{Fault, FaultKind, IssueView};
use jiff::SignedDuration;
use kit::Harness;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::labels::{REPO, ready};

async fn shown_error(h: &Harness) -> String {
    let known = repositories::by_name(&h.store, &REPO.parse().unwrap()).await.unwrap();
    known.last_error.unwrap_or_default()
}

/// A minute of the schedules and of the queue.
async fn minute(h: &Harness) {
    for _ in 0..4 {
        h.advance(SignedDuration::from_secs(15)).await;
        h.drain().await;
    }
    h.sweep().await;
}

/// A claim's labels are on GitHub in the end.
fn claimed(h: &Harness, issue: &IssueView) {
    assert_eq!(h.labels(issue), ["agent/alpha", "status/in-progress"]);
}

#[tokio::test]
async fn a_minute_of_500s_is_waited_out_without_a_storm() {
    let (h, issue) = ready(&[]).await;
    h.sim.fault(Fault::once(FaultKind::ServerError { status: 500, applied: false }).times(100_000));
    h.agent("alpha").take().await;
    h.drain().await;
    h.reconcile().await;
    assert!(shown_error(&h).await.contains("500"));
    let row = h.card(&issue).await.row;
    assert_eq!(row.status, "in-progress", "the claim stands");
    assert!(row.mutation_error.unwrap().contains("500") && row.mutation_retry_at.unwrap() > h.now());
    minute(&h).await;
    let requests = h.sim.requests().total;
    assert!(requests <= 8, "{requests} requests in the minute");
    h.sim.clear_faults();
    h.advance(SignedDuration::from_mins(1)).await;
    h.drain().await;
    claimed(&h, &issue);
    h.reconcile().await;
    assert_eq!(shown_error(&h).await, "");
    h.finish().await;
}

#[tokio::test]
async fn a_used_up_hour_is_silence_until_its_end() {
    let (h, issue) = ready(&[]).await;
    h.reconcile().await;
    h.sim.exhaust_primary_limit();
    h.sim.forget_requests();
    h.agent("alpha").take().await;
    for _ in 0..10 {
        minute(&h).await;
        h.reconcile().await;
    }
    assert_eq!(h.sim.requests().total, 1, "one request told, and everybody listened");
    assert!(h.card(&issue).await.row.mutation_error.unwrap().contains("budget"));
    assert!(shown_error(&h).await.contains("waits until"), "{}", shown_error(&h).await);
    let budgets = h.api().operator().get("/api/health/details").await.ok()["budgets"].clone();
    assert_eq!(budgets[0]["remaining"], 0, "{budgets}");
    assert!(budgets[0]["exhaustedAt"].is_string(), "{budgets}");
    h.advance(SignedDuration::from_mins(60)).await;
    h.drain().await;
    claimed(&h, &issue);
    h.reconcile().await;
    assert_eq!(shown_error(&h).await, "");
    h.finish().await;
}

#[tokio::test]
async fn a_secondary_limit_without_a_time_is_longer_each_time() {
    let (h, issue) = ready(&[]).await;
    h.sim.fault(
        Fault::once(FaultKind::SecondaryLimit { retry_after: None, status: 403 })
            .on("POST */labels")
            .times(2),
    );
    h.agent("alpha").take().await;
    h.drain().await;
    let wait = |row: dispatch_store::board::Card, now| {
        row.row.mutation_retry_at.unwrap().duration_since(now).as_secs()
    };
    assert_eq!(wait(h.card(&issue).await, h.now()), 60);
    h.advance(SignedDuration::from_secs(61)).await;
    h.drain().await;
    assert_eq!(wait(h.card(&issue).await, h.now()), 120);
    h.advance(SignedDuration::from_secs(121)).await;
    h.drain().await;
    claimed(&h, &issue);
    h.finish().await;
}

#[tokio::test]
async fn answers_that_break_off_or_are_no_json_are_read_again() {
    for fault in
        [FaultKind::CutBody, FaultKind::Html { status: 200 }, FaultKind::DropConnection { applied: true }]
    {
        let (h, issue) = ready(&[]).await;
        h.sim.fault(Fault::once(fault.clone()).on("GET /repos/{owner}/{repo}/issues"));
        h.reconcile().await;
        assert!(shown_error(&h).await.contains("unavailable"), "{fault:?}: {}", shown_error(&h).await);
        h.reconcile().await;
        assert_eq!(shown_error(&h).await, "", "{fault:?}");

        h.sim.fault(Fault::once(fault.clone()).on("GET */issues/*"));
        h.agent("alpha").take().await;
        h.drain().await;
        assert!(h.card(&issue).await.row.mutation_error.is_some(), "{fault:?}");
        h.advance(SignedDuration::from_secs(3)).await;
        h.drain().await;
        claimed(&h, &issue);
        h.finish().await;
    }
}

/// A server whose answers never come to an end, a byte at a time; and how many it was asked for.
async fn trickling() -> (String, Arc<AtomicUsize>) {
    async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n")
            .await?;
        loop {
            stream.write_all(b"[").await?;
            // sleep: the slow server that this test is about.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answer(stream));
        }
    });
    (url, asked)
}

#[tokio::test]
async fn an_answer_that_trickles_is_given_up_and_asked_for_again_later() {
    let (url, asked) = trickling().await;
    let h = Harness::configured(&[("GITHUB_API_URL", url)]).await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.agent("alpha").take().await;
    let begun = Instant::now();
    h.writer.handle(kit::queue::event(h.nudges.take())).await;
    assert!(begun.elapsed() < Duration::from_secs(30), "the function's timeout is above it");
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.mutation_state.as_deref()), ("in-progress", Some("pending")));
    assert!(row.mutation_error.is_some() && row.mutation_retry_at.unwrap() > h.now(), "{row:?}");
    assert_eq!(asked.load(Ordering::Relaxed), 1, "nobody asks again at once");
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn a_connection_that_is_no_tls_is_shown_and_nothing_is_lost() {
    let plain = github_sim::GithubSim::builder().start().await;
    let tls = plain.url().replace("http://", "https://");
    let h = Harness::configured(&[("GITHUB_API_URL", tls)]).await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.agent("alpha").take().await;
    h.drain().await;
    h.reconcile().await;
    assert!(shown_error(&h).await.contains("unavailable"), "{}", shown_error(&h).await);
    let row = h.card(&issue).await.row;
    assert_eq!((row.status.as_str(), row.mutation_state.as_deref()), ("in-progress", Some("pending")));
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn a_revoked_token_parks_nothing_and_a_new_one_goes_on() {
    let (h, issue) = ready(&[]).await;
    h.sim.revoke_token(None);
    h.agent("alpha").take().await;
    h.drain().await;
    h.reconcile().await;
    assert!(shown_error(&h).await.contains("does not accept this credential"), "{}", shown_error(&h).await);
    let row = h.card(&issue).await.row;
    assert_eq!((row.mutation_state.as_deref(), row.mutation_attempts), (Some("pending"), Some(0)));
    h.sim.clear_faults();
    h.advance(SignedDuration::from_mins(6)).await;
    h.drain().await;
    claimed(&h, &issue);
    h.reconcile().await;
    assert_eq!(shown_error(&h).await, "");
    h.finish().await;
}

#[tokio::test]
async fn an_uninstalled_app_is_said_and_installed_again_it_goes_on() {
    let h = Harness::as_app().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.reconcile().await;
    h.sim.uninstall_app("acme");
    h.agent("alpha").take().await;
    h.drain().await;
    h.reconcile().await;
    assert!(shown_error(&h).await.contains("has not shown"), "{}", shown_error(&h).await);
    let (id, state, why) = h.mutation(&issue).await;
    assert_eq!(state, "parked");
    assert!(why.unwrap().contains("installation"));
    h.sim.clear_faults();
    dispatch_store::outbox::retry(&h.store, id, None, &kit::harness::OPERATOR).await.unwrap();
    h.drain().await;
    claimed(&h, &issue);
    h.reconcile().await;
    assert_eq!(shown_error(&h).await, "");
    h.finish().await;
}

#[tokio::test]
async fn a_repository_that_vanished_unseen_leaves_the_board_after_a_day() {
    let (h, _) = ready(&[]).await;
    h.reconcile().await;
    h.sim.delivery_fault(github_sim::DeliveryFault::Lose { next: 9, how: github_sim::Loss::NeverSent });
    h.act("ana", |ana| ana.delete_repository(REPO)).await;
    h.reconcile().await;
    assert!(shown_error(&h).await.contains("has not shown acme/web since"), "{}", shown_error(&h).await);
    assert_eq!(h.db.count("repository where gone").await, 0, "an outage looks the same");
    h.advance(SignedDuration::from_hours(25)).await;
    h.reconcile().await;
    assert_eq!(h.db.count("repository where gone").await, 1);
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn postgres_restarted_in_the_middle_of_a_batch_costs_time_and_nothing_else() {
    let (h, issue) = ready(&[]).await;
    let two = h.issue(&h.sim.repo(REPO), "Two", &["status/ready"]).await;
    h.agent("alpha").only(&issue).take().await;
    h.move_to(&two, Status::InReview, None).await.unwrap();
    let mut pause = h.sim.pause_after("POST */labels");
    let batch = h.writer.handle(kit::queue::event(h.nudges.take()));
    let restart = async {
        pause.reached().await;
        let all = "select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()";
        h.db.rows(all, &[]).await;
        pause.resume();
    };
    // No connection is held while GitHub is asked, so the batch goes on with new ones.
    let (response, ()) = futures::join!(batch, restart);
    assert!(response.batch_item_failures.is_empty(), "{response:?}");
    h.advance(SignedDuration::from_secs(91)).await;
    h.sweep().await;
    h.drain().await;
    claimed(&h, &issue);
    assert_eq!(h.labels(&two), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn without_a_queue_the_sweep_does_what_nudges_would() {
    let (h, issue) = ready(&[]).await;
    h.nudges.set_away(true);
    h.agent("alpha").take().await;
    h.job(Job::Sweep).await;
    assert!(h.nudges.is_empty());
    h.nudges.set_away(false);
    h.job(Job::Sweep).await;
    h.drain().await;
    claimed(&h, &issue);
    h.finish().await;
}
