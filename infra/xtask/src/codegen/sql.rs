//! The typed SQL: Clorinde over `shared/store/queries` on a freshly migrated database, plus the parameter types of
//! every statement. shared/store/CODEGEN.md describes the parts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tokio::process::Command;

use super::{Mode, parameters, settle};
use crate::paths::Paths;
use crate::postgres::{self, Cluster, Durability, Which};
use crate::process::Processes;

const CLUSTER: &str = "postgres";
const DATABASE: &str = "codegen";

/// Generates the crate beside the committed one and settles each file that differs.
///
/// # Errors
/// A migration or a statement fails on the database.
pub(super) async fn generate(
    paths: &Paths,
    processes: &Processes,
    mode: Mode,
) -> anyhow::Result<(Vec<PathBuf>, String)> {
    forget_database(paths)?;
    let cluster = postgres::start(paths, processes, CLUSTER, Durability::Throwaway, Which::AtHand).await?;
    let client = migrated(paths, &cluster).await?;
    let store = paths.root.join("shared/store");
    let fresh = paths.state.join("generated");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    let client = run_clorinde(&store, &fresh, client).await?;
    let statements = parameters::write(&fresh.join("src"), &client).await?;
    format(paths, &fresh).await?;
    let stale = settle_all(&fresh, &store.join("generated"), mode)?;
    let state = match (mode, stale.len()) {
        (Mode::Check, 0) => "current".to_owned(),
        (Mode::Check, files) => format!("{files} files not current"),
        (Mode::Write, _) => "written".to_owned(),
    };
    Ok((stale, format!("{statements} statements, {state}")))
}

/// Removes the throw-away cluster, which must have been stopped.
///
/// # Errors
/// Its folder cannot be removed.
pub(super) fn forget_database(paths: &Paths) -> anyhow::Result<()> {
    postgres::forget(paths, CLUSTER)
}

/// Applies `migrations/` in order. Not through the store's own runner: that crate is built from what is generated
/// here, and could not be built after a change of a query.
async fn migrated(paths: &Paths, cluster: &Cluster) -> anyhow::Result<tokio_postgres::Client> {
    cluster.create_database(DATABASE).await?;
    let client = postgres::connect(&cluster.url(DATABASE)).await?;
    for name in migrations(paths)? {
        let file = paths.root.join("migrations").join(format!("{name}.sql"));
        let sql = std::fs::read_to_string(&file)?;
        client.batch_execute(&sql).await.map_err(|error| {
            let detail = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
            anyhow::anyhow!("{} fails: {detail}", paths.show(&file))
        })?;
    }
    Ok(client)
}

/// The names of the migrations of this checkout, oldest first.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn migrations(paths: &Paths) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(paths.root.join("migrations"))? {
        let name = entry?.file_name();
        names.extend(name.to_string_lossy().strip_suffix(".sql").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

async fn run_clorinde(
    store: &Path,
    fresh: &Path,
    client: tokio_postgres::Client,
) -> anyhow::Result<tokio_postgres::Client> {
    // The configuration names its files relative to its own folder, and Clorinde reads them relative to ours.
    std::env::set_current_dir(store)?;
    let mut config =
        clorinde::config::Config::from_file("clorinde.toml").context("shared/store/clorinde.toml")?;
    fresh.clone_into(&mut config.destination);
    let generated = tokio::task::spawn_blocking(move || {
        clorinde::gen_live(&client, config).map(|()| client).map_err(clorinde::Error::report)
    });
    generated.await?.map_err(|report| anyhow::anyhow!("Clorinde refuses a query:\n{report}"))
}

async fn format(paths: &Paths, fresh: &Path) -> anyhow::Result<()> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config-path"]).arg(&paths.root).arg(fresh.join("src/lib.rs"));
    crate::process::output(rustfmt).await.map(drop)
}

/// Settles file by file, so that an unchanged file keeps its time and nothing is built again because of it.
fn settle_all(fresh: &Path, committed: &Path, mode: Mode) -> anyhow::Result<Vec<PathBuf>> {
    let (new, old) = (files(fresh)?, files(committed)?);
    let mut stale = Vec::new();
    for file in &new {
        let text = std::fs::read_to_string(fresh.join(file))?;
        let target = committed.join(file);
        if let (Mode::Write, Some(folder)) = (mode, target.parent()) {
            std::fs::create_dir_all(folder)?;
        }
        stale.extend(settle(&target, &text, mode)?.0);
    }
    for file in old.difference(&new) {
        match mode {
            Mode::Check => stale.push(committed.join(file)),
            Mode::Write => std::fs::remove_file(committed.join(file))?,
        }
    }
    Ok(stale)
}

fn files(folder: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        if !next.is_dir() {
            bail!("{} is no folder", next.display());
        }
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    Ok(files)
}
