//! Claims: `POST /api/claims` through the API's router in two processes, over ready issues of twenty repositories: alone,
//! past work that gates hold back, in a lane with a limit, each with its completion, by agents at rest in between, and
//! each on a connection of its own. Otherwise the claimers of a process share a few connections. The floor has as many.

mod size;

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::Bench;
use super::database::COPY;
use super::floor::{Length, Script, Varying};
use super::journey::Journey;
use super::report::{Report, Rows, judge};
use super::webhook::{self, Deliveries, FIRST_ISSUE, PROCESSES, Runs, begin, journey_remark};
use super::worker::{Done, Worker, together};

const TEMPLATE: &str = "bench_claim";
const RECORDING: &str = "bench_claim_recorded";
const REPOSITORIES: u64 = 20;
/// Work that was claimed and completed before: Postgres knows the tables of a database that is in use.
const HISTORY: u64 = 500;
const AIM: f64 = 0.4;
/// Connections of a process at most, however many claimers it serves: as many of both processes work best where Postgres
/// has two cores.
const CONNECTIONS: u64 = 4;
/// What nearly all of that many claimers wait for an answer at most, in milliseconds.
const P99_OF_32: f64 = 50.0;
/// Far from every other number in the recorded parameters.
const RECORDED: u64 = 918_273;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The claim, nothing in its way.
    Alone,
    /// The claim, with every kind of rule set and held-back work at the head of the queue. Its lane has no limit.
    Gated,
    /// The claim, in a lane whose limit is never reached: all claims take one lock, and so do those of the floor.
    Limited,
    /// The claim with its completion.
    Pair,
    /// The claim, by agents that do something else in between.
    Calm,
    /// The claim, each claimer on a connection of its own.
    Apart,
}

impl Kind {
    const ALL: [Self; 6] = [Self::Alone, Self::Gated, Self::Limited, Self::Pair, Self::Calm, Self::Apart];

    fn title(self) -> &'static str {
        match self {
            Self::Alone => "Claim: POST /api/claims through the router, two processes",
            Self::Gated => "Claim past work that gates hold back",
            Self::Limited => "Claim in one limited lane",
            Self::Pair => "Claim and complete, one after the other",
            Self::Calm => "Claim by agents that rest a quarter of a second after each answer",
            Self::Apart => "Claim, each claimer on a connection of its own",
        }
    }

    fn concurrencies(self) -> &'static [u64] {
        match self {
            Self::Alone | Self::Pair => &[1, 8, 32],
            Self::Gated | Self::Limited => &[8, 32],
            Self::Calm | Self::Apart => &[32],
        }
    }

    /// Connections of each process, for so many of its claimers.
    fn connections(self, claimers: u64) -> u64 {
        if self == Self::Apart { claimers } else { claimers.min(CONNECTIONS) }
    }

    /// How long an agent does something else after each claim, in milliseconds.
    fn pause_ms(self) -> u64 {
        if self == Self::Calm { 250 } else { 0 }
    }

    /// So many claims by so many claimers are one run.
    fn count(self, concurrency: u64, bench: &Bench) -> u64 {
        let all = bench.size.issues * 3 / 4;
        match self {
            // Half a minute is enough.
            Self::Calm => all.min(120 * concurrency),
            _ if concurrency == 1 => bench.size.claims_alone,
            _ => all,
        }
    }

    /// As the worker counts it.
    fn counted(self) -> &'static str {
        if self == Self::Pair { "pair" } else { "claim" }
    }

    /// What is set before a run.
    fn rules(self) -> &'static str {
        match self {
            Self::Alone | Self::Pair | Self::Calm | Self::Apart => "",
            Self::Limited => "update lane set wip_limit = 10000 where name = 'default'",
            Self::Gated => {
                "update repository set excluded_labels = '{no-agents}';
                 insert into lane (name, paused, wip_limit) values ('paused', true, null), ('narrow', false, 1);
                 create temporary table head as
                   select id, issue_id, row_number() over (order by rank_key, id) as place from work where offered;
                 update work set snoozed_until = now() + interval '1 day'
                   from head where head.id = work.id and place between 1 and 4;
                 update work set quarantined_at = now() from head where head.id = work.id and place between 5 and 8;
                 update work set waits_for = 1 from head where head.id = work.id and place between 9 and 12;
                 update work set lane = 'paused' from head where head.id = work.id and place between 13 and 16;
                 update issue set agent = 'somebody-else'
                   from head where head.issue_id = issue.id and place between 17 and 20;
                 update issue set labels = labels || '{no-agents}'::text[]
                   from head where head.issue_id = issue.id and place between 21 and 24"
            }
        }
    }
}

