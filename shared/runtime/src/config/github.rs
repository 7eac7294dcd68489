//! Which GitHub to talk to, as whom, and how to know its deliveries.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::variables::{
    GITHUB_API_URL, GITHUB_APP_ID, GITHUB_APP_INSTALLATION_ID, GITHUB_APP_PRIVATE_KEY, GITHUB_TOKEN,
    GITHUB_WEBHOOK_SECRET, GITHUB_WRITE_INTERVAL_MS, Variable,
};
use super::{Config, ConfigError};

/// A fully configured GitHub App.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The App's numeric id.
    pub id: u64,
    /// The numeric id of its installation.
    pub installation: u64,
    /// The App's private key, PEM, with real newlines.
    pub private_key: SecretString,
}

/// Which GitHub to talk to and as whom. At least one of `app` and `token` is there; the App goes first.
#[derive(Clone, Debug)]
pub struct GithubConfig {
    /// Base of the REST API, without a slash at its end.
    pub api_url: String,
    /// The personal access token.
    pub token: Option<SecretString>,
    /// The App, when all of it is configured.
    pub app: Option<AppConfig>,
    /// The `GITHUB_APP_*` variables that are missing while others of them are set.
    pub partly_configured: Vec<&'static str>,
    /// The time to leave between two writes.
    pub write_interval: Duration,
}

/// The secrets a delivery may be signed with; at least one.
#[derive(Clone, Debug)]
pub struct WebhookSecrets(Vec<SecretString>);

impl WebhookSecrets {
    /// Each secret's bytes, in the order configured.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.expose_secret().as_bytes())
    }
}

const APP: [&Variable; 3] = [&GITHUB_APP_ID, &GITHUB_APP_INSTALLATION_ID, &GITHUB_APP_PRIVATE_KEY];

impl Config {
    /// Which GitHub to talk to and as whom.
    ///
    /// # Errors
    ///
    /// When neither a token nor a whole App is configured, or a value cannot be used.
    pub fn github(&self) -> Result<GithubConfig, ConfigError> {
        let partly_configured = missing_of_app(self);
        let app = match self.get(&GITHUB_APP_PRIVATE_KEY) {
            Some(key) if partly_configured.is_empty() => Some(AppConfig {
                id: self.number(&GITHUB_APP_ID, "the App's numeric id")?.unwrap_or_default(),
                installation: self
                    .number(&GITHUB_APP_INSTALLATION_ID, "the installation's numeric id")?
                    .unwrap_or_default(),
                private_key: private_key(key)?,
            }),
            _ => None,
        };
        let token = self.secret(&GITHUB_TOKEN);
        if app.is_none() && token.is_none() {
            let why = match partly_configured.is_empty() {
                true => ", and no GitHub App is configured",
                false => ", and the GitHub App is configured only in part",
            };
            return Err(ConfigError::missing(&GITHUB_TOKEN, why));
        }
        let api_url = self.url(&GITHUB_API_URL)?.unwrap_or_default();
        let write_interval = self.milliseconds(&GITHUB_WRITE_INTERVAL_MS)?;
        Ok(GithubConfig { api_url, token, app, partly_configured, write_interval })
    }

    /// The secrets a delivery may be signed with.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn webhook_secrets(&self) -> Result<WebhookSecrets, ConfigError> {
        let secrets: Vec<_> = self.list(&GITHUB_WEBHOOK_SECRET).map(SecretString::from).collect();
        if secrets.is_empty() {
            return Err(ConfigError::missing(&GITHUB_WEBHOOK_SECRET, ""));
        }
        Ok(WebhookSecrets(secrets))
    }
}

/// The missing third of an App of which something is set; empty when all of it or nothing is set.
fn missing_of_app(config: &Config) -> Vec<&'static str> {
    let missing: Vec<_> = APP.iter().filter(|v| !config.is_set(v)).map(|v| v.name).collect();
    if missing.len() == APP.len() { Vec::new() } else { missing }
}

pub(super) fn partial_app_warning(config: &Config) -> Option<String> {
    let missing = missing_of_app(config);
    (!missing.is_empty()).then(|| {
        format!("the GitHub App is configured only in part and not used: {} not set", missing.join(" and "))
    })
}

fn private_key(value: &str) -> Result<SecretString, ConfigError> {
    let pem = with_real_newlines(value);
    if !pem.contains("-----BEGIN ") || !pem.contains("PRIVATE KEY-----") || !pem.contains("-----END ") {
        return Err(ConfigError::invalid(&GITHUB_APP_PRIVATE_KEY, "is not a whole PEM private key"));
    }
    Ok(pem.into())
}

/// PEM text as it was before somebody put it on one line: `\n` and `\r\n` written out become newlines, and quotes
/// around the whole (from a `.env` file) go.
pub(super) fn with_real_newlines(value: &str) -> String {
    let value = value.trim_matches('"');
    value.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\r\n", "\n")
}

/// Whether `text` has the shape of `owner/name` with the characters GitHub allows in the two.
pub(super) fn is_full_name(text: &str) -> bool {
    let owner_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.split_once('/').is_some_and(|(owner, name)| {
        !owner.is_empty()
            && owner.chars().all(owner_char)
            && !name.is_empty()
            && !matches!(name, "." | "..")
            && name.chars().all(name_char)
    })
}
