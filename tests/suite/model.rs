//! The model: random steps of agents, people, operators and the clock against the real store, checked after each one.
//!
//! A run is several walks, each with its own seed and database. `MODEL_STEPS=1000000` is the long form (CONTRIBUTING has
//! the command); `MODEL_SEED` walks from that seed on, and the seed that a failure names repeats it. What is checked:
//! never two active claims of one key; never a write by a claim that has ended, or under a stale fence; no limit is
//! exceeded; an answer is what the queue and its explanation say; nothing is lost; and once every obstacle is out of the
//! way, all ready work is handed out.

mod agents;
mod desk;
mod law;
mod people;
mod world;

use std::collections::BTreeMap;
use std::time::Instant;

use futures::StreamExt as _;
use world::World;

/// Walks that once found a defect: an answer that said "contended" though nobody else asked.
const FOUND: [u64; 2] = [1, 3];
/// In CI. The long form is a command of its own.
const STEPS: u64 = 6_000;
/// Steps of one walk.
const WALK: u64 = 2_000;
/// After so many steps all obstacles are taken away, and all that is ready has to be handed out.
const ROUND: u64 = 500;
/// So many walks at the same time.
const AT_ONCE: usize = 4;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable}={text}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_random_walk_breaks_what_claims_promise() {
    let steps = number("MODEL_STEPS").unwrap_or(STEPS);
    let (first, found) = match number("MODEL_SEED") {
        Some(seed) => (seed, &[][..]),
        None => (fastrand::u64(1_000..1_000_000_000), &FOUND[..]),
    };
    println!("MODEL_SEED={first} MODEL_STEPS={steps}");
    let begun = Instant::now();
    let seeds = found.iter().copied().chain(first..);
    let walks = seeds.zip((0..steps).step_by(usize::try_from(WALK).unwrap()));
    let walks = futures::stream::iter(walks)
        .map(|(seed, from)| tokio::spawn(walk(seed, WALK.min(steps - from))))
        .buffer_unordered(AT_ONCE);
    let all = walks
        .fold((0, BTreeMap::new()), |(mut done, mut all), walked| {
            let (walked, tally) =
                walked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
            done += walked;
            if done / 50_000 > (done - walked) / 50_000 {
                println!("{done} steps, {:.0} s", begun.elapsed().as_secs_f64());
            }
            for (what, count) in tally {
                *all.entry(what).or_default() += count;
            }
            std::future::ready((done, all))
        })
        .await;
    let (done, tally): (u64, BTreeMap<&str, u64>) = all;
    let seconds = begun.elapsed().as_secs_f64();
    let told: Vec<String> = tally.iter().map(|(what, count)| format!("{what} {count}")).collect();
    println!("{done} steps in {seconds:.0} s from seed {first}: {}", told.join(", "));
    took_every_path(done, &tally);
}

async fn walk(seed: u64, steps: u64) -> (u64, BTreeMap<&'static str, u64>) {
    let mut world = World::new(seed).await;
    for step in 1..=steps {
        world.step().await;
        if step % ROUND == 0 || step == steps {
            world.everything_ready_is_handed_out().await;
        }
    }
    (steps, world.tally)
}

/// A run that never got anywhere shows nothing.
fn took_every_path(steps: u64, tally: &BTreeMap<&str, u64>) {
    let paths = [
        "granted",
        "resumed",
        "nothing",
        "repeated",
        "renewed",
        "checkpointed",
        "completed",
        "released",
        "blocked",
        "claim_lost",
        "expired",
        "revived",
        "gone",
        "moved",
        "move refused",
        "related",
        "ruled",
        "switched",
        "escalated",
        "decided",
        "decision refused",
        "stopped",
        "stopped in vain",
        "unblocked",
    ];
    for path in paths {
        assert!(steps < STEPS || tally.contains_key(path), "{path} never happened: {tally:?}");
    }
}
