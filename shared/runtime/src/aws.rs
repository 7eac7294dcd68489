//! What all AWS clients share: a small HTTP stack on rustls and ring, and limits that suit a caller who waits.
//!
//! Nothing happens until a client is built: no certificates are read and no credentials are looked for. The SDKs
//! take region, credentials and endpoints from the standard `AWS_*` variables (`AWS_ENDPOINT_URL_SQS` and its
//! sisters point them at local stand-ins).

use std::error::Error;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::tls;

/// How long a call may take and how often it is tried.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To connect, TLS included.
    pub connect: Duration,
    /// For the whole call with all its attempts and the pauses between them.
    pub whole: Duration,
    /// How often a call is made at most, the first time included.
    pub attempts: u32,
}

/// The configuration to build an AWS client from. Looks up region and credentials, so call it when the first
/// request is due, not at start.
pub async fn sdk_config(limits: Limits) -> SdkConfig {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https();
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .timeout_config(
            TimeoutConfig::builder().connect_timeout(limits.connect).operation_timeout(limits.whole).build(),
        )
        .retry_config(RetryConfig::standard().with_max_attempts(limits.attempts))
        .load()
        .await
}

/// What went wrong with a call, in one line for a log: AWS's own code and message, or the innermost cause.
pub fn describe<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug + 'static,
{
    if let Some(code) = error.code() {
        return format!("AWS answered {code}: {}", error.message().unwrap_or("without a message"));
    }
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
