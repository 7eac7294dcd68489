//! The webhooks sent against GitHub's own examples of the same event and action (npm's `@octokit/webhooks-examples`):
//! ours must carry every key that all of theirs carry.

use std::collections::{BTreeMap, BTreeSet};

use github_sim::{Change, Feedback, GithubSim, LineNote, Person, Relate, RepoHandle, Verdict};
use serde_json::{Value, json};

use crate::client::Client;
use crate::openapi::Description;

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
    failures.extend(not_as_described(&sent).await);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let kinds: BTreeSet<&str> = sent.iter().map(|(_, kind, _)| kind.as_str()).collect();
    for kind in [
        "issues.labeled",
        "issues.transferred",
        "pull_request.synchronize",
        "issue_comment.created",
        "push",
        "pull_request_review.submitted",
        "pull_request_review.dismissed",
        "pull_request_review_comment.created",
        "pull_request_review_comment.edited",
        "pull_request_review_comment.deleted",
        "pull_request_review_thread.resolved",
        "pull_request_review_thread.unresolved",
        "check_run.created",
        "check_run.completed",
        "check_suite.completed",
        "status",
        "sub_issues.sub_issue_added",
        "sub_issues.parent_issue_removed",
        "issue_dependencies.blocked_by_added",
        "issue_dependencies.blocking_removed",
        "repository.transferred",
        "organization.renamed",
    ] {
        assert!(kinds.contains(kind), "{kind} was not sent");
    }
    assert!(compared >= 25, "only {compared} payloads could be compared");
}

/// Only an app's hook tells the installation, and what an edit changed is the edit's own business.
fn expected(for_app: bool, kind: &str, place: &str, key: &str) -> bool {
    (for_app || key != "installation") && !(place == "/changes" && kind.ends_with(".edited"))
}

/// Where keys are compared: the payload itself and its main objects.
const PLACES: [&str; 20] = [
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
    "/review",
    "/thread",
    "/check_run",
    "/check_suite",
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
    feedback(&ana, pull);
    relations(&ana, &repo);
    ana.merge(web, pull);
    ana.archive_repository(web, true);
    ana.archive_repository(web, false);
    ana.rename_repository(web, "site");
    let moved = Change::TransferRepository { repo: "acme/site".to_owned(), to: "globex".to_owned() };
    ana.act(moved).expect("nobody has that name");
    let renamed = Change::RenameOwner { owner: "globex".to_owned(), name: "initech".to_owned() };
    ana.act(renamed).expect("nobody has that name");
    ana.act(Change::DeleteRepository { repo: "initech/site".to_owned() }).expect("it is there");
    sim.flush().await;
    let letters = hook.letters().into_iter();
    let told = letters.map(|letter| {
        let for_app = letter.header("x-github-hook-installation-target-type") == "integration";
        (for_app, kind(letter.header("x-github-event"), &letter.payload()), letter.payload())
    });
    told.collect()
}

/// Everything that can be said of a pull request.
fn feedback(ana: &Person, number: u64) {
    let repo = || "acme/web".to_owned();
    let note = LineNote { path: "src/lib.rs".into(), line: 3, body: "Why?".into() };
    let (verdict, body) = (Verdict::RequestChanges, "Please.".to_owned());
    let reviewed = ana.say(Feedback::Review { repo: repo(), number, verdict, body, comments: vec![note] });
    let said = reviewed.pull.expect("a pull request").said;
    let (review, comment) = (said.reviews[0].0, said.comments[0].0);
    ana.say(Feedback::DismissReview { repo: repo(), number, review });
    for resolved in [true, false] {
        ana.say(Feedback::Resolve { repo: repo(), number, comment, resolved });
    }
    ana.say(Feedback::EditLineComment { repo: repo(), number, comment, body: "How?".into() });
    ana.say(Feedback::Reply { repo: repo(), number, comment, body: "Like this.".into() });
    ana.say(Feedback::DeleteLineComment { repo: repo(), number, comment });
    ana.say(Feedback::StartCheck { repo: repo(), number, name: "test".into() });
    let conclusion = Some("failure".to_owned());
    ana.say(Feedback::Check { repo: repo(), number, name: "test".into(), conclusion });
    ana.say(Feedback::Status { repo: repo(), number, context: "ci".into(), state: "success".into() });
}

/// Two issues, related in both ways and parted again.
fn relations(ana: &Person, repo: &RepoHandle) {
    let open = |title: &str| repo.issue(title).body("Text").labels(["bug"]).open().number;
    let (number, other) = (open("Whole"), open("Part"));
    let web = || "acme/web".to_owned();
    for related in [true, false] {
        ana.relate(Relate::SubIssue { repo: web(), number, other_repo: web(), other, related });
        ana.relate(Relate::BlockedBy { repo: web(), number, other_repo: web(), other, related });
    }
}

/// What GitHub's own description of its webhooks finds wrong with those that its examples do not show.
async fn not_as_described(sent: &[(bool, String, Value)]) -> Vec<String> {
    let new = ["sub_issues", "issue_dependencies", "pull_request_review_thread"];
    let sent: Vec<(String, Value)> = sent
        .iter()
        .filter(|(_, kind, _)| kind.split_once('.').is_some_and(|(event, _)| new.contains(&event)))
        .map(|(_, kind, payload)| (kind.replace(['.', '_'], "-"), payload.clone()))
        .collect();
    assert!(sent.len() >= 10, "only {} were sent", sent.len());
    let checked = tokio::task::spawn_blocking(move || {
        let description = Description::load();
        let check = |(kind, payload): &(String, Value)| {
            let wrong = description.check_webhook(kind, payload);
            wrong.into_iter().map(|error| format!("{kind}: {error}")).collect::<Vec<_>>()
        };
        sent.iter().flat_map(check).collect()
    });
    checked.await.expect("no panic")
}
