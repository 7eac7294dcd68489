//! Pull requests.

use serde_json::json;

use super::{Behaviour, World, behaviour};

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "labels of a pull request go through the issue routes and send pull_request events",
        "https://docs.github.com/en/rest/issues/labels",
        async |w: World| {
            w.sim.repo("acme/web").pull("A change").open();
            assert_eq!(w.events().await, ["pull_request.opened"]);
            w.api.post("/repos/acme/web/issues/1/labels", json!({ "labels": ["bug"] })).await;
            w.api.delete("/repos/acme/web/issues/1/labels/bug").await;
            assert_eq!(w.events().await, ["pull_request.labeled", "pull_request.unlabeled"]);
        }
    ),
    behaviour!(
        "merging into the default branch closes the issues that the text names with a keyword",
        "https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            for title in ["One", "Two", "Three"] {
                repo.issue(title).open();
            }
            let pull = repo.pull("A change").body("Fixes #1, mentions #2, closes acme/web#3").open();
            let before = repo.head_sha();
            w.events().await;
            let answer = w.api.put(&format!("/repos/acme/web/pulls/{}/merge", pull.number), json!({})).await;
            assert_eq!((answer.status, &answer.json()["merged"]), (200, &json!(true)));
            assert_ne!(repo.head_sha(), before);
            assert_eq!(w.events().await, ["push", "pull_request.closed", "issues.closed", "issues.closed"]);
            let open: Vec<bool> = (1..=3).map(|number| w.sim.issue("acme/web", number).is_open()).collect();
            assert_eq!(open, [false, true, false]);
            let merged = w.api.get(&format!("/repos/acme/web/pulls/{}", pull.number)).await.json();
            assert_eq!((&merged["merged"], &merged["state"]), (&json!(true), &json!("closed")));
            assert_eq!(merged["merged_by"]["login"], "dispatch-bot");
            let answer = w.api.put("/repos/acme/web/pulls/4/merge", json!({})).await;
            assert_eq!(answer.status, 405, "it is merged already");
        }
    ),
    behaviour!(
        "merging into another branch closes nothing",
        "https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            repo.issue("One").open();
            w.sim.person("ana").push("acme/web", "next");
            let pull = repo.pull("A change").body("Fixes #1").base("next").open();
            w.sim.person("ana").merge("acme/web", pull.number);
            assert!(w.sim.issue("acme/web", 1).is_open());
        }
    ),
    behaviour!(
        "a push to its branch gives a pull request a new head",
        "https://docs.github.com/en/webhooks/webhook-events-and-payloads?actionType=synchronize#pull_request",
        async |w: World| {
            let pull = w.sim.repo("acme/web").pull("A change").head("work").open();
            let before = pull.pull.expect("it is a pull request").head_sha;
            w.events().await;
            w.sim.person("ana").push("acme/web", "work");
            w.sim.flush().await;
            let letters = w.hook.take();
            assert_eq!(
                letters.iter().map(|l| l.kind()).collect::<Vec<_>>(),
                ["push", "pull_request.synchronize"]
            );
            let payload = letters[1].payload();
            assert_eq!(payload["before"], before);
            assert_eq!(payload["after"], payload["pull_request"]["head"]["sha"]);
            let answer = w.api.put("/repos/acme/web/pulls/1/merge", json!({ "sha": before })).await;
            assert_eq!(answer.status, 409, "the head is not what the caller saw");
        }
    ),
    behaviour!(
        "drafts cannot be merged; people convert them",
        "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-pull-requests",
        async |w: World| {
            w.sim.repo("acme/web").pull("A change").draft().open();
            w.events().await;
            assert_eq!(w.api.put("/repos/acme/web/pulls/1/merge", json!({})).await.status, 405);
            w.sim.person("ana").set_draft("acme/web", 1, false);
            assert_eq!(w.events().await, ["pull_request.ready_for_review"]);
            assert_eq!(w.api.get("/repos/acme/web/pulls/1").await.json()["draft"], false);
        }
    ),
    behaviour!(
        "there is one open pull request per head and base, and the head must exist",
        "https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request",
        async |w: World| {
            let body = json!({ "title": "A change", "head": "work", "base": "main", "body": "Fixes #1" });
            assert_eq!(w.api.post("/repos/acme/web/pulls", body.clone()).await.status, 422);
            w.sim.person("ana").push("acme/web", "work");
            let answer = w.api.post("/repos/acme/web/pulls", body.clone()).await;
            assert_eq!((answer.status, &answer.json()["user"]["login"]), (201, &json!("dispatch-bot")));
            let answer = w.api.post("/repos/acme/web/pulls", body).await;
            let said = answer.json()["errors"][0]["message"].clone();
            assert_eq!((answer.status, said), (422, json!("A pull request already exists for acme:work.")));
        }
    ),
    behaviour!(
        "a pull request is edited, closed and opened again under its own number",
        "https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request",
        async |w: World| {
            w.sim.repo("acme/web").pull("A change").open();
            w.events().await;
            let path = "/repos/acme/web/pulls/1";
            assert_eq!(w.api.patch(path, json!({ "title": "A better change" })).await.status, 200);
            assert_eq!(w.api.patch(path, json!({ "state": "closed" })).await.json()["state"], "closed");
            assert_eq!(w.api.patch("/repos/acme/web/issues/1", json!({ "state": "open" })).await.status, 200);
            let expected = ["pull_request.edited", "pull_request.closed", "pull_request.reopened"];
            assert_eq!(w.events().await, expected);
            assert_eq!(w.api.get("/repos/acme/web/pulls/7").await.status, 404);
        }
    ),
];
