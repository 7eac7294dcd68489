//! What one attempt leaves to the next: checkpoints, lanes, progress, and time.

use dispatch_domain::claim::{BlockKind, Outcome, Phase};
use dispatch_store::claims::finish::{End, Report};
use dispatch_store::claims::lease::Checkpoint;
use jiff::SignedDuration;
use kit::{Harness, Taken};
use serde_json::json;

use super::{code, why};

const A_LEASE: SignedDuration = SignedDuration::from_mins(15);

fn half() -> Checkpoint {
    Checkpoint {
        phase: Some(Phase::Testing),
        note: Some("Two tests fail yet.".into()),
        data: Some(json!({ "failing": ["a", "b"] })),
        branch: Some("dispatch/issue-1-half".into()),
        head_sha: Some("abc".into()),
    }
}

#[tokio::test]
async fn a_checkpoint_reaches_the_next_agent_however_the_attempt_ended() {
    for end in ["release", "expiry", "failure", "escalation"] {
        let h = Harness::new().await;
        let repo = h.repo("acme/web").await;
        h.issue(&repo, "One", &["status/ready"]).await;
        let alpha = h.agent("alpha");
        let taken = alpha.take().await;
        alpha.checkpoint(&taken, &half()).await.unwrap();
        match end {
            "release" => drop(alpha.release(&taken, None).await.unwrap()),
            "failure" => drop(alpha.complete(&taken, Outcome::Failed).await.unwrap()),
            "escalation" => {
                drop(alpha.end(&taken, &End::Escalate { reason: "Too hard.".into() }).await.unwrap());
            }
            _ => {}
        }
        h.advance(A_LEASE).await;
        let next = h.agent("beta").take().await.briefing;
        let before = &next.background.previous[0];
        assert_eq!((before.agent.as_str(), before.phase.as_str()), ("alpha", "testing"), "{end}");
        assert_eq!(before.checkpoint, half().data, "{end}");
        assert_eq!((&before.note, &before.branch), (&half().note, &half().branch), "{end}");
        // Only what goes beyond that commit is progress.
        assert_eq!(
            (next.claim.start_head_sha, next.claim.phase.as_str()),
            (Some("abc".into()), "claimed"),
            "{end}"
        );
        h.settle().await;
        h.finish().await;
    }
}

#[tokio::test]
async fn attempts_that_end_at_the_same_commit_are_fruitless() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let expire = async |name: &str, sha: &str| {
        let agent = h.agent(name);
        let taken = agent.take().await;
        let at = Checkpoint { head_sha: Some(sha.into()), ..Checkpoint::default() };
        agent.checkpoint(&taken, &at).await.unwrap();
        h.settle().await;
        h.advance(A_LEASE).await;
        h.sweep().await;
        h.settle().await;
    };
    let attempts = async || -> i32 { h.db.value("select attempts_without_progress from work", &[]).await };
    expire("alpha", "one").await;
    assert_eq!(attempts().await, 0, "a new commit is progress");
    for (n, name) in ["beta", "gamma", "delta"].iter().enumerate() {
        expire(name, "one").await;
        assert_eq!(attempts().await, i32::try_from(n).unwrap() + 1, "the same commit is none");
    }
    assert_eq!(h.agent("epsilon").held_back_by().await, [("quarantined", 1)]);
    h.finish().await;
}

#[tokio::test]
async fn escalating_is_one_step_and_the_stronger_agent_goes_on() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "Hard", &["status/ready"]).await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta").in_lanes(&["escalated"]));
    let taken = alpha.take().await;
    h.settle().await;
    let end = End::Escalate { reason: "It needs the scheduler.".into() };
    let ended = alpha.end(&taken, &end).await.unwrap();
    assert_eq!((ended.state.as_str(), ended.end_reason.as_deref()), ("ended", Some("escalated")));
    assert_eq!(alpha.end(&taken, &end).await.unwrap(), ended, "a repeated call answers the same");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["lane/escalated", "status/ready"]);
    let history = dispatch_store::lanes::history(&h.store, kit::harness::id(&issue)).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].actor.as_str(), history[0].reason.as_deref()),
        ("alpha", Some("It needs the scheduler."))
    );
    assert_eq!(alpha.held_back_by().await, [("hidden", 1)]);
    let next = beta.take().await;
    assert_eq!(next.briefing.claim.lane, "escalated");
    assert_eq!(next.briefing.background.previous[0].end_reason.as_deref(), Some("escalated"));
    // Beyond the last lane there is none, and nothing has changed.
    assert_eq!(code(beta.end(&next, &end).await), "conflict");
    assert_eq!(code(beta.end(&next, &End::Escalate { reason: " ".into() }).await), "reason_required");
    beta.renew(&next).await.unwrap();
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn without_a_lane_to_escalate_to_the_claim_stays() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "Hard", &["status/ready"]).await;
    h.db.run("update lane set role = null where role = 'escalation'").await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    assert_eq!(code(alpha.end(&taken, &End::Escalate { reason: "Too hard.".into() }).await), "conflict");
    alpha.renew(&taken).await.unwrap();
    h.settle().await;
    h.finish().await;
}

