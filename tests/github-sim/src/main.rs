//! The simulated GitHub as a program; `github-sim --help` says how.

mod demo;
mod options;

use std::{io::IsTerminal as _, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Context as _;
use github_sim::GithubSim;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("github-sim: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("DISPATCH_LOG").unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_ansi(std::io::stderr().is_terminal()).init();
    let Some(options) = options::read(std::env::args().skip(1))? else {
        print!("{}", options::HELP);
        return Ok(());
    };
    let mut builder = GithubSim::builder().token(&options.token, "dispatch-bot");
    if let Some(file) = &options.state {
        builder = builder.restore(file)?;
    }
    if let Some(limit) = options.rate_limit {
        builder = builder.rate_limit(limit);
    }
    if let Some((url, secret)) = &options.webhook {
        builder = builder.repository_webhooks(url, secret);
    }
    if options.demo {
        builder = builder.own_pages().past(move |sim| demo::seed(sim, options.seed));
    }
    let started = builder.start_on(options.listen).await;
    let sim = started.with_context(|| format!("cannot listen on {}", options.listen))?;
    tracing::info!(url = %sim.url(), demo = options.demo, "the simulated GitHub is ready");
    let living = (options.demo && !options.quiet)
        .then(|| tokio::spawn(demo::live(sim.clone(), options.seed, options.interval)));
    let saving = options.state.clone().map(|file| tokio::spawn(save_now_and_then(sim.clone(), file)));

    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be received")?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted.context("signals cannot be received")?,
    }
    [living, saving].into_iter().flatten().for_each(|task| task.abort());
    if let Some(file) = &options.state {
        sim.save(file).with_context(|| format!("the state cannot be saved to {}", file.display()))?;
    }
    Ok(())
}

/// Keeps the file fresh, so that little is lost when the process is killed.
async fn save_now_and_then(sim: GithubSim, file: PathBuf) {
    let mut interval = tokio::time::interval(Duration::from_secs(10));
    loop {
        interval.tick().await;
        if let Err(error) = sim.save(&file) {
            tracing::warn!(%error, file = %file.display(), "the state could not be saved; it is tried again");
        }
    }
}
