//! How claims end, and where that leads.

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_store::claims::finish::{End, Report};
use jiff::SignedDuration;
use kit::Harness;

use super::{code, why};

#[tokio::test]
async fn every_outcome_leads_where_the_table_says() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let mut picture = String::new();
    for outcome in Outcome::ALL {
        let issue = h.issue(&repo, outcome.as_str(), &["status/ready", "bug"]).await;
        let alpha = h.agent("alpha").only(&issue);
        let taken = alpha.take().await;
        h.settle().await;
        assert_eq!(h.labels(&issue), ["agent/alpha", "bug", "status/in-progress"]);
        h.tick().await;
        let claim = alpha.complete(&taken, *outcome).await.unwrap();
        assert_eq!((claim.state.as_str(), claim.end_reason.as_deref()), ("ended", Some("completed")));
        h.settle().await;
        let row = h.card(&issue).await.row;
        picture += &format!(
            "{}: {} {} {}\n",
            outcome.as_str(),
            h.labels(&issue).join(" "),
            row.attention.as_deref().unwrap_or("-"),
            row.block_reason.as_deref().unwrap_or("-"),
        );
    }
    insta::assert_snapshot!(picture, @"
    pr_opened: bug status/in-review - -
    pr_updated: bug status/in-review - -
    no_change_needed: bug status/in-review no_change_needed -
    already_addressed: bug status/in-review already_addressed -
    issue_updated: bug status/in-review issue_updated -
    needs_decision: bug status/blocked needs_input alpha needs a decision
    failed: bug status/ready - -
    ");
    h.finish().await;
}

#[tokio::test]
async fn failed_work_backs_off_and_comes_again() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    alpha.complete(&taken, Outcome::Failed).await.unwrap();
    assert_eq!(alpha.held_back_by().await, [("snoozed", 1)]);
    h.settle().await;
    h.advance(SignedDuration::from_mins(2)).await;
    assert_eq!(alpha.take().await.briefing.claim.attempt, 2);
    h.finish().await;
}

#[tokio::test]
async fn a_repeated_report_answers_the_same_and_another_ending_does_not() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    let report = Report {
        summary: Some("done".into()),
        pull_request_number: Some(7),
        ..Report::new(Outcome::PrOpened)
    };
    let first = alpha.end(&taken, &End::Complete(report.clone())).await.unwrap();
    let second = alpha.end(&taken, &End::Complete(report)).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(why(alpha.release(&taken, None).await), "completed");
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn a_block_needs_a_reason_and_shows_it() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    assert_eq!(code(alpha.block(&taken, BlockKind::NeedsInput, "  ").await), "reason_required");
    alpha.block(&taken, BlockKind::NeedsInput, "Which colour?").await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["status/blocked"]);
    let row = h.card(&issue).await.row;
    assert_eq!(row.block_kind.as_deref(), Some("needs_input"));
    assert_eq!(row.block_reason.as_deref(), Some("Which colour?"));
    assert_eq!(row.attention.as_deref(), Some("needs_input"));
    assert_eq!(h.agent("beta").held_back_by().await, [("status", 1)]);
    h.finish().await;
}

#[tokio::test]
async fn a_reservation_that_a_person_made_stays_when_the_claim_ends() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready", "agent/alpha"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    h.settle().await;
    h.tick().await;
    alpha.release(&taken, None).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn every_claim_is_a_run_and_leaves_an_audit_trail() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.take().await;
    let runs = dispatch_store::agent_runs::recent(&h.store, 10).await.unwrap();
    assert_eq!((runs.len(), runs[0].status.as_str(), runs[0].finished_at), (1, "running", None));
    h.tick().await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    let runs = dispatch_store::agent_runs::recent(&h.store, 10).await.unwrap();
    assert_eq!((runs.len(), runs[0].status.as_str(), runs[0].finished_at), (1, "pr_opened", Some(h.now())));
    h.settle().await;
    let trail = dispatch_store::audit::events(&h.store, &Default::default(), None, 20).await.unwrap();
    let told: Vec<_> = trail
        .iter()
        .rev()
        .map(|event| format!("{} {}: {}", event.actor_kind, event.actor, event.action))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    operator olga: repository.tracked
    github octocat: issue.seen
    agent alpha: claim.granted
    agent alpha: claim.ended
    clock writer: write.planned
    ");
    insta::assert_json_snapshot!([&trail[2].before, &trail[2].after], @r#"
    [
      {
        "agent": null,
        "labels": [
          "status/ready"
        ],
        "status": "ready"
      },
      {
        "agent": "alpha",
        "claim": "1",
        "fence": 1,
        "status": "in-progress"
      }
    ]
    "#);
    h.finish().await;
}
