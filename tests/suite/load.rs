//! Load: many agents at once, with dependencies between issues, limits on lanes and repositories, and kills.
//!
//! `LOAD=full cargo nextest run -p tests load --no-capture` is the long form: 64 agents over 5,000 issues of twenty
//! repositories. What must hold: no issue is done twice, no limit is exceeded for a moment, what a killed agent held is
//! in the queue again within its lease and a minute, and in the end everything is done.

mod field;

use std::time::{Duration, Instant};

use field::Field;

/// How much of it there is.
#[derive(Clone, Copy)]
struct Size {
    agents: usize,
    issues: i64,
    repositories: i64,
}

const SHORT: Size = Size { agents: 16, issues: 240, repositories: 6 };
const FULL: Size = Size { agents: 64, issues: 5_000, repositories: 20 };

fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times.get((times.len().max(1) - 1) * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_with_limits_dependencies_and_kills_does_everything_once() {
    let size = if std::env::var("LOAD").is_ok_and(|form| form == "full") { FULL } else { SHORT };
    let seed =
        std::env::var("LOAD_SEED").map_or_else(|_| fastrand::u64(..1_000_000), |seed| seed.parse().unwrap());
    println!("LOAD_SEED={seed}");
    let field = Field::new(size, seed).await;
    let begun = Instant::now();
    let agents = (0..size.agents).map(|slot| tokio::spawn(field.clone().work(slot)));
    // The first that fails ends it: the others would wait for it.
    let worked = futures::future::try_join_all(agents).await;
    let worked = worked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    let mut granted = worked.concat();
    let seconds = begun.elapsed().as_secs_f64();
    let told = field.finish().await;
    println!(
        "{} claims by {} agents in {seconds:.1} s, {:.0} claims/s, p50 {:.1} ms, p99 {:.1} ms; {told}",
        granted.len(),
        size.agents,
        granted.len() as f64 / seconds,
        percentile(&mut granted, 50),
        percentile(&mut granted, 99),
    );
}
