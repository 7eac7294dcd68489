//! Delivers an answer to the address that CloudFormation made for it: a PUT to a signed URL, which is never logged.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http::{Method, Request, Uri};
use http_body_util::Full;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};

/// How often it is tried, with a second in between; together well within [`crate::RESERVE`].
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(4);

/// Puts `answer` at `url`.
///
/// # Errors
/// When it was not taken, after a few attempts. The address is left out, because it is a key.
pub(crate) async fn put(url: &str, answer: &str) -> anyhow::Result<()> {
    let uri: Uri = url.parse().ok().context("the address is no URL")?;
    let https = HttpsConnectorBuilder::new().with_tls_config(tls()).https_or_http().enable_http1().build();
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build(https);
    let mut attempt = 1;
    loop {
        // Without a content type: the address is signed for none.
        let request = Request::builder().method(Method::PUT).uri(uri.clone());
        let request = request.body(Full::from(answer.to_owned())).context("the request cannot be made")?;
        let problem = match tokio::time::timeout(PATIENCE, client.request(request)).await {
            Ok(Ok(response)) if response.status().is_success() => return Ok(()),
            Ok(Ok(response)) => format!("it was answered {}", response.status()),
            Ok(Err(_)) => "it could not be reached; a function in a network of yours needs a NAT".to_owned(),
            Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
        };
        if attempt == ATTEMPTS {
            bail!("{problem}");
        }
        tracing::warn!(attempt, problem, "CloudFormation's address did not take the answer");
        attempt += 1;
        tokio::time::sleep(PAUSE).await;
    }
}

fn tls() -> ClientConfig {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
