//! Behind a transaction pooler statements travel unnamed, and every journey works as it does directly.

use dispatch_domain::claim::Outcome;
use dispatch_domain::job::Job;
use dispatch_domain::status::Status;
use dispatch_store::claims::grant::Answer;
use dispatch_store::claims::lease::Checkpoint;
use dispatch_store::claims::{self, Key};
use dispatch_store::sync::{self, RunKind};
use dispatch_store::{agent_runs, audit, board, budget, feed, health, hooks, repositories};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;

const REPO: &str = "acme/web";

#[tokio::test]
async fn every_journey_works_with_unnamed_statements() {
    let h = Harness::behind_pooler().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/ready", "lane/deep"]).await;
    let two = h.issue(&repo, "Two", &["status/ready"]).await;
    let three = h.issue(&repo, "Three", &["status/ready"]).await;
    repo.pull("Half").head("half").body("Closes #2").open();
    h.arrive().await;

    let (alpha, beta) = (h.agent("alpha").in_lanes(&["deep"]), h.agent("beta"));
    let key =
        Key { principal: "alpha".into(), route: "POST /api/claims", key: "k".into(), body_sha256: vec![1] };
    let Answer::Granted(briefing) = alpha.ask_with_key(Some(&key)).await.unwrap() else { panic!("nothing") };
    let taken = alpha.taken(*briefing);
    alpha.renew(&taken).await.unwrap();
    let note =
        Checkpoint { note: Some("half".into()), head_sha: Some("abc".into()), ..Checkpoint::default() };
    alpha.checkpoint(&taken, &note).await.unwrap();
    let held = beta.only(&two).take().await;
    h.settle().await;
    h.tick().await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.agent("beta").release(&held, None).await.unwrap();
    h.move_to(&three, Status::Blocked, Some("Wait.")).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&one), ["lane/deep", "status/in-review"]);
    assert_eq!(
        (h.labels(&two), h.labels(&three)),
        (vec!["status/ready".into()], vec!["status/blocked".into()])
    );

    let board = board::board(&h.store).await.unwrap();
    assert_eq!(board.cards.len(), 3);
    feed::since(&h.store, &board.cursor).await.unwrap();
    assert_eq!(board::find(&h.store, &board::Filter::default(), 10).await.unwrap().len(), 3);
    assert_eq!(claims::list(&h.store, None, Some("ended"), None, 10).await.unwrap().len(), 2);
    assert!(!agent_runs::recent(&h.store, 10).await.unwrap().is_empty());
    let ours = audit::Filter { repository: Some(REPO.parse().unwrap()), ..Default::default() };
    assert!(!audit::events(&h.store, &ours, None, 10).await.unwrap().is_empty());
    assert!(!budget::accounts(&h.store).await.unwrap().is_empty());

    let (run, _) = sync::request(&h.store, RunKind::Issues, Some(&REPO.parse().unwrap()), None, &OPERATOR)
        .await
        .unwrap();
    h.agent("gamma").take().await;
    h.advance(SignedDuration::from_mins(20)).await;
    assert_eq!(h.sweep().await["runs"], 1);
    assert_eq!(sync::run(&h.store, run).await.unwrap().state, "finished");
    for job in [Job::Reconcile, Job::Recover, Job::Automation, Job::Retention] {
        h.job(job).await;
    }
    assert_eq!(sync::jobs(&h.store).await.unwrap().len(), 5);
    assert_eq!(repositories::all(&h.store).await.unwrap().len(), 1);
    health::details(&h.store).await.unwrap();
    hooks::all(&h.store).await.unwrap();
    h.finish().await;
}
