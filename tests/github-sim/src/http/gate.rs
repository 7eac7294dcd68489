//! What every GitHub request passes: switched faults, authentication, the budget, redirects of renamed repositories,
//! barriers of tests, entity tags, and the record of it.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{ConnectInfo, MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{access::Principal, error::ApiError, serve::Line};
use crate::{faults::FaultKind, ledger::Write, pause::When, shared::Shared};

/// GitHub docs, "API versions".
const VERSIONS: [&str; 2] = ["2022-11-28", "2026-03-10"];

/// The head of an answer and the beginning of its body, in bytes.
const PART_OF_AN_ANSWER: i64 = 1_000;

/// What the gate remembers of a request.
struct Ticket {
    method: Method,
    path: String,
    route: String,
    body: Bytes,
    headers: HeaderMap,
}

pub(super) async fn gate(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return ApiError::unreadable().into_response();
    };
    let route = parts.extensions.get::<MatchedPath>().map_or(parts.uri.path(), MatchedPath::as_str);
    let ticket = Ticket {
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        route: route.to_owned(),
        body: body.clone(),
        headers: parts.headers.clone(),
    };
    let request = Request::from_parts(parts, Body::from(body));

    let (delay, fault) = shared.faults().take(&ticket.method, &ticket.path, &ticket.route);
    if let Some(delay) = delay {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let header = ticket.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let identified = shared.access().identify(header, shared.clock.now());
    let who = identified.as_ref().cloned().unwrap_or(Principal::Anonymous);

    let early = fault.as_ref().and_then(|fault| before(fault, &line));
    let (mut response, charged) = match (early, identified) {
        (Some(response), _) => (response, true),
        (None, Err(error)) => (error.into_response(), false),
        (None, Ok(who)) => admitted(&shared, &ticket, &who, request, next).await,
    };
    let applied = response.status();
    let lost = fault.as_ref().and_then(|fault| after(fault, &line));
    let answered = lost.is_none();
    response = lost.unwrap_or(response);
    record(&shared, &ticket, &who, applied, charged, answered);
    finish(&shared, &who, charged, response)
}

/// A request that no switched fault caught and whose caller is known.
async fn admitted(
    shared: &Shared,
    ticket: &Ticket,
    who: &Principal,
    mut request: Request,
    next: Next,
) -> (Response, bool) {
    let read = ticket.method == Method::GET || ticket.method == Method::HEAD;
    let free = ticket.route == "/rate_limit";
    if let Err(error) = allowed(shared, ticket, who, read, free) {
        return (error.into_response(), false);
    }
    if let Some(to) = shared.state().renamed(&ticket.path, request.uri().query()) {
        return (ApiError::moved(to, read).into_response(), true);
    }
    request.extensions_mut().insert(who.clone());
    shared.pauses().pass(When::Before, &ticket.method, &ticket.path, &ticket.route).await;
    let response = next.run(request).await;
    let response = if read { conditional(ticket, response).await } else { response };
    shared.pauses().pass(When::After, &ticket.method, &ticket.path, &ticket.route).await;
    let charged = !free && response.status() != StatusCode::NOT_MODIFIED;
    (response, charged)
}

fn allowed(
    shared: &Shared,
    ticket: &Ticket,
    who: &Principal,
    read: bool,
    free: bool,
) -> Result<(), ApiError> {
    if !ticket.headers.contains_key(header::USER_AGENT) {
        let message = "Request forbidden by administrative rules. Please make sure your request has a User-Agent \
                       header.";
        return Err(ApiError::new(StatusCode::FORBIDDEN, message));
    }
    let version = ticket.headers.get("x-github-api-version").map(HeaderValue::as_bytes);
    if let Some(version) =
        version.filter(|version| !VERSIONS.iter().any(|known| known.as_bytes() == *version))
    {
        return Err(ApiError::unsupported_version(&String::from_utf8_lossy(version)));
    }
    let for_app =
        ticket.path == "/app" || ticket.path.starts_with("/app/") || ticket.path.ends_with("/installation");
    match (for_app, who) {
        (true, Principal::App) => {}
        (true, _) => return Err(ApiError::requires_app()),
        (false, Principal::App) => return Err(ApiError::bad_credentials()),
        (false, Principal::Anonymous) if !read => return Err(ApiError::requires_authentication()),
        (false, _) => {}
    }
    if free { Ok(()) } else { shared.access().check(who, shared.clock.now(), &shared.state()) }
}

