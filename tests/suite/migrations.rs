//! Migrations: one list, forward only, safe on a database that is in use, safe to run twice and by several.

use std::path::{Path, PathBuf};

use dispatch_store::migrations::ALL;
use kit::TestDb;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_list_is_the_folder() {
    let mut names: Vec<String> = std::fs::read_dir(here("../migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".sql").map(str::to_owned))
        .collect();
    names.sort();
    let listed: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed);
    for (name, sql) in ALL {
        assert!(sql.starts_with("-- "), "{name} does not say what it is for");
        let (stamp, _) = name.split_once('_').unwrap();
        assert!(
            stamp.len() == 14 && stamp.bytes().all(|b| b.is_ascii_digit()),
            "{name} has no UTC time stamp"
        );
    }
}

#[tokio::test]
async fn each_one_applies_to_a_database_that_was_in_use_before_it() {
    let db = TestDb::empty().await;
    db.run("create table schema_migration (name text primary key, applied_at timestamptz not null default now())").await;
    let mut rows = Vec::new();
    for (name, sql) in ALL {
        db.run(&format!("begin; {sql}; insert into schema_migration (name) values ('{name}'); commit")).await;
        // What a user of that version has: add a file with rows for the tables that a migration makes.
        let file = here("fixtures/migrations").join(format!("{name}.sql"));
        let seed =
            std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        db.run(&seed).await;
        rows.push((*name, everything(&db).await));
    }
    let (_, tables) = rows.last().unwrap();
    let empty: Vec<&String> =
        tables.iter().filter(|(_, count)| *count == 0).map(|(table, _)| table).collect();
    assert_eq!(empty, Vec::<&String>::new(), "tables without a row in fixtures/migrations");
    assert_eq!(db.pool(1).migrate().await.unwrap(), Vec::<&str>::new());
    // Nothing that was there was lost on the way.
    for (name, tables) in rows {
        for (table, before) in tables {
            assert!(db.count(&table).await >= before, "{table} lost rows after {name}");
        }
    }
}

async fn everything(db: &TestDb) -> Vec<(String, i64)> {
    let names = "select table_name::text from information_schema.tables
        where table_schema = 'public' and table_name <> 'schema_migration' order by 1";
    let mut tables = Vec::new();
    for row in db.rows(names, &[]).await {
        let table: String = row.get(0);
        let count = db.count(&table).await;
        tables.push((table, count));
    }
    tables
}

#[tokio::test]
async fn the_second_run_does_nothing() {
    let db = TestDb::empty().await;
    let pool = db.pool(1);
    let names: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    assert_eq!(pool.migrate().await.unwrap(), names);
    assert_eq!(pool.migrate().await.unwrap(), Vec::<&str>::new());
    assert_eq!(db.count("schema_migration").await, i64::try_from(ALL.len()).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_at_once_apply_each_migration_once() {
    for _ in 0..4 {
        let db = TestDb::empty().await;
        let pools: Vec<_> = (0..6).map(|_| db.pool(1)).collect();
        let runs = futures::future::join_all(pools.iter().map(|pool| pool.migrate())).await;
        let mut applied: Vec<&str> = runs.into_iter().flat_map(|run| run.unwrap()).collect();
        // They share the work, migration by migration, and nobody passes one that is not applied.
        applied.sort_unstable();
        assert_eq!(applied, ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_database_that_is_ahead_is_left_as_it_is() {
    let db = TestDb::empty().await;
    let pool = db.pool(1);
    pool.migrate().await.unwrap();
    db.run("insert into schema_migration (name) values ('29990101000000_later')").await;
    assert_eq!(pool.migrate().await.unwrap(), Vec::<&str>::new());
    assert_eq!(db.count("schema_migration where name like '2999%'").await, 1);
}

#[tokio::test]
async fn sessions_are_bounded_on_the_role() {
    let db = TestDb::empty().await;
    db.pool(1).migrate().await.unwrap();
    let fresh = db.connect().await;
    for (setting, expected) in [("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "10s")]
    {
        let row = fresh.query_one("select current_setting($1)", &[&setting]).await.unwrap();
        assert_eq!(row.get::<_, String>(0), expected, "{setting}");
    }
}

#[tokio::test]
async fn the_function_migrates_and_seeds_once() {
    let db = TestDb::empty().await;
    let names = ("GITHUB_REPOSITORIES", "acme/web, acme/api\nACME/Web".to_owned());
    let config = dispatch_runtime::Config::from_pairs(db.settings().into_iter().chain([names]));
    let first = migrate::migrate(&config).await.unwrap();
    assert_eq!((first.applied.len(), first.seeded), (ALL.len(), 2));
    let second = migrate::migrate(&config).await.unwrap();
    assert_eq!((second.applied.len(), second.seeded), (0, 0));
    let sources = "repository where source = 'env' and enabled";
    assert_eq!(db.count(sources).await, 2);
    // Whoever was switched off stays off, and the seed does not come back.
    let pool = db.pool(1);
    let name = "acme/web".parse().unwrap();
    dispatch_store::repositories::untrack(&pool, &name, &kit::harness::OPERATOR).await.unwrap();
    assert_eq!(migrate::migrate(&config).await.unwrap().seeded, 0);
    assert_eq!(db.count(sources).await, 1);
}