async fn blocked(h: &Harness, kind: BlockKind) -> Taken {
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    let retry_at = Some(h.now() + SignedDuration::from_hours(1));
    let end = End::Block { kind, reason: "The registry is down.".into(), retry_at };
    alpha.end(&taken, &end).await.unwrap();
    h.settle().await;
    taken
}

#[tokio::test]
async fn a_block_that_is_over_by_itself_makes_the_work_ready_again() {
    for kind in [BlockKind::Infrastructure, BlockKind::Waiting] {
        let h = Harness::new().await;
        let repo = h.repo("acme/web").await;
        let issue = h.issue(&repo, "One", &["status/ready"]).await;
        blocked(&h, kind).await;
        assert_eq!(h.labels(&issue), ["status/blocked"]);
        assert_eq!(h.card(&issue).await.row.block_until, Some(h.now() + SignedDuration::from_hours(1)));
        assert_eq!(h.sweep().await["blocksOver"], 0);
        h.advance(SignedDuration::from_hours(1)).await;
        assert_eq!(h.sweep().await["blocksOver"], 1);
        h.settle().await;
        assert_eq!(h.labels(&issue), ["status/ready"]);
        let row = h.card(&issue).await.row;
        assert_eq!((row.block_reason, row.block_until), (None, None));
        h.agent("beta").take().await;
        h.settle().await;
        h.finish().await;
    }
}

#[tokio::test]
async fn a_question_waits_for_a_person_and_a_person_who_decided_meanwhile_is_not_overruled() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let asked = h.issue(&repo, "Question", &["status/ready"]).await;
    blocked(&h, BlockKind::NeedsInput).await;
    let other = h.issue(&repo, "Registry", &["status/ready"]).await;
    blocked(&h, BlockKind::Infrastructure).await;
    h.act("ana", |ana| ana.set_labels("acme/web", other.number, ["status/backlog"])).await;
    h.settle().await;
    h.advance(SignedDuration::from_hours(2)).await;
    assert_eq!(h.sweep().await["blocksOver"], 0);
    h.settle().await;
    assert_eq!((h.status(&asked).await.as_str(), h.status(&other).await.as_str()), ("blocked", "backlog"));
    h.finish().await;
}

#[tokio::test]
async fn what_an_attempt_cost_is_kept_and_a_revived_one_runs_again() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    h.advance(A_LEASE).await;
    h.sweep().await;
    let run = async || dispatch_store::agent_runs::recent(&h.store, 5).await.unwrap().remove(0);
    assert_eq!((run().await.status.as_str(), run().await.finished_at), ("expired", Some(h.now())));
    alpha.renew(&taken).await.unwrap();
    assert_eq!((run().await.status.as_str(), run().await.finished_at), ("running", None));
    h.advance(SignedDuration::from_mins(5)).await;
    let report = Report {
        model: Some("some-model".into()),
        tokens_in: Some(182_000),
        tokens_out: Some(9_100),
        cost_usd: Some(1.42),
        summary: Some("Done.".into()),
        ..Report::new(Outcome::PrOpened)
    };
    let claim = alpha.end(&taken, &End::Complete(report)).await.unwrap();
    assert_eq!(
        (claim.tokens_in, claim.cost_usd, claim.model.as_deref()),
        (Some(182_000), Some(1.42), Some("some-model"))
    );
    assert_eq!(claim.ended_at.unwrap().duration_since(claim.acquired_at), SignedDuration::from_mins(20));
    assert_eq!((run().await.status.as_str(), run().await.summary.as_deref()), ("pr_opened", Some("Done.")));
    assert_eq!(why(alpha.release(&taken, None).await), "completed");
    h.settle().await;
    h.finish().await;
}
