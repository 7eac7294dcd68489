//! GitHub's own examples of webhooks (npm's `@octokit/webhooks-examples`): each one, signed, is taken.

use std::collections::BTreeMap;

use http::StatusCode;
use kit::Harness;
use kit::webhook::Call;

#[tokio::test]
async fn every_example_is_applied_or_ignored_with_a_reason() {
    let examples = tokio::task::spawn_blocking(octokit::webhook_examples).await.expect("no panic");
    assert!(examples.len() >= 329, "only {} examples", examples.len());
    let h = Harness::new().await;
    h.leaves_apart();
    let origin = dispatch_store::repositories::Origin::User;
    for name in ["Codertocat/Hello-World", "Octocoders/Hello-World", "octo-org/octo-repo"] {
        let name = name.parse().unwrap();
        dispatch_store::repositories::track(&h.store, &name, origin, None, &kit::harness::OPERATOR)
            .await
            .unwrap();
    }
    let mut applied: BTreeMap<String, usize> = BTreeMap::new();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (event, payload) in &examples {
        let answer = h.call(Call::new(event, payload.to_string())).await;
        let kind = format!("{event}.{}", payload["action"].as_str().unwrap_or_default());
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{kind}: {answer:?}");
        match answer.word.as_str() {
            "applied" => *applied.entry(event.clone()).or_default() += 1,
            "ignored" => assert!(answer.message.len() > 10, "{kind}: no reason"),
            word => panic!("{kind} is {word}: {}", answer.message),
        }
        *words.entry(answer.word).or_default() += 1;
    }
    let stored = h.db.count("delivery").await;
    assert_eq!(stored, i64::try_from(examples.len()).unwrap());
    for event in [
        "check_run",
        "check_suite",
        "installation",
        "issues",
        "issue_comment",
        "label",
        "organization",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_review_thread",
        "push",
        "repository",
        "status",
    ] {
        assert!(applied.contains_key(event), "no example of {event} was applied: {applied:?}");
    }
    assert!(words["applied"] >= 90, "{words:?}");
    h.leaves_work_waiting();
    h.finish().await;
}
