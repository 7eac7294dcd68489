//! What template.yaml sets is what the functions read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tidy::files::{file, files};
use tidy::finding::Findings;
use tidy::source;
use tidy::template::{self, TEMPLATE};

const DECLARED: &str = "shared/runtime/src/config/variables.rs";

/// What a call of the configuration's accessors needs to be set on AWS, besides what the secret holds.
const NEEDED_BY: &[(&str, &[&str])] = &[
    ("config.queue()", &["DISPATCH_QUEUE_URL"]),
    ("config.public_url()", &["DISPATCH_URL"]),
    ("config.sync_function()", &["DISPATCH_SYNC_FUNCTION"]),
    ("config.auth()", &["DISPATCH_AUTH_MODE"]),
    ("config.github()", &["GITHUB_API_URL", "GITHUB_APP_ID", "GITHUB_APP_INSTALLATION_ID"]),
    ("config.seed_repositories()", &["GITHUB_REPOSITORIES"]),
];

/// Every name or alias declared (a literal that is spelled like a variable), and whether it is a secret.
fn declared() -> BTreeMap<String, bool> {
    let source = file(DECLARED);
    let spelled_like_one = |text: &&str| {
        text.contains('_') && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let mut declared = BTreeMap::new();
    let mut secret = false;
    for (_, line) in source::code(&source) {
        if line.starts_with("pub static ") {
            secret = false;
        }
        secret |= line.contains("secret(") || line.contains("secret: true");
        for name in line.split('"').skip(1).step_by(2).filter(spelled_like_one) {
            declared.insert(name.to_owned(), secret);
        }
    }
    declared
}

#[test]
fn the_template_sets_only_declared_variables_and_no_secret() {
    let mut findings = Findings::default();
    let (declared, text) = (declared(), file(TEMPLATE));
    assert_eq!(declared.get("DATABASE_URL"), Some(&true), "{DECLARED}: the declarations were not recognised");
    assert_eq!(
        declared.get("DISPATCH_LOG"),
        Some(&false),
        "{DECLARED}: the declarations were not recognised"
    );
    let functions = template::functions(&template::read(TEMPLATE));
    let set: BTreeSet<&String> = functions.iter().flat_map(|function| function.variables.keys()).collect();
    assert!(!set.is_empty(), "{TEMPLATE}: no `Variables:` were recognised");
    for name in set {
        let what = match declared.get(name) {
            None => format!("{name} is read by nobody: declare it in {DECLARED}, or remove it"),
            Some(true) => format!("{name} is a secret: it belongs into the one of DISPATCH_SECRET_ARN"),
            Some(false) => continue,
        };
        findings.add(TEMPLATE, text.line_of(&format!("{name}:")), what);
    }
    findings.report();
}

/// The secret that the template makes has names that are read, and all that is secret.
#[test]
fn the_created_secret_holds_every_secret() {
    let mut findings = Findings::default();
    let template = template::read(TEMPLATE);
    let made = &template["Resources"]["Secret"]["Properties"]["GenerateSecretString"];
    let text = made["SecretStringTemplate"]["Fn::Sub"][0].as_str().expect("a template of the secret's JSON");
    let json: Value = serde_json::from_str(text).expect("the secret's template is JSON");
    let mut holds: BTreeSet<&str> = json.as_object().expect("an object").keys().map(String::as_str).collect();
    holds.extend(made["GenerateStringKey"].as_str());
    let line = file(TEMPLATE).line_of("SecretStringTemplate");
    let declared = declared();
    for name in holds.iter().filter(|name| !declared.contains_key(**name)) {
        findings.add(TEMPLATE, line, format!("{name} is read by nobody: declare it in {DECLARED}"));
    }
    let aliases = ["DISPATCH_DATABASE_URL", "NEXTAUTH_SECRET"];
    for (name, _) in declared.iter().filter(|(name, secret)| **secret && !aliases.contains(&name.as_str())) {
        if !holds.contains(name.as_str()) {
            let what = format!("{name} is a secret, and the secret made here has no place for it");
            findings.add(TEMPLATE, line, what);
        }
    }
    findings.report();
}

#[test]
fn every_function_is_given_what_it_reads() {
    let mut findings = Findings::default();
    let text = file(TEMPLATE);
    for function in template::functions(&template::read(TEMPLATE)) {
        let folder = format!("functions/{}/src/", function.package());
        let sources: Vec<_> = files()
            .into_iter()
            .filter(|file| file.path.starts_with(&folder) && file.path.ends_with(".rs"))
            .collect();
        let uses = |call: &str| {
            sources.iter().any(|file| source::code(file).iter().any(|(_, line)| line.contains(call)))
        };
        for (call, names) in NEEDED_BY {
            for name in names.iter().filter(|name| uses(call) != function.variables.contains_key(**name)) {
                let what = match uses(call) {
                    true => format!("{} calls {call}: give it {name}", function.id),
                    false => format!("{} does not call {call}: it needs no {name}", function.id),
                };
                findings.add(TEMPLATE, text.line_of(&format!("  {}:", function.id)), what);
            }
        }
    }
    findings.report();
}
