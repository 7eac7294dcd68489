//! Traces by OpenTelemetry, when `OTEL_EXPORTER_OTLP_ENDPOINT` says where to; otherwise none, at no cost.
//!
//! Spans are kept until the invocation is over and are sent then, before its answer: a sandbox may be frozen right
//! after it, for hours. Next to a collector in a Lambda extension (`http://localhost:4318`) that is a millisecond; one
//! that does not answer holds nobody up for more than [`PATIENCE`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use hyper_rustls::HttpsConnectorBuilder;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SdkTracerProvider, Span, SpanData, SpanExporter as _, SpanProcessor};
use percent_encoding::percent_decode_str;
use rustls::{ClientConfig, RootCertStore};
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use crate::Config;
use crate::config::variables::{OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS};

/// How long an answer is held up for its traces.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most spans that are kept for one invocation; what is over is dropped.
const MOST: usize = 2048;

/// Set while traces are wanted.
static TRACES: OnceLock<Traces> = OnceLock::new();

struct Traces {
    endpoint: String,
    ended: Ended,
    exporter: OnceLock<SpanExporter>,
    /// Ends the spans' life with the process.
    _provider: SdkTracerProvider,
}

/// The layer that makes spans of tracing's spans, if an endpoint is configured.
pub(crate) fn layer<S>() -> Option<impl Layer<S>>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let endpoint =
        Config::from_environment().get(&OTEL_EXPORTER_OTLP_ENDPOINT)?.trim_end_matches('/').to_owned();
    let ended = Ended::default();
    let provider =
        SdkTracerProvider::builder().with_span_processor(ended.clone()).with_resource(resource()).build();
    let tracer = provider.tracer("dispatch");
    let _ = TRACES.set(Traces { endpoint, ended, exporter: OnceLock::new(), _provider: provider });
    Some(tracing_opentelemetry::layer().with_tracer(tracer))
}

fn resource() -> Resource {
    let name = std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_else(|_| "dispatch".to_owned());
    Resource::builder().with_attribute(KeyValue::new("service.name", name)).build()
}

/// Takes over what opens the collector's door, which is secret and known only once the configuration was loaded.
/// Nothing is sent before.
pub fn configure(config: &Config) {
    let Some(traces) = TRACES.get() else { return };
    let headers = headers(config.get(&OTEL_EXPORTER_OTLP_HEADERS).unwrap_or_default());
    match exporter(&traces.endpoint, headers) {
        Ok(exporter) => drop(traces.exporter.set(exporter)),
        Err(error) => tracing::warn!(error, "traces cannot be sent"),
    }
}

/// Sends what has ended. Every function calls it when it has its answer; without an endpoint it does nothing.
/// Trouble is logged and is nobody else's.
pub async fn flush() {
    let Some(traces) = TRACES.get() else { return };
    let batch = std::mem::take(&mut *traces.ended.lock());
    let Some(exporter) = traces.exporter.get().filter(|_| !batch.is_empty()) else { return };
    match tokio::time::timeout(PATIENCE, exporter.export(batch)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "traces were not taken"),
        Err(_) => tracing::warn!("traces were not taken within {} s", PATIENCE.as_secs()),
    }
}

fn exporter(endpoint: &str, headers: HashMap<String, String>) -> Result<SpanExporter, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().build();
    let mut exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(HyperClient::new(https, PATIENCE, None))
        .with_endpoint(format!("{endpoint}/v1/traces"))
        .with_headers(headers)
        .build()
        .map_err(|error| error.to_string())?;
    exporter.set_resource(&resource());
    Ok(exporter)
}

/// `name=value,…`, values percent-encoded ("OpenTelemetry Protocol Exporter", specifying headers).
fn headers(text: &str) -> HashMap<String, String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim().to_owned(), percent_decode_str(value.trim()).decode_utf8().ok()?.into_owned()))
    };
    text.split(',').filter_map(pair).collect()
}

/// Spans that ended and were not sent yet.
#[derive(Clone, Debug, Default)]
struct Ended(Arc<Mutex<Vec<SpanData>>>);

impl Ended {
    fn lock(&self) -> MutexGuard<'_, Vec<SpanData>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanProcessor for Ended {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        let mut ended = self.lock();
        if ended.len() < MOST {
            ended.push(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_decoded() {
        let read = headers("authorization=Bearer%20a%2Cb, x-team = dispatch,nonsense");
        assert_eq!(read.len(), 2);
        assert_eq!(read["authorization"], "Bearer a,b");
        assert_eq!(read["x-team"], "dispatch");
    }
}
