//! The webhooks sent against GitHub's own examples of the same event and action (npm's `@octokit/webhooks-examples`):
//! ours must carry every key that all of theirs carry.

use std::collections::{BTreeMap, BTreeSet};

use github_sim::{Change, GithubSim};
use serde_json::{Value, json};

use crate::client::Client;

#[tokio::test]
async fn webhooks_have_the_keys_of_githubs_examples() {
    let examples = tokio::task::spawn_blocking(load).await.expect("no panic");
    let sent = everything_that_can_happen().await;
    let mut failures = Vec::new();
    let mut compared = 0;
    for (for_app, kind, payload) in &sent {
        let Some(examples) = examples.get(kind) else { continue };
        compared += 1;
        for (place, theirs) in keys_of_all(examples) {
            let ours = keys(payload, place);
            let missing: Vec<&String> =
                theirs.difference(&ours).filter(|key| expected(*for_app, kind, place, key)).collect();
            if !missing.is_empty() {
                failures.push(format!("{kind}: {place:?} lacks {missing:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let kinds: BTreeSet<&str> = sent.iter().map(|(_, kind, _)| kind.as_str()).collect();
    for kind in
        ["issues.labeled", "issues.transferred", "pull_request.synchronize", "issue_comment.created", "push"]
    {
        assert!(kinds.contains(kind), "{kind} was not sent");
    }
    assert!(compared >= 25, "only {compared} payloads could be compared");
}

/// Only an app's hook tells the installation, and what an edit changed is the edit's own business.
fn expected(for_app: bool, kind: &str, place: &str, key: &str) -> bool {
    (for_app || key != "installation") && !(place == "/changes" && kind.ends_with(".edited"))
}

/// Where keys are compared: the payload itself and its main objects.
const PLACES: [&str; 16] = [
    "",
    "/issue",
    "/issue/user",
    "/issue/labels/0",
    "/label",
    "/repository",
    "/repository/owner",
    "/comment",
    "/pull_request",
    "/pull_request/head",
    "/pull_request/_links",
    "/sender",
    "/organization",
    "/changes",
    "/hook",
    "/head_commit",
];

/// The keys that every example has, by place.
fn keys_of_all(examples: &[Value]) -> Vec<(&'static str, BTreeSet<String>)> {
    let common = |place: &'static str| {
        let present: Vec<&Value> =
            examples.iter().filter(|example| !keys(example, place).is_empty()).collect();
        // What not every example has, such as an organization, need not be there.
        let everywhere = present.len() == examples.len();
        let mut sets = present.iter().map(|example| keys(example, place));
        let first = if everywhere { sets.next() } else { None };
        (place, sets.fold(first.unwrap_or_default(), |all, one| all.intersection(&one).cloned().collect()))
    };
    PLACES.into_iter().map(common).collect()
}

fn keys(payload: &Value, place: &str) -> BTreeSet<String> {
    let object = payload.pointer(place).and_then(Value::as_object);
    object.into_iter().flat_map(|object| object.keys().cloned()).collect()
}

fn load() -> BTreeMap<String, Vec<Value>> {
    let mut by_kind: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (event, example) in octokit::webhook_examples() {
        by_kind.entry(kind(&event, &example)).or_default().push(example);
    }
    by_kind
}

fn kind(event: &str, payload: &Value) -> String {
    payload["action"].as_str().map_or(event.to_owned(), |action| format!("{event}.{action}"))
}

/// Makes one of each change and returns what was sent for it, through an app's hook and a repository's.
async fn everything_that_can_happen() -> Vec<(bool, String, Value)> {
    let hook = crate::receiver::Receiver::start().await;
    let sim = GithubSim::builder().webhook(hook.url(), "secret").start().await;
    let (ana, web) = (sim.person("ana"), "acme/web");
    let repo = sim.repo(web);
    sim.repo("acme/api");
    let config = json!({ "url": hook.url(), "secret": "s" });
    Client::new(&sim).post("/repos/acme/web/hooks", json!({ "config": config, "events": ["*"] })).await;
    repo.issue("One").body("Text").labels(["bug"]).assignees(["ben"]).open();
    ana.add_label(web, 1, "status/ready");
    ana.remove_label(web, 1, "status/ready");
    ana.retitle(web, 1, "Two");
    ana.comment(web, 1, "Hello");
    ana.close(web, 1);
    ana.reopen(web, 1);
    ana.edit(web, 1, github_sim::IssueEdit { assignees: Some(vec![]), ..Default::default() });
    ana.rename_label(web, "status/ready", "status/done");
    ana.delete_label(web, "status/done");
    ana.transfer_issue(web, 1, "acme/api");
    ana.delete_issue("acme/api", 1);
    let pull = repo.pull("A change").head("work").labels(["bug"]).open().number;
    ana.add_label(web, pull, "question");
    ana.remove_label(web, pull, "question");
    ana.retitle(web, pull, "A better change");
    ana.set_draft(web, pull, true);
    ana.set_draft(web, pull, false);
    ana.push(web, "work");
    ana.close(web, pull);
    ana.reopen(web, pull);
    ana.merge(web, pull);
    ana.archive_repository(web, true);
    ana.archive_repository(web, false);
    ana.rename_repository(web, "site");
    ana.act(Change::DeleteRepository { repo: "acme/site".to_owned() }).expect("it is there");
    sim.flush().await;
    let letters = hook.letters().into_iter();
    let told = letters.map(|letter| {
        let for_app = letter.header("x-github-hook-installation-target-type") == "integration";
        (for_app, kind(letter.header("x-github-event"), &letter.payload()), letter.payload())
    });
    told.collect()
}
