//! The statements of a journey, as the server's own log has them: what the floor repeats is what was really sent.

use std::path::Path;

use anyhow::{Context as _, bail};

/// One statement as the server executed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// With `$1`, `$2`… for its parameters.
    pub(super) sql: String,
    /// The parameters as text; none for SQL's null.
    pub(super) parameters: Vec<Option<String>>,
}

/// What one request sent to the server.
#[derive(Clone, Debug, Default)]
pub(super) struct Journey {
    /// In order, `begin` and `commit` included.
    pub(super) statements: Vec<Statement>,
}

impl Journey {
    /// The statements without their parameters: two requests took the same way when these are equal.
    pub(super) fn same_way(&self, other: &Self) -> bool {
        self.statements.iter().map(|one| &one.sql).eq(other.statements.iter().map(|one| &one.sql))
    }

    /// Reads what was appended to the server's log from `offset` on.
    ///
    /// # Errors
    /// The log cannot be read or is not understood.
    pub(super) fn read(log: &Path, offset: u64) -> anyhow::Result<Self> {
        let bytes = std::fs::read(log).with_context(|| format!("cannot read {}", log.display()))?;
        let new = bytes.get(usize::try_from(offset)?..).unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(new))
    }

    fn parse(log: &str) -> anyhow::Result<Self> {
        let mut journey = Self::default();
        for entry in entries(log) {
            if let Some((_, rest)) = entry.split_once("LOG:  execute ") {
                // "execute s12: insert into …"; an unnamed statement is "execute <unnamed>: …".
                let (_, sql) =
                    rest.split_once(": ").context("the server's log has a statement without a name")?;
                journey.add(sql);
            } else if let Some((_, sql)) = entry.split_once("LOG:  statement: ") {
                journey.add(sql);
            } else if let Some((_, list)) = entry
                .split_once("DETAIL:  parameters: ")
                .or_else(|| entry.split_once("DETAIL:  Parameters: "))
            {
                let last =
                    journey.statements.last_mut().context("parameters without a statement in the log")?;
                last.parameters = parameters(list)?;
            }
        }
        Ok(journey)
    }

    fn add(&mut self, sql: &str) {
        if !sql.trim().is_empty() {
            self.statements.push(Statement { sql: sql.to_owned(), parameters: Vec::new() });
        }
    }
}

/// Entries of the log: lines that go on begin with a tab.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(last)) => {
                last.push('\n');
                last.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// `$1 = 'text with '' in it', $2 = NULL`.
fn parameters(list: &str) -> anyhow::Result<Vec<Option<String>>> {
    let mut values = Vec::new();
    let mut rest = list;
    loop {
        let (_, value) =
            rest.split_once(" = ").context("the server's log has parameters that are not understood")?;
        if let Some(after) = value.strip_prefix("NULL") {
            values.push(None);
            rest = after;
        } else {
            let Some(quoted) = value.strip_prefix('\'') else {
                bail!("the server's log has a parameter that is neither NULL nor quoted")
            };
            let (text, after) = unquote(quoted).context("a parameter in the server's log does not end")?;
            values.push(Some(text));
            rest = after;
        }
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return Ok(values),
        }
    }
}

/// The text up to the closing quote, and what follows that.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('\'')?;
        text.push_str(part);
        match after.strip_prefix('\'') {
            Some(more) => {
                text.push('\'');
                rest = more;
            }
            None => return Some((text, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_understood() {
        let at = "2026-11-23 02:53:05.123 UTC [123]";
        let log = format!(
            "{at} LOG:  statement: \n{at} LOG:  statement: begin\n\
             {at} LOG:  execute s3: insert into t (a, b, c)\n\tvalues ($1, $2,\n\t\t$3)\n\
             {at} DETAIL:  parameters: $1 = 'it''s, $2 = \n\tx', $2 = NULL, $3 = '7'\n\
             {at} LOG:  statement: commit\n"
        );
        let journey = Journey::parse(&log).unwrap();
        let sql: Vec<&str> = journey.statements.iter().map(|one| one.sql.as_str()).collect();
        assert_eq!(sql, ["begin", "insert into t (a, b, c)\nvalues ($1, $2,\n\t$3)", "commit"]);
        let expected = [Some("it's, $2 = \nx".to_owned()), None, Some("7".to_owned())];
        assert_eq!(journey.statements[1].parameters, expected);
    }
}
