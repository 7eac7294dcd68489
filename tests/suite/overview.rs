//! The operators' pages: figures, projects, the inbox and the audit trail.

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_domain::job::Job;
use dispatch_domain::trust::Intake;
use dispatch_store::trust;
use github_sim::{DeliveryFault, IssueEdit, Loss};
use http::StatusCode;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use kit::http::Caller;
use serde_json::{Value, json};

use crate::labels::REPO;

/// The kinds of what waits, in order.
async fn kinds(olga: &Caller) -> Vec<String> {
    let inbox = olga.get("/api/attention").await.ok();
    let items = inbox["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["kind"].as_str().expect("a kind").to_owned()).collect()
}

/// Makes the call that the inbox offers for the first thing of a kind.
async fn settle(olga: &Caller, kind: &str) -> StatusCode {
    let inbox = olga.get("/api/attention").await.ok();
    let items = inbox["items"].as_array().expect("items").clone();
    let item = items.iter().find(|item| item["kind"] == kind).expect("such an item").clone();
    let action = &item["action"];
    assert_eq!(action["method"], "POST", "{item}");
    olga.post(action["path"].as_str().expect("a path"), action["body"].clone()).await.status
}

#[tokio::test]
async fn the_figures_count_what_happened() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let first = h.issue(&repo, "One", &["status/ready"]).await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    h.issue(&repo, "Three", &["status/ready", "agent/beta"]).await;
    h.sweep().await;
    let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
    let taken = alpha.take().await;
    h.advance(SignedDuration::from_mins(10)).await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    beta.take().await;
    h.advance(SignedDuration::from_mins(20)).await;
    // Beta said nothing for longer than its lease.
    let olga = h.api().operator();
    let overview = olga.get("/api/overview").await.ok();
    assert_eq!((&overview["slot"], &overview["unheld"]), (&json!("day"), &json!(1)));
    assert_eq!(overview["byStatus"], json!({ "in-progress": 1, "in-review": 1, "ready": 1 }));
    h.sweep().await;
    h.act("ana", |ana| ana.close(REPO, first.number)).await;
    let overview = olga.get("/api/overview?days=1").await.ok();
    assert_eq!((&overview["slot"], overview["series"].as_array().map(Vec::len)), (&json!("hour"), Some(25)));
    let agents = overview["agents"].as_array().expect("agents");
    let figures = |agent: &Value| {
        let names = ["agentName", "active", "claims", "delivered", "done", "firstPass", "expired"];
        Value::from(names.map(|name| agent[name].clone()).to_vec())
    };
    assert_eq!(figures(&agents[0]), json!(["alpha", 0, 1, 1, 1, 1, 0]));
    assert_eq!(figures(&agents[1]), json!(["beta", 0, 1, 0, 0, 0, 1]));
    assert_eq!(
        (&agents[0]["claimToPrSeconds"], &agents[1]["claimToPrSeconds"]),
        (&json!(600.0), &json!(null))
    );
    let now = overview["series"].as_array().and_then(|slots| slots.last()).expect("a slot");
    assert_eq!(
        (&now["done"], &now["firstPass"], &now["delivered"], &now["expired"], &now["ready"]),
        (&json!(1), &json!(1), &json!(1), &json!(1), &json!(3))
    );
    assert_eq!(overview["recentEvents"][0]["action"], "issue.changed");
    let projects = olga.get("/api/projects").await.ok();
    assert_eq!((&projects[0]["repoFullName"], &projects[0]["byStatus"]["done"]), (&json!(REPO), &json!(1)));
    for bad in ["0", "91", "x"] {
        assert_eq!(
            olga.get(&format!("/api/overview?days={bad}")).await.status,
            StatusCode::BAD_REQUEST,
            "{bad}"
        );
    }
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn a_sample_is_taken_once_in_five_minutes() {
    let h = Harness::new().await;
    for _ in 0..3 {
        h.sweep().await;
    }
    assert_eq!(h.db.count("sample").await, 1);
    h.advance(SignedDuration::from_mins(6)).await;
    h.sweep().await;
    assert_eq!(h.db.count("sample").await, 2);
    h.finish().await;
}

#[tokio::test]
async fn what_waits_for_a_person_is_settled_with_one_click() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let asks = h.issue(&repo, "Asks", &["status/ready"]).await;
    let found = h.issue(&repo, "Found nothing", &["status/ready"]).await;
    let review = h.issue(&repo, "Review me", &["status/in-review"]).await;
    h.issue(&repo, "Nobody is at it", &["status/in-progress"]).await;
    let alpha = h.agent("alpha");
    let taken = alpha.clone().only(&asks).take().await;
    alpha.block(&taken, BlockKind::NeedsInput, "Which colour?").await.unwrap();
    let taken = alpha.clone().only(&found).take().await;
    alpha.complete(&taken, Outcome::NoChangeNeeded).await.unwrap();
    h.drain().await;
    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    let refused = h.move_to(&review, dispatch_domain::status::Status::Backlog, None).await.unwrap();
    assert!(refused.is_some());
    h.drain().await;
    h.act("ana", |ana| ana.archive_repository(REPO, false)).await;
    h.db.run("update repository set last_error = 'GitHub said no.'").await;
    let api = h.api();
    let olga = api.operator();
    h.advance(SignedDuration::from_hours(1)).await;
    assert_eq!(kinds(&olga).await, ["needs_input", "result", "write_failed", "unheld", "sync_failed"]);
    let inbox = olga.get("/api/attention").await.ok();
    assert_eq!(inbox["items"][0]["message"], "Which colour?");
    h.advance(SignedDuration::from_hours(80)).await;
    // A word about it makes no review younger.
    h.act("ana", |ana| ana.add_label(REPO, review.number, "bug")).await;
    let inbox = olga.get("/api/attention").await.ok();
    let overdue = inbox["items"]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["kind"] == "review_overdue"));
    let card = olga.get(&format!("/api/issues/{}", review.id)).await.ok();
    assert_eq!(overdue.expect("a review over age")["since"], card["statusSince"]);
    for kind in ["needs_input", "result", "write_failed", "unheld"] {
        assert_eq!(settle(&olga, kind).await, StatusCode::OK, "{kind}");
    }
    h.db.run("update repository set last_error = null").await;
    h.drain().await;
    assert_eq!(kinds(&olga).await, Vec::<String>::new());
    h.finish().await;
}

