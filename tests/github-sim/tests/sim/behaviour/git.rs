//! Branches and commits through the API.

use serde_json::json;

use super::{Behaviour, World, behaviour};

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "a branch is made at a commit that is known, once",
        "https://docs.github.com/en/rest/git/refs#create-a-reference",
        async |w: World| {
            let main = w.api.get("/repos/acme/web/git/ref/heads/main").await.json();
            let sha = &main["object"]["sha"];
            let body = json!({ "ref": "refs/heads/dispatch/issue-1", "sha": sha });
            let made = w.api.post("/repos/acme/web/git/refs", body.clone()).await;
            assert_eq!((made.status, &made.json()["object"]["sha"]), (201, sha));
            assert_eq!(w.events().await, ["push"]);
            let again = w.api.post("/repos/acme/web/git/refs", body).await;
            assert_eq!((again.status, &again.json()["message"]), (422, &json!("Reference already exists")));
            let nowhere = json!({ "ref": "refs/heads/other", "sha": "0".repeat(40) });
            assert_eq!(w.api.post("/repos/acme/web/git/refs", nowhere).await.status, 422);
            assert_eq!(w.api.get("/repos/acme/web/git/ref/heads/other").await.status, 404);
        }
    ),
    behaviour!(
        "a file put on a branch is a commit there, and the head of the pull request from it",
        "https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents",
        async |w: World| {
            w.sim.repo("acme/web").pull("A change").head("work").open();
            w.events().await;
            let file = json!({ "message": "Add notes", "content": "aGVsbG8=", "branch": "work" });
            let put = w.api.put("/repos/acme/web/contents/notes/one.md", file).await;
            assert_eq!((put.status, &put.json()["content"]["path"]), (201, &json!("notes/one.md")));
            assert_eq!(w.events().await, ["push", "pull_request.synchronize"]);
            let pull = w.api.get("/repos/acme/web/pulls/1").await.json();
            assert_eq!(pull["head"]["sha"], put.json()["commit"]["sha"]);
            for (body, status) in [
                (json!({ "message": "m", "content": "aGVsbG8=", "branch": "none" }), 404),
                (json!({ "message": "m", "content": "?", "branch": "work" }), 422),
                (json!({ "content": "aGVsbG8=" }), 422),
            ] {
                assert_eq!(w.api.put("/repos/acme/web/contents/x.md", body).await.status, status);
            }
        }
    ),
];
