//! Credentials and limits.

use serde_json::json;

use super::{Behaviour, World, behaviour};
use crate::client::{Client, app_token};

pub(super) const TABLE: &[Behaviour] = &[
    behaviour!(
        "a wrong token is 401",
        "https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#failed-login-limit",
        async |w: World| {
            let answer = Client::with(&w.sim, Some("wrong")).get("/repos/acme/web").await;
            assert_eq!((answer.status, &answer.json()["message"]), (401, &json!("Bad credentials")));
            w.sim.revoke_token(Some("sim-token"));
            assert_eq!(w.api.get("/repos/acme/web").await.status, 401);
            w.sim.clear_faults();
            assert_eq!(w.api.get("/repos/acme/web").await.status, 200);
        }
    ),
    behaviour!(
        "without a token one may read 60 times an hour and write nothing",
        "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-unauthenticated-users",
        async |w: World| {
            let anonymous = Client::with(&w.sim, None);
            let answer = anonymous.get("/repos/acme/web").await;
            assert_eq!((answer.status, answer.header("x-ratelimit-limit")), (200, "60"));
            let answer = anonymous.post("/repos/acme/web/issues", json!({ "title": "New" })).await;
            assert_eq!((answer.status, &answer.json()["message"]), (401, &json!("Requires authentication")));
        }
    ),
    behaviour!(
        "every answer carries what is left of the hour",
        "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit",
        async |w: World| {
            w.api.get("/repos/acme/web").await;
            let answer = w.api.get("/repos/acme/none").await;
            let reset = "2026-11-02T10:00:00Z".parse::<jiff::Timestamp>().expect("a time").as_second();
            assert_eq!(answer.header("x-ratelimit-limit"), "5000");
            assert_eq!(answer.header("x-ratelimit-used"), "2");
            assert_eq!(answer.header("x-ratelimit-remaining"), "4998");
            assert_eq!(answer.header("x-ratelimit-reset"), reset.to_string());
            assert_eq!(answer.header("x-ratelimit-resource"), "core");
            let overview = w.api.get("/rate_limit").await;
            assert_eq!(overview.json()["resources"]["core"]["used"], 2, "asking is free");
            w.advance(3_600);
            assert_eq!(w.api.get("/repos/acme/web").await.header("x-ratelimit-used"), "1");
        }
    ),
    behaviour!(
        "an exhausted primary limit is 403 with nothing remaining, until the reset",
        "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.sim.exhaust_primary_limit();
            let answer = w.api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await;
            assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (403, "0"));
            let said = answer.json()["message"].as_str().unwrap_or_default().to_owned();
            assert!(said.starts_with("API rate limit exceeded for user ID "), "{said}");
            assert!(w.sim.issue("acme/web", 1).labels.is_empty());
            w.advance(3_601);
            assert_eq!(w.api.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await.status, 200);
        }
    ),
    behaviour!(
        "an installation token is asked for with the app's, is good for an hour, and has a budget of its own",
        "https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app",
        async |w: World| {
            w.sim.repo("acme/web").issue("One").open();
            w.sim.repo("other/secret");
            let app = Client::with(&w.sim, Some(&app_token()));
            let found = app.get("/repos/acme/web/installation").await.json();
            assert_eq!(found["id"].as_u64(), w.sim.installation_id("acme"));
            assert_eq!(app.get("/app/installations").await.json().as_array().map(Vec::len), Some(2));
            let answer =
                app.post(&format!("/app/installations/{}/access_tokens", found["id"]), json!({})).await;
            assert_eq!((answer.status, &answer.json()["expires_at"]), (201, &json!("2026-11-02T10:00:00Z")));
            let token = answer.json()["token"].as_str().unwrap_or_default().to_owned();
            assert!(token.starts_with("ghs_"));
            let installed = Client::with(&w.sim, Some(&token));
            let answer = installed.post("/repos/acme/web/issues/1/labels", json!(["bug"])).await;
            assert_eq!((answer.status, answer.header("x-ratelimit-used")), (200, "1"));
            assert_eq!(w.sim.writes()[0].actor, "dispatch-sim[bot]");
            assert_eq!(installed.get("/repos/other/secret").await.status, 404, "not its account");
            w.advance(3_601);
            assert_eq!(installed.get("/repos/acme/web").await.status, 401, "its hour is over");
        }
    ),
    behaviour!(
        "a request needs a User-Agent, and a version of the API that there is",
        "https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#user-agent-required",
        async |w: World| {
            let plain = reqwest::Client::builder().no_proxy().build().expect("a client");
            let url = format!("{}/repos/acme/web", w.sim.url());
            assert_eq!(Client::send(plain.get(&url)).await.status, 403);
            let of = |version: &str| {
                w.api.request(reqwest::Method::GET, "/repos/acme/web").header("x-github-api-version", version)
            };
            assert_eq!(Client::send(of("2026-03-10")).await.status, 200);
            assert_eq!(Client::send(of("2021-01-01")).await.status, 400);
        }
    ),
    behaviour!(
        "the app's own routes want the app's token",
        "https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app",
        async |w: World| {
            assert_eq!(w.api.get("/app/installations").await.status, 401);
            let strange = Client::with(&w.sim, Some("a.b.c"));
            assert_eq!(strange.get("/app/installations").await.status, 401);
            let app = Client::with(&w.sim, Some(&app_token()));
            assert_eq!(app.post("/app/installations/1/access_tokens", json!({})).await.status, 404);
        }
    ),
];