#[tokio::test]
async fn strangers_texts_and_webhooks_that_never_came_wait_there_too() {
    let h = Harness::with_repository_webhooks().await;
    let repo = h.repo(REPO).await;
    h.sim.set_association("eve", "NONE");
    trust::set_policy(&h.store, None, Some(Intake::Trusted), None, &OPERATOR).await.unwrap();
    h.tick().await;
    let hers = repo.issue("Please").body("Do this.").author("eve").labels(["status/ready"]).open();
    h.arrive().await;
    h.job(Job::Recover).await;
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 7, how: Loss::Failed });
    h.act("ana", |ana| ana.add_label(REPO, hers.number, "bug")).await;
    h.advance(SignedDuration::from_mins(5)).await;
    h.job(Job::Recover).await;
    let olga = h.api().operator();
    assert_eq!(kinds(&olga).await, ["untrusted", "delivery_missing"]);
    let inbox = olga.get("/api/attention").await.ok();
    let missing = &inbox["items"][1];
    assert_eq!((&missing["repoFullName"], &missing["action"]["path"]), (&json!(REPO), &json!("/api/sync")));
    // What the inbox showed is what is approved: not what was written since.
    h.sim.clear_faults();
    let edit = IssueEdit { body: Some("Do that.".to_owned()), ..IssueEdit::default() };
    h.act("eve", |eve| eve.edit(REPO, hers.number, edit)).await;
    let shown = &inbox["items"][0]["action"];
    let late = olga.post(shown["path"].as_str().unwrap(), shown["body"].clone()).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{late:?}");
    assert_eq!(settle(&olga, "untrusted").await, StatusCode::OK);
    assert_eq!(h.agent("alpha").take().await.number(), 1);
    h.advance(SignedDuration::from_hours(1)).await;
    h.job(Job::Recover).await;
    h.arrive().await;
    assert!(!kinds(&olga).await.contains(&"delivery_missing".to_owned()));
    h.finish().await;
}

