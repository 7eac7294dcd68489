//! Purpose: signing operators in and out. All three may be repeated.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use dispatch_store::{Db, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Success;
use crate::auth::throttle::Attempt;
use crate::auth::{Auth, Caller, Principal, SignIn};
use crate::error::{ApiError, ApiResult};
use crate::input::Body;

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LoginRequest {
    /// `DISPATCH_AUTH_USERNAME`.
    username: String,
    /// `DISPATCH_AUTH_PASSWORD`.
    #[schema(format = Password)]
    password: String,
}

/// Signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoginAnswer {
    success: bool,
    /// Who.
    user: String,
}

/// Sign in
///
/// Sets the cookie `dispatch_session` for twelve hours. Who fails often has to wait.
#[utoipa::path(
    post,
    path = "/api/auth/login",
    operation_id = "signIn",
    tag = "sign-in",
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Signed in.", body = LoginAnswer),
        (status = 401, description = "Name or password is wrong.", body = crate::error::ErrorBody),
        (status = 429, description = "`throttled`: too many failures.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn login(
    State(auth): State<Arc<Auth>>,
    State(db): State<Db>,
    headers: HeaderMap,
    caller: Caller,
    Body(request): Body<LoginRequest>,
) -> ApiResult<([(HeaderName, HeaderValue); 1], Json<LoginAnswer>)> {
    let attempt = Attempt::of(&headers);
    if auth.takes_passwords() {
        attempt.check(&db).await?;
    }
    match auth.sign_in(&request.username, &request.password, &headers) {
        Ok(cookie) => {
            let who = Who { kind: "operator", name: &request.username, correlation: &caller.correlation };
            attempt.succeeded(&db, &who).await?;
            Ok(([(SET_COOKIE, cookie)], Json(LoginAnswer { success: true, user: request.username })))
        }
        Err(SignIn::Wrong) => {
            attempt.failed(&db).await?;
            tracing::warn!("a sign-in failed");
            Err(ApiError::new(StatusCode::UNAUTHORIZED, "unauthorized", "Name or password is wrong."))
        }
        Err(SignIn::Unused) => {
            let message =
                format!("No password is asked for here: DISPATCH_AUTH_MODE is {}.", auth.mode_name());
            Err(ApiError::new(StatusCode::CONFLICT, "sign_in_unused", message))
        }
    }
}

/// Sign out
///
/// Takes the cookie back.
#[utoipa::path(
    post,
    path = "/api/auth/logout",
    operation_id = "signOut",
    tag = "sign-in",
    responses((status = 200, description = "Signed out.", body = Success))
)]
pub(crate) async fn logout(
    State(auth): State<Arc<Auth>>,
    headers: HeaderMap,
) -> ([(HeaderName, HeaderValue); 1], Json<Success>) {
    ([(SET_COOKIE, auth.sign_out(&headers))], Json(Success::YES))
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    /// How operators sign in: `basic`, `oidc`, `disabled` or `unset`.
    #[schema(example = "basic")]
    auth_mode: &'static str,
    /// Who is signed in, if anybody.
    user: Option<String>,
}

/// Who is signed in
#[utoipa::path(
    get,
    path = "/api/auth/session",
    operation_id = "getSession",
    tag = "sign-in",
    responses((status = 200, description = "The session, which may be nobody's.", body = Session))
)]
pub(crate) async fn session(State(auth): State<Arc<Auth>>, caller: Caller) -> Json<Session> {
    let user = match caller.principal {
        Principal::Operator(name) => Some(name),
        Principal::Bootstrap | Principal::Agent(_) | Principal::Anonymous => None,
    };
    Json(Session { auth_mode: auth.mode_name(), user })
}
