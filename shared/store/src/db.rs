//! Connections and transactions.
//!
//! A Lambda sandbox serves one request at a time, so a pool holds one connection by default. It is verified when it is
//! taken, because a sandbox may have been frozen for longer than the server keeps idle connections.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use dispatch_failpoint::failpoint;
use dispatch_queries::client::GenericClient;
use dispatch_queries::parameter_types::parameter_types;
use dispatch_settings::{DatabaseSettings, Reread};
use postgres_types::{BorrowToSql, ToSql, Type};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use secrecy::{ExposeSecret, SecretString};
use tokio_postgres::{Row, RowStream, Statement};

use crate::error::Error;

/// Begins a transaction in which a connection plans each statement once, whatever its parameters.
const KEEPING_PLANS: &str = "begin; set local plan_cache_mode = force_generic_plan";

/// Begins a transaction that can change nothing.
const READING: &str = "begin isolation level repeatable read read only";

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

    /// Begins a transaction. `BEGIN` travels together with the first statement.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.begin_with("begin").await
    }

    /// Begins a transaction for statements that all read a few rows by index. Left to itself Postgres plans those that
    /// have a list or a limit among their parameters anew each time, which takes longer than to run them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn begin_keeping_plans(&self) -> Result<Tx, Error> {
        self.begin_with(KEEPING_PLANS).await
    }

    /// Begins a transaction that reads one snapshot throughout and can change nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn read(&self) -> Result<Tx, Error> {
        self.begin_with(READING).await
    }

    async fn begin_with(&self, begin: &'static str) -> Result<Tx, Error> {
        Ok(Tx {
            client: self.connection().await?,
            begin,
            begun: AtomicBool::new(false),
            finished: false,
            unnamed: self.unnamed,
            round_trips: self.round_trips.clone(),
        })
    }

    /// Brings the schema up to date; see [`crate::migrations::run`].
    ///
    /// # Errors
    /// As the database says; a migration that fails leaves nothing behind.
    pub async fn migrate(&self) -> Result<Vec<&'static str>, Error> {
        let mut client = self.connection().await?;
        crate::migrations::run(&mut client).await
    }

    /// Round trips made so far by transactions of this pool; tests hold journeys to their number.
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
            config.connect_timeout(Duration::from_secs(5));
        }
        let manager_config = ManagerConfig { recycling_method: RecyclingMethod::Verified };
        let manager =
            if config.get_ssl_mode() == tokio_postgres::config::SslMode::Disable || is_local(&config) {
                Manager::from_config(config, tokio_postgres::NoTls, manager_config)
            } else {
                Manager::from_config(config, tls(settings.ca_pem.as_deref())?, manager_config)
            };
        let pool = Pool::builder(manager)
            .max_size(settings.pool_size.max(1))
            .runtime(Runtime::Tokio1)
            .create_timeout(Some(Duration::from_secs(5)))
            .wait_timeout(Some(Duration::from_secs(10)))
            .recycle_timeout(Some(Duration::from_secs(5)))
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

/// A transaction, and the client that generated queries run on.
///
/// Dropped without [`Tx::commit`] it is rolled back.
pub struct Tx {
    client: Object,
    begin: &'static str,
    begun: AtomicBool,
    finished: bool,
    unnamed: bool,
    round_trips: Arc<AtomicU64>,
}

impl Tx {
    /// Makes everything since the beginning durable.
    ///
    /// # Errors
    /// As Postgres says; nothing is changed then, unless the connection broke while it answered.
    pub async fn commit(mut self) -> Result<(), Error> {
        self.finished = true;
        if self.begun.load(Ordering::Relaxed) {
            self.count();
            // Reading makes nothing durable: to die at its end is to die between what is before and after it.
            let changes = self.begin != READING;
            if changes {
                failpoint("commit.before");
            }
            self.client.batch_execute("commit").await?;
            if changes {
                failpoint("commit.after");
            }
        }
        Ok(())
    }

