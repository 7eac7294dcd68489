//! Configuration: environment variables, overlaid by the JSON of one secret, read through typed accessors.
//!
//! Values are trimmed, and an empty value counts as unset. [`Config::load`] reads the environment and, when
//! `DISPATCH_SECRET_ARN` is set, that secret; the secret's values win, so that what a template puts into the
//! environment can be replaced without a deployment. Whoever is refused with a credential reads the secret again
//! ([`Config::reread`]). Tests use [`Config::from_pairs`] and never touch the environment of
//! their process.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

mod auth;
mod database;
mod error;
mod github;
mod secret;
pub mod variables;

pub use auth::{AuthConfig, AuthMode, OidcConfig};
pub use dispatch_settings::Reread;
pub use error::ConfigError;
pub use github::{GithubConfig, WebhookSecrets};
pub use variables::{Function, VARIABLES, Variable, markdown_table};

/// Where the nudge queue is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueConfig {
    /// The queue's URL; without one nudges are dropped and the sweep does the work later.
    pub url: Option<String>,
}

/// All configuration of one process, not yet interpreted.
#[derive(Clone, Default)]
pub struct Config {
    /// By the variable's own name, never by an alias; no empty values.
    values: BTreeMap<&'static str, String>,
    /// Names in the secret's JSON that mean nothing to Dispatch.
    unknown: Vec<String>,
    /// The secret that was put over the environment.
    secret: Option<Arc<secret::Source>>,
}

impl Config {
    /// Reads the environment and then the secret that `DISPATCH_SECRET_ARN` names, if any.
    ///
    /// Without that variable no AWS client is built and nothing is awaited.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Secret`] when the secret cannot be read or is not a JSON object of plain values.
    pub async fn load() -> Result<Self, ConfigError> {
        let environment = Self::from_environment();
        let Some(arn) = environment.get(&variables::DISPATCH_SECRET_ARN) else { return Ok(environment) };
        let source = Arc::new(secret::Source::new(arn));
        let secret = source.read().await?;
        Ok(Self { secret: Some(source), ..environment.overlaid(&secret) })
    }

