//! The one door in front of every route.

use std::sync::Arc;

use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dispatch_domain::ids::AgentName;
use jiff::Timestamp;

use super::tier::{self, Tier};
use super::{Auth, Caller, origin};
use crate::door::RequestId;
use crate::error::{ApiError, ApiResult};

/// Lets a request through to its handler, with a [`Caller`], or answers why not.
pub(crate) async fn admit(State(auth): State<Arc<Auth>>, mut request: Request, next: Next) -> Response {
    match caller(&auth, &request) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

fn caller(auth: &Auth, request: &Request) -> ApiResult<Caller> {
    let headers = request.headers();
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let tier = tier::of(request.method(), path).ok_or_else(|| not_allowed(path))?;
    if auth.is_open() && tier != Tier::Public && !origin::addressed_locally(headers) {
        return Err(elsewhere(auth));
    }
    let (shown, proof) = auth.identify(headers, Timestamp::now());
    let has_body = !request.body().is_end_stream();
    let principal = auth.admit(tier, shown).map_err(|denial| auth.refuse(denial, headers))?;
    origin::check_write(request.method(), headers, has_body, proof, auth.public_url.as_ref())?;
    let correlation = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Caller { principal, agent: agent_name(headers)?, correlation })
}

fn agent_name(headers: &HeaderMap) -> ApiResult<Option<AgentName>> {
    let Some(value) = headers.get("x-agent-name") else { return Ok(None) };
    let name = value.to_str().unwrap_or_default().parse();
    name.map(Some).map_err(|_| {
        ApiError::invalid(
            "X-Agent-Name",
            "X-Agent-Name: a name is 1 to 39 characters of a-z, 0-9 and hyphens",
        )
    })
}

/// The path is ours, the method is not.
fn not_allowed(path: &str) -> ApiError {
    let methods = tier::methods(path).join(", ");
    let message = format!("This address takes {methods}.");
    let error = ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message);
    match HeaderValue::from_str(&methods) {
        Ok(allow) => error.with_header(ALLOW, allow),
        Err(_) => error,
    }
}

/// A mode without sign-in was reached by a name that is not this machine's.
fn elsewhere(auth: &Auth) -> ApiError {
    let message = format!(
        "DISPATCH_AUTH_MODE is {}, which serves this machine only, by the names localhost and 127.0.0.1. Set it to \
         basic to serve others.",
        auth.mode_name()
    );
    ApiError::forbidden("local_only", message)
}