    /// Marks a point that [`Tx::roll_back_to`] can return to.
    ///
    /// # Errors
    /// As Postgres says.
    pub async fn savepoint(&self, name: &'static str) -> Result<(), Error> {
        self.batch(&format!("savepoint {name}")).await
    }

    /// Undoes everything since the savepoint; the transaction goes on.
    ///
    /// # Errors
    /// As Postgres says.
    pub async fn roll_back_to(&self, name: &'static str) -> Result<(), Error> {
        self.batch(&format!("rollback to savepoint {name}")).await
    }

    /// Whether the connection broke: nothing more can be done on it.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    async fn batch(&self, sql: &str) -> Result<(), Error> {
        Ok(self.travel(self.client.batch_execute(sql)).await?)
    }

    fn count(&self) {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
    }

    /// Sends `BEGIN` ahead of the first statement without waiting for its answer in between.
    async fn travel<T>(
        &self,
        statement: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, tokio_postgres::Error> {
        self.count();
        if self.begun.swap(true, Ordering::Relaxed) {
            return statement.await;
        }
        // `join!` polls in order, and a request is queued by its first poll.
        let (begun, answer) = futures::join!(self.client.batch_execute(self.begin), statement);
        begun?;
        answer
    }

    fn types(sql: &str) -> &'static [Type] {
        // A statement without recorded types would travel without its parameters: better to stop here.
        parameter_types(sql).expect("every generated statement has its parameter types recorded")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.finished && self.begun.load(Ordering::Relaxed) {
            // One poll queues the request; its answer is read by the connection whether or not anybody waits.
            let _ = pin!(self.client.batch_execute("rollback")).poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

fn typed<'a>(
    params: &[&'a (dyn ToSql + Sync)],
    types: &'static [Type],
) -> Vec<(&'a (dyn ToSql + Sync), Type)> {
    params.iter().copied().zip(types.iter().cloned()).collect()
}

impl GenericClient for Tx {
    async fn prepare(&self, query: &str) -> Result<Statement, tokio_postgres::Error> {
        self.client.prepare_cached(query).await
    }

    async fn execute(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, tokio_postgres::Error> {
        self.travel(async {
            if self.unnamed {
                return self.client.execute_typed(query, &typed(params, Self::types(query))).await;
            }
            let statement = self.client.prepare_cached(query).await?;
            self.client.execute(&statement, params).await
        })
        .await
    }

    async fn query_one(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, tokio_postgres::Error> {
        self.travel(async {
            if self.unnamed {
                return self.client.query_typed_one(query, &typed(params, Self::types(query))).await;
            }
            let statement = self.client.prepare_cached(query).await?;
            self.client.query_one(&statement, params).await
        })
        .await
    }

    async fn query_opt(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, tokio_postgres::Error> {
        self.travel(async {
            if self.unnamed {
                return self.client.query_typed_opt(query, &typed(params, Self::types(query))).await;
            }
            let statement = self.client.prepare_cached(query).await?;
            self.client.query_opt(&statement, params).await
        })
        .await
    }

    fn query_raw<'a, P, I>(
        &'a self,
        query: &'a str,
        params: I,
    ) -> Pin<Box<dyn Future<Output = Result<RowStream, tokio_postgres::Error>> + Send + 'a>>
    where
        P: BorrowToSql + 'a,
        I: IntoIterator<Item = P> + Sync + Send + 'a,
        I::IntoIter: ExactSizeIterator + Send + 'a,
    {
        let params = params.into_iter();
        Box::pin(self.travel(async move {
            if self.unnamed {
                return self
                    .client
                    .query_typed_raw(query, params.zip(Self::types(query).iter().cloned()))
                    .await;
            }
            let statement = self.client.prepare_cached(query).await?;
            self.client.query_raw(&statement, params).await
        }))
    }
}
