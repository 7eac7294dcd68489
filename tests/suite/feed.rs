//! The live feed: whoever follows it sees everything, and says so when it cannot.

use std::collections::BTreeMap;
use std::path::Path;

use dispatch_store::board;
use dispatch_store::feed::{self, Changes, Cursor};
use kit::{Harness, eventually};

const REPO: &str = "acme/web";

/// The numbers of the cards that changed since, and the next cursor.
async fn since(h: &Harness, cursor: &Cursor) -> (Vec<i32>, Cursor) {
    match feed::since(&h.store, cursor).await.unwrap() {
        Changes::Since { cursor, cards, .. } => {
            let mut numbers: Vec<i32> = cards.iter().map(|card| card.row.number).collect();
            numbers.sort();
            (numbers, cursor)
        }
        Changes::Resync(_) => panic!("the cursor is good"),
    }
}

#[tokio::test]
async fn a_change_is_told_once_and_again_where_a_savepoint_took_it_back() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let (one, two) = (h.issue(&repo, "One", &[]).await.id, h.issue(&repo, "Two", &[]).await.id);
    let change = |id| format!("update issue set comments = comments + 1 where id = {id};");
    let (one, two) = (change(one), change(two));
    let transactions = [
        (format!("begin; {one} {one} {two} {one} commit"), 2),
        (format!("begin; savepoint s; {one} rollback to s; {one} commit"), 1),
        (format!("begin; {one} savepoint s; {two} rollback to s; {one} {two} commit"), 2),
        (format!("begin; {one} rollback"), 0),
        (one.clone(), 1),
    ];
    for (sql, expected) in transactions {
        let told = h.db.count("change").await;
        h.db.run(&sql).await;
        assert_eq!(h.db.count("change").await - told, expected, "{sql}");
    }
    h.leaves_apart();
    h.finish().await;
}

#[tokio::test]
async fn a_transaction_that_commits_late_is_not_lost() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let early = h.issue(&repo, "Early", &[]).await;
    let late = h.issue(&repo, "Late", &[]).await;
    // An older transaction elsewhere on the server holds up what was told of them so far.
    let passed = "select pg_snapshot_xmin(pg_current_snapshot()) > max(xid) from change";
    assert!(eventually(async || h.db.value(passed, &[]).await).await);
    let cursor = board::board(&h.store).await.unwrap().cursor;

    let slow = h.db.connect().await;
    slow.batch_execute("begin").await.unwrap();
    let sql = format!("update issue set comments = comments + 1 where id = {}", late.id);
    slow.batch_execute(&sql).await.unwrap();
    // Younger, and committed first.
    h.db.run(&format!("update issue set comments = comments + 1 where id = {}", early.id)).await;
    let (numbers, held_up) = since(&h, &cursor).await;
    assert!(!numbers.contains(&2), "it has not committed");
    slow.batch_execute("commit").await.unwrap();
    let mut seen = numbers;
    let mut cursor = held_up;
    let both = eventually(async || {
        let (new, next) = since(&h, &cursor).await;
        cursor = next;
        seen.extend(new);
        seen.contains(&1) && seen.contains(&2)
    })
    .await;
    assert!(both, "{seen:?}");
    // The test wrote behind Dispatch's back.
    h.db.run("update issue set comments = 0").await;
    h.finish().await;
}

#[tokio::test]
async fn an_unknown_or_pruned_cursor_and_a_new_epoch_ask_for_a_resync() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    h.issue(&repo, "One", &[]).await;
    let good = board::board(&h.store).await.unwrap().cursor;
    let resyncs =
        async |cursor: &Cursor| matches!(feed::since(&h.store, cursor).await.unwrap(), Changes::Resync(_));
    assert!(!resyncs(&good).await);
    let text = good.to_string();
    let (epoch, horizon) = text.split_once('.').unwrap();
    assert!(resyncs(&format!("{epoch}.{}", i64::MAX).parse().unwrap()).await, "from the future");
    assert!(resyncs(&format!("other.{horizon}").parse().unwrap()).await);
    h.db.run("update feed set pruned_below = (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 1)::text::xid8")
        .await;
    assert!(resyncs(&good).await, "pruned");
    h.db.run("update feed set pruned_below = '0', epoch = gen_random_uuid()").await;
    assert!(resyncs(&good).await, "a restored database");
    assert!("nonsense".parse::<Cursor>().is_err());
    h.finish().await;
}

