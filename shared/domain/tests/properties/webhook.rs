use dispatch_domain::event::{Event, News};
use dispatch_domain::webhook::parse;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

const EVENTS: &[&str] = &[
    "ping",
    "issues",
    "issue_comment",
    "pull_request",
    "label",
    "repository",
    "installation",
    "installation_repositories",
    "star",
    "",
];
const ACTIONS: &[&str] = &[
    "opened",
    "labeled",
    "deleted",
    "transferred",
    "edited",
    "created",
    "suspend",
    "removed",
    "sparkled",
    "label\0ed",
    "",
];

/// One payload that has everything any event reads, in the shape of GitHub's documentation, "Webhook events and
/// payloads".
fn payload(action: &str) -> Value {
    let user = json!({ "id": 1, "login": "octo" });
    let labels = json!([{ "id": 5, "name": "status/ready" }, { "id": 6, "name": "bug" }]);
    json!({
        "action": action,
        "issue": {
            "id": 41001, "number": 7, "title": "It breaks", "body": "When it rains", "state": "open",
            "state_reason": null, "html_url": "https://github.com/acme/web/issues/7", "user": user,
            "author_association": "MEMBER", "assignees": [user], "labels": labels, "comments": 2,
            "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-03T03:04:05Z", "closed_at": null
        },
        "pull_request": {
            "id": 51001, "number": 8, "title": "Mend it", "body": null, "state": "closed", "draft": false,
            "html_url": "https://github.com/acme/web/pull/8", "user": user,
            "head": { "ref": "dispatch/issue-7", "sha": "abc" }, "base": { "ref": "main", "sha": "def" },
            "mergeable": null, "labels": labels, "created_at": "2026-01-02T03:04:05Z",
            "updated_at": "2026-01-03T03:04:05Z", "merged_at": "2026-01-03T03:04:05Z"
        },
        "label": { "id": 5, "name": "status/ready" },
        "changes": { "name": { "from": "status/todo" } },
        "repository": {
            "id": 9, "name": "web", "owner": user, "default_branch": "main", "archived": false
        },
        "installation": { "id": 77 },
        "repositories": [{ "id": 9 }],
        "repositories_added": [{ "id": 10 }],
        "repositories_removed": [{ "id": 11 }],
        "sender": user
    })
}

/// All values of a document, itself included.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, inner)| places(inner, &format!("{path}/{key}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, inner)| places(inner, &format!("{path}/{n}"), found));
        }
        _ => {}
    }
}

/// A value of any type where another was.
fn junk() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        Just(Value::from("a\0b")),
        Just(Value::from("-009999-01-02T01:59:59Z")),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "name": { "name": ["\0"] } })),
        Just(json!([[[[{ "id": 1 }]]], null])),
    ]
}

#[derive(Debug, Clone)]
enum Change {
    Replace(Index, Value),
    Remove(Index),
    Insert(Index, String, Value),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), junk()).prop_map(|(at, value)| Change::Replace(at, value)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), "\\PC{0,8}", junk()).prop_map(|(at, key, value)| Change::Insert(at, key, value)),
    ]
}

fn pick(at: Index, places: &[String]) -> &str {
    at.get::<String>(places)
}

fn apply(document: &mut Value, change: Change) {
    let mut found = Vec::new();
    places(document, "", &mut found);
    match change {
        Change::Replace(at, value) => *document.pointer_mut(pick(at, &found)).unwrap() = value,
        Change::Remove(at) => {
            let path = pick(at, &found);
            let Some((parent, key)) = path.rsplit_once('/') else { return };
            if let Some(Value::Object(map)) = document.pointer_mut(parent) {
                map.remove(key);
            }
        }
        Change::Insert(at, key, value) => {
            if let Some(Value::Object(map)) = document.pointer_mut(pick(at, &found)) {
                // A key with a slash or a tilde could not be found again.
                map.insert(key.replace(['/', '~'], ""), value);
            }
        }
    }
}

/// What holds of every answer: no NUL anywhere, nothing of unbounded length in what goes to the error column.
fn check(name: &str, body: &[u8]) -> Result<Event, TestCaseError> {
    let parsed = parse(name, body);
    prop_assert!(!parsed.action.as_deref().unwrap_or_default().contains('\0'));
    // Debug writes a NUL as \0 and a backslash as two.
    prop_assert!(!format!("{:?}", parsed.event).replace(r"\\", "").contains(r"\0"), "{:?}", &parsed.event);
    if let Event::Unreadable { path, reason } = &parsed.event {
        prop_assert!(path.chars().count() <= 300 && reason.chars().count() <= 300, "{}: {}", path, reason);
    }
    Ok(parsed.event)
}

proptest! {
    #[test]
    fn any_bytes_are_read(name in select(EVENTS), body in prop::collection::vec(any::<u8>(), 0..200)) {
        check(name, &body)?;
    }

    #[test]
    fn any_change_of_a_payload_is_read(
        name in select(EVENTS),
        action in select(ACTIONS),
        changes in prop::collection::vec(change(), 0..4),
    ) {
        let mut document = payload(action);
        changes.into_iter().for_each(|change| apply(&mut document, change));
        check(name, document.to_string().as_bytes())?;
    }

    #[test]
    fn any_damage_to_the_bytes_is_read(
        name in select(EVENTS),
        action in select(ACTIONS),
        cut in any::<Index>(),
        (at, byte) in (any::<Index>(), any::<u8>()),
    ) {
        let mut body = payload(action).to_string().into_bytes();
        let spot = at.index(body.len());
        body[spot] = byte;
        check(name, &body)?;
        body.truncate(cut.index(body.len()));
        let told = matches!(check(name, &body)?, Event::Unreadable { .. } | Event::Ignored(_));
        prop_assert!(told);
    }

    /// What GitHub adds one day disturbs nobody.
    #[test]
    fn unknown_fields_change_nothing(name in select(EVENTS), action in select(ACTIONS), value in junk(), at in any::<Index>()) {
        let mut document = payload(action);
        apply(&mut document, Change::Insert(at, "not_yet_invented".into(), value));
        prop_assert_eq!(parse(name, document.to_string().as_bytes()), parse(name, payload(action).to_string().as_bytes()));
    }

    #[test]
    fn a_long_key_is_not_repeated_in_the_error(key in "[a-z]{400,500}") {
        let body = format!(r#"{{"issue":{{"{key}":}}}}"#);
        check("issues", body.as_bytes())?;
        let body = format!(r#"{{"action":"opened","issue":{{"id":"{key}"}}}}"#);
        check("issues", body.as_bytes())?;
    }
}

/// The changed payloads above start from one that is understood.
#[test]
fn the_whole_payload_is_understood() {
    for name in EVENTS.iter().filter(|name| !matches!(**name, "ping" | "star" | "")) {
        match parse(name, payload("edited").to_string().as_bytes()).event {
            Event::Repository { news: News::Issue(issue), .. } => {
                assert_eq!(issue.labels, ["status/ready", "bug"]);
            }
            Event::Repository { .. } | Event::Installation { .. } => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}
