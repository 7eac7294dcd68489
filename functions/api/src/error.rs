//! The one error envelope, `{"error", "message", "details"}`, and the one place where refusals become statuses.
//!
//! A refusal carries a sentence that is safe to show. Everything else is logged with its causes, once, here, and
//! answered with a sentence that says nothing about our inside.

use std::error::Error as _;

use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use dispatch_domain::refusal::{Class, Refusal};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What every refusal and every failure looks like.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "error": "claim_lost",
    "message": "The lease ran out and the work was taken back. Claim again.",
    "details": { "why": "expired" }
}))]
pub(crate) struct ErrorBody {
    /// Stable code, for programs.
    error: &'static str,
    /// A sentence for people: what happened, and what to do.
    message: String,
    /// Particulars, such as the field that is wrong.
    #[schema(value_type = Object, required = false)]
    details: Value,
}

/// A refusal or a failure on its way out.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: Value,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What an operation of ours answers.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), details: json!({}), headers: Vec::new() }
    }

    /// A part of the request that is wrong, named as the sender wrote it.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        let details = if field.is_empty() { json!({}) } else { json!({ "field": field }) };
        Self { details, ..Self::new(StatusCode::BAD_REQUEST, "invalid", message) }
    }

    /// The caller is known and may not do this.
    pub(crate) fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    /// Our own mistake. The cause is in the log by now.
    pub(crate) fn internal() -> Self {
        let message =
            "Something went wrong on the server. Its log says more under the id in the X-Request-Id header.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// Too many failures from there.
    pub(crate) fn is_throttled(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = ErrorBody { error: self.code, message: self.message, details: self.details };
        let mut response = (self.status, axum::Json(body)).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.class() {
            Class::Invalid => StatusCode::BAD_REQUEST,
            Class::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Class::Forbidden => StatusCode::FORBIDDEN,
            Class::NotFound => StatusCode::NOT_FOUND,
            Class::Conflict => StatusCode::CONFLICT,
        };
        Self { details: refusal.details(), ..Self::new(status, refusal.code(), refusal.to_string()) }
    }
}

impl From<dispatch_store::Error> for ApiError {
    fn from(error: dispatch_store::Error) -> Self {
        match error {
            dispatch_store::Error::Refused(refusal) => refusal.into(),
            error if error.is_unavailable() => {
                tracing::warn!(%error, "the database is away");
                let message =
                    "The database cannot be reached just now. Nothing was changed; try again in a moment.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message)
                    .with_header(RETRY_AFTER, HeaderValue::from_static("2"))
            }
            error => {
                let mut chain = error.to_string();
                let mut cause = error.source();
                while let Some(inner) = cause {
                    chain = format!("{chain}: {inner}");
                    cause = inner.source();
                }
                tracing::error!(error = chain, "a statement failed that must not fail");
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(refusal: Refusal, status: u16, code: &str) {
        let error = ApiError::from(refusal);
        assert_eq!((error.status.as_u16(), error.code), (status, code));
        assert!(error.message.ends_with('.') || error.code == "invalid", "a sentence: {}", error.message);
    }

    #[test]
    fn every_refusal_has_a_status() {
        check(Refusal::invalid("lanes", "a lane is a name"), 400, "invalid");
        check(Refusal::ReasonRequired, 422, "reason_required");
        check(Refusal::Forbidden("Claim 7 belongs to another agent.".into()), 403, "forbidden");
        check(Refusal::not_found("issue", 7), 404, "issue_unknown");
        check(Refusal::not_found("claim", 7), 404, "not_found");
        check(Refusal::RepositoryUnknown("a/b".into()), 404, "repository_unknown");
        check(Refusal::RepositoryTracked("a/b".into()), 409, "repository_tracked");
        check(Refusal::IssueClosed("a/b#1".into()), 409, "issue_closed");
        check(Refusal::claim_lost("expired", "The lease ran out."), 409, "claim_lost");
        check(Refusal::IdempotencyConflict, 409, "idempotency_conflict");
    }

    #[test]
    fn an_absent_database_is_no_mistake_of_the_callers() {
        let error = ApiError::from(dispatch_store::Error::Unavailable("secret host refused".into()));
        assert_eq!(error.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(error.headers, [(RETRY_AFTER, HeaderValue::from_static("2"))]);
        assert!(!error.message.contains("secret"));
    }

    #[test]
    fn a_bug_says_nothing_about_our_inside() {
        let error = ApiError::from(dispatch_store::Error::Row("column password".into()));
        assert_eq!(error.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!error.message.contains("password"));
    }
}