#[tokio::test]
async fn what_is_switched_off_or_gone_is_removed() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &[]).await;
    let cursor = board::board(&h.store).await.unwrap().cursor;
    h.act("ana", |ana| ana.delete_issue(REPO, issue.number)).await;
    let gone = eventually(async || match feed::since(&h.store, &cursor).await.unwrap() {
        Changes::Since { removed, .. } => removed == [i64::try_from(issue.id).unwrap()],
        Changes::Resync(_) => false,
    })
    .await;
    assert!(gone);
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_and_its_feed_miss_nothing_while_others_write() {
    let h = Harness::with_pool(8).await;
    let repo = h.repo(REPO).await;
    for n in 0..5 {
        h.issue(&repo, &format!("Issue {n}"), &[]).await;
    }
    let writers: Vec<_> = (0..4_i64)
        .map(|seed| {
            let url = h.db.direct_url();
            tokio::spawn(async move {
                let (client, connection) =
                    tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                for n in 0..40_i64 {
                    let number = i32::try_from((n * 7 + seed) % 5 + 1).unwrap();
                    let sql = "update issue set comments = comments + 1 where number = $1";
                    client.execute(sql, &[&number]).await.unwrap();
                }
            })
        })
        .collect();
    let board = board::board(&h.store).await.unwrap();
    let mut cursor = board.cursor;
    let mut shown: BTreeMap<i32, i32> =
        board.cards.iter().map(|card| (card.row.number, card.row.comments)).collect();
    let follow = async |shown: &mut BTreeMap<i32, i32>, cursor: &mut Cursor| {
        if let Changes::Since { cursor: next, cards, .. } = feed::since(&h.store, cursor).await.unwrap() {
            *cursor = next;
            shown.extend(cards.iter().map(|card| (card.row.number, card.row.comments)));
        }
    };
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        follow(&mut shown, &mut cursor).await;
    }
    let truth = h.db.rows("select number, comments from issue order by number", &[]).await;
    let truth: BTreeMap<i32, i32> = truth.iter().map(|row| (row.get(0), row.get(1))).collect();
    let same = eventually(async || {
        follow(&mut shown, &mut cursor).await;
        shown == truth
    })
    .await;
    assert!(same, "{shown:?} instead of {truth:?}");
    assert_eq!(truth.values().sum::<i32>(), 160);
    h.finish().await;
}

/// Postgres soon makes one plan for all parameters, and then knows nothing of how little a cursor leaves to read.
#[tokio::test]
async fn whether_anything_changed_is_answered_without_reading_the_whole_feed() {
    let db = kit::TestDb::new().await;
    db.run(
        "insert into change (xid, entity, id) select n::text::xid8, 'issue', n from generate_series(1, 50000) n;
         analyze change",
    )
    .await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/store/queries/feed.sql");
    let file = std::fs::read_to_string(path).unwrap();
    let client = db.connect().await;
    client.batch_execute("set plan_cache_mode = force_generic_plan").await.unwrap();
    for (heading, name, parameters) in [
        ("--! still_true (until?)\n", "still_true", [":epoch", ":snapshot", ":until"].as_slice()),
        ("--! changed_since\n", "changed_since", &[":since"]),
    ] {
        let (_, rest) = file.split_once(heading).unwrap_or_else(|| panic!("{name} in feed.sql"));
        let mut sql = rest.split(';').next().unwrap().to_owned();
        for (parameter, n) in parameters.iter().zip(1..) {
            sql = sql.replace(parameter, &format!("${n}"));
        }
        client.batch_execute(&format!("prepare {name} as {sql}")).await.unwrap();
        let nulls = vec!["null"; parameters.len()].join(", ");
        let plan = client.query(&format!("explain execute {name}({nulls})"), &[]).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|line| line.get(0)).collect();
        assert!(!plan.iter().any(|line| line.contains("Seq Scan on change")), "{name}: {plan:#?}");
    }
}
