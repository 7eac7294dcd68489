//! The configuration the local stack runs with: the environment wins over `.env`, which wins over what is invented.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use dispatch_runtime::config::VARIABLES;

use crate::paths::Paths;

/// Secrets that are invented when nobody gave them: they protect nothing but this machine's own stack.
const INVENTED: [&str; 3] = ["DISPATCH_AGENT_TOKEN", "DISPATCH_SESSION_SECRET", "GITHUB_WEBHOOK_SECRET"];

/// Names and values; never printed.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    values: BTreeMap<String, String>,
}

impl Settings {
    /// The environment over the `.env` file in the root. Empty values count as unset.
    ///
    /// # Errors
    /// `.env` cannot be read or is not understood.
    pub(crate) fn read(paths: &Paths) -> anyhow::Result<Self> {
        let mut values = read_file(&paths.root.join(".env"))?;
        values.extend(environment().filter(|(_, value)| !value.is_empty()));
        values.retain(|_, value| !value.is_empty());
        for variable in VARIABLES {
            let value = variable.names().find_map(|name| values.get(name)).cloned();
            if let Some(value) = value {
                values.insert(variable.name.to_owned(), value);
            }
        }
        Ok(Self { values })
    }

    /// The environment without any configuration of Dispatch or AWS: what programs need to run at all.
    pub(crate) fn bare() -> Self {
        let ours = |name: &str| VARIABLES.iter().any(|variable| variable.names().any(|known| known == name));
        let values = environment().filter(|(name, _)| !ours(name) && !name.starts_with("AWS_")).collect();
        Self { values }
    }

    /// Takes over the secrets that an earlier `up` invented, where there are no others.
    ///
    /// # Errors
    /// Their file cannot be read.
    pub(crate) fn adopt_invented(&mut self, paths: &Paths) -> anyhow::Result<()> {
        for (name, value) in read_file(&invented_file(paths))? {
            self.set_default(&name, value);
        }
        Ok(())
    }

    /// Fills in the secrets that are missing, and keeps what it invented for the next time.
    ///
    /// # Errors
    /// The file of invented values cannot be read or written.
    pub(crate) fn invent_secrets(&mut self, paths: &Paths) -> anyhow::Result<Vec<&'static str>> {
        let file = invented_file(paths);
        let mut kept = read_file(&file)?;
        let missing: Vec<&str> = INVENTED.into_iter().filter(|name| self.get(name).is_none()).collect();
        for name in &missing {
            let value = kept.entry((*name).to_owned()).or_insert_with(secret).clone();
            self.set(name, value);
        }
        let mut text = "# Invented by `cargo xtask up`, for this machine only.\n".to_owned();
        text.extend(kept.iter().map(|(name, value)| format!("{name}={value}\n")));
        let open =
            std::fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&file);
        open.and_then(|mut open| open.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(missing)
    }

    /// A variable's value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Sets a variable, over whatever it was.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Sets a variable unless it has a value.
    pub(crate) fn set_default(&mut self, name: &str, value: impl Into<String>) {
        self.values.entry(name.to_owned()).or_insert_with(|| value.into());
    }

    /// Forgets a variable.
    pub(crate) fn remove(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// All variables, for a child's environment.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.values.iter()
    }
}

/// The environment, without what is no text.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Where the invented secrets are kept.
pub(crate) fn invented_file(paths: &Paths) -> PathBuf {
    paths.state.join("local.env")
}

/// 244 random bits as hexadecimal text: two version-4 UUIDs.
pub(crate) fn secret() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

fn read_file(path: &std::path::Path) -> anyhow::Result<BTreeMap<String, String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text).with_context(|| format!("cannot understand {}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// `NAME=value` lines: comments, `export`, single quotes (verbatim) and double quotes (with `\n`, `\"`, `\\`); quoted
/// values may span lines, as private keys do.
fn parse(text: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut rest = text;
    let mut line_number = 0;
    while !rest.is_empty() {
        line_number += 1;
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, value)) = line.strip_prefix("export ").unwrap_or(line).split_once('=') else {
            bail!("line {line_number} is not NAME=value");
        };
        let value = value.trim();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let mut quoted = value[1..].to_owned();
                while closing(&quoted, quote).is_none() {
                    if rest.is_empty() {
                        bail!("line {line_number}: the quoted value of {name} does not end");
                    }
                    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
                    quoted = format!("{quoted}\n{line}");
                    rest = after;
                }
                let end = closing(&quoted, quote).unwrap_or(quoted.len());
                unescape(&quoted[..end], quote)
            }
            _ => value.split(" #").next().unwrap_or_default().trim().to_owned(),
        };
        values.insert(name.trim().to_owned(), value);
    }
    Ok(values)
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, char)| {
        let ends = char == quote && !escaped;
        escaped = quote == '"' && char == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn unescape(text: &str, quote: char) -> String {
    if quote == '\'' {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (char, char == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (char, false) => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected =
            expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn env_files_are_understood() {
        check("", &[]);
        check("# no\n\nA=1\nexport B = two # why\n", &[("A", "1"), ("B", "two")]);
        check("URL=postgresql://u:p#w@h/d?a=b", &[("URL", "postgresql://u:p#w@h/d?a=b")]);
        check(
            "K=\"-----BEGIN\\nx\\\"\ny-----\"\nZ='a\\n'\n",
            &[("K", "-----BEGIN\nx\"\ny-----"), ("Z", "a\\n")],
        );
        assert!(parse("just words").unwrap_err().to_string().contains("line 1"));
        assert!(parse("A=\"open").unwrap_err().to_string().contains("does not end"));
    }
}
