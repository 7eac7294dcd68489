//! The one door in front of every route.

use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, AUTHORIZATION, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dispatch_domain::ids::AgentName;
use dispatch_store::agents;
use jiff::Timestamp;

use super::admission::Denial;
use super::credentials::Shown;
use super::origin::Proof;
use super::throttle::Attempt;
use super::tier::{self, Tier};
use super::{Auth, Caller, Principal, origin};
use crate::App;
use crate::door::RequestId;
use crate::error::{ApiError, ApiResult};

/// Who the sender of a request was found to be. A tool's call comes to this door twice, first as `POST /mcp` and then
/// as its route's: it is looked up and counted once.
#[derive(Clone)]
pub(crate) struct Known {
    shown: Shown,
    proof: Proof,
}

/// Lets a request through to its handler, with a [`Caller`], or answers why not.
pub(crate) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    // An empty text, as `sam local` gives it, is no body either.
    let has_body = !request.body().is_end_stream() && request.body().size_hint().exact() != Some(0);
    let (mut parts, body) = request.into_parts();
    match caller(&app, &parts, has_body).await {
        Ok((caller, known)) => {
            parts.extensions.insert(caller);
            parts.extensions.insert(known);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => error.into_response(),
    }
}

/// Reads the credentials; a token of an agent's own is looked up, and guesses at a password are counted.
async fn identify(app: &App, headers: &HeaderMap, tier: Tier) -> ApiResult<Known> {
    let attempt = password_attempt(&app.auth, headers);
    if let Some(attempt) = &attempt {
        attempt.check(&app.db).await?;
    }
    let (shown, proof) = app.auth.identify(headers, Timestamp::now());
    // Also where nothing depends on it: the answer could tell a right guess from a wrong one.
    if let (Some(attempt), Shown::Wrong) = (&attempt, &shown) {
        attempt.failed(&app.db).await?;
    }
    let shown = match shown {
        // Looked up each time: a token that is revoked is nobody's from that moment.
        Shown::OwnToken(sha256) if tier != Tier::Public => {
            agents::bearer(&app.db, &sha256).await?.map_or(Shown::OwnToken(sha256), Shown::Agent)
        }
        shown => shown,
    };
    Ok(Known { shown, proof })
}

async fn caller(app: &App, parts: &Parts, has_body: bool) -> ApiResult<(Caller, Known)> {
    let (auth, headers) = (&app.auth, &parts.headers);
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let tier = tier::of(&parts.method, path).ok_or_else(|| not_allowed(path))?;
    if auth.is_open() && tier != Tier::Public && !origin::addressed_locally(headers) {
        return Err(elsewhere(auth));
    }
    let before = parts.extensions.get::<Known>();
    let known = match before {
        Some(known) => known.clone(),
        None => identify(app, headers, tier).await?,
    };
    let shown = known.shown.clone();
    let correlation = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let request = format!("{} {}", parts.method, parts.uri.path());
    let caller = |principal, agent| Caller { principal, agent, correlation, request };
    let bearer = match &shown {
        Shown::Agent(bearer) => Some(bearer.clone()),
        _ => None,
    };
    let principal = match (auth.admit(tier, shown), bearer) {
        (Ok(principal), _) => principal,
        (Err(denial @ Denial::BeyondToken(_)), Some(bearer)) => {
            let agent = bearer.agent.clone();
            let caller = caller(Principal::Agent(bearer), Some(agent));
            return Err(caller.forbid(&app.db, denial.sentence().to_owned()).await);
        }
        (Err(denial), _) => return Err(auth.refuse(denial, headers)),
    };
    origin::check_write(&parts.method, headers, has_body, known.proof, auth.public_url.as_ref())?;
    let named = agent_name(headers)?;
    let (agent, token) = match &principal {
        Principal::Agent(bearer) => (Some(bearer.agent.clone()), Some(bearer.token)),
        _ => (named.clone(), None),
    };
    let caller = caller(principal, agent);
    if let Some(named) = &named {
        caller.check_name(&app.db, named).await?;
    }
    if let (Some(agent), false) = (&caller.agent, matches!(caller.principal, Principal::Operator(_)))
        && tier != Tier::Public
        && before.is_none()
    {
        app.roster.admit(agent, token).await?;
    }
    Ok((caller, known))
}

/// A password in a header is as good for guessing as one at the sign-in page.
fn password_attempt(auth: &Auth, headers: &HeaderMap) -> Option<Attempt> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let basic = header.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic "));
    (basic && auth.takes_passwords()).then(|| Attempt::of(headers))
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
