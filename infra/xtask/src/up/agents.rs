//! Agents for the simulated organisation: the reference agent, working through the API like any other.

use std::path::Path;
use std::sync::Arc;

use nix::sys::signal::Signal;
use tokio::process::Command;

use crate::env::Settings;
use crate::process::{Processes, Service, Stage};

/// The reference agent, pointed at this stack.
pub(crate) fn command(programs: &Path, base: &str, settings: &Settings) -> Command {
    let mut command = Command::new(programs.join("reference-agent"));
    command.env_clear().envs(settings.iter()).env("DISPATCH_URL", base);
    command
}

/// Keeps so many agents at work, at a pace that people can watch. Now and then one of them dies.
///
/// # Errors
/// The log cannot be written.
pub(crate) fn start(
    agents: usize,
    port: u16,
    processes: &Processes,
    programs: &Path,
    settings: &Settings,
) -> anyhow::Result<((), String)> {
    let (programs, settings) = (programs.to_owned(), settings.clone());
    let base = format!("http://127.0.0.1:{port}");
    processes.supervise(Service {
        name: "reference-agent".to_owned(),
        log: "reference-agent".to_owned(),
        stage: Stage::Functions,
        signal: Signal::SIGTERM,
        command: Box::new(move || {
            let mut command = command(&programs, &base, &settings);
            command.args(["--agents", &agents.to_string(), "--pace", "6"]);
            command.args(["--kill-rate", "0.05", "--restart-after", "60"]);
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })?;
    Ok(((), format!("{agents} x reference-agent")))
}
