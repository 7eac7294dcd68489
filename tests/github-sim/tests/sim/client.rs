//! A plain HTTP client, so that the tests see exactly what goes over the wire.

use github_sim::GithubSim;
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;

/// Calls as one credential.
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or_default())
    }

    /// The names of a list of labels.
    pub(crate) fn names(&self) -> Vec<String> {
        let list = self.json();
        let names = list.as_array().into_iter().flatten().filter_map(|label| label["name"].as_str());
        names.map(str::to_owned).collect()
    }

    /// The numbers of a list of issues.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        let list = self.json();
        list.as_array().into_iter().flatten().filter_map(|issue| issue["number"].as_u64()).collect()
    }
}

impl Client {
    pub(crate) fn new(sim: &GithubSim) -> Self {
        Self::with(sim, Some("sim-token"))
    }

    pub(crate) fn with(sim: &GithubSim, token: Option<&str>) -> Self {
        let policy = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder()
            .no_proxy()
            .user_agent("tests")
            .redirect(policy)
            .build()
            .expect("a client");
        Self { http, url: sim.url(), token: token.map(str::to_owned) }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) };
        let request = self.http.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.expect("a body") }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Self::send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        Self::send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        Self::send(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        Self::send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        Self::send(self.request(Method::PUT, path).json(&body)).await
    }
}

/// A GitHub App's token of the right shape; nobody checks its signature.
pub(crate) fn app_token() -> String {
    use base64::Engine as _;
    let encode = |value: Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string());
    let header = encode(serde_json::json!({ "alg": "RS256", "typ": "JWT" }));
    let claims = encode(serde_json::json!({ "iss": "1042317", "iat": 1_800_000_000, "exp": 1_800_000_600 }));
    format!("{header}.{claims}.c2lnbmF0dXJl")
}
