//! Requests to the provider: one at a time, bounded in time and size, and no redirect is followed.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;

/// A provider that has not answered by then is away.
const PATIENCE: Duration = Duration::from_secs(8);
/// The largest answer, in bytes. Key sets of large providers have some ten thousand.
const LARGEST: usize = 512 * 1024;

/// The provider is away, or said something that is no answer. For the log: never holds what was sent or received.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Trouble(pub(super) String);

/// Built with the first request: the machine's root certificates are read then.
#[derive(Default)]
pub(super) struct Http(OnceLock<Client<HttpsConnector<HttpConnector>, Full<Bytes>>>);

impl Http {
    /// Reads JSON, with a bearer token where one is needed.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        url: &str,
        bearer: Option<&str>,
    ) -> Result<T, Trouble> {
        let mut request = Request::get(url);
        if let Some(token) = bearer {
            request = request.header(AUTHORIZATION, confidential(&format!("Bearer {token}"))?);
        }
        self.exchange(url, request, String::new()).await
    }

    /// Sends a form and reads JSON. `authorization` is the whole header.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        url: &str,
        form: String,
        authorization: Option<&str>,
    ) -> Result<T, Trouble> {
        let mut request = Request::post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, confidential(value)?);
        }
        self.exchange(url, request, form).await
    }

    async fn exchange<T: DeserializeOwned>(
        &self,
        url: &str,
        request: Builder,
        body: String,
    ) -> Result<T, Trouble> {
        let trouble = |what: &dyn std::fmt::Display| Trouble(format!("{url}: {what}"));
        let request = request.header(ACCEPT, "application/json").body(Full::from(body));
        let request = request.map_err(|_| trouble(&"no request can be made of this address"))?;
        let exchange = async {
            let answer = self.client().request(request).await.map_err(|error| trouble(&innermost(&error)))?;
            let status = answer.status();
            let body = Limited::new(answer.into_body(), LARGEST).collect().await;
            let body = body.map_err(|_| trouble(&"the answer broke off or is too large"))?;
            Ok::<_, Trouble>((status, body.to_bytes()))
        };
        let (status, body) =
            tokio::time::timeout(PATIENCE, exchange).await.unwrap_or_else(|_| Err(trouble(&"no answer")))?;
        if status != StatusCode::OK {
            let code =
                serde_json::from_slice::<Refusal>(&body).map(|refusal| refusal.error).unwrap_or_default();
            let code: String =
                code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
            return Err(trouble(&format_args!("answered {status} {code}")));
        }
        serde_json::from_slice(&body).map_err(|_| trouble(&"the answer is not the JSON that was expected"))
    }

    fn client(&self) -> &Client<HttpsConnector<HttpConnector>, Full<Bytes>> {
        self.0.get_or_init(|| {
            let connector =
                HttpsConnectorBuilder::new().with_tls_config(tls()).https_or_http().enable_http1().build();
            Client::builder(TokioExecutor::new()).build(connector)
        })
    }
}

/// The error of RFC 6749, section 5.2.
#[derive(serde::Deserialize)]
struct Refusal {
    error: String,
}

fn confidential(value: &str) -> Result<HeaderValue, Trouble> {
    let mut value =
        HeaderValue::from_str(value).map_err(|_| Trouble("a credential is no header value".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The machine's root certificates, as curl would use them; `SSL_CERT_FILE` adds a private authority.
fn tls() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| unreachable!("ring supports the default versions of TLS"))
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// The last error of the chain, which is the one that says what happened.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
