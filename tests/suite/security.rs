//! Hostile callers: every route, with everything that is not enough for it, and secrets that must stay inside.

use http::Method;
use kit::Harness;

use self::doors::{For, call, routes};

mod doors;
mod leaks;

#[tokio::test]
async fn every_route_refuses_whoever_is_not_known() {
    let h = Harness::new().await;
    for door in doors::all(&h).await {
        let before = h.db.count("audit_event where success").await;
        for (method, path, who) in routes() {
            if who == For::Everybody {
                continue;
            }
            for (stranger, caller) in &door.strangers {
                let answer = call(caller, &method, &path).await;
                let mode = door.mode;
                assert_eq!(answer, (401, "unauthorized".into()), "{mode}: {method} {path} by {stranger}");
            }
        }
        assert_eq!(h.db.count("audit_event where success").await, before, "{}: nothing was done", door.mode);
    }
    h.finish().await;
}

/// What lets its sender in, and what does not reach so far.
fn reaches(who: For) -> (&'static [Key], &'static [Key]) {
    match who {
        For::Everybody | For::Known => (&[Key::Agent, Key::Maintainer, Key::Session], &[]),
        For::Agents => (&[Key::Agent, Key::Maintainer], &[Key::Session]),
        For::Maintainers => (&[Key::Maintainer, Key::Session], &[Key::Agent]),
        For::Operators => (&[Key::Session], &[Key::Agent, Key::Maintainer]),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Key {
    Agent,
    Maintainer,
    Session,
}

#[tokio::test]
async fn every_route_refuses_the_keys_of_another_tier_and_opens_to_its_own() {
    let h = Harness::new().await;
    for door in doors::all(&h).await {
        let operator = door.operator();
        let caller = |key| match key {
            Key::Agent => &door.agent,
            Key::Maintainer => &door.maintainer,
            Key::Session => &operator,
        };
        let (done, refused) = ("audit_event where success", "audit_event where action = 'request.refused'");
        let mut tried = h.db.count(refused).await;
        let before = h.db.count(done).await;
        for (method, path, who) in routes() {
            for key in reaches(who).1 {
                let answer = call(caller(*key), &method, &path).await;
                let what = format!("{}: {method} {path} for {who:?} by {key:?}", door.mode);
                assert_eq!(answer, (403, "forbidden".into()), "{what}");
                // An agent that reaches for more is on record.
                tried += i64::from(*key != Key::Session);
                assert_eq!(h.db.count(refused).await, tried, "{what}");
            }
        }
        assert_eq!(h.db.count(done).await, before, "{}: nothing was done", door.mode);
        for (method, path, who) in routes() {
            // What begins a run waits for another function.
            if who == For::Everybody || path.contains("sync") || path.contains("repair") {
                continue;
            }
            for key in reaches(who).0 {
                let (status, code) = call(caller(*key), &method, &path).await;
                let let_in = !matches!(status, 401 | 403 | 429 | 500..);
                assert!(let_in, "{}: {method} {path} by {key:?}: {status} {code}", door.mode);
            }
        }
    }
    h.finish().await;
}

#[tokio::test]
async fn every_write_of_a_browser_comes_from_our_pages() {
    let h = Harness::new().await;
    for door in doors::all(&h).await {
        let browser = |name: &'static str, value: &str| {
            door.api.anonymous().with("cookie", &door.cookie).with(name, value)
        };
        let pages = [
            ("another site's", browser("sec-fetch-site", "cross-site")),
            ("a sibling's", browser("sec-fetch-site", "same-site")),
            ("an old browser's, of another site", browser("origin", "https://evil.example")),
            ("nobody knows whose", door.api.anonymous().with("cookie", &door.cookie)),
        ];
        let before = h.db.count("audit_event where success").await;
        for (method, path, who) in routes() {
            if method == Method::GET || who == For::Agents {
                continue;
            }
            for (whose, page) in &pages {
                let (status, code) = call(page, &method, &path).await;
                let known = *whose != "nobody knows whose" || who != For::Everybody;
                assert!(
                    !known || (status, code.as_str()) == (403, "cross_site"),
                    "{}: {method} {path} from {whose}: {status} {code}",
                    door.mode
                );
            }
            // A form needs no script and no permission.
            let form = door.operator().with("content-type", "text/plain");
            let (status, _) = call(&form, &method, &path).await;
            assert_eq!(status, 415, "{}: {method} {path} by a form", door.mode);
        }
        assert_eq!(h.db.count("audit_event where success").await, before, "{}: nothing was done", door.mode);
    }
    h.finish().await;
}

#[tokio::test]
async fn no_answer_is_taken_for_a_page_whatever_others_wrote() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    h.tick().await;
    let issue = repo
        .issue(evil)
        .body(format!("{evil} [x](javascript:alert(1))"))
        .labels(["status/ready", "<b>"])
        .open();
    h.arrive().await;
    let olga = h.api().operator();
    let id = issue.id;
    for path in [
        "/api/board",
        "/api/issues",
        &format!("/api/issues/{id}"),
        &format!("/api/issues/{id}/timeline"),
        "/api/audit",
        "/api/audit/export?format=csv",
    ] {
        let said = olga.get(path).await;
        let kind = said.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("application/json") || kind.starts_with("text/csv"), "{path}: {kind}");
        assert_eq!(said.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(
            said.header("content-security-policy")
                .is_some_and(|policy| policy.contains("default-src 'none'")),
            "{path}"
        );
        assert_eq!(said.header("access-control-allow-origin"), None, "{path}");
    }
    assert_eq!(
        olga.get(&format!("/api/issues/{id}")).await.ok()["title"],
        evil,
        "kept as it is, and rendered as text"
    );
    h.finish().await;
}
