//! Fields that are more than text.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use dispatch_domain::refusal::Refusal;
use jiff::Timestamp;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::error::{ApiError, ApiResult};

/// A whole number, bare or in quotes: JavaScript cannot hold every 64-bit number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Whole(pub(crate) i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl Visitor<'_> for Visit {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, bare or in quotes")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
                let whole = i64::try_from(number).map(Whole);
                whole.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Whole, E> {
                text.trim().parse().map(Whole).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(Visit)
    }
}

/// Text that the domain knows how to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Parsed<T>(pub(crate) T);

impl<'de, T: FromStr<Err = Refusal>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);

        impl<T: FromStr<Err = Refusal>> Visitor<'_> for Visit<T> {
            type Value = Parsed<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Parsed<T>, E> {
                text.parse().map(Parsed).map_err(|refusal| match refusal {
                    // The path names the field.
                    Refusal::Invalid { message, .. } => E::custom(message),
                    other => E::custom(other),
                })
            }
        }

        deserializer.deserialize_str(Visit(PhantomData))
    }
}

/// A moment in this century, in RFC 3339: what Postgres can store, and what can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct When(pub(crate) Timestamp);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const FIRST: i64 = 946_684_800;
        const LAST: i64 = 4_102_444_800;
        let text = String::deserialize(deserializer)?;
        let moment: Option<Timestamp> = text.parse().ok();
        moment.filter(|at| (FIRST..LAST).contains(&at.as_second())).map(Self).ok_or_else(|| {
            D::Error::custom(
                "expected a time from 2000 to 2099 in RFC 3339, for example 2026-11-23T02:00:00Z",
            )
        })
    }
}

/// Any JSON that Postgres can store: no text in it contains NUL.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Data(pub(crate) Value);

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if contains_nul(&value) {
            return Err(D::Error::custom("text with the character NUL (\\u0000) cannot be stored"));
        }
        Ok(Self(value))
    }
}

fn contains_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(contains_nul),
        Value::Object(map) => map.iter().any(|(key, item)| key.contains('\0') || contains_nul(item)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Reads a field that may be null, and keeps apart null and left out.
///
/// # Errors
/// When a field that is there cannot be read.
pub(crate) fn maybe_null<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

/// A limit from 0 to `most`, or null for none.
///
/// # Errors
/// 400 for any other number.
pub(crate) fn bounded(
    field: &str,
    given: Option<Option<Whole>>,
    most: i32,
) -> ApiResult<Option<Option<i32>>> {
    let Some(Some(Whole(number))) = given else { return Ok(given.map(|_| None)) };
    match i32::try_from(number) {
        Ok(number) if (0..=most).contains(&number) => Ok(Some(Some(number))),
        _ => Err(ApiError::invalid(field, format!("{field}: expected a number from 0 to {most}, or null"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_bounded() {
        let read = |text: &str| serde_json::from_value::<When>(Value::from(text));
        assert!(read("2026-11-23T02:00:00Z").is_ok());
        assert!(read("2026-11-23T02:00:00+01:00").is_ok());
        for bad in ["-009999-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "soon", ""] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn null_and_nothing_are_two_things() {
        #[derive(Deserialize)]
        struct Sample {
            #[serde(default, deserialize_with = "maybe_null")]
            limit: Option<Option<Whole>>,
        }
        let read = |json: &str| {
            let sample: Sample = serde_json::from_str(json).unwrap();
            bounded("limit", sample.limit, 10).ok()
        };
        assert_eq!(read("{}"), Some(None));
        assert_eq!(read(r#"{"limit":null}"#), Some(Some(None)));
        assert_eq!(read(r#"{"limit":10}"#), Some(Some(Some(10))));
        assert_eq!((read(r#"{"limit":11}"#), read(r#"{"limit":-1}"#)), (None, None));
    }

    #[test]
    fn nul_is_found_at_any_depth() {
        let read = |text: &str| serde_json::from_str::<Data>(text);
        assert!(read(r#"{"a":[1,{"b":"c\u0001"}]}"#).is_ok());
        assert!(read(r#"{"a":[1,{"b":"\u0000"}]}"#).is_err());
        assert!(read(r#"{"a\u0000":1}"#).is_err());
    }
}
