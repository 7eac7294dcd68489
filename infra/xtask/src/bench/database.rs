//! The databases of the benchmark: a filled one per part, and a fresh copy of it for every run.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tokio::process::Command;
use tokio_postgres::Client;

use super::journey::Journey;
use crate::postgres::{Cluster, connect};
use crate::process::output;

/// The copy that a run works on.
pub(super) const COPY: &str = "bench_run";

/// The benchmark's private cluster.
pub(super) struct Databases {
    cluster: Cluster,
    admin: Client,
    /// The server's log.
    log: PathBuf,
    worker: PathBuf,
}

impl Databases {
    /// Connects to the cluster.
    ///
    /// # Errors
    /// It cannot be reached.
    pub(super) async fn new(cluster: Cluster, log: PathBuf, worker: PathBuf) -> anyhow::Result<Self> {
        let admin = connect(&cluster.url("postgres")).await?;
        Ok(Self { cluster, admin, log, worker })
    }

    /// The URL of a database.
    pub(super) fn url(&self, name: &str) -> String {
        self.cluster.url(name)
    }

    /// Makes a migrated database that tracks `dispatch-bench/bench-0` and so on.
    ///
    /// # Errors
    /// The server refuses, or a migration fails.
    pub(super) async fn create(&self, name: &str, repositories: u64) -> anyhow::Result<()> {
        self.drop(name).await?;
        self.cluster.create_database(name).await?;
        let tracked: Vec<String> =
            (0..repositories).map(|number| format!("dispatch-bench/bench-{number}")).collect();
        let mut migrate = Command::new(&self.worker);
        migrate.arg("migrate").env("DATABASE_URL", self.url(name));
        migrate.env("GITHUB_REPOSITORIES", tracked.join(","));
        output(migrate).await?;
        Ok(())
    }

    /// What autovacuum would have done by itself some time after a database was filled.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) async fn settle(&self, name: &str) -> anyhow::Result<()> {
        Ok(connect(&self.url(name)).await?.batch_execute("vacuum (analyze)").await?)
    }

    /// A fresh copy of a database, written to disk; returns its URL. Nobody may be connected to either.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) async fn copy(&self, template: &str) -> anyhow::Result<String> {
        self.drop(COPY).await?;
        self.admin.batch_execute(&format!("create database {COPY} template {template}")).await?;
        self.admin.batch_execute("checkpoint").await?;
        Ok(self.url(COPY))
    }

    async fn drop(&self, name: &str) -> anyhow::Result<()> {
        Ok(self.admin.batch_execute(&format!("drop database if exists {name} with (force)")).await?)
    }

    /// Has the server log every statement that later connections send to a database.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) async fn log_statements(&self, name: &str) -> anyhow::Result<()> {
        Ok(self.admin.batch_execute(&format!("alter database {name} set log_statement = 'all'")).await?)
    }

    /// How long the server's log is now.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn log_end(&self) -> anyhow::Result<u64> {
        Ok(std::fs::metadata(&self.log)?.len())
    }

    /// What was sent since the log was that long.
    ///
    /// # Errors
    /// The log is not understood, or nothing was sent.
    pub(super) fn journey_since(&self, offset: u64) -> anyhow::Result<Journey> {
        let journey = Journey::read(&self.log, offset)?;
        if journey.statements.is_empty() {
            bail!("the server logged no statement in {}", self.log.display());
        }
        Ok(journey)
    }

    /// A query of one row of numbers.
    ///
    /// # Errors
    /// The server refuses, or there is no row.
    pub(super) async fn numbers(&self, name: &str, sql: &str) -> anyhow::Result<Vec<i64>> {
        let row =
            connect(&self.url(name)).await?.query_one(sql, &[]).await.context("checking the database")?;
        (0..row.len()).map(|column| Ok(row.try_get(column)?)).collect()
    }

    /// Runs statements that answer nothing.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) async fn execute(&self, name: &str, sql: &str) -> anyhow::Result<()> {
        Ok(connect(&self.url(name)).await?.batch_execute(sql).await?)
    }

    /// Where the measuring program is.
    pub(super) fn worker(&self) -> &Path {
        &self.worker
    }
}
