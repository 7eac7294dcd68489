//! What comes in, parsed once at the door: bodies, query strings, path parameters and the types of their fields.
//!
//! Fields that Dispatch does not know are ignored, so that old and new clients work. Fields that it knows and cannot
//! read are refused by name. No NUL and no stray control character gets past here.

mod body;
mod keyed;
mod later;
mod params;
mod text;
mod value;
pub(crate) mod words;

pub(crate) use body::{Body, Nothing, is_json, not_json};
pub(crate) use keyed::{Keyed, header as idempotency_key};
pub(crate) use later::Later;
pub(crate) use params::{Id, Params, blank_is_none};
pub(crate) use text::{Line, Text};
pub(crate) use value::{Data, Parsed, When, Whole, bounded, maybe_null};

use crate::error::{ApiError, ApiResult};

/// The most of anything that one request may list.
pub(crate) const LIST: usize = 100;

/// A part of the request that cannot be read: `path` as serde has it, `.` for the whole. Of a field that is missing or
/// double serde tells the name in its message only.
fn unreadable(path: &str, problem: &str) -> ApiError {
    let named =
        problem.split_once("field `").and_then(|(_, rest)| rest.split_once('`')).map(|(name, _)| name);
    let field = match (path, named) {
        ("." | "", named) => named.unwrap_or_default().to_owned(),
        (path, Some(named)) => format!("{path}.{named}"),
        (path, None) => path.to_owned(),
    };
    if field.is_empty() {
        return ApiError::invalid("", format!("The request cannot be read: {problem}."));
    }
    ApiError::invalid(&field, format!("{field}: {problem}"))
}

/// Takes the names out of an optional list; no list and an empty list mean the same.
///
/// # Errors
/// A list longer than [`LIST`].
pub(crate) fn listed<T: Clone>(field: &str, list: Option<&[Parsed<T>]>) -> ApiResult<Vec<T>> {
    let list = list.unwrap_or_default();
    if list.len() > LIST {
        let message = format!("{field}: at most {LIST} entries are accepted, and there are {}", list.len());
        return Err(ApiError::invalid(field, message));
    }
    Ok(list.iter().map(|entry| entry.0.clone()).collect())
}
