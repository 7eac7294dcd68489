//! The migrations on disk are the migrations that run.

use tidy::files::{file, files};
use tidy::finding::Findings;

const LIST: &str = "shared/store/src/migrations.rs";

/// The entries of `migrations::ALL`: line, name, included path.
fn listed() -> Vec<(usize, String, String)> {
    let source = file(LIST);
    // An entry may be broken over lines: its name is the literal before the one in `include_str!`.
    let mut name = None;
    let mut entries = Vec::new();
    for (n, line) in source.lines() {
        let mut literals = line.split('"').skip(1).step_by(2);
        if !line.contains("include_str!(") {
            name = literals.next().map(str::to_owned);
            continue;
        }
        let before =
            if line.trim().starts_with('(') { literals.next().map(str::to_owned) } else { name.take() };
        entries.extend(before.zip(literals.next()).map(|(name, path)| (n, name, path.to_owned())));
    }
    entries
}

/// The names of the files, without `.sql`.
fn on_disk() -> Vec<String> {
    let name = |path: &str| path.strip_prefix("migrations/")?.strip_suffix(".sql").map(str::to_owned);
    files().iter().filter_map(|file| name(&file.path)).collect()
}

#[test]
fn every_file_is_listed_in_order() {
    let mut findings = Findings::default();
    let (listed, on_disk) = (listed(), on_disk());
    assert!(
        !listed.is_empty(),
        "{LIST}: no entry of ALL was recognised; one entry per line, name and include_str!"
    );
    for name in on_disk.iter().filter(|name| !listed.iter().any(|(_, known, _)| known == *name)) {
        findings.add(&format!("migrations/{name}.sql"), 1, format!("list it at the end of ALL in {LIST}"));
    }
    for (line, name, path) in &listed {
        if !on_disk.contains(name) {
            findings.add(
                LIST,
                *line,
                format!("there is no migrations/{name}.sql; migrations are never removed"),
            );
        }
        if *path != format!("../../../migrations/{name}.sql") {
            findings.add(LIST, *line, format!("{name} includes {path}; name and file have to be the same"));
        }
    }
    for pair in listed.windows(2).filter(|pair| pair[0].1 >= pair[1].1) {
        findings.add(
            LIST,
            pair[1].0,
            format!("{} comes before {}; put the oldest first", pair[1].1, pair[0].1),
        );
    }
    findings.report();
}

#[test]
fn files_are_named_by_time_and_say_what_they_are() {
    let mut findings = Findings::default();
    for file in files().iter().filter(|file| file.path.starts_with("migrations/")) {
        let name = file.path.trim_start_matches("migrations/").strip_suffix(".sql");
        let good = name.and_then(|name| name.split_once('_')).is_some_and(|(time, words)| {
            let snake = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            time.len() == 14
                && time.bytes().all(|b| b.is_ascii_digit())
                && !words.is_empty()
                && words.bytes().all(snake)
        });
        if !good {
            findings.add(&file.path, 1, "name it <14 digits of UTC time>_<snake_case>.sql");
        }
        if !file.text.starts_with("-- ") {
            findings.add(&file.path, 1, "begin with a comment that says what the migration is for");
        }
    }
    findings.report();
}
