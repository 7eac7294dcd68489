//! What Dispatch costs GitHub: requests counted by the simulator, by a program of the tests, because only they have all
//! functions and a GitHub in one process.

use super::Bench;
use super::report::Report;
use crate::process::output;
use crate::up::build;

/// Deliveries of the recovery: all, and in a quick run.
const DELIVERIES: (&str, &str) = ("10000", "500");

/// Counts requests.
///
/// # Errors
/// The program does not build, or something was lost.
pub(super) async fn measure(bench: &Bench, quick: bool, report: &mut Report) -> anyhow::Result<((), String)> {
    let mut cargo = build::cargo(&bench.paths);
    cargo.args(["run", "--quiet", "--package", "tests", "--bin", "github-cost", "--", "--deliveries"]);
    cargo.arg(if quick { DELIVERIES.1 } else { DELIVERIES.0 });
    cargo.env("DATABASE_URL", bench.databases.url("postgres"));
    let table = output(cargo).await?;
    report.title("What it costs GitHub");
    report.remark(table.trim_end());
    Ok(((), format!("{} lines", table.lines().count())))
}
