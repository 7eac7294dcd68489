//! CloudFormation templates as JSON documents, with the short forms (`!Ref x`) in their long ones (`{"Ref": "x"}`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use serde_norway::Value as Yaml;
use sha2::{Digest, Sha256};

use crate::files::{self, files};

/// The template of the whole stack.
pub const TEMPLATE: &str = "template.yaml";

/// Reads a template by its path from the root.
///
/// # Panics
/// When it cannot be read, or is no YAML.
pub fn read(path: &str) -> Value {
    parse(&files::file(path).text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn parse(text: &str) -> Result<Value, serde_norway::Error> {
    Ok(json_of(serde_norway::from_str(text)?))
}

fn json_of(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(truth) => truth.into(),
        Yaml::Number(number) => serde_json::to_value(number).expect("a number is JSON"),
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(json_of).collect(),
        Yaml::Mapping(pairs) => {
            let name = |key: Yaml| key.as_str().expect("a template's keys are texts").to_owned();
            Value::Object(pairs.into_iter().map(|(key, value)| (name(key), json_of(value))).collect())
        }
        Yaml::Tagged(tagged) => {
            let short = tagged.tag.to_string();
            let short = short.trim_start_matches('!');
            let value = match (short, json_of(tagged.value)) {
                ("GetAtt", Value::String(text)) => text.splitn(2, '.').collect(),
                (_, value) => value,
            };
            match short {
                "Ref" | "Condition" => json!({ short: value }),
                _ => json!({ format!("Fn::{short}"): value }),
            }
        }
    }
}

/// The resources of a type, by their logical ids.
///
/// # Panics
/// When the template has none at all.
pub fn resources<'a>(template: &'a Value, kind: &str) -> BTreeMap<&'a str, &'a Value> {
    let all = template["Resources"].as_object().expect("a template has resources");
    all.iter().filter(|(_, one)| one["Type"] == kind).map(|(id, one)| (id.as_str(), one)).collect()
}

/// One function of the stack, with what `Globals` gives it.
#[derive(Debug)]
pub struct Function {
    /// Its logical id.
    pub id: String,
    /// Its resource.
    pub resource: Value,
    /// Its environment.
    pub variables: Map<String, Value>,
}

impl Function {
    /// The package it is built from, which has the same name in another spelling.
    pub fn package(&self) -> String {
        package(&self.id)
    }

    /// One of its properties.
    pub fn property(&self, name: &str) -> &Value {
        &self.resource["Properties"][name]
    }
}

/// `GithubWebhook` is `github-webhook`.
fn package(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// All functions of the stack.
///
/// # Panics
/// When `template` has no `Globals` for them.
pub fn functions(template: &Value) -> Vec<Function> {
    let variables = |of: &Value| of["Environment"]["Variables"].as_object().cloned().unwrap_or_default();
    let global = &template["Globals"]["Function"];
    assert!(global.is_object(), "{TEMPLATE} has Globals for functions");
    let function = |(id, resource): (&str, &Value)| {
        let mut all = variables(global);
        all.extend(variables(&resource["Properties"]));
        Function { id: id.to_owned(), resource: resource.clone(), variables: all }
    };
    resources(template, "AWS::Serverless::Function").into_iter().map(function).collect()
}

/// A route of the HTTP API.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// `ANY`, `POST`, …
    pub method: String,
    /// The path, perhaps with `{proxy+}` at its end.
    pub path: String,
    /// The package of the function it leads to; empty when it leads nowhere.
    pub function: String,
}

/// The routes of the HTTP API, each with the function behind its integration.
///
/// # Panics
/// When a route has no key.
pub fn routes(template: &Value) -> Vec<Route> {
    let integrations = resources(template, "AWS::ApiGatewayV2::Integration");
    let inside = |value: &Value, before: &str, after: &str| {
        let text = value["Fn::Sub"].as_str().unwrap_or_default();
        let (_, rest) = text.split_once(before).unwrap_or_default();
        rest.split_once(after).unwrap_or_default().0.to_owned()
    };
    let route = |resource: &Value| {
        let properties = &resource["Properties"];
        let key = properties["RouteKey"].as_str().expect("a route has a key");
        let (method, path) = key.split_once(' ').unwrap_or(("", key));
        let integration = inside(&properties["Target"], "integrations/${", "}");
        let uri = integrations.get(integration.as_str()).map(|one| &one["Properties"]["IntegrationUri"]);
        let function = uri.map(|uri| inside(uri, "functions/${", ".Arn}")).unwrap_or_default();
        Route { method: method.to_owned(), path: path.to_owned(), function: package(&function) }
    };
    resources(template, "AWS::ApiGatewayV2::Route").into_values().map(route).collect()
}

/// SHA-256 over names and texts of the migrations, as the template has it in its custom resource.
pub fn migrations_hash() -> String {
    let mut hash = Sha256::new();
    for file in files().iter().filter(|file| file.path.starts_with("migrations/")) {
        for text in [&file.path, &file.text] {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_become_long_ones() {
        let text = "A: !Ref B\nC: !GetAtt D.Outputs.E\nF: !If [G, !Sub '${H}', 1]\nI: { Fn::If: [J, {K: true}, null] }\n";
        let expect = json!({
            "A": {"Ref": "B"}, "C": {"Fn::GetAtt": ["D", "Outputs.E"]},
            "F": {"Fn::If": ["G", {"Fn::Sub": "${H}"}, 1]}, "I": {"Fn::If": ["J", {"K": true}, null]}
        });
        assert_eq!(parse(text).unwrap(), expect);
    }

    #[test]
    fn packages_are_spelled_with_hyphens() {
        assert_eq!(package("GithubWebhook"), "github-webhook");
        assert_eq!(package("Api"), "api");
    }
}
