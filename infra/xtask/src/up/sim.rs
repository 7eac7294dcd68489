//! github-sim, when no GitHub credentials are given: a GitHub of this machine's own, with a living demo organisation.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;
use nix::sys::signal::Signal;
use tokio::process::Command;

use crate::env::Settings;
use crate::paths::Paths;
use crate::process::{Processes, Service, Stage};

/// The one credential the simulator accepts.
pub(crate) const TOKEN: &str = "github-sim";

/// How the simulator is run.
pub(crate) struct Sim {
    /// Its port on the loopback address.
    pub(crate) port: u16,
    /// Where deliveries go.
    pub(crate) webhook: String,
    /// Whether its demo organisation lives.
    pub(crate) demo: bool,
}

/// Whether the simulator is needed: nothing says how to reach a real GitHub.
pub(crate) fn is_needed(settings: &Settings) -> bool {
    ["GITHUB_TOKEN", "GITHUB_APP_ID"].iter().all(|name| settings.get(name).is_none())
}

/// Where the simulator keeps its organisation.
pub(crate) fn state_file(paths: &Paths) -> PathBuf {
    paths.state.join("github-sim.json")
}

/// Starts the simulator, waits until it answers, and points the functions at it.
///
/// # Errors
/// It does not answer in time.
pub(crate) async fn start(
    sim: Sim,
    paths: &Paths,
    processes: &Processes,
    programs: &Path,
    settings: &mut Settings,
) -> anyhow::Result<((), String)> {
    let url = format!("http://127.0.0.1:{}", sim.port);
    settings.set("GITHUB_API_URL", &url);
    settings.set("GITHUB_TOKEN", TOKEN);
    // GitHub asks for a second between writes; the simulator does not.
    settings.set_default("GITHUB_WRITE_INTERVAL_MS", "0");
    processes.supervise(service(&sim, paths, programs, settings))?;
    let repositories = repositories(&url).await?;
    settings.set_default("GITHUB_REPOSITORIES", repositories.join(","));
    Ok(((), format!("{url}, {} repositories", repositories.len())))
}

fn service(sim: &Sim, paths: &Paths, programs: &Path, settings: &Settings) -> Service {
    let (program, state, settings) = (programs.join("github-sim"), state_file(paths), settings.clone());
    let (port, webhook, demo) = (sim.port, sim.webhook.clone(), sim.demo);
    Service {
        name: "github-sim".to_owned(),
        log: "github-sim".to_owned(),
        stage: Stage::Emulators,
        signal: Signal::SIGTERM,
        command: Box::new(move || {
            let mut command = Command::new(&program);
            command.env_clear().envs(settings.iter());
            // The deliveries' secret comes with the settings: GITHUB_WEBHOOK_SECRET.
            command.args(["--listen", &format!("127.0.0.1:{port}"), "--webhook", &webhook, "--token", TOKEN]);
            command.arg("--state").arg(&state);
            if demo {
                command.arg("--demo");
            }
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    }
}

/// The repositories it has, as `owner/name`; waits until it answers.
async fn repositories(url: &str) -> anyhow::Result<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct State {
        repositories: Vec<Repository>,
    }
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Repository {
        full_name: String,
    }
    let http = reqwest::Client::builder().timeout(Duration::from_secs(2)).build()?;
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = http.get(format!("{url}/_sim/state")).send().await.and_then(|r| r.error_for_status());
        let answer = match answer {
            Ok(answer) => answer.json::<State>().await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(state) => return Ok(state.repositories.into_iter().map(|one| one.full_name).collect()),
            Err(error) if Instant::now() > deadline => {
                bail!("github-sim does not tell its repositories: {error:#}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
