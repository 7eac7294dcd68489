//! JSON bodies of requests that have their effect once.

use axum::extract::{FromRequest, MatchedPath, Request};
use axum::http::HeaderMap;
use dispatch_store::once::Key;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::body::{parse, read};
use crate::auth::{Caller, tier};
use crate::error::{ApiError, ApiResult};

/// A JSON object, and the caller's idempotency key if it sent one: `Idempotency-Key`, in the caller's own scope and the
/// route's. The same key with another body, or for another object in the path, is a mistake.
pub(crate) struct Keyed<T>(pub(crate) T, pub(crate) Option<Key>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Keyed<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        let key = header(request.headers())?;
        let path = request.uri().path().to_owned();
        let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let route = tier::route(request.method(), route);
        let principal = request.extensions().get::<Caller>().map(|caller| {
            let who = caller.who();
            format!("{}:{}", who.kind, who.name)
        });
        let body = read(request, state).await?;
        let value = parse(&body)?;
        let key = match (key, principal, route) {
            (Some(key), Some(principal), Some(route)) => {
                let body_sha256 = meaning(&path, &body);
                Some(Key { principal, route, key, body_sha256 })
            }
            _ => None,
        };
        Ok(Self(value, key))
    }
}

/// The idempotency key.
///
/// # Errors
/// 400 unless it is 1 to 200 visible ASCII characters.
pub(crate) fn header(headers: &HeaderMap) -> ApiResult<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    if !(1..=200).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
        let message = "Idempotency-Key: expected 1 to 200 visible ASCII characters";
        return Err(ApiError::invalid("Idempotency-Key", message));
    }
    Ok(Some(key.to_owned()))
}

/// The hash of what is asked for: of which object, and what. Blanks between JSON's tokens mean nothing.
fn meaning(path: &str, body: &[u8]) -> Vec<u8> {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    Sha256::digest(format!("{path}\n{body}")).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_one_question() {
        assert_eq!(meaning("/a/1", b"{\"b\":1}"), meaning("/a/1", b"{ \"b\" : 1 }\n"));
        assert_ne!(meaning("/a/1", b"{\"b\":1}"), meaning("/a/2", b"{\"b\":1}"));
        assert_ne!(meaning("/a/1", b"{\"b\":1}"), meaning("/a/1", b"{\"b\":2}"));
        let key = |value: &str| {
            header(&HeaderMap::from_iter([("idempotency-key".parse().unwrap(), value.parse().unwrap())]))
        };
        for bad in ["", "a b", "ü", &"x".repeat(201)] {
            assert!(key(bad).is_err(), "{bad}");
        }
        assert!(key(&"x".repeat(200)).is_ok() && header(&HeaderMap::new()).unwrap().is_none());
    }
}
