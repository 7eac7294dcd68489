//! The switches of the API, seen by the client that Dispatch uses.

use github_sim::{Clock, Fault, FaultKind, GithubSim};
use octocrab::Octocrab;
use serde_json::json;

use crate::client::Client;

async fn acme() -> (GithubSim, Octocrab) {
    let sim = GithubSim::builder().start().await;
    sim.repo("acme/web")
        .labels(["status/ready", "status/in-progress"])
        .issue("One")
        .labels(["status/ready"])
        .open();
    let octocrab = Octocrab::builder()
        .base_uri(sim.url())
        .expect("an address")
        .personal_token("sim-token".to_owned())
        .build()
        .expect("a client");
    (sim, octocrab)
}

#[tokio::test]
async fn octocrab_reads_and_writes() {
    let (sim, octocrab) = acme().await;
    for number in 2..=130 {
        sim.repo("acme/web").issue(&format!("Issue {number}")).open();
    }
    let issues = octocrab.issues("acme", "web");
    let first = issues.list().per_page(100).send().await.expect("a page");
    let all = octocrab.all_pages(first).await.expect("all pages");
    assert_eq!(all.len(), 130);
    let issue = issues.get(1).await.expect("the issue");
    assert_eq!(issue.id.into_inner(), sim.issue("acme/web", 1).id);
    issues.add_labels(1, &["status/in-progress".to_owned()]).await.expect("added");
    let left = issues.remove_label(1, "status/ready").await.expect("removed");
    assert_eq!(left.len(), 1);
    assert_eq!(sim.issue("acme/web", 1).labels, ["status/in-progress"]);
    let pull = sim.repo("acme/web").pull("A change").body("Fixes #1").open();
    let read = octocrab.pulls("acme", "web").get(pull.number).await.expect("the pull request");
    assert_eq!(Some(read.id.into_inner()), pull.pull.map(|pull| pull.id));
    let paths: Vec<String> =
        sim.writes().into_iter().map(|write| format!("{} {}", write.method, write.path)).collect();
    let delete = "DELETE /repos/acme/web/issues/1/labels/status%2Fready";
    assert_eq!(paths, ["POST /repos/acme/web/issues/1/labels", delete]);
}

#[tokio::test]
async fn octocrab_signs_in_as_an_app() {
    let sim = GithubSim::builder().start().await;
    sim.repo("acme/web").issue("One").open();
    let installation = sim.installation_id("acme").expect("acme has a repository");
    let app = Octocrab::builder()
        .base_uri(sim.url())
        .expect("an address")
        .app_from_rsa_pem(github_sim::APP_ID.into(), github_sim::APP_PRIVATE_KEY)
        .expect("a key")
        .build()
        .expect("a client");
    let found = app.apps().get_repository_installation("acme", "web").await.expect("an installation");
    assert_eq!(found.id.into_inner(), installation);
    let installed = app.installation(found.id).expect("a client");
    for _ in 0..2 {
        assert_eq!(installed.issues("acme", "web").get(1).await.expect("the issue").number, 1);
    }
    let tokens = "POST /app/installations/{id}/access_tokens";
    assert_eq!(sim.requests().by_route[tokens], 1, "octocrab keeps its token");
    sim.revoke_token(None);
    assert!(
        installed.issues("acme", "web").get(1).await.is_ok(),
        "and asks for another when it is worthless"
    );
    assert_eq!(sim.requests().by_route[tokens], 2);
}

#[tokio::test]
async fn a_lost_reply_leaves_the_write_done() {
    let (sim, octocrab) = acme().await;
    let issues = octocrab.issues("acme", "web");
    sim.fault(Fault::once(FaultKind::DropConnection { applied: false }).on("POST */labels"));
    assert!(issues.add_labels(1, &["bug".to_owned()]).await.is_err());
    assert_eq!(sim.issue("acme/web", 1).labels, ["status/ready"], "lost before it was carried out");
    sim.fault(Fault::once(FaultKind::DropConnection { applied: true }).on("POST */labels"));
    assert!(issues.add_labels(1, &["bug".to_owned()]).await.is_err());
    assert_eq!(sim.issue("acme/web", 1).labels, ["status/ready", "bug"], "lost after");
    let writes = sim.writes();
    assert_eq!((writes.len(), writes[1].status, writes[1].answered), (2, 200, false));
    assert_eq!(issues.add_labels(1, &["bug".to_owned()]).await.expect("the fault is spent").len(), 2);
}

#[tokio::test]
async fn errors_are_githubs() {
    let (sim, _) = acme().await;
    let api = Client::new(&sim);
    let secondary = |retry_after, status| Fault::once(FaultKind::SecondaryLimit { retry_after, status });
    sim.fault(secondary(Some(7), 403));
    let answer = api.get("/repos/acme/web").await;
    assert_eq!((answer.status, answer.header("retry-after")), (403, "7"));
    let said = answer.json()["message"].as_str().unwrap_or_default().to_owned();
    assert!(said.starts_with("You have exceeded a secondary rate limit"), "{said}");
    sim.fault(secondary(None, 429));
    let answer = api.get("/repos/acme/web").await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, ""));
    assert_ne!(answer.header("x-ratelimit-remaining"), "0");

    sim.fault(Fault::once(FaultKind::ServerError { status: 500, applied: false }).times(2));
    assert_eq!(api.get("/repos/acme/web").await.status, 500);
    assert_eq!(api.get("/repos/acme/web").await.status, 500);
    sim.fault(Fault::once(FaultKind::ServerError { status: 502, applied: true }));
    assert_eq!(api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await.status, 502);
    assert_eq!(sim.issue("acme/web", 1).labels, ["status/ready", "bug"]);
    sim.fault(Fault::once(FaultKind::Html { status: 200 }));
    let answer = api.get("/repos/acme/web").await;
    assert!(answer.text.starts_with("<!DOCTYPE html>"));
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    sim.fault(Fault::once(FaultKind::Slow { ms: 30 }));
    let start = std::time::Instant::now();
    assert_eq!(api.get("/repos/acme/web").await.status, 200);
    assert!(start.elapsed().as_millis() >= 30);
}

