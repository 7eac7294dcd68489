//! Facts as GitHub writes them in JSON. The shapes are held to GitHub's OpenAPI description and webhook examples by
//! `tests/sim/openapi.rs` and `tests/sim/examples.rs`.

pub(crate) mod app;
pub(crate) mod check;
pub(crate) mod git;
pub(crate) mod hook;
pub(crate) mod issue;
pub(crate) mod pull;
pub(crate) mod repo;
pub(crate) mod review;
pub(crate) mod user;

use serde_json::{Map, Value};

/// Lays `extra` over `base`; both are objects.
pub(crate) fn merged(base: Value, extra: Value) -> Value {
    match (base, extra) {
        (Value::Object(mut base), Value::Object(extra)) => {
            base.extend(extra);
            Value::Object(base)
        }
        (base, _) => base,
    }
}

/// Adds one address per `(field, suffix)` to an object.
fn links(root: &str, fields: &[(&str, &str)]) -> Map<String, Value> {
    fields
        .iter()
        .map(|(field, suffix)| ((*field).to_owned(), Value::String(format!("{root}{suffix}"))))
        .collect()
}

/// One path segment, percent-encoded as GitHub does in the addresses it prints.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
