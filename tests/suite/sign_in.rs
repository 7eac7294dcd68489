//! Operators sign in: by password, slowed down when they guess, and at an OpenID provider.

use std::collections::BTreeMap;

use http::StatusCode;
use jiff::SignedDuration;
use kit::Harness;
use kit::http::{Api, OPERATOR, Said};
use kit::oidc::{CLIENT_ID, CLIENT_SECRET, Provider};
use serde_json::{Value, json};

const URL: &str = "http://127.0.0.1:8787";
/// What sessions are signed with here.
pub(crate) const SECRET: &str = "a secret of thirty-two characters";

async fn try_password(api: &Api, password: &str, forwarded: &str) -> Said {
    let body = json!({ "username": OPERATOR.0, "password": password });
    api.anonymous().with("x-forwarded-for", forwarded).post("/api/auth/login", body).await
}

#[tokio::test]
async fn guessing_is_slowed_down_across_instances_and_nobody_else_is() {
    let h = Harness::new().await;
    // Two instances: they share nothing but the database.
    let apis = [h.api(), h.api()];
    for n in 0..10 {
        let said = try_password(&apis[n % 2], "wrong", "203.0.113.7, 10.0.0.1").await;
        assert_eq!(said.status, StatusCode::UNAUTHORIZED, "attempt {n}");
    }
    for api in &apis {
        let said = try_password(api, OPERATOR.1, "203.0.113.7, 10.0.0.1").await;
        assert_eq!((said.status, said.code()), (StatusCode::TOO_MANY_REQUESTS, "throttled"));
        assert_eq!(said.header("retry-after"), Some("900"));
    }
    // A password in a header is a guess like any other.
    let guess = apis[0].operator().with("x-forwarded-for", "203.0.113.7, 10.0.0.1");
    assert_eq!(guess.get("/api/board").await.code(), "throttled");
    assert_eq!(try_password(&apis[0], OPERATOR.1, "203.0.113.8, 10.0.0.1").await.status, StatusCode::OK);
    h.advance(SignedDuration::from_mins(16)).await;
    assert_eq!(try_password(&apis[1], OPERATOR.1, "203.0.113.7, 10.0.0.1").await.status, StatusCode::OK);
    assert_eq!(
        try_password(&apis[1], "wrong", "203.0.113.7, 10.0.0.1").await.status,
        StatusCode::UNAUTHORIZED
    );
    h.finish().await;
}

#[tokio::test]
async fn wrong_passwords_in_headers_are_counted_and_inventing_hops_does_not_help() {
    let h = Harness::new().await;
    let api = h.api();
    for n in 0..100 {
        let forwarded = format!("192.0.2.{n}, 198.51.100.1");
        let guess = api.with_password("wrong").with("x-forwarded-for", &forwarded);
        assert_eq!(guess.get("/api/board").await.status, StatusCode::UNAUTHORIZED, "attempt {n}");
    }
    let said = try_password(&api, OPERATOR.1, "192.0.2.200, 198.51.100.1").await;
    assert_eq!(said.code(), "throttled");
    // Agents are not concerned.
    let alpha = api.agent("alpha").with("x-forwarded-for", "192.0.2.200, 198.51.100.1");
    assert_eq!(alpha.get("/api/board").await.status, StatusCode::OK);
    h.finish().await;
}

