//! Which GitHub to talk to, as whom, and how to know its deliveries.

use std::time::Duration;

use dispatch_settings::{Auth, GithubSettings, Limits};
use secrecy::{ExposeSecret, SecretString};

use super::variables::{
    GITHUB_API_URL, GITHUB_APP_ID, GITHUB_APP_INSTALLATION_ID, GITHUB_APP_PRIVATE_KEY, GITHUB_TOKEN,
    GITHUB_WEBHOOK_SECRET, GITHUB_WRITE_INTERVAL_MS, Variable,
};
use super::{Config, ConfigError};

/// Which GitHub to talk to and as whom, and how fast to write.
#[derive(Clone, Debug)]
pub struct GithubConfig {
    /// What a client is built from.
    pub client: GithubSettings,
    /// The time to leave between two writes.
    pub write_interval: Duration,
}

impl GithubConfig {
    /// As whom GitHub is asked: `app` or `token`.
    pub fn auth_name(&self) -> &'static str {
        match self.client.auth {
            Auth::App { .. } => "app",
            Auth::Token(_) => "token",
        }
    }
}

/// The secrets a delivery may be signed with; at least one.
#[derive(Clone, Debug)]
pub struct WebhookSecrets(Vec<SecretString>);

impl WebhookSecrets {
    /// Each secret's bytes, in the order configured.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.expose_secret().as_bytes())
    }

    /// The one that a webhook is set up with.
    pub fn first(&self) -> Option<&SecretString> {
        self.0.first()
    }
}

/// Without these an App cannot sign; its installation can be looked up.
const APP: [&Variable; 2] = [&GITHUB_APP_ID, &GITHUB_APP_PRIVATE_KEY];

impl Config {
    /// Which GitHub to talk to and as whom: the App when it is configured, else the token.
    ///
    /// # Errors
    ///
    /// When neither is configured, or a value cannot be used.
    pub fn github(&self) -> Result<GithubConfig, ConfigError> {
        let missing = missing_of_app(self);
        let auth = match (self.get(&GITHUB_APP_PRIVATE_KEY), self.secret(&GITHUB_TOKEN)) {
            (Some(key), _) if missing.is_empty() => Auth::App {
                id: self.number(&GITHUB_APP_ID, "the App's numeric id")?.unwrap_or_default(),
                key: private_key(key)?,
                installation: self.number(&GITHUB_APP_INSTALLATION_ID, "the installation's numeric id")?,
            },
            (_, Some(token)) => Auth::Token(token),
            (_, None) => {
                let why = match missing.is_empty() {
                    true => ", and no GitHub App is configured",
                    false => ", and the GitHub App is configured only in part",
                };
                return Err(ConfigError::missing(&GITHUB_TOKEN, why));
            }
        };
        let api_url = self.url(&GITHUB_API_URL)?.unwrap_or_default();
        let reread = self.reread(|config| Ok(config.github()?.client.auth));
        let client = GithubSettings { api_url, auth, limits: Limits::default(), reread };
        Ok(GithubConfig { client, write_interval: self.milliseconds(&GITHUB_WRITE_INTERVAL_MS)? })
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

/// What an App lacks of which something is set; empty when it can sign, or when nothing of it is set.
fn missing_of_app(config: &Config) -> Vec<&'static str> {
    let missing: Vec<_> = APP.iter().filter(|v| !config.is_set(v)).map(|v| v.name).collect();
    let nothing = missing.len() == APP.len() && !config.is_set(&GITHUB_APP_INSTALLATION_ID);
    if nothing { Vec::new() } else { missing }
}

pub(super) fn partial_app_warning(config: &Config) -> Option<String> {
    let missing = missing_of_app(config);
    let instead = match config.is_set(&GITHUB_TOKEN) {
        true => "GITHUB_TOKEN is used instead",
        false => "and there is no GITHUB_TOKEN to use instead",
    };
    (!missing.is_empty()).then(|| {
        let missing = missing.join(" and ");
        format!("the GitHub App is configured only in part: {missing} not set; {instead}")
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
