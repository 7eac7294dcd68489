//! `cargo xtask codegen`: writes what is generated, or checks that it is current.
//!
//! In this order, because the later parts run programs that are built from the earlier ones: the typed SQL, the
//! API's document, the board's types, README's configuration table, the migrations' hash in template.yaml.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::paths::Paths;
use crate::process::{Processes, verbatim_output};
use crate::steps::Steps;
use crate::up::build;

mod parameters;
mod sql;

pub(crate) use sql::migrations;

/// What `cargo xtask codegen` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// Write nothing; fail when something is not current.
    #[arg(long)]
    check: bool,
    /// Only the typed SQL, which the other parts need in order to be built.
    #[arg(long)]
    sql: bool,
}

/// What to do with a generated text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Write,
    Check,
}

/// Generates everything, or what was asked for.
///
/// # Errors
/// A part cannot be generated, or (`--check`) is not current.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(Some(Path::new(".dispatch/codegen")))?;
    let processes = Processes::new(&paths);
    let mut stop = crate::up::Stop::listen()?;
    let result = tokio::select! {
        result = run(&options, &paths, &processes) => result,
        () = stop.wait() => Err(anyhow::anyhow!("interrupted")),
    };
    processes.stop().await;
    sql::forget_database(&paths)?;
    let stale = result?;
    if !stale.is_empty() {
        let list: String = stale.iter().map(|file| format!("\n  {}", paths.show(file))).collect();
        bail!("not current; run `cargo xtask codegen` and commit what it changes:{list}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the files that are not current.
async fn run(options: &Options, paths: &Paths, processes: &Processes) -> anyhow::Result<Vec<PathBuf>> {
    Processes::end_leftovers(paths).await;
    let mode = if options.check { Mode::Check } else { Mode::Write };
    let steps = Steps::new(processes);
    let mut stale = steps.step("typed SQL", sql::generate(paths, processes, mode)).await?;
    if options.sql {
        return Ok(stale);
    }
    stale.extend(steps.step("API document", api_document(paths, processes, mode)).await?);
    stale.extend(steps.step("board types", board_types(paths, processes, mode)).await?);
    stale.extend(steps.step("configuration table", configuration_table(paths, mode)).await?);
    stale.extend(steps.step("migrations' hash", migrations_hash(paths, mode)).await?);
    Ok(stale)
}

async fn api_document(
    paths: &Paths,
    processes: &Processes,
    mode: Mode,
) -> anyhow::Result<(Vec<PathBuf>, String)> {
    let mut build = build::cargo(paths);
    build.args(["build", "--package", "api", "--bin", "api"]);
    processes.run("codegen", build).await?;
    let document = ask_api(paths, "--openapi").await?;
    settle(&paths.root.join("functions/api/openapi.json"), &document, mode)
}

async fn ask_api(paths: &Paths, flag: &str) -> anyhow::Result<String> {
    let mut api = build::cargo(paths);
    api.args(["run", "--quiet", "--package", "api", "--bin", "api", "--", flag]);
    verbatim_output(api).await
}

/// `npm run api` in static-ui, which writes the types from the API's document.
async fn board_types(
    paths: &Paths,
    processes: &Processes,
    mode: Mode,
) -> anyhow::Result<(Vec<PathBuf>, String)> {
    let source = paths.root.join("static-ui");
    build::packages(paths, processes).await?;
    let mut npm = build::npm(&source);
    npm.args(["run", "--silent", "api"]);
    match mode {
        Mode::Write => {
            processes.run("codegen", npm).await?;
            Ok((Vec::new(), "npm run api".to_owned()))
        }
        Mode::Check => {
            npm.args(["--", "--check"]);
            let current = processes.run("codegen", npm).await.is_ok();
            let stale = if current { Vec::new() } else { vec![source.join("src")] };
            Ok((stale, "npm run api -- --check".to_owned()))
        }
    }
}

async fn configuration_table(paths: &Paths, mode: Mode) -> anyhow::Result<(Vec<PathBuf>, String)> {
    const BEGIN: &str = "<!-- config:begin -->";
    const END: &str = "<!-- config:end -->";
    let file = paths.root.join("README.md");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let Some((before, (_, after))) =
        text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)))
    else {
        bail!("README.md must have the marks {BEGIN} and {END} around the configuration table");
    };
    let table = ask_api(paths, "--config-table").await?;
    settle(&file, &format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", table.trim()), mode)
}

/// The custom resource of template.yaml runs again when this changes.
async fn migrations_hash(paths: &Paths, mode: Mode) -> anyhow::Result<(Vec<PathBuf>, String)> {
    const BEFORE: &str = "      Migrations: ";
    let file = paths.root.join(tidy::template::TEMPLATE);
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let Some((before, (_, after))) =
        text.split_once(BEFORE).and_then(|(before, rest)| Some((before, rest.split_once('\n')?)))
    else {
        bail!("{} must have a line that begins with {BEFORE:?}", paths.show(&file));
    };
    settle(&file, &format!("{before}{BEFORE}{}\n{after}", tidy::template::migrations_hash()), mode)
}

/// Writes a generated text, or says that the file differs from it.
fn settle(file: &Path, text: &str, mode: Mode) -> anyhow::Result<(Vec<PathBuf>, String)> {
    if std::fs::read_to_string(file).is_ok_and(|current| current == text) {
        return Ok((Vec::new(), "current".to_owned()));
    }
    match mode {
        Mode::Check => Ok((vec![file.to_owned()], "not current".to_owned())),
        Mode::Write => {
            std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
            Ok((Vec::new(), "written".to_owned()))
        }
    }
}
