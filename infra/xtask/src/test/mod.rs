//! `cargo xtask test`: everything CI checks, from a fresh clone, with a database of its own.
//!
//! A failed check does not stop the others; what needs it counts as failed too. The last line is the summary.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::process::Command;

use crate::paths::Paths;
use crate::postgres::{self, Cluster, Durability, Which};
use crate::process::Processes;
use crate::steps::Steps;
use crate::up::{Stop, build, python};
use crate::{ports, process};

mod stack;

const CLUSTER: &str = "postgres";
/// The second one, of the newest PostgreSQL.
const NEWEST: &str = "postgres-newest";
/// CI's time, from a cold start on two cores (CONTRIBUTING.md).
const BUDGET: Duration = Duration::from_secs(60 * 60);

/// What `cargo xtask test` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// Leave out what needs a browser or a running stack.
    #[arg(long)]
    quick: bool,
    /// Only what runs against the local stack.
    #[arg(long, conflicts_with = "quick")]
    stack: bool,
    /// A check that may be left out where it cannot run, by its name in the summary. Without this it counts as failed.
    #[arg(long, value_name = "NAME")]
    allow_not_run: Vec<String>,
}

/// Runs all checks and prints the summary line.
///
/// # Errors
/// The state folder cannot be used, or the run was interrupted; a failed check is no error here but an exit code.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(Some(Path::new(".dispatch/test")))?;
    let processes = Processes::new(&paths);
    Processes::end_leftovers(&paths).await;
    forget(&paths)?;
    let mut stop = Stop::listen()?;
    let started = Instant::now();
    let mut score = Score {
        steps: Steps::new(&processes),
        passed: 0,
        failed: 0,
        not_run: Vec::new(),
        allowed: options.allow_not_run.clone(),
    };
    let finished = tokio::select! {
        () = checks(&options, &paths, &processes, &mut score) => true,
        () = stop.wait() => false,
    };
    processes.stop().await;
    forget(&paths)?;
    if !finished {
        bail!("interrupted");
    }
    if started.elapsed() > BUDGET {
        println!("  FAIL  time: {} s are more than CI's {} s", started.elapsed().as_secs(), BUDGET.as_secs());
        score.failed += 1;
    }
    let not_run: String = score.not_run.iter().map(|title| format!(", {title}: NOT RUN")).collect();
    println!("\ndispatch: {} passed, {} failed{not_run}", score.passed, score.failed);
    Ok(if score.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn forget(paths: &Paths) -> anyhow::Result<()> {
    postgres::forget(paths, CLUSTER)?;
    postgres::forget(paths, NEWEST)
}

struct Score {
    steps: Steps,
    passed: u32,
    failed: u32,
    not_run: Vec<&'static str>,
    /// What may be left out.
    allowed: Vec<String>,
}

impl Score {
    /// Runs one check; None when it failed.
    async fn check<T>(
        &mut self,
        title: &str,
        work: impl Future<Output = anyhow::Result<(T, String)>>,
    ) -> Option<T> {
        match self.steps.step(title, work).await {
            Ok(value) => {
                self.passed += 1;
                Some(value)
            }
            Err(error) => {
                self.failed += 1;
                eprintln!("{error:#}\n");
                None
            }
        }
    }

    /// Notes a check that this machine cannot run: a failure, unless it was allowed by name.
    fn not_run(&mut self, title: &'static str, reason: &anyhow::Error) {
        let allowed = self.allowed.iter().any(|name| name == title);
        self.failed += u32::from(!allowed);
        self.not_run.push(title);
        println!("  NOT RUN  {title}: {reason:#}");
        if !allowed {
            println!("        where it cannot run: cargo xtask test --allow-not-run '{title}'");
        }
    }

    /// Counts a check as failed because another one it needs has failed.
    fn cannot(&mut self, title: &str, needs: &str) {
        self.failed += 1;
        println!("  FAIL  {title:<22} not run: it needs {needs}");
    }
}

async fn checks(options: &Options, paths: &Paths, processes: &Processes, score: &mut Score) {
    if options.stack {
        return stack::checks(score).await;
    }
    let run = |log: &'static str, command: Command| async move {
        processes.run(log, command).await.map(|()| ((), String::new()))
    };
    let cargo = |arguments: &[&str]| {
        let mut command = build::cargo(paths);
        command.args(arguments);
        command
    };
    score.check("format", run("format", cargo(&["fmt", "--all", "--check"]))).await;
    let strict = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    score.check("clippy", run("clippy", cargo(&strict))).await;
    match database(paths, processes, score).await {
        None => ["tests", "tests on the newest", "suite behind PgBouncer", "doc tests"]
            .iter()
            .for_each(|title| score.cannot(title, "the database")),
        Some(cluster) => {
            let url = cluster.url("postgres");
            score.check("tests", tests(paths, processes, &url)).await;
            score.check("tests on the newest", tests_on_the_newest(paths, processes, &cluster)).await;
            score.check("suite behind PgBouncer", behind_pooler(paths, processes, &cluster)).await;
            let mut doc = cargo(&["test", "--doc", "--locked"]);
            doc.args(APART_FROM_XTASK);
            doc.env("DATABASE_URL", &url);
            score.check("doc tests", run("doc-tests", doc)).await;
        }
    }
    score.check("generated files", run("codegen", codegen())).await;
    score.check("templates", templates(paths, processes)).await;
    board(options, paths, processes, score).await;
}

