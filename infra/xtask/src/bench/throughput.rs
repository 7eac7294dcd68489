//! Throughput: 20,000 distinct deliveries, 64 in flight, through the webhook function's handler in two processes: all
//! answered 202, all applied, the slowest times, and whether memory stays flat.

use anyhow::bail;

use super::Bench;
use super::database::COPY;
use super::report::{Report, judge};
use super::webhook::{Deliveries, PROCESSES, fill, worker};
use super::worker::{Done, Worker, together};

const TEMPLATE: &str = "bench_throughput";
const IN_FLIGHT: u64 = 64;
/// The deliveries go out in slices, so that memory can be looked at in between.
const SLICES: u64 = 10;
/// More than this between the first slice and the last is a leak.
const GROWTH: f64 = 0.10;

/// Measures it.
///
/// # Errors
/// A delivery was not answered 202 applied, or the database has another number of them.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<((), String)> {
    bench.databases.create(TEMPLATE, 1).await?;
    fill(bench, TEMPLATE, 1, 0..bench.size.issues, "p1").await?;
    bench.databases.settle(TEMPLATE).await?;
    bench.databases.copy(TEMPLATE).await?;
    let (each, slice) = (IN_FLIGHT / PROCESSES, bench.size.deliveries / PROCESSES / SLICES);
    // A slice is one round of issues of its own, so that every delivery has everything to do.
    let span = slice.min(bench.size.issues / PROCESSES);
    let mut workers = Vec::new();
    for _ in 0..PROCESSES {
        workers.push(worker(bench, COPY, each).await?);
    }
    let (mut slices, mut resident) = (Vec::new(), Vec::new());
    for round in 1..=SLICES {
        let jobs: Vec<_> = (0..PROCESSES)
            .map(|number| {
                let job = Deliveries { round, ..Deliveries::new(number * span, span) };
                job.job(each, None, Some(slice))
            })
            .collect();
        slices.push(together(&mut workers, &jobs).await?);
        resident.push(workers.iter().map(Worker::resident_kib).sum::<u64>());
    }
    for worker in workers {
        worker.end().await?;
    }
    let seconds: f64 = slices.iter().map(|slice| slice.seconds).sum();
    let done = Done { seconds, ..Done::together(slices) };
    done.expect(&["202 applied"])?;
    let sent = bench.size.issues + done.count("delivery") as u64;
    let sql = "select count(*), count(*) filter (where outcome = 'applied') from delivery";
    let stored = bench.databases.numbers(COPY, sql).await?;
    if stored.iter().any(|count| u64::try_from(*count).ok() != Some(sent)) {
        bail!("{sent} deliveries were answered 202 applied, and the database has {stored:?} (all, applied)");
    }
    let of = |at: usize| resident.get(at).map_or(0.0, |kib| *kib as f64 / 1024.0);
    let (first, last) = (of(0), of(resident.len().saturating_sub(1)));
    report.title("Throughput: distinct signed deliveries of 10 KB, 64 in flight, two processes");
    report.remark(&format!(
        "  {} deliveries in {seconds:.1} s, {:.0} a second: all 202, all applied; p50 {:.1} ms, p99 {:.1} ms, slowest \
         {:.1} ms",
        done.count("delivery"),
        done.rate("delivery"),
        done.percentile("delivery", 0.5),
        done.percentile("delivery", 0.99),
        done.percentile("delivery", 1.0),
    ));
    report.remark(&format!(
        "  Resident memory of both: {first:.1} MB after the first tenth, {last:.1} MB after the last; {}",
        judge(last <= first * (1.0 + GROWTH), "at most 10 % more"),
    ));
    Ok(((), format!("{} deliveries, all applied", done.count("delivery"))))
}
