//! `cargo xtask bench`: how fast the journeys are on this machine, beside what the same statements cost at the least.
//!
//! Measured and floor take turns, several times, and the median counts, because no machine is ever quite still. Every
//! run checks that what was answered is what the database has. An aim that is missed is printed as missed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use self::database::Databases;
use self::floor::Pgbench;
use self::report::Report;
use crate::paths::Paths;
use crate::postgres::{self, Durability, Which};
use crate::process::{Processes, output};
use crate::steps::Steps;
use crate::up::{Stop, build};

mod board;
mod claim;
mod database;
mod floor;
mod github;
mod journey;
mod machine;
mod report;
mod stack;
mod startup;
mod throughput;
mod webhook;
mod worker;

const CLUSTER: &str = "postgres";

/// What `cargo xtask bench` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// A few seconds of everything, once, with the programs of `up`: shows that it works, not how fast it is.
    #[arg(long)]
    quick: bool,
    /// Measure so many times, and take the medians.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    repetitions: Option<u8>,
    /// Only this part.
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Also measure a running stack (`cargo xtask up`) at this address, for example http://127.0.0.1:8787.
    #[arg(long, value_name = "URL")]
    stack: Option<String>,
    /// Build with another of cargo's profiles, to try the benchmark itself; the figures mean nothing then.
    #[arg(long, value_name = "NAME", conflicts_with = "record")]
    profile: Option<String>,
    /// Append the result to docs/benchmarks.md.
    #[arg(long, conflicts_with = "quick")]
    record: bool,
}

/// A part of the benchmark.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// Deliveries through the webhook's handler.
    Webhook,
    /// Very many deliveries at once: answers, times, memory.
    Throughput,
    /// Claims through the API's router.
    Claim,
    /// The board's answers and the board in a browser.
    Board,
    /// Starts, memory and size of each function.
    Startup,
    /// Requests to GitHub, counted.
    Github,
}

/// How much is measured.
#[derive(Clone, Copy)]
struct Size {
    /// Cargo's profile.
    profile: &'static str,
    repetitions: usize,
    /// Of each run of deliveries.
    seconds: u64,
    /// Issues in the database.
    issues: u64,
    /// Deliveries of the run that measures throughput.
    deliveries: u64,
    /// Claims of a run by one claimer; by several it is all that the issues allow.
    claims_alone: u64,
    starts: usize,
    /// How long the idle board is watched.
    idle_seconds: u64,
}

const FULL: Size = Size {
    profile: "release",
    repetitions: 3,
    seconds: 5,
    issues: 5_000,
    deliveries: 20_000,
    claims_alone: 1_500,
    starts: 20,
    idle_seconds: 60,
};
const QUICK: Size = Size {
    profile: "local",
    repetitions: 1,
    seconds: 1,
    issues: 400,
    deliveries: 2_000,
    claims_alone: 100,
    starts: 3,
    idle_seconds: 5,
};

/// What the parts measure with.
struct Bench {
    paths: Paths,
    processes: Processes,
    size: Size,
    /// Where the programs are.
    programs: PathBuf,
    databases: Databases,
    pgbench: Option<Pgbench>,
}

impl Bench {
    fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    fn worker_log(&self) -> PathBuf {
        self.paths.log("bench-worker")
    }
}

/// Measures and prints.
///
/// # Errors
/// Something cannot be built or started, or an answer was wrong. A missed aim is no error.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(Some(Path::new(".dispatch/bench")))?;
    let processes = Processes::new(&paths);
    Processes::end_leftovers(&paths).await;
    postgres::forget(&paths, CLUSTER)?;
    let mut stop = Stop::listen()?;
    let result = tokio::select! {
        result = run(&options, &paths, &processes) => result,
        () = stop.wait() => Err(anyhow::anyhow!("interrupted")),
    };
    processes.stop().await;
    postgres::forget(&paths, CLUSTER)?;
    let report = result?;
    println!("\n{report}");
    if options.record {
        report.record(&paths.root.join("docs/benchmarks.md"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn run(options: &Options, paths: &Paths, processes: &Processes) -> anyhow::Result<Report> {
    let size = if options.quick { QUICK } else { FULL };
    let size = Size { repetitions: options.repetitions.map_or(size.repetitions, usize::from), ..size };
    let steps = Steps::new(processes);
    let profile = options.profile.as_deref().unwrap_or(size.profile);
    let programs = steps.step("programs", programs(paths, processes, profile)).await?;
    let cluster = async {
        let cluster = postgres::start(paths, processes, CLUSTER, Durability::Kept, Which::AtHand).await?;
        let detail = format!("PostgreSQL {}, fsync on", cluster.version);
        Ok((cluster, detail))
    };
    let cluster = steps.step("database", cluster).await?;
    let mut report = Report::begin(paths, &size, profile, &cluster.version).await;
    let databases = Databases::new(cluster, paths.log("postgres"), programs.join("bench-worker")).await?;
    let pgbench = Pgbench::find(paths);
    if pgbench.is_none() {
        report.remark("No floor was measured: there is no pgbench (on Debian it comes with postgresql).");
    }
    let bench =
        Bench { paths: paths.clone(), processes: processes.clone(), size, programs, databases, pgbench };
    let wanted = |part| options.only.is_none_or(|only| only == part);
    if wanted(Part::Webhook) {
        steps.step("webhook", webhook::measure(&bench, &mut report)).await?;
    }
    if wanted(Part::Throughput) {
        steps.step("throughput", throughput::measure(&bench, &mut report)).await?;
    }
    if wanted(Part::Claim) {
        steps.step("claim", claim::measure(&bench, &mut report)).await?;
    }
    if wanted(Part::Board) {
        steps.step("board", board::measure(&bench, &mut report)).await?;
    }
    if wanted(Part::Startup) {
        steps.step("start-up", startup::measure(&bench, &mut report)).await?;
    }
    if wanted(Part::Github) {
        steps.step("GitHub", github::measure(&bench, options.quick, &mut report)).await?;
    }
    if let Some(url) = &options.stack {
        steps.step("stack", stack::measure(&bench, url, &mut report)).await?;
    }
    Ok(report)
}

/// Builds the functions and the measuring programs; returns the folder they are in.
async fn programs(paths: &Paths, processes: &Processes, profile: &str) -> anyhow::Result<(PathBuf, String)> {
    let mut metadata = build::cargo(paths);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&output(metadata).await?)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    let mut cargo = build::cargo(paths);
    cargo.args(["build", "--bins", "--profile", profile, "--package", "bench"]);
    for function in startup::FUNCTIONS {
        cargo.args(["--package", function]);
    }
    processes.run("build", cargo).await?;
    // Cargo's `dev` profile is the one whose folder has another name.
    let folder = Path::new(target).join(if profile == "dev" { "debug" } else { profile });
    Ok((folder, format!("profile {profile}")))
}

/// The median of what the repetitions gave.
///
/// # Errors
/// There was no repetition.
fn median(values: impl IntoIterator<Item = f64>) -> anyhow::Result<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.as_slice() {
        [] => bail!("nothing was measured"),
        _ if values.len().is_multiple_of(2) => Ok(f64::midpoint(values[middle - 1], values[middle])),
        _ => Ok(values[middle]),
    }
}
