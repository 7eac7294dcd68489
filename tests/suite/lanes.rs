//! Lanes: there from the first label, managed by operators, and never unknown without a word.

use http::StatusCode;
use kit::Harness;
use kit::http::Said;
use serde_json::{Value, json};

#[track_caller]
fn refused(said: &Said, status: u16, code: &str) {
    assert_eq!((said.status.as_u16(), said.code()), (status, code), "{said:?}");
}

fn names(lanes: &Value) -> Vec<&str> {
    lanes.as_array().unwrap().iter().map(|lane| lane["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_lane_is_there_from_the_first_label_that_names_it() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready", "lane/deep"]).await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    let api = h.api();
    let olga = api.operator();
    let lanes = olga.get("/api/lanes").await.ok();
    assert_eq!(names(&lanes), ["default", "deep", "escalated"]);
    insta::assert_json_snapshot!(lanes[1], @r#"
    {
      "claimable": true,
      "claimed": 0,
      "colour": null,
      "defaultAgent": null,
      "description": "",
      "name": "deep",
      "offered": 1,
      "paused": false,
      "role": null,
      "wipLimit": null
    }
    "#);
    // Asking for a lane that nobody knows says which there are, and hands out nothing.
    let said = api.agent("alpha").claim(json!({ "lanes": ["deep", "depe"] })).await;
    refused(&said, 400, "lane_unknown");
    assert_eq!(said.body["details"], json!({ "lane": "depe", "lanes": ["default", "deep", "escalated"] }));
    assert_eq!(h.db.count("claim").await, 0);
    let claim = api.agent("alpha").claim(json!({ "lanes": ["deep"] })).await.ok()["claim"].clone();
    assert_eq!(claim["lane"], "deep");
    let deep = olga.get("/api/lanes").await.ok()[1].clone();
    assert_eq!((&deep["claimed"], &deep["offered"]), (&json!(1), &json!(0)));
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn lanes_are_created_changed_and_removed_by_operators() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let api = h.api();
    let olga = api.operator();
    let body = json!({ "name": "night", "description": "Overnight.", "wipLimit": 2, "colour": "#3B82F6" });
    let made = olga.post("/api/lanes", body).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!((&made.body["wipLimit"], &made.body["colour"]), (&json!(2), &json!("#3b82f6")));
    refused(&olga.post("/api/lanes", json!({ "name": "night" })).await, 409, "conflict");
    for bad in [
        json!({}),
        json!({ "name": "Night Shift" }),
        json!({ "name": "night\n" }),
        json!({ "name": "x", "wipLimit": -1 }),
        json!({ "name": "x", "wipLimit": 10_001 }),
        json!({ "name": "x", "colour": "red" }),
        json!({ "name": "x", "role": "boss" }),
    ] {
        refused(&olga.post("/api/lanes", bad.clone()).await, 400, "invalid");
    }
    let paused = olga.patch("/api/lanes/night", json!({ "paused": true, "wipLimit": null })).await.ok();
    assert_eq!((&paused["paused"], &paused["wipLimit"]), (&json!(true), &Value::Null));
    assert_eq!(paused["description"], "Overnight.", "what is left out stays");
    refused(&olga.patch("/api/lanes/none", json!({ "paused": true })).await, 404, "not_found");
    refused(&olga.patch("/api/lanes/night", json!({ "name": "day" })).await, 400, "invalid");
    olga.delete("/api/lanes/night").await.ok();
    refused(&olga.delete("/api/lanes/night").await, 404, "not_found");

    refused(&olga.delete("/api/lanes/escalated").await, 409, "conflict");
    h.issue(&repo, "One", &["status/backlog", "lane/deep"]).await;
    refused(&olga.delete("/api/lanes/deep").await, 409, "conflict");
    let trail = olga.get("/api/audit").await.ok();
    let told: Vec<&str> =
        trail.as_array().unwrap().iter().filter_map(|event| event["action"].as_str()).collect();
    assert_eq!(told.iter().filter(|action| action.starts_with("lane.")).count(), 3, "{told:?}");
    h.finish().await;
}

#[tokio::test]
async fn unlabelled_work_follows_the_default_role() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let plain = h.issue(&repo, "Plain", &["status/ready"]).await;
    let labelled = h.issue(&repo, "Labelled", &["status/ready", "Lane/Default"]).await;
    let api = h.api();
    let olga = api.operator();
    olga.post("/api/lanes", json!({ "name": "inbox" })).await.ok();
    // Unlabelled work always has a lane.
    refused(&olga.patch("/api/lanes/default", json!({ "role": null })).await, 409, "conflict");
    refused(&olga.patch("/api/lanes/default", json!({ "role": "escalation" })).await, 409, "conflict");
    olga.patch("/api/lanes/inbox", json!({ "role": "default" })).await.ok();
    let lane = async |issue: &github_sim::IssueView| h.card(issue).await.row.lane;
    assert_eq!((lane(&plain).await.as_str(), lane(&labelled).await.as_str()), ("inbox", "default"));
    let later = h.issue(&repo, "Later", &["status/ready"]).await;
    assert_eq!(lane(&later).await, "inbox");
    h.act("ana", |ana| ana.retitle("acme/web", plain.number, "Plain still")).await;
    assert_eq!(lane(&plain).await, "inbox");
    let lanes = olga.get("/api/lanes").await.ok();
    assert_eq!((names(&lanes), &lanes[0]["offered"]), (vec!["inbox", "default", "escalated"], &json!(2)));
    h.finish().await;
}
