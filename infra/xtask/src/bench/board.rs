//! The board of as many issues as the benchmark has: the API's answers, and the built board in a real browser.

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::report::{Report, judge};
use super::webhook;
use super::worker::{Done, Worker};
use super::{Bench, median};
use crate::test::chromium;
use crate::up::build;

const TEMPLATE: &str = "bench_board";
const REPOSITORIES: u64 = 20;
/// Requests per run: the whole board is big, an unchanged one should not be.
const REQUESTS: [(&str, u64); 3] = [("board", 40), ("unchanged", 200), ("changes", 400)];

/// How big the answers are.
#[derive(Deserialize)]
struct Looked {
    cards: usize,
    bytes: usize,
    compressed: usize,
    changes: usize,
}

/// Measures the API's answers and then the browser.
///
/// # Errors
/// An answer was not what was asked for, or the browser cannot be used.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<((), String)> {
    let looked = api(bench, report).await?;
    browser(bench, report).await?;
    Ok(((), format!("{} cards", looked.cards)))
}

async fn api(bench: &Bench, report: &mut Report) -> anyhow::Result<Looked> {
    bench.databases.create(TEMPLATE, REPOSITORIES).await?;
    webhook::fill(bench, TEMPLATE, REPOSITORIES, 0..bench.size.issues, "p1").await?;
    bench.databases.settle(TEMPLATE).await?;
    let url = bench.databases.copy(TEMPLATE).await?;
    let env = [("DATABASE_URL", url), ("DISPATCH_AUTH_MODE", "disabled".to_owned())];
    let mut worker = Worker::start(bench.databases.worker(), "board", &env, &bench.worker_log()).await?;
    let looked: Looked = worker.work(&job("look", 1)).await?;
    report.title(&format!("Board: the API's answers for {} cards, one after the other", looked.cards));
    for (what, count) in REQUESTS {
        let count = (count * bench.size.issues / super::FULL.issues).max(5);
        let mut runs = Vec::new();
        for _ in 0..bench.size.repetitions {
            let done: Done = worker.work(&job(what, count)).await?;
            done.expect(&["as asked"])?;
            runs.push(done);
        }
        let p50 = median(runs.iter().map(|done| done.percentile(what, 0.5)))?;
        let p99 = median(runs.iter().map(|done| done.percentile(what, 0.99)))?;
        let cpu = median(runs.iter().map(|done| done.cpu_seconds * 1e3 / done.count(what).max(1) as f64))?;
        let bytes = match what {
            "board" => {
                format!("{:.0} kB, {:.0} kB gzip", kilo(looked.bytes), kilo(looked.compressed))
            }
            "changes" => format!("{} bytes when nothing changed", looked.changes),
            _ => "304, no body".to_owned(),
        };
        report.remark(&format!(
            "  {what:<10} p50 {p50:>7.2} ms   p99 {p99:>7.2} ms   cpu {cpu:>7.2} ms   {bytes}"
        ));
    }
    worker.end().await?;
    Ok(looked)
}

fn job(what: &str, count: u64) -> Value {
    json!({ "what": what, "concurrency": 1, "count": count })
}

fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

/// One figure of the browser, with what it should be at most where that was promised.
#[derive(Deserialize)]
struct Figure {
    name: String,
    value: f64,
    unit: String,
    aim: Option<f64>,
}

async fn browser(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let ui = bench.paths.root.join("static-ui");
    let processes = &bench.processes;
    build::packages(&bench.paths, processes).await?;
    let mut built = build::npm(&ui);
    built.args(["run", "--silent", "build"]);
    processes.run("bench-ui-build", built).await?;
    let mut measured = build::npm(&ui);
    measured.args(["run", "--silent", "bench"]).env("CHROMIUM", chromium()?);
    measured.env("TOY_PORT", crate::ports::free()?.to_string());
    measured.env("CARDS", bench.size.issues.to_string()).env("RUNS", bench.size.repetitions.to_string());
    measured.env("IDLE_SECONDS", bench.size.idle_seconds.to_string());
    let figures = crate::process::output(measured).await?;
    let figures: Vec<Figure> = serde_json::from_str(&figures).context("reading what the browser measured")?;
    report.title(&format!("Board in Chromium, headless, {} cards, medians", bench.size.issues));
    for Figure { name, value, unit, aim } in figures {
        let judged = aim.map(|aim| judge(value <= aim, &format!("{aim} {unit}"))).unwrap_or_default();
        report.remark(&format!("  {name:<44}{value:>9.1} {unit:<6} {judged}"));
    }
    Ok(())
}
