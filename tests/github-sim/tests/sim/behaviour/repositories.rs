//! Repositories.

use serde_json::json;

use super::{Behaviour, World, behaviour};

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "the old name of a renamed repository redirects to the address by number, 301 for reads",
        "https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            repo.issue("One").open();
            w.events().await;
            w.sim.person("ana").rename_repository("acme/web", "site");
            assert_eq!(w.events().await, ["repository.renamed"]);
            let answer = w.api.get("/repos/acme/web/issues?state=all").await;
            let location = format!("{}/repositories/{}/issues?state=all", w.sim.url(), repo.id());
            assert_eq!((answer.status, answer.header("location")), (301, location.as_str()));
            assert_eq!(w.api.get(&location).await.numbers(), [1]);
            let facts = w.api.get(&format!("/repositories/{}", repo.id())).await.json();
            assert_eq!(facts["full_name"], "acme/site");
        }
    ),
    behaviour!(
        "a write under the old name is redirected with 307, so that it is repeated unchanged",
        "https://github.com/18F/charlie/pull/85",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.sim.person("ana").rename_repository("acme/web", "site");
            let answer = w.api.post("/repos/acme/web/issues/1/labels", json!({ "labels": ["bug"] })).await;
            assert_eq!(answer.status, 307);
            assert_eq!(w.sim.issue("acme/site", 1).labels, Vec::<String>::new());
            let answer = w.api.post(answer.header("location"), json!({ "labels": ["bug"] })).await;
            assert_eq!((answer.status, answer.names()), (200, vec!["bug".to_owned()]));
        }
    ),
    behaviour!(
        "an archived repository is read-only: writes are 403",
        "https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.events().await;
            w.sim.person("ana").archive_repository("acme/web", true);
            assert_eq!(w.events().await, ["repository.archived"]);
            assert_eq!(w.api.get("/repos/acme/web").await.json()["archived"], true);
            for answer in [
                w.api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await,
                w.api.patch("/repos/acme/web/issues/1", json!({ "state": "closed" })).await,
                w.api.post("/repos/acme/web/issues", json!({ "title": "New" })).await,
            ] {
                let said = answer.json()["message"].clone();
                assert_eq!((answer.status, said), (403, json!("Repository was archived so is read-only.")));
            }
            w.sim.person("ana").archive_repository("acme/web", false);
            assert_eq!(w.api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await.status, 200);
        }
    ),
    behaviour!(
        "a deleted repository, and one that never was, is 404",
        "https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource",
        async |w: World| {
            w.sim.person("ana").delete_repository("acme/web");
            assert_eq!(w.events().await, ["repository.deleted"]);
            let answer = w.api.get("/repos/acme/web").await;
            assert_eq!((answer.status, &answer.json()["message"]), (404, &json!("Not Found")));
            assert_eq!(w.api.get("/repositories/1").await.status, 404);
            assert_eq!(w.api.get("/no/such/route").await.status, 404);
        }
    ),
    behaviour!(
        "names of repositories compare without case",
        "https://docs.github.com/en/rest/repos/repos#get-a-repository",
        async |w: World| {
            let answer = w.api.get("/repos/ACME/Web").await;
            assert_eq!((answer.status, &answer.json()["full_name"]), (200, &json!("acme/web")));
        }
    ),
    behaviour!(
        "the newest commit of a branch",
        "https://docs.github.com/en/rest/commits/commits#get-a-commit",
        async |w: World| {
            let before = w.api.get("/repos/acme/web/commits/main").await.json()["sha"].clone();
            assert_eq!(before, w.sim.repo("acme/web").head_sha());
            w.sim.person("ana").push("acme/web", "main");
            assert_ne!(w.api.get("/repos/acme/web/commits/main").await.json()["sha"], before);
            assert_eq!(w.api.get("/repos/acme/web/commits/nowhere").await.status, 422);
        }
    ),
];
