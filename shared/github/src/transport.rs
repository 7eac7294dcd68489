//! One request, one answer: connections, time limits and the size limit.

use std::sync::Arc;

use bytes::Bytes;
use dispatch_settings::Limits;
use http::header::{ACCEPT, CONTENT_TYPE, IF_NONE_MATCH, USER_AGENT};
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_timeout::TimeoutConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::{AuthState, OctoBody, Octocrab, OctocrabBuilder};
use rustls::{ClientConfig, RootCertStore};
use secrecy::SecretString;

use crate::error::clean;

/// The version of the REST API that Dispatch is written for. It is supported at least until March 2028 ("API
/// versions": 24 months from the release of the next one, 2026-03-10).
const API_VERSION: &str = "2022-11-28";

/// A status, headers and a body that was read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Sends requests. Building one reads the machine's root certificates, so it is left until the first request.
pub(crate) struct Transport {
    crab: Octocrab,
    limits: Limits,
}

impl Transport {
    pub(crate) fn new(base: &Uri, limits: Limits) -> Self {
        let https =
            HttpsConnectorBuilder::new().with_tls_config(tls()).https_or_http().enable_http1().build();
        let mut connector = TimeoutConnector::new(https);
        connector.set_connect_timeout(Some(limits.connect));
        connector.set_read_timeout(Some(limits.idle));
        connector.set_write_timeout(Some(limits.idle));
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let built = OctocrabBuilder::new_empty()
            .with_service(client)
            .with_layer(&BaseUriLayer::new(base.clone()))
            .with_auth(AuthState::None)
            .build();
        let Ok(crab) = built;
        Self { crab, limits }
    }

    /// Sends one request and reads its whole answer, whatever the status.
    ///
    /// # Errors
    ///
    /// What happened, in words, when there is no whole answer within the limits.
    pub(crate) async fn exchange(
        &self,
        method: &Method,
        path: &str,
        etag: Option<&str>,
        body: Option<&str>,
        bearer: &SecretString,
    ) -> Result<Answer, String> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(ACCEPT, "application/vnd.github+json")
            .header("x-github-api-version", API_VERSION)
            .header(USER_AGENT, concat!("dispatch/", env!("CARGO_PKG_VERSION")));
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(OctoBody::empty, |text| OctoBody::from(text.to_owned()));
        let request = request.body(body).map_err(|error| format!("the request cannot be made: {error}"))?;
        let exchange = async {
            let crab = self.crab.user_access_token(bearer.clone()).map_err(|e| innermost(&e))?;
            let answer = crab.execute(request).await.map_err(|e| innermost(&e))?;
            let (head, body) = answer.into_parts();
            let body =
                Limited::new(body, self.limits.body).collect().await.map_err(|e| self.cut(e.as_ref()))?;
            Ok(Answer { status: head.status, headers: head.headers, body: body.to_bytes() })
        };
        tokio::time::timeout(self.limits.whole, exchange)
            .await
            .unwrap_or_else(|_| Err(format!("no whole answer within {} s", self.limits.whole.as_secs_f32())))
    }

    fn cut(&self, error: &(dyn std::error::Error + 'static)) -> String {
        if error.is::<LengthLimitError>() {
            return format!("the answer is larger than {} bytes", self.limits.body);
        }
        format!("the answer broke off: {}", innermost(error))
    }
}

/// The machine's root certificates, as curl would use them; `SSL_CERT_FILE` adds a private authority. Missing ones
/// are no error here: an http address needs none, and for https the handshake says what is wrong.
fn tls() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// The last error of the chain, which is the one that says what happened; without octocrab's backtraces.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    clean(&innermost.to_string())
}
