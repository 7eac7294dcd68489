//! A request that is repeated because its answer was lost has its effect once.

use dispatch_store::claims::Key;
use dispatch_store::claims::grant::Answer;
use kit::Harness;

use super::{code, why};

fn key(principal: &str, body: u8) -> Key {
    Key {
        principal: principal.to_owned(),
        route: "POST /api/claims",
        key: "k1".into(),
        body_sha256: vec![body],
    }
}

fn claim_of(answer: Answer) -> i64 {
    match answer {
        Answer::Granted(briefing) => briefing.claim.id,
        Answer::Nothing(nothing) => panic!("nothing: {nothing:?}"),
    }
}

#[tokio::test]
async fn the_same_key_gets_the_same_claim_and_another_body_a_conflict() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let first = alpha.ask_with_key(Some(&key("alpha", 1))).await.unwrap();
    let Answer::Granted(first) = first else { panic!("nothing") };
    let taken = alpha.taken(*first);
    let Answer::Granted(again) = alpha.ask_with_key(Some(&key("alpha", 1))).await.unwrap() else {
        panic!("nothing")
    };
    assert_eq!((again.claim.id, again.claim.fence), (taken.held.id.0, taken.held.fence.0), "no new hand-out");
    assert_eq!(code(alpha.ask_with_key(Some(&key("alpha", 2))).await), "idempotency_conflict");
    let other = claim_of(h.agent("beta").ask_with_key(Some(&key("beta", 9))).await.unwrap());
    assert_ne!(other, again.claim.id, "a key is its principal's own");
    // It has ended since: the repeated request is told so, and starts nothing.
    alpha.release(&taken, None).await.unwrap();
    assert_eq!(why(alpha.ask_with_key(Some(&key("alpha", 1))).await), "released");
    assert_eq!(h.db.count("claim").await, 2);
    h.finish().await;
}

#[tokio::test]
async fn a_key_without_an_effect_is_not_kept() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let alpha = h.agent("alpha");
    assert!(matches!(alpha.ask_with_key(Some(&key("alpha", 1))).await, Ok(Answer::Nothing(_))));
    h.issue(&repo, "One", &["status/ready"]).await;
    claim_of(alpha.ask_with_key(Some(&key("alpha", 1))).await.unwrap());
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_twins_get_one_claim() {
    let h = Harness::with_pool(8).await;
    let repo = h.repo("acme/web").await;
    for n in 0..8 {
        repo.issue(&format!("Issue {n}")).labels(["status/ready"]).open();
    }
    h.arrive().await;
    let alpha = h.agent("alpha");
    let key = key("alpha", 1);
    let twins = futures::future::join_all((0..8).map(|_| alpha.ask_with_key(Some(&key)))).await;
    let mut claims: Vec<i64> = twins.into_iter().map(|answer| claim_of(answer.unwrap())).collect();
    claims.dedup();
    assert_eq!(claims.len(), 1);
    assert_eq!(h.db.count("claim").await, 1);
    h.finish().await;
}
