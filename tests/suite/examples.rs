//! GitHub's own examples of webhooks (npm's `@octokit/webhooks-examples`): each one, signed, is taken.

use std::collections::BTreeMap;

use http::StatusCode;
use kit::Harness;
use kit::webhook::Call;

/// The events that Dispatch reads.
const READ: [&str; 8] = [
    "issues",
    "issue_comment",
    "pull_request",
    "label",
    "repository",
    "installation",
    "installation_repositories",
    "ping",
];

#[tokio::test]
async fn every_example_is_taken_and_none_that_we_read_is_unreadable() {
    let examples = tokio::task::spawn_blocking(octokit::webhook_examples).await.expect("no panic");
    assert!(examples.len() >= 329, "only {} examples", examples.len());
    let h = Harness::new().await;
    h.leaves_apart();
    let name = "Codertocat/Hello-World".parse().unwrap();
    let origin = dispatch_store::repositories::Origin::User;
    dispatch_store::repositories::track(&h.store, &name, origin, None, &kit::harness::OPERATOR)
        .await
        .unwrap();
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut words = Vec::new();
    for (event, payload) in &examples {
        let answer = h.call(Call::new(event, payload.to_string())).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{event}: {answer:?}");
        assert!(answer.word != "failed", "{event}: {answer:?}");
        if READ.contains(&event.as_str()) {
            assert!(answer.word != "unreadable", "{event}.{}: {}", payload["action"], answer.message);
        }
        words.push(answer.word);
    }
    for word in &words {
        *outcomes.entry(word).or_default() += 1;
    }
    let stored = h.db.count("delivery").await;
    assert_eq!(stored, i64::try_from(examples.len()).unwrap());
    assert!(outcomes["applied"] >= 60, "{outcomes:?}");
    h.leaves_work_waiting();
    h.finish().await;
}
