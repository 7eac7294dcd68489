//! The JSON API in the hands of a test: the real router, called in this process, by role.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::{Router, body};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use dispatch_runtime::Config;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::harness::{Harness, settings};

/// The bootstrap token of agents.
pub const AGENT_TOKEN: &str = "the agents' token";
/// The operator's name and password.
pub const OPERATOR: (&str, &str) = ("olga", "correct horse battery");

/// The API with basic authentication.
#[derive(Clone)]
pub struct Api {
    router: Router,
}

/// The API as somebody sees it.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    authorization: Option<String>,
    agent: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// What the API said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// HTTP status.
    pub status: StatusCode,
    /// The body; null when it is no JSON.
    pub body: Value,
    /// `ETag`.
    pub etag: Option<String>,
    /// The body as it came.
    pub text: String,
    headers: header::HeaderMap,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
}

impl Said {
    /// The error's code in the envelope; empty when there is none.
    pub fn code(&self) -> &str {
        self.body["error"].as_str().unwrap_or_default()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A cookie that is set, as `name=value`.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set =
            self.headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let pairs = set.filter_map(|line| line.split(';').next());
        pairs.map(str::to_owned).find(|pair| pair.split('=').next() == Some(name))
    }

    /// Where the `Link` header says that the list goes on.
    pub fn link_to_next(&self) -> Option<String> {
        let link = self.header("link")?.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?;
        Some(link.to_owned())
    }

    /// The body of a 2xx.
    ///
    /// # Panics
    /// When it is another answer.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        self.body
    }
}

impl Harness {
    /// The API around this harness's database. Agents may ask as often as they like.
    pub fn api(&self) -> Api {
        self.api_with([("DISPATCH_AGENT_RATE", "0")])
    }

    /// The same with more settings.
    ///
    /// # Panics
    /// When it does not start.
    pub fn api_with<V: Into<String>>(&self, more: impl IntoIterator<Item = (&'static str, V)>) -> Api {
        let mut pairs = settings(&self.db.url(), &self.sim.url());
        pairs.extend([
            ("DISPATCH_AGENT_TOKEN", AGENT_TOKEN.to_owned()),
            ("DISPATCH_AUTH_MODE", "basic".to_owned()),
            ("DISPATCH_AUTH_USERNAME", OPERATOR.0.to_owned()),
            ("DISPATCH_AUTH_PASSWORD", OPERATOR.1.to_owned()),
        ]);
        pairs.extend(more.into_iter().map(|(name, value)| (name, value.into())));
        let app = api::App::new(&Config::from_pairs(pairs)).expect("the API starts");
        Api { router: api::router(app) }
    }
}

impl Api {
    /// Somebody with the agents' token who acts under this name.
    pub fn agent(&self, name: &str) -> Caller {
        Caller { agent: Some(name.to_owned()), ..self.caller(Some(format!("Bearer {AGENT_TOKEN}"))) }
    }

    /// Somebody with a token of the agent's own.
    pub fn bearer(&self, token: &str) -> Caller {
        self.caller(Some(format!("Bearer {token}")))
    }

    /// The operator.
    pub fn operator(&self) -> Caller {
        self.with_password(OPERATOR.1)
    }

    /// Somebody who says that they are the operator, with this password.
    pub fn with_password(&self, password: &str) -> Caller {
        let pair = BASE64.encode(format!("{}:{password}", OPERATOR.0));
        let mut caller = self.caller(Some(format!("Basic {pair}")));
        // What a browser sends from the board's own pages.
        caller.headers.push(("sec-fetch-site", "same-origin".to_owned()));
        caller
    }

    /// Somebody without credentials.
    pub fn anonymous(&self) -> Caller {
        self.caller(None)
    }

    fn caller(&self, authorization: Option<String>) -> Caller {
        Caller { router: self.router.clone(), authorization, agent: None, headers: Vec::new() }
    }
}

impl Caller {
    /// The same with another value of a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Said {
        self.send(Method::GET, path, None).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Said {
        self.raw(Method::POST, path, body.to_string()).await
    }

    /// Changes a part.
    pub async fn patch(&self, path: &str, body: Value) -> Said {
        self.raw(Method::PATCH, path, body.to_string()).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Said {
        self.send(Method::DELETE, path, None).await
    }

    /// Asks for work; `more` is merged into the body.
    pub async fn claim(&self, more: Value) -> Said {
        let mut body = json!({ "agentName": self.agent });
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        self.post("/api/claims", body).await
    }

    /// Acts on a claim; `more` is merged into the body.
    pub async fn on_claim(&self, claim: &Value, verb: &str, more: Value) -> Said {
        let mut body = json!({ "agentName": self.agent, "fence": claim["fence"] });
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        let id = claim["id"].as_str().unwrap_or_default();
        self.post(&format!("/api/claims/{id}/{verb}"), body).await
    }

    /// Sends a body as it is, called JSON.
    pub async fn raw(&self, method: Method, path: &str, body: impl Into<Vec<u8>>) -> Said {
        self.send(method, path, Some(body.into())).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Said {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        if body.is_some() && !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body.unwrap_or_default())).expect("a request");
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let header = |name| parts.headers.get(name).and_then(|text| text.to_str().ok()).map(str::to_owned);
        let etag = header(header::ETAG);
        let retry_after = header(header::RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
        let bytes = body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Said {
            status: parts.status,
            body: serde_json::from_str(&text).unwrap_or_default(),
            etag,
            retry_after,
            text,
            headers: parts.headers,
        }
    }
}
