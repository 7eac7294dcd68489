//! The GitHub App's side: installations.

use serde_json::{Value, json};

use super::user;
use crate::{
    http::access::{APP_ID, APP_SLUG},
    state::{State, model::Account},
};

/// What the app may do, as the token and installation answers list it.
pub(crate) fn permissions() -> Value {
    json!({ "issues": "write", "metadata": "read", "pull_requests": "write", "repository_hooks": "write" })
}

/// The app's installation on one owner.
pub(crate) fn installation(state: &State, owner: &Account, id: u64) -> Value {
    let created = state.repos.values().filter(|repo| repo.owner.eq_ignore_ascii_case(&owner.login));
    let created = created.map(|repo| repo.created_at).min();
    let api = &state.urls.api;
    json!({
        "id": id,
        "account": user::simple(state, &owner.login),
        "repository_selection": "all",
        "access_tokens_url": format!("{api}/app/installations/{id}/access_tokens"),
        "repositories_url": format!("{api}/installation/repositories"),
        "html_url": format!("{}/organizations/{}/settings/installations/{id}", state.urls.html, owner.login),
        "app_id": APP_ID,
        "app_slug": APP_SLUG,
        "target_id": owner.id,
        "target_type": "Organization",
        "permissions": permissions(),
        "events": ["issues", "issue_comment", "label", "pull_request", "push", "repository"],
        "created_at": created,
        "updated_at": created,
        "single_file_name": null,
        "suspended_by": null,
        "suspended_at": null,
    })
}
