//! Fuzzing of the webhook's entry: GitHub's own examples, mutated at every layer, never bring it down.
//!
//! A minute with every test. The long search is `FUZZ_SECONDS=3600 cargo nextest run -p tests fuzz`, another one with
//! `FUZZ_SEED`; its last figures are in `docs/benchmarks.md`.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use github_sim::Seeded;
use http::StatusCode;
use kit::Harness;
use kit::webhook::Call;
use serde_json::{Value, json};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test]
async fn no_delivery_brings_the_webhook_down() {
    let examples = tokio::task::spawn_blocking(octokit::webhook_examples).await.expect("no panic");
    let (seconds, seed) = (setting("FUZZ_SECONDS", 60), setting("FUZZ_SEED", 7));
    let h = Harness::new().await;
    h.leaves_apart();
    h.leaves_work_waiting();
    let origin = dispatch_store::repositories::Origin::User;
    for name in ["Codertocat/Hello-World", "octo-org/octo-repo"] {
        let name = name.parse().unwrap();
        dispatch_store::repositories::track(&h.store, &name, origin, None, &kit::harness::OPERATOR)
            .await
            .unwrap();
    }
    let mut random = Seeded::new(seed);
    let mut answers: BTreeMap<String, u64> = BTreeMap::new();
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut count = 0;
    while Instant::now() < until {
        let (event, payload) = random.pick(&examples).expect("there are examples");
        let (call, what) = mutated(&mut random, event, payload);
        let answer = h.call(call).await;
        count += 1;
        let sound = [StatusCode::ACCEPTED, StatusCode::UNAUTHORIZED, StatusCode::PAYLOAD_TOO_LARGE];
        assert!(sound.contains(&answer.status), "seed {seed}, delivery {count}: {answer:?}: {what}");
        assert!(answer.word != "failed", "seed {seed}, delivery {count}: {}: {what}", why(&h).await);
        *answers.entry(answer.word).or_default() += 1;
    }
    println!("{count} deliveries, seed {seed}: {answers:?}");
    assert!(answers.len() >= 4, "{answers:?}");
    h.finish().await;
}

async fn why(h: &Harness) -> String {
    let rows = h.db.rows("select event, reason from delivery where outcome = 'failed'", &[]).await;
    rows.iter()
        .map(|row| {
            format!("{}: {}", row.get::<_, String>(0), row.get::<_, Option<String>>(1).unwrap_or_default())
        })
        .collect()
}

/// A delivery with something wrong, and what it says.
fn mutated(random: &mut Seeded, event: &str, payload: &Value) -> (Call, String) {
    match random.below(10) {
        0 => {
            let text = payload.to_string();
            let signature = random
                .pick(&["", "sha256=", "sha1=00", "sha256=zz", "sha256=00", "nonsense", "sha256=ffff"])
                .copied()
                .unwrap_or_default();
            (
                Call::new(event, text).header("x-hub-signature-256", signature),
                format!("signature {signature:?}"),
            )
        }
        1 => {
            let names =
                ["issues", "pull_request", "check_run", "status", "label", "push", "organization", "ping"];
            let other = random.pick(&names).copied().unwrap_or_default();
            (Call::new(other, payload.to_string()), format!("{event} as {other}: {payload}"))
        }
        2 => {
            let guid = "g".repeat(1 + random.below(400));
            (Call::new(event, payload.to_string()).guid(&guid), "a long GUID".to_owned())
        }
        3 | 4 => {
            let mut bytes = payload.to_string().into_bytes();
            for _ in 0..=random.below(4) {
                noise(random, &mut bytes);
            }
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            (Call::new(event, bytes).binary(), format!("{event}: {shown}"))
        }
        _ => {
            let mut payload = payload.clone();
            for _ in 0..=random.below(3) {
                bend(random, &mut payload);
            }
            let text = payload.to_string();
            (Call::new(event, text.clone()), format!("{event}: {text}"))
        }
    }
}

/// Flips, drops, doubles or cuts bytes.
fn noise(random: &mut Seeded, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    match random.below(5) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => drop(bytes.remove(at)),
        2 => bytes.insert(at, u8::try_from(random.below(256)).unwrap_or_default()),
        3 => bytes.truncate(at),
        _ => {
            let end = (at + 40).min(bytes.len());
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

/// Puts something strange in the place of a value, somewhere not too deep, or takes a field away.
fn bend(random: &mut Seeded, value: &mut Value) {
    let mut place = value;
    for _ in 0..=random.below(3) {
        match place {
            Value::Object(fields) if !fields.is_empty() => {
                let nth = random.below(fields.len());
                let name = fields.keys().nth(nth).cloned().unwrap_or_default();
                if random.below(12) == 0 {
                    fields.remove(&name);
                    return;
                }
                place = &mut place[&name];
            }
            Value::Array(items) if !items.is_empty() => {
                let nth = random.below(items.len());
                place = &mut place[nth];
            }
            _ => break,
        }
    }
    *place = strange(random);
}

fn strange(random: &mut Seeded) -> Value {
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(i64::MAX),
        5 => json!(u64::MAX),
        6 => json!(1e300),
        7 => json!(""),
        8 => json!("a\u{0}b"),
        9 => json!("x".repeat(70_000)),
        10 => json!("\u{202e}\u{feff}🦀"),
        11 => json!([]),
        12 => json!({}),
        13 => json!("-009999-01-02T01:59:59Z"),
        14 => json!("9999-12-30T22:00:00Z"),
        _ => (0..60).fold(json!(1), |inner, _| json!([inner])),
    }
}
