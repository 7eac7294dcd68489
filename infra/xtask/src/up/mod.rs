//! `cargo xtask up`: everything on one machine, from a fresh clone to a board in the browser.
//!
//! The functions are the programs that run on Lambda; what AWS does around them is played here: API Gateway and
//! CloudFront ([`gateway`], [`origin`]), the runtime API's strictness ([`relay`]), the SQS event source ([`queue`]) and
//! the schedules ([`schedules`]).

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

use crate::env::{Settings, invented_file};
use crate::paths::Paths;
use crate::ports;
use crate::postgres::{self, Durability, Which};
use crate::process::Processes;
use crate::steps::Steps;

pub(crate) mod agents;
pub(crate) mod aws;
pub(crate) mod build;
mod forward;
mod functions;
mod gateway;
mod origin;
pub(crate) mod python;
mod queue;
mod ready;
mod relay;
pub(crate) mod sam;
mod schedules;
mod sim;

pub(crate) use sim::TOKEN as SIM_TOKEN;

/// How many processes serve the API.
pub(crate) const API_PROCESSES: usize = functions::API.processes;
/// Name of the private cluster's record and folder.
const CLUSTER: &str = "postgres";
/// Name of the database.
const DATABASE: &str = "dispatch";

/// What `cargo xtask up` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// Forget all local data first (not the tools, and never a database given by DATABASE_URL).
    #[arg(long)]
    reset: bool,
    /// Build for release, as for deployment (slower to build).
    #[arg(long, conflicts_with = "profile")]
    release: bool,
    /// The cargo profile of the functions.
    #[arg(long, default_value = "local", value_name = "NAME")]
    pub(crate) profile: String,
    /// The simulated GitHub stays empty and still.
    #[arg(long)]
    no_demo: bool,
    /// How many agents work in the simulated organisation.
    #[arg(long, default_value_t = 3, value_name = "N")]
    agents: usize,
    /// Where local data is kept.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) state: Option<PathBuf>,
    /// Port of the one origin: board, /api, /mcp, /webhooks.
    #[arg(long, default_value_t = 8787, value_name = "PORT")]
    pub(crate) port: u16,
    /// Port of Lambda's invoke API.
    #[arg(long, default_value_t = 9000, value_name = "PORT")]
    pub(crate) lambda_port: u16,
    /// Port of github-sim.
    #[arg(long, default_value_t = 9080, value_name = "PORT")]
    pub(crate) github_port: u16,
    /// Port of SQS.
    #[arg(long, default_value_t = 9324, value_name = "PORT")]
    pub(crate) queue_port: u16,
    /// The functions behind the HTTP API run in containers, under `sam local start-api` (needs Docker).
    #[arg(long)]
    sam: bool,
    /// Seconds between sweeps (a minute on AWS; shorter here, so that things move).
    #[arg(long, default_value_t = 15, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    sweep_secs: u64,
    /// Seconds between reconciles.
    #[arg(long, default_value_t = 300, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    reconcile_secs: u64,
}

impl Options {
    /// A fresh stack for a test: built with `profile`, on these ports, without agents of its own.
    pub(crate) fn for_test(
        profile: &str,
        sam: bool,
        [port, lambda_port, github_port, queue_port]: [u16; 4],
    ) -> Self {
        Self {
            reset: false,
            release: false,
            profile: profile.to_owned(),
            no_demo: false,
            agents: 0,
            state: None,
            port,
            lambda_port,
            github_port,
            queue_port,
            sam,
            sweep_secs: 5,
            reconcile_secs: 300,
        }
    }
}

/// Runs the stack until it is told to stop.
///
/// # Errors
/// A step failed; everything that was started is stopped then too.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(options.state.as_deref())?;
    let _lock = lock(&paths)?;
    let processes = Processes::new(&paths);
    let steps = Steps::new(&processes);
    let mut stop = Stop::listen()?;
    let started = tokio::select! {
        started = start(&options, &paths, &processes, Settings::read(&paths)?, &steps) => started.map(Some),
        () = stop.wait() => Ok(None),
    };
    if let Ok(Some(stack)) = &started {
        stack.print(&options, &paths);
        stop.wait().await;
    }
    println!("\nstopping (again to kill)");
    tokio::select! {
        () = processes.stop() => {}
        () = stop.wait() => processes.kill(),
    }
    started.map(|_| ExitCode::SUCCESS)
}