/// The API in OIDC mode, with `more` settings.
pub(crate) fn at(h: &Harness, provider: &Provider, more: &[(&'static str, &str)]) -> Api {
    let mut pairs = vec![
        ("DISPATCH_AUTH_MODE", "oidc".to_owned()),
        ("DISPATCH_OIDC_ISSUER", format!("{}/.well-known/openid-configuration", provider.issuer)),
        ("DISPATCH_OIDC_CLIENT_ID", CLIENT_ID.to_owned()),
        ("DISPATCH_OIDC_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
        ("DISPATCH_SESSION_SECRET", SECRET.to_owned()),
        ("DISPATCH_URL", URL.to_owned()),
    ];
    pairs.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    h.api_with(pairs)
}

/// A browser on its way to the provider: its cookie, and the query it brings there.
pub(crate) struct Sent {
    pub(crate) cookie: String,
    pub(crate) query: BTreeMap<String, String>,
}

pub(crate) async fn begin(api: &Api, next: &str) -> Sent {
    let said = api.anonymous().get(&format!("/api/auth/login?next={next}")).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    let address = said.header("location").expect("an address").to_owned();
    let (_, query) = address.split_once('?').expect("a query");
    let query = serde_urlencoded::from_str(query).expect("a query");
    Sent { cookie: said.cookie("dispatch_sign_in").expect("a cookie"), query }
}

pub(crate) async fn come_back(api: &Api, cookie: &str, query: &[(&str, &str)]) -> Said {
    let query = serde_urlencoded::to_string(query).expect("a query");
    api.anonymous().with("cookie", cookie).get(&format!("/api/auth/callback/oidc?{query}")).await
}

pub(crate) async fn sign_in(api: &Api, provider: &Provider, next: &str, claims: Value) -> Said {
    let sent = begin(api, next).await;
    let code = provider.agree(&sent.query, claims);
    let query = [("code", code.as_str()), ("state", &sent.query["state"]), ("iss", &provider.issuer)];
    come_back(api, &sent.cookie, &query).await
}

/// The word on the sign-in page.
fn failure(said: &Said) -> &str {
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{said:?}");
    assert_eq!(said.cookie("dispatch_session"), None, "no session");
    said.header("location")
        .and_then(|to| to.strip_prefix("/login?error="))
        .unwrap_or_else(|| panic!("{said:?}"))
}

#[tokio::test]
async fn a_person_signs_in_at_the_provider_and_works() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let api = at(&h, &provider, &[]);
    let sent = begin(&api, "/audit?repo=a%252Fb").await;
    let part = |name: &str| sent.query[name].as_str();
    assert_eq!(
        (
            part("tenant"),
            part("response_type"),
            part("client_id"),
            part("scope"),
            part("code_challenge_method")
        ),
        ("a", "code", CLIENT_ID, "openid profile email", "S256")
    );
    assert_eq!(part("redirect_uri"), format!("{URL}/api/auth/callback/oidc"));
    let claims = json!({ "sub": "u-1", "email": "ana@example.com", "email_verified": true });
    let code = provider.agree(&sent.query, claims);
    let query = [("code", code.as_str()), ("state", part("state")), ("iss", provider.issuer.as_str())];
    // Any instance may finish what another one began.
    let other = at(&h, &provider, &[]);
    let said = come_back(&other, &sent.cookie, &query).await;
    assert_eq!((said.status, said.header("location")), (StatusCode::SEE_OTHER, Some("/audit?repo=a%2Fb")));
    let cookie = said.cookie("dispatch_session").expect("a session");
    assert_eq!(
        said.cookie("dispatch_sign_in").as_deref(),
        Some("dispatch_sign_in="),
        "the flow is forgotten"
    );
    let ana = api.anonymous().with("cookie", &cookie).with("sec-fetch-site", "same-origin");
    assert_eq!(
        ana.get("/api/auth/session").await.ok(),
        json!({ "authMode": "oidc", "user": "ana@example.com" })
    );
    assert_eq!(ana.get("/api/board").await.status, StatusCode::OK);
    let events = ana.get("/api/audit?action=operator").await.ok();
    assert_eq!(
        (&events[0]["action"], &events[0]["actor"]),
        (&json!("operator.signed_in"), &json!("ana@example.com"))
    );
    // The code is good once, and the cookie is not a session.
    assert_eq!(failure(&come_back(&api, &sent.cookie, &query).await), "provider");
    assert_eq!(
        api.anonymous().with("cookie", &sent.cookie).get("/api/board").await.status,
        StatusCode::UNAUTHORIZED
    );
    let out = ana.post("/api/auth/logout", json!({})).await;
    assert_eq!(out.cookie("dispatch_session").as_deref(), Some("dispatch_session="));
    let page = ana.get("/api/auth/logout").await;
    assert_eq!(
        page.header("location"),
        Some(format!("{}/end?client_id={CLIENT_ID}", provider.issuer).as_str())
    );
    h.finish().await;
}

#[tokio::test]
async fn a_callback_that_was_not_begun_here_signs_nobody_in() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let api = at(&h, &provider, &[]);
    let (mine, theirs) = (begin(&api, "/board").await, begin(&api, "/board").await);
    let code = provider.agree(&theirs.query, json!({ "sub": "evil" }));
    let iss = ("iss", provider.issuer.as_str());
    let (my_state, their_state) = (mine.query["state"].as_str(), theirs.query["state"].as_str());
    // Somebody else's code and state in my browser: that would sign me in as them.
    let crossed = [("code", code.as_str()), ("state", their_state), iss];
    assert_eq!(failure(&come_back(&api, &mine.cookie, &crossed).await), "expired");
    assert_eq!(failure(&come_back(&api, "", &crossed).await), "expired");
    assert_eq!(failure(&come_back(&api, "dispatch_sign_in=AAAA", &crossed).await), "expired");
    // Their code under my state: PKCE and nonce are mine.
    let code_only = [("code", code.as_str()), ("state", my_state), iss];
    assert_eq!(failure(&come_back(&api, &mine.cookie, &code_only).await), "provider");
    let denied = [("error", "access_denied"), ("state", my_state), iss];
    assert_eq!(failure(&come_back(&api, &mine.cookie, &denied).await), "cancelled");
    let other = [("code", "x"), ("state", my_state), ("iss", "https://evil.example.com")];
    assert_eq!(failure(&come_back(&api, &mine.cookie, &other).await), "provider");
    let silent = [("code", "x"), ("state", my_state)];
    assert_eq!(failure(&come_back(&api, &mine.cookie, &silent).await), "provider");
    for junk in ["", "?state=%00", "?code=a&code=b", "?state[]=x"] {
        let said =
            api.anonymous().with("cookie", &mine.cookie).get(&format!("/api/auth/callback/oidc{junk}")).await;
        assert_eq!(failure(&said), "expired", "{junk}");
    }
    h.finish().await;
}

#[tokio::test]
async fn a_token_that_is_not_ours_signs_nobody_in_and_a_new_key_does() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let api = at(&h, &provider, &[]);
    let ana = || json!({ "sub": "u-1", "preferred_username": "ana" });
    for lie in [
        json!({ "nonce": "other" }),
        json!({ "aud": "another-client" }),
        json!({ "iss": "https://evil.example.com" }),
        json!({ "exp": 1 }),
        json!({ "azp": "another-client" }),
    ] {
        provider.lie(lie.clone());
        assert_eq!(failure(&sign_in(&api, &provider, "/board", ana()).await), "provider", "{lie}");
    }
    provider.lie(json!({}));
    let read = provider.served();
    assert!(sign_in(&api, &provider, "/board", ana()).await.cookie("dispatch_session").is_some());
    assert_eq!(provider.served(), read, "addresses and keys are kept");
    provider.rotate();
    assert!(sign_in(&api, &provider, "/board", ana()).await.cookie("dispatch_session").is_some());
    assert_eq!(provider.served(), read + 1);
    provider.go_down();
    let fresh = at(&h, &provider, &[]);
    assert_eq!(failure(&fresh.anonymous().get("/api/auth/login").await), "provider");
    h.finish().await;
}

