//! The edges agree: openapi.json per path, the local router and template.yaml per prefix.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tidy::files::{file, files};
use tidy::finding::Findings;
use tidy::graph;
use tidy::template::{self, Route, TEMPLATE};

const OPENAPI: &str = "functions/api/openapi.json";

/// All there is to route. Prefixes, because a route per path overflows a function's resource policy at deploy time.
const ROUTES: [(&str, &str, &str); 3] =
    [("ANY", "/api/{proxy+}", "api"), ("ANY", "/mcp", "api"), ("POST", "/webhooks/github", "github-webhook")];

/// The routes of template.yaml.
fn deployed() -> Vec<Route> {
    template::routes(&template::read(TEMPLATE))
}

fn takes(route: &Route, method: &str, path: &str) -> bool {
    let path_fits = match route.path.strip_suffix("{proxy+}") {
        Some(prefix) => path.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()),
        None => path == route.path,
    };
    path_fits && (route.method == "ANY" || route.method == method)
}

/// The first segment of a path.
fn prefix(path: &str) -> String {
    path.split('/').take(2).collect::<Vec<_>>().join("/")
}

#[test]
fn the_template_routes_prefixes_and_nothing_else() {
    let mut findings = Findings::default();
    let (text, routes) = (file(TEMPLATE), deployed());
    for route in &routes {
        let known = ROUTES.contains(&(&route.method, &route.path, &route.function));
        if !known {
            let what = format!(
                "{} {:?} of {:?} is not a route of Dispatch: routes are prefixes (ROUTES in infra/tidy/tests/tidy/edges.rs)",
                route.method, route.path, route.function
            );
            findings.add(TEMPLATE, text.line_of(&format!("RouteKey: {} {}", route.method, route.path)), what);
        }
    }
    for (method, path, function) in ROUTES {
        if !routes
            .iter()
            .any(|route| (&*route.method, &*route.path, &*route.function) == (method, path, function))
        {
            findings.add(TEMPLATE, 1, format!("{function} needs a route {method} {path}"));
        }
    }
    findings.report();
}

#[test]
fn the_local_router_has_the_same_prefixes() {
    let mut findings = Findings::default();
    let workspace = file("Cargo.toml");
    let deployed: BTreeMap<String, String> =
        deployed().into_iter().map(|route| (prefix(&route.path), route.function)).collect();
    let local: BTreeMap<String, String> =
        graph::router().into_iter().map(|(path, function)| (prefix(&path), function)).collect();
    for (prefix, function) in &local {
        if deployed.get(prefix) != Some(function) {
            let line = workspace.line_of(&format!("\"{prefix}"));
            let there = deployed.get(prefix).map_or("nothing", String::as_str);
            findings.add(
                "Cargo.toml",
                line,
                format!("{prefix} is {function} here and {there} in {TEMPLATE}"),
            );
        }
    }
    for prefix in deployed.keys().filter(|prefix| !local.contains_key(*prefix)) {
        let line = workspace.line_of("watch.router]");
        findings.add("Cargo.toml", line, format!("the router lacks {prefix}, which {TEMPLATE} has"));
    }
    findings.report();
}

/// `cargo xtask up` stands in for API Gateway: its route keys are the template's.
#[test]
fn the_local_origin_has_the_same_routes() {
    let mut findings = Findings::default();
    let deployed: BTreeSet<String> =
        deployed().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let mut local = BTreeSet::new();
    for file in
        files().iter().filter(|file| file.path.starts_with("infra/xtask/src/up/") && file.extension() == "rs")
    {
        for (line, text) in tidy::source::code(file) {
            for key in text.split('"').filter(|literal| is_route_key(literal)) {
                local.insert(key.to_owned());
                if !deployed.contains(key) {
                    findings.add(&file.path, line, format!("{key} is no route of {TEMPLATE}"));
                }
            }
        }
    }
    for key in deployed.difference(&local) {
        findings.add(
            "infra/xtask/src/up/origin.rs",
            1,
            format!("the local origin lacks {key}, which {TEMPLATE} has"),
        );
    }
    findings.report();
}

fn is_route_key(literal: &str) -> bool {
    let methods = ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    literal.split_once(" /").is_some_and(|(method, _)| methods.contains(&method))
}

#[test]
fn every_path_of_the_contract_is_routed_to_the_api() {
    let mut findings = Findings::default();
    let contract = file(OPENAPI);
    let document: Value = serde_json::from_str(&contract.text).expect("openapi.json is JSON");
    let paths = document["paths"].as_object().expect("openapi.json has paths: run `cargo xtask codegen`");
    assert!(!paths.is_empty(), "{OPENAPI}:1: no paths: run `cargo xtask codegen`");
    let routes = deployed();
    for (path, operations) in paths {
        let operations =
            operations.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase());
        for method in operations.filter(|method| is_route_key(&format!("{method} /"))) {
            let function =
                routes.iter().find(|route| takes(route, &method, path)).map(|route| route.function.as_str());
            let wanted = if prefix(path) == "/webhooks" { "github-webhook" } else { "api" };
            if function != Some(wanted) {
                let what = format!("{method} {path} reaches {} in {TEMPLATE}", function.unwrap_or("nothing"));
                findings.add(OPENAPI, contract.line_of(&format!("\"{path}\"")), what);
            }
        }
    }
    findings.report();
}