/// A running stack.
pub(crate) struct Stack {
    /// What the functions were started with.
    pub(crate) settings: Settings,
    /// The folder of the programs.
    pub(crate) programs: PathBuf,
    simulated: bool,
    started: Instant,
}

/// Brings everything up, step by step.
///
/// # Errors
/// A step failed. What was started before it still runs, in `processes`.
pub(crate) async fn start(
    options: &Options,
    paths: &Paths,
    processes: &Processes,
    mut settings: Settings,
    steps: &Steps,
) -> anyhow::Result<Stack> {
    let started = Instant::now();
    let profile = if options.release { "release" } else { &options.profile };
    steps.step("prerequisites", build::prerequisites()).await?;
    steps.step("state", prepare(options, paths)).await?;
    let tools = steps.step("tools from PyPI", python::LOCAL.install(paths, processes)).await?;
    // These take a second to start; meanwhile cargo builds.
    queue::start_server(processes, &tools, options.queue_port)?;
    functions::start_emulator(paths, processes, &tools, options.lambda_port)?;
    let programs = steps.step("functions", build::programs(paths, processes, profile)).await?;
    let board = steps.step("board", build::board(paths, processes)).await?;
    steps.step("database", database(paths, processes, &mut settings)).await?;
    settings.invent_secrets(paths)?;
    settings.set_default("DISPATCH_URL", format!("http://127.0.0.1:{}", options.port));
    settings.set_default("DISPATCH_AUTH_MODE", "disabled");
    aws::point_functions_here(&mut settings, options.lambda_port, options.queue_port);
    let simulated = sim::is_needed(&settings);
    if simulated {
        let sim = sim::Sim {
            port: options.github_port,
            webhook: format!("http://127.0.0.1:{}/webhooks/github", options.port),
            demo: !options.no_demo,
        };
        steps.step("github-sim", sim::start(sim, paths, processes, &programs, &mut settings)).await?;
    }
    steps.step("migrations", migrate(processes, &programs, &settings)).await?;
    steps.step("queue", queue::create(options.queue_port)).await?;
    let sam = match options.sam {
        true => Some(steps.step("sam local", sam_local(paths, processes, &programs, &settings)).await?),
        false => None,
    };
    steps
        .step("processes", async {
            let relay = relay::Relay::start(options.lambda_port).await?;
            let detail = functions::start(processes, &relay, &programs, &settings, sam.is_some())?;
            let backend = sam.map_or(origin::Backend::Lambda(options.lambda_port), origin::Backend::Sam);
            origin::start(processes, options.port, backend, &board).await?;
            Ok(((), detail))
        })
        .await?;
    steps.step("ready", ready::wait(options.port)).await?;
    queue::start_event_source(processes, options.queue_port, options.lambda_port).await;
    let schedules = schedules::Schedules {
        sweep: Duration::from_secs(options.sweep_secs),
        reconcile: Duration::from_secs(options.reconcile_secs),
        recover: Duration::from_secs(5 * 60),
        automation: Duration::from_secs(60 * 60),
        retention: Duration::from_secs(24 * 60 * 60),
    };
    schedules::start(processes, schedules, options.lambda_port).await;
    if simulated && !options.no_demo && options.agents > 0 {
        let agents = async { agents::start(options.agents, options.port, processes, &programs, &settings) };
        steps.step("agents", agents).await?;
    }
    Ok(Stack { settings, programs, simulated, started })
}

impl Stack {
    fn print(&self, options: &Options, paths: &Paths) {
        let token = match std::env::var_os("DISPATCH_AGENT_TOKEN") {
            Some(_) => "DISPATCH_AGENT_TOKEN of your environment".to_owned(),
            None => format!("DISPATCH_AGENT_TOKEN in .env or {}", paths.show(&invented_file(paths))),
        };
        let github = if self.simulated {
            format!("http://127.0.0.1:{}  (simulated)", options.github_port)
        } else {
            self.settings.get("GITHUB_API_URL").unwrap_or("https://api.github.com").to_owned()
        };
        let rows = [
            ("board", format!("http://127.0.0.1:{}", options.port)),
            ("API", format!("http://127.0.0.1:{}/api", options.port)),
            ("agent token", token),
            ("GitHub", github),
            ("logs", paths.show(&paths.state.join("logs")).to_string()),
            ("stop", "Ctrl-C; the data stays until `cargo xtask up --reset`".to_owned()),
        ];
        let width = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or(0);
        let line = "-".repeat(width + 18);
        println!("\n+{line}+");
        let title = format!("Dispatch is ready ({:.1} s)", self.started.elapsed().as_secs_f64());
        println!("|  {title:<w$}  |", w = width + 14);
        for (name, value) in rows {
            println!("|  {name:<13} {value:<width$}  |");
        }
        println!("+{line}+");
    }
}

