//! What is handed out first, and what a briefing tells.

use dispatch_domain::claim::Outcome;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use kit::Harness;
use serde_json::json;

#[tokio::test]
async fn work_goes_out_by_rank_priority_first_and_age_overtakes_it() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let old = h.issue(&repo, "Old and low", &["status/ready", "priority/p3"]).await;
    h.advance(SignedDuration::from_hours(24)).await;
    let plain = h.issue(&repo, "No priority", &["status/ready"]).await;
    let high = h.issue(&repo, "High", &["status/ready", "priority/p1"]).await;
    let critical = h.issue(&repo, "Critical", &["status/ready", "Priority/P0"]).await;
    h.advance(SignedDuration::from_hours(48)).await;
    let newest = h.issue(&repo, "Newest", &["status/ready"]).await;

    let mut order = Vec::new();
    for agent in ["a", "b", "c", "d", "e"] {
        order.push(h.agent(agent).take().await.number());
    }
    let expected =
        [&critical, &high, &plain, &newest, &old].map(|issue| i32::try_from(issue.number).unwrap());
    // p3 has no head start, p2 has two days: the old one waited three days and comes before the newest.
    assert_eq!(order, [expected[0], expected[1], expected[2], expected[4], expected[3]]);
    h.finish().await;
}

#[tokio::test]
async fn lanes_go_in_the_order_in_which_they_were_asked_for() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "Default", &["status/ready", "priority/p0"]).await;
    let deep = h.issue(&repo, "Deep", &["status/ready", "lane/deep"]).await;
    let fast = h.issue(&repo, "Fast", &["status/ready", "lane/fast"]).await;
    let both = ["fast", "deep"];
    assert_eq!(h.agent("a").in_lanes(&both).take().await.number(), i32::try_from(fast.number).unwrap());
    assert_eq!(h.agent("b").in_lanes(&both).take().await.number(), i32::try_from(deep.number).unwrap());
    assert_eq!(h.agent("c").in_lanes(&both).held_back_by().await, [("status", 2)]);
    h.finish().await;
}

#[tokio::test]
async fn the_queue_is_paged_until_something_passes_the_gates() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    for n in 0..60 {
        repo.issue(&format!("Reserved {n}")).labels(["status/ready", "agent/other"]).open();
    }
    h.arrive().await;
    let free = h.issue(&repo, "Free", &["status/ready"]).await;
    assert_eq!(h.agent("alpha").take().await.number(), i32::try_from(free.number).unwrap());
    assert_eq!(h.agent("beta").held_back_by().await, [("status", 1), ("reserved", 60)]);
    h.finish().await;
}

#[tokio::test]
async fn an_agents_own_unfinished_work_comes_first_under_a_new_fence() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    h.issue(&repo, "Two", &["status/ready", "priority/p0"]).await;
    let alpha = h.agent("alpha");
    let first = alpha.take().await;
    let again = alpha.take().await;
    assert!(!first.briefing.resumed);
    assert!(again.briefing.resumed);
    assert_eq!(again.held.id, first.held.id);
    assert!(again.held.fence > first.held.fence);
    assert_eq!(super::why(alpha.renew(&first).await), "fence_stale");
    alpha.renew(&again).await.unwrap();
    assert_eq!(h.db.count("claim").await, 1);
    h.finish().await;
}

#[tokio::test]
async fn a_briefing_tells_what_the_next_holder_should_know() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.tick().await;
    let issue = repo.issue("Dark mode").body("Please.").labels(["status/ready", "bug"]).author("ana").open();
    h.tick().await;
    repo.pull("Half of it").head("half").body(format!("Closes #{}", issue.number)).open();
    h.arrive().await;
    let alpha = h.agent("alpha");
    let first = alpha.take().await;
    let checkpoint = dispatch_store::claims::lease::Checkpoint {
        note: Some("half way".into()),
        data: Some(json!({ "next": "tests" })),
        head_sha: Some("abc".into()),
        ..Default::default()
    };
    alpha.checkpoint(&first, &checkpoint).await.unwrap();
    alpha.complete(&first, Outcome::Failed).await.unwrap();
    h.settle().await;
    h.advance(SignedDuration::from_mins(10)).await;

    let briefing = h.agent("beta").take().await.briefing;
    let told = json!({
        "issue": { "title": briefing.issue.title, "body": briefing.issue.body, "author": briefing.issue.author },
        "claim": {
            "agent": briefing.claim.agent, "lane": briefing.claim.lane, "attempt": briefing.claim.attempt,
            "phase": briefing.claim.phase, "branch": briefing.claim.branch, "resting": briefing.claim.resting_status,
            "lease": (briefing.claim.expires_at.duration_since(briefing.claim.now)).to_string(),
        },
        "pullRequests": briefing.background.pull_requests.iter().map(|p| json!([p.number, p.title, p.state])).collect::<Vec<_>>(),
        "previous": briefing.background.previous.iter().map(|p| {
            json!({ "agent": p.agent, "outcome": p.outcome, "note": p.note, "checkpoint": p.checkpoint, "head": p.head_sha })
        }).collect::<Vec<_>>(),
    });
    assert_json_snapshot!(told, @r#"
    {
      "claim": {
        "agent": "beta",
        "attempt": 2,
        "branch": "dispatch/issue-1",
        "lane": "default",
        "lease": "PT15M",
        "phase": "claimed",
        "resting": "ready"
      },
      "issue": {
        "author": "ana",
        "body": "Please.",
        "title": "Dark mode"
      },
      "previous": [
        {
          "agent": "alpha",
          "checkpoint": {
            "next": "tests"
          },
          "head": "abc",
          "note": "half way",
          "outcome": "failed"
        }
      ],
      "pullRequests": [
        [
          2,
          "Half of it",
          "open"
        ]
      ]
    }
    "#);
    h.finish().await;
}
