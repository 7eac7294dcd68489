//! Leases: kept by signs of life, lost by silence, correct with the sweeper switched off.

use dispatch_domain::claim::{CHECKPOINT_BYTES, Outcome, Phase};
use dispatch_store::claims::finish::{End, Report};
use dispatch_store::claims::lease::Checkpoint;
use jiff::SignedDuration;
use kit::Harness;
use serde_json::json;

use super::{code, why};

const A_LEASE: SignedDuration = SignedDuration::from_mins(15);

#[tokio::test]
async fn a_sign_of_life_prolongs_the_lease() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    assert_eq!(taken.briefing.claim.expires_at, h.now() + A_LEASE);
    h.advance(SignedDuration::from_mins(10)).await;
    assert_eq!(alpha.renew(&taken).await.unwrap().expires_at, h.now() + A_LEASE);
    h.advance(SignedDuration::from_mins(10)).await;
    let busy = alpha.renew_busy(&taken, 3600).await.unwrap();
    assert_eq!(busy.expires_at, h.now() + SignedDuration::from_hours(1));
    h.advance(SignedDuration::from_mins(10)).await;
    // A plain sign of life takes nothing away of what was announced.
    assert_eq!(alpha.renew(&taken).await.unwrap().expires_at, busy.expires_at);
    assert_eq!(code(alpha.renew_busy(&taken, 7201).await), "invalid");
    h.finish().await;
}

#[tokio::test]
async fn a_checkpoint_is_kept_and_is_a_sign_of_life() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    h.advance(SignedDuration::from_mins(10)).await;
    let first = Checkpoint { phase: Some(Phase::Coding), note: Some("half".into()), ..Default::default() };
    alpha.checkpoint(&taken, &first).await.unwrap();
    let second =
        Checkpoint { data: Some(json!({"a": [1]})), branch: Some("mine".into()), ..Default::default() };
    let claim = alpha.checkpoint(&taken, &second).await.unwrap();
    assert_eq!((claim.phase.as_str(), claim.note.as_deref()), ("coding", Some("half")));
    assert_eq!((claim.checkpoint, claim.branch.as_deref()), (Some(json!({"a": [1]})), Some("mine")));
    assert_eq!(claim.expires_at, h.now() + A_LEASE);
    let too_much = Checkpoint { data: Some(json!("x".repeat(CHECKPOINT_BYTES))), ..Default::default() };
    assert_eq!(code(alpha.checkpoint(&taken, &too_much).await), "invalid");
    h.finish().await;
}

#[tokio::test]
async fn an_expired_lease_frees_the_work_with_the_sweeper_switched_off() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready", "bug"]).await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
    let first = alpha.take().await;
    h.settle().await;
    assert_eq!(beta.held_back_by().await, [("status", 1)]);
    h.advance(A_LEASE).await;
    let second = beta.take().await;
    assert_eq!(second.briefing.claim.attempt, 2);
    assert!(second.held.fence > first.held.fence);
    assert_eq!(why(alpha.renew(&first).await), "expired");
    assert_eq!(why(alpha.complete(&first, Outcome::PrOpened).await), "expired");
    assert_eq!(
        h.db.count("stale_report where verb = 'completed'").await,
        1,
        "the late report is kept as evidence"
    );
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/beta", "bug", "status/in-progress"]);
    h.finish().await;
}

#[tokio::test]
async fn the_sweeper_returns_expired_work_to_where_it_rested() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.agent("alpha").take().await;
    h.settle().await;
    h.advance(A_LEASE).await;
    let counts = h.sweep().await;
    assert_eq!(counts["claimsExpired"], 1);
    h.settle().await;
    assert_eq!((h.labels(&issue), h.status(&issue).await), (vec!["status/ready".into()], "ready".into()));
    assert_eq!(h.sweep().await["claimsExpired"], 0);
    h.finish().await;
}

