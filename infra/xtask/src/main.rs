//! `cargo xtask`: the commands a person needs to run Dispatch on one machine and to check a change.
//!
//! Everything that exists only locally lives in this crate: the stand-ins for API Gateway, the SQS event source and
//! the scheduler, and the supervision of the processes. The functions themselves contain no local branch.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod artifact;
mod bench;
mod codegen;
mod deploy;
mod doctor;
mod env;
mod paths;
mod ports;
mod postgres;
mod process;
mod steps;
mod test;
mod up;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Run, check and maintain Dispatch.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run everything on this machine: database, functions, queue, schedules, board; Ctrl-C stops all of it.
    Up(up::Options),
    /// Check everything CI checks, with a database of its own.
    Test(test::Options),
    /// Measure the journeys beside their floors, and starts, memory and sizes of the functions.
    Bench(bench::Options),
    /// Write what is generated: typed SQL, openapi.json and the board's types, the configuration table.
    Codegen(codegen::Options),
    /// Build, deploy to AWS, upload the board, and look whether it works.
    Deploy(deploy::Options),
    /// Say what is configured, reachable and overdue, and what to do about it.
    Doctor(doctor::Options),
}

fn main() -> ExitCode {
    // Fails only if a provider is installed already; `doctor` speaks TLS to GitHub.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(Cli::parse().command)),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Up(options) => up::main(options).await,
        Command::Test(options) => test::main(options).await,
        Command::Bench(options) => bench::main(options).await,
        Command::Codegen(options) => codegen::main(options).await,
        Command::Deploy(options) => deploy::main(options).await,
        Command::Doctor(options) => doctor::main(options).await,
    }
}