/// Measures claims.
///
/// # Errors
/// An issue was handed out twice, or the database has other claims than were answered.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<((), String)> {
    bench.databases.create(TEMPLATE, REPOSITORIES).await?;
    webhook::fill(bench, TEMPLATE, REPOSITORIES, bench.size.issues..bench.size.issues + HISTORY, "p1")
        .await?;
    let mut worked = worker(bench, TEMPLATE, 8).await?;
    worked.work::<Done>(&job(Kind::Pair, "old", 8, HISTORY)).await?.expect(&[
        "granted",
        "completed",
        "pair",
    ])?;
    worked.end().await?;
    webhook::fill(bench, TEMPLATE, REPOSITORIES, 0..bench.size.issues, "p1").await?;
    bench.databases.settle(TEMPLATE).await?;
    let recorded = record(bench).await?;
    let mut all = Vec::new();
    for kind in Kind::ALL {
        all.extend(kind.concurrencies().iter().map(|concurrency| (kind, *concurrency, Runs::default())));
    }
    for _ in 0..bench.size.repetitions {
        for (kind, concurrency, runs) in &mut all {
            let count = kind.count(*concurrency, bench);
            runs.done.push(claim(bench, *kind, *concurrency, count).await?);
            // Who rests is not in a hurry: there is no rate to compare.
            if let Some(pgbench) = bench.pgbench.as_ref().filter(|_| *kind != Kind::Calm) {
                let processes = PROCESSES.min(*concurrency);
                let clients = processes * kind.connections(*concurrency / processes);
                let length = Length::Transactions(count / clients);
                let share = bench.size.issues / clients;
                for (script, rates) in
                    [(recorded.floor(*kind, share), &mut runs.floor), (bare(*kind), &mut runs.bare)]
                {
                    let url = copy(bench, *kind).await?;
                    rates.push(pgbench.run(&script, &url, clients, length).await?);
                }
            }
        }
    }
    for kind in Kind::ALL {
        let journey = recorded.journey(kind);
        let mut rows = Rows {
            title: kind.title().to_owned(),
            unit: if kind == Kind::Pair { "pairs/s" } else { "claims/s" },
            bare: "bare update/s",
            rows: Vec::new(),
            remarks: vec![journey_remark(journey, kind.counted())],
        };
        for (_, concurrency, runs) in all.iter().filter(|(of, _, _)| *of == kind) {
            let row = runs.row("claimers", *concurrency, kind.counted(), AIM)?;
            if *concurrency == 32 && kind != Kind::Pair {
                let aim = judge(row.p99 <= P99_OF_32, &format!("{P99_OF_32:.0} ms for 99 % of 32 claimers"));
                rows.remarks.push(format!("{aim}."));
            }
            rows.rows.push(row);
            let nothing = runs.count("nothing");
            if nothing > 0 {
                rows.remarks.push(format!(
                    "{nothing} requests of {concurrency} claimers were answered \"contended\"."
                ));
            }
        }
        report.rows(&rows);
    }
    size::measure(bench, report).await?;
    let claims: usize = all.iter().map(|(_, _, runs)| runs.count("claim")).sum();
    Ok(((), format!("{claims} claims, no issue twice")))
}

