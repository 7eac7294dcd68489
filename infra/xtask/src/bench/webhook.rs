//! Deliveries: `issues.labeled` of 10 KB for many issues of one repository, signed, through the function's handler in
//! two processes. Each moves its issue to and fro, so that each has everything to do.

use std::ops::Range;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::database::COPY;
use super::floor::{Length, Script, Varying};
use super::journey::Journey;
use super::report::{Report, Row, Rows};
use super::worker::{Done, Worker, together};
use super::{Bench, median};

const TEMPLATE: &str = "bench_webhook";
const AIM: f64 = 0.5;
/// Far from every other number in the recorded parameters.
const RECORDED: u64 = 918_273;
/// Issues for warming up, away from those that are measured.
const WARM: u64 = 3_000_000;
pub(super) const FIRST_ISSUE: u64 = 4_100_000_000;
pub(super) const PROCESSES: u64 = 2;

/// Measures deliveries.
///
/// # Errors
/// A delivery was not answered 202 applied, or the database has another number of them.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<((), String)> {
    bench.databases.create(TEMPLATE, 1).await?;
    let issues = bench.size.issues;
    fill(bench, TEMPLATE, 1, 0..issues, "p1").await?;
    bench.databases.settle(TEMPLATE).await?;
    let recorded = record(bench).await?;
    let concurrencies = [1, 8, 64];
    let mut runs: Vec<Runs> = concurrencies.iter().map(|_| Runs::default()).collect();
    for _ in 0..bench.size.repetitions {
        for (concurrency, runs) in concurrencies.into_iter().zip(&mut runs) {
            runs.done.push(deliver(bench, concurrency).await?);
            if let Some(pgbench) = &bench.pgbench {
                let length = Length::Seconds(bench.size.seconds);
                for (script, rates) in [
                    (floor(&recorded, issues / concurrency), &mut runs.floor),
                    (bare(&recorded)?, &mut runs.bare),
                ] {
                    let url = bench.databases.copy(TEMPLATE).await?;
                    rates.push(pgbench.run(&script, &url, concurrency, length).await?);
                }
            }
        }
    }
    let mut rows = Rows {
        title: "Webhook: Webhook::handle, issues.labeled of 10 KB, signed, two processes".to_owned(),
        unit: "deliveries/s",
        bare: "bare insert/s",
        rows: Vec::new(),
        remarks: vec![recorded[0].remark("delivery")],
    };
    for (concurrency, runs) in concurrencies.into_iter().zip(&runs) {
        rows.rows.push(runs.row("in flight", concurrency, "delivery", AIM)?);
    }
    let detail =
        format!("{} deliveries, all applied", runs.iter().map(|runs| runs.count("delivery")).sum::<usize>());
    report.rows(&rows);
    Ok(((), detail))
}

/// Everything that was measured of one row.
#[derive(Default)]
pub(super) struct Runs {
    pub(super) done: Vec<Done>,
    pub(super) floor: Vec<f64>,
    pub(super) bare: Vec<f64>,
}

impl Runs {
    /// How many requests of a kind were measured.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.done.iter().map(|done| done.count(kind)).sum()
    }

    /// The medians.
    ///
    /// # Errors
    /// Nothing was measured.
    pub(super) fn row(&self, label: &str, concurrency: u64, kind: &str, aim: f64) -> anyhow::Result<Row> {
        let of = |value: &dyn Fn(&Done) -> f64| median(self.done.iter().map(value));
        let cpu = |done: &Done| done.cpu_seconds * 1e6 / done.count(kind).max(1) as f64;
        Ok(Row {
            label: format!("{label} {concurrency}"),
            rate: of(&|done| done.rate(kind))?,
            p50: of(&|done| done.percentile(kind, 0.5))?,
            p99: of(&|done| done.percentile(kind, 0.99))?,
            cpu_micros: of(&cpu)?,
            floor: median(self.floor.iter().copied()).ok(),
            bare: median(self.bare.iter().copied()).ok(),
            aim,
        })
    }
}

/// Fills a database by deliveries, which is how issues get there.
///
/// # Errors
/// A delivery was not applied.
pub(super) async fn fill(
    bench: &Bench,
    database: &str,
    repositories: u64,
    issues: Range<u64>,
    priority: &str,
) -> anyhow::Result<()> {
    let mut worker = worker(bench, database, 8).await?;
    let count = issues.end - issues.start;
    let job = Deliveries { repositories, priority, ..Deliveries::new(issues.start, count) };
    let done: Done = worker.work(&job.job(8, None, Some(count))).await?;
    worker.end().await?;
    done.expect(&["202 applied"])
}

/// Which deliveries a worker is to send.
pub(super) struct Deliveries<'a> {
    /// Number of the first issue.
    pub(super) first: u64,
    /// How many issues, before it begins the next round.
    pub(super) span: u64,
    /// The first round: an even one makes issues ready.
    pub(super) round: u64,
    pub(super) repositories: u64,
    pub(super) priority: &'a str,
}

impl Deliveries<'_> {
    pub(super) fn new(first: u64, span: u64) -> Self {
        Self { first, span, round: 0, repositories: 1, priority: "p1" }
    }

    /// As a worker understands it.
    pub(super) fn job(&self, concurrency: u64, seconds: Option<u64>, count: Option<u64>) -> Value {
        json!({
            "concurrency": concurrency, "seconds": seconds, "count": count, "first": self.first, "span": self.span,
            "round": self.round, "repositories": self.repositories, "priority": self.priority,
        })
    }
}

