//! The one secret whose JSON object is put over the environment.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::ConfigError;
use crate::aws::{self, Limits};

/// A cold start waits for this; past it the invocation fails with a sentence instead of a time-out of Lambda's.
const LIMITS: Limits = Limits { connect: Duration::from_secs(2), whole: Duration::from_secs(8), attempts: 3 };

/// Reads the secret from AWS Secrets Manager.
///
/// # Errors
///
/// [`ConfigError::Secret`] when AWS refuses, cannot be reached, or has no text under that name.
pub(super) async fn fetch(arn: &str) -> Result<SecretString, ConfigError> {
    let failed = |problem: String| ConfigError::Secret { arn: arn.to_owned(), problem };
    let client = aws_sdk_secretsmanager::Client::new(&aws::sdk_config(LIMITS).await);
    let answer = client.get_secret_value().secret_id(arn).send().await.map_err(|error| {
        failed(format!(
            "could not be read ({}); check its name and that the function's role may call secretsmanager:GetSecretValue on it",
            aws::describe(&error)
        ))
    })?;
    let text =
        answer.secret_string.ok_or_else(|| failed("is binary; store it as text, a JSON object".into()))?;
    Ok(text.into())
}

/// The names and values in the secret's JSON object. Numbers and truth values become text, null counts as unset.
///
/// # Errors
///
/// [`ConfigError::Secret`] when it is no JSON object, or a value is an object or a list. The text itself is never
/// quoted.
pub(super) fn parse(arn: &str, json: &SecretString) -> Result<BTreeMap<String, String>, ConfigError> {
    let failed = |problem: String| ConfigError::Secret { arn: arn.to_owned(), problem };
    // serde_json's message is left out, because it can quote a value.
    let object: BTreeMap<String, Value> = serde_json::from_str(json.expose_secret()).map_err(|e| {
        failed(format!("is not a JSON object of names and values (line {}, column {})", e.line(), e.column()))
    })?;
    let mut values = BTreeMap::new();
    for (name, value) in object {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                return Err(failed(format!(
                    "has something other than text, a number or true/false under {name}"
                )));
            }
        };
        values.insert(name, text);
    }
    Ok(values)
}
