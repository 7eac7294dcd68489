//! Purpose: signing in and out at the OpenID provider, by pages that a browser follows. Begin again as often as you like;
//! a callback is good once, because the provider gives a code once.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use dispatch_store::{Db, Who};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::throttle::Attempt;
use crate::auth::{Auth, Callback, Caller, Failure};

/// Where to go afterwards.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NextQuery {
    /// A path of the board.
    next: Option<String>,
}

/// Begin to sign in
///
/// Leads a browser to the OpenID provider, or to the sign-in page where there is none.
#[utoipa::path(
    get,
    path = "/api/auth/login",
    operation_id = "beginSignIn",
    tag = "sign-in",
    params(NextQuery),
    responses((status = 303, description = "Go there.", headers(("Location" = String))))
)]
pub(crate) async fn begin(State(auth): State<Arc<Auth>>, uri: Uri, headers: HeaderMap) -> Response {
    // An address that cannot be read leads home, not to an error.
    let query = Query::<NextQuery>::try_from_uri(&uri).unwrap_or_default().0;
    match auth.begin_at_provider(query.next.as_deref(), &headers).await {
        None => go("/login", []),
        Some(Ok((address, cookie))) => go(&address, [cookie]),
        Some(Err(failure)) => failed(failure.as_str(), auth.forget_flow(&headers)),
    }
}

/// End to sign in
///
/// The OpenID provider sends browsers here. Sets the cookie `dispatch_session` for twelve hours.
#[utoipa::path(
    get,
    path = "/api/auth/callback/oidc",
    operation_id = "endSignIn",
    tag = "sign-in",
    responses((status = 303, description = "Go on.", headers(("Location" = String))))
)]
pub(crate) async fn callback(
    State(auth): State<Arc<Auth>>,
    State(db): State<Db>,
    uri: Uri,
    headers: HeaderMap,
    caller: Caller,
) -> Response {
    let attempt = Attempt::of(&headers);
    if let Err(error) = attempt.check(&db).await {
        let word = if error.is_throttled() { "throttled" } else { "unavailable" };
        return failed(word, auth.forget_flow(&headers));
    }
    let callback = Query::<Callback>::try_from_uri(&uri).unwrap_or_default().0;
    let signed_in = auth.finish_at_provider(&callback, &headers).await;
    let recorded = match &signed_in {
        Ok((name, _, _)) => {
            let who = Who { kind: "operator", name, correlation: &caller.correlation };
            attempt.succeeded(&db, &who).await
        }
        Err(Failure::Expired | Failure::NotAllowed) => attempt.failed(&db).await,
        Err(Failure::Cancelled | Failure::Provider) => Ok(()),
    };
    match (signed_in, recorded) {
        (Ok(_), Err(_)) => failed("unavailable", auth.forget_flow(&headers)),
        (Ok((_, session, next)), Ok(())) => go(&next, [session, auth.forget_flow(&headers)]),
        (Err(failure), _) => failed(failure.as_str(), auth.forget_flow(&headers)),
    }
}

/// Sign out at the provider too
///
/// Leads a browser to the OpenID provider's own page for it, or to the sign-in page where there is none. Ends no session
/// here: POST does that.
#[utoipa::path(
    get,
    path = "/api/auth/logout",
    operation_id = "signOutAtProvider",
    tag = "sign-in",
    responses((status = 303, description = "Go there.", headers(("Location" = String))))
)]
pub(crate) async fn end(State(auth): State<Arc<Auth>>) -> Response {
    go(auth.provider_sign_out().await.as_deref().unwrap_or("/login"), [])
}

/// To the sign-in page, which has a sentence for each word.
fn failed(word: &str, forget: HeaderValue) -> Response {
    go(&format!("/login?error={word}"), [forget])
}

fn go<const N: usize>(address: &str, cookies: [HeaderValue; N]) -> Response {
    let Ok(location) = HeaderValue::from_str(address) else {
        tracing::error!("the provider's address is no header value");
        return failed(Failure::Provider.as_str(), HeaderValue::from_static(""));
    };
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    for cookie in cookies.into_iter().filter(|cookie| !cookie.is_empty()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
