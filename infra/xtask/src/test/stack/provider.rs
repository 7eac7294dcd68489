//! A real OpenID provider (npm's oidc-provider) beside the stack, for sign-in in a real browser.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;
use nix::sys::signal::Signal;
use tokio::process::Command;

use crate::env::Settings;
use crate::paths::Paths;
use crate::ports;
use crate::process::{Processes, Service, Stage};

/// Of this test alone.
const SECRET: &str = "a client secret: with % and blanks";

/// Starts the provider, waits until it answers, and has operators sign in there: `ana` may, others may not.
///
/// # Errors
/// It does not answer in time.
pub(super) async fn start(
    paths: &Paths,
    processes: &Processes,
    base: &str,
    settings: &mut Settings,
) -> anyhow::Result<()> {
    let port = ports::free()?.to_string();
    let issuer = format!("http://127.0.0.1:{port}");
    for (name, value) in [
        ("DISPATCH_AUTH_MODE", "oidc"),
        ("DISPATCH_OIDC_ISSUER", issuer.as_str()),
        ("DISPATCH_OIDC_CLIENT_ID", "dispatch"),
        ("DISPATCH_OIDC_CLIENT_SECRET", SECRET),
        ("DISPATCH_OIDC_ALLOWED_USERS", "ana@example.com"),
        ("DISPATCH_SESSION_SECRET", "a session secret of this test alone"),
        ("DISPATCH_URL", base),
    ] {
        settings.set(name, value);
    }
    let (board, base) = (paths.root.join("static-ui"), base.to_owned());
    processes.supervise(Service {
        name: "oidc-provider".to_owned(),
        log: "oidc-provider".to_owned(),
        stage: Stage::Emulators,
        signal: Signal::SIGTERM,
        command: Box::new(move || {
            let mut command = Command::new("node");
            command.current_dir(&board).args(["e2e/provider.mjs", &port, &base]);
            command.env("DISPATCH_OIDC_CLIENT_SECRET", SECRET);
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })?;
    answers(&format!("{issuer}/.well-known/openid-configuration")).await
}

async fn answers(address: &str) -> anyhow::Result<()> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(2)).build()?;
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match http.get(address).send().await.and_then(|answer| answer.error_for_status()) {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() > deadline => bail!("oidc-provider does not answer: {error:#}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
