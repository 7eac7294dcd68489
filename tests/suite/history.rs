//! One issue in full: what led to what is told in one story, and the story is the same in any pages.

use http::StatusCode;
use kit::Harness;
use serde_json::{Value, json};

use crate::labels::{REPO, ready};

/// `what` of each entry, oldest first.
fn story(timeline: &Value) -> Vec<&str> {
    let entries = timeline["entries"].as_array().expect("entries").iter().rev();
    entries.map(|entry| entry["what"].as_str().expect("a word")).collect()
}

fn entries<'a>(timeline: &'a Value, what: &str) -> Vec<&'a Value> {
    timeline["entries"].as_array().expect("entries").iter().filter(|entry| entry["what"] == what).collect()
}

/// What belongs to the same cause, oldest first.
fn chain<'a>(timeline: &'a Value, correlation: &Value) -> Vec<&'a str> {
    let entries = timeline["entries"].as_array().expect("entries").iter().rev();
    let ours = entries
        .filter(|entry| entry["correlationIds"].as_array().is_some_and(|ids| ids.contains(correlation)));
    ours.map(|entry| entry["what"].as_str().expect("a word")).collect()
}

#[tokio::test]
async fn a_webhook_leads_to_a_plan_leads_to_a_write() {
    let (h, issue) = ready(&[]).await;
    // People move a card on GitHub by adding a label; Dispatch takes the other one off.
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "status/in-review")).await;
    h.drain().await;
    let path = format!("/api/issues/{}/timeline", issue.id);
    let timeline = h.api().operator().get(&path).await.ok();
    let changed = entries(&timeline, "issue.changed")[0];
    assert_eq!((&changed["actor"], &changed["actorKind"]), (&json!("ana"), &json!("github")));
    let cause = &changed["correlationIds"][0];
    assert_eq!(
        chain(&timeline, cause),
        ["delivery.applied", "issue.changed", "write.wanted", "write.planned", "write.applied"]
    );
    let planned = entries(&timeline, "write.planned")[0];
    assert_eq!(
        (&planned["after"]["add"], &planned["after"]["remove"]),
        (&json!([]), &json!(["status/ready"]))
    );
    // The webhook that our own write caused is told too, and led to nothing.
    assert_eq!(entries(&timeline, "delivery.applied").len(), 4, "{timeline}");
    h.finish().await;
}

#[tokio::test]
async fn a_call_leads_to_a_write_and_every_call_that_wanted_it_is_told() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let body = |status: &str| json!({ "issueId": issue.id.to_string(), "status": status });
    let olga = |request: &str| api.operator().with("x-request-id", request);
    olga("first-call").post("/api/issues/move", body("in-review")).await.ok();
    olga("second-call").post("/api/issues/move", body("backlog")).await.ok();
    h.drain().await;
    let path = format!("/api/issues/{}/timeline", issue.id);
    let timeline = api.operator().get(&path).await.ok();
    assert_eq!(chain(&timeline, &json!("first-call")), ["issue.moved", "write.wanted", "write.applied"]);
    assert_eq!(
        chain(&timeline, &json!("second-call")),
        ["issue.moved", "write.wanted", "write.planned", "write.applied"]
    );
    h.finish().await;
}

#[tokio::test]
async fn a_write_that_is_tried_again_belongs_to_what_began_it_and_to_who_tried() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let olga = |request: &str| api.operator().with("x-request-id", request);
    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    let body = json!({ "issueId": issue.id.to_string(), "status": "in-review" });
    olga("the-move").post("/api/issues/move", body).await.ok();
    h.drain().await;
    h.act("ana", |ana| ana.archive_repository(REPO, false)).await;
    let (id, state, _) = h.mutation(&issue).await;
    assert_eq!(state, "parked");
    olga("the-retry").post(&format!("/api/mutations/{id}/retry"), json!({})).await.ok();
    h.drain().await;
    let timeline = api.operator().get(&format!("/api/issues/{}/timeline", issue.id)).await.ok();
    assert_eq!(
        chain(&timeline, &json!("the-retry")),
        ["write.wanted", "write.retried", "write.planned", "write.applied"]
    );
    let begun = chain(&timeline, &json!("the-move"));
    assert_eq!((begun[0], begun.last()), ("issue.moved", Some(&"write.applied")), "{begun:?}");
    h.finish().await;
}

