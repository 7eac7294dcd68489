//! What the database tells: its schema, the jobs that should have run, and what waits longer than it should.

use anyhow::{Context as _, bail};
use dispatch_domain::job::Job;
use jiff::SignedDuration;
use tokio_postgres::Client;

use super::PATIENCE;
use crate::env::Settings;
use crate::paths::Paths;
use crate::postgres;

/// Connects to `DATABASE_URL`, else to the local stack's cluster.
///
/// # Errors
/// There is none, or it does not answer.
pub(super) async fn reach(paths: &Paths, settings: &Settings) -> anyhow::Result<Client> {
    let url = match settings.get("DATABASE_URL") {
        Some(url) => url.to_owned(),
        None => crate::up::local_database_url(paths)
            .context("no DATABASE_URL and no local cluster yet; `cargo xtask up` makes one")?,
    };
    let connecting = tokio::time::timeout(PATIENCE, postgres::connect(&url)).await;
    connecting.context("it does not answer")?.context(
        "is `cargo xtask up` running? A database that insists on TLS cannot be looked at from here; its health is in /api/health",
    )
}

/// Whether its schema is that of this checkout.
///
/// # Errors
/// Migrations are missing.
pub(super) async fn schema(paths: &Paths, client: &Client) -> anyhow::Result<String> {
    let version: String = client.query_one("SHOW server_version", &[]).await?.get(0);
    let rows = client
        .query("SELECT name FROM schema_migration", &[])
        .await
        .context("no migration was ever applied; run `migrate --now`, or `cargo xtask up`")?;
    let applied: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let missing: Vec<String> =
        crate::codegen::migrations(paths)?.into_iter().filter(|name| !applied.contains(name)).collect();
    if !missing.is_empty() {
        bail!("PostgreSQL {version}, migrations not applied: {}; run `migrate --now`", missing.join(", "));
    }
    Ok(format!("PostgreSQL {version}, {} migrations applied", applied.len()))
}

/// Whether all sandboxes there can be find a connection: `sandboxes` of api and of github-webhook each, two writers, two
/// of the clock and migrate, with a pool of `pool` connections.
///
/// # Errors
/// They do not: behind a pooler that is well, otherwise some will be told that the database is away.
pub(super) async fn connections(client: &Client, sandboxes: i64, pool: i64) -> anyhow::Result<String> {
    let sql = "SELECT count(*), current_setting('max_connections')::bigint \
               - current_setting('superuser_reserved_connections')::bigint FROM pg_stat_activity \
               WHERE backend_type = 'client backend'";
    let row = client.query_one(sql, &[]).await?;
    let (used, most): (i64, i64) = (row.get(0), row.get(1));
    let wanted = (2 * sandboxes + 2 + 2 + 1) * pool;
    if wanted >= most {
        bail!(
            "{wanted} may be wanted and {most} can be had; lower ApiConcurrency, raise max_connections, or put a \
             transaction pooler in between (DATABASE_POOLER)"
        );
    }
    Ok(format!("{used} in use, at most {wanted} wanted, {most} can be had"))
}

/// Whether each job has succeeded lately.
///
/// # Errors
/// One is overdue.
pub(super) async fn jobs(client: &Client) -> anyhow::Result<String> {
    let late = "SELECT coalesce(extract(epoch FROM now() - succeeded_at) / 60, 1e9)::int4, error FROM job_run WHERE job = $1";
    let mut overdue = Vec::new();
    for job in Job::SCHEDULED {
        let minutes = job.overdue_after().map_or(i64::MAX, |after| after.as_mins());
        let found = client.query_opt(late, &[&job.as_str()]).await?;
        match found.map(|row| (row.get::<_, i32>(0), row.get::<_, Option<String>>(1))) {
            Some((since, _)) if i64::from(since) <= minutes => {}
            // A new installation: a job that runs seldom has had no time yet.
            None if job.every() >= Some(SignedDuration::from_hours(1)) => {}
            None => overdue.push(format!("{job} never ran")),
            Some((_, Some(error))) => overdue.push(format!("{job} fails: {error}")),
            Some((since, None)) => overdue.push(format!("{job} last succeeded {since} minutes ago")),
        }
    }
    if !overdue.is_empty() {
        bail!("{}; see scheduled-sync's log, and whether its schedules are on", overdue.join("; "));
    }
    Ok("none overdue".to_owned())
}

