//! Builds: the functions and the simulator in one cargo call, and the board when its inputs changed.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use crate::paths::Paths;
use crate::process::{Processes, output};

/// The programs of the local stack; each package has one program of its own name.
const PACKAGES: [&str; 7] =
    ["api", "github-webhook", "github-writer", "scheduled-sync", "migrate", "github-sim", "reference-agent"];

/// `cargo`, the one that runs us.
pub(crate) fn cargo(paths: &Paths) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&paths.root);
    command
}

/// Builds the programs and returns the folder they are in.
///
/// # Errors
/// The build fails: the message carries the end of cargo's output.
pub(crate) async fn programs(
    paths: &Paths,
    processes: &Processes,
    profile: &str,
) -> anyhow::Result<(PathBuf, String)> {
    let mut metadata = cargo(paths);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&output(metadata).await?)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    let mut build = cargo(paths);
    build.args(["build", "--bins", "--profile", profile]);
    for package in PACKAGES {
        build.args(["--package", package]);
    }
    processes.run("build", build).await?;
    // Cargo's `dev` profile is the one whose folder has another name.
    let folder = Path::new(target).join(if profile == "dev" { "debug" } else { profile });
    Ok((folder, format!("profile {profile}, {} programs", PACKAGES.len())))
}

/// Installs the board's packages and builds it, each only when what it depends on changed.
/// Returns the folder of static files.
///
/// # Errors
/// npm fails: the message carries the end of its output.
pub(crate) async fn board(paths: &Paths, processes: &Processes) -> anyhow::Result<(PathBuf, String)> {
    let source = paths.root.join("static-ui");
    let built = source.join("dist");
    let installed = packages(paths, processes).await?;
    let mark = source.join("node_modules/.dispatch-built");
    let hash = hash(&source, &built_from(&source)?)?;
    if built.join("index.html").exists() && std::fs::read_to_string(&mark).is_ok_and(|mark| mark == hash) {
        return Ok((built, "unchanged".to_owned()));
    }
    let mut build = npm(&source);
    build.args(["run", "build"]);
    processes.run("board-build", build).await?;
    std::fs::write(&mark, hash)?;
    Ok((built, if installed { "packages installed, built" } else { "built" }.to_owned()))
}

/// `npm ci` in static-ui, when package-lock.json is not the one that was installed last; says whether it ran.
///
/// # Errors
/// npm fails: the message carries the end of its output.
pub(crate) async fn packages(paths: &Paths, processes: &Processes) -> anyhow::Result<bool> {
    let source = paths.root.join("static-ui");
    let mark = source.join("node_modules/.dispatch-installed");
    let hash = hash(&source, &["package-lock.json".into(), "package.json".into()])?;
    if std::fs::read_to_string(&mark).is_ok_and(|mark| mark == hash) {
        return Ok(false);
    }
    let mut install = npm(&source);
    install.args(["ci", "--no-audit", "--no-fund"]);
    processes.run("board-install", install).await?;
    std::fs::write(&mark, hash)?;
    Ok(true)
}

/// `npm` in the board's folder.
pub(crate) fn npm(source: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(source);
    command
}

/// Everything in static-ui that the built files can depend on.
fn built_from(source: &Path) -> anyhow::Result<Vec<PathBuf>> {
    const NOT_INPUT: [&str; 6] = ["node_modules", "dist", "e2e", "test", "test-results", "playwright-report"];
    let mut files = Vec::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            let relative = path.strip_prefix(source)?.to_owned();
            if NOT_INPUT.iter().any(|name| relative.starts_with(name)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(relative);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn hash(source: &Path, files: &[PathBuf]) -> anyhow::Result<String> {
    let mut hasher = Sha256::new();
    for file in files {
        let path = source.join(file);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hasher.update(file.as_os_str().as_encoded_bytes());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Checks the programs that cannot be installed from here.
///
/// # Errors
/// One is missing or too old: the sentence says how to get it.
pub(crate) async fn prerequisites() -> anyhow::Result<((), String)> {
    let python =
        version("python3", &["--version"], "python3 is missing; install Python 3.10 or newer").await?;
    let node = version("node", &["--version"], "node is missing; install Node 20.19 or newer").await?;
    let npm = version("npm", &["--version"], "npm is missing; it comes with Node").await?;
    require("Python", &python, (3, 10))?;
    require("Node", &node, (20, 19))?;
    Ok(((), format!("python {python}, node {node}, npm {npm}")))
}

async fn version(program: &str, arguments: &[&str], missing: &'static str) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    command.args(arguments);
    let text = output(command).await.context(missing)?;
    let last = text.split_whitespace().last().unwrap_or_default();
    Ok(last.trim_start_matches('v').to_owned())
}

fn require(what: &str, version: &str, minimum: (u32, u32)) -> anyhow::Result<()> {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < minimum {
        bail!("{what} {version} is too old; install {what} {}.{} or newer", minimum.0, minimum.1);
    }
    Ok(())
}
