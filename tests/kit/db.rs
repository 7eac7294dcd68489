//! A database per test.
//!
//! A template is migrated once per state of `migrations/` by the same code path as a deploy, and every test gets a
//! clone of it, which takes some 30 ms. Databases of crashed runs are swept by their name, which tells their age.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dispatch_settings::{DatabaseSettings, Reread};
use dispatch_store::{Db, migrations};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use tokio_postgres::types::{FromSqlOwned, ToSql};
use tokio_postgres::{Client, Config, NoTls, Row};

/// Any number will do: one process builds a template at a time.
const BUILDING: i64 = 0x4449_5350_5445_5354;
/// Test databases older than that are left over from runs that crashed.
const LEFT_OVER: Duration = Duration::from_secs(3600);
/// Templates of other migrations are kept so long, for those who go back and forth between branches.
const OUTDATED: Duration = Duration::from_secs(24 * 3600);

/// The clock of all rules, where it can be set: a row and not a new function each time, because a function that is
/// replaced has every statement planned anew.
const CLOCK: &str = "create schema test;
    create table test.clock (
      at timestamptz not null, since timestamptz not null default now(), speed integer not null default 0);
    create or replace function dispatch_now() returns timestamptz language plpgsql stable as
      'begin return (select at + speed * (now() - since) from test.clock); end';
    insert into test.clock (at)";

/// Where a test's clock stands at first.
pub fn morning() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("a time")
}

/// A migrated database of one's own. It is dropped with this, also when the test panics.
#[derive(Debug)]
pub struct TestDb {
    server: Server,
    name: String,
    client: OnceCell<Client>,
}

impl TestDb {
    /// A clone of the migrated template. Its clock stands at [`morning`].
    ///
    /// # Panics
    /// Without a server to make it on.
    pub async fn new() -> Self {
        let server = Server::from_environment();
        let admin = server.connect(None).await;
        let template = template(&server, &admin).await;
        let db = Self::create(server, &admin, Some(&template)).await;
        db.run(&format!("{CLOCK} values ('{}')", morning())).await;
        db
    }

    /// A database without anything in it.
    ///
    /// # Panics
    /// Without a server to make it on.
    pub async fn empty() -> Self {
        let server = Server::from_environment();
        let admin = server.connect(None).await;
        Self::create(server, &admin, None).await
    }

    async fn create(server: Server, admin: &Client, template: Option<&str>) -> Self {
        let unique = uuid::Uuid::new_v4().simple();
        let name = format!("dispatch_test_{}_{unique}", seconds_now());
        let template = template.unwrap_or("template0");
        let sql = format!("create database {name} template {template}");
        admin.batch_execute(&sql).await.expect("the server lets this role create databases");
        Self { server, name, client: OnceCell::new() }
    }

    /// How functions reach it: through the pooler that `TEST_POOLER` names (`host:port`), if it does.
    pub fn url(&self) -> String {
        let url = self.direct_url();
        pooler().map_or_else(|| url.clone(), |pooler| with_authority(&url, &pooler))
    }

    /// How to reach it past any pooler, for statements that stay with their session.
    pub fn direct_url(&self) -> String {
        self.server.url_of(&self.name)
    }

