//! What template.yaml sets is what the functions read.

use std::collections::BTreeSet;

use tidy::files::{File, file};
use tidy::finding::Findings;
use tidy::source;

const DECLARED: &str = "shared/runtime/src/config/variables.rs";
const TEMPLATE: &str = "template.yaml";

/// Every name or alias declared: a literal that is spelled like a variable.
fn declared() -> BTreeSet<String> {
    let source = file(DECLARED);
    let spelled_like_one = |text: &&str| {
        text.contains('_') && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    source::code(&source)
        .iter()
        .flat_map(|(_, line)| line.split('"').skip(1).step_by(2))
        .filter(spelled_like_one)
        .map(str::to_owned)
        .collect()
}

/// The keys below each `Variables:`.
fn set_by_template(template: &File) -> Vec<(usize, String)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut within = None;
    let mut names = Vec::new();
    for (n, line) in
        template.lines().filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'))
    {
        if within.is_some_and(|outer| indent(line) <= outer) {
            within = None;
        }
        if let (Some(_), Some((name, _))) = (within, line.trim().split_once(':')) {
            names.push((n, name.to_owned()));
        }
        if let Some((_, inner)) = line.split_once("Variables:") {
            within = Some(indent(line));
            let pairs =
                inner.trim().trim_matches(['{', '}']).split(',').filter_map(|pair| pair.split_once(':'));
            names.extend(pairs.map(|(name, _)| (n, name.trim().to_owned())));
        }
    }
    names
}

#[test]
fn the_template_sets_only_declared_variables() {
    let mut findings = Findings::default();
    let declared = declared();
    assert!(declared.contains("DATABASE_URL"), "{DECLARED}: the declarations were not recognised");
    let set = set_by_template(&file(TEMPLATE));
    assert!(!set.is_empty(), "{TEMPLATE}: no `Variables:` were recognised");
    for (line, name) in set.iter().filter(|(_, name)| !declared.contains(name) && !name.starts_with("AWS_")) {
        findings.add(
            TEMPLATE,
            *line,
            format!("{name} is read by nobody: declare it in {DECLARED}, or remove it"),
        );
    }
    findings.report();
}

#[test]
fn both_styles_of_yaml_are_read() {
    let text = "A:\n  Variables:\n    # why\n    X_Y: 1\n    Z_Z: !Ref B\n  Other: 2\nB:\n  Variables: { P_Q: 1, R_S: 2 }\n";
    let names: Vec<_> = set_by_template(&File { path: "t".into(), text: text.into() })
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, ["X_Y", "Z_Z", "P_Q", "R_S"]);
}
