//! GitHub's error answers (GitHub docs, "Troubleshooting the REST API" and "Rate limits for the REST API").

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use serde_json::{Value, json};

use crate::state::refusal::Refusal;

const DOCS: &str = "https://docs.github.com/rest";

/// An answer that is not a success.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    message: String,
    docs: &'static str,
    errors: Option<Value>,
    location: Option<String>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), docs: "", errors: None, location: None }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(crate) fn bad_credentials() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Bad credentials")
    }

    pub(crate) fn requires_authentication() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Requires authentication")
    }

    pub(crate) fn requires_app() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "A JSON web token could not be decoded")
    }

    pub(crate) fn unsupported_version(version: &str) -> Self {
        let message = format!("'{version}' is not a supported version of the GitHub API.");
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn unreadable() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Problems parsing JSON")
    }

    pub(crate) fn malformed(detail: &impl std::fmt::Display) -> Self {
        let message = format!("Invalid request.\n\n{detail}.");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// The primary limit; `who` as in "user ID 7".
    pub(crate) fn primary_limit(who: &str) -> Self {
        let message = format!("API rate limit exceeded for {who}.");
        let docs = "/using-the-rest-api/rate-limits-for-the-rest-api";
        Self { docs, ..Self::new(StatusCode::FORBIDDEN, message) }
    }

    pub(crate) fn secondary_limit(status: StatusCode) -> Self {
        let message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try \
                       again. For more on scraping GitHub and how it may affect your rights, please review our \
                       Terms of Service (https://docs.github.com/en/site-policy/github-terms/\
                       github-terms-of-service)";
        let docs = "/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";
        Self { docs, ..Self::new(status, message) }
    }

    /// GitHub docs, "Best practices for using the REST API", "Follow redirects"; other methods than GET are
    /// answered with 307 so that the client repeats them unchanged.
    pub(crate) fn moved(to: String, read: bool) -> Self {
        let status = if read { StatusCode::MOVED_PERMANENTLY } else { StatusCode::TEMPORARY_REDIRECT };
        let docs = "/guides/best-practices-for-using-the-rest-api#follow-redirects";
        Self { docs, location: Some(to), ..Self::new(status, "Moved Permanently") }
    }

    /// `moved_to` finds the address of an issue in another repository.
    pub(crate) fn refused(refusal: &Refusal, moved_to: impl Fn(u64, u64) -> String) -> Self {
        let message = refusal.to_string();
        match refusal {
            Refusal::NotFound | Refusal::LabelAbsent => Self::new(StatusCode::NOT_FOUND, message),
            Refusal::Gone => Self::new(StatusCode::GONE, message),
            Refusal::Moved { repo, number } => Self::moved(moved_to(*repo, *number), true),
            Refusal::Archived => Self::new(StatusCode::FORBIDDEN, message),
            Refusal::TooManyLabels => Self::new(StatusCode::UNPROCESSABLE_ENTITY, message),
            Refusal::Invalid { resource, field, code, message: detail } => {
                let mut error = json!({ "resource": resource, "code": code, "field": field });
                if let (Some(error), Some(detail)) = (error.as_object_mut(), detail) {
                    error.insert("message".to_owned(), json!(detail));
                }
                let errors = Some(json!([error]));
                Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, message) }
            }
            Refusal::NotMergeable(_) => Self::new(StatusCode::METHOD_NOT_ALLOWED, message),
            Refusal::HeadModified => Self::new(StatusCode::CONFLICT, message),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({
            "message": self.message,
            "documentation_url": format!("{DOCS}{}", self.docs),
            "status": self.status.as_u16().to_string(),
        });
        if let Some(body) = body.as_object_mut() {
            body.extend(self.errors.map(|errors| ("errors".to_owned(), errors)));
            body.extend(self.location.iter().map(|url| ("url".to_owned(), json!(url))));
        }
        let mut response = (self.status, Json(body)).into_response();
        if let Some(location) = self.location.and_then(|location| location.parse().ok()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
