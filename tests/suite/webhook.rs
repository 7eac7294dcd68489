//! The door: what is answered, what is kept, and that nothing that got a 2xx is lost.

use std::sync::Arc;

use github_webhook::{LARGEST_BODY, Webhook};
use http::StatusCode;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::config;
use kit::webhook::{Answer, Call, OLDER_SECRET};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// A delivery that the simulator would send for this issue.
fn opened(number: u64, labels: &[&str]) -> Value {
    let repository =
        json!({ "id": 7, "name": "web", "owner": { "login": "acme" }, "default_branch": "main" });
    json!({
        "action": "opened", "repository": repository, "sender": { "login": "ana" },
        "issue": {
            "id": 4100 + number, "number": number, "title": "One", "body": null, "state": "open",
            "html_url": format!("https://github.com/acme/web/issues/{number}"), "user": { "login": "ana" },
            "labels": labels.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            "assignees": [], "comments": 0, "author_association": "OWNER",
            "created_at": "2026-11-23T08:00:00Z", "updated_at": "2026-11-23T08:00:00Z", "closed_at": null,
        },
    })
}

/// A harness that tracks `acme/web` and hears of it by hand-made deliveries only.
async fn tracked() -> Harness {
    let h = Harness::new().await;
    h.leaves_apart();
    let name = "acme/web".parse().unwrap();
    let origin = dispatch_store::repositories::Origin::User;
    dispatch_store::repositories::track(&h.store, &name, origin, None, &kit::harness::OPERATOR)
        .await
        .unwrap();
    h
}

async fn kept(h: &Harness, guid: &str) -> (String, Option<String>) {
    let rows = h.db.rows("select outcome, reason from delivery where guid = $1", &[&guid]).await;
    (rows[0].get(0), rows[0].get(1))
}

#[tokio::test]
async fn a_wrong_missing_or_malformed_signature_is_refused_and_stores_nothing() {
    let h = tracked().await;
    let call = || Call::new("issues", opened(1, &[]).to_string());
    let good = github_sim::signature(kit::webhook::SECRET, opened(1, &[]).to_string().as_bytes());
    for bad in [
        call().signed_with("another secret"),
        call().without("x-hub-signature-256"),
        call().header("x-hub-signature-256", ""),
        call().header("x-hub-signature-256", "sha256="),
        call().header("x-hub-signature-256", &good[7..]),
        call().header("x-hub-signature-256", &good.replace("sha256", "sha1")),
        call().header("x-hub-signature-256", &good[..good.len() - 1]),
        call().header("x-hub-signature-256", &format!("{good}0")),
        call().header("x-hub-signature-256", &format!("sha256={}", "g".repeat(64))),
        call().signed_with(""),
    ] {
        let answer = h.call(bad.clone()).await;
        assert_eq!(
            (answer.status, answer.word.as_str()),
            (StatusCode::UNAUTHORIZED, "bad_signature"),
            "{bad:?}"
        );
    }
    assert_eq!(h.db.count("delivery").await, 0);
    assert_eq!(h.db.count("issue").await, 0);
    h.finish().await;
}

#[tokio::test]
async fn each_of_several_secrets_is_good() {
    let h = tracked().await;
    let old = h.call(Call::new("issues", opened(1, &[]).to_string()).signed_with(OLDER_SECRET)).await;
    let new = h.call(Call::new("issues", opened(2, &[]).to_string())).await;
    assert_eq!((old.word.as_str(), new.word.as_str()), ("applied", "applied"));
    assert_eq!(h.db.count("issue").await, 2);
    h.finish().await;
}

#[tokio::test]
async fn text_and_base64_bodies_are_the_same() {
    let h = tracked().await;
    let mut payload = opened(1, &["status/ready"]);
    payload["issue"]["title"] = json!("Größe \u{1F980} \u{0} NUL");
    let answer = h.call(Call::new("issues", payload.to_string()).binary()).await;
    assert_eq!(answer.word, "applied");
    assert_eq!(h.db.value::<String>("select title from issue", &[]).await, "Größe \u{1F980}  NUL");
    assert_eq!(
        h.db.value::<Vec<u8>>("select payload from delivery", &[]).await,
        payload.to_string().into_bytes()
    );
    h.finish().await;
}

