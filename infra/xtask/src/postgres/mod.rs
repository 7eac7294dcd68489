//! A private PostgreSQL cluster: made on first use, kept running by the supervisor, on the loopback address only.
//!
//! `up` keeps one between runs; `test` and `codegen` make one that is faster than durable and remove it afterwards.

use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use nix::sys::signal::Signal;
use tokio::process::Command;
use tokio::sync::Notify;

use self::binaries::Binaries;
use crate::paths::Paths;
use crate::ports;
use crate::process::{Processes, Service, Stage};

mod binaries;
pub(crate) mod pooler;

/// Name of the superuser of private clusters.
const ROLE: &str = "dispatch";

/// How much the cluster may lose in a crash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Durability {
    /// Nothing that was committed.
    Kept,
    /// Everything: for databases that are thrown away anyway.
    Throwaway,
}

/// Which of the PostgreSQLs that can be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Which {
    /// The system's, and npm's only where the system has none.
    AtHand,
    /// The newest of the system's and npm's.
    Newest,
}

/// A running cluster.
pub(crate) struct Cluster {
    record: Record,
    /// The server's version, for people.
    pub(crate) version: String,
}

impl Cluster {
    /// The URL of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        self.record.url(database)
    }

    /// The server's major version.
    pub(crate) fn major(&self) -> u32 {
        self.record.major
    }

    /// Creates a database unless it exists.
    ///
    /// # Errors
    /// The server refuses.
    pub(crate) async fn create_database(&self, name: &str) -> anyhow::Result<()> {
        let client = connect(&self.url("postgres")).await?;
        let exists = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await?;
        if exists.is_none() {
            client.batch_execute(&format!("CREATE DATABASE \"{name}\"")).await?;
        }
        Ok(())
    }
}

/// What is remembered of a cluster between runs.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Record {
    home: PathBuf,
    port: u16,
    password: String,
    major: u32,
}

impl Record {
    /// The URL of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        let Self { port, password, .. } = self;
        format!("postgresql://{ROLE}:{password}@127.0.0.1:{port}/{database}")
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn write(&self, file: &Path) -> anyhow::Result<()> {
        use std::io::Write as _;
        let mut out =
            std::fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(file)?;
        Ok(out.write_all(&serde_json::to_vec_pretty(self)?)?)
    }
}

/// Starts the cluster called `name` in this state folder, making it first when there is none.
///
/// # Errors
/// There are no programs, no unprivileged user to run them (as root), or the server does not come up.
pub(crate) async fn start(
    paths: &Paths,
    processes: &Processes,
    name: &str,
    durability: Durability,
    which: Which,
) -> anyhow::Result<Cluster> {
    let file = record_file(paths, name);
    let kept = recorded(paths, name).filter(|record| record.data().join("PG_VERSION").exists());
    let mut binaries =
        binaries::find(paths, processes, which, kept.as_ref().map(|record| record.major)).await?;
    let user = User::unprivileged()?;
    let mut record = match kept {
        Some(record) => record,
        None => {
            forget(paths, name)?;
            let home = make_home(paths, name, user.as_ref())?;
            Record { home, port: ports::free()?, password: crate::env::secret(), major: binaries.major }
        }
    };
    if std::net::TcpListener::bind(("127.0.0.1", record.port)).is_err() {
        record.port = ports::free()?;
    }
    record.write(&file)?;
    if let (true, Some(user)) = (binaries.embedded, &user) {
        binaries = readable_copy(binaries, &record.home, user)?;
    }
    if !record.data().join("PG_VERSION").exists() {
        init(processes, &binaries, &record, user.as_ref()).await?;
    }
    processes.supervise(service(name, binaries.clone(), &record, user, durability))?;
    wait_until_ready(&record.url("postgres"))
        .await
        .with_context(|| format!("PostgreSQL did not come up; see {}", paths.show(&paths.log("postgres"))))?;
    Ok(Cluster { record, version: binaries.version })
}

/// What is remembered of the cluster called `name`, running or not.
pub(crate) fn recorded(paths: &Paths, name: &str) -> Option<Record> {
    serde_json::from_slice(&std::fs::read(record_file(paths, name)).ok()?).ok()
}

/// Removes the cluster called `name`, which must not be running.
///
/// # Errors
/// Its folder cannot be removed.
pub(crate) fn forget(paths: &Paths, name: &str) -> anyhow::Result<()> {
    let file = record_file(paths, name);
    if !file.exists() {
        return Ok(());
    }
    if let Some(record) = recorded(paths, name) {
        match std::fs::remove_dir_all(&record.home) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", record.home.display()));
            }
            _ => {}
        }
    }
    std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))
}

