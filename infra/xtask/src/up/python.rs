//! The tools from PyPI: a private virtual environment with cargo-lambda and a local SQS.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use tokio::process::Command;

use crate::paths::Paths;
use crate::process::{Processes, output};

/// Every package and version; the environment is made anew when this text changes.
const REQUIREMENTS: &str = include_str!("../../requirements.txt");

/// Where the tools are.
pub(crate) struct Tools {
    /// The environment's Python.
    pub(crate) python: PathBuf,
    /// The `cargo-lambda` program.
    pub(crate) cargo_lambda: PathBuf,
}

impl Tools {
    /// The places the tools have once [`install`] has run.
    pub(crate) fn at(paths: &Paths) -> Self {
        let bin = paths.tools.join("venv/bin");
        Self { python: bin.join("python"), cargo_lambda: bin.join("cargo-lambda") }
    }
}

/// Makes the virtual environment, unless it is there and current.
///
/// # Errors
/// Python has no `venv`, or a package cannot be installed.
pub(crate) async fn install(paths: &Paths, processes: &Processes) -> anyhow::Result<(Tools, String)> {
    let folder = paths.tools.join("venv");
    let mark = folder.join("installed.txt");
    let tools = Tools::at(paths);
    let versions = || {
        let pinned =
            |name: &str| REQUIREMENTS.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        format!("{}, {}", pinned("cargo-lambda=="), pinned("moto==")).replace("==", " ")
    };
    // The interpreter is asked too: a system upgrade can take it away from under the environment.
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == REQUIREMENTS) {
        let mut python = Command::new(&tools.python);
        python.arg("--version");
        if output(python).await.is_ok() {
            return Ok((tools, versions()));
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(&folder);
    if let Err(error) = processes.run("python", venv).await {
        let _ = std::fs::remove_dir_all(&folder);
        bail!(
            "Python's venv module does not work; on Debian and Ubuntu: apt install python3-venv\n{error:#}"
        );
    }
    let requirements = paths.tools.join("requirements.txt");
    std::fs::write(&requirements, REQUIREMENTS)?;
    let mut pip = Command::new(&tools.python);
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "-r"]);
    pip.arg(&requirements);
    processes.run("python", pip).await.context("cannot install cargo-lambda and moto from PyPI")?;
    std::fs::write(&mark, REQUIREMENTS)?;
    Ok((tools, versions()))
}
