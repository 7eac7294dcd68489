//! What a database pool and a GitHub client are built from.
//!
//! `dispatch-runtime` reads these from the configuration, `dispatch-store` and `dispatch-github` take them. They are a
//! crate of their own because those three must not know each other: what receives webhooks never compiles a GitHub
//! client, and what opens transactions cannot call GitHub.

mod reread;

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

pub use reread::Reread;

/// How to reach Postgres.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `postgresql://user:password@host/database?sslmode=require`; secret because it has the password in it.
    pub url: SecretString,
    /// PEM certificates of the authority that signs the server's certificate; none = the public roots.
    pub ca_pem: Option<String>,
    /// A pooler in transaction mode stands between: statements travel unnamed.
    pub transaction_pooler: bool,
    /// Connections at most, at least 1.
    pub pool_size: usize,
    /// For when the server refuses the role or its password.
    pub reread: Reread<DatabaseSettings>,
}

/// Which GitHub, as whom, and how patient.
#[derive(Clone, Debug)]
pub struct GithubSettings {
    /// Base of the REST API: `https://api.github.com`, `https://<host>/api/v3` of GitHub Enterprise Server, or a
    /// simulator.
    pub api_url: String,
    /// As whom.
    pub auth: Auth,
    /// How patient.
    pub limits: Limits,
    /// For when GitHub does not accept the token or the App's key.
    pub reread: Reread<Auth>,
}

/// What requests to GitHub are authorized with.
#[derive(Clone, Debug)]
pub enum Auth {
    /// A personal access token, or any other token that is simply sent.
    Token(SecretString),
    /// A GitHub App, by tokens of its installations.
    App {
        /// The App's numeric id.
        id: u64,
        /// Its RSA private key, PEM, with real newlines.
        key: SecretString,
        /// The installation to act for; without one it is looked up for each owner of repositories, once per process.
        installation: Option<u64>,
    },
}

impl PartialEq for Auth {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &SecretString, b: &SecretString| a.expose_secret() == b.expose_secret();
        match (self, other) {
            (Self::Token(a), Self::Token(b)) => same(a, b),
            (Self::App { id, key, installation }, Self::App { id: i, key: k, installation: n }) => {
                id == i && installation == n && same(key, k)
            }
            (Self::Token(_), Self::App { .. }) | (Self::App { .. }, Self::Token(_)) => false,
        }
    }
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