#[tokio::test]
async fn a_webhook_that_was_given_up_is_applied_again_with_one_click() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.db.run(
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
         create trigger refuse before update on issue for each row execute function refuse()",
    )
    .await;
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "bug")).await;
    let olga = h.api().operator();
    // It is tried again by itself: nobody is asked yet, and nobody may ask.
    assert_eq!(kinds(&olga).await, Vec::<String>::new());
    let guid: String = h.db.value("select guid from delivery where outcome = 'failed'", &[]).await;
    let path = format!("/api/webhooks/deliveries/{guid}/retry");
    assert_eq!(olga.post(&path, json!({})).await.status, StatusCode::CONFLICT);
    h.db.run("update delivery set retry_at = null where outcome = 'failed'").await;
    assert_eq!(kinds(&olga).await, ["delivery_failed"]);
    h.db.run("drop trigger refuse on issue").await;
    assert_eq!(settle(&olga, "delivery_failed").await, StatusCode::ACCEPTED);
    h.sweep().await;
    assert_eq!(kinds(&olga).await, Vec::<String>::new());
    let card = olga.get(&format!("/api/issues/{}", issue.id)).await.ok();
    assert_eq!(card["labels"], json!(["status/ready", "bug"]));
    assert_eq!(olga.post(&path, json!({})).await.status, StatusCode::CONFLICT);
    let unknown = olga.post("/api/webhooks/deliveries/none/retry", json!({})).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    h.finish().await;
}

#[tokio::test]
async fn the_audit_trail_is_filtered_paged_and_exported() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "=cmd|'/c calc'!A1", &["status/ready"]).await;
    h.repo("acme/other").await;
    let api = h.api();
    let olga = api.operator().with("x-request-id", "the-move");
    let body = json!({ "issueId": issue.id.to_string(), "status": "blocked", "reason": "=1+1, \"x\"" });
    olga.post("/api/issues/move", body).await.ok();
    api.agent("alpha").claim(json!({})).await.ok();
    h.drain().await;
    let list = async |query: &str| {
        let events = olga.get(&format!("/api/audit?{query}")).await.ok();
        let events = events.as_array().expect("events").clone();
        events.iter().map(|event| event["action"].as_str().expect("an action").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("action=issue.moved").await, ["issue.moved"]);
    assert_eq!(list("action=repository&repo=ACME/Other").await, ["repository.tracked"]);
    assert_eq!(list("action=issue.mov").await, Vec::<String>::new());
    assert_eq!(
        list("actor=OLGA&repo=acme/web&actorKind=operator").await,
        ["issue.moved", "repository.tracked"]
    );
    assert_eq!(list("correlationId=the-move").await, ["write.planned", "issue.moved"]);
    assert_eq!(list(&format!("issueId={}&action=issue", issue.id)).await, ["issue.moved", "issue.seen"]);
    assert_eq!(list("number=1&repo=acme/web&success=false").await, Vec::<String>::new());
    assert_eq!(list("since=2099-01-01T00:00:00Z").await, Vec::<String>::new());
    for bad in ["success=maybe", "since=soon", "number=x", "before=x", "limit=0"] {
        assert_eq!(olga.get(&format!("/api/audit?{bad}")).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    // Pages make up the whole.
    let whole = list("").await;
    let (mut pages, mut path) = (Vec::new(), "/api/audit?limit=2".to_owned());
    loop {
        let page = olga.get(&path).await;
        let next = page.link_to_next();
        let page = page.ok();
        pages.extend(
            page.as_array().expect("events").iter().map(|e| e["action"].as_str().unwrap().to_owned()),
        );
        let Some(next) = next else { break };
        path = next;
    }
    assert_eq!(pages, whole);
    let json = olga.get("/api/audit/export?format=json&action=issue").await.ok();
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    let csv = olga.get("/api/audit/export?format=csv&action=issue.moved").await;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
    assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
    assert!(
        csv.text.lines().all(|line| !line.split(',').any(|cell| cell.starts_with(['=', '+', '@']))),
        "{}",
        csv.text
    );
    assert_eq!(olga.get("/api/audit/export?format=xml").await.status, StatusCode::BAD_REQUEST);
    h.finish().await;
}
