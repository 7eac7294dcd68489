//! The JSON API with everything behind it: the journeys as agents, operators and the board make them.

use std::collections::BTreeSet;

use futures::future::join_all;
use http::{Method, StatusCode};
use insta::assert_json_snapshot;
use kit::Harness;
use kit::http::Said;
use serde_json::{Value, json};

const REPO: &str = "acme/web";

fn numbers(column: &Value) -> Vec<i64> {
    let cards = column["cards"].as_array().into_iter().flatten();
    cards.filter_map(|card| card["issueNumber"].as_i64()).collect()
}

/// The numbers of the cards in one column of the board.
async fn column(api: &kit::http::Api, status: &str) -> Vec<i64> {
    let board = api.operator().get("/api/board").await.ok();
    let columns = board["columns"].as_array().expect("columns").clone();
    numbers(columns.iter().find(|column| column["status"] == status).expect("the column"))
}

#[tokio::test]
async fn an_agent_claims_works_and_completes_and_the_board_shows_it() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "Dark mode", &["status/ready", "priority/p1", "bug"]).await;
    let api = h.api();
    let alpha = api.agent("alpha");
    let answer = alpha.claim(json!({})).await.ok();
    assert_json_snapshot!(answer["claim"], { ".id" => "[id]", ".fence" => "[fence]" }, @r#"
    {
      "acquiredAt": "2026-11-23T09:00:01Z",
      "agentName": "alpha",
      "attempt": 1,
      "branch": "dispatch/issue-1",
      "checkpoint": null,
      "checkpointAt": null,
      "costUsd": null,
      "durationSeconds": null,
      "endNote": null,
      "endReason": null,
      "endedAt": null,
      "endedBy": null,
      "evidence": null,
      "expiresAt": "2026-11-23T09:15:01Z",
      "fence": "[fence]",
      "headSha": null,
      "id": "[id]",
      "issueId": "3104500013",
      "issueNumber": 1,
      "issueStatus": "in-progress",
      "kind": "implement",
      "lane": "default",
      "model": null,
      "note": null,
      "outcome": null,
      "phase": "claimed",
      "pullRequestNumber": null,
      "pullRequestUrl": null,
      "renewedAt": "2026-11-23T09:00:01Z",
      "repoFullName": "acme/web",
      "startHeadSha": null,
      "state": "active",
      "summary": null,
      "tokensIn": null,
      "tokensOut": null
    }
    "#);
    assert_eq!(answer["work"]["issue"]["title"], "Dark mode");
    assert!(answer["policy"].as_str().is_some_and(|policy| policy.contains("untrusted")));
    assert_eq!(column(&api, "in-progress").await, [1]);
    let card = api.operator().get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!(card["pending"]["toStatus"], "in-progress");

    h.drain().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "bug", "priority/p1", "status/in-progress"]);
    let claim = &answer["claim"];
    h.tick().await;
    alpha.on_claim(claim, "renew", json!({})).await.ok();
    alpha.on_claim(claim, "checkpoint", json!({ "phase": "testing", "note": "nearly" })).await.ok();
    let done = json!({ "outcome": "pr_opened", "pullRequest": 7, "summary": "Done." });
    let done = alpha.on_claim(claim, "complete", done).await.ok();
    assert_eq!((&done["claim"]["state"], &done["issue"]["status"]), (&json!("ended"), &json!("in-review")));
    h.drain().await;
    assert_eq!(h.labels(&issue), ["bug", "priority/p1", "status/in-review"]);
    let card = api.operator().get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!(
        (&card["pending"], &card["claim"], &card["status"]),
        (&Value::Null, &Value::Null, &json!("in-review"))
    );
    let runs = api.operator().get("/api/agent-runs").await.ok();
    assert_eq!((&runs[0]["agentName"], &runs[0]["status"]), (&json!("alpha"), &json!("pr_opened")));
    let nothing = alpha.claim(json!({})).await.ok();
    assert_json_snapshot!(nothing, { ".best.issueId" => "[id]" }, @r#"
    {
      "best": {
        "heldBy": [
          {
            "code": "status",
            "message": "The status is in-review, and implement work starts at ready.",
            "passed": false,
            "remedy": "An operator moves the issue to ready, on the board or by the label status/ready.",
            "retryAt": null
          }
        ],
        "issueId": "[id]",
        "issueNumber": 1,
        "kind": "implement",
        "lane": "default",
        "repoFullName": "acme/web",
        "title": "Dark mode"
      },
      "claim": null,
      "reasons": [
        {
          "code": "status",
          "count": 1,
          "message": "The status is in-review, and implement work starts at ready."
        }
      ],
      "retryAfter": 30
    }
    "#);
    h.finish().await;
}

