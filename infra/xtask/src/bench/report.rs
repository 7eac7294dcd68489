//! The result as text: for the terminal and for docs/benchmarks.md.

use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::path::Path;

use super::{Size, machine};
use crate::paths::Paths;

/// Everything that was measured, as it is printed.
pub(super) struct Report {
    date: String,
    text: String,
}

/// A table of rates.
pub(super) struct Rows {
    pub(super) title: String,
    /// What the rate counts.
    pub(super) unit: &'static str,
    /// What the bare statement's column is called.
    pub(super) bare: &'static str,
    pub(super) rows: Vec<Row>,
    pub(super) remarks: Vec<String>,
}

/// One line of it.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) rate: f64,
    /// Milliseconds.
    pub(super) p50: f64,
    /// Milliseconds.
    pub(super) p99: f64,
    /// Processor time of the function's process per request, in microseconds.
    pub(super) cpu_micros: f64,
    pub(super) floor: Option<f64>,
    pub(super) bare: Option<f64>,
    /// The share of the floor that is aimed at.
    pub(super) aim: f64,
}

impl Report {
    /// Begins with when, where and what.
    pub(super) async fn begin(paths: &Paths, size: &Size, profile: &str, postgres: &str) -> Self {
        let date = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC");
        let mut text = format!("Commit {}\n{}\n", machine::commit(paths).await, machine::description());
        let _ = writeln!(
            text,
            "PostgreSQL {postgres} on the same machine, fsync on; profile {profile}; medians of {} repetitions, floor \
             and measured in turn",
            size.repetitions
        );
        Self { date: date.to_string(), text }
    }

    /// Adds a sentence.
    pub(super) fn remark(&mut self, sentence: &str) {
        let _ = writeln!(self.text, "{sentence}");
    }

    /// Adds a heading.
    pub(super) fn title(&mut self, title: &str) {
        let _ = writeln!(self.text, "\n{title}");
    }

    /// Adds a table of rates with its floor and its aim.
    pub(super) fn rows(&mut self, rows: &Rows) {
        self.title(&rows.title);
        let floors = rows.rows.iter().any(|row| row.floor.is_some());
        let _ =
            write!(self.text, "  {:<14}{:>13}{:>9}{:>9}{:>9}", "", rows.unit, "p50 ms", "p99 ms", "cpu µs");
        if floors {
            let _ = write!(self.text, "{:>11}{:>15}{:>10}", "floor/s", rows.bare, "of floor");
        }
        self.text.push('\n');
        for row in &rows.rows {
            let Row { label, rate, p50, p99, cpu_micros, .. } = row;
            let _ = write!(self.text, "  {label:<14}{rate:>13.0}{p50:>9.2}{p99:>9.2}{cpu_micros:>9.0}");
            if let (Some(floor), Some(bare)) = (row.floor, row.bare) {
                let share = rate / floor;
                let judged = judge(share >= row.aim, &format!("{:.0} % of floor", row.aim * 100.0));
                let _ = write!(self.text, "{floor:>11.0}{bare:>15.0}{:>8.0} %  {judged}", share * 100.0);
            }
            self.text.push('\n');
        }
        for remark in &rows.remarks {
            let _ = writeln!(self.text, "  {remark}");
        }
    }

    /// Appends it to a document.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn record(&self, file: &Path) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let begin =
            if file.exists() { "" } else { "# Benchmarks\n\nWhat `cargo xtask bench --record` printed.\n" };
        let mut out = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
        Ok(write!(out, "{begin}\n## {}\n\n```text\n{}```\n", self.date, self.text)?)
    }
}

/// `aim 12 ms: met` or `aim 12 ms: MISSED`.
pub(super) fn judge(met: bool, aim: &str) -> String {
    format!("aim {aim}: {}", if met { "met" } else { "MISSED" })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Benchmark of {}\n{}", self.date, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_aim_is_called_missed() {
        let mut report = Report { date: "today".to_owned(), text: String::new() };
        let row = |rate| Row {
            label: "claimers 8".to_owned(),
            rate,
            p50: 1.0,
            p99: 2.0,
            cpu_micros: 300.0,
            floor: Some(1000.0),
            bare: Some(5000.0),
            aim: 0.4,
        };
        let rows = vec![row(400.0), row(399.0)];
        report.rows(&Rows {
            title: "T".to_owned(),
            unit: "claims/s",
            bare: "bare/s",
            rows,
            remarks: Vec::new(),
        });
        let lines: Vec<&str> = report.text.lines().collect();
        assert!(lines[3].ends_with("40 %  aim 40 % of floor: met"), "{}", lines[3]);
        assert!(lines[4].ends_with("40 %  aim 40 % of floor: MISSED"), "{}", lines[4]);
    }
}
