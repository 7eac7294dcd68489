//! What every member's manifest says.

use tidy::finding::Findings;
use tidy::graph::packages;

const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

#[test]
fn every_member_inherits_what_the_workspace_declares() {
    let mut findings = Findings::default();
    for package in packages() {
        let manifest = &package.manifest;
        for field in INHERITED {
            let wanted = format!("{field}.workspace = true");
            if !manifest.lines().any(|(_, line)| line == wanted) {
                findings.add(&manifest.path, manifest.line_of("[package]"), format!("write `{wanted}`"));
            }
        }
        // Generated code is its generator's business.
        if package.name != "dispatch-queries" && !manifest.text.contains("[lints]\nworkspace = true\n") {
            findings.add(
                &manifest.path,
                manifest.line_of("[lints]"),
                "write `[lints]` and below it `workspace = true`",
            );
        }
    }
    findings.report();
}

/// Versions and features are declared once, so that checking one crate and building all share one set of artifacts.
#[test]
fn dependencies_are_declared_in_the_workspace() {
    let mut findings = Findings::default();
    for package in packages() {
        let mut section = "";
        for (n, line) in package.manifest.lines() {
            let line = line.trim();
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let declares = section.ends_with("dependencies]") && !line.is_empty() && !line.starts_with('#');
            if declares && !line.contains("workspace = true") {
                let what = "declare the version in [workspace.dependencies] and write `<name>.workspace = true` here";
                findings.add(&package.manifest.path, n, what);
            }
        }
    }
    findings.report();
}
