//! Keeping a number of requests in flight, and noting how long each took.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures::future::join_all;
use serde::{Deserialize, Serialize};

/// How much to do.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Amount {
    /// Requests in flight.
    pub(crate) concurrency: u64,
    /// Stop after so many seconds.
    pub(crate) seconds: Option<f64>,
    /// Stop after so many requests.
    pub(crate) count: Option<u64>,
    /// Each slot rests so many milliseconds after every request; none unless it is said.
    #[serde(default)]
    pub(crate) pause_ms: u64,
}

/// What was done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Done {
    /// From the first request to the last answer.
    pub(crate) seconds: f64,
    /// Processor time of this process meanwhile.
    pub(crate) cpu_seconds: f64,
    /// Per kind of request: how long each took, in microseconds.
    pub(crate) micros: BTreeMap<&'static str, Vec<u64>>,
    /// How often each outcome came.
    pub(crate) outcomes: BTreeMap<String, u64>,
    /// Issues that were handed out.
    pub(crate) issues: Vec<String>,
}

/// Where the requests in flight note what they did.
#[derive(Default)]
pub(crate) struct Notes {
    done: RefCell<Done>,
}

impl Notes {
    /// One request's time and outcome.
    pub(crate) fn note(&self, kind: &'static str, took: Duration, outcome: &str) {
        let mut done = self.done.borrow_mut();
        done.micros.entry(kind).or_default().push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        *done.outcomes.entry(outcome.to_owned()).or_default() += 1;
    }

    /// An issue that was handed out.
    pub(crate) fn issue(&self, id: &str) {
        self.done.borrow_mut().issues.push(id.to_owned());
    }
}

async fn rest(length: Duration) {
    if !length.is_zero() {
        tokio::time::sleep(length).await;
    }
}

/// Calls `one` with the numbers 0, 1, 2… until the amount is used, as many at a time as it says. `one` gets the number
/// of the slot it runs in too.
///
/// # Errors
/// The first error of any call.
pub(crate) async fn run(
    amount: &Amount,
    notes: Notes,
    one: impl AsyncFn(&Notes, u64, u64) -> anyhow::Result<()>,
) -> anyhow::Result<Done> {
    let next = Cell::new(0);
    let (cpu, start) = (cpu_seconds(), Instant::now());
    let pause = Duration::from_millis(amount.pause_ms);
    let slots = (0..amount.concurrency).map(async |slot| -> anyhow::Result<()> {
        // Not all in step.
        rest(pause * u32::try_from(slot)? / u32::try_from(amount.concurrency)?).await;
        loop {
            let number = next.get();
            let late = amount.seconds.is_some_and(|seconds| start.elapsed().as_secs_f64() >= seconds);
            if late || amount.count.is_some_and(|count| number >= count) {
                return Ok(());
            }
            next.set(number + 1);
            one(&notes, slot, number).await?;
            rest(pause).await;
        }
    });
    for result in join_all(slots).await {
        result?;
    }
    let mut done = notes.done.into_inner();
    done.seconds = start.elapsed().as_secs_f64();
    done.cpu_seconds = cpu_seconds() - cpu;
    Ok(done)
}

/// Processor time of this process's one thread, as proc_pid_schedstat(5) counts it; zero where there is no /proc.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds: u64 = text.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(0);
    Duration::from_nanos(nanoseconds).as_secs_f64()
}
