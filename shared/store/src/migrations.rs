//! Migrations: forward only, one code path for tests, for one machine and for a deploy.

use tokio_postgres::Client;

use crate::error::Error;

/// Every migration, oldest first. A tidy test compares this list with the folder.
pub const ALL: &[(&str, &str)] = &[
    ("20261123020000_cache", include_str!("../../../migrations/20261123020000_cache.sql")),
    ("20261123020100_work", include_str!("../../../migrations/20261123020100_work.sql")),
    ("20261123020200_outbox", include_str!("../../../migrations/20261123020200_outbox.sql")),
    ("20261123020300_intake", include_str!("../../../migrations/20261123020300_intake.sql")),
    ("20261123020400_feed", include_str!("../../../migrations/20261123020400_feed.sql")),
    ("20261125143912_timeline", include_str!("../../../migrations/20261125143912_timeline.sql")),
    ("20261125144500_lanes", include_str!("../../../migrations/20261125144500_lanes.sql")),
    ("20261125144530_sample", include_str!("../../../migrations/20261125144530_sample.sql")),
    ("20261125144800_dependencies", include_str!("../../../migrations/20261125144800_dependencies.sql")),
];

/// Any number will do; two migrators must not run at once.
const LOCK: i64 = 0x4449_5350_4154_4348;

/// Applies what is missing, each migration in a transaction of its own, and returns the names.
///
/// A database that is ahead of this program is left as it is: the previous release runs on the newer schema.
///
/// # Errors
/// [`Error::Bug`] when a statement fails; that migration then left nothing behind.
pub async fn run(client: &mut Client) -> Result<Vec<&'static str>, Error> {
    // The role's own limit is for requests: an index may take longer to build, and another migrator to finish.
    client.batch_execute("set statement_timeout = 0").await?;
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).await?;
    let result = apply(client).await;
    client.execute("select pg_advisory_unlock($1)", &[&LOCK]).await?;
    result
}

async fn apply(client: &mut Client) -> Result<Vec<&'static str>, Error> {
    client
        .batch_execute(
            "create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())",
        )
        .await?;
    let rows = client.query("select name from schema_migration", &[]).await?;
    let applied: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let mut done = Vec::new();
    for (name, sql) in ALL.iter().filter(|(name, _)| !applied.iter().any(|known| known == name)) {
        let transaction = client.transaction().await?;
        transaction.batch_execute(sql).await?;
        transaction.execute("insert into schema_migration (name) values ($1)", &[name]).await?;
        transaction.commit().await?;
        done.push(*name);
    }
    bound_sessions(client).await?;
    Ok(done)
}

/// A frozen sandbox must not freeze the feed, and no statement may run for ever: both are bounded on the role, because
/// a pooler forwards no session settings.
async fn bound_sessions(client: &Client) -> Result<(), Error> {
    client
        .batch_execute(
            "do $$ begin
               execute format('alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''', current_user, current_database());
               execute format('alter role %I in database %I set statement_timeout = ''30s''', current_user, current_database());
             exception when insufficient_privilege then
               raise notice 'session limits not set: the role may not alter itself';
             end $$",
        )
        .await?;
    Ok(())
}
