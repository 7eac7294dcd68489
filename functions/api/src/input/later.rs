//! A moment to try again at, as agents like to say it.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::When;

/// The longest wait in seconds: thirty days.
const LONGEST: i64 = 30 * 24 * 3600;

/// Seconds from now, or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Later {
    /// So many seconds from now.
    Seconds(i64),
    /// At that time.
    At(When),
}

impl Later {
    /// The moment, when it is `now`.
    pub(crate) fn after(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Seconds(seconds) => now + SignedDuration::from_secs(seconds),
            Self::At(when) => when.0,
        }
    }
}

impl<'de> Deserialize<'de> for Later {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl Visitor<'_> for Visit {
            type Value = Later;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "seconds from 0 to {LONGEST}, or a time in RFC 3339")
            }

            fn visit_i64<E: Error>(self, seconds: i64) -> Result<Later, E> {
                match seconds {
                    0..=LONGEST => Ok(Later::Seconds(seconds)),
                    _ => Err(E::invalid_value(Unexpected::Signed(seconds), &self)),
                }
            }

            fn visit_u64<E: Error>(self, seconds: u64) -> Result<Later, E> {
                self.visit_i64(i64::try_from(seconds).unwrap_or(i64::MAX))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Later, E> {
                match text.parse() {
                    Ok(seconds) => self.visit_i64(seconds),
                    Err(_) => {
                        let text: serde::de::value::StrDeserializer<'_, E> =
                            serde::de::value::StrDeserializer::new(text);
                        When::deserialize(text).map(Later::At)
                    }
                }
            }
        }

        deserializer.deserialize_any(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_or_a_time() {
        let now: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
        let check = |json: &str, expect: &str| {
            let later: Later = serde_json::from_str(json).unwrap();
            assert_eq!(later.after(now).to_string(), expect, "{json}");
        };
        check("90", "2026-11-23T02:01:30Z");
        check("\"90\"", "2026-11-23T02:01:30Z");
        check("\"2026-11-24T00:00:00Z\"", "2026-11-24T00:00:00Z");
        for bad in ["-1", "2592001", "18446744073709551615", "\"soon\"", "true", "1.5"] {
            assert!(serde_json::from_str::<Later>(bad).is_err(), "{bad}");
        }
    }
}