    /// The functions' configuration for it.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        [("DATABASE_URL", self.url()), ("DATABASE_POOLER", pooler_mode().to_owned())]
    }

    /// A pool of `size` connections to it, as the functions have one.
    pub fn pool(&self, size: usize) -> Db {
        self.pool_of(size, false)
    }

    /// The same; with `pooler` as if a transaction pooler stood between.
    ///
    /// # Panics
    /// Never: the server was reached before.
    pub fn pool_of(&self, size: usize, pooler: bool) -> Db {
        let settings = DatabaseSettings {
            url: self.url().into(),
            ca_pem: None,
            transaction_pooler: pooler || self::pooler().is_some(),
            pool_size: size,
            reread: Reread::default(),
        };
        Db::new(&settings).expect("a connection string")
    }

    /// A connection of its own, beside the one that the helpers below share.
    pub async fn connect(&self) -> Client {
        self.server.connect(Some(&self.name)).await
    }

    /// The connection that the helpers below share.
    pub async fn client(&self) -> &Client {
        self.client.get_or_init(|| self.connect()).await
    }

    /// Runs statements.
    ///
    /// # Panics
    /// When one of them fails.
    pub async fn run(&self, sql: &str) {
        self.client().await.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }

    /// The rows of a query.
    ///
    /// # Panics
    /// When it fails.
    pub async fn rows(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Vec<Row> {
        self.client().await.query(sql, params).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    }

    /// The one value that a query answers.
    ///
    /// # Panics
    /// When it fails, or answers anything but one row.
    pub async fn value<T: FromSqlOwned>(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> T {
        let rows = self.rows(sql, params).await;
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0].get(0)
    }

    /// How many rows a table has, or a part of it: `"claim"`, `"claim where state = 'active'"`.
    pub async fn count(&self, rows_of: &str) -> i64 {
        self.value(&format!("select count(*) from {rows_of}"), &[]).await
    }

    /// Stops the clock of all rules at `at`.
    pub async fn stop_clock_at(&self, at: Timestamp) {
        self.run(&format!("update test.clock set at = '{at}', speed = 0")).await;
    }

    /// Lets the clock of all rules run `ahead` of the server's.
    pub async fn run_clock_ahead(&self, ahead: SignedDuration) {
        let ahead = ahead.as_millis();
        self.run(&format!("update test.clock set at = since + interval '{ahead} milliseconds', speed = 1"))
            .await;
    }

    /// Lets the clock of all rules go on from where it stands, so many times as fast as the server's.
    pub async fn run_clock_at_speed(&self, speed: u32) {
        self.run(&format!(
            "update test.clock set at = dispatch_now(), since = clock_timestamp(), speed = {speed}"
        ))
        .await;
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread and a runtime of its own: the test's runtime may be going down with a panic.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let admin = server.connect(None).await;
                admin.batch_execute(&format!("drop database if exists {name} with (force)")).await
            })
        });
        // What cannot be dropped now is swept by a later run.
        let _ = dropping.join();
    }
}

/// The transaction pooler that the whole suite is run through, if any.
fn pooler() -> Option<String> {
    std::env::var("TEST_POOLER").ok().filter(|address| !address.is_empty())
}

/// `DATABASE_POOLER` of this run.
pub fn pooler_mode() -> &'static str {
    if pooler().is_some() { "transaction" } else { "session" }
}

/// The same URL with another `host:port`.
fn with_authority(url: &str, address: &str) -> String {
    let begin = url.find("://").map_or(0, |at| at + 3);
    let end = url[begin..].find(['/', '?']).map_or(url.len(), |at| begin + at);
    let user = url[begin..end].rfind('@').map_or("", |at| &url[begin..=begin + at]);
    format!("{}{user}{address}{}", &url[..begin], &url[end..])
}

/// The server that `DATABASE_URL` names.
#[derive(Debug, Clone)]
struct Server {
    url: String,
}

impl Server {
    fn from_environment() -> Self {
        let url = std::env::var("DATABASE_URL").unwrap_or_default();
        assert!(
            !url.is_empty(),
            "DATABASE_URL is not set, and these tests need a Postgres (15 or newer) on which databases may be \
             created. Run `cargo xtask test`, which starts one, or export DATABASE_URL=postgresql://user@host/postgres."
        );
        Self { url }
    }

    fn url_of(&self, database: &str) -> String {
        let (base, query) =
            self.url.split_once('?').map_or((self.url.as_str(), ""), |(base, query)| (base, query));
        let authority = base.find("://").map_or(0, |at| at + 3);
        let end = base[authority..].find('/').map_or(base.len(), |at| authority + at);
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        format!("{}/{database}{query}", &base[..end])
    }

