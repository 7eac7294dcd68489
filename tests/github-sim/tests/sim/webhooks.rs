//! How deliveries leave, what is written down of them, and how they are asked for again (GitHub docs, "Webhook events
//! and payloads", "Redelivering webhooks", "Handling failed webhook deliveries").

use github_sim::{DeliveryFault, GithubSim, Loss, signature};
use serde_json::{Value, json};

use crate::{
    client::{Client, app_token},
    receiver::Receiver,
};

async fn sim_with_app_hook() -> (GithubSim, Receiver) {
    let hook = Receiver::start().await;
    let sim = GithubSim::builder().webhook(hook.url(), "It's a Secret").start().await;
    sim.repo("acme/web").labels(["status/ready"]).issue("One").open();
    sim.flush().await;
    hook.take();
    (sim, hook)
}

#[tokio::test]
async fn a_delivery_is_signed_and_says_what_it_is() {
    let (sim, hook) = sim_with_app_hook().await;
    sim.person("ana").add_label("acme/web", 1, "status/ready");
    sim.flush().await;
    let letters = hook.take();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.header("x-hub-signature-256"), signature("It's a Secret", &letter.body));
    assert_eq!(letter.header("x-github-event"), "issues");
    assert_eq!(letter.header("content-type"), "application/json");
    assert_eq!(letter.header("x-github-hook-installation-target-type"), "integration");
    assert!(letter.header("user-agent").starts_with("GitHub-Hookshot/"));
    assert!(uuid::Uuid::parse_str(letter.header("x-github-delivery")).is_ok());
    let payload = letter.payload();
    assert_eq!(payload["action"], "labeled");
    assert_eq!(payload["sender"]["login"], "ana");
    assert_eq!(payload["repository"]["full_name"], "acme/web");
    assert_eq!(payload["organization"]["login"], "acme");
    assert_eq!(payload["installation"]["id"].as_u64(), sim.installation_id("acme"));
    let recorded = sim.deliveries();
    let last = recorded.last().expect("it was written down");
    assert_eq!((last.status.as_str(), last.status_code, last.redelivery), ("OK", 202, false));
    assert_eq!(last.guid, letter.header("x-github-delivery"));
}