/// A fault that strikes before the request is looked at.
fn before(fault: &FaultKind, line: &Line) -> Option<Response> {
    match fault {
        FaultKind::ServerError { status, applied: false } => Some(server_error(*status)),
        FaultKind::Html { status } => {
            let page = "<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head>\
                        <body><p>We had issues producing the response to your request.</p></body></html>\n";
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
            Some((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
        }
        FaultKind::SecondaryLimit { retry_after, status } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::FORBIDDEN);
            let mut response = ApiError::secondary_limit(status).into_response();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Some(response)
        }
        FaultKind::DropConnection { applied: false } => {
            line.cut();
            Some(server_error(502))
        }
        FaultKind::ServerError { .. }
        | FaultKind::DropConnection { .. }
        | FaultKind::CutBody
        | FaultKind::Slow { .. } => None,
    }
}

/// A fault that loses the answer to a request that was carried out.
fn after(fault: &FaultKind, line: &Line) -> Option<Response> {
    match fault {
        FaultKind::ServerError { status, applied: true } => Some(server_error(*status)),
        FaultKind::DropConnection { applied: true } => {
            line.cut();
            Some(server_error(502))
        }
        FaultKind::CutBody => {
            line.cut_after(PART_OF_AN_ANSWER);
            None
        }
        _ => None,
    }
}

fn server_error(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    ApiError::new(status, "Server Error").into_response()
}

/// Adds an entity tag, and answers 304 to a caller who has that content already. Like GitHub's, the tag depends on
/// the credential as well as on the content (github/docs issue 34689).
async fn conditional(ticket: &Ticket, response: Response) -> Response {
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return server_error(500);
    };
    let mut digest = Sha256::new();
    digest.update(ticket.headers.get(header::AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes));
    digest.update(parts.headers.get(header::LINK).map_or(&b""[..], HeaderValue::as_bytes));
    digest.update(&body);
    let tag: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let known = ticket.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let fresh = known.is_some_and(|known| known.contains(&tag) || known.trim() == "*");
    if let Ok(value) = format!("W/\"{tag}\"").parse() {
        parts.headers.insert(header::ETAG, value);
    }
    if fresh {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

fn record(
    shared: &Shared,
    ticket: &Ticket,
    who: &Principal,
    status: StatusCode,
    charged: bool,
    answered: bool,
) {
    let mut ledger = shared.ledger();
    ledger.count(&ticket.method, &ticket.route, status, charged);
    let reads = ticket.route.ends_with("/access_tokens") || ticket.route == "/graphql";
    if ticket.method == Method::GET || ticket.method == Method::HEAD || reads {
        return;
    }
    ledger.write(Write {
        number: 0,
        at: shared.clock.now(),
        actor: who.login(),
        method: ticket.method.to_string(),
        path: ticket.path.clone(),
        route: ticket.route.clone(),
        body: serde_json::from_slice(&ticket.body).unwrap_or(Value::Null),
        status: status.as_u16(),
        answered,
    });
}

/// Charges the caller and adds the headers of every answer.
fn finish(shared: &Shared, who: &Principal, charged: bool, mut response: Response) -> Response {
    let budget = {
        let mut access = shared.access();
        let budget = access.budget(who, shared.clock.now());
        budget.used = (budget.used + u64::from(charged)).min(budget.limit);
        *budget
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-ratelimit-limit", budget.limit),
        ("x-ratelimit-remaining", budget.remaining()),
        ("x-ratelimit-used", budget.used),
        ("x-ratelimit-reset", budget.reset.as_second().unsigned_abs()),
    ] {
        headers.insert(name, HeaderValue::from(value));
    }
    headers.insert("x-ratelimit-resource", HeaderValue::from_static("core"));
    headers.insert("x-github-media-type", HeaderValue::from_static("github.v3; format=json"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Authorization, Cookie, X-GitHub-OTP"));
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json") {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, json);
    }
    if let Ok(id) = uuid::Uuid::new_v4().to_string().parse() {
        headers.insert("x-github-request-id", id);
    }
    response
}