#[tokio::test]
async fn a_person_can_edit_exactly_between_two_calls() {
    let (sim, octocrab) = acme().await;
    let mut pause = sim.pause_after("POST */labels");
    let writer = tokio::spawn(async move {
        let issues = octocrab.issues("acme", "web");
        issues.add_labels(1, &["status/in-progress".to_owned()]).await.expect("added");
        issues.remove_label(1, "status/ready").await
    });
    pause.reached().await;
    assert_eq!(sim.issue("acme/web", 1).labels, ["status/ready", "status/in-progress"]);
    sim.person("ana").remove_label("acme/web", 1, "status/ready");
    pause.resume();
    let removed = writer.await.expect("no panic");
    assert!(removed.is_err_and(|error| format!("{error:?}").contains("Label does not exist")));

    let mut second = sim.pause_after_nth("GET *", 1);
    let early = sim.pause_before("GET */issues/1");
    drop(early);
    let api = Client::new(&sim);
    assert_eq!(api.get("/repos/acme/web/issues/1").await.status, 200, "a dropped barrier stops nobody");
    let request = tokio::spawn(async move { api.get("/repos/acme/web/issues/1").await.status });
    second.reached().await;
    second.resume();
    assert_eq!(request.await.expect("no panic"), 200);
}

#[tokio::test]
async fn the_administrative_routes_do_what_the_library_does() {
    let clock = Clock::fixed("2026-11-02T09:00:00Z".parse().expect("a time"));
    let sim = GithubSim::builder().clock(clock).start().await;
    let admin = Client::with(&sim, None);
    assert_eq!(admin.get("/_sim/health").await.json()["ok"], true);
    let act = async |body| admin.post("/_sim/act", body).await;
    act(json!({ "actor": "ana", "action": "create_repository", "repo": "acme/web" })).await;
    let opened =
        act(json!({ "actor": "ana", "action": "open_issue", "repo": "acme/web", "title": "One" })).await;
    assert_eq!(opened.json()["issue"]["number"], 1);
    let body =
        json!({ "actor": "ana", "action": "add_labels", "repo": "acme/web", "number": 1, "labels": ["bug"] });
    assert_eq!(act(body).await.json()["issue"]["labels"], json!(["bug"]));
    let body =
        json!({ "actor": "ana", "action": "edit_issue", "repo": "acme/web", "number": 1, "title": "Two" });
    assert_eq!(act(body).await.json()["events"], 1);
    let body = json!({ "actor": "ana", "action": "merge_pull", "repo": "acme/web", "number": 1 });
    assert_eq!(act(body).await.status, 422);
    assert_eq!(act(json!({ "actor": "ana", "action": "dance" })).await.status, 422);

    let api = Client::new(&sim);
    let fault = json!({ "kind": "server_error", "status": 503, "times": 5, "on": "GET /repos/*" });
    assert_eq!(admin.post("/_sim/faults", fault).await.status, 204);
    assert_eq!(api.get("/repos/acme/web").await.status, 503);
    assert_eq!(admin.get("/_sim/faults").await.json()[0]["times"], 4);
    for kind in ["primary_exhausted", "token_revoked"] {
        assert_eq!(admin.post("/_sim/faults", json!({ "kind": kind })).await.status, 204);
    }
    assert_eq!(admin.post("/_sim/faults", json!({ "kind": "lose", "next": 1 })).await.status, 204);
    assert_eq!(admin.post("/_sim/faults", json!({ "kind": "nonsense" })).await.status, 422);
    assert_eq!(admin.delete("/_sim/faults").await.status, 204);
    assert_eq!(api.post("/repos/acme/web/issues/1/comments", json!({ "body": "Hi" })).await.status, 201);
    let writes = admin.get("/_sim/mutations").await.json();
    assert_eq!(
        (&writes[0]["route"], &writes[0]["status"]),
        (&json!("/repos/{owner}/{repo}/issues/{number}/comments"), &json!(201))
    );
    let state = admin.get("/_sim/state").await.json();
    assert_eq!(state["repositories"][0]["issues"][0]["title"], "Two");
    assert_eq!(
        admin.post("/_sim/clock", json!({ "advanceSeconds": 60 })).await.json()["now"],
        "2026-11-02T09:01:00Z"
    );
    assert_eq!(admin.post("/_sim/flush", json!({})).await.status, 204);
    assert_eq!(admin.get("/_sim/deliveries").await.json(), json!([]));
    assert!(admin.get("/_sim/requests").await.json()["total"].as_u64() > Some(1));
}
