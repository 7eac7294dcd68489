//! Webhooks as GitHub has them: looked at, shown, created and repaired by one call.

use dispatch_domain::job::Job;
use dispatch_store::hooks;
use kit::Harness;
use serde_json::{Value, json};

const WEB: &str = "acme/web";

/// How the first webhook is shown by the API.
async fn shown(h: &Harness) -> Value {
    h.api().operator().get("/api/webhooks").await.ok()[0].clone()
}

#[tokio::test]
async fn an_absent_webhook_is_said_and_one_call_creates_it() {
    let h = Harness::new().await;
    h.repo(WEB).await;
    h.job(Job::Recover).await;
    let before = shown(&h).await;
    assert_eq!((before["repo"].clone(), before["state"].clone()), (json!(WEB), json!("absent")));
    assert!(before["problems"][0].as_str().unwrap().contains("POST /api/webhooks/repair"), "{before}");

    // What the API does; the function is invoked by its name, which nothing here answers to.
    hooks::ask_repair(&h.store, Some(&WEB.parse().unwrap())).await.unwrap();
    h.job(Job::Hooks).await;
    let after = shown(&h).await;
    assert_eq!((after["state"].clone(), after["problems"].clone()), (json!("ok"), json!([])), "{after}");
    assert_eq!((after["active"].clone(), after["hasSecret"].clone()), (json!(true), json!(true)));
    // It works: its own ping came, and so does what follows.
    h.arrive().await;
    assert_eq!(h.db.count("delivery where event = 'ping'").await, 1);
    let writes = h.sim.writes().len();
    hooks::ask_repair(&h.store, None).await.unwrap();
    h.job(Job::Hooks).await;
    assert_eq!(h.sim.writes().len(), writes, "nothing to repair");
    h.finish().await;
}

#[tokio::test]
async fn a_webhook_that_loses_deliveries_is_said_and_repaired() {
    let h = Harness::with_repository_webhooks().await;
    h.repo(WEB).await;
    h.job(Job::Hooks).await;
    assert_eq!(shown(&h).await["state"], "ok");
    let id = h.db.value::<i64>("select hook_id from hook", &[]).await;
    let break_it = json!({ "active": false, "events": ["issues"], "config": { "url": "https://elsewhere.example/webhooks/github" } });
    h.sim.edit_hook(u64::try_from(id).unwrap(), &break_it);
    h.db.run("update hook set checked_at = null").await;
    h.job(Job::Hooks).await;
    let broken = shown(&h).await;
    assert_eq!(broken["state"], "inactive");
    let problems = broken["problems"].to_string();
    for part in ["elsewhere.example", "no secret", "does not send", "switched off"] {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    hooks::ask_repair(&h.store, None).await.unwrap();
    h.job(Job::Hooks).await;
    let mended = shown(&h).await;
    assert_eq!((mended["state"].clone(), mended["problems"].clone()), (json!("ok"), json!([])), "{mended}");
    h.finish().await;
}

#[tokio::test]
async fn an_apps_webhook_is_one_for_all() {
    let h = Harness::as_app().await;
    h.repo(WEB).await;
    h.repo("acme/api").await;
    h.job(Job::Recover).await;
    let all = h.api().operator().get("/api/webhooks").await.ok();
    assert_eq!(all.as_array().unwrap().len(), 1);
    assert_eq!((all[0]["repo"].clone(), all[0]["state"].clone()), (Value::Null, json!("ok")), "{all}");
    h.finish().await;
}

#[tokio::test]
async fn a_credential_that_may_not_see_webhooks_is_told_what_it_needs() {
    let h = Harness::with_repository_webhooks().await;
    h.repo(WEB).await;
    let refused = github_sim::FaultKind::ServerError { status: 404, applied: false };
    h.sim.fault(github_sim::Fault::once(refused).on("GET */hooks"));
    h.job(Job::Hooks).await;
    let shown = shown(&h).await;
    assert_eq!(shown["state"], "unknown");
    assert!(shown["problems"].to_string().contains("admin:repo_hook"), "{shown}");
    h.finish().await;
}

#[tokio::test]
async fn agents_may_look_and_only_operators_repair() {
    let h = Harness::new().await;
    h.repo(WEB).await;
    let api = h.api();
    assert_eq!(api.agent("alpha").get("/api/webhooks").await.status, 200);
    assert_eq!(api.anonymous().get("/api/webhooks").await.status, 401);
    assert_eq!(api.anonymous().get("/api/health/details").await.status, 401);
    assert_eq!(api.anonymous().post("/api/webhooks/repair", json!({})).await.status, 401);
    let unknown = api.operator().post("/api/webhooks/repair", json!({ "repo": "no/where" })).await;
    assert_eq!((unknown.status.as_u16(), unknown.code()), (404, "repository_unknown"));
    h.finish().await;
}
