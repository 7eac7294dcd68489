//! The reference agent: the smallest honest program that works for Dispatch.
//!
//! It claims, says how far it is, commits to the claim's branch, opens or updates the pull request, and reports the
//! outcome: through Dispatch's public API and GitHub's REST API, knowing nothing else of either. What it lacks is
//! intelligence: its commits are notes that a claim was here. Several agents run in one process, and some of them can
//! be made to die in the middle of their work, without a word, as real ones do.
//!
//! It speaks plain HTTP: it is for one machine, with the simulated GitHub.

mod dispatch;
mod github;
mod options;
mod tally;
mod worker;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use tokio::task::JoinSet;

use options::Options;
use tally::Tally;
use worker::{Tools, Worker};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reference-agent: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all agents until their bounds are reached, then prints what happened.
async fn run(options: Options) -> anyhow::Result<()> {
    let tools = Arc::new(Tools::new(&options)?);
    let tally = Arc::new(Tally::new(options.issues, options.seconds));
    let mut agents = JoinSet::new();
    for number in 0..options.agents {
        let random = fastrand::Rng::with_seed(options.seed.wrapping_add(number as u64));
        let worker = Worker::new(&options, number, random, tools.clone(), tally.clone());
        agents.spawn(worker.run());
    }
    let mut failure = Ok(());
    while let Some(ended) = agents.join_next().await {
        failure = failure.and(ended?);
    }
    println!("{}", tally.summary());
    failure
}
