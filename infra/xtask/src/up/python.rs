//! The tools from PyPI, each set in a private virtual environment of its own.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use tokio::process::Command;

use crate::paths::Paths;
use crate::process::{Processes, output};

/// A set of tools.
pub(crate) struct Environment {
    /// The folder in `.dispatch`.
    folder: &'static str,
    /// Every package and version; the environment is made anew when this text changes.
    requirements: &'static str,
    /// The packages a person may have heard of.
    known: &'static [&'static str],
}

/// cargo-lambda, and a local SQS.
pub(crate) const LOCAL: Environment = Environment {
    folder: "venv",
    requirements: include_str!("../../requirements/local.txt"),
    known: &["cargo-lambda", "moto"],
};

/// The SAM CLI and its linter.
pub(crate) const SAM: Environment = Environment {
    folder: "sam",
    requirements: include_str!("../../requirements/sam.txt"),
    known: &["aws-sam-cli", "cfn-lint"],
};

/// What a deployment needs besides: cargo-lambda with zig, which builds for either architecture from any machine, and
/// AWS's CLI.
pub(crate) const DEPLOY: Environment = Environment {
    folder: "deploy",
    requirements: include_str!("../../requirements/deploy.txt"),
    known: &["cargo-lambda", "ziglang", "awscli"],
};

/// The official MCP client, for tests.
pub(crate) const MCP: Environment =
    Environment { folder: "mcp", requirements: include_str!("../../requirements/mcp.txt"), known: &["mcp"] };

impl Environment {
    /// The folder its programs are in once [`Environment::install`] has run.
    pub(crate) fn bin(&self, paths: &Paths) -> PathBuf {
        paths.tools.join(self.folder).join("bin")
    }

    /// Makes the environment, unless it is there and current.
    ///
    /// # Errors
    /// Python has no `venv`, or a package cannot be installed.
    pub(crate) async fn install(
        &self,
        paths: &Paths,
        processes: &Processes,
    ) -> anyhow::Result<(PathBuf, String)> {
        let folder = paths.tools.join(self.folder);
        let mark = folder.join("installed.txt");
        let bin = self.bin(paths);
        // The interpreter is asked too: a system upgrade can take it away from under the environment.
        if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == self.requirements) {
            let mut python = Command::new(bin.join("python"));
            python.arg("--version");
            if output(python).await.is_ok() {
                return Ok((bin, self.versions()));
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
        let requirements = folder.join("requirements.txt");
        std::fs::write(&requirements, self.requirements)?;
        let mut pip = Command::new(bin.join("python"));
        pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "-r"]);
        pip.arg(&requirements);
        let failed = || format!("cannot install {} from PyPI", self.known.join(" and "));
        processes.run("python", pip).await.with_context(failed)?;
        std::fs::write(&mark, self.requirements)?;
        Ok((bin, self.versions()))
    }

    fn versions(&self) -> String {
        let pinned = |name: &&str| {
            let line = self.requirements.lines().find(|line| line.starts_with(&format!("{name}==")));
            line.unwrap_or(name).replace("==", " ")
        };
        self.known.iter().map(pinned).collect::<Vec<_>>().join(", ")
    }
}