/// Whether the tools from PyPI are there.
pub(crate) fn tools_are_installed(paths: &Paths) -> bool {
    python::LOCAL.bin(paths).join("cargo-lambda").exists()
}

/// The URL of the private database, when there is one.
pub(crate) fn local_database_url(paths: &Paths) -> Option<String> {
    postgres::recorded(paths, CLUSTER).map(|cluster| cluster.url(DATABASE))
}

/// Ends what a killed run left behind, checks the ports, and forgets the data if asked to.
async fn prepare(options: &Options, paths: &Paths) -> anyhow::Result<((), String)> {
    let left = Processes::end_leftovers(paths).await;
    ports::check(options.port, "the board", "--port")?;
    ports::check(options.lambda_port, "Lambda's invoke API", "--lambda-port")?;
    ports::check(options.github_port, "github-sim", "--github-port")?;
    ports::check(options.queue_port, "SQS", "--queue-port")?;
    if options.reset {
        forget(paths)?;
    }
    let logs = paths.state.join("logs");
    std::fs::remove_dir_all(&logs)
        .and_then(|()| std::fs::create_dir(&logs))
        .context("cannot renew the logs")?;
    let mut detail = format!("{}, ports free", paths.show(&paths.state));
    if options.reset {
        detail += ", data forgotten";
    }
    if left > 0 {
        detail += &format!(", {left} left-over processes ended");
    }
    Ok(((), detail))
}

/// Forgets the database, the simulated GitHub and the invented secrets.
///
/// # Errors
/// Something cannot be removed.
pub(crate) fn forget(paths: &Paths) -> anyhow::Result<()> {
    postgres::forget(paths, CLUSTER)?;
    for file in [sim::state_file(paths), invented_file(paths)] {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn database(
    paths: &Paths,
    processes: &Processes,
    settings: &mut Settings,
) -> anyhow::Result<((), String)> {
    if settings.get("DATABASE_URL").is_some() {
        return Ok(((), "DATABASE_URL".to_owned()));
    }
    let cluster = postgres::start(paths, processes, CLUSTER, Durability::Kept, Which::AtHand).await?;
    cluster.create_database(DATABASE).await?;
    settings.set("DATABASE_URL", cluster.url(DATABASE));
    Ok(((), format!("PostgreSQL {}", cluster.version)))
}

async fn migrate(
    processes: &Processes,
    programs: &std::path::Path,
    settings: &Settings,
) -> anyhow::Result<((), String)> {
    let mut command = Command::new(programs.join("migrate"));
    command.arg("--now").env_clear().envs(settings.iter());
    processes.run("migrate", command).await?;
    Ok(((), "schema and seeds are current".to_owned()))
}

/// Docker, the image and SAM; answers SAM's port.
async fn sam_local(
    paths: &Paths,
    processes: &Processes,
    programs: &std::path::Path,
    settings: &Settings,
) -> anyhow::Result<(u16, String)> {
    let (docker, version) = sam::docker::Docker::start(paths, processes).await?;
    let image = docker.image(paths, processes).await?;
    let (port, tools) = sam::start(paths, processes, &docker, programs, settings).await?;
    Ok((port, format!("{version}, {image}, {tools}")))
}

/// Held as long as this stack runs: two stacks must not share one state folder.
fn lock(paths: &Paths) -> anyhow::Result<std::fs::File> {
    let path = paths.state.join("lock");
    let file = std::fs::File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if file.try_lock().is_err() {
        bail!(
            "another `cargo xtask up` uses {}; stop it, or give this one its own folder (--state) and ports",
            paths.show(&paths.state)
        );
    }
    Ok(file)
}

/// The signals that mean "stop": Ctrl-C, a service manager's, a closed terminal.
pub(crate) struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

impl Stop {
    /// Listens from now on.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one.
    pub(crate) async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}