#[tokio::test]
async fn a_body_over_four_megabytes_is_too_large_and_one_of_four_is_not() {
    let h = tracked().await;
    let largest = h.call(Call::new("issues", vec![b' '; LARGEST_BODY])).await;
    assert_eq!((largest.status, largest.word.as_str()), (StatusCode::ACCEPTED, "unreadable"));
    let larger = h.call(Call::new("issues", vec![b' '; LARGEST_BODY + 1])).await;
    assert_eq!((larger.status, larger.word.as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    assert_eq!(h.db.count("delivery").await, 1);
    h.finish().await;
}

#[tokio::test]
async fn a_known_guid_does_nothing_the_second_time() {
    let h = tracked().await;
    let first = h.call(Call::new("issues", opened(1, &["status/ready"]).to_string()).guid("g-1")).await;
    let trail = h.db.count("audit_event").await;
    let changes = h.db.count("change").await;
    let mut later = opened(1, &["status/blocked"]);
    later["issue"]["updated_at"] = json!("2026-11-23T08:30:00Z");
    let second = h.call(Call::new("issues", later.to_string()).guid("g-1")).await;
    assert_eq!((first.word.as_str(), second.word.as_str()), ("applied", "duplicate"));
    assert_eq!(second.status, StatusCode::ACCEPTED);
    assert_eq!(h.db.value::<String>("select status from issue", &[]).await, "ready");
    assert_eq!((h.db.count("audit_event").await, h.db.count("change").await), (trail, changes));
    assert_eq!(h.db.count("delivery").await, 1);
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twins_that_arrive_at_once_are_applied_once() {
    let h = tracked().await;
    let call = || h.call(Call::new("issues", opened(1, &["status/ready"]).to_string()).guid("g-1"));
    let mut words: Vec<String> = futures::future::join_all((0..6).map(|_| call()))
        .await
        .into_iter()
        .map(|answer| answer.word)
        .collect();
    words.sort();
    assert_eq!(words, ["applied", "duplicate", "duplicate", "duplicate", "duplicate", "duplicate"]);
    assert_eq!(h.db.count("audit_event where action = 'issue.seen'").await, 1);
    h.finish().await;
}

#[tokio::test]
async fn everything_else_that_is_signed_is_kept_with_the_reason() {
    let h = tracked().await;
    let mut elsewhere = opened(1, &[]);
    elsewhere["repository"]["name"] = json!("unknown");
    elsewhere["repository"]["id"] = json!(8);
    let mut wrong = opened(1, &[]);
    wrong["issue"]["number"] = json!("one");
    let mut unknown_action = opened(2, &["status/ready"]);
    unknown_action["action"] = json!("sparkled");
    let mut picture = String::new();
    for (guid, event, body) in [
        ("ping", "ping", json!({ "zen": "x", "hook_id": 1 }).to_string()),
        ("unknown-event", "star", json!({ "action": "created" }).to_string()),
        ("unknown-action", "issues", unknown_action.to_string()),
        ("unknown-repository", "issues", elsewhere.to_string()),
        ("wrong-type", "issues", wrong.to_string()),
        ("not-json", "issues", "not json".to_owned()),
        ("empty", "issues", String::new()),
        ("bytes", "issues", "\u{0}\u{1}".to_owned()),
        ("list", "pull_request", "[]".to_owned()),
        ("label", "label", json!({ "action": "created", "label": { "name": "x" }, "repository": opened(1, &[])["repository"] }).to_string()),
    ] {
        let answer = h.call(Call::new(event, body).guid(guid)).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{guid}");
        let (outcome, reason) = kept(&h, guid).await;
        assert_eq!(answer.word, outcome);
        picture += &format!("{guid}: {outcome}: {}\n", reason.unwrap_or_default());
    }
    insta::assert_snapshot!(picture, @r#"
    ping: ignored: ping: the webhook works
    unknown-event: ignored: star events are not used
    unknown-action: applied: 
    unknown-repository: ignored: repository acme/unknown is not tracked
    wrong-type: unreadable: issue.number: invalid type: string "one", expected i32 at line 1 column 236
    not-json: unreadable: .: expected ident at line 1 column 2
    empty: unreadable: .: EOF while parsing a value at line 1 column 0
    bytes: unreadable: .: expected value at line 1 column 1
    list: unreadable: .: invalid length 0, expected struct Payload with 3 elements at line 1 column 2
    label: ignored: label.created changes no issue
    "#);
    assert_eq!(
        h.db.value::<String>("select status from issue", &[]).await,
        "ready",
        "unknown actions are read"
    );
    h.finish().await;
}

#[tokio::test]
async fn without_guid_or_event_there_is_nothing_to_keep() {
    let h = tracked().await;
    for header in ["x-github-delivery", "x-github-event"] {
        let answer = h.call(Call::new("issues", opened(1, &[]).to_string()).without(header)).await;
        assert_eq!((answer.status, answer.word.as_str()), (StatusCode::ACCEPTED, "ignored"));
    }
    assert_eq!(h.db.count("delivery").await, 0);
    h.finish().await;
}

#[tokio::test]
async fn a_delivery_whose_application_fails_is_kept_and_applied_by_the_sweep() {
    let h = tracked().await;
    h.db.run(
        "create function trip() returns trigger language plpgsql as $$ begin raise exception 'tripped'; end $$;
         create trigger trip before insert on audit_event for each row execute function trip()",
    )
    .await;
    let answer = h.call(Call::new("issues", opened(1, &["status/ready"]).to_string()).guid("g-1")).await;
    assert_eq!((answer.status, answer.word.as_str()), (StatusCode::ACCEPTED, "failed"));
    assert_eq!(h.db.count("issue").await, 0, "nothing half-written");
    assert_eq!(kept(&h, "g-1").await.0, "failed");

    assert_eq!(h.sweep().await["deliveriesApplied"], 0, "its time has not come");
    h.advance(SignedDuration::from_mins(1)).await;
    h.sweep().await;
    assert_eq!(h.db.value::<i32>("select attempts from delivery", &[]).await, 2);
    h.db.run("drop trigger trip on audit_event").await;
    h.advance(SignedDuration::from_mins(2)).await;
    assert_eq!(h.sweep().await["deliveriesApplied"], 1);
    assert_eq!(h.db.value::<String>("select status from issue", &[]).await, "ready");
    assert_eq!(kept(&h, "g-1").await, ("applied".into(), None));
    h.finish().await;
}

#[tokio::test]
async fn a_delivery_that_always_fails_is_given_up_after_a_while_and_stays_visible() {
    let h = tracked().await;
    h.leaves_failed_deliveries(1);
    h.db.run(
        "create function trip() returns trigger language plpgsql as $$ begin raise exception 'tripped'; end $$;
         create trigger trip before insert on audit_event for each row execute function trip()",
    )
    .await;
    h.call(Call::new("issues", opened(1, &[]).to_string())).await;
    for _ in 0..20 {
        h.advance(SignedDuration::from_mins(31)).await;
        h.sweep().await;
    }
    assert_eq!(h.db.value::<i32>("select attempts from delivery", &[]).await, 8);
    assert_eq!(dispatch_store::health::details(&h.store).await.unwrap().backlog.deliveries_failed, 1);
    h.finish().await;
}

#[tokio::test]
async fn while_the_database_is_away_the_answer_is_503() {
    let h = tracked().await;
    let gone = config("postgresql://dispatch@127.0.0.1:9/postgres", &h.sim.url());
    let webhook = Webhook::new(&gone).unwrap();
    let response = webhook.handle(Call::new("issues", opened(1, &[]).to_string()).request()).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);

    // Connections that break under the function's hands are replaced, at the latest by the second delivery.
    h.deliver("issues", &opened(1, &[])).await;
    let others = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()";
    h.db.rows(others, &[]).await;
    let first = h.deliver("issues", &opened(2, &[])).await;
    assert!(
        first.status == StatusCode::ACCEPTED || first.status == StatusCode::SERVICE_UNAVAILABLE,
        "{first:?}"
    );
    assert_eq!(h.deliver("issues", &opened(3, &[])).await.word, "applied");
    h.finish().await;
}

#[tokio::test]
async fn a_label_on_github_is_on_the_board_at_once() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &[]).await;
    assert_eq!(h.status(&issue).await, "backlog");
    h.act("ana", |ana| ana.add_label("acme/web", issue.number, "Status/Ready")).await;
    let board = dispatch_store::board::board(&h.store).await.unwrap();
    assert_eq!((board.cards.len(), board.cards[0].row.status.as_str()), (1, "ready"));
    h.finish().await;
}

/// One function and one database for all cases: each has a GUID of its own.
struct Door {
    _h: Harness,
    webhook: Arc<Webhook>,
}

/// Real payloads, mutated: bytes changed, cut, doubled, or a JSON value replaced.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let sound = opened(1, &["status/ready", "agent/alpha"]).to_string().into_bytes();
    let values = prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        Just(json!({})),
        Just(json!(i64::MAX)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!("\u{0}")),
        Just(json!("x".repeat(5000))),
        Just(json!("-009999-01-02T01:59:59Z")),
        Just(json!("9999-12-30T22:00:00Z")),
        any::<String>().prop_map(|text| json!(text)),
        any::<i64>().prop_map(|number| json!(number)),
    ];
    let places = prop::sample::select(vec![
        "/action",
        "/issue",
        "/issue/id",
        "/issue/number",
        "/issue/title",
        "/issue/body",
        "/issue/state",
        "/issue/labels",
        "/issue/labels/0",
        "/issue/labels/0/name",
        "/issue/created_at",
        "/issue/updated_at",
        "/issue/closed_at",
        "/issue/comments",
        "/issue/user",
        "/issue/assignees",
        "/repository",
        "/repository/id",
        "/repository/name",
        "/repository/owner/login",
        "/repository/archived",
        "/sender",
        "/sender/login",
    ]);
    let replaced = prop::collection::vec((places, values), 1..4).prop_map(|changes| {
        let mut payload = opened(1, &["status/ready", "agent/alpha"]);
        for (place, value) in changes {
            if let Some(found) = payload.pointer_mut(place) {
                *found = value;
            }
        }
        payload.to_string().into_bytes()
    });
    let scratched =
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6).prop_map(move |changes| {
            let mut bytes = sound.clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes
        });
    prop_oneof![3 => replaced, 2 => scratched, 1 => any::<Vec<u8>>()]
}

