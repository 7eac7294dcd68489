//! Events on their way to hooks: one signed request per event and hook.

use hmac::{Hmac, KeyInit as _, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::{
    Event, State,
    hooks::{Delivery, Hook, HookTarget},
    ids::{Ids, Kind},
};
use crate::http::access::APP_ID;

/// One delivery that has not been attempted yet, and where it goes.
#[derive(Clone)]
pub(crate) struct Parcel {
    pub(crate) delivery: Delivery,
    pub(crate) url: String,
}

impl State {
    /// What `event` means for each hook.
    pub(crate) fn parcels(&mut self, event: &Event) -> Vec<Parcel> {
        let login = |name: &str, owner: &[&str]| {
            owner.iter().try_fold(event.payload.get(name)?, |value, key| value.get(key))?.as_str()
        };
        let owner = login("repository", &["owner", "login"]).or_else(|| login("organization", &["login"]));
        let installation = owner.and_then(|owner| self.installation_id(owner));
        let (hooks, ids) = (&self.hooks.all, &mut self.ids);
        let wanting = hooks.iter().filter(|hook| hook.wants(event.name, Some(event.repo)));
        wanting.map(|hook| parcel(ids, hook, event, installation)).collect()
    }

    /// The `ping` that GitHub sends when a hook is made.
    pub(crate) fn ping(&mut self, hook_id: u64, rendered: &Value, repository: Value) -> Option<Parcel> {
        let repo = repository["id"].as_u64();
        let sender = repository["owner"].clone();
        let zen = "Keep it logically awesome.";
        let mut payload = Map::new();
        payload.insert("zen".to_owned(), json!(zen));
        payload.insert("hook_id".to_owned(), json!(hook_id));
        payload.insert("hook".to_owned(), rendered.clone());
        payload.insert("repository".to_owned(), repository);
        payload.insert("sender".to_owned(), sender);
        let event = Event { name: "ping", action: None, repo: repo.unwrap_or_default(), payload };
        let hook = self.hooks.all.iter().find(|hook| hook.id == hook_id)?;
        Some(parcel(&mut self.ids, hook, &event, None))
    }

    /// The same delivery again, as `POST …/attempts` asks for: same GUID, same bytes, an identity of its own, signed
    /// with the secret the hook has now.
    pub(crate) fn redelivery(&mut self, hook_id: u64, delivery: u64) -> Option<Parcel> {
        let hook = self.hooks.all.iter().find(|hook| hook.id == hook_id)?;
        let old = hook.delivery(delivery)?;
        let mut again = Delivery { id: self.ids.next(Kind::Delivery), redelivery: true, ..old.clone() };
        again.request_headers = headers(hook, &again);
        Some(Parcel { delivery: again, url: hook.url.clone() })
    }
}

fn parcel(ids: &mut Ids, hook: &Hook, event: &Event, installation: Option<u64>) -> Parcel {
    let mut payload = event.payload.clone();
    let installation = installation.filter(|_| hook.target == HookTarget::App);
    if let Some(id) = installation {
        let node_id = super::ids::node_id("MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u", id);
        payload.insert("installation".to_owned(), json!({ "id": id, "node_id": node_id }));
    }
    let mut delivery = Delivery {
        id: ids.next(Kind::Delivery),
        guid: uuid::Uuid::new_v4().to_string(),
        hook_id: hook.id,
        event: event.name.to_owned(),
        action: event.action.map(str::to_owned),
        // What happens to an account has none.
        repository_id: Some(event.repo).filter(|id| *id > 0),
        installation_id: installation,
        redelivery: false,
        delivered_at: jiff::Timestamp::UNIX_EPOCH,
        duration: 0.0,
        status: String::new(),
        status_code: 0,
        body: Value::Object(payload).to_string(),
        request_headers: Vec::new(),
        response_headers: Vec::new(),
        response_body: String::new(),
    };
    delivery.request_headers = headers(hook, &delivery);
    Parcel { delivery, url: hook.url.clone() }
}

/// GitHub docs, "Webhook events and payloads", "Delivery headers".
fn headers(hook: &Hook, delivery: &Delivery) -> Vec<(String, String)> {
    let (kind, target) = match hook.target {
        HookTarget::App => ("integration", APP_ID),
        HookTarget::Repository(id) => ("repository", id),
    };
    let mut headers = vec![
        ("Accept", "*/*".to_owned()),
        ("Content-Type", "application/json".to_owned()),
        ("User-Agent", "GitHub-Hookshot/51e1f2c".to_owned()),
        ("X-GitHub-Delivery", delivery.guid.clone()),
        ("X-GitHub-Event", delivery.event.clone()),
        ("X-GitHub-Hook-ID", hook.id.to_string()),
        ("X-GitHub-Hook-Installation-Target-ID", target.to_string()),
        ("X-GitHub-Hook-Installation-Target-Type", kind.to_owned()),
    ];
    if let Some(secret) = &hook.secret {
        headers.push(("X-Hub-Signature-256", signature(secret, delivery.body.as_bytes())));
    }
    headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The value of `X-Hub-Signature-256` (GitHub docs, "Validating webhook deliveries"): the HMAC-SHA-256 of the raw body
/// under the hook's secret, in hexadecimal after `sha256=`.
///
/// ```
/// // The example of that page.
/// let signature = github_sim::signature("It's a Secret to Everybody", b"Hello, World!");
/// assert_eq!(signature, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
/// ```
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}
