//! Who may depend on what: the picture in ARCHITECTURE.md.

use tidy::files::files;
use tidy::finding::Findings;
use tidy::graph::{Package, closure, packages};
use tidy::source;

/// The rooms, and which of our own crates each may use. Functions never import functions; store and github never see
/// each other; the simulator knows nothing of Dispatch, and the reference agent only what every agent is told.
const ROOMS: &[(&str, &[&str])] = &[
    ("dispatch-domain", &[]),
    ("dispatch-failpoint", &[]),
    ("dispatch-queries", &[]),
    ("dispatch-settings", &[]),
    ("dispatch-store", &["dispatch-domain", "dispatch-failpoint", "dispatch-queries", "dispatch-settings"]),
    ("dispatch-github", &["dispatch-domain", "dispatch-failpoint", "dispatch-settings"]),
    ("dispatch-runtime", &["dispatch-failpoint", "dispatch-settings"]),
    ("github-webhook", WITHOUT_GITHUB),
    ("api", WITHOUT_GITHUB),
    ("migrate", WITHOUT_GITHUB),
    ("scheduled-sync", WITH_GITHUB),
    ("github-writer", WITH_GITHUB),
    ("github-sim", &["octokit"]),
    ("reference-agent", &[]),
];
const WITHOUT_GITHUB: &[&str] =
    &["dispatch-domain", "dispatch-failpoint", "dispatch-runtime", "dispatch-store"];
const WITH_GITHUB: &[&str] =
    &["dispatch-domain", "dispatch-failpoint", "dispatch-github", "dispatch-runtime", "dispatch-store"];

/// What runs on a developer's machine only may use everything.
const TOOLS: &[&str] = &["xtask", "tidy", "bench", "tests", "octokit"];

const FUNCTIONS: &[&str] = &["github-webhook", "api", "scheduled-sync", "github-writer", "migrate"];

/// What the domain may be built from: data and its spelling. No I/O, no clock, no randomness.
const PURE: &[&str] = &["jiff", "petgraph", "serde", "serde_json", "serde_path_to_error", "thiserror"];

/// Crates that only some rooms may name, besides the tools.
struct Reserved {
    crates: &'static [&'static str],
    rooms: &'static [&'static str],
    /// Rooms whose tests may name it too: a fake is a real server, and a client proves the simulator.
    tests_of: &'static [&'static str],
}

const RESERVED: &[Reserved] = &[
    Reserved {
        crates: &[
            "tokio-postgres",
            "tokio-postgres-rustls",
            "deadpool-postgres",
            "postgres-types",
            "postgres-protocol",
        ],
        rooms: &["dispatch-store", "dispatch-queries"],
        tests_of: &[],
    },
    Reserved { crates: &["octocrab"], rooms: &["dispatch-github"], tests_of: &["github-sim"] },
    Reserved {
        crates: &["axum", "utoipa", "utoipa-axum"],
        rooms: &["api", "github-sim"],
        tests_of: &["dispatch-github", "dispatch-runtime"],
    },
    Reserved { crates: &["rmcp"], rooms: &["api"], tests_of: &[] },
    Reserved {
        crates: &["lambda_http", "lambda_runtime", "aws_lambda_events"],
        rooms: FUNCTIONS,
        tests_of: &[],
    },
    Reserved {
        crates: &["aws-config", "aws-sdk-lambda", "aws-sdk-secretsmanager", "aws-sdk-sqs"],
        rooms: &["dispatch-runtime", "api"],
        tests_of: &[],
    },
];

