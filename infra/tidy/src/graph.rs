//! The crates of the workspace and what they depend on, as cargo says.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::files::{self, File};

/// One member of the workspace.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its `Cargo.toml`.
    pub manifest: File,
    /// What it names there.
    pub dependencies: Vec<Dependency>,
}

impl Package {
    /// The line of the manifest that names a dependency.
    pub fn line_of(&self, dependency: &str) -> usize {
        let names = |line: &str| {
            line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
                || line.contains("package = ")
        };
        self.manifest.lines().find(|(_, line)| names(line)).map_or(1, |(n, _)| n)
    }
}

/// One dependency as named in a manifest.
#[derive(Debug)]
pub struct Dependency {
    /// The crate's name in its registry.
    pub name: String,
    /// Only for tests, examples and benchmarks.
    pub dev: bool,
}

/// All members, in the order in which cargo lists them.
///
/// # Panics
/// When cargo fails: the manifests themselves are wrong.
pub fn packages() -> Vec<Package> {
    let document = metadata();
    let members = document["packages"].as_array().expect("cargo metadata lists packages");
    members.iter().map(package).collect()
}

/// The local function router: path patterns and the function that answers each.
///
/// # Panics
/// When the workspace has none.
pub fn router() -> BTreeMap<String, String> {
    let document = metadata();
    let router = document["metadata"]["lambda"]["watch"]["router"].as_object();
    let text = |value: &Value| value.as_str().expect("a function is named by a string").to_owned();
    router
        .expect("Cargo.toml has [workspace.metadata.lambda.watch.router]")
        .iter()
        .map(|(path, function)| (path.clone(), text(function)))
        .collect()
}

/// The names of all crates that end up in a package's artifact, build scripts and procedural macros included.
///
/// # Panics
/// When cargo fails.
pub fn closure(package: &str) -> BTreeSet<String> {
    let arguments = [
        "tree",
        "--locked",
        "--package",
        package,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let tree = cargo(&arguments);
    tree.lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn metadata() -> Value {
    let json = cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]);
    serde_json::from_str(&json).expect("cargo metadata prints JSON")
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().expect("a name is a string").to_owned();
    let manifest = text(&value["manifest_path"]);
    let root = files::root().to_string_lossy().into_owned();
    let path = manifest.strip_prefix(&root).unwrap_or(&manifest).trim_start_matches('/');
    let dependencies = value["dependencies"].as_array().expect("cargo metadata lists dependencies");
    Package {
        name: text(&value["name"]),
        manifest: files::file(path),
        dependencies: dependencies
            .iter()
            .map(|one| Dependency { name: text(&one["name"]), dev: one["kind"] == "dev" })
            .collect(),
    }
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(files::root())
        .output()
        .expect("cargo can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {} failed:\n{errors}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}
