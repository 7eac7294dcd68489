//! Repository webhooks and the deliveries of any hook (GitHub docs, "REST API endpoints for repository webhooks" and
//! "… for GitHub App webhooks").

use std::sync::Arc;

use axum::{
    Json, Router,
    response::IntoResponse,
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Answer, Call, created, ok},
    error::ApiError,
    page::{cursor_page, page},
};
use crate::{
    clock::whole_second,
    render,
    shared::Shared,
    state::{
        State,
        hooks::{Delivery, Hook, HookConfig, HookTarget},
    },
};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/repos/{owner}/{repo}/hooks", get(list).post(create))
        .route("/repos/{owner}/{repo}/hooks/{hook}", get(one).patch(edit).delete(remove))
        .route("/repos/{owner}/{repo}/hooks/{hook}/pings", post(ping))
        .route("/repos/{owner}/{repo}/hooks/{hook}/deliveries", get(deliveries))
        .route("/repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}", get(delivery))
        .route("/repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}/attempts", post(redeliver))
        .route("/repos/{owner}/{repo}/hooks/{hook}/config", get(show_config).patch(edit_config))
        .route("/app/hook/config", get(show_config).patch(edit_config))
        .route("/app/hook/deliveries", get(deliveries))
        .route("/app/hook/deliveries/{delivery}", get(delivery))
        .route("/app/hook/deliveries/{delivery}/attempts", post(redeliver))
}

/// The hook of the path: the app's one, or the repository's with that id.
fn with_hook<T>(call: &Call, read: impl FnOnce(&State, &Hook) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let (target, id) = if call.part("owner").is_empty() {
        (HookTarget::App, None)
    } else {
        let id = call.read(|_, repo| Ok(repo.id))?;
        (HookTarget::Repository(id), Some(call.number("hook")?))
    };
    let state = call.shared.state();
    let found = state.hooks.of(target).find(|hook| id.is_none_or(|id| hook.id == id));
    read(&state, found.ok_or_else(ApiError::not_found)?)
}

async fn list(call: Call) -> Answer {
    call.read(|state, repo| {
        let hooks: Vec<&Hook> = state.hooks.of(HookTarget::Repository(repo.id)).collect();
        let address = format!("{}/repositories/{}/hooks", state.urls.api, repo.id);
        page(&call, &address, &hooks, 30, |hook| render::hook::hook(state, hook))
    })
}

async fn one(call: Call) -> Answer {
    ok(with_hook(&call, |state, hook| Ok(render::hook::hook(state, hook)))?)
}

