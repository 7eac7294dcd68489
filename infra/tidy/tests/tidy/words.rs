//! The repository speaks of itself: nothing of the machine it was written on, nothing of where packages come from.

use tidy::files::{file, files};
use tidy::finding::Findings;

/// Paths of one machine and hosts of package registries, with the advice. Written in parts, so that this file is not
/// found.
fn foreign_words() -> Vec<(String, &'static str)> {
    let path = "a path of one machine: use one relative to the repository";
    let host = "a registry's host: leave it to the package manager's own configuration";
    let words: [(&[&str], &'static str); 12] = [
        (&["/work", "/main"], path),
        (&["/work", "/shared"], path),
        (&["/tmp", "/brief"], path),
        (&["/ro", "ot/"], path),
        (&["/Us", "ers/"], path),
        (&["registry.", "npmjs", ".org"], host),
        (&["registry.", "yarnpkg", ".com"], host),
        (&["index.", "crates", ".io"], host),
        (&["static.", "crates", ".io"], host),
        (&["pypi", ".org"], host),
        (&["files.", "pythonhosted", ".org"], host),
        (&["deb.", "debian", ".org"], host),
    ];
    words.iter().map(|(parts, advice)| (parts.concat(), *advice)).collect()
}

#[test]
fn no_word_of_machines_or_registries() {
    let mut findings = Findings::default();
    let words = foreign_words();
    for file in files() {
        for (n, line) in file.lines() {
            for (word, advice) in words.iter().filter(|(word, _)| line.contains(word.as_str())) {
                findings.add(&file.path, n, format!("{word} is {advice}"));
            }
        }
    }
    findings.report();
}

/// Lock files pin what and not from where, so that a mirror serves as well.
#[test]
fn lock_files_name_no_place() {
    let mut findings = Findings::default();
    for file in files().iter().filter(|file| file.path.ends_with("package-lock.json")) {
        for (n, _) in file.lines().filter(|(_, line)| line.trim_start().starts_with("\"resolved\"")) {
            findings.add(
                &file.path,
                n,
                "npm recorded an address: keep omit-lockfile-registry-resolved in .npmrc, then `npm install`",
            );
        }
    }
    let lock = file("Cargo.lock");
    for (n, line) in lock.lines().filter(|(_, line)| line.starts_with("source = ")) {
        if line != "source = \"registry+https://github.com/rust-lang/crates.io-index\"" {
            findings.add(&lock.path, n, "every dependency comes from crates.io by its ordinary name");
        }
    }
    findings.report();
}

/// Where packages come from is the user's configuration.
#[test]
fn configuration_files_name_no_registry() {
    let settings: [(&str, &[&str]); 3] = [
        (".npmrc", &["registry=", "registry ="]),
        (".cargo/config.toml", &["[source", "[registries", "[registry"]),
        ("infra/xtask/requirements/", &["--index-url", "--extra-index-url", "-i "]),
    ];
    let mut findings = Findings::default();
    for file in files() {
        for (_, words) in settings.iter().filter(|(name, _)| file.path.contains(name)) {
            for (n, line) in file.lines().filter(|(_, line)| words.iter().any(|word| line.starts_with(word)))
            {
                findings.add(&file.path, n, format!("{line:?} chooses a registry for everybody: remove it"));
            }
        }
    }
    findings.report();
}
