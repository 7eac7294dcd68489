//! Connections and transactions.
//!
//! A Lambda sandbox serves one request at a time, so a pool holds one connection by default. A sandbox may have been
//! frozen for longer than the server keeps idle connections: what begins a transaction shows whether the connection
//! still lives, and one that does not is replaced by another.

mod tx;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use dispatch_settings::{DatabaseSettings, Reread};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use secrecy::{ExposeSecret, SecretString};

use crate::error::Error;

pub use tx::Tx;
use tx::{ALONE, READING};

/// Begins a transaction in which a connection plans each statement once, whatever its parameters.
const KEEPING_PLANS: &str = "begin; set local plan_cache_mode = force_generic_plan";

/// A connection is given up that has not answered for so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// A pool of connections.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Mutex<Opened>>,
    reread: Reread<DatabaseSettings>,
    unnamed: bool,
    round_trips: Arc<AtomicU64>,
}

/// A pool, and by which connection string it connects.
#[derive(Clone)]
struct Opened {
    pool: Pool,
    /// Shared, so that taking a connection copies no text.
    url: Arc<SecretString>,
}

impl Db {
    /// Builds the pool. Connects nowhere yet, and loads no certificates unless the connection asks for TLS.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the connection string or the certificate cannot be read; says which, never its text.
    pub fn new(settings: &DatabaseSettings) -> Result<Self, Error> {
        Ok(Self {
            pool: Arc::new(Mutex::new(Opened::new(settings)?)),
            reread: settings.reread.clone(),
            unnamed: settings.transaction_pooler,
            round_trips: Arc::default(),
        })
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.begun("begin").await
    }

    /// Begins a transaction that reads one snapshot throughout and can change nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn read(&self) -> Result<Tx, Error> {
        self.begun(READING).await
    }

    /// Will begin a transaction with its first statements, for statements that all read a few rows by index: left to
    /// itself Postgres plans those that have a list or a limit among their parameters anew each time, which takes longer
    /// than to run them. See [`Tx::first`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub(crate) async fn keeping_plans(&self) -> Result<Tx, Error> {
        self.transaction(KEEPING_PLANS).await
    }

    /// For one statement that is a transaction of its own. See [`Tx::first`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub(crate) async fn alone(&self) -> Result<Tx, Error> {
        self.transaction(ALONE).await
    }

    async fn begun(&self, begin: &'static str) -> Result<Tx, Error> {
        loop {
            let tx = self.transaction(begin).await?;
            if tx.first(tx.begin()).await?.is_some() {
                return Ok(tx);
            }
        }
    }

    async fn transaction(&self, begin: &'static str) -> Result<Tx, Error> {
        Ok(Tx::new(self.connection().await?, begin, self.unnamed, self.round_trips.clone()))
    }

    /// Brings the schema up to date; see [`crate::migrations::run`].
    ///
    /// # Errors
    /// As the database says; a migration that fails leaves nothing behind.
    pub async fn migrate(&self) -> Result<Vec<&'static str>, Error> {
        crate::migrations::run(self.begun(ALONE).await?.client_mut()).await
    }

    /// Round trips made so far by transactions of this pool, but for preparing statements; tests hold journeys to their
    /// number.
    pub fn round_trips(&self) -> u64 {
        self.round_trips.load(Ordering::Relaxed)
    }

    /// Closes all connections.
    pub fn close(&self) {
        self.opened().pool.close();
    }

    /// A connection. When the server refuses the role or its password, by those that the settings have by now.
    async fn connection(&self) -> Result<Object, Error> {
        let opened = self.opened().clone();
        let mut got = opened.pool.get().await;
        if got.as_ref().is_err_and(is_refused)
            && let Some(pool) = self.reopened(&opened.url).await?
        {
            got = pool.get().await;
        }
        got.map_err(|error| Error::Unavailable(error.to_string()))
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pool in place of one whose connection string was refused, if there is another by now.
    async fn reopened(&self, refused: &SecretString) -> Result<Option<Pool>, Error> {
        let Some(settings) = self.reread.read().await else { return Ok(None) };
        let mut opened = self.opened();
        // Another task may have been here.
        if opened.url.expose_secret() != settings.url.expose_secret() {
            *opened = Opened::new(&settings)?;
        }
        let other = opened.url.expose_secret() != refused.expose_secret();
        Ok(other.then(|| opened.pool.clone()))
    }
}

/// Whether the server does not let this role in: SQLSTATE class 28, invalid authorization.
fn is_refused(error: &PoolError) -> bool {
    matches!(error, PoolError::Backend(error) if error.code().is_some_and(|code| code.code().starts_with("28")))
}

impl Opened {
    fn new(settings: &DatabaseSettings) -> Result<Self, Error> {
        let mut config: tokio_postgres::Config = settings
            .url
            .expose_secret()
            .parse()
            .map_err(|_| Error::settings("DATABASE_URL is not a Postgres connection string"))?;
        config.application_name("dispatch");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        let manager_config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager =
            if config.get_ssl_mode() == tokio_postgres::config::SslMode::Disable || is_local(&config) {
                Manager::from_config(config, tokio_postgres::NoTls, manager_config)
            } else {
                Manager::from_config(config, tls(settings.ca_pem.as_deref())?, manager_config)
            };
        let pool = Pool::builder(manager)
            .max_size(settings.pool_size.max(1))
            .runtime(Runtime::Tokio1)
            .create_timeout(Some(PATIENCE))
            .wait_timeout(Some(Duration::from_secs(10)))
            .recycle_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Self { pool, url: Arc::new(settings.url.clone()) })
    }
}

/// A unix socket or the loopback interface needs no TLS.
fn is_local(config: &tokio_postgres::Config) -> bool {
    use tokio_postgres::config::{Host, SslMode};
    config.get_ssl_mode() == SslMode::Prefer
        && config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
            Host::Unix(_) => true,
        })
}

fn tls(ca: Option<&str>) -> Result<tokio_postgres_rustls::MakeRustlsConnect, Error> {
    let mut roots = rustls::RootCertStore::empty();
    match ca {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(ca) => {
            let unreadable = || Error::settings("DATABASE_CA has no PEM certificate in it");
            for certificate in CertificateDer::pem_slice_iter(ca.as_bytes()) {
                roots.add(certificate.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            }
            if roots.is_empty() {
                return Err(unreadable());
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Unavailable(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}
