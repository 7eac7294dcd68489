//! Migrations: forward only, one code path for tests, for one machine and for a deploy.

use tokio_postgres::{Client, SimpleQueryMessage, Transaction};

use crate::error::Error;

/// Every migration, oldest first. A tidy test compares this list with the folder.
pub const ALL: &[(&str, &str)] = &[
    ("20261123020000_cache", include_str!("../../../migrations/20261123020000_cache.sql")),
    ("20261123020100_work", include_str!("../../../migrations/20261123020100_work.sql")),
    ("20261123020200_outbox", include_str!("../../../migrations/20261123020200_outbox.sql")),
    ("20261123020300_intake", include_str!("../../../migrations/20261123020300_intake.sql")),
    ("20261123020400_feed", include_str!("../../../migrations/20261123020400_feed.sql")),
    ("20261125143912_timeline", include_str!("../../../migrations/20261125143912_timeline.sql")),
    ("20261125144100_calls_out", include_str!("../../../migrations/20261125144100_calls_out.sql")),
    ("20261125144500_lanes", include_str!("../../../migrations/20261125144500_lanes.sql")),
    ("20261125144530_sample", include_str!("../../../migrations/20261125144530_sample.sql")),
    ("20261125144800_dependencies", include_str!("../../../migrations/20261125144800_dependencies.sql")),
    (
        "20261125145200_pull_request_facts",
        include_str!("../../../migrations/20261125145200_pull_request_facts.sql"),
    ),
    ("20261125145300_evidence", include_str!("../../../migrations/20261125145300_evidence.sql")),
    ("20261125145400_trust", include_str!("../../../migrations/20261125145400_trust.sql")),
    ("20261125150700_sign_in", include_str!("../../../migrations/20261125150700_sign_in.sql")),
    ("20261125153000_limits", include_str!("../../../migrations/20261125153000_limits.sql")),
    ("20261125183500_closed_set", include_str!("../../../migrations/20261125183500_closed_set.sql")),
    (
        "20261125183600_pull_request_card",
        include_str!("../../../migrations/20261125183600_pull_request_card.sql"),
    ),
    ("20261125185700_due_counts", include_str!("../../../migrations/20261125185700_due_counts.sql")),
    ("20261125192100_feed_of_rules", include_str!("../../../migrations/20261125192100_feed_of_rules.sql")),
    ("20261125193300_lease_life", include_str!("../../../migrations/20261125193300_lease_life.sql")),
    ("20261126011700_since", include_str!("../../../migrations/20261126011700_since.sql")),
    (
        "20261126020300_candidate_claim",
        include_str!("../../../migrations/20261126020300_candidate_claim.sql"),
    ),
    ("20261126030500_labels_gone", include_str!("../../../migrations/20261126030500_labels_gone.sql")),
    ("20261126050000_claim_reads", include_str!("../../../migrations/20261126050000_claim_reads.sql")),
];

/// Any number will do; two migrators must not run at once.
const LOCK: i64 = 0x4449_5350_4154_4348;

/// Applies what is missing, each migration in a transaction of its own, and returns the names.
///
/// A database that is ahead of this program is left as it is: the previous release runs on the newer schema. Whatever a
/// transaction needs is said within it and statements travel unnamed, because behind a transaction pooler the next one
/// may have another session.
///
/// # Errors
/// [`Error::Bug`] when a statement fails; that migration then left nothing behind.
pub async fn run(client: &mut Client) -> Result<Vec<&'static str>, Error> {
    let begun = begin(client).await?;
    begun
        .batch_execute(
            "create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())",
        )
        .await?;
    let applied = applied(&begun).await?;
    begun.commit().await?;
    let mut done = Vec::new();
    for (name, sql) in ALL.iter().filter(|(name, _)| !applied.iter().any(|known| known == name)) {
        let transaction = begin(client).await?;
        // Another migrator may have been here since.
        if self::applied(&transaction).await?.iter().any(|known| known == name) {
            continue;
        }
        transaction.batch_execute(sql).await?;
        transaction.batch_execute(&format!("insert into schema_migration (name) values ('{name}')")).await?;
        transaction.commit().await?;
        done.push(*name);
    }
    bound_sessions(client).await?;
    Ok(done)
}

/// A transaction that no other migrator runs beside.
async fn begin(client: &mut Client) -> Result<Transaction<'_>, Error> {
    let transaction = client.transaction().await?;
    // The role's own limit is for requests: an index may take longer to build, and another migrator to finish.
    transaction
        .batch_execute(&format!("set local statement_timeout = 0; select pg_advisory_xact_lock({LOCK})"))
        .await?;
    Ok(transaction)
}

async fn applied(transaction: &Transaction<'_>) -> Result<Vec<String>, Error> {
    let rows = transaction.simple_query("select name from schema_migration").await?;
    let name = |row: &SimpleQueryMessage| match row {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    };
    Ok(rows.iter().filter_map(name).collect())
}

/// A frozen sandbox must not freeze the feed, and no statement may run for ever: both are bounded on the role, because
/// a pooler forwards no session settings.
async fn bound_sessions(client: &mut Client) -> Result<(), Error> {
    let transaction = begin(client).await?;
    transaction
        .batch_execute(
            "do $$ begin
               execute format('alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''', current_user, current_database());
               execute format('alter role %I in database %I set statement_timeout = ''30s''', current_user, current_database());
             exception when insufficient_privilege then
               raise notice 'session limits not set: the role may not alter itself';
             end $$",
        )
        .await?;
    Ok(transaction.commit().await?)
}