/// Starts a worker that delivers to a database.
///
/// # Errors
/// It does not start.
pub(super) async fn worker(bench: &Bench, database: &str, pool: u64) -> anyhow::Result<Worker> {
    let env = [
        ("DATABASE_URL", bench.databases.url(database)),
        ("DATABASE_POOL_SIZE", pool.to_string()),
        ("GITHUB_WEBHOOK_SECRET", "bench".to_owned()),
    ];
    Worker::start(bench.databases.worker(), "webhook", &env, &bench.worker_log()).await
}

/// One measured run, and the look whether the database has what was answered.
async fn deliver(bench: &Bench, concurrency: u64) -> anyhow::Result<Done> {
    bench.databases.copy(TEMPLATE).await?;
    let processes = PROCESSES.min(concurrency);
    let each = concurrency / processes;
    let span = bench.size.issues / processes;
    let (mut workers, mut warm, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..processes {
        workers.push(worker(bench, COPY, each).await?);
        // Three rounds open all connections and prepare all statements.
        warm.push(Deliveries::new(WARM + number * each, each).job(each, None, Some(3 * each)));
        let measured = Deliveries { round: 1, ..Deliveries::new(number * span, span) };
        jobs.push(measured.job(each, Some(bench.size.seconds), None));
    }
    together(&mut workers, &warm).await?.expect(&["202 applied"])?;
    let done = together(&mut workers, &jobs).await?;
    for worker in workers {
        worker.end().await?;
    }
    done.expect(&["202 applied"])?;
    let sent = bench.size.issues + 3 * concurrency + done.count("delivery") as u64;
    let sql = "select count(*), count(*) filter (where outcome = 'applied') from delivery";
    let stored = bench.databases.numbers(COPY, sql).await?;
    if stored.iter().any(|count| u64::try_from(*count).ok() != Some(sent)) {
        bail!("{sent} deliveries were answered 202 applied, and the database has {stored:?} (all, applied)");
    }
    Ok(done)
}

/// What a delivery sends to the server when it moves an issue to in review, and when it moves it back to ready.
async fn record(bench: &Bench) -> anyhow::Result<[Recorded; 2]> {
    bench.databases.copy(TEMPLATE).await?;
    bench.databases.log_statements(COPY).await?;
    let mut worker = worker(bench, COPY, 1).await?;
    let mut recorded = Vec::new();
    for round in 0..5 {
        let offset = bench.databases.log_end()?;
        let job = Deliveries { round, ..Deliveries::new(RECORDED, 1) }.job(1, None, Some(1));
        worker.work::<Done>(&job).await?.expect(&["202 applied"])?;
        recorded.push(Recorded::new(bench.databases.journey_since(offset)?)?);
    }
    worker.end().await?;
    let ready = recorded.pop().context("nothing recorded")?;
    let in_review = recorded.pop().context("nothing recorded")?;
    if !ready.journey.same_way(&in_review.journey) {
        bail!("two deliveries of the same kind sent different statements");
    }
    Ok([in_review, ready])
}

/// One delivery as the server saw it.
pub(super) struct Recorded {
    journey: Journey,
    guid: String,
}

impl Recorded {
    fn new(journey: Journey) -> anyhow::Result<Self> {
        let insert = journey.statements.iter().find(|one| is_insert(&one.sql));
        let guid = insert.and_then(|insert| insert.parameters.first()?.clone());
        Ok(Self { guid: guid.context("a delivery that inserts nothing into delivery")?, journey })
    }

    fn remark(&self, what: &str) -> String {
        journey_remark(&self.journey, what)
    }
}

/// How many statements and round trips a request makes.
pub(super) fn journey_remark(journey: &Journey, what: &str) -> String {
    format!("A {what} is {} statements, begin and commit included.", journey.statements.len())
}

fn is_insert(sql: &str) -> bool {
    sql.trim_start().starts_with("insert into delivery")
}

/// Each client has issues of its own, moves all of them to in review, then all of them back, and so on.
fn floor(recorded: &[Recorded; 2], issues: u64) -> Script {
    let mut script = Script::new("webhook");
    begin(&mut script, issues);
    for (line, one) in ["\\if (:n - 1) / :share % 2 = 0", "\\else"].into_iter().zip(recorded) {
        script.line(line);
        let (issue, number) = ((FIRST_ISSUE + RECORDED).to_string(), RECORDED.to_string());
        let varying = [
            Varying { value: &one.guid, sql: ":guid" },
            Varying { value: &issue, sql: ":issue" },
            Varying { value: &number, sql: ":number" },
        ];
        script.journey(&one.journey, &varying, |_| None);
    }
    script.line("\\endif");
    script
}

/// Only the insert of the delivery.
fn bare(recorded: &[Recorded; 2]) -> anyhow::Result<Script> {
    let [one, _] = recorded;
    let insert =
        one.journey.statements.iter().find(|one| is_insert(&one.sql)).context("no insert was recorded")?;
    let journey = Journey { statements: vec![insert.clone()] };
    let mut script = Script::new("webhook-bare");
    begin(&mut script, 1);
    script.journey(&journey, &[Varying { value: &one.guid, sql: ":guid" }], |_| None);
    Ok(script)
}

/// Counts transactions, and chooses the issue and the delivery's id (as random as GitHub's).
pub(super) fn begin(script: &mut Script, share: u64) {
    script.line(&format!("\\set share {share}"));
    script.line("\\set n :n + 1");
    script.line("\\set number :client_id * :share + (:n - 1) % :share");
    script.line(&format!("\\set issue {FIRST_ISSUE} + :number"));
    script.line("\\set guid random(1, 4611686018427387904)");
}