/// Whether GitHub's webhooks are as they have to be, as scheduled-sync found them last.
///
/// # Errors
/// One is not.
pub(super) async fn hooks(client: &Client) -> anyhow::Result<String> {
    let rows = client
        .query(
            "SELECT coalesce(r.owner || '/' || r.name, 'the App'), h.state, h.problems FROM hook h \
             LEFT JOIN repository r ON r.id = h.repository_id \
             WHERE h.repository_id IS NULL OR (r.enabled AND NOT r.gone) ORDER BY 1",
            &[],
        )
        .await?;
    if rows.is_empty() {
        bail!("nobody has looked at them yet; the job `recover` does");
    }
    let trouble: Vec<String> = rows
        .iter()
        .filter(|row| row.get::<_, String>(1) != "ok")
        .map(|row| {
            let (of, state, problems): (String, String, Vec<String>) = (row.get(0), row.get(1), row.get(2));
            format!("{of}: {state}. {}", problems.join(" "))
        })
        .collect();
    if !trouble.is_empty() {
        bail!("{}; POST /api/webhooks/repair creates and repairs", trouble.join("; "));
    }
    Ok(format!("{} looked at, all well", rows.len()))
}

/// What is left of GitHub's budgets, and whether it will last.
///
/// # Errors
/// One will not, or GitHub asked for silence.
pub(super) async fn budgets(client: &Client) -> anyhow::Result<String> {
    let rows = client
        .query(
            "SELECT credential, remaining, \"limit\", reset_at > now(), paused_until > now(), \
             greatest(extract(epoch FROM paused_until - now()), 0)::int4 FROM github_budget \
             WHERE \"limit\" > 0 OR paused_until > now() ORDER BY 1",
            &[],
        )
        .await?;
    let mut trouble = Vec::new();
    let mut fine = Vec::new();
    for row in &rows {
        let (of, remaining, limit): (String, i32, i32) = (row.get(0), row.get(1), row.get(2));
        if row.get::<_, Option<bool>>(4) == Some(true) {
            trouble.push(format!("{of}: GitHub asked for silence for {} s", row.get::<_, i32>(5)));
        } else if row.get::<_, bool>(3) && remaining <= limit / 20 {
            trouble.push(format!("{of}: {remaining} of {limit} requests left this hour"));
        } else {
            fine.push(format!("{of}: {remaining} of {limit}"));
        }
    }
    if !trouble.is_empty() {
        bail!("{}; writes of claims go first, the rest waits", trouble.join("; "));
    }
    Ok(if fine.is_empty() { "GitHub was not asked yet".to_owned() } else { fine.join(", ") })
}

/// What waits for a person, or longer than the sweep should let it.
///
/// # Errors
/// Something does.
pub(super) async fn left_over(client: &Client) -> anyhow::Result<String> {
    let counts = "SELECT \
        (SELECT count(*) FROM missing_delivery m WHERE state = 'missing' \
         AND NOT EXISTS (SELECT FROM delivery d WHERE d.guid = m.guid)), \
        (SELECT count(*) FROM mutation WHERE state = 'parked'), \
        (SELECT count(*) FROM mutation WHERE state IN ('pending', 'leased') AND retry_at < now() - interval '5 minutes'), \
        (SELECT count(*) FROM delivery WHERE outcome = 'failed'), \
        (SELECT count(*) FROM repository WHERE enabled AND last_error IS NOT NULL)";
    let row = client.query_one(counts, &[]).await?;
    let what = [
        "deliveries are missing (scheduled-sync asks GitHub for them; see GET /api/health/details)",
        "writes are parked (the board says why, one click tries again)",
        "writes are overdue (is github-writer running?)",
        "deliveries could not be applied (scheduled-sync tries again)",
        "repositories cannot be synced (see GET /api/automation/repos)",
    ];
    let found: Vec<String> = what
        .iter()
        .enumerate()
        .filter_map(|(column, what)| {
            let count: i64 = row.get(column);
            (count > 0).then(|| format!("{count} {what}"))
        })
        .collect();
    if found.is_empty() { Ok("nothing".to_owned()) } else { bail!("{}", found.join("; ")) }
}
