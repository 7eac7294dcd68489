//! What the tools take and give, read from the API's own description: OpenAPI 3.1 speaks JSON Schema.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use axum::http::Method;
use rmcp::model::{JsonObject, Tool as Described, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::call::REQUEST_ID;
use super::tools::{TOOLS, Tool};

/// All tools with their schemas. Read once, when somebody asks for the first time.
pub(super) fn tools() -> Vec<Described> {
    static DESCRIBED: LazyLock<Vec<Described>> = LazyLock::new(|| {
        let document = serde_json::from_str(crate::openapi::COMMITTED).unwrap_or_default();
        TOOLS.iter().map(|tool| describe(&document, tool)).collect()
    });
    DESCRIBED.clone()
}

fn describe(document: &Value, tool: &Tool) -> Described {
    let operation = &document["paths"][tool.path][tool.method.as_str().to_ascii_lowercase()];
    let text = |field: &str| operation[field].as_str().unwrap_or_default();
    let summary = text("summary").to_owned();
    let about = format!("{summary}\n\n{}", text("description")).trim_end().to_owned();
    let annotations = ToolAnnotations::with_title(summary.clone())
        .read_only(tool.method == Method::GET)
        .destructive(false)
        .idempotent(tool.idempotent)
        .open_world(false);
    Described::new(tool.name, about, Arc::new(complete(document, input(document, operation, tool))))
        .with_title(summary)
        .with_raw_output_schema(Arc::new(complete(document, output(document, operation, tool))))
        .with_annotations(annotations)
}

/// The route's path and query parameters, the fields of its body, and its idempotency key, as one object.
fn input(document: &Value, operation: &Value, tool: &Tool) -> JsonObject {
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    // An optional body is described as one of the body and null.
    let body = body["oneOf"].as_array().and_then(|either| either.first()).unwrap_or(body);
    let body = resolved(document, body);
    let mut properties = body["properties"].as_object().cloned().unwrap_or_default();
    let mut required = body["required"].as_array().cloned().unwrap_or_default();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let text = |field: &str| parameter[field].as_str().unwrap_or_default();
        let name = match (text("in"), text("name")) {
            ("path", _) => tool.id,
            ("query", name) => name,
            ("header", "Idempotency-Key") => REQUEST_ID,
            _ => continue,
        };
        let mut schema = resolved(document, &parameter["schema"]).clone();
        schema["description"] = text("description").into();
        if let Some((_, value)) = tool.defaults.iter().find(|(known, _)| *known == name) {
            schema["default"] = serde_json::from_str(value).unwrap_or_else(|_| (*value).into());
        }
        if parameter["required"] == true {
            required.insert(0, name.into());
        }
        properties.insert(name.to_owned(), schema);
    }
    object(json!({ "type": "object", "properties": properties, "required": required }))
}

/// The route's answer, as an object.
fn output(document: &Value, operation: &Value, tool: &Tool) -> JsonObject {
    let answer = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let answer = match tool.list {
        Some(field) => json!({ "properties": { field: answer }, "required": [field] }),
        None => resolved(document, answer).clone(),
    };
    let mut answer = object(answer);
    answer.insert("type".to_owned(), "object".into());
    answer
}

/// What a schema refers to, or the schema itself.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let referred = schema["$ref"].as_str().and_then(|at| document.pointer(at.trim_start_matches('#')));
    referred.unwrap_or(schema)
}

/// The schema with everything that it refers to in its own `$defs`.
fn complete(document: &Value, schema: JsonObject) -> JsonObject {
    let mut schema = Value::Object(schema);
    let mut wanted = BTreeSet::new();
    localise(&mut schema, &mut wanted);
    let mut definitions = Map::new();
    while let Some(name) = wanted.pop_first() {
        if !definitions.contains_key(&name) {
            let mut definition = document["components"]["schemas"][&name].clone();
            localise(&mut definition, &mut wanted);
            definitions.insert(name, definition);
        }
    }
    let mut schema = object(schema);
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema
}

/// Turns references to the document's components into references to `$defs`, and names them.
fn localise(schema: &mut Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(at)) = fields.get_mut("$ref")
                && let Some(name) = at.strip_prefix("#/components/schemas/")
            {
                names.insert(name.to_owned());
                *at = format!("#/$defs/{name}");
            }
            fields.values_mut().for_each(|field| localise(field, names));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| localise(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn object(value: Value) -> JsonObject {
    if let Value::Object(fields) = value { fields } else { JsonObject::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::tier::{self, Tier};

    #[test]
    fn every_verb_of_a_claim_is_a_tool() {
        let document = crate::openapi::document();
        let verbs = crate::openapi::operations(&document)
            .into_iter()
            .filter(|(method, path)| *method == "POST" && path.starts_with("/api/claims"))
            .filter(|(_, path)| tier::of(&Method::POST, path) == Some(Tier::Agent));
        for (method, path) in verbs {
            let tool = TOOLS.iter().any(|tool| tool.method.as_str() == method && tool.path == path);
            assert!(tool, "{method} {path} is no tool: add it to mcp/tools.rs");
        }
    }

    #[test]
    fn every_tool_is_described_both_ways() {
        let names: BTreeSet<_> = tools().iter().map(|tool| tool.name.to_string()).collect();
        assert_eq!(names.len(), TOOLS.len(), "two tools have one name");
        for tool in tools() {
            let (name, output) = (&tool.name, tool.output_schema.unwrap());
            assert!(tool.description.is_some_and(|text| !text.is_empty()), "{name}");
            assert_eq!((&tool.input_schema["type"], &output["type"]), (&"object".into(), &"object".into()));
            let shape = ["properties", "allOf"].iter().any(|field| output.contains_key(*field));
            assert!(shape, "{name} gives nothing");
            let both = json!([*tool.input_schema, *output]).to_string();
            assert!(!both.contains("#/components"), "{name} refers to another document");
        }
    }

    #[test]
    fn parameters_body_and_key_are_one_object() {
        let tools = tools();
        let fields = |name: &str| {
            let schema = &tools.iter().find(|tool| tool.name == name).unwrap().input_schema;
            let properties: BTreeSet<String> =
                schema["properties"].as_object().unwrap().keys().cloned().collect();
            (properties, schema["required"].clone())
        };
        let (claim, required) = fields("claim_next");
        assert!(claim.contains("requestId") && claim.contains("lanes"), "{claim:?}");
        assert_eq!(required, json!([]));
        let (complete, required) = fields("complete_claim");
        assert!(complete.contains("claimId") && !complete.contains("id"), "{complete:?}");
        assert_eq!(required, json!(["claimId", "fence", "outcome"]));
        let (search, _) = fields("search_issues");
        assert!(search.contains("status") && search.contains("q"), "{search:?}");
    }
}
