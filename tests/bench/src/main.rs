//! The measuring side of `cargo xtask bench`: it calls the functions' libraries directly, in a process of its own, as
//! they are built for release.
//!
//! `bench-worker migrate` prepares a database. `bench-worker webhook|claim|board|startup|stack <address>` connects to the
//! benchmark there, takes one JSON job per line and answers each with one JSON line, until the connection ends.
//! Everything else comes from the environment, as on Lambda; each process has one thread, as the functions have.

mod board;
mod claim;
mod control;
mod events;
mod load;
mod payload;
mod stack;
mod startup;
mod webhook;

use anyhow::{Context as _, bail};
use dispatch_runtime::{Config, telemetry};

use control::Control;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    telemetry::init();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let config = Config::from_environment();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["migrate"] => {
            migrate::migrate(&config).await.context("preparing the database")?;
            Ok(())
        }
        ["webhook", address] => webhook::serve(&config, Control::connect(address).await?).await,
        ["claim", address] => claim::serve(&config, Control::connect(address).await?).await,
        ["board", address] => board::serve(&config, Control::connect(address).await?).await,
        ["startup", address] => startup::serve(Control::connect(address).await?).await,
        ["stack", address] => stack::serve(Control::connect(address).await?).await,
        _ => bail!("bench-worker is started by `cargo xtask bench`"),
    }
}