#[tokio::test]
async fn attempts_are_told_with_checkpoints_and_late_reports() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let alpha = api.agent("alpha");
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    h.tick().await;
    alpha.on_claim(&claim, "checkpoint", json!({ "phase": "coding", "note": "Begun." })).await.ok();
    h.tick().await;
    let note = json!({ "phase": "testing", "note": "<b>nearly</b>", "branch": "fix-1" });
    alpha.on_claim(&claim, "checkpoint", note).await.ok();
    h.tick().await;
    alpha.on_claim(&claim, "complete", json!({ "outcome": "failed", "summary": "No idea." })).await.ok();
    let late = json!({ "id": claim["id"], "fence": claim["fence"].as_i64().expect("a number") + 1 });
    assert_eq!(
        alpha.on_claim(&late, "complete", json!({ "outcome": "pr_opened" })).await.code(),
        "claim_lost"
    );
    h.drain().await;
    let detail = api.operator().get(&format!("/api/issues/{}", issue.id)).await.ok();
    let attempt = &detail["claims"][0];
    assert_eq!(
        (&attempt["outcome"], &attempt["summary"], &attempt["note"], &attempt["phase"]),
        (&json!("failed"), &json!("No idea."), &json!("<b>nearly</b>"), &json!("testing"))
    );
    assert_eq!(
        (&detail["work"]["attemptsWithoutProgress"], &detail["rereadWanted"]),
        (&json!(1), &json!(false))
    );
    let path = format!("/api/issues/{}/timeline", issue.id);
    let timeline = api.operator().get(&path).await.ok();
    let checkpoints = entries(&timeline, "claim.checkpoint");
    assert_eq!((checkpoints.len(), &checkpoints[1]["message"]), (2, &json!("Begun.")));
    let checkpoint = checkpoints[0];
    assert_eq!(
        (&checkpoint["message"], &checkpoint["after"]["branch"]),
        (&json!("<b>nearly</b>"), &json!("fix-1"))
    );
    let refused = entries(&timeline, "claim.report_refused")[0];
    assert_eq!((&refused["success"], &refused["after"]["verb"]), (&json!(false), &json!("completed")));
    h.finish().await;
}

#[tokio::test]
async fn pages_make_the_same_story_and_an_unknown_issue_is_said() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let olga = api.operator();
    for status in ["in-review", "ready", "backlog", "ready"] {
        h.tick().await;
        olga.post("/api/issues/move", json!({ "issueId": issue.id.to_string(), "status": status }))
            .await
            .ok();
        h.drain().await;
    }
    let path = format!("/api/issues/{}/timeline", issue.id);
    let whole = olga.get(&path).await.ok();
    assert_eq!(whole["next"], Value::Null);
    let (mut pages, mut before) = (Vec::new(), String::new());
    loop {
        let page = olga.get(&format!("{path}?limit=2{before}")).await.ok();
        pages.extend(page["entries"].as_array().expect("entries").clone());
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    assert_eq!(pages, *whole["entries"].as_array().expect("entries"));
    assert!(story(&whole).len() > 12, "{:?}", story(&whole));
    assert_eq!(olga.get("/api/issues/1/timeline").await.code(), "issue_unknown");
    assert_eq!(olga.get(&format!("{path}?before=soon")).await.status, StatusCode::BAD_REQUEST);
    h.finish().await;
}

#[tokio::test]
async fn what_happens_to_a_pull_request_belongs_to_its_issue() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.tick().await;
    repo.pull("Fix it").body(format!("Fixes #{}", issue.number)).open();
    h.arrive().await;
    let timeline = h.api().operator().get(&format!("/api/issues/{}/timeline", issue.id)).await.ok();
    let about = entries(&timeline, "delivery.applied");
    assert!(about.iter().any(|entry| entry["after"]["event"] == "pull_request"), "{timeline}");
    h.finish().await;
}

#[tokio::test]
async fn a_question_on_github_is_part_of_the_story_that_led_to_it() {
    let (h, issue) = ready(&[]).await;
    let api = h.api();
    let alpha = api.agent("alpha");
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    let question = json!({ "kind": "needs_input", "reason": "Which colour?" });
    alpha.with("x-request-id", "the-block").on_claim(&claim, "block", question).await.ok();
    h.drain().await;
    let timeline = api.operator().get(&format!("/api/issues/{}/timeline", issue.id)).await.ok();
    let story = chain(&timeline, &json!("the-block"));
    for what in ["claim.ended", "comment.wanted", "comment.applied", "write.applied"] {
        assert!(story.contains(&what), "{what}: {story:?}");
    }
    h.finish().await;
}
