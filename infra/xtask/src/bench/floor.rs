//! The floor: pgbench running the statements of a journey as prepared statements, from the same number of clients.
//!
//! Nothing that pgbench sends is missing from the function (the same parameters, of the same size), but pgbench waits
//! after each statement, and the function only where one needs the answer of another: that much it can be faster.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use tokio::process::Command;

use super::journey::{Journey, Statement};
use crate::paths::Paths;
use crate::process::output;

/// A script for pgbench, with the values of its variables.
#[derive(Clone, Default)]
pub(super) struct Script {
    name: &'static str,
    text: String,
    constants: Vec<(String, String)>,
}

/// A recorded value that is another one in each transaction, and what stands for it in the script.
pub(super) struct Varying<'a> {
    /// As recorded.
    pub(super) value: &'a str,
    /// SQL with variables of pgbench.
    pub(super) sql: &'a str,
}

impl Script {
    /// An empty script. The name is for files.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds a line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds the statements of a journey. Values that vary become their variables, all others constants that travel as
    /// parameters all the same. `results` names the variables' prefix for each statement whose row is needed later.
    pub(super) fn journey(
        &mut self,
        journey: &Journey,
        varying: &[Varying<'_>],
        results: impl Fn(&str) -> Option<&'static str>,
    ) {
        for statement in &journey.statements {
            let sql = self.substitute(statement, varying);
            match results(&statement.sql) {
                Some(prefix) => self.line(&format!("{sql} \\gset {prefix}")),
                None => self.line(&format!("{sql};")),
            }
        }
    }

    fn substitute(&mut self, statement: &Statement, varying: &[Varying<'_>]) -> String {
        let mut sql = String::new();
        let mut parts = statement.sql.split('$');
        sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            let number: usize = part[..digits].parse().unwrap_or(0);
            match number.checked_sub(1).and_then(|index| statement.parameters.get(index)) {
                None => {
                    sql.push('$');
                    sql.push_str(part);
                    continue;
                }
                Some(None) => sql.push_str("NULL"),
                Some(Some(value)) => {
                    let known = varying.iter().find(|varying| varying.value == value);
                    match known {
                        Some(known) => sql.push_str(known.sql),
                        None => _ = write!(sql, ":{}", self.constant(value)),
                    }
                }
            }
            sql.push_str(&part[digits..]);
        }
        sql
    }

    /// The variable of a value, a new one if there is none yet.
    fn constant(&mut self, value: &str) -> String {
        let value = bytes_as_text(value).unwrap_or_else(|| value.to_owned());
        if let Some((name, _)) = self.constants.iter().find(|(_, known)| *known == value) {
            return name.clone();
        }
        let name = format!("constant{}", self.constants.len());
        self.constants.push((name.clone(), value));
        name
    }
}

/// `bytea` is logged as hexadecimal digits, twice its size; the other notation that Postgres reads is as long as what
/// the function sends.
fn bytes_as_text(value: &str) -> Option<String> {
    let digits = value.strip_prefix("\\x")?;
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Vec<u8> = digits.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?;
    let text = String::from_utf8(bytes).ok()?;
    text.is_ascii().then(|| text.replace('\\', "\\\\"))
}

/// How much pgbench is to do.
#[derive(Clone, Copy)]
pub(super) enum Length {
    /// So many seconds.
    Seconds(u64),
    /// So many transactions by each client.
    Transactions(u64),
}

/// pgbench on this machine.
pub(super) struct Pgbench {
    program: PathBuf,
    folder: PathBuf,
}

impl Pgbench {
    /// Finds it: in `PATH`, or where Debian puts the programs of each version. None: floors are not measured.
    pub(super) fn find(paths: &Paths) -> Option<Self> {
        let mut folders: Vec<PathBuf> =
            std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect();
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        folders.extend(versions.map(|version| version.path().join("bin")));
        let program = folders.into_iter().map(|folder| folder.join("pgbench")).find(|file| file.exists())?;
        Some(Self { program, folder: paths.state.clone() })
    }

    /// Runs a script and returns its transactions per second.
    ///
    /// # Errors
    /// pgbench fails: a statement does, or a client gave up.
    pub(super) async fn run(
        &self,
        script: &Script,
        url: &str,
        clients: u64,
        length: Length,
    ) -> anyhow::Result<f64> {
        let file = self.folder.join(format!("floor-{}.sql", script.name));
        std::fs::write(&file, &script.text)?;
        let threads =
            std::thread::available_parallelism().map_or(1, usize::from).min(usize::try_from(clients)?);
        let mut command = Command::new(&self.program);
        command.args(["--no-vacuum", "--protocol=prepared"]);
        command.arg(format!("--client={clients}")).arg(format!("--jobs={threads}"));
        command.arg(match length {
            Length::Seconds(seconds) => format!("--time={seconds}"),
            Length::Transactions(transactions) => format!("--transactions={transactions}"),
        });
        for (name, value) in &script.constants {
            command.arg(format!("--define={name}={value}"));
        }
        command.args(["--define=n=0", "--file"]).arg(&file).arg(url);
        let text = output(command).await.with_context(|| format!("running {}", file.display()))?;
        let rate = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next());
        rate.and_then(|rate| rate.parse().ok()).with_context(|| format!("pgbench told no rate: {text}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_becomes_a_script() {
        let parameters = ["7", "it's", "\\x7b225c227d"].map(|value| Some(value.to_owned()));
        let mut statement = Statement {
            sql: "insert into t values ($1::bigint, $2, $3, $4, '$x')".into(),
            parameters: parameters.into(),
        };
        statement.parameters.push(None);
        let begin = Statement { sql: "begin".into(), parameters: Vec::new() };
        let mut script = Script::new("test");
        let journey = Journey { statements: vec![begin, statement] };
        let varying = [Varying { value: "7", sql: ":issue" }];
        script.journey(&journey, &varying, |sql| sql.starts_with("insert").then_some("t_"));
        assert_eq!(
            script.text,
            "begin;\ninsert into t values (:issue::bigint, :constant0, :constant1, NULL, '$x') \\gset t_\n"
        );
        let values: Vec<&str> = script.constants.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["it's", "{\"\\\\\"}"]);
    }
}
