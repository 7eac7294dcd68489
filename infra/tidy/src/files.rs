//! The files of the repository: what is in the working folder and not ignored.
//!
//! The folder is walked without git, which a source archive does not need. Of `.gitignore` only the forms used here are
//! understood: `name`, `/from/here`, one `*` in either, comments and empty lines.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
#[derive(Debug)]
pub struct File {
    /// Its path from the root, with slashes.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl File {
    /// Its lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line))
    }

    /// The part of the name after the last dot.
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The number of the first line that contains `text`; 1 when none does.
    pub fn line_of(&self, text: &str) -> usize {
        self.lines().find(|(_, line)| line.contains(text)).map_or(1, |(n, _)| n)
    }
}

/// The folder of the workspace: that of the package cargo runs, else that of the one it built.
///
/// # Panics
/// When the package is in none.
pub fn root() -> PathBuf {
    let package =
        std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let lock = |folder: &&Path| folder.join("Cargo.lock").exists();
    Path::new(&package).ancestors().find(lock).expect("the package is in a workspace").to_owned()
}

/// One file by its path from the root.
///
/// # Panics
/// When it cannot be read.
pub fn file(path: &str) -> File {
    let text =
        fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    File { path: path.to_owned(), text }
}

/// All text files, sorted by path. What is not UTF-8 (pictures, fonts) is left out.
///
/// # Panics
/// When a folder or a file cannot be read.
pub fn files() -> Vec<File> {
    let mut found = Vec::new();
    walk(&root(), "", &mut Vec::new(), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, path: &str, rules: &mut Vec<(String, String)>, found: &mut Vec<File>) {
    let outer_rules = rules.len();
    if let Ok(ignored) = fs::read_to_string(folder.join(".gitignore")) {
        let lines = ignored.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        rules.extend(lines.map(|line| (path.to_owned(), line.trim_end_matches('/').to_owned())));
    }
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = format!("{path}{name}");
        if name == ".git" || rules.iter().any(|(base, rule)| ignores(base, rule, &inner, &name)) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&entry.path(), &format!("{inner}/"), rules, found);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push(File { path: inner, text });
        }
    }
    rules.truncate(outer_rules);
}

/// Whether the rule of the `.gitignore` in folder `base` ignores the file or folder `path`, which is called `name`.
fn ignores(base: &str, rule: &str, path: &str, name: &str) -> bool {
    let (rule, subject) = match rule.contains('/') {
        true => (rule.trim_start_matches('/'), path.strip_prefix(base).unwrap_or(path)),
        false => (rule, name),
    };
    match rule.split_once('*') {
        Some((start, end)) => subject.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
        None => subject == rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_paths() {
        let check = |base: &str, rule: &str, path: &str, expect: bool| {
            let name = path.rsplit('/').next().unwrap();
            assert_eq!(ignores(base, rule, path, name), expect, "{rule} in {base:?} for {path}");
        };
        check("", "/target", "target", true);
        check("", "/target", "shared/target", false);
        check("", "node_modules", "static-ui/node_modules", true);
        check("", "static-ui/dist", "static-ui/dist", true);
        check("static-ui/", "/dist", "static-ui/dist", true);
        check("", "*.pending-snap", "tests/a.pending-snap", true);
        check("static-ui/", "/.plant-*", "static-ui/.plant-7", true);
    }

    #[test]
    fn this_file_is_found_and_build_output_is_not() {
        let found = files();
        assert!(found.iter().any(|file| file.path == "infra/tidy/src/files.rs"));
        assert!(
            found
                .iter()
                .all(|file| !file.path.starts_with("target/") && !file.path.contains("node_modules/"))
        );
    }
}
