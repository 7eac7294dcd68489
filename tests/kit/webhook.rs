//! Raw webhook requests, signed or not.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use serde_json::Value;

/// The secret that the harness signs with.
pub const SECRET: &str = "the webhook's secret";
/// A second one that the function accepts as well.
pub const OLDER_SECRET: &str = "the secret before";

/// A request to the webhook's address, in the making.
#[derive(Debug, Clone)]
pub struct Call {
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    text: bool,
}

impl Call {
    /// A well-formed delivery of `body`, signed with [`SECRET`] under a fresh GUID.
    pub fn new(event: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-github-event", event.to_owned()),
            ("x-github-delivery", uuid::Uuid::new_v4().to_string()),
            ("x-hub-signature-256", github_sim::signature(SECRET, &body)),
        ];
        Self { headers, body, text: true }
    }

    /// The same under this GUID.
    #[must_use]
    pub fn guid(self, guid: &str) -> Self {
        self.header("x-github-delivery", guid)
    }

    /// The same, signed with another secret.
    #[must_use]
    pub fn signed_with(self, secret: &str) -> Self {
        let signature = github_sim::signature(secret, &self.body);
        self.header("x-hub-signature-256", &signature)
    }

    /// The same with another value of a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    /// The same as API Gateway hands over what is not text: base64, which `lambda_http` decodes to bytes.
    #[must_use]
    pub fn binary(mut self) -> Self {
        self.text = false;
        self
    }

    /// The request as the function gets it.
    ///
    /// # Panics
    /// When a header has a value that HTTP does not know.
    pub fn request(self) -> Request {
        let mut request = http::Request::post("/webhooks/github");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match String::from_utf8(self.body) {
            Ok(text) if self.text => Body::Text(text),
            Ok(text) => Body::Binary(text.into_bytes()),
            Err(error) => Body::Binary(error.into_bytes()),
        };
        request.body(body).expect("a request")
    }
}

/// An answer of the webhook: status, and the word for what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// `applied`, `duplicate`, `ignored`, `unreadable`, `failed`, or the error's code.
    pub word: String,
    /// The sentence beside it.
    pub message: String,
}

impl Answer {
    pub(crate) fn from(response: Response<Body>) -> Self {
        let status = response.status();
        let body: Value = match response.into_body() {
            Body::Text(text) => serde_json::from_str(&text).unwrap_or_default(),
            _ => Value::Null,
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let word = text(body.get("outcome").or_else(|| body.get("error")).unwrap_or(&Value::Null));
        Self { status, word, message: text(&body["message"]) }
    }
}