/// Connects to a database and drives the connection in the background.
///
/// # Errors
/// The database cannot be reached. Errors name no password.
pub(crate) async fn connect(url: &str) -> anyhow::Result<tokio_postgres::Client> {
    let (client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.context("cannot connect to PostgreSQL")?;
    // Ends when the client is dropped; its error is the client's error too.
    tokio::spawn(connection);
    Ok(client)
}

fn record_file(paths: &Paths, name: &str) -> PathBuf {
    paths.state.join(format!("{name}.json"))
}

fn make_home(paths: &Paths, name: &str, user: Option<&User>) -> anyhow::Result<PathBuf> {
    // The unprivileged user that runs the server for root often cannot enter root's own folders.
    let home = match user {
        None => paths.state.join(name),
        Some(_) => PathBuf::from("/var/tmp").join(format!("dispatch-{}", uuid::Uuid::new_v4().simple())),
    };
    std::fs::create_dir(&home).with_context(|| format!("cannot create {}", home.display()))?;
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o700))?;
    if let Some(user) = user {
        user.give(&home)?;
    }
    Ok(home)
}

async fn init(
    processes: &Processes,
    binaries: &Binaries,
    record: &Record,
    user: Option<&User>,
) -> anyhow::Result<()> {
    // A failed attempt may have left a half-made folder.
    let _ = std::fs::remove_dir_all(record.data());
    let password_file = record.home.join("password");
    std::fs::write(&password_file, &record.password)?;
    std::fs::set_permissions(&password_file, std::fs::Permissions::from_mode(0o600))?;
    if let Some(user) = user {
        user.give(&password_file)?;
    }
    let mut initdb = binaries.command("initdb", user);
    // The password keeps other users of this machine out; it travels over the loopback address only, and tests open
    // many connections, so the server is not asked for a challenge that costs thousands of hashes.
    initdb.args([
        "--auth=password",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
        "--username",
        ROLE,
    ]);
    initdb.arg("--pgdata").arg(record.data()).arg("--pwfile").arg(&password_file).current_dir(&record.home);
    let result = processes.run("postgres", initdb).await;
    std::fs::remove_file(&password_file)?;
    result.context("cannot make a database cluster")
}

fn service(
    name: &str,
    binaries: Binaries,
    record: &Record,
    user: Option<User>,
    durability: Durability,
) -> Service {
    let record = record.clone();
    let command = move || {
        // Started directly and not by pg_ctl, so that its process is ours to watch and to stop.
        let mut command = binaries.command("postgres", user.as_ref());
        command.arg("-D").arg(record.data()).arg("-p").arg(record.port.to_string()).current_dir(&record.home);
        let mut settings = vec!["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC"];
        settings.extend(["log_timezone=UTC", "max_connections=200"]);
        if durability == Durability::Throwaway {
            settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }
        for setting in settings {
            command.arg("-c").arg(setting);
        }
        command
    };
    Service {
        name: name.to_owned(),
        log: "postgres".to_owned(),
        stage: Stage::Database,
        // "Fast shutdown": sessions are ended, the data is written.
        signal: Signal::SIGINT,
        command: Box::new(command),
        on_exit: Box::new(|_| {}),
        kill: Arc::new(Notify::new()),
    }
}

async fn wait_until_ready(url: &str) -> anyhow::Result<()> {
    // Recovery after a crash takes a while; an answer of any kind ends the wait.
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        match connect(url).await {
            Ok(client) => {
                client.simple_query("SELECT 1").await?;
                return Ok(());
            }
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Copies npm's programs to where the unprivileged user can read them.
fn readable_copy(binaries: Binaries, home: &Path, user: &User) -> anyhow::Result<Binaries> {
    let copy = home.join("pgsql");
    if !copy.join("bin/postgres").exists() {
        let native = binaries.bin.parent().unwrap_or(&binaries.bin);
        let status = std::process::Command::new("cp").arg("-a").arg(native).arg(&copy).status()?;
        if !status.success() {
            bail!("cannot copy {} to {}", native.display(), copy.display());
        }
        user.give(&copy)?;
    }
    Ok(Binaries { bin: copy.join("bin"), ..binaries })
}

/// Whom the server runs as when this program is root: PostgreSQL refuses to run as root.
#[derive(Clone, Debug)]
pub(crate) struct User {
    name: String,
    uid: u32,
    gid: u32,
}

impl User {
    /// None when this program is not root.
    fn unprivileged() -> anyhow::Result<Option<Self>> {
        if !nix::unistd::geteuid().is_root() {
            return Ok(None);
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = nix::unistd::User::from_name(name)? {
                return Ok(Some(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() }));
            }
        }
        bail!(
            "PostgreSQL does not run as root and there is neither a user postgres nor a user nobody; set DATABASE_URL"
        )
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.uid(self.uid).gid(self.gid).env("HOME", "/").env("USER", &self.name);
        command
    }

    fn give(&self, path: &Path) -> anyhow::Result<()> {
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
            .with_context(|| format!("cannot give {} to {}", path.display(), self.name))
    }
}
