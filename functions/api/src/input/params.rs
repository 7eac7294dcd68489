//! Query strings and path parameters.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::unreadable;
use crate::error::{ApiError, ApiResult};

/// The query string.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let query = Query::try_from_uri(&parts.uri).map_err(|rejection| {
            // axum says `Failed to deserialize query string: <field>: <problem>`.
            let text = rejection.body_text();
            let problem = text.split_once("query string: ").map_or(text.as_str(), |(_, rest)| rest);
            let (field, problem) = problem.split_once(": ").unwrap_or(("", problem));
            unreadable(field, problem)
        })?;
        Ok(Self(query.0))
    }
}

/// Reads an empty parameter (`?repo=`) like an absent one.
///
/// # Errors
/// When a parameter that is there cannot be read.
pub(crate) fn blank_is_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    T::deserialize(serde::de::value::StringDeserializer::new(text)).map(Some)
}

/// The number in the path, `{id}`.
pub(crate) struct Id(pub(crate) i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let text =
            Path::<String>::from_request_parts(parts, state).await.map(|path| path.0).unwrap_or_default();
        let id: Option<i64> = text.parse().ok();
        id.map(Self).ok_or_else(|| ApiError::invalid("id", "The id in the path must be a whole number."))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use dispatch_domain::ids::RepoName;

    use super::*;
    use crate::input::{Line, Parsed, Whole};

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[serde(default, deserialize_with = "blank_is_none")]
        repo: Option<Parsed<RepoName>>,
        #[serde(default, deserialize_with = "blank_is_none")]
        q: Option<Line<5>>,
        limit: Option<Whole>,
    }

    async fn read(query: &str) -> ApiResult<Sample> {
        let uri = format!("/api/issues?{query}");
        let (mut parts, ()) = Request::builder().uri(uri).body(()).unwrap().into_parts();
        Params::from_request_parts(&mut parts, &()).await.map(|params| params.0)
    }

    #[tokio::test]
    async fn parameters_are_read_or_named() {
        let sample = read("repo=octo%2Fweb&q=&limit=7&new=x").await.unwrap();
        assert_eq!(sample.repo.unwrap().0.to_string(), "octo/web");
        assert_eq!((sample.q, sample.limit), (None, Some(Whole(7))));
        for (query, field) in [
            ("limit=1&limit=2", "limit"),
            ("limit=x", "limit"),
            ("limit=", "limit"),
            ("repo=x", "repo"),
            ("q=a%00", "q"),
        ] {
            let error = format!("{:?}", read(query).await.unwrap_err());
            assert!(error.contains(&format!("\"field\": String({field:?})")), "{error}");
        }
    }
}
