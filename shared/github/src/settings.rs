//! Which GitHub, as whom, and how patient.

use std::time::Duration;

use http::Uri;
use secrecy::SecretString;

/// Which GitHub, as whom, and how patient.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Base of the REST API: `https://api.github.com`, `https://<host>/api/v3` of GitHub Enterprise Server, or a
    /// simulator.
    pub api_url: String,
    /// As whom.
    pub auth: Auth,
    /// How patient.
    pub limits: Limits,
}

/// What requests are authorized with.
#[derive(Clone, Debug)]
pub enum Auth {
    /// A personal access token, or any other token that is simply sent.
    Token(SecretString),
    /// A GitHub App, by tokens of its installations.
    App {
        /// The App's numeric id.
        id: u64,
        /// Its RSA private key, PEM.
        key: SecretString,
        /// The installation to act for; without one it is looked up for each repository, once per process.
        installation: Option<u64>,
    },
}

/// How long to wait for GitHub, and how much to take from it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To connect, TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer or of a request.
    pub idle: Duration,
    /// For one request and its whole answer. GitHub itself gives up after ten seconds (REST API, "Timeouts").
    pub whole: Duration,
    /// The largest answer that is read, in bytes.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            idle: Duration::from_secs(10),
            whole: Duration::from_secs(25),
            // A page of 100 issues whose bodies are all as long as GitHub allows: 65,536 characters of up to 4 bytes.
            body: 32 << 20,
        }
    }
}

/// A base URL that requests cannot be made from.
#[derive(Debug, thiserror::Error)]
#[error(
    "the GitHub API's URL is not an http or https URL; set GITHUB_API_URL to one like https://api.github.com"
)]
pub struct InvalidApiUrl;

impl Settings {
    pub(crate) fn base(&self) -> Result<Uri, InvalidApiUrl> {
        let base: Uri = self.api_url.trim_end_matches('/').parse().map_err(|_| InvalidApiUrl)?;
        let usable =
            matches!(base.scheme_str(), Some("http" | "https")) && base.host().is_some_and(|h| !h.is_empty());
        if usable && base.query().is_none() { Ok(base) } else { Err(InvalidApiUrl) }
    }
}
