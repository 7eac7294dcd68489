//! After a restore: what was handed out since the backup is never taken for what is handed out now.

use dispatch_store::board;
use dispatch_store::feed::{self, Changes};
use kit::Harness;

#[tokio::test]
async fn the_script_begins_a_new_life() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let before = h.agent("alpha").take().await;
    let fence: i64 = h.db.value("select max(fence) from claim", &[]).await;
    let cursor = board::board(&h.store).await.unwrap().cursor;
    h.settle().await;

    h.db.run(include_str!("../../infra/after-restore.sql")).await;

    assert!(matches!(feed::since(&h.store, &cursor).await.unwrap(), Changes::Resync(_)));
    // The issue is read again, whoever asks first gets it, and the fence is beyond all that were.
    h.settle().await;
    h.tick().await;
    let after = h.agent("beta").take().await;
    let new: i64 = h.db.value("select max(fence) from claim", &[]).await;
    assert!(new > fence + 1_000_000, "{new} after {fence}");
    assert!(h.agent("alpha").renew(&before).await.is_err(), "the work is beta's");
    h.agent("beta").release(&after, None).await.unwrap();
    h.settle().await;
    h.finish().await;
}
