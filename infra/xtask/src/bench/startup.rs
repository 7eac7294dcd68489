//! Starts: from the spawn of a function to its first answer on a runtime emulator, the memory it then has, and the size
//! of what is deployed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::bail;
use serde::Deserialize;
use serde_json::json;

use super::database::COPY;
use super::report::{Report, judge};
use super::worker::Worker;
use super::{Bench, median};
use crate::artifact::{LARGEST, Weight};

const TEMPLATE: &str = "bench_startup";
/// The functions, as their packages and programs are called.
pub(super) const FUNCTIONS: [&str; 5] =
    ["github-webhook", "api", "github-writer", "scheduled-sync", "migrate"];

/// Milliseconds without and with the database, megabytes resident.
const AIMS: (f64, f64, f64) = (12.0, 30.0, 20.0);

/// A program and the event it is started for.
struct Case {
    program: &'static str,
    event: &'static str,
    database: bool,
    /// With the database's address in Secrets Manager, which answers at once here.
    secret: bool,
}

const CASES: [Case; 12] = [
    Case { program: "bench-bare", event: "bare", database: false, secret: false },
    Case { program: "github-webhook", event: "bad-signature", database: false, secret: false },
    Case { program: "github-webhook", event: "ignored-delivery", database: true, secret: false },
    Case { program: "api", event: "openapi", database: false, secret: false },
    Case { program: "api", event: "health", database: true, secret: false },
    Case { program: "github-webhook", event: "ignored-delivery", database: true, secret: true },
    Case { program: "api", event: "health", database: true, secret: true },
    Case { program: "github-writer", event: "unreadable", database: false, secret: false },
    Case { program: "github-writer", event: "unknown-nudge", database: true, secret: false },
    Case { program: "scheduled-sync", event: "unreadable", database: false, secret: false },
    Case { program: "scheduled-sync", event: "sweep", database: true, secret: false },
    Case { program: "migrate", event: "nothing-to-migrate", database: true, secret: false },
];

#[derive(Deserialize)]
struct Started {
    micros: u64,
    /// KiB.
    peak: u64,
}

/// Measures starts and sizes.
///
/// # Errors
/// A function does not start, or answers otherwise than it should.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<((), String)> {
    bench.databases.create(TEMPLATE, 1).await?;
    let url = bench.databases.copy(TEMPLATE).await?;
    let mut worker = Worker::start(bench.databases.worker(), "startup", &[], &bench.worker_log()).await?;
    let mut starts: Vec<Vec<Started>> = CASES.iter().map(|_| Vec::new()).collect();
    for _ in 0..bench.size.starts {
        for (case, starts) in CASES.iter().zip(&mut starts) {
            let job = json!({ "program": bench.program(case.program), "env": env(case.program, &url), "event": case.event, "secret": case.secret });
            starts.push(worker.work(&job).await?);
        }
    }
    worker.end().await?;
    // With and without the secret.
    let expected = 2 * i64::try_from(bench.size.starts)?;
    let stored =
        bench.databases.numbers(COPY, "select count(*) from delivery where outcome = 'ignored'").await?;
    if stored != [expected] {
        bail!("{expected} deliveries were answered 202 ignored, and the database has {stored:?}");
    }
    report.title(&format!(
        "Start: spawn to first answer, memory at its peak until then, median of {} (aims: {} ms, {} ms with the \
         database, {} MB)",
        bench.size.starts, AIMS.0, AIMS.1, AIMS.2
    ));
    for (case, starts) in CASES.iter().zip(&starts) {
        report.remark(&line(case, starts)?);
    }
    report.title(&format!("Size (aim: {LARGEST} MB zipped)"));
    for function in FUNCTIONS {
        let weight = Weight::of(&bench.program(function)).await?;
        let judged = judge(weight.zipped <= LARGEST, &format!("{LARGEST} MB"));
        report.remark(&format!("  {function:<16}{weight}   {judged}"));
    }
    let count: usize = starts.iter().map(Vec::len).sum();
    Ok(((), format!("{count} starts")))
}

fn line(case: &Case, starts: &[Started]) -> anyhow::Result<String> {
    let time = median(starts.iter().map(|start| start.micros as f64 / 1000.0))?;
    let slowest = starts.iter().map(|start| start.micros).max().unwrap_or(0) as f64 / 1000.0;
    let memory = median(starts.iter().map(|start| start.peak as f64 * 1024.0 / 1e6))?;
    let mut line = format!(
        "  {:<16}{:<20}{:<17}{time:>7.1} ms (slowest {slowest:>5.1}){memory:>7.1} MB",
        case.program,
        case.event,
        match (case.database, case.secret) {
            (true, true) => "secret, database",
            (true, false) => "database",
            (false, _) => "",
        }
    );
    if case.program != "bench-bare" {
        let aim = if case.database { AIMS.1 } else { AIMS.0 };
        let (time, memory) =
            (judge(time <= aim, &format!("{aim} ms")), judge(memory <= AIMS.2, &format!("{} MB", AIMS.2)));
        let _ = write!(line, "   {time}, {memory}");
    }
    Ok(line)
}

/// What a function finds in its environment on Lambda. Nothing listens at the addresses of GitHub and SQS.
fn env(program: &str, url: &str) -> BTreeMap<&'static str, String> {
    let mut env: BTreeMap<&str, String> = [
        ("AWS_LAMBDA_FUNCTION_NAME", program),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "bench"),
        ("AWS_SECRET_ACCESS_KEY", "bench"),
        ("DISPATCH_QUEUE_URL", "http://127.0.0.1:9/000000000000/bench"),
        ("DISPATCH_AUTH_MODE", "disabled"),
        ("DISPATCH_AGENT_TOKEN", "bench"),
        ("GITHUB_WEBHOOK_SECRET", "bench"),
        ("GITHUB_API_URL", "http://127.0.0.1:9"),
        ("GITHUB_TOKEN", "bench"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into();
    env.insert("DATABASE_URL", url.to_owned());
    env
}
