//! PgBouncer in transaction mode in front of a private cluster: each transaction may get another session.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use nix::sys::signal::Signal;
use tokio::process::Command;

use super::{Cluster, ROLE, User};
use crate::ports;
use crate::process::{Processes, Service, Stage, output};

/// Starts it on a free port of the loopback address, and returns where it listens.
///
/// # Errors
/// It is not installed, or does not come up.
pub(crate) async fn start(processes: &Processes, cluster: &Cluster) -> anyhow::Result<(String, String)> {
    let program = find()?;
    let mut version = Command::new(&program);
    version.arg("--version");
    let version = output(version).await?.lines().next().unwrap_or_default().to_owned();
    let (port, record) = (ports::free()?, &cluster.record);
    let user = User::unprivileged()?;
    let file = record.home.join("pgbouncer.ini");
    // Who asks is not asked: the address is this machine's, and the cluster is thrown away.
    let settings = format!(
        "[databases]\n* = host=127.0.0.1 port={} user={ROLE} password={}\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n\
         auth_type = any\npool_mode = transaction\nmax_client_conn = 2000\ndefault_pool_size = 40\n\
         server_idle_timeout = 5\nserver_reset_query_always = 0\n",
        record.port, record.password
    );
    std::fs::write(&file, settings)?;
    if let Some(user) = &user {
        user.give(&file)?;
    }
    processes.supervise(Service {
        name: "pgbouncer".to_owned(),
        log: "pgbouncer".to_owned(),
        stage: Stage::Emulators,
        signal: Signal::SIGINT,
        command: Box::new(move || {
            let mut command =
                user.as_ref().map_or_else(|| Command::new(&program), |user| user.command(&program));
            command.arg(&file);
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })?;
    let address = format!("127.0.0.1:{port}");
    let deadline = Instant::now() + Duration::from_secs(20);
    while super::connect(&format!("postgresql://{ROLE}@{address}/postgres")).await.is_err() {
        if Instant::now() > deadline {
            bail!("PgBouncer does not come up; see the log pgbouncer");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok((address, version))
}

fn find() -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH");
    let folders = path.iter().flat_map(std::env::split_paths).chain([PathBuf::from("/usr/sbin")]);
    let mut programs = folders.map(|folder| folder.join("pgbouncer"));
    programs
        .find(|program| program.exists())
        .context("no PgBouncer; on Debian and Ubuntu: apt install pgbouncer")
}