/// A fresh database, with what is set for a kind of claim.
async fn copy(bench: &Bench, kind: Kind) -> anyhow::Result<String> {
    let url = bench.databases.copy(TEMPLATE).await?;
    bench.databases.execute(COPY, kind.rules()).await?;
    Ok(url)
}

async fn worker(bench: &Bench, database: &str, pool: u64) -> anyhow::Result<Worker> {
    let env = [
        ("DATABASE_URL", bench.databases.url(database)),
        ("DATABASE_POOL_SIZE", pool.to_string()),
        ("DISPATCH_AGENT_TOKEN", "bench".to_owned()),
        ("DISPATCH_AUTH_MODE", "disabled".to_owned()),
        // The same agent claims as fast as it can.
        ("DISPATCH_AGENT_RATE", "0".to_owned()),
    ];
    Worker::start(bench.databases.worker(), "claim", &env, &bench.worker_log()).await
}

fn job(kind: Kind, prefix: &str, concurrency: u64, count: u64) -> Value {
    json!({
        "concurrency": concurrency, "count": count, "pause_ms": kind.pause_ms(), "prefix": prefix,
        "complete": kind == Kind::Pair,
    })
}

/// One measured run on a fresh database.
async fn claim(bench: &Bench, kind: Kind, concurrency: u64, count: u64) -> anyhow::Result<Done> {
    copy(bench, kind).await?;
    run(bench, kind, concurrency, count).await
}