#[tokio::test]
async fn an_expired_claim_that_nobody_replaced_may_go_on_or_be_completed() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    // Nobody noticed yet.
    h.advance(A_LEASE).await;
    assert_eq!(alpha.renew(&taken).await.unwrap().state, "active");
    // The sweeper noticed.
    h.advance(A_LEASE).await;
    h.sweep().await;
    h.settle().await;
    assert_eq!(h.status(&issue).await, "ready");
    assert_eq!(alpha.renew(&taken).await.unwrap().state, "active");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/in-progress"]);
    h.advance(A_LEASE).await;
    h.sweep().await;
    h.settle().await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn a_late_completion_counts_even_when_its_own_expiry_quarantined_the_work() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "Long", &["status/ready"]).await;
    let mut last = None;
    for name in ["alpha", "beta", "gamma"] {
        last = Some((h.agent(name), h.agent(name).take().await));
        h.advance(A_LEASE).await;
        h.sweep().await;
        h.settle().await;
    }
    assert_eq!(h.agent("delta").held_back_by().await, [("quarantined", 1)]);
    let (gamma, taken) = last.unwrap();
    gamma.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    assert_eq!(h.db.count("work where quarantined_at is not null").await, 0);
    h.finish().await;
}

#[tokio::test]
async fn a_person_who_decided_meanwhile_keeps_an_expired_claim_from_coming_back() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    h.settle().await;
    h.advance(A_LEASE).await;
    h.sweep().await;
    h.settle().await;
    h.act("ana", |ana| ana.set_labels("acme/web", issue.number, ["status/blocked"])).await;
    assert_eq!(why(alpha.renew(&taken).await), "expired");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/blocked"]);
    h.finish().await;
}

#[tokio::test]
async fn a_lost_report_is_repaired_by_the_pull_request_from_the_claims_branch() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    h.settle().await;
    h.tick().await;
    let branch = taken.briefing.claim.branch.clone().unwrap();
    let pull = repo.pull("Do it").head(&branch).open();
    h.arrive().await;
    h.advance(A_LEASE).await;
    h.sweep().await;
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    let rows = h.db.rows("select end_reason, outcome, pull_request_number from claim", &[]).await;
    let claim: (String, String, i32) = (rows[0].get(0), rows[0].get(1), rows[0].get(2));
    assert_eq!(claim, ("completed".into(), "pr_opened".into(), i32::try_from(pull.number).unwrap()));
    // The report comes after all, and is told the same.
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.finish().await;
}

#[tokio::test]
async fn expired_work_with_a_pull_request_is_no_work_and_no_contention() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    h.tick().await;
    repo.pull("Do it").head(taken.briefing.claim.branch.as_deref().unwrap()).open();
    h.arrive().await;
    h.advance(A_LEASE).await;
    // The sweeper has not been there, and another agent asks.
    let nothing = h.agent("beta").gets_nothing().await;
    assert!(!nothing.contended, "nobody else is asking: {nothing:?}");
    h.sweep().await;
    h.settle().await;
    assert_eq!(h.status(&issue).await, "in-review");
    h.finish().await;
}

#[tokio::test]
async fn another_agents_claim_is_forbidden_and_a_strange_one_unknown() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
    let mut taken = alpha.take().await;
    assert_eq!(code(beta.renew(&taken).await), "forbidden");
    assert_eq!(code(beta.checkpoint(&taken, &Checkpoint::default()).await), "forbidden");
    assert_eq!(code(beta.complete(&taken, Outcome::PrOpened).await), "forbidden");
    assert_eq!(code(beta.release(&taken, None).await), "forbidden");
    let real = taken.held.clone();
    taken.held.fence.0 += 1;
    for result in [
        alpha.renew(&taken).await,
        alpha.checkpoint(&taken, &Checkpoint::default()).await,
        alpha.end(&taken, &End::Complete(Report::new(Outcome::PrOpened))).await,
        alpha.release(&taken, None).await,
    ] {
        assert_eq!(why(result), "fence_stale");
    }
    taken.held = real;
    taken.held.id.0 += 1;
    assert_eq!(code(alpha.renew(&taken).await), "not_found");
    assert_eq!(h.db.count("claim where state = 'active'").await, 1);
    h.finish().await;
}