#[tokio::test]
async fn a_move_is_pending_until_github_has_it_and_a_refused_one_goes_back() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let olga = api.operator();
    let body = json!({ "issueId": issue.id.to_string(), "status": "in-review" });
    let moved = olga.post("/api/issues/move", body).await.ok();
    assert_eq!(moved["issue"]["pending"]["toStatus"], "in-review");
    h.drain().await;
    assert_eq!(h.labels(&issue), ["status/in-review"]);

    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    // The whole body of the reference API: only the status is taken, and the rest is named.
    let body = json!({
        "issueId": issue.id.to_string(), "repoFullName": REPO, "issueNumber": 1,
        "oldLabels": ["status/in-review", "bug"], "newLabels": ["status/ready", "wontfix"],
    });
    let moved = olga.post("/api/issues/move", body).await.ok();
    assert_eq!(moved["ignored"].as_array().map(Vec::len), Some(2), "{moved}");
    h.drain().await;
    let card = olga.get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!((&card["status"], &card["pending"]["state"]), (&json!("in-review"), &json!("parked")));
    assert!(card["pending"]["error"].as_str().is_some_and(|error| error.contains("archived")), "{card}");
    assert!(card["attention"].as_array().is_some_and(|all| all.contains(&json!("write_failed"))), "{card}");

    h.act("ana", |ana| ana.archive_repository(REPO, false)).await;
    let retry = format!("/api/mutations/{}/retry", moved["mutationId"].as_str().expect("an id"));
    assert_eq!(olga.post(&retry, json!({})).await.ok(), json!({ "success": true }));
    h.drain().await;
    assert_eq!(h.labels(&issue), ["status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn bad_input_gets_a_sentence_and_changes_nothing() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "Closed", &["status/ready"]).await;
    let held = h.issue(&repo, "Held", &["status/ready"]).await;
    h.act("ana", |ana| ana.close(REPO, issue.number)).await;
    let api = h.api();
    let (alpha, beta, olga) = (api.agent("alpha"), api.agent("beta"), api.operator());
    let claim = alpha.claim(json!({})).await.ok()["claim"].clone();
    h.settle().await;
    let before = whole(&h).await;
    let id = claim["id"].as_str().expect("an id").to_owned();
    let stale = json!({ "id": id, "fence": claim["fence"].as_i64().expect("a number") + 1 });
    let unknown = json!({ "id": "999999", "fence": 1 });
    let large = format!(r#"{{"x":"{}"}}"#, "x".repeat(2 * 1024 * 1024));
    let mut picture = String::new();
    let mut told = |what: &str, said: Said| {
        let sentence = said.body["message"].as_str().unwrap_or_default();
        let helps = said.status.is_client_error() && sentence.len() > 10 && sentence.contains(' ');
        if !helps {
            picture += &format!("WITHOUT HELP: {said:?} ");
        }
        picture += &format!("{what}: {} {}\n", said.status.as_u16(), said.code());
    };
    told("broken JSON", alpha.raw(Method::POST, "/api/claims", "{\"lanes\":").await);
    told(
        "no JSON",
        alpha.clone().with("content-type", "text/plain").raw(Method::POST, "/api/claims", "x").await,
    );
    told("wrong types", alpha.claim(json!({ "lanes": "deep" })).await);
    told("an impossible name", alpha.claim(json!({ "agentName": "No Name!" })).await);
    told("an unknown kind", alpha.claim(json!({ "kinds": ["sleep"] })).await);
    told("two megabytes", alpha.raw(Method::POST, "/api/claims", large).await);
    told("a stale fence", alpha.on_claim(&stale, "renew", json!({})).await);
    told("a stale end", alpha.on_claim(&stale, "complete", json!({ "outcome": "pr_opened" })).await);
    told("another agent's claim", beta.on_claim(&claim, "renew", json!({})).await);
    told("a claim of nobody", alpha.on_claim(&unknown, "renew", json!({})).await);
    told("no fence", alpha.post(&format!("/api/claims/{id}/renew"), json!({ "agentName": "alpha" })).await);
    told("an unknown outcome", alpha.on_claim(&claim, "complete", json!({ "outcome": "shrug" })).await);
    told(
        "a block without a reason",
        alpha.on_claim(&claim, "block", json!({ "kind": "needs_input", "reason": " " })).await,
    );
    told("too long a silence", alpha.on_claim(&claim, "renew", json!({ "busyFor": 99999 })).await);
    told("no claim id", alpha.post("/api/claims/x/renew", json!({ "fence": 1 })).await);
    let to = |issue: &github_sim::IssueView, status: &str| json!({ "issueId": issue.id.to_string(), "status": status });
    told("an unknown status", olga.post("/api/issues/move", to(&held, "doing")).await);
    told("to done", olga.post("/api/issues/move", to(&held, "done")).await);
    told("blocked without a reason", olga.post("/api/issues/move", to(&held, "blocked")).await);
    told("a closed issue", olga.post("/api/issues/move", to(&issue, "ready")).await);
    told(
        "a move of nothing",
        olga.post("/api/issues/move", json!({ "issueId": "1", "status": "ready" })).await,
    );
    told("an unknown repository", olga.post("/api/sync", json!({ "repo": "acme/none" })).await);
    told("no repository at all", olga.post("/api/automation/repos", json!({ "fullName": "nonsense" })).await);
    told("tracked already", olga.post("/api/automation/repos", json!({ "fullName": "ACME/Web" })).await);
    told("an untracked one", olga.delete("/api/automation/repos/acme/none").await);
    told("an unknown filter value", olga.get("/api/issues?status=doing").await);
    told("no such path", olga.get("/api/nothing").await);
    told("the wrong method", olga.delete("/api/board").await);
    told("without credentials", api.anonymous().get("/api/board").await);
    told("a write without credentials", api.anonymous().post("/api/claims", json!({})).await);
    told(
        "from a foreign page",
        olga.clone()
            .with("origin", "https://evil.example")
            .with("sec-fetch-site", "cross-site")
            .post("/api/issues/move", to(&held, "ready"))
            .await,
    );
    insta::assert_snapshot!(picture, @"
    broken JSON: 400 invalid
    no JSON: 415 unsupported_media_type
    wrong types: 400 invalid
    an impossible name: 400 invalid
    an unknown kind: 400 invalid
    two megabytes: 413 too_large
    a stale fence: 409 claim_lost
    a stale end: 409 claim_lost
    another agent's claim: 403 forbidden
    a claim of nobody: 404 not_found
    no fence: 400 invalid
    an unknown outcome: 400 invalid
    a block without a reason: 422 reason_required
    too long a silence: 400 invalid
    no claim id: 400 invalid
    an unknown status: 400 invalid
    to done: 409 transition_refused
    blocked without a reason: 422 reason_required
    a closed issue: 409 issue_closed
    a move of nothing: 404 issue_unknown
    an unknown repository: 404 repository_unknown
    no repository at all: 400 invalid
    tracked already: 409 repository_tracked
    an untracked one: 404 repository_unknown
    an unknown filter value: 400 invalid
    no such path: 404 not_found
    the wrong method: 405 method_not_allowed
    without credentials: 401 unauthorized
    a write without credentials: 401 unauthorized
    from a foreign page: 403 cross_site
    ");
    assert_eq!(whole(&h).await, before, "nothing half-written");
    h.finish().await;
}

/// How many rows every table has that a request could write; evidence of stale reports, and the record of who tried what
/// they may not do, are not among them.
async fn whole(h: &Harness) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "claim",
        "mutation",
        "audit_event where success",
        "idempotency_key",
        "repository",
        "sync_run",
        "issue",
        "change",
    ] {
        counts.push(h.db.count(table).await);
    }
    counts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_agents_over_http_get_a_hundred_issues_once_each() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    for n in 0..100 {
        repo.issue(&format!("Issue {n}")).labels(["status/ready"]).open();
    }
    h.arrive().await;
    // Four APIs, each with a pool of its own, as four processes have them.
    let apis: Vec<_> = (0..4).map(|_| h.api()).collect();
    let asking = (0..200).map(|n| {
        let agent = apis[n % apis.len()].agent(&format!("agent-{n}"));
        tokio::spawn(async move { agent.claim(json!({})).await })
    });
    let mut got = BTreeSet::new();
    let mut nothing = 0;
    for said in join_all(asking).await {
        let answer = said.expect("no panic").ok();
        match answer["work"]["issue"]["issueNumber"].as_i64() {
            Some(number) => assert!(got.insert(number), "#{number} went out twice"),
            None => nothing += 1,
        }
    }
    assert_eq!((got.len(), nothing), (100, 100));
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn a_board_that_did_not_change_is_not_sent_again_and_changes_follow_it() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let olga = api.operator();
    let board = olga.get("/api/board").await;
    let etag = board.etag.clone().expect("an ETag");
    let cursor = board.ok()["cursor"].as_str().expect("a cursor").to_owned();
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "status/blocked")).await;
    assert_eq!(olga.clone().with("if-none-match", &etag).get("/api/board").await.status, StatusCode::OK);
    let path = format!("/api/changes?after={cursor}");
    let told = kit::eventually(async || {
        let changes = olga.get(&path).await.ok();
        changes["cards"][0]["status"] == "blocked"
    })
    .await;
    assert!(told);
    let resync = olga.get("/api/changes?after=other.1").await.ok();
    assert_eq!(resync["resync"], true);
    h.settle().await;
    let etag = olga.get("/api/board").await.etag.expect("an ETag");
    let again = olga.clone().with("if-none-match", &etag).get("/api/board").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let any = olga.clone().with("if-none-match", "*").get("/api/board").await;
    assert!(any.status == StatusCode::NOT_MODIFIED && any.etag.is_some() && any.text.is_empty(), "{any:?}");
    h.finish().await;
}

#[tokio::test]
async fn no_get_changes_anything() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let api = h.api();
    let claim =
        api.agent("alpha").claim(json!({})).await.ok()["claim"]["id"].as_str().expect("an id").to_owned();
    h.settle().await;
    let before = whole(&h).await;
    for path in [
        "/api/health",
        "/api/openapi.json",
        "/api/board",
        "/api/issues",
        &format!("/api/issues/{}", issue.id),
        &format!("/api/issues/{}/timeline", issue.id),
        "/api/repos",
        "/api/automation/repos",
        "/api/agent-runs",
        "/api/audit",
        "/api/audit/export?format=csv",
        "/api/attention",
        "/api/overview",
        "/api/projects",
        "/api/claims",
        &format!("/api/claims/{claim}"),
        "/api/auth/session",
    ] {
        for caller in [api.operator(), api.agent("alpha")] {
            assert_eq!(caller.get(path).await.status, StatusCode::OK, "{path}");
        }
    }
    assert_eq!(whole(&h).await, before);
    h.finish().await;
}
