//! JSON bodies.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::unreadable;
use crate::door;
use crate::error::{ApiError, ApiResult};

/// A JSON object. No body at all reads like `{}`, so that what is missing is named.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        parse(&read(request, state).await?).map(Self)
    }
}

/// Reads a body that says it is JSON; no body reads like `{}`.
pub(super) async fn read<S: Send + Sync>(request: Request, state: &S) -> ApiResult<Bytes> {
    let json = is_json(request.headers());
    let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            door::too_large()
        } else {
            ApiError::invalid("", "The body could not be read to its end. Send it again.")
        }
    })?;
    match (bytes.trim_ascii(), json) {
        ([], _) => Ok(Bytes::from_static(b"{}")),
        (_, false) => Err(not_json()),
        (body, true) => Ok(bytes.slice_ref(body)),
    }
}

/// A body in which nothing is asked for.
#[derive(serde::Deserialize)]
pub(crate) struct Nothing {}

/// Whether the headers say that the body is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The body is not declared as JSON.
pub(crate) fn not_json() -> ApiError {
    let message = "The body must be JSON: send it with Content-Type: application/json.";
    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> ApiResult<T> {
    // A struct could be read from an array too, by position: nobody means that.
    if body.first() != Some(&b'{') {
        return Err(ApiError::invalid("", "The body must be a JSON object: { … }."));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => unreadable(&path, &sentence(&inner)),
            _ => broken(&inner),
        }
    })?;
    json.end().map_err(|error| broken(&error))?;
    Ok(value)
}

fn broken(error: &serde_json::Error) -> ApiError {
    ApiError::invalid("", format!("The body is not valid JSON: {error}."))
}

/// serde_json's message without the place in the text; the path says it better.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once(" at line ").map_or(text.as_str(), |(before, _)| before).to_owned()
}

#[cfg(test)]
mod tests {
    use dispatch_domain::ids::LaneName;
    use serde::Deserialize;

    use super::*;
    use crate::input::{Parsed, Whole};

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    struct Sample {
        fence: Whole,
        lanes: Option<Vec<Parsed<LaneName>>>,
    }

    #[track_caller]
    fn refused(body: &[u8], field: &str, words: &str) {
        let error = parse::<Sample>(body).unwrap_err();
        let text = format!("{error:?}");
        assert!(text.contains(words), "{text}");
        assert!(text.contains(&format!("\"field\": String({field:?})")) != field.is_empty(), "{text}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        refused(b"{}", "fence", "fence: missing field");
        refused(b"{\"fence\":", "", "not valid JSON");
        refused(b"{\"fence\":1} x", "", "not valid JSON");
        refused(b"[1]", "", "must be a JSON object");
        refused(b"{\"fence\":true}", "fence", "expected a whole number");
        refused(b"{\"fence\":\"abc\"}", "fence", "expected a whole number");
        refused(b"{\"fence\":1.5}", "fence", "expected a whole number");
        refused(b"{\"fence\":99999999999999999999}", "fence", "expected a whole number");
        refused(b"{\"fence\":1,\"lanes\":[\"ok\",\"-no\"]}", "lanes[1]", "a name is 1 to 39 characters");
        refused(b"{\"fence\":1,\"lanes\":\"ok\"}", "lanes", "expected a sequence");
        refused(b"{\"fence\":1,\"fence\":2}", "fence", "duplicate field");
        refused(b"\xff{}", "", "must be a JSON object");
        refused(b"{\"\xff\":1}", "", "not valid JSON");
    }

    #[test]
    fn unknown_fields_and_quoted_numbers_are_fine() {
        let sample: Sample = parse(b"{\"fence\":\"12\",\"later\":{\"x\":[]},\"lanes\":null}").unwrap();
        assert_eq!(sample.fence.0, 12);
        assert!(sample.lanes.is_none());
    }

    #[test]
    fn json_is_what_calls_itself_json() {
        let check = |kind: &'static str, expect| {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]);
            assert_eq!(is_json(&headers), expect, "{kind}");
        };
        check("application/json", true);
        check("Application/JSON; charset=utf-8", true);
        check("application/merge-patch+json", true);
        check("text/plain", false);
        check("application/x-www-form-urlencoded", false);
        assert!(!is_json(&HeaderMap::new()));
    }
}
