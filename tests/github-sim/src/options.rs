//! The command line.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};

pub(crate) const HELP: &str = "\
A stateful GitHub on one machine.

github-sim [OPTIONS]

  --listen ADDRESS     where to serve the API (127.0.0.1:9080)
  --webhook URL        send every repository's webhooks there
  --secret TEXT        sign them with this; GITHUB_WEBHOOK_SECRET when absent
  --token TEXT         the token that is accepted (sim-token)
  --rate-limit NUMBER  requests an hour per token (5000)
  --demo               a small organisation, octo-demo, that is alive
  --quiet              with --demo: nobody in it does anything
  --interval SECONDS   with --demo: how often somebody does (4)
  --seed NUMBER        with --demo: another seed, other doings (1)
  --state FILE         keep all facts there across restarts
  --help               this text

People and faults are at ADDRESS/_sim: GET state, mutations, requests, deliveries, faults, health;
POST act, faults, flush, clock; DELETE faults.
";

/// What was asked for.
pub(crate) struct Options {
    pub(crate) listen: SocketAddr,
    /// Address and secret.
    pub(crate) webhook: Option<(String, String)>,
    pub(crate) token: String,
    pub(crate) rate_limit: Option<u64>,
    pub(crate) demo: bool,
    pub(crate) quiet: bool,
    pub(crate) interval: Duration,
    pub(crate) seed: u64,
    pub(crate) state: Option<PathBuf>,
}

/// Reads the arguments; `None` when help is wanted.
pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Option<Options>> {
    let mut options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 9080)),
        webhook: None,
        token: "sim-token".to_owned(),
        rate_limit: None,
        demo: false,
        quiet: false,
        interval: Duration::from_secs(4),
        seed: 1,
        state: None,
    };
    let (mut url, mut secret) = (None, std::env::var("GITHUB_WEBHOOK_SECRET").ok());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value; see --help"));
        match argument.as_str() {
            "--listen" => options.listen = parsed(&argument, &value()?)?,
            "--webhook" => url = Some(value()?),
            "--secret" => secret = Some(value()?),
            "--token" => options.token = value()?,
            "--rate-limit" => options.rate_limit = Some(parsed(&argument, &value()?)?),
            "--demo" => options.demo = true,
            "--quiet" => options.quiet = true,
            "--interval" => {
                let seconds: f64 = parsed(&argument, &value()?)?;
                let interval = Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero());
                options.interval =
                    interval.with_context(|| "--interval must be more than nothing".to_owned())?;
            }
            "--seed" => options.seed = parsed(&argument, &value()?)?,
            "--state" => options.state = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            other => bail!("{other} is not an option; see --help"),
        }
    }
    if let Some(url) = url {
        // Of several secrets, for rotation, the first is the one in use.
        let secret = secret.iter().flat_map(|secrets| secrets.split(',')).find(|secret| !secret.is_empty());
        let secret = secret.context("--webhook needs --secret or GITHUB_WEBHOOK_SECRET, to sign with")?;
        options.webhook = Some((url, secret.to_owned()));
    }
    Ok(Some(options))
}

fn parsed<T: std::str::FromStr>(argument: &str, value: &str) -> anyhow::Result<T> {
    value.parse().ok().with_context(|| format!("{argument} does not take {value:?}; see --help"))
}