#[test]
fn whatever_comes_the_answer_is_one_of_four_and_the_door_stands() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let door: OnceCell<Door> = OnceCell::new();
    let open = || async {
        let h = tracked().await;
        let webhook = h.webhook.clone();
        Door { _h: h, webhook }
    };
    let events = prop::sample::select(vec![
        "issues",
        "issue_comment",
        "pull_request",
        "label",
        "repository",
        "installation",
        "x",
    ]);
    let guid = prop_oneof![3 => Just(None), 1 => "[ -~]{0,200}".prop_map(Some)];
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(
            &(events, mutated(), guid, any::<bool>(), any::<bool>()),
            |(event, body, guid, sound, binary)| {
                let mut call = Call::new(event, body);
                if let Some(guid) = &guid {
                    call = call.guid(guid);
                }
                if !sound {
                    call = call.signed_with("another secret");
                }
                if binary {
                    call = call.binary();
                }
                let status = runtime.block_on(async {
                    let door = door.get_or_init(open).await;
                    door.webhook.handle(call.request()).await.status()
                });
                let expected = if sound { StatusCode::ACCEPTED } else { StatusCode::UNAUTHORIZED };
                prop_assert_eq!(status, expected);
                Ok(())
            },
        )
        .unwrap();
    runtime.block_on(async {
        let h = door.into_inner().unwrap()._h;
        // A value that Postgres refuses is kept as a failed delivery; what was taken in is whole.
        let failed = h.db.count("delivery where outcome = 'failed'").await;
        h.leaves_failed_deliveries(failed);
        assert_eq!(h.db.count("delivery where outcome = 'received'").await, 0);
        let answer: Answer = h.deliver("issues", &opened(2, &[])).await;
        assert_eq!(answer.word, "applied");
        h.leaves_work_waiting();
        h.finish().await;
    });
}
