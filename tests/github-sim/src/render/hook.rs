//! Webhooks and their deliveries.

use serde_json::{Map, Value, json};

use super::repo;
use crate::state::{
    State,
    hooks::{Delivery, Hook, HookTarget},
};

/// A repository's hook.
pub(crate) fn hook(state: &State, hook: &Hook) -> Value {
    let root = match hook.target {
        HookTarget::App => format!("{}/app", state.urls.api),
        HookTarget::Repository(id) => {
            state.repos.get(&id).map(|repo| repo::address(state, repo)).unwrap_or_default()
        }
    };
    let address = format!("{root}/hooks/{}", hook.id);
    let (status, message) = match hook.last_code {
        None => ("unused", None),
        Some(200..=299) => ("active", Some("OK".to_owned())),
        Some(code) => ("invalid_http_response", Some(format!("Invalid HTTP Response: {code}"))),
    };
    json!({
        "type": if hook.target == HookTarget::App { "App" } else { "Repository" },
        "id": hook.id,
        "name": "web",
        "active": hook.active,
        "events": hook.events,
        "config": config(hook),
        "updated_at": hook.updated_at,
        "created_at": hook.created_at,
        "url": address,
        "test_url": format!("{address}/test"),
        "ping_url": format!("{address}/pings"),
        "deliveries_url": format!("{address}/deliveries"),
        "last_response": { "code": hook.last_code, "status": status, "message": message },
    })
}

/// A hook's configuration; the secret is never shown.
pub(crate) fn config(hook: &Hook) -> Value {
    let mut config = json!({ "content_type": "json", "insecure_ssl": "0", "url": hook.url });
    if let (Some(config), true) = (config.as_object_mut(), hook.secret.is_some()) {
        config.insert("secret".to_owned(), json!("********"));
    }
    config
}

/// A delivery as lists carry it.
pub(crate) fn item(delivery: &Delivery) -> Value {
    json!({
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": delivery.delivered_at,
        "redelivery": delivery.redelivery,
        "duration": delivery.duration,
        "status": delivery.status,
        "status_code": delivery.status_code,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": delivery.installation_id,
        "repository_id": delivery.repository_id,
        "throttled_at": null,
    })
}

/// A delivery with what was sent and what came back.
pub(crate) fn full(hook: &Hook, delivery: &Delivery) -> Value {
    let object = |pairs: &[(String, String)]| {
        pairs.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>()
    };
    let payload: Value = serde_json::from_str(&delivery.body).unwrap_or_default();
    let more = json!({
        "url": hook.url,
        "request": { "headers": object(&delivery.request_headers), "payload": payload },
        "response": { "headers": object(&delivery.response_headers), "payload": delivery.response_body },
    });
    super::merged(item(delivery), more)
}
