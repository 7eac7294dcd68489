//! Issues and their labels.

use github_sim::{Change, IssueState};
use serde_json::json;

use super::{Behaviour, World, behaviour};

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "adding labels sends one event per label, each with the whole issue",
        "https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues",
        async |w: World| {
            let issue = w.sim.repo("acme/web").issue("One").labels(["kept"]).open();
            w.events().await;
            let answer = w.api.post("/repos/acme/web/issues/1/labels", json!({ "labels": ["a", "b"] })).await;
            assert_eq!((answer.status, answer.names()), (200, vec!["kept".into(), "a".into(), "b".into()]));
            w.sim.flush().await;
            let letters = w.hook.take();
            let labeled: Vec<_> = letters.iter().filter(|letter| letter.kind() == "issues.labeled").collect();
            let added: Vec<_> =
                labeled.iter().map(|letter| letter.payload()["label"]["name"].clone()).collect();
            assert_eq!(added, ["a", "b"]);
            for letter in labeled {
                let payload = letter.payload();
                assert_eq!(payload["issue"]["id"], issue.id);
                assert_eq!(payload["issue"]["title"], "One");
                assert_eq!(payload["issue"]["labels"].as_array().map(Vec::len), Some(3));
                assert_eq!(payload["sender"]["login"], "dispatch-bot");
            }
        }
    ),
    behaviour!(
        "adding labels that do not exist creates them with the default colour",
        "https://docs.github.com/en/rest/issues/labels#add-labels-to-an-issue",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.events().await;
            let answer = w.api.post("/repos/acme/web/issues/1/labels", json!(["agent/alpha"])).await;
            assert_eq!(answer.json()[0]["color"], "ededed");
            assert_eq!(w.events().await, ["label.created", "issues.labeled"]);
            assert_eq!(w.api.get("/repos/acme/web/labels/agent%2Falpha").await.status, 200);
        }
    ),
    behaviour!(
        "labels compare without case and keep the repository's spelling",
        "https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/managing-labels",
        async |w: World| {
            w.sim.repo("acme/web").labels(["Status/Ready"]).issue("One").open();
            w.events().await;
            let path = "/repos/acme/web/issues/1/labels";
            assert_eq!(
                w.api.post(path, json!({ "labels": ["status/READY"] })).await.names(),
                ["Status/Ready"]
            );
            assert_eq!(
                w.api.post(path, json!({ "labels": ["STATUS/ready"] })).await.names(),
                ["Status/Ready"]
            );
            assert_eq!(w.events().await, ["issues.labeled"], "the second changed nothing");
            let answer = w.api.delete(&format!("{path}/sTATUS%2Fready")).await;
            assert_eq!((answer.status, answer.text.as_str()), (200, "[]"));
            let answer = w.api.post("/repos/acme/web/labels", json!({ "name": "STATUS/READY" })).await;
            assert_eq!(
                (answer.status, answer.json()["errors"][0]["code"].as_str()),
                (422, Some("already_exists"))
            );
        }
    ),
    behaviour!(
        "removing a label answers with those that remain, and 404 when the issue has it not",
        "https://docs.github.com/en/rest/issues/labels#remove-a-label-from-an-issue",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").labels(["status/ready", "type/bug"]).open();
            w.events().await;
            for path in ["status%2Fready", "type/bug"] {
                let answer = w.api.delete(&format!("/repos/acme/web/issues/1/labels/{path}")).await;
                assert_eq!(answer.status, 200, "{path}");
            }
            assert_eq!(w.events().await, ["issues.unlabeled", "issues.unlabeled"]);
            let answer = w.api.delete("/repos/acme/web/issues/1/labels/status%2Fready").await;
            assert_eq!(
                (answer.status, answer.json()["message"].as_str()),
                (404, Some("Label does not exist"))
            );
        }
    ),
    behaviour!(
        "setting labels replaces them all, one event each way",
        "https://docs.github.com/en/rest/issues/labels#set-labels-for-an-issue",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").labels(["a", "b"]).open();
            w.events().await;
            let answer =
                w.api.put("/repos/acme/web/issues/1/labels", json!({ "labels": ["b", "bug"] })).await;
            assert_eq!(answer.names(), ["b", "bug"]);
            assert_eq!(w.events().await, ["issues.unlabeled", "issues.labeled"]);
            assert_eq!(w.api.delete("/repos/acme/web/issues/1/labels").await.status, 204);
            assert_eq!(w.sim.issue("acme/web", 1).labels, Vec::<String>::new());
        }
    ),
    behaviour!(
        "an issue has at most 100 labels, those present counted again when they are sent again",
        "https://github.com/actions/labeler/issues/561",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            let names = |count: usize| (0..count).map(|n| format!("l{n}")).collect::<Vec<_>>();
            let path = "/repos/acme/web/issues/1/labels";
            assert_eq!(w.api.post(path, json!({ "labels": names(51) })).await.status, 200);
            let answer = w.api.post(path, json!({ "labels": names(51) })).await;
            assert_eq!(answer.status, 422);
            assert!(answer.json()["message"].as_str().unwrap_or_default().contains("more than 100 labels"));
            assert_eq!(w.api.put(path, json!({ "labels": names(100) })).await.status, 200);
            assert_eq!(w.api.put(path, json!({ "labels": names(101) })).await.status, 422);
        }
    ),
    behaviour!(
        "updated_at has a resolution of one second; labels and comments move it",
        "https://docs.github.com/en/rest/using-the-rest-api/timezones-and-the-rest-api",
        async |w: World| {
            let ana = w.sim.person("ana");
            w.sim.repo("acme/web").issue("One").open();
            let before = w.api.get("/repos/acme/web/issues/1").await.json()["updated_at"].clone();
            assert_eq!(before, "2026-11-02T09:00:00Z");
            w.sim.clock().advance(jiff::SignedDuration::from_millis(100));
            ana.add_label("acme/web", 1, "bug");
            assert_eq!(w.api.get("/repos/acme/web/issues/1").await.json()["updated_at"], before, "a tie");
            w.advance(1);
            ana.remove_label("acme/web", 1, "bug");
            assert_eq!(
                w.api.get("/repos/acme/web/issues/1").await.json()["updated_at"],
                "2026-11-02T09:00:01Z"
            );
            w.advance(1);
            ana.comment("acme/web", 1, "Any news?");
            let issue = w.api.get("/repos/acme/web/issues/1").await.json();
            assert_eq!(
                (issue["updated_at"].as_str(), issue["comments"].as_u64()),
                (Some("2026-11-02T09:00:02Z"), Some(1))
            );
        }
    ),
    behaviour!(
        "closing sets state, closed_at and state_reason; reopening clears closed_at",
        "https://docs.github.com/en/rest/issues/issues#update-an-issue",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.events().await;
            let path = "/repos/acme/web/issues/1";
            let issue =
                w.api.patch(path, json!({ "state": "closed", "state_reason": "not_planned" })).await.json();
            assert_eq!((&issue["state"], &issue["state_reason"]), (&json!("closed"), &json!("not_planned")));
            assert_eq!(
                (&issue["closed_at"], &issue["closed_by"]["login"]),
                (&issue["updated_at"], &json!("dispatch-bot"))
            );
            let issue = w.api.patch(path, json!({ "state": "open" })).await.json();
            assert_eq!((&issue["state"], &issue["state_reason"]), (&json!("open"), &json!("reopened")));
            assert!(issue["closed_at"].is_null());
            assert_eq!(w.events().await, ["issues.closed", "issues.reopened"]);
            let issue = w.api.patch(path, json!({ "state": "closed" })).await.json();
            assert_eq!(issue["state_reason"], "completed");
        }
    ),
    behaviour!(
        "an edit says what the title and the text were",
        "https://docs.github.com/en/webhooks/webhook-events-and-payloads?actionType=edited#issues",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").body("old").open();
            w.events().await;
            w.api.patch("/repos/acme/web/issues/1", json!({ "title": "Two", "body": "new" })).await;
            w.sim.flush().await;
            let changes = w.hook.letters()[0].payload()["changes"].clone();
            assert_eq!(changes, json!({ "title": { "from": "One" }, "body": { "from": "old" } }));
        }
    ),
    behaviour!(
        "opening an issue with labels sends opened and then one labeled per label",
        "https://docs.github.com/en/rest/issues/issues#create-an-issue",
        async |w: World| {
            let body =
                json!({ "title": "New", "labels": ["bug", { "name": "question" }], "assignees": ["ana"] });
            let answer = w.api.post("/repos/acme/web/issues", body).await;
            assert_eq!((answer.status, answer.json()["number"].as_u64()), (201, Some(1)));
            let expected = ["issues.opened", "issues.labeled", "issues.labeled", "issues.assigned"];
            assert_eq!(w.events().await, expected);
            let answer = w.api.post("/repos/acme/web/issues", json!({ "body": "no title" })).await;
            assert_eq!((answer.status, answer.json()["errors"][0]["field"].as_str()), (422, Some("title")));
        }
    ),
    behaviour!(
        "the event of opening may come without the labels, those of labelling have them",
        "https://github.com/eslint/eslint-github-bot/issues/38",
        async |w: World| {
            w.sim.opened_without_labels(true);
            w.sim.repo("acme/web").issue("One").labels(["bug", "question"]).open();
            w.sim.flush().await;
            let letters = w.hook.take();
            let labels = |letter: &crate::receiver::Letter| {
                letter.payload()["issue"]["labels"].as_array().map(Vec::len)
            };
            assert_eq!(letters.iter().map(labels).collect::<Vec<_>>(), [Some(0), Some(2), Some(2)]);
            assert_eq!(w.sim.issue("acme/web", 1).labels, ["bug", "question"]);
        }
    ),
    behaviour!(
        "a deleted issue is 410",
        "https://docs.github.com/en/rest/issues/issues#get-an-issue",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.events().await;
            w.sim.person("ana").delete_issue("acme/web", 1);
            assert_eq!(w.events().await, ["issues.deleted"]);
            assert_eq!(w.api.get("/repos/acme/web/issues/1").await.status, 410);
            assert_eq!(w.api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await.status, 410);
            assert_eq!(w.api.get("/repos/acme/web/issues/2").await.status, 404);
        }
    ),
    behaviour!(
        "a transferred issue is 301 to where it lives now, with another id and only the labels known there",
        "https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository",
        async |w: World| {
            w.sim.repo("acme/api").labels(["status/ready"]).issue("First there").open();
            let old = w.sim.repo("acme/web").issue("One").labels(["STATUS/ready", "agent/alpha"]).open();
            w.sim.person("ana").comment("acme/web", 1, "moves along");
            w.events().await;
            w.sim.person("ana").transfer_issue("acme/web", 1, "acme/api");
            assert_eq!(w.events().await, ["issues.transferred", "issues.opened"]);
            let answer = w.api.get("/repos/acme/web/issues/1").await;
            assert_eq!(answer.status, 301);
            let moved = w.api.get(answer.header("location")).await.json();
            assert_eq!((moved["number"].as_u64(), moved["comments"].as_u64()), (Some(2), Some(1)));
            assert_ne!(moved["id"], old.id);
            assert_eq!(w.sim.issue("acme/api", 2).labels, ["status/ready"]);
            assert_eq!(w.sim.comments("acme/api", 2)[0].body, "moves along");
        }
    ),
    behaviour!(
        "renaming or deleting a label's definition changes the issues without touching their updated_at",
        "https://docs.github.com/en/webhooks/webhook-events-and-payloads#label",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").labels(["status/ready", "old"]).open();
            let before = w.sim.issue("acme/web", 1).updated_at;
            w.events().await;
            w.advance(5);
            let answer = w.api.patch("/repos/acme/web/labels/old", json!({ "new_name": "new" })).await;
            assert_eq!(answer.json()["name"], "new");
            assert_eq!(w.api.delete("/repos/acme/web/labels/status%2Fready").await.status, 204);
            assert_eq!(w.events().await, ["label.edited", "label.deleted"]);
            let issue = w.sim.issue("acme/web", 1);
            assert_eq!((issue.labels, issue.updated_at), (vec!["new".to_owned()], before));
        }
    ),
    behaviour!(
        "comments are listed by age, and by time with since",
        "https://docs.github.com/en/rest/issues/comments#list-issue-comments-for-a-repository",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.events().await;
            let answer = w.api.post("/repos/acme/web/issues/1/comments", json!({ "body": "first" })).await;
            assert_eq!(answer.status, 201);
            assert_eq!(w.events().await, ["issue_comment.created"]);
            w.advance(60);
            w.sim.person("ana").comment("acme/web", 1, "second");
            let all = w.api.get("/repos/acme/web/issues/1/comments").await.json();
            assert_eq!((&all[0]["body"], &all[1]["body"]), (&json!("first"), &json!("second")));
            let late = w.api.get("/repos/acme/web/issues/comments?since=2026-11-02T09:00:30Z").await.json();
            assert_eq!((late.as_array().map(Vec::len), &late[0]["body"]), (Some(1), &json!("second")));
            assert_eq!(w.api.post("/repos/acme/web/issues/1/comments", json!({})).await.status, 422);
        }
    ),
    behaviour!(
        "what is not JSON is 400, what has the wrong shape is 422, and neither changes anything",
        "https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            let request =
                w.api.request(reqwest::Method::PATCH, "/repos/acme/web/issues/1").body("{\"state\":");
            let answer = crate::client::Client::send(request).await;
            assert_eq!(
                (answer.status, answer.json()["message"].as_str()),
                (400, Some("Problems parsing JSON"))
            );
            let answer = w.api.patch("/repos/acme/web/issues/1", json!({ "state": "shut" })).await;
            assert_eq!(answer.status, 422);
            assert_eq!(w.sim.issue("acme/web", 1).state, IssueState::Open);
            let unknown = w.sim.person("ana").act(Change::Reopen { repo: "acme/none".into(), number: 1 });
            assert!(unknown.is_err());
        }
    ),
];
