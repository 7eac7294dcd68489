//! What Dispatch costs GitHub, counted by the simulator: `cargo xtask bench --only github` runs this.
//!
//! Prints Markdown. `DATABASE_URL` names a server on which databases may be created; `--deliveries N` is how many
//! deliveries the recovery is shown with.

use dispatch_domain::claim::Outcome;
use dispatch_domain::job::Job;
use dispatch_store::health;
use github_sim::{DeliveryFault, Loss};
use jiff::SignedDuration;
use kit::Harness;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let deliveries = match arguments.as_slice() {
        [] => 10_000,
        [flag, number] if flag == "--deliveries" => number.parse()?,
        _ => anyhow::bail!("github-cost [--deliveries N]"),
    };
    println!("| what | requests | against the hourly limit |\n|---|---|---|");
    for repositories in [1, 10, 100] {
        sync(repositories).await;
    }
    cycle().await;
    webhooks(1_000).await;
    recovery(deliveries).await;
    Ok(())
}

fn row(what: &str, requests: u64, charged: u64) {
    println!("| {what} | {requests} | {charged} |");
}

/// Each repository has 20 issues and 2 pull requests.
async fn sync(repositories: usize) {
    let h = Harness::new().await;
    for n in 0..repositories {
        let name = format!("acme/repo-{n}");
        let repo = h.sim.repo(&name);
        for issue in 0..20 {
            repo.issue(&format!("Issue {issue}")).labels(["status/ready"]).open();
        }
        for pull in 0..2 {
            repo.pull(&format!("Pull {pull}")).head(&format!("work-{pull}")).open();
        }
        h.arrive().await;
        h.repo(&name).await;
    }
    h.sim.forget_requests();
    h.reconcile().await;
    let cold = h.sim.requests();
    row(&format!("synchronise {repositories} repositories, cold"), cold.total, cold.charged);
    // The address of a list depends on the cursor, which rests from the second run on.
    for _ in 0..2 {
        h.advance(SignedDuration::from_mins(5)).await;
        h.reconcile().await;
    }
    h.advance(SignedDuration::from_mins(5)).await;
    h.sim.forget_requests();
    h.reconcile().await;
    let quiet = h.sim.requests();
    row(&format!("synchronise {repositories} repositories, quiet"), quiet.total, quiet.charged);
    assert_eq!(quiet.charged, 0, "a quiet repository costs nothing: {quiet:?}");
    h.finish().await;
}

/// ready, in progress, in review, done: each step by itself, in a repository whose labels are known.
async fn cycle() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let warm = h.issue(&repo, "Warm", &["status/ready"]).await;
    let first = h.agent("alpha").only(&warm).take().await;
    h.settle().await;
    h.agent("alpha").complete(&first, Outcome::PrOpened).await.expect("completed");
    h.settle().await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.tick().await;

    h.sim.forget_requests();
    let taken = h.agent("alpha").only(&issue).take().await;
    h.settle().await;
    step(&h, "ready → in progress");
    h.tick().await;
    h.agent("alpha").complete(&taken, Outcome::PrOpened).await.expect("completed");
    h.settle().await;
    step(&h, "in progress → in review");
    h.act("ana", |ana| ana.close("acme/web", issue.number)).await;
    h.settle().await;
    step(&h, "in review → done (closed by a person)");
    h.finish().await;
}

fn step(h: &Harness, what: &str) {
    let (writes, requests) = (h.label_writes().join(", "), h.sim.requests());
    let writes = if writes.is_empty() { "no writes".to_owned() } else { writes };
    row(&format!("{what}: {writes}"), requests.total, requests.charged);
    h.sim.forget_requests();
}

async fn webhooks(count: u64) {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.sim.forget_requests();
    for n in 0..count {
        h.act("ana", |ana| ana.retitle("acme/web", issue.number, &format!("Title {n}"))).await;
    }
    let requests = h.sim.requests();
    row(&format!("{count} webhooks"), requests.total, requests.charged);
    h.finish().await;
}

/// A tenth of the deliveries is lost in an outage; then `recover` runs until nothing is missing.
async fn recovery(deliveries: u64) {
    let h = Harness::as_app().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.job(Job::Recover).await;
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 0.1, seed: 7, how: Loss::Failed });
    for n in 0..deliveries {
        h.sim.clock().advance(SignedDuration::from_secs(1));
        h.sim.person("ana").retitle("acme/web", issue.number, &format!("Title {n}"));
        if n % 100 == 0 {
            h.arrive().await;
        }
    }
    h.arrive().await;
    h.sim.clear_faults();
    h.advance(SignedDuration::from_mins(5)).await;
    h.sim.forget_requests();
    let mut runs = 0;
    let mut noticed = 0;
    loop {
        let counts = h.job(Job::Recover).await;
        h.arrive().await;
        runs += 1;
        noticed += counts["noticed"].as_i64().unwrap_or_default();
        let left = health::details(&h.store).await.expect("health").backlog.deliveries_missing;
        if left == 0 {
            break;
        }
        assert!(runs < 100, "{left} deliveries are still missing after {runs} runs");
        h.advance(SignedDuration::from_mins(5)).await;
    }
    let requests = h.sim.requests();
    row(
        &format!(
            "recovery: {noticed} of {deliveries} deliveries lost, 0 missing after {runs} runs of the job"
        ),
        requests.total,
        requests.charged,
    );
    h.finish().await;
}
