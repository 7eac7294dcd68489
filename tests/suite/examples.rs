//! GitHub's own examples of webhooks (npm's `@octokit/webhooks-examples`): each one, signed, is taken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use http::StatusCode;
use kit::Harness;
use kit::webhook::Call;
use serde_json::Value;

/// Raise it to take newer ones.
const VERSION: &str = "7.6.1";
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
    let examples = tokio::task::spawn_blocking(load).await.expect("no panic");
    assert!(examples.len() >= 329, "only {} examples", examples.len());
    let h = Harness::new().await;
    h.leaves_apart();
    let name = "Codertocat/Hello-World".parse().unwrap();
    let origin = dispatch_store::repositories::Origin::User;
    dispatch_store::repositories::track(&h.store, &name, origin, &kit::harness::OPERATOR).await.unwrap();
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

/// Every example with the name of its event.
fn load() -> Vec<(String, Value)> {
    let text = std::fs::read(file()).expect("the examples were just put there");
    let events: Value = serde_json::from_slice(&text).expect("the examples are JSON");
    let mut examples = Vec::new();
    for event in events.as_array().into_iter().flatten() {
        let name = event["name"].as_str().expect("an event has a name");
        for example in event["examples"].as_array().into_iter().flatten() {
            examples.push((name.to_owned(), example.clone()));
        }
    }
    examples
}

/// The examples' file, fetched once into Cargo's directory for such things.
fn file() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("octokit");
    let file = folder.join(format!("webhooks-examples-{VERSION}.json"));
    if file.exists() {
        return file;
    }
    // Unpacked beside its place and moved there as a whole: another test may fetch it at the same time.
    let work = folder.join(format!("unpack-{}", std::process::id()));
    std::fs::create_dir_all(&work).expect("Cargo's directory is writable");
    let package = format!("@octokit/webhooks-examples@{VERSION}");
    let packed = Command::new("npm").args(["pack", "--silent", &package]).current_dir(&work).output();
    let packed = packed.expect("npm is installed (Node.js 20.19 or newer brings it)");
    assert!(
        packed.status.success(),
        "npm could not fetch {package}: {}",
        String::from_utf8_lossy(&packed.stderr)
    );
    let archive = String::from_utf8_lossy(&packed.stdout).lines().last().unwrap_or_default().to_owned();
    let member = "package/api.github.com/index.json";
    let untarred = Command::new("tar").args(["-xzf", &archive, member]).current_dir(&work).status();
    assert!(untarred.expect("tar is installed").success(), "{archive} has no {member}");
    std::fs::rename(work.join(member), &file).expect("Cargo's directory is writable");
    std::fs::remove_dir_all(&work).expect("Cargo's directory is writable");
    file
}