/// So many claims in the copy, and the look whether the database has what was answered.
async fn run(bench: &Bench, kind: Kind, concurrency: u64, count: u64) -> anyhow::Result<Done> {
    let stored = "select count(*), count(distinct issue_id) from claim";
    let before = bench.databases.numbers(COPY, stored).await?;
    let processes = PROCESSES.min(concurrency);
    let each = concurrency / processes;
    let (mut workers, mut warm, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..processes {
        workers.push(worker(bench, COPY, kind.connections(each)).await?);
        warm.push(job(kind, &format!("warm{number}-"), each, 2 * each));
        jobs.push(job(kind, &format!("agent{number}-"), each, count / processes));
    }
    let warmed = together(&mut workers, &warm).await?;
    let done = together(&mut workers, &jobs).await?;
    for worker in workers {
        worker.end().await?;
    }
    done.expect(&["granted", "completed", "pair", "contended"])?;
    let answered: Vec<&String> = warmed.issues.iter().chain(&done.issues).collect();
    let distinct: BTreeSet<&String> = answered.iter().copied().collect();
    let after = bench.databases.numbers(COPY, stored).await?;
    let stored: Vec<i64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
    let expected = i64::try_from(answered.len())?;
    if distinct.len() != answered.len() || stored != [expected, expected] {
        bail!(
            "{expected} claims were answered for {} issues, and the database has {stored:?} (claims, issues)",
            distinct.len()
        );
    }
    Ok(done)
}

/// One claim, another one with its completion, and one in a limited lane, as the server saw them.
struct Recorded {
    alone: (Journey, Ids),
    pair: (Journey, Ids),
    limited: (Journey, Ids),
}

/// What a recorded claim was about, as the parameters have it.
struct Ids {
    agent: String,
    issue: String,
    work: String,
    claim: String,
    fence: String,
    mutation: String,
}

async fn record(bench: &Bench) -> anyhow::Result<Recorded> {
    bench.databases.create(RECORDING, 1).await?;
    // Numbers that nothing else has, so that they are recognised among the parameters.
    let unusual = "alter table work alter column id restart with 7100000001;
        alter table claim alter column id restart with 7200000001;
        alter table mutation alter column id restart with 7300000001;
        alter sequence claim_fence restart with 7400000001";
    bench.databases.execute(RECORDING, unusual).await?;
    let alone = record_one(bench, Kind::Alone, "alone", RECORDED).await?;
    let pair = record_one(bench, Kind::Pair, "pair", RECORDED + 1).await?;
    bench.databases.execute(RECORDING, Kind::Limited.rules()).await?;
    let limited = record_one(bench, Kind::Limited, "limited", RECORDED + 2).await?;
    Ok(Recorded { alone, pair, limited })
}

async fn record_one(bench: &Bench, kind: Kind, agent: &str, number: u64) -> anyhow::Result<(Journey, Ids)> {
    let mut deliver = webhook::worker(bench, RECORDING, 1).await?;
    let delivery = Deliveries::new(number, 1).job(1, None, Some(1));
    deliver.work::<Done>(&delivery).await?.expect(&["202 applied"])?;
    deliver.end().await?;
    // What a delivery leaves to be counted is counted by the first claim after it: not by each.
    bench.databases.execute(RECORDING, "delete from dependency_change").await?;
    bench.databases.log_statements(RECORDING).await?;
    let mut worker = worker(bench, RECORDING, 1).await?;
    let offset = bench.databases.log_end()?;
    worker.work::<Done>(&job(kind, agent, 1, 1)).await?.expect(&["granted", "completed", "pair"])?;
    let journey = bench.databases.journey_since(offset)?;
    worker.end().await?;
    bench.databases.execute("postgres", &format!("alter database {RECORDING} reset log_statement")).await?;
    let issue = FIRST_ISSUE + number;
    let ids = format!(
        "select c.work_id, c.id, c.fence, m.id from claim c join mutation m on m.issue_id = c.issue_id
         where c.issue_id = {issue}"
    );
    let ids: Vec<String> =
        bench.databases.numbers(RECORDING, &ids).await?.iter().map(ToString::to_string).collect();
    let [work, claim, fence, mutation] = ids.try_into().ok().context("a claim without its rows")?;
    Ok((journey, Ids { agent: format!("{agent}0"), issue: issue.to_string(), work, claim, fence, mutation }))
}

impl Recorded {
    fn of(&self, kind: Kind) -> &(Journey, Ids) {
        match kind {
            Kind::Alone | Kind::Gated | Kind::Calm | Kind::Apart => &self.alone,
            Kind::Limited => &self.limited,
            Kind::Pair => &self.pair,
        }
    }

    fn journey(&self, kind: Kind) -> &Journey {
        &self.of(kind).0
    }

    /// Each client has issues of its own; what they are called in the database comes from the rows that the journey
    /// itself reads.
    fn floor(&self, kind: Kind, share: u64) -> Script {
        let (journey, ids) = self.of(kind);
        let mut script = Script::new(if kind == Kind::Pair { "pair" } else { "claim" });
        begin(&mut script, share);
        script.line(match kind {
            Kind::Pair => "\\set agent 1000000 * (:client_id + 1)",
            _ => "\\set agent 1000000 * (:client_id + 1) + :n",
        });
        let (key, list) = (format!("issue:{}", ids.issue), format!("{{{}}}", ids.issue));
        let varying = [
            Varying { value: &key, sql: "'issue:' || :issue::bigint" },
            Varying { value: &list, sql: "array[:issue::bigint]" },
            Varying { value: &ids.agent, sql: ":agent" },
            Varying { value: &ids.issue, sql: ":issue" },
            Varying { value: &ids.work, sql: ":issue_work_id" },
            Varying { value: &ids.claim, sql: ":claim_id" },
            Varying { value: &ids.fence, sql: ":claim_fence" },
            Varying { value: &ids.mutation, sql: ":issue_mutation_id" },
        ];
        script.journey(journey, &varying, |sql| {
            if sql.contains("insert into claim (") {
                Some("claim_")
            } else if sql.contains("m.id as mutation_id") {
                Some("issue_")
            } else {
                None
            }
        });
        script
    }
}

/// The least that hands out a row to one of several.
fn bare(kind: Kind) -> Script {
    let mut script = Script::new("claim-bare");
    script.line(
        "update work set offered = false where id = (select id from work where offered \
         order by rank_key, id limit 1 for update skip locked) returning id \\gset work_",
    );
    if kind == Kind::Pair {
        script.line("update work set ready_since = null where id = :work_id;");
    }
    script
}
