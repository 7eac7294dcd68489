//! Lists: filters, order, pages, entity tags.

use serde_json::json;

use super::{Behaviour, World, behaviour};
use crate::client::Client;

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "every pull request is an issue: lists of issues have them, with the key pull_request",
        "https://docs.github.com/en/rest/issues/issues#list-repository-issues",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            repo.issue("An issue").open();
            let pull = repo.pull("A change").open();
            let list = w.api.get("/repos/acme/web/issues?direction=asc").await.json();
            assert!(list[0].get("pull_request").is_none());
            assert!(list[1]["pull_request"]["url"].as_str().is_some_and(|url| url.ends_with("/pulls/2")));
            assert_eq!(list[1]["id"], pull.id);
            assert_ne!(pull.pull.expect("it is a pull request").id, pull.id, "two identities");
            let pulls = w.api.get("/repos/acme/web/pulls").await;
            assert_eq!(pulls.numbers(), [2]);
        }
    ),
    behaviour!(
        "lists are open issues, newest first, unless state, sort and direction say otherwise",
        "https://docs.github.com/en/rest/issues/issues#list-repository-issues",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            for title in ["One", "Two", "Three"] {
                repo.issue(title).labels(["bug"]).open();
                w.advance(1);
            }
            let ana = w.sim.person("ana");
            ana.close("acme/web", 2);
            w.advance(1);
            ana.add_label("acme/web", 1, "question");
            let list =
                async |query: &str| w.api.get(&format!("/repos/acme/web/issues{query}")).await.numbers();
            assert_eq!(list("").await, [3, 1]);
            assert_eq!(list("?state=closed").await, [2]);
            assert_eq!(list("?state=all&sort=updated&direction=asc").await, [3, 2, 1]);
            assert_eq!(list("?state=all&sort=updated").await, [1, 2, 3]);
            assert_eq!(list("?labels=BUG,Question").await, [1]);
            assert_eq!(w.api.get("/repos/acme/web/issues?state=shut").await.status, 422);
        }
    ),
    behaviour!(
        "since takes what was updated in that second or later",
        "https://docs.github.com/en/rest/issues/issues#list-repository-issues",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.advance(10);
            w.sim.repo("acme/web").issue("Two").open();
            let list = async |since: &str| {
                w.api.get(&format!("/repos/acme/web/issues?state=all&since={since}")).await.numbers()
            };
            assert_eq!(list("2026-11-02T09:00:00Z").await, [2, 1]);
            assert_eq!(list("2026-11-02T09:00:01Z").await, [2]);
            assert_eq!(list("2026-11-02T09:00:10Z").await, [2]);
            assert_eq!(list("2026-11-02T09:00:11Z").await, Vec::<u64>::new());
            assert_eq!(w.api.get("/repos/acme/web/issues?since=yesterday").await.status, 422);
        }
    ),
    behaviour!(
        "pages have 30 items, at most 100, and Link says where to go on",
        "https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api",
        async |w: World| {
            let repo = w.sim.repo("acme/web");
            for number in 0..205 {
                repo.issue(&format!("Issue {number}")).open();
            }
            let first = w.api.get("/repos/acme/web/issues").await;
            assert_eq!(first.numbers().len(), 30);
            let page = w.api.get("/repos/acme/web/issues?per_page=500&state=all").await;
            assert_eq!(page.numbers().len(), 100);
            assert!(!page.header("link").contains("rel=\"prev\""));
            let mut seen = page.numbers();
            let mut link = page.header("link").to_owned();
            while let Some(next) = link.split(", ").find(|link| link.ends_with("rel=\"next\"")) {
                let url = next.trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
                let page = w.api.get(&url).await;
                seen.extend(page.numbers());
                link = page.header("link").to_owned();
            }
            assert_eq!(seen, (1..=205).rev().collect::<Vec<_>>());
            assert!(link.contains("rel=\"first\"") && link.contains("rel=\"prev\""), "{link}");
            assert!(!link.contains("rel=\"last\""), "{link}");
        }
    ),
    behaviour!(
        "a conditional request for what has not changed is 304 and free",
        "https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            let path = "/repos/acme/web/issues?state=all";
            let first = w.api.get(path).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with("W/\""), "{tag}");
            let again = || w.api.request(reqwest::Method::GET, path).header("if-none-match", &tag);
            let same = Client::send(again()).await;
            assert_eq!((same.status, same.text.as_str()), (304, ""));
            assert_eq!(same.header("x-ratelimit-used"), first.header("x-ratelimit-used"));
            w.sim.person("ana").add_label("acme/web", 1, "bug");
            let changed = Client::send(again()).await;
            assert_eq!((changed.status, changed.header("x-ratelimit-used")), (200, "2"));
            assert_eq!((w.sim.requests().not_modified, w.sim.requests().charged), (1, 2));
        }
    ),
    behaviour!(
        "an entity tag is good for one credential only",
        "https://github.com/github/docs/issues/34689",
        async |w: World| {
            w.sim.grant_token("other", "dispatch-bot");
            let tag = w.api.get("/repos/acme/web").await.header("etag").to_owned();
            let other = Client::with(&w.sim, Some("other"));
            let request = other.request(reqwest::Method::GET, "/repos/acme/web").header("if-none-match", tag);
            assert_eq!(Client::send(request).await.status, 200);
        }
    ),
    behaviour!(
        "labels of an issue and of a repository are lists like any other",
        "https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").labels(["a", "b"]).open();
            assert_eq!(w.api.get("/repos/acme/web/issues/1/labels?per_page=1&page=2").await.names(), ["b"]);
            let all = w.api.get("/repos/acme/web/labels?per_page=100").await;
            assert_eq!(all.names().len(), 9 + 2, "GitHub's default labels and ours");
            let answer = w.api.post("/repos/acme/web/labels", json!({ "name": "x", "color": "red" })).await;
            assert_eq!(answer.status, 422, "a colour is six hexadecimal digits");
        }
    ),
];
