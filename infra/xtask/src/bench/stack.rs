//! The same requests through a running stack: what the emulator, the relay and HTTP cost on top.

use anyhow::Context as _;
use serde_json::json;

use super::Bench;
use super::report::Report;
use super::worker::{Done, Worker};
use crate::env::Settings;
use crate::paths::Paths;

/// Measures a running stack with a repository of its own, and leaves it untracked.
///
/// # Errors
/// The stack is away or refuses something.
pub(super) async fn measure(bench: &Bench, url: &str, report: &mut Report) -> anyhow::Result<((), String)> {
    let paths = Paths::new(None)?;
    let mut settings = Settings::read(&paths)?;
    settings.adopt_invented(&paths)?;
    let secret = |name: &str| {
        settings
            .get(name)
            .map(str::to_owned)
            .with_context(|| format!("{name} of the running stack is not known"))
    };
    let (webhook_secret, agent_token) = (secret("GITHUB_WEBHOOK_SECRET")?, secret("DISPATCH_AGENT_TOKEN")?);
    // Issues of another run may still be there: these are younger and others.
    let round = jiff::Timestamp::now().as_second() / 2 * 2;
    let job = |what: &str, concurrency: u64, first: u64| {
        json!({
            "what": what, "url": url.trim_end_matches('/'), "webhook_secret": webhook_secret,
            "agent_token": agent_token, "concurrency": concurrency, "count": bench.size.issues / 20,
            "first": first, "round": round,
        })
    };
    let mut worker = Worker::start(bench.databases.worker(), "stack", &[], &bench.worker_log()).await?;
    worker.work::<Done>(&job("begin", 1, 0)).await?;
    report.title(&format!("Through the running stack at {url} (its own build, database and emulator)"));
    let mut all = 0;
    for (what, kind) in [("webhook", "delivery"), ("claim", "pair")] {
        for (concurrency, first) in [(1, 500_000), (8, 600_000)] {
            let done: Done = worker.work(&job(what, concurrency, first)).await?;
            all += done.count(kind);
            let (rate, p50, p99) = (done.rate(kind), done.percentile(kind, 0.5), done.percentile(kind, 0.99));
            let unit = if kind == "pair" { "claims with completion" } else { "deliveries" };
            report.remark(&format!(
                "  {unit}, in flight {concurrency}: {rate:.0}/s, p50 {p50:.2} ms, p99 {p99:.2} ms"
            ));
            let strange = done.expect(&["202 applied", "granted", "pair"]);
            if let Err(error) = strange {
                report.remark(&format!("  {error}"));
            }
        }
    }
    worker.work::<Done>(&job("end", 1, 0)).await?;
    worker.end().await?;
    Ok(((), format!("{all} requests")))
}