    async fn connect(&self, database: Option<&str>) -> Client {
        let url = database.map_or_else(|| self.url.clone(), |name| self.url_of(name));
        let config: Config = url.parse().expect("DATABASE_URL is a Postgres connection string");
        let (client, connection) = config
            .connect(NoTls)
            .await
            .unwrap_or_else(|error| panic!("the Postgres at DATABASE_URL cannot be used: {error}"));
        tokio::spawn(connection);
        client
    }
}

/// The name of the migrated template. One process builds it, the others wait.
async fn template(server: &Server, admin: &Client) -> String {
    let hash = hash_of_migrations();
    if let Some(name) = find_template(admin, &hash).await {
        return name;
    }
    admin.execute("select pg_advisory_lock($1)", &[&BUILDING]).await.expect("a lock");
    let name = match find_template(admin, &hash).await {
        Some(name) => name,
        None => {
            sweep(admin).await;
            build_template(server, admin, &hash).await
        }
    };
    admin.execute("select pg_advisory_unlock($1)", &[&BUILDING]).await.expect("an unlock");
    name
}

async fn build_template(server: &Server, admin: &Client, hash: &str) -> String {
    // Built under the name of a test database, so that a crash here is swept as one.
    let building = TestDb::create(server.clone(), admin, None).await;
    let db = building.pool(1);
    db.migrate().await.expect("the migrations apply to an empty database");
    db.close();
    let (from, to) = (&building.name, format!("dispatch_template_{hash}_{}", seconds_now()));
    let alone = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{from}'");
    admin.batch_execute(&alone).await.expect("the template's connections end");
    admin
        .batch_execute(&format!("alter database {from} rename to {to}"))
        .await
        .expect("the template gets its name");
    to
}

async fn find_template(admin: &Client, hash: &str) -> Option<String> {
    let sql = "select datname::text from pg_database where datname like $1 order by 1 desc limit 1";
    let rows =
        admin.query(sql, &[&format!("dispatch\\_template\\_{hash}\\_%")]).await.expect("a list of databases");
    rows.first().map(|row| row.get(0))
}

/// Drops what crashed runs left behind, and templates of other migrations that nobody used for a while.
async fn sweep(admin: &Client) {
    let sql = "select datname::text from pg_database where datname ~ '^dispatch_(test_[0-9]+_|template_[0-9a-f]+_[0-9]+)'";
    for row in admin.query(sql, &[]).await.expect("a list of databases") {
        let name: String = row.get(0);
        let parts: Vec<&str> = name.split('_').collect();
        let (made, kept) = match parts.as_slice() {
            [_, "test", made, ..] => (*made, LEFT_OVER),
            [_, "template", _, made] => (*made, OUTDATED),
            _ => continue,
        };
        let age = seconds_now().saturating_sub(made.parse().unwrap_or_default());
        if age > kept.as_secs() {
            // Somebody else may be at it too.
            let _ = admin.batch_execute(&format!("drop database if exists {name} with (force)")).await;
        }
    }
}

fn hash_of_migrations() -> String {
    let mut hash = Sha256::new();
    for (name, sql) in migrations::ALL {
        hash.update(name);
        hash.update(sql);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pooler_takes_the_place_of_the_server() {
        assert_eq!(with_authority("postgresql://me:pw@host:1/x?a=b", "p:6"), "postgresql://me:pw@p:6/x?a=b");
        assert_eq!(with_authority("postgresql://host/x", "p:6"), "postgresql://p:6/x");
    }

    #[test]
    fn the_database_is_replaced_in_every_form_of_address() {
        let url_of = |url: &str| Server { url: url.to_owned() }.url_of("x");
        assert_eq!(url_of("postgresql://me@host:1/postgres"), "postgresql://me@host:1/x");
        assert_eq!(url_of("postgresql://me@host"), "postgresql://me@host/x");
        assert_eq!(
            url_of("postgres://me:pw@host/db?sslmode=disable"),
            "postgres://me:pw@host/x?sslmode=disable"
        );
    }
}
