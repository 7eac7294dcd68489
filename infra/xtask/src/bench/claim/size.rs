//! What a claim costs in a database that is a hundred times larger.

use super::super::report::{Report, Rows, judge};
use super::super::webhook::{self, Runs};
use super::super::{Bench, database::COPY};
use super::{Kind, REPOSITORIES, run};

const SMALL: &str = "bench_claim_small";
const ISSUES: u64 = 1_000;
/// How many times as many issues the large one has.
const TIMES: u64 = 100;
/// So many times as long a claim may take there, at most.
const AIM: f64 = 2.0;
const CLAIMERS: u64 = 8;

/// Copies of all issues and their work under numbers of their own, behind the first ones in the queue.
fn multiplied() -> String {
    format!(
        "alter table issue disable trigger user; alter table work disable trigger user;
         insert into issue select copy.*
           from issue i, generate_series(1, {TIMES} - 1) k, jsonb_populate_record(i, jsonb_build_object(
             'id', i.id + k * 10000000, 'number', i.number + k * 100000)) copy;
         insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key)
           select w.kind, w.issue_id + k * 10000000, 'issue:' || w.issue_id + k * 10000000, w.lane, w.offered,
             w.ready_since, w.rank_key + k * interval '1 second'
           from work w, generate_series(1, {TIMES} - 1) k;
         alter table issue enable trigger user; alter table work enable trigger user"
    )
}

/// Measures claims in both.
///
/// # Errors
/// As the measurement of claims.
pub(super) async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    bench.databases.create(SMALL, REPOSITORIES).await?;
    webhook::fill(bench, SMALL, REPOSITORIES, 0..ISSUES, "p1").await?;
    let mut runs = [Runs::default(), Runs::default()];
    for _ in 0..bench.size.repetitions {
        for (runs, change) in runs.iter_mut().zip([String::new(), multiplied()]) {
            bench.databases.copy(SMALL).await?;
            bench.databases.execute(COPY, &change).await?;
            bench.databases.settle(COPY).await?;
            runs.done.push(run(bench, Kind::Alone, CLAIMERS, ISSUES * 3 / 4).await?);
        }
    }
    let mut rows = Vec::new();
    for (runs, issues) in runs.iter().zip([ISSUES, ISSUES * TIMES]) {
        let mut row = runs.row("claimers", CLAIMERS, Kind::Alone.counted(), 0.0)?;
        row.label = format!("{issues} issues");
        rows.push(row);
    }
    let times = rows[1].p50 / rows[0].p50;
    let aim = judge(times <= AIM, &format!("at most {AIM:.0} times as long"));
    report.rows(&Rows {
        title: format!("Claim by {CLAIMERS} claimers in a small database and in a large one"),
        unit: "claims/s",
        bare: "",
        rows,
        remarks: vec![format!("In the large one half of the claims take {times:.1} times as long; {aim}.")],
    });
    Ok(())
}