#[tokio::test]
async fn only_those_who_are_allowed_come_in() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let lists = [("DISPATCH_OIDC_ALLOWED_USERS", "ana@example.com"), ("DISPATCH_OIDC_ALLOWED_GROUPS", "ops")];
    let api = at(&h, &provider, &lists);
    let email = |email: &str, verified| json!({ "sub": "u-1", "email": email, "email_verified": verified, "groups": [] });
    assert!(
        sign_in(&api, &provider, "/", email("Ana@Example.com", true))
            .await
            .cookie("dispatch_session")
            .is_some()
    );
    assert_eq!(failure(&sign_in(&api, &provider, "/", email("ana@example.com", false)).await), "not_allowed");
    assert_eq!(failure(&sign_in(&api, &provider, "/", email("eva@example.com", true)).await), "not_allowed");
    // The ID token says nothing of groups: userinfo does, about the same subject.
    provider.tell(json!({ "groups": ["ops"], "preferred_username": "eva" }));
    assert!(
        sign_in(&api, &provider, "/", json!({ "sub": "u-2" })).await.cookie("dispatch_session").is_some()
    );
    provider.tell(json!({ "sub": "u-1", "groups": ["ops"] }));
    assert_eq!(failure(&sign_in(&api, &provider, "/", json!({ "sub": "u-3" })).await), "provider");
    // Nobody on a list means everybody, which health says.
    let warned = at(&h, &provider, &[]).anonymous().get("/api/health").await;
    assert!(warned.text.contains("everybody whom the provider signs in is an operator"), "{}", warned.text);
    let quiet = api.anonymous().get("/api/health").await;
    assert!(!quiet.text.contains("everybody"), "{}", quiet.text);
    h.finish().await;
}

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let h = Harness::new().await;
    let provider = Provider::start().await;
    let api = at(&h, &provider, &[]);
    for next in
        ["https://evil.example", "//evil.example", "/%5Cevil.example", "%2F%2Fevil.example", "javascript:x"]
    {
        let said = sign_in(&api, &provider, next, json!({ "sub": "u-1", "preferred_username": "ana" })).await;
        assert_eq!(said.header("location"), Some("/board"), "{next}");
    }
    // Without a provider the address leads to our own page.
    let basic = h.api().anonymous().get("/api/auth/login?next=https://evil.example").await;
    assert_eq!(basic.header("location"), Some("/login"));
    h.finish().await;
}
