//! Where Postgres is and how to reach it.

use std::path::PathBuf;

use dispatch_settings::DatabaseSettings;

use super::variables::{DATABASE_CA, DATABASE_POOL_SIZE, DATABASE_POOLER, DATABASE_URL};
use super::{Config, ConfigError, clip};

impl Config {
    /// Where Postgres is. Reads the file that `DATABASE_CA` names, if it is a path.
    ///
    /// # Errors
    ///
    /// When `DATABASE_URL` is missing or no Postgres URL, or one of the other `DATABASE_*` cannot be used.
    pub fn database(&self) -> Result<DatabaseSettings, ConfigError> {
        let url = self.required(&DATABASE_URL, "")?;
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(ConfigError::invalid(&DATABASE_URL, "is not a postgresql:// URL"));
        }
        let transaction_pooler = match self.get(&DATABASE_POOLER).map(str::to_ascii_lowercase).as_deref() {
            None | Some("session" | "none") => false,
            Some("transaction") => true,
            Some(other) => {
                let problem = format!("is `{}`, which is neither `transaction` nor `session`", clip(other));
                return Err(ConfigError::invalid(&DATABASE_POOLER, problem));
            }
        };
        let pool_size = self.number(&DATABASE_POOL_SIZE, "a whole number")?.unwrap_or(1);
        if !(1..=1000).contains(&pool_size) {
            return Err(ConfigError::invalid(
                &DATABASE_POOL_SIZE,
                format!("is {pool_size}, not between 1 and 1000"),
            ));
        }
        let ca_pem = self.database_ca()?;
        Ok(DatabaseSettings {
            url: url.into(),
            ca_pem,
            transaction_pooler,
            pool_size,
            reread: self.reread(Self::database),
        })
    }

    fn database_ca(&self) -> Result<Option<String>, ConfigError> {
        let Some(value) = self.get(&DATABASE_CA) else { return Ok(None) };
        if value.contains("-----BEGIN") {
            return Ok(Some(super::github::with_real_newlines(value)));
        }
        let path = PathBuf::from(value);
        let pem = std::fs::read_to_string(&path).map_err(|error| {
            let problem =
                format!("is not PEM text, and as a path `{}` cannot be read ({error})", clip(value));
            ConfigError::invalid(&DATABASE_CA, problem)
        })?;
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            let problem = format!("names `{}`, which has no PEM certificate in it", clip(value));
            return Err(ConfigError::invalid(&DATABASE_CA, problem));
        }
        Ok(Some(pem))
    }
}
