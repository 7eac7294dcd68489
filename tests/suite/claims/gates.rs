//! Each gate holds work back for its own reason, and says so.

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use dispatch_store::repositories;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;

/// What holds the only issue of `acme/web`, labelled so, back from agent alpha.
async fn held_back_with(labels: &[&str]) -> Vec<(&'static str, usize)> {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "The only one", labels).await;
    let reasons = h.agent("alpha").held_back_by().await;
    if labels.contains(&"status/done") {
        assert!(!h.card(&issue).await.row.problems.is_empty());
    }
    h.finish().await;
    reasons
}

#[tokio::test]
async fn a_status_other_than_ready_holds_work_back() {
    assert_eq!(held_back_with(&[]).await, [("status", 1)]);
    for status in
        ["status/backlog", "status/in-progress", "status/in-review", "status/blocked", "status/done"]
    {
        assert_eq!(held_back_with(&[status]).await, [("status", 1)], "{status}");
    }
}

#[tokio::test]
async fn labels_reserve_and_lanes_divide() {
    assert_eq!(held_back_with(&["status/ready", "agent/beta"]).await, [("reserved", 1)]);
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "Mine", &["status/ready", "Agent/Alpha", "lane/deep"]).await;
    let alpha = h.agent("alpha");
    assert_eq!(alpha.clone().in_repos(&["acme/api"]).held_back_by().await, [("repository", 1)]);
    assert_eq!(alpha.clone().of_kinds(&["fix"]).held_back_by().await, [("kind", 1)]);
    // Another lane is not even looked at.
    assert_eq!(alpha.clone().in_lanes(&["escalated"]).held_back_by().await, []);
    alpha.in_lanes(&["deep"]).take().await;
    h.finish().await;
}

#[tokio::test]
async fn one_issue_can_be_asked_for_and_the_answer_is_about_that_one() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let backlog = h.issue(&repo, "Not yet", &[]).await;
    let second = h.issue(&repo, "Second", &["status/ready"]).await;
    h.issue(&repo, "First", &["status/ready", "priority/p0"]).await;
    let nothing = h.agent("alpha").only(&backlog).gets_nothing().await;
    let sentences: Vec<&str> = nothing.reasons.values().map(|(_, sentence)| sentence.as_str()).collect();
    assert_eq!(sentences, ["The status is backlog, and implement work starts at ready."]);
    h.agent("beta").only(&second).take().await;
    let held = h.agent("gamma").only(&second).gets_nothing().await;
    assert!(!held.contended, "somebody holds it, which is no race: {held:?}");
    h.finish().await;
}

#[tokio::test]
async fn a_repository_that_is_off_archived_or_gone_hands_nothing_out() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let alpha = h.agent("alpha");
    repositories::untrack(&h.store, &"acme/web".parse().unwrap(), &OPERATOR).await.unwrap();
    assert_eq!(alpha.held_back_by().await, [("repository_enabled", 1)]);
    repositories::track(&h.store, &"acme/web".parse().unwrap(), repositories::Origin::User, None, &OPERATOR)
        .await
        .unwrap();
    h.act("ana", |ana| ana.archive_repository("acme/web", true)).await;
    assert_eq!(alpha.held_back_by().await, [("repository_writable", 1)]);
    h.act("ana", |ana| ana.archive_repository("acme/web", false)).await;
    h.act("ana", |ana| ana.delete_repository("acme/web")).await;
    assert_eq!(alpha.held_back_by().await, [("issue_exists", 1)]);
    h.finish().await;
}

#[tokio::test]
async fn released_work_is_hidden_from_its_agent_for_a_while() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
    let taken = alpha.take().await;
    alpha.release(&taken, None).await.unwrap();
    let nothing = alpha.gets_nothing().await;
    assert_eq!(nothing.retry_after(), SignedDuration::from_mins(5), "the longest wait an answer asks for");
    assert_eq!(alpha.held_back_by().await, [("hidden", 1)]);
    let taken = beta.take().await;
    beta.release(&taken, Some(h.now() + SignedDuration::from_mins(2))).await.unwrap();
    assert_eq!(h.agent("gamma").held_back_by().await, [("snoozed", 1)]);
    h.settle().await;
    h.advance(SignedDuration::from_mins(3)).await;
    h.agent("gamma").take().await;
    h.finish().await;
}

#[tokio::test]
async fn three_attempts_without_progress_quarantine_the_work_until_an_operator_looks() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "Cursed", &["status/ready"]).await;
    for agent in ["alpha", "beta", "gamma"] {
        let agent = h.agent(agent);
        let taken = agent.take().await;
        agent.complete(&taken, Outcome::Failed).await.unwrap();
        h.settle().await;
        assert_eq!(h.labels(&issue), ["status/ready"]);
        h.advance(SignedDuration::from_mins(31)).await;
    }
    assert_eq!(h.agent("delta").held_back_by().await, [("quarantined", 1)]);
    let (code, sentence) = h.card(&issue).await.hold.expect("the card says why");
    assert_eq!(
        (code, sentence.as_str()),
        ("quarantined", "3 attempts led nowhere; an operator has to release it.")
    );

    h.move_to(&issue, Status::Backlog, None).await.unwrap();
    h.move_to(&issue, Status::Ready, None).await.unwrap();
    h.agent("delta").take().await;
    h.finish().await;
}

#[tokio::test]
async fn without_any_work_the_answer_says_when_to_ask_again() {
    let h = Harness::new().await;
    let nothing = h.agent("alpha").gets_nothing().await;
    assert!(nothing.reasons.is_empty() && !nothing.contended);
    assert_eq!(nothing.retry_after(), SignedDuration::from_secs(30));
    h.finish().await;
}