#[tokio::test]
async fn deliveries_leave_in_order() {
    let (sim, hook) = sim_with_app_hook().await;
    for number in 0..50 {
        sim.person("ana").retitle("acme/web", 1, &format!("Title {number}"));
    }
    sim.flush().await;
    let titles: Vec<Value> = hook.letters().iter().map(|l| l.payload()["issue"]["title"].clone()).collect();
    assert_eq!(titles, (0..50).map(|number| json!(format!("Title {number}"))).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_failed_delivery_is_not_repeated_until_somebody_asks_and_then_keeps_its_guid() {
    let (sim, hook) = sim_with_app_hook().await;
    hook.answer(503);
    sim.person("ana").add_label("acme/web", 1, "status/ready");
    sim.flush().await;
    let first = hook.take();
    assert_eq!(first.len(), 1);
    hook.answer(202);

    let app = Client::with(&sim, Some(&app_token()));
    let failed = app.get("/app/hook/deliveries?status=failure").await.json();
    assert_eq!((failed[0]["status_code"].as_u64(), failed.as_array().map(Vec::len)), (Some(503), Some(1)));
    let id = failed[0]["id"].as_u64().expect("a number");
    let answer = app.post(&format!("/app/hook/deliveries/{id}/attempts"), json!({})).await;
    assert_eq!(answer.status, 202);
    sim.flush().await;

    let second = hook.take();
    assert_eq!(second[0].header("x-github-delivery"), first[0].header("x-github-delivery"));
    assert_eq!(second[0].body, first[0].body);
    let newest = app.get("/app/hook/deliveries?per_page=1").await;
    let newest_item = newest.json()[0].clone();
    assert_eq!((&newest_item["redelivery"], &newest_item["status"]), (&json!(true), &json!("OK")));
    assert_ne!(newest_item["id"], id);
    assert_eq!(newest_item["guid"], failed[0]["guid"]);
    let full = app.get(&format!("/app/hook/deliveries/{}", newest_item["id"])).await.json();
    assert_eq!(full["request"]["payload"]["action"], "labeled");
    let next = newest.header("link").trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
    assert_eq!(app.get(&next).await.json()[0]["id"], id, "the cursor goes on with the one before");
}

#[tokio::test]
async fn a_repository_hook_is_pinged_and_gets_the_events_it_asked_for() {
    let hook = Receiver::start().await;
    let sim = GithubSim::builder().start().await;
    sim.repo("acme/web");
    let api = Client::new(&sim);
    let config = json!({ "url": hook.url(), "secret": "s", "content_type": "json" });
    let made = api.post("/repos/acme/web/hooks", json!({ "config": config, "events": ["issues"] })).await;
    assert_eq!((made.status, &made.json()["config"]["secret"]), (201, &json!("********")));
    let issue = sim.repo("acme/web").issue("One").open();
    sim.person("ana").comment("acme/web", issue.number, "not asked for");
    sim.repo("acme/other").issue("Not ours").open();
    sim.flush().await;
    assert_eq!(hook.kinds(), ["ping", "issues.opened"]);
    let letter = hook.take().remove(1);
    assert_eq!(letter.header("x-github-hook-installation-target-type"), "repository");
    assert!(letter.payload().get("installation").is_none());

    let path = format!("/repos/acme/web/hooks/{}", made.json()["id"]);
    let kept = api.patch(&format!("{path}/config"), json!({ "url": hook.url() })).await.json();
    assert_eq!(kept["secret"], "********", "the configuration's own route keeps what it is not told");
    let unsigned = api.patch(&path, json!({ "config": { "url": hook.url() } })).await.json();
    assert!(unsigned["config"].get("secret").is_none(), "a configuration without a secret removes it");
    api.patch(&path, json!({ "active": false })).await;
    sim.person("ana").close("acme/web", issue.number);
    sim.flush().await;
    assert_eq!(hook.kinds(), Vec::<String>::new());
    assert_eq!(api.get(&format!("{path}/deliveries")).await.json().as_array().map(Vec::len), Some(2));
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_a_failed_delivery() {
    let sim = GithubSim::builder().webhook("http://127.0.0.1:9/hook", "s").start().await;
    sim.repo("acme/web").issue("One").open();
    sim.flush().await;
    let statuses: Vec<String> = sim.deliveries().into_iter().map(|delivery| delivery.status).collect();
    assert_eq!(statuses, ["failed to connect to host", "failed to connect to host"]);
}

#[tokio::test]
async fn deliveries_can_be_lost_in_three_ways() {
    let (sim, hook) = sim_with_app_hook().await;
    let ana = sim.person("ana");
    let known = sim.deliveries().len();
    for (how, recorded) in [(Loss::Failed, Some(0)), (Loss::Swallowed, Some(200)), (Loss::NeverSent, None)] {
        let before = sim.deliveries().len();
        sim.delivery_fault(DeliveryFault::Lose { next: 1, how });
        ana.retitle("acme/web", 1, &format!("{how:?}"));
        sim.flush().await;
        let codes: Vec<u16> =
            sim.deliveries()[before..].iter().map(|delivery| delivery.status_code).collect();
        assert_eq!(codes, recorded.into_iter().collect::<Vec<_>>(), "{how:?}");
    }
    assert_eq!(hook.kinds(), Vec::<String>::new());
    sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 0.5, seed: 7, how: Loss::Failed });
    for number in 0..40 {
        ana.retitle("acme/web", 1, &format!("Title {number}"));
    }
    sim.flush().await;
    let arrived = hook.take().len();
    assert!((8..=32).contains(&arrived), "about half of 40, not {arrived}");
    sim.clear_faults();
    ana.retitle("acme/web", 1, "Last");
    sim.flush().await;
    assert_eq!(hook.kinds(), ["issues.edited"]);
    assert_eq!(sim.deliveries().len(), known + 2 + 40 + 1);
}

#[tokio::test]
async fn deliveries_can_be_doubled_delayed_and_shuffled() {
    let (sim, hook) = sim_with_app_hook().await;
    let ana = sim.person("ana");
    sim.delivery_fault(DeliveryFault::Duplicate { next: 1 });
    sim.delivery_fault(DeliveryFault::Delay { next: 1, ms: 20 });
    ana.retitle("acme/web", 1, "Twice");
    sim.flush().await;
    let letters = hook.take();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].header("x-github-delivery"), letters[1].header("x-github-delivery"));

    let mut orders = Vec::new();
    for _ in 0..2 {
        sim.delivery_fault(DeliveryFault::Shuffle { window: 8, seed: 3 });
        for number in 0..10 {
            ana.retitle("acme/web", 1, &format!("Title {number}"));
        }
        sim.flush().await;
        let titles = hook.take().into_iter().map(|l| l.payload()["issue"]["title"].to_string());
        orders.push(titles.collect::<Vec<_>>());
        sim.clear_faults();
    }
    let mut sorted = orders[0].clone();
    sorted.sort();
    assert_eq!(sorted.len(), 10, "flush sends those that do not fill a window");
    assert_ne!(orders[0], sorted);
    assert_eq!(orders[0], orders[1], "the same seed gives the same order");
}