    /// Has `settings` read from the configuration as it is by then, for when those of now are refused. The secret itself
    /// is read once a minute at most, however often and for whatever it is asked for.
    pub fn reread<T: 'static>(&self, settings: fn(&Self) -> Result<T, ConfigError>) -> Reread<T> {
        let Some(source) = self.secret.clone() else { return Reread::default() };
        Reread::by(move || {
            let source = source.clone();
            async move { settings(&source.read_again().await?).ok() }
        })
    }

    /// Reads the environment alone.
    pub fn from_environment() -> Self {
        // By name and not by `std::env::vars`, which panics when any variable is not valid Unicode.
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Takes names and values as given; names Dispatch does not know are left out. Later pairs win.
    pub fn from_pairs<K: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let given: BTreeMap<String, String> =
            pairs.into_iter().map(|(name, value)| (name.as_ref().to_owned(), value.into())).collect();
        Self::from_lookup(|name| given.get(name).cloned())
    }

    fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| lookup(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let values = VARIABLES.iter().filter_map(|v| Some((v.name, v.names().find_map(read)?))).collect();
        Self { values, ..Self::default() }
    }

    /// This configuration with the values of `secret` put over it, under whichever names the secret has them.
    fn overlaid(mut self, secret: &BTreeMap<String, String>) -> Self {
        self.unknown = secret.keys().filter(|name| !is_known(name)).cloned().collect();
        self.values.extend(Self::from_pairs(secret).values);
        self
    }

    /// The value of `variable`: as set, or its default. Secrets too, so take care what happens to it.
    pub fn get(&self, variable: &'static Variable) -> Option<&str> {
        self.values.get(variable.name).map(String::as_str).or(variable.default)
    }

    /// Whether somebody set `variable`; a default does not count.
    pub fn is_set(&self, variable: &'static Variable) -> bool {
        self.values.contains_key(variable.name)
    }

    /// The variables that `function` refuses to work without and that are not set.
    pub fn missing_for(&self, function: Function) -> Vec<&'static Variable> {
        VARIABLES.iter().copied().filter(|v| v.required_by.contains(&function) && !self.is_set(v)).collect()
    }

    /// What works but should be put right: sentences for the log at start, for health and for `doctor`.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings: Vec<String> = self
            .unknown
            .iter()
            .map(|name| format!("the secret has a value under {name}, which Dispatch does not know"))
            .collect();
        warnings.extend(github::partial_app_warning(self));
        warnings.extend(self.auth().ok().and_then(|auth| auth.mode.warning()).map(str::to_owned));
        warnings
    }

    /// Where the nudge queue is, if anywhere.
    ///
    /// # Errors
    ///
    /// When `DISPATCH_QUEUE_URL` is not an http or https URL.
    pub fn queue(&self) -> Result<QueueConfig, ConfigError> {
        Ok(QueueConfig { url: self.url(&variables::DISPATCH_QUEUE_URL)? })
    }

    /// Dispatch's public base URL, without a slash at its end.
    ///
    /// # Errors
    ///
    /// When `DISPATCH_URL` is not an http or https URL.
    pub fn public_url(&self) -> Result<Option<String>, ConfigError> {
        self.url(&variables::DISPATCH_URL)
    }

    /// The name or ARN of the scheduled-sync function.
    pub fn sync_function(&self) -> &str {
        self.get(&variables::DISPATCH_SYNC_FUNCTION).unwrap_or_default()
    }

    /// The repositories to start with, as `owner/name` in the spelling given, each once (compared without case).
    ///
    /// # Errors
    ///
    /// When an entry is not `owner/name`.
    pub fn seed_repositories(&self) -> Result<Vec<String>, ConfigError> {
        let mut repositories: Vec<String> = Vec::new();
        for entry in self.list(&variables::GITHUB_REPOSITORIES) {
            if !github::is_full_name(entry) {
                let problem = format!("has the entry `{}`, which is not owner/name", clip(entry));
                return Err(ConfigError::invalid(&variables::GITHUB_REPOSITORIES, problem));
            }
            if !repositories.iter().any(|known| known.eq_ignore_ascii_case(entry)) {
                repositories.push(entry.to_owned());
            }
        }
        Ok(repositories)
    }

    fn required(&self, variable: &'static Variable, why: &'static str) -> Result<&str, ConfigError> {
        self.get(variable).ok_or_else(|| ConfigError::missing(variable, why))
    }

    fn secret(&self, variable: &'static Variable) -> Option<SecretString> {
        self.get(variable).map(SecretString::from)
    }

    fn required_secret(
        &self,
        variable: &'static Variable,
        why: &'static str,
    ) -> Result<SecretString, ConfigError> {
        self.required(variable, why).map(SecretString::from)
    }

    /// The values of a list, which commas and newlines separate, without blanks around them and without empty ones.
    fn list(&self, variable: &'static Variable) -> impl Iterator<Item = &str> {
        self.get(variable).unwrap_or_default().split([',', '\n']).map(str::trim).filter(|v| !v.is_empty())
    }

    fn number<T: FromStr>(&self, variable: &'static Variable, what: &str) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.get(variable) else { return Ok(None) };
        let number = value
            .parse()
            .map_err(|_| ConfigError::invalid(variable, format!("is not {what}: `{}`", clip(value))))?;
        Ok(Some(number))
    }

    fn milliseconds(&self, variable: &'static Variable) -> Result<Duration, ConfigError> {
        let milliseconds: Option<u32> = self.number(variable, "a whole number of milliseconds")?;
        Ok(Duration::from_millis(milliseconds.unwrap_or_default().into()))
    }

    fn url(&self, variable: &'static Variable) -> Result<Option<String>, ConfigError> {
        let Some(value) = self.get(variable) else { return Ok(None) };
        let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
        if host.is_none_or(|host| host.starts_with(['/', ':']) || host.is_empty())
            || value.contains(|c: char| c.is_whitespace() || c.is_control())
        {
            let problem = format!("is not an http or https URL: `{}`", clip(value));
            return Err(ConfigError::invalid(variable, problem));
        }
        Ok(Some(value.trim_end_matches('/').to_owned()))
    }
}

/// Lists which variables are set; values are not shown, because most of them are secrets or lead to one.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("set", &self.values.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

fn is_known(name: &str) -> bool {
    VARIABLES.iter().any(|variable| variable.names().any(|known| known == name))
}

/// The beginning of a value that is not secret, short enough for one line of a log.
fn clip(value: &str) -> String {
    let mut short: String = value.chars().filter(|c| !c.is_control()).take(80).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