fn room(name: &str) -> Option<&'static [&'static str]> {
    ROOMS.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

fn blame(findings: &mut Findings, package: &Package, dependency: &str, why: &str) {
    let what = format!("{} may not depend on {dependency}: {why}", package.name);
    findings.add(&package.manifest.path, package.line_of(dependency), what);
}

#[test]
fn rooms_depend_on_rooms_in_one_direction() {
    let mut findings = Findings::default();
    let packages = packages();
    for package in &packages {
        let Some(allowed) = room(&package.name) else {
            if !TOOLS.contains(&package.name.as_str()) {
                let what = "a new crate: enter it in ROOMS of infra/tidy/tests/tidy/direction.rs with what it may use";
                findings.add(&package.manifest.path, package.manifest.line_of("name ="), what);
            }
            continue;
        };
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let ours = packages.iter().any(|other| other.name == name);
            let for_tests = dependency.dev && (name == "github-sim" || name.starts_with("dispatch-"));
            if ours && !allowed.contains(&name) && !for_tests {
                let why =
                    "what two rooms need is a rule (domain), a transaction (store) or plumbing (runtime)";
                blame(&mut findings, package, name, why);
            }
        }
    }
    findings.report();
}

#[test]
fn the_domain_is_pure() {
    let mut findings = Findings::default();
    let packages = packages();
    let domain =
        packages.iter().find(|package| package.name == "dispatch-domain").expect("there is a domain");
    for dependency in domain.dependencies.iter().filter(|dependency| !dependency.dev) {
        if !PURE.contains(&dependency.name.as_str()) {
            blame(
                &mut findings,
                domain,
                &dependency.name,
                "the domain has no I/O, no clock and no randomness",
            );
        }
    }
    let impure = ["::now()", "std::fs", "std::env", "std::net", "std::io", "std::process", "std::thread"];
    for file in files().iter().filter(|file| file.path.starts_with("shared/domain/src/")) {
        for (line, text) in source::code(file) {
            if let Some(found) = impure.iter().find(|word| text.contains(*word)) {
                findings.add(
                    &file.path,
                    line,
                    format!("{found}: the domain is pure; take it as a parameter"),
                );
            }
        }
    }
    findings.report();
}

#[test]
fn some_crates_belong_to_one_room() {
    let mut findings = Findings::default();
    for package in packages().iter().filter(|package| !TOOLS.contains(&package.name.as_str())) {
        let name = package.name.as_str();
        for dependency in &package.dependencies {
            let reserved = RESERVED.iter().find(|rule| rule.crates.contains(&dependency.name.as_str()));
            if let Some(rule) = reserved
                && !rule.rooms.contains(&name)
                && !(dependency.dev && rule.tests_of.contains(&name))
            {
                blame(
                    &mut findings,
                    package,
                    &dependency.name,
                    &format!("only {} may", rule.rooms.join(", ")),
                );
            }
        }
    }
    findings.report();
}

/// What must not end up in an artifact, by whatever way it gets there.
#[test]
fn artifacts_contain_nothing_they_must_not() {
    let mut findings = Findings::default();
    let mut forbid = |package: &str, names: &[&str], why: &str| {
        let closure = closure(package);
        assert!(
            closure.contains(package) && closure.contains("tokio"),
            "cargo tree was not understood: {closure:?}"
        );
        for name in names.iter().filter(|name| closure.contains(**name)) {
            let how = format!("see `cargo tree -p {package} -e normal,build -i {name}`");
            findings.add("Cargo.lock", 1, format!("{package} contains {name}: {why}; {how}"));
        }
    };
    for function in FUNCTIONS {
        let c_libraries = ["aws-lc-sys", "aws-lc-rs", "openssl-sys", "native-tls"];
        forbid(function, &c_libraries, "TLS is rustls with ring, which cross-compiles and starts quickly");
        forbid(function, &["fail"], "failpoints are never part of a release artifact");
    }
    for package in ["github-webhook", "api", "migrate", "dispatch-store"] {
        forbid(
            package,
            &["octocrab", "dispatch-github"],
            "GitHub is called by scheduled-sync and github-writer only",
        );
    }
    forbid(
        "dispatch-github",
        &["tokio-postgres", "dispatch-store"],
        "no GitHub call inside a database transaction",
    );
    findings.report();
}
