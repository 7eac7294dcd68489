//! The real AWS SDKs, pointed at the local endpoints.

use std::time::Duration;

use anyhow::bail;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_sqs::config::Credentials;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use serde_json::Value;

use crate::env::Settings;

/// The region the local endpoints are told; nothing depends on it.
const REGION: &str = "eu-central-1";
/// moto's account, which is part of a queue's URL.
const ACCOUNT: &str = "123456789012";
/// The write queue's name.
pub(crate) const QUEUE: &str = "dispatch-writes";
/// The dead-letter queue's name.
pub(crate) const DEAD_LETTER_QUEUE: &str = "dispatch-writes-dead";

/// A configuration for an endpoint on this machine.
pub(crate) async fn config(port: u16) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(format!("http://127.0.0.1:{port}"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        // The callers here are loops: they try again by themselves, and must see each failure.
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().connect_timeout(Duration::from_secs(2)).build())
        .load()
        .await
}

/// Why a call failed, in one line: the service's own message, or the chain of causes.
pub(crate) fn reason<E>(error: &SdkError<E>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    if let Some(message) = error.message() {
        return message.to_owned();
    }
    let mut causes = vec![error.to_string()];
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    causes.join(": ")
}

/// Invokes a function and returns its answer.
///
/// # Errors
/// The function failed, or the emulator is away; one line says why.
pub(crate) async fn invoke(
    lambda: &aws_sdk_lambda::Client,
    function: &str,
    payload: &Value,
) -> anyhow::Result<Vec<u8>> {
    let payload = Blob::new(payload.to_string());
    let answer = match lambda.invoke().function_name(function).payload(payload).send().await {
        Ok(answer) => answer,
        Err(error) => {
            // cargo-lambda answers 500 with the error's document where Lambda answers 200 and names it in a header.
            let document = error.raw_response().and_then(|response| response.body().bytes());
            let document = document.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
            let message = document.as_ref().and_then(|document| document["errorMessage"].as_str());
            bail!(message.map_or_else(|| reason(&error), str::to_owned));
        }
    };
    if let Some(error) = answer.function_error() {
        bail!("{error}");
    }
    Ok(answer.payload.map(Blob::into_inner).unwrap_or_default())
}

/// The queue's URL as moto makes it.
pub(crate) fn queue_url(port: u16, queue: &str) -> String {
    format!("http://127.0.0.1:{port}/{ACCOUNT}/{queue}")
}

/// Points the functions' own SDKs at the local endpoints; real credentials of the person are taken away from them, so
/// that a local stack cannot reach an account.
pub(crate) fn point_functions_here(settings: &mut Settings, lambda_port: u16, queue_port: u16) {
    for name in ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "DISPATCH_SECRET_ARN"] {
        settings.remove(name);
    }
    settings.set("AWS_ENDPOINT_URL_LAMBDA", format!("http://127.0.0.1:{lambda_port}"));
    settings.set("AWS_ENDPOINT_URL_SQS", format!("http://127.0.0.1:{queue_port}"));
    settings.set("AWS_REGION", REGION);
    settings.set("AWS_DEFAULT_REGION", REGION);
    settings.set("AWS_ACCESS_KEY_ID", "local");
    settings.set("AWS_SECRET_ACCESS_KEY", "local");
    settings.set("AWS_EC2_METADATA_DISABLED", "true");
    settings.set("DISPATCH_QUEUE_URL", queue_url(queue_port, QUEUE));
    settings.set("DISPATCH_SYNC_FUNCTION", super::functions::SYNC.name);
}
