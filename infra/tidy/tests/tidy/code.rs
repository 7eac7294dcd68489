//! The shape of code: short files, thin mains, no stubs, no sleeping tests.

use tidy::files::{File, files};
use tidy::finding::Findings;
use tidy::source::{self, code, inline_tests, is_generated};

/// Code lines in a file, without comments and inline tests.
const LONGEST_FILE: usize = 400;
/// Code lines in a function's main.rs: telemetry, configuration, pool, run.
const LONGEST_MAIN: usize = 30;

fn written_by_people() -> Vec<File> {
    let extensions = ["rs", "ts", "js", "mjs", "svelte", "css", "sql", "sh", "py"];
    files()
        .into_iter()
        .filter(|file| extensions.contains(&file.extension()) && !is_generated(&file.path))
        .collect()
}

#[test]
fn files_are_short() {
    let mut findings = Findings::default();
    for file in written_by_people() {
        let code = code(&file);
        if code.len() > LONGEST_FILE {
            let what = format!("{} lines of code; at most {LONGEST_FILE}: cut it by feature", code.len());
            findings.add(&file.path, code[LONGEST_FILE].0, what);
        }
    }
    findings.report();
}

#[test]
fn mains_are_thin() {
    let mut findings = Findings::default();
    for file in files() {
        let code = code(&file);
        let is_main = file.path.starts_with("functions/") && file.path.ends_with("/src/main.rs");
        if is_main && code.len() > LONGEST_MAIN {
            let what = format!("{} lines of code; at most {LONGEST_MAIN}: move it to lib.rs", code.len());
            findings.add(&file.path, code[LONGEST_MAIN].0, what);
        }
    }
    findings.report();
}

/// What must not be left behind, with the advice. Written in halves, so that this file is not found.
const LEFT_BEHIND: &[(&str, &str)] = &[
    (concat!("to", "do!"), "write it, or leave the whole thing out"),
    (concat!("unimple", "mented!"), "write it, or leave the whole thing out"),
    (concat!("db", "g!"), "remove it, or log with tracing"),
    (concat!("#[ig", "nore"), "a test runs or is deleted"),
    (concat!("#[should_", "panic"), "compare the error instead"),
];

/// The same for the board's tests.
const LEFT_BEHIND_IN_BOARD: &[(&str, &str)] = &[
    (concat!("test.", "only("), "remove it: the other tests would not run"),
    (concat!("test.", "skip("), "a test runs or is deleted"),
    (concat!("test.", "fixme("), "a test runs or is deleted"),
    (concat!("it.", "only("), "remove it: the other tests would not run"),
    (concat!("it.", "skip("), "a test runs or is deleted"),
    (concat!("describe.", "only("), "remove it: the other tests would not run"),
    (concat!("describe.", "skip("), "a test runs or is deleted"),
];

#[test]
fn nothing_is_left_behind() {
    let mut findings = Findings::default();
    for file in written_by_people() {
        let words = if file.extension() == "rs" { LEFT_BEHIND } else { LEFT_BEHIND_IN_BOARD };
        for (n, line) in file.lines() {
            for (word, advice) in words.iter().filter(|(word, _)| line.contains(word)) {
                findings.add(&file.path, n, format!("{word}: {advice}"));
            }
        }
    }
    findings.report();
}

/// Whether a line of code calls one of the functions.
fn calls(line: &str, functions: &[&str]) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    functions.iter().any(|name| code.match_indices(name).any(|(at, _)| !code[..at].ends_with(is_name)))
}

/// A test waits for a condition with a deadline. Where it must let time pass, a comment `// sleep: <reason>` on the same
/// line or the one above says why.
#[test]
fn tests_do_not_sleep() {
    let sleeping = [concat!("sle", "ep("), concat!("sleep_", "until("), concat!("waitFor", "Timeout(")];
    let mut findings = Findings::default();
    for file in written_by_people() {
        let board_test = file.path.ends_with(".test.ts") || file.path.starts_with("static-ui/e2e/");
        let first = match inline_tests(&file) {
            _ if board_test || source::is_test(&file.path) => 1,
            Some(line) if file.extension() == "rs" => line,
            _ => continue,
        };
        let mut above = "";
        for (n, line) in file.lines() {
            let excused = [above, line].iter().any(|text| text.contains("// sleep: "));
            if n >= first && !excused && calls(line, &sleeping) {
                let what =
                    "wait for a condition with a deadline, or say why not in a comment `// sleep: <reason>`";
                findings.add(&file.path, n, what);
            }
            above = line;
        }
    }
    findings.report();
}
