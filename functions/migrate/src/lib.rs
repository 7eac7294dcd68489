//! Brings the schema up to date and seeds the tracked repositories once.
//!
//! Purpose: the one code path of every migration, for tests, for one machine and for a deploy. Safe to run at any time
//! and by several at once. On AWS it is a custom resource ([`handle`]) that the functions of a deployment wait for.

mod answer;
mod custom_resource;

use anyhow::Context;
use dispatch_domain::ids::RepoName;
use dispatch_runtime::Config;
use dispatch_store::repositories;
use dispatch_store::{Db, Who};
use serde::Serialize;

pub use custom_resource::{RESERVE, handle};

/// What was done.
#[derive(Debug, Serialize)]
pub struct Migrated {
    /// Names of the migrations that were applied now.
    pub applied: Vec<&'static str>,
    /// Repositories that were seeded now.
    pub seeded: usize,
}

/// Migrates, then seeds `GITHUB_REPOSITORIES` while no repository was ever tracked.
///
/// # Errors
/// When the database is away, a migration fails, or a seeded name is not `owner/name`; says which.
pub async fn migrate(config: &Config) -> anyhow::Result<Migrated> {
    let db = Db::new(&config.database()?)?;
    let applied = db.migrate().await.context("applying migrations")?;
    let names = config.seed_repositories()?;
    let names: Vec<RepoName> = names
        .iter()
        .map(|name| name.parse())
        .collect::<Result<_, _>>()
        .context("reading GITHUB_REPOSITORIES")?;
    let who = Who { kind: "clock", name: "migrate", correlation: "seed" };
    let seeded = repositories::seed(&db, &names, &who).await.context("seeding repositories")?;
    Ok(Migrated { applied, seeded })
}
