//! The one secret whose JSON object is put over the environment.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Config, ConfigError};
use crate::aws::{self, Limits};

/// A cold start waits for this; past it the invocation fails with a sentence instead of a time-out of Lambda's.
const LIMITS: Limits = Limits { connect: Duration::from_secs(2), whole: Duration::from_secs(8), attempts: 3 };

/// Between two readings: anybody can have a signature refused, and none of them shall have Secrets Manager asked.
const PAUSE: Duration = Duration::from_secs(60);

/// Where the secret is, and what it made of the configuration when it was read again.
pub(super) struct Source {
    arn: String,
    /// The lock is held while the secret is read, so that a burst of refusals reads it once.
    last: Mutex<Option<(Instant, Option<Config>)>>,
}

impl Source {
    pub(super) fn new(arn: &str) -> Self {
        Self { arn: arn.to_owned(), last: Mutex::default() }
    }

    /// What is in the secret.
    ///
    /// # Errors
    ///
    /// As [`fetch`] and [`parse`].
    pub(super) async fn read(&self) -> Result<BTreeMap<String, String>, ConfigError> {
        parse(&self.arn, &fetch(&self.arn).await?)
    }

    /// The configuration as it is by now; within a minute of the last reading as it was then. None when the secret cannot
    /// be read.
    pub(super) async fn read_again(&self) -> Option<Config> {
        let mut last = self.last.lock().await;
        if let Some((_, config)) = last.as_ref().filter(|(at, _)| at.elapsed() < PAUSE) {
            return config.clone();
        }
        // Before the reading, so that one that is given up counts too.
        let config = &mut last.insert((Instant::now(), None)).1;
        match self.read().await {
            Ok(secret) => {
                tracing::info!("a credential was refused, so the secret was read again");
                *config = Some(Config::from_environment().overlaid(&secret));
            }
            Err(error) => tracing::warn!("a credential was refused, and {error}"),
        }
        config.clone()
    }
}

/// Reads the secret from AWS Secrets Manager.
///
/// # Errors
///
/// [`ConfigError::Secret`] when AWS refuses, cannot be reached, or has no text under that name.
async fn fetch(arn: &str) -> Result<SecretString, ConfigError> {
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