#[derive(Deserialize, Default)]
struct Body {
    config: Option<Config>,
    events: Option<Vec<String>>,
    active: Option<bool>,
    #[serde(default)]
    add_events: Vec<String>,
    #[serde(default)]
    remove_events: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Config {
    url: Option<String>,
    secret: Option<String>,
}

async fn create(call: Call) -> Answer {
    let body: Body = call.json()?;
    let repo = call.read(|_, repo| Ok(repo.id))?;
    let Config { url, secret } = body.config.unwrap_or_default();
    let Some(url) = url else {
        let refusal = crate::state::refusal::Refusal::custom("Hook", "url", "url cannot be blank");
        return Err(call.refused(&refusal));
    };
    let now = whole_second(call.shared.clock.now());
    let mut state = call.shared.state();
    let state = &mut *state;
    let events = body.events.unwrap_or_else(|| vec!["push".to_owned()]);
    let config = HookConfig { url, secret, events };
    let id = state.hooks.add(&mut state.ids, HookTarget::Repository(repo), config, now);
    let rendered = state.hooks.get(id).map(|hook| render::hook::hook(state, hook)).unwrap_or_default();
    let repository = render::repo::in_event(state, repo);
    if let Some(parcel) = state.ping(id, &rendered, repository) {
        call.shared.post.hand_in(&parcel);
    }
    created(rendered)
}

async fn edit(call: Call) -> Answer {
    let body: Body = call.json()?;
    let id = with_hook(&call, |_, hook| Ok(hook.id))?;
    let now = whole_second(call.shared.clock.now());
    let mut state = call.shared.state();
    if let Some(hook) = state.hooks.get_mut(id) {
        apply(hook, body, now);
    }
    let hook = state.hooks.get(id).ok_or_else(ApiError::not_found)?;
    ok(render::hook::hook(&state, hook))
}

/// Edits a hook as somebody does on its page: `body` is that of "Update a repository webhook".
pub(crate) fn edit_hook(shared: &Shared, id: u64, body: &Value) {
    let body = serde_json::from_value(body.clone()).unwrap_or_default();
    let now = whole_second(shared.clock.now());
    if let Some(hook) = shared.state().hooks.get_mut(id) {
        apply(hook, body, now);
    }
}

fn apply(hook: &mut Hook, body: Body, now: jiff::Timestamp) {
    // "If you previously had a secret set, you must provide the same secret or set a new secret or the secret will be
    // removed" (GitHub docs, "Update a repository webhook").
    if let Some(config) = body.config {
        hook.secret = None;
        apply_config(hook, config);
    }
    hook.active = body.active.unwrap_or(hook.active);
    hook.events = body.events.unwrap_or_else(|| hook.events.clone());
    hook.events.extend(body.add_events);
    hook.events.retain(|event| !body.remove_events.contains(event));
    hook.updated_at = now;
}

fn apply_config(hook: &mut Hook, config: Config) {
    hook.url = config.url.unwrap_or_else(|| hook.url.clone());
    hook.secret = config.secret.or_else(|| hook.secret.clone());
}

async fn remove(call: Call) -> Answer {
    let id = with_hook(&call, |_, hook| Ok(hook.id))?;
    call.shared.state().hooks.all.retain(|hook| hook.id != id);
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn ping(call: Call) -> Answer {
    let id = with_hook(&call, |_, hook| Ok(hook.id))?;
    let repo = call.read(|_, repo| Ok(repo.id))?;
    let mut state = call.shared.state();
    let rendered = state.hooks.get(id).map(|hook| render::hook::hook(&state, hook)).unwrap_or_default();
    let repository = render::repo::in_event(&state, repo);
    if let Some(parcel) = state.ping(id, &rendered, repository) {
        call.shared.post.hand_in(&parcel);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn show_config(call: Call) -> Answer {
    ok(with_hook(&call, |_, hook| Ok(render::hook::config(hook)))?)
}

async fn edit_config(call: Call) -> Answer {
    let config: Config = call.json()?;
    let id = with_hook(&call, |_, hook| Ok(hook.id))?;
    let mut state = call.shared.state();
    let hook = state.hooks.get_mut(id).ok_or_else(ApiError::not_found)?;
    apply_config(hook, config);
    ok(render::hook::config(hook))
}

async fn deliveries(call: Call) -> Answer {
    with_hook(&call, |state, hook| {
        let status = call.query.get("status").map(String::as_str);
        let wanted = |delivery: &&Delivery| match status {
            Some("success") => (200..400).contains(&delivery.status_code),
            Some("failure") => !(200..400).contains(&delivery.status_code),
            _ => true,
        };
        let mut newest_first: Vec<&Delivery> = hook.log.iter().filter(wanted).collect();
        newest_first.sort_by_key(|delivery| std::cmp::Reverse(delivery.id));
        let address = match hook.target {
            HookTarget::App => format!("{}/app/hook/deliveries", state.urls.api),
            HookTarget::Repository(repo) => {
                format!("{}/repositories/{repo}/hooks/{}/deliveries", state.urls.api, hook.id)
            }
        };
        let render = |delivery: &&Delivery| render::hook::item(delivery);
        cursor_page(&call, &address, &newest_first, |delivery| delivery.id, render)
    })
}

async fn delivery(call: Call) -> Answer {
    let id = call.number("delivery")?;
    ok(with_hook(&call, |_, hook| {
        let delivery = hook.delivery(id).ok_or_else(ApiError::not_found)?;
        Ok(render::hook::full(hook, delivery))
    })?)
}

async fn redeliver(call: Call) -> Answer {
    let id = call.number("delivery")?;
    let hook = with_hook(&call, |_, hook| Ok(hook.id))?;
    let parcel = call.shared.state().redelivery(hook, id).ok_or_else(ApiError::not_found)?;
    call.shared.post.hand_in(&parcel);
    let nothing: Value = json!({});
    Ok((StatusCode::ACCEPTED, Json(nothing)).into_response())
}