async fn database(paths: &Paths, processes: &Processes, score: &mut Score) -> Option<Cluster> {
    let start = async {
        let cluster =
            postgres::start(paths, processes, CLUSTER, Durability::Throwaway, Which::AtHand).await?;
        let detail = format!("PostgreSQL {}", cluster.version);
        Ok((cluster, detail))
    };
    score.check("database", start).await
}

/// What talks to a database, on the newest PostgreSQL too.
async fn tests_on_the_newest(
    paths: &Paths,
    processes: &Processes,
    known: &Cluster,
) -> anyhow::Result<((), String)> {
    let newest = postgres::start(paths, processes, NEWEST, Durability::Throwaway, Which::Newest).await?;
    if newest.major() == known.major() {
        return Ok(((), format!("PostgreSQL {} is the newest", known.version)));
    }
    let mut command = suite(paths).await;
    command.env("DATABASE_URL", newest.url("postgres"));
    processes.run("tests-newest", command).await?;
    Ok(((), format!("PostgreSQL {}", newest.version)))
}

/// The whole suite once more, its functions behind a transaction pooler.
async fn behind_pooler(
    paths: &Paths,
    processes: &Processes,
    cluster: &Cluster,
) -> anyhow::Result<((), String)> {
    let (address, version) = postgres::pooler::start(processes, cluster).await?;
    let mut command = suite(paths).await;
    command.env("DATABASE_URL", cluster.url("postgres")).env("TEST_POOLER", address);
    processes.run("tests-pooler", command).await?;
    Ok(((), version))
}

/// Runs everything that talks to a database.
async fn suite(paths: &Paths) -> Command {
    // The same selection of packages as before, so that nothing is built again.
    let mut command = build::cargo(paths);
    if has_nextest(paths).await {
        command.args(["nextest", "run", "--no-fail-fast", "--filterset", "package(tests)"]);
        command.args(APART_FROM_XTASK);
    } else {
        command.args(["test", "--no-fail-fast", "--package", "tests", "--tests"]);
    }
    command.arg("--locked");
    command
}

async fn has_nextest(paths: &Paths) -> bool {
    let mut version = build::cargo(paths);
    version.args(["nextest", "--version"]);
    process::output(version).await.is_ok()
}

/// Through nextest where it is installed, else through cargo's own runner.
///
/// This crate is tested apart: its HTTP client speaks TLS and wants a provider installed first, and a build of several
/// packages gives that client to all of them.
async fn tests(paths: &Paths, processes: &Processes, url: &str) -> anyhow::Result<((), String)> {
    let nextest = has_nextest(paths).await;
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--lib", "--bins", "--tests"] };
    for (log, packages) in [("tests", &APART_FROM_XTASK[..]), ("tests-xtask", &["--package", "xtask"])] {
        let mut command = build::cargo(paths);
        command.args(runner).args(packages).args(["--locked", "--no-fail-fast"]).env("DATABASE_URL", url);
        processes.run(log, command).await?;
    }
    Ok(((), if nextest { "cargo nextest" } else { "cargo test" }.to_owned()))
}

/// Whether AWS's own tools find anything wrong with template.yaml and its parts.
async fn templates(paths: &Paths, processes: &Processes) -> anyhow::Result<((), String)> {
    let (bin, versions) = python::SAM.install(paths, processes).await?;
    let mut sam = Command::new(bin.join("sam"));
    sam.args(["validate", "--lint", "--region", "eu-central-1"]).env("SAM_CLI_TELEMETRY", "0");
    let mut lint = Command::new(bin.join("cfn-lint"));
    lint.args(["template.yaml", "infra/*.yaml"]);
    for mut command in [sam, lint] {
        command.current_dir(&paths.root);
        processes.run("templates", command).await?;
    }
    Ok(((), versions))
}

const APART_FROM_XTASK: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// This program itself, so that its working folder and its database are its own.
fn codegen() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("xtask")));
    command.args(["codegen", "--check"]);
    command
}

async fn board(options: &Options, paths: &Paths, processes: &Processes, score: &mut Score) {
    let source = paths.root.join("static-ui");
    let script = |name: &'static str, variables: Vec<(&'static str, String)>| {
        let mut npm = build::npm(&source);
        npm.args(["run", "--silent", name]).envs(variables);
        async move { processes.run(name, npm).await.map(|()| ((), format!("npm run {name}"))) }
    };
    let packages = async {
        build::prerequisites().await?;
        build::packages(paths, processes).await.map(|_| ((), "npm ci".to_owned()))
    };
    if score.check("board packages", packages).await.is_none() {
        for title in ["board check", "board tests", "board build"] {
            score.cannot(title, "the board's packages");
        }
        return;
    }
    score.check("board check", script("check", Vec::new())).await;
    score.check("board tests", script("test", Vec::new())).await;
    if score.check("board build", script("build", Vec::new())).await.is_none() {
        for title in ["board size", "board in a browser", "stack"] {
            score.cannot(title, "the built board");
        }
        return;
    }
    score.check("board size", script("size", Vec::new())).await;
    if options.quick {
        return;
    }
    let browser = async {
        let port = ports::free()?.to_string();
        script("e2e", vec![("CHROMIUM", chromium()?), ("TOY_PORT", port)]).await
    };
    score.check("board in a browser", browser).await;
    stack::checks(score).await;
}

/// The browser: `CHROMIUM`, or one of the names it is installed under.
///
/// # Errors
/// There is none.
pub(crate) fn chromium() -> anyhow::Result<String> {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return Ok(path);
    }
    let folders: Vec<PathBuf> = std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = found.into_iter().find(|path| path.exists());
    let path = found.context("no Chromium: apt install chromium, or name one in the variable CHROMIUM")?;
    Ok(path.to_string_lossy().into_owned())
}
