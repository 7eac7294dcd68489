//! The functions: cargo-lambda's emulator, and as many processes of each function as it has slots.
//!
//! `cargo lambda watch --only-lambda-apis` serves Lambda's invoke and runtime APIs; the processes are ours, built
//! beforehand and started with the variables that Lambda sets ("Defined runtime environment variables" in the Lambda
//! developer guide). They reach the emulator through the [`super::relay`], which plays what the emulator leaves out.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use nix::sys::signal::Signal;
use tokio::process::Command;

use super::relay::{Relay, Slot};
use crate::env::Settings;
use crate::paths::Paths;
use crate::process::{Processes, Service, Stage};

/// One function, with the figures that template.yaml has for it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name, which is its package's and its program's.
    pub(crate) name: &'static str,
    /// How many processes serve it locally.
    pub(crate) processes: usize,
    /// After how long an invocation is ended.
    pub(crate) timeout: Duration,
}

/// `ANY /api/{proxy+}` and `ANY /mcp`.
pub(crate) const API: Function = Function { name: "api", processes: 8, timeout: Duration::from_secs(29) };
/// `POST /webhooks/github`.
pub(crate) const WEBHOOK: Function =
    Function { name: "github-webhook", processes: 8, timeout: Duration::from_secs(10) };
/// The queue's consumer; as many as the event source mapping's maximum concurrency.
pub(crate) const WRITER: Function =
    Function { name: "github-writer", processes: 2, timeout: Duration::from_secs(60) };
/// The clock's, and invoked by the API.
pub(crate) const SYNC: Function =
    Function { name: "scheduled-sync", processes: 2, timeout: Duration::from_secs(300) };

const ALL: [&Function; 4] = [&API, &WEBHOOK, &WRITER, &SYNC];

/// Starts the emulator on the loopback address.
///
/// # Errors
/// Its log cannot be written.
pub(crate) fn start_emulator(
    paths: &Paths,
    processes: &Processes,
    tools: &Path,
    port: u16,
) -> anyhow::Result<()> {
    let (program, root) = (tools.join("cargo-lambda"), paths.root.clone());
    processes.supervise(Service {
        name: "cargo lambda watch".to_owned(),
        log: "lambda".to_owned(),
        stage: Stage::Emulators,
        signal: Signal::SIGINT,
        command: Box::new(move || {
            let mut command = Command::new(&program);
            command.args(["lambda", "watch", "--only-lambda-apis", "--disable-cors"]);
            command
                .args(["--invoke-address", "127.0.0.1", "--invoke-port", &port.to_string()])
                .current_dir(&root);
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })
}

/// Starts all processes of all functions; without those behind the HTTP API where SAM runs them.
///
/// # Errors
/// A log cannot be written.
pub(crate) fn start(
    processes: &Processes,
    relay: &Relay,
    programs: &Path,
    settings: &Settings,
    under_sam: bool,
) -> anyhow::Result<String> {
    let ours = |function: &&&Function| !under_sam || ![&API, &WEBHOOK].contains(*function);
    let functions: Vec<&'static Function> = ALL.iter().filter(ours).copied().collect();
    for function in &functions {
        for number in 1..=function.processes {
            let slot = relay.add_slot(function, number);
            processes.supervise(service(function, number, relay, &slot, programs, settings))?;
        }
    }
    let lines = functions.iter().map(|function| format!("{} x {}", function.processes, function.name));
    Ok(lines.collect::<Vec<_>>().join(", "))
}

fn service(
    function: &'static Function,
    number: usize,
    relay: &Relay,
    slot: &Arc<Slot>,
    programs: &Path,
    settings: &Settings,
) -> Service {
    let program = programs.join(function.name);
    let settings = settings.clone();
    let runtime_api = relay.runtime_api(slot);
    let command = move || {
        let mut command = Command::new(&program);
        command.env_clear().envs(settings.iter());
        command.env("AWS_LAMBDA_RUNTIME_API", &runtime_api);
        command.env("AWS_LAMBDA_FUNCTION_NAME", function.name);
        command.env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
        command
    };
    let ended = slot.clone();
    let failing = relay.clone();
    Service {
        name: format!("{}-{number}", function.name),
        log: function.name.to_owned(),
        stage: Stage::Functions,
        signal: Signal::SIGTERM,
        command: Box::new(command),
        on_exit: Box::new(move |status| failing.process_ended(&ended, status)),
        kill: slot.kill.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_template() {
        let template = tidy::template::read(tidy::template::TEMPLATE);
        let deployed = tidy::template::functions(&template);
        let find = |function: &Function| deployed.iter().find(|one| one.package() == function.name).unwrap();
        for function in ALL {
            assert_eq!(find(function).property("Timeout"), function.timeout.as_secs(), "{}", function.name);
        }
        let source = &find(&WRITER).property("Events")["Writes"]["Properties"];
        assert_eq!(source["ScalingConfig"]["MaximumConcurrency"], WRITER.processes);
        let queue = &template["Resources"]["WriteQueue"]["Properties"];
        assert_eq!(queue["VisibilityTimeout"], WRITER.timeout.as_secs() * 6);
    }
}
