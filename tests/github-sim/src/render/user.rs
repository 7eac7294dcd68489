//! Users, bots and organisations.

use serde_json::{Value, json};

use super::{links, merged, segment};
use crate::state::{
    State,
    ids::node_id,
    model::{Account, AccountKind},
};

/// A "simple user"; null for a login nobody has.
pub(crate) fn simple(state: &State, login: &str) -> Value {
    let Some(account) = state.account(login) else { return Value::Null };
    let kind = match account.kind {
        AccountKind::User => "User",
        AccountKind::Organization => "Organization",
        AccountKind::Bot => "Bot",
    };
    let path = segment(&account.login);
    let address = format!("{}/users/{path}", state.urls.api);
    let facts = json!({
        "login": account.login,
        "id": account.id,
        "node_id": node_id("U", account.id),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id),
        "gravatar_id": "",
        "url": address,
        "html_url": format!("{}/{path}", state.urls.html),
        "type": kind,
        "user_view_type": "public",
        "site_admin": false,
    });
    let more = links(
        &address,
        &[
            ("followers_url", "/followers"),
            ("following_url", "/following{/other_user}"),
            ("gists_url", "/gists{/gist_id}"),
            ("starred_url", "/starred{/owner}{/repo}"),
            ("subscriptions_url", "/subscriptions"),
            ("organizations_url", "/orgs"),
            ("repos_url", "/repos"),
            ("events_url", "/events{/privacy}"),
            ("received_events_url", "/received_events"),
        ],
    );
    merged(facts, Value::Object(more))
}

/// The `organization` of a webhook.
pub(crate) fn organization(state: &State, account: &Account) -> Value {
    let address = format!("{}/orgs/{}", state.urls.api, segment(&account.login));
    let facts = json!({
        "login": account.login,
        "id": account.id,
        "node_id": node_id("O", account.id),
        "url": address,
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id),
        "description": "",
    });
    let more = links(
        &address,
        &[
            ("repos_url", "/repos"),
            ("events_url", "/events"),
            ("hooks_url", "/hooks"),
            ("issues_url", "/issues"),
            ("members_url", "/members{/member}"),
            ("public_members_url", "/public_members{/member}"),
        ],
    );
    merged(facts, Value::Object(more))
}

/// `OWNER`, `MEMBER`, `CONTRIBUTOR`: how an author stands to a repository. Nobody is a stranger unless a test says so.
pub(crate) fn association<'a>(state: &'a State, owner: &str, login: &str) -> &'a str {
    if let Some(known) = state.associations.get(&login.to_lowercase()) {
        return known;
    }
    match state.account(login).map(|account| account.kind) {
        _ if owner.eq_ignore_ascii_case(login) => "OWNER",
        Some(AccountKind::Bot) => "CONTRIBUTOR",
        _ => "MEMBER",
    }
}
