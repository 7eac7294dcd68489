//! The whole local stack, as `cargo xtask up` runs it, with the smoke script, a browser, GitHub's examples, agents of
//! all kinds, a race and kills against it.

use std::path::Path;

use tokio::process::Command;

use self::live::Live;
use super::{Score, chromium};
use crate::env::Settings;
use crate::paths::Paths;
use crate::ports;
use crate::process::Processes;
use crate::steps::Steps;
use crate::up::sam::docker::Docker;
use crate::up::{self, build};

mod agents;
mod deliveries;
mod journey;
mod kill;
mod live;
mod provider;
mod race;
mod secrets;

/// The profile the tests were built with: building the functions again with another one would take minutes.
const PROFILE: &str = "dev";
/// Where these stacks keep what they need.
const STATE: &str = ".dispatch/test/stack";
/// Its name in the summary, and in `--allow-not-run`.
const SAM_LOCAL: &str = "sam local";

/// Everything that is ever logged, for the search for secrets in it.
const LOG_ALL: (&str, &str) = ("DISPATCH_LOG", "debug");

/// The stack without sign-in, with basic authentication, with an OpenID provider, then with containers for functions.
pub(super) async fn checks(score: &mut Score) {
    let open = async { with_stack(&[("DISPATCH_AUTH_MODE", "disabled")], Proof::Open).await };
    score.check("stack", open).await;
    let basic = [
        ("DISPATCH_AUTH_MODE", "basic"),
        ("DISPATCH_AUTH_USERNAME", "operator"),
        ("DISPATCH_AUTH_PASSWORD", "a password with spaces"),
        ("DISPATCH_SESSION_SECRET", "another session secret of this test alone"),
        LOG_ALL,
    ];
    let closed = async { with_stack(&basic, Proof::Basic).await };
    score.check("stack, basic sign-in", closed).await;
    score.check("stack, OpenID sign-in", async { with_stack(&[LOG_ALL], Proof::OpenId).await }).await;
    match docker().await {
        Ok(()) => {
            let sam = async { with_stack(&basic, Proof::Sam).await };
            score.check(SAM_LOCAL, sam).await;
        }
        Err(reason) => score.not_run(SAM_LOCAL, &reason),
    }
}

/// Whether containers can run here; what it takes to find that out is ended again.
async fn docker() -> anyhow::Result<()> {
    let paths = Paths::new(Some(Path::new(STATE)))?;
    let processes = Processes::new(&paths);
    let image = async {
        let (docker, _) = Docker::start(&paths, &processes).await?;
        docker.image(&paths, &processes).await
    };
    let image = image.await;
    processes.stop().await;
    image.map(|_| ())
}

/// What is done with a running stack.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The smoke script, a look at the board, GitHub's examples, agents of all kinds, a race and kills.
    Open,
    /// The smoke script, what operators do in a browser, a timed journey, and no secret in any log.
    Basic,
    /// The same without the browser, under `sam local start-api`.
    Sam,
    /// Operators who sign in at a provider, what they do then, and no secret in any log.
    OpenId,
}

async fn with_stack(configured: &[(&'static str, &str)], proof: Proof) -> anyhow::Result<((), String)> {
    let paths = Paths::new(Some(Path::new(STATE)))?;
    Processes::end_leftovers(&paths).await;
    up::forget(&paths)?;
    let processes = Processes::new(&paths);
    let mut settings = Settings::bare();
    for (name, value) in configured {
        settings.set(name, *value);
    }
    let result = against(&paths, &processes, settings, proof).await;
    processes.stop().await;
    let result = result.map_err(|error| error.context(last_words(&paths)));
    up::forget(&paths)?;
    result
}

async fn against(
    paths: &Paths,
    processes: &Processes,
    mut settings: Settings,
    proof: Proof,
) -> anyhow::Result<((), String)> {
    let options = up::Options::for_test(PROFILE, proof == Proof::Sam, ports::several()?);
    let base = format!("http://127.0.0.1:{}", options.port);
    let github = format!("http://127.0.0.1:{}", options.github_port);
    if proof == Proof::OpenId {
        provider::start(paths, processes, &base, &mut settings).await?;
    }
    let stack = up::start(&options, paths, processes, settings, &Steps::silent(processes)).await?;
    let browser = async |log: &'static str, arguments: &[&str]| {
        let mut npm = browser(paths, &stack, &base, &github)?;
        npm.args(["run", "--silent"]).args(arguments);
        processes.run(log, npm).await
    };
    if proof == Proof::OpenId {
        browser("e2e-oidc", &["e2e:oidc"]).await?;
        browser("e2e-live", &["e2e:live", "--", "--grep", "@signed-in"]).await?;
        let searched = secrets::search(paths, &stack.settings)?;
        println!("        no secret in {searched} lines of log");
        return Ok(((), "browser, no secret logged".to_owned()));
    }
    let mut smoke = Command::new("bash");
    smoke.arg(paths.root.join("infra/smoke.sh")).env_clear().envs(stack.settings.iter());
    smoke.env("BASE", &base).env("GITHUB_SIM", &github);
    processes.run("smoke", smoke).await?;
    if proof != Proof::Open {
        if proof == Proof::Basic {
            browser("e2e-live", &["e2e:live"]).await?;
        }
        let times = journey::timed(&base, &stack.settings).await?;
        let searched = secrets::search(paths, &stack.settings)?;
        println!("        {times}; no secret in {searched} lines of log");
        let by = if proof == Proof::Basic { "browser" } else { "a journey" };
        return Ok(((), format!("smoke script, {by}, no secret logged")));
    }
    browser("e2e-open", &["e2e:live", "--", "--grep", "the board is live"]).await?;
    let live = Live::new(&base, &github, processes, &stack.settings)?;
    let deliveries = deliveries::check(&live).await?;
    let agents = agents::check(&live, &stack, paths).await?;
    let race = race::check(&live).await?;
    let kill = kill::check(&live).await?;
    println!("        {deliveries}; {agents}; {race}; {kill}");
    Ok(((), "smoke script, deliveries, agents, race, kills".to_owned()))
}

/// The browser suite, told where the stack is and how to sign in.
fn browser(paths: &Paths, stack: &up::Stack, base: &str, github: &str) -> anyhow::Result<Command> {
    let mut npm = build::npm(&paths.root.join("static-ui"));
    npm.env("REFERENCE_AGENT", stack.programs.join("reference-agent"));
    npm.envs(stack.settings.iter().filter(|(name, _)| name.starts_with("DISPATCH_AUTH_")));
    npm.env("BASE_URL", base).env("GITHUB_SIM", github).env("CHROMIUM", chromium()?);
    Ok(npm)
}

/// The end of each function's log and of the emulators': where this runs unattended, the files are gone afterwards.
fn last_words(paths: &Paths) -> String {
    const LINES: usize = 8;
    let mut text = "the local stack does not do what it should; the ends of its logs:".to_owned();
    let functions = ["api", "github-webhook", "github-writer", "scheduled-sync"];
    for name in functions.iter().chain(&["github-sim", "sam", "docker"]) {
        let log = std::fs::read_to_string(paths.log(name)).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        for line in &lines[lines.len().saturating_sub(LINES)..] {
            text += &format!("\n{name}: {line}");
        }
    }
    text + "\n"
}
