//! Rate limits: how GitHub says "not now", and until when.
//!
//! The rules are those of "Rate limits for the REST API" and "Best practices for using the REST API" on
//! docs.github.com: an answer of 403 or 429; `retry-after` first; else, with `x-ratelimit-remaining: 0`, the time in
//! `x-ratelimit-reset`; else at least a minute.

use std::time::Duration;

use dispatch_domain::budget::RateLimit;
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;

/// What to do when a secondary limit does not say.
const A_MINUTE: Duration = Duration::from_secs(60);
/// No limit of GitHub's lasts longer than its hour; a day leaves room and keeps nonsense from parking work for ever.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Never "at once", whatever the two clocks say.
const SHORTEST: Duration = Duration::from_secs(1);

/// An answer that asks to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limited {
    /// How long, at least.
    pub(crate) wait: Duration,
    pub(crate) kind: RateLimit,
    /// GitHub said how long.
    pub(crate) told: bool,
}

/// How long to wait before the next request, if the answer is a rate limit at all.
///
/// `message` is GitHub's, `now` is only used where the answer has no date of its own.
pub(crate) fn limited(
    status: StatusCode,
    headers: &HeaderMap,
    message: &str,
    now: Timestamp,
) -> Option<Limited> {
    if status != StatusCode::FORBIDDEN && status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let now = headers.get(header::DATE).and_then(|v| http_date(v.to_str().ok()?)).unwrap_or(now);
    let used_up = number(headers, "x-ratelimit-remaining") == Some(0);
    let kind = if used_up { RateLimit::Primary } else { RateLimit::Secondary };
    let told =
        headers.get(header::RETRY_AFTER).and_then(|v| retry_after(v.to_str().ok()?, now)).or_else(|| {
            let reset = number(headers, "x-ratelimit-reset").filter(|_| used_up)?;
            Some(until(Timestamp::from_second(reset).ok()?, now))
        });
    let wait = if let Some(told) = told {
        told
    } else if used_up
        || status == StatusCode::TOO_MANY_REQUESTS
        || message.to_ascii_lowercase().contains("rate limit")
    {
        A_MINUTE
    } else {
        return None;
    };
    Some(Limited { wait: wait.clamp(SHORTEST, LONGEST), kind, told: told.is_some() })
}

/// `retry-after` is a number of seconds or a date (RFC 9110, section 10.2.3).
fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(value.parse().map_or(LONGEST, Duration::from_secs));
    }
    http_date(value).map(|at| until(at, now))
}

fn http_date(value: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(value.trim()).ok().map(|date| date.timestamp())
}

fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now)).unwrap_or_default()
}

/// A header that is a whole number.
pub(crate) fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_795_400_000;

    fn check(status: u16, headers: &[(&str, &str)], message: &str, expect: Option<(u64, RateLimit)>) {
        let headers: HeaderMap = headers
            .iter()
            .map(|(k, v)| {
                let name: HeaderName = k.parse().expect("a header name");
                (name, HeaderValue::from_str(v).expect("a header value"))
            })
            .collect();
        let now = Timestamp::from_second(NOW).expect("a time");
        let status = StatusCode::from_u16(status).expect("a status");
        let found = limited(status, &headers, message, now).map(|found| (found.wait.as_secs(), found.kind));
        assert_eq!(found, expect, "{status} {headers:?} {message}");
    }

    #[test]
    fn the_table_of_github() {
        use RateLimit::{Primary, Secondary};
        let reset = (NOW + 1234).to_string();
        let reset = ("x-ratelimit-reset", reset.as_str());
        let none_left = ("x-ratelimit-remaining", "0");
        let some_left = ("x-ratelimit-remaining", "4321");

        check(403, &[none_left, reset], "API rate limit exceeded", Some((1234, Primary)));
        check(429, &[none_left, reset], "", Some((1234, Primary)));
        check(
            403,
            &[some_left, reset, ("retry-after", "30")],
            "You have exceeded a secondary rate limit",
            Some((30, Secondary)),
        );
        check(403, &[none_left, reset, ("retry-after", "30")], "", Some((30, Primary)));
        check(
            403,
            &[some_left, reset],
            "You have exceeded a secondary rate limit. Please wait",
            Some((60, Secondary)),
        );
        check(429, &[some_left], "", Some((60, Secondary)));
        check(429, &[], "", Some((60, Secondary)));
        check(403, &[none_left], "", Some((60, Primary)));

        // Not limits.
        check(403, &[some_left, reset], "Resource not accessible by integration", None);
        check(403, &[], "Repository was archived so is read-only.", None);
        check(401, &[none_left, reset], "Bad credentials", None);
        check(500, &[("retry-after", "30")], "", None);
        check(200, &[none_left, reset], "", None);
    }

    #[test]
    fn times_are_those_of_githubs_clock_and_bounded() {
        use RateLimit::{Primary, Secondary};
        // Our clock is a minute ahead of GitHub's.
        let date = ("date", "Mon, 23 Nov 2026 02:00:00 GMT");
        check(429, &[date, ("retry-after", "Mon, 23 Nov 2026 02:00:45 GMT")], "", Some((45, Secondary)));
        check(429, &[date, ("retry-after", "Mon, 23 Nov 2026 01:00:00 GMT")], "", Some((1, Secondary)));
        check(429, &[("retry-after", "0")], "", Some((1, Secondary)));
        check(429, &[("retry-after", "99999999999999999999999999")], "", Some((86_400, Secondary)));
        check(429, &[("retry-after", "soon")], "", Some((60, Secondary)));
        let none_left = ("x-ratelimit-remaining", "0");
        check(403, &[none_left, ("x-ratelimit-reset", "1")], "", Some((1, Primary)));
        check(403, &[none_left, ("x-ratelimit-reset", "9223372036854775807")], "", Some((60, Primary)));
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic_or_wait_for_ever(
            status in 100u16..600, retry in "\\PC{0,30}|[0-9]{0,25}", reset in "-?[0-9]{0,22}", remaining in "[0-9-]{0,3}",
            date in "[A-Za-z]{3}, [0-9]{1,2} [A-Za-z]{3} [0-9]{1,6} [0-9:]{1,9} [A-Z+-]{0,4}", message in ".{0,40}",
        ) {
            let mut headers = HeaderMap::new();
            for (name, value) in [("retry-after", retry), ("x-ratelimit-reset", reset), ("x-ratelimit-remaining", remaining), ("date", date)] {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    headers.insert(HeaderName::from_static(name), value);
                }
            }
            let now = Timestamp::from_second(NOW).expect("a time");
            if let Some(Limited { wait, .. }) = limited(StatusCode::from_u16(status).expect("a status"), &headers, &message, now) {
                prop_assert!(wait >= SHORTEST && wait <= LONGEST);
            }
        }
    }
}
