//! The seven ways in which a call to GitHub fails, each with something else to do about it.

use std::time::Duration;

use dispatch_domain::budget::RateLimit;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use crate::budget::Credential;
use crate::limit::{self, Limited};
use crate::transport::Answer;

/// Why GitHub did not do what was asked. `what` is the thing the call was about, for example `issue octo/web#7`.
///
/// Texts that come from GitHub are without markup, without anything that looks like a token, and short.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// GitHub asks to wait. Nothing was done.
    #[error("GitHub's {} rate limit stops {what}; try again in {} s", kind.as_str(), wait.as_secs())]
    RateLimited {
        /// What the call was about.
        what: String,
        /// How long to wait, from when the answer came; measured by GitHub's clock. One second to a day.
        wait: Duration,
        /// The end of that, by this machine's clock.
        retry_at: Timestamp,
        /// Which limit.
        kind: RateLimit,
        /// GitHub said how long; else `wait` is the least it asks for, and longer each time.
        told: bool,
        /// Whose limit it is.
        credential: Credential,
    },
    /// GitHub does not show it (404, 410), or it lives somewhere else now.
    #[error("GitHub has no {what} for us: it was deleted or moved, or the credential may not see it")]
    Gone {
        /// What the call was about.
        what: String,
    },
    /// The credential itself is not accepted (401): revoked, expired, or never one. Nothing is wrong with the request.
    #[error("GitHub does not accept this credential for {what}: {message}")]
    Unauthorized {
        /// What the call was about.
        what: String,
        /// GitHub's reason.
        message: String,
    },
    /// The credential may not do this (403); also: the repository is archived.
    #[error("GitHub refuses {what} to this credential: {message}")]
    Denied {
        /// What the call was about.
        what: String,
        /// GitHub's reason.
        message: String,
    },
    /// GitHub understood the request and will never do it (422).
    #[error("GitHub cannot do this to {what}: {message}")]
    Unprocessable {
        /// What the call was about.
        what: String,
        /// GitHub's reason.
        message: String,
    },
    /// GitHub or the way to it is down: 5xx, no connection, too slow, cut off, or a page instead of JSON. Whether a
    /// write was done is not known.
    #[error("GitHub is unavailable for {what}: {cause}")]
    Unavailable {
        /// What the call was about.
        what: String,
        /// What happened.
        cause: String,
    },
    /// An answer that Dispatch does not understand; trying again will not help.
    #[error("GitHub's answer for {what} is not understood: {cause}")]
    Unexpected {
        /// What the call was about.
        what: String,
        /// What is wrong with it.
        cause: String,
    },
}

impl Error {
    /// How long GitHub asks to wait, if that is the trouble.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { wait, .. } => Some(*wait),
            _ => None,
        }
    }

    /// Whether the same call may work later without anybody doing anything: a rate limit, or GitHub is unavailable.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Unavailable { .. })
    }

    pub(crate) fn gone(what: &str) -> Self {
        Self::Gone { what: what.to_owned() }
    }

    pub(crate) fn unavailable(what: &str, cause: impl Into<String>) -> Self {
        Self::Unavailable { what: what.to_owned(), cause: cause.into() }
    }

    pub(crate) fn unexpected(what: &str, cause: impl Into<String>) -> Self {
        Self::Unexpected { what: what.to_owned(), cause: cause.into() }
    }

    /// The error that an answer other than 2xx, 3xx is.
    pub(crate) fn from_answer(what: &str, credential: Credential, answer: &Answer, now: Timestamp) -> Self {
        let message = message(&answer.body);
        if let Some(Limited { wait, kind, told }) =
            limit::limited(answer.status, &answer.headers, &message, now)
        {
            let retry_at = now.checked_add(wait).unwrap_or(Timestamp::MAX);
            return Self::RateLimited { what: what.to_owned(), wait, retry_at, kind, told, credential };
        }
        let what = what.to_owned();
        match answer.status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::Gone { what },
            // 451: the repository was taken down for legal reasons.
            StatusCode::UNAUTHORIZED => {
                Self::Unauthorized { what, message: or_status(message, answer.status) }
            }
            StatusCode::FORBIDDEN | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => {
                let message = or_status(message, answer.status);
                Self::Denied { what, message }
            }
            StatusCode::UNPROCESSABLE_ENTITY => {
                Self::Unprocessable { what, message: or_status(message, answer.status) }
            }
            // 408: GitHub did not get the whole request in time.
            status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
                Self::Unavailable { what, cause: with_status(&message, status) }
            }
            status => Self::Unexpected { what, cause: with_status(&message, status) },
        }
    }
}

fn or_status(message: String, status: StatusCode) -> String {
    if message.is_empty() { format!("status {}, without a reason", status.as_u16()) } else { message }
}

fn with_status(message: &str, status: StatusCode) -> String {
    if message.is_empty() {
        format!("status {}", status.as_u16())
    } else {
        format!("status {}: {message}", status.as_u16())
    }
}

/// GitHub's own words in an error's body (REST API, "Troubleshooting": `message`, and for 422 `errors`); empty when
/// the body is something else.
fn message(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Body {
        message: String,
        #[serde(default)]
        errors: serde_json::Value,
    }
    let Ok(body) = serde_json::from_slice::<Body>(body) else { return String::new() };
    let mut text = body.message;
    for error in body.errors.as_array().into_iter().flatten().take(3) {
        let part = |name: &str| error.get(name).and_then(|v| v.as_str());
        let detail = error.as_str().or_else(|| part("message")).map(str::to_owned);
        let detail = detail.or_else(|| Some(format!("{} {}", part("field")?, part("code")?)));
        if let Some(detail) = detail {
            text.push_str("; ");
            text.push_str(&detail);
        }
    }
    clean(&text)
}

/// The most of GitHub's words that is passed on, in characters.
const LONGEST: usize = 300;

/// Text from outside, made fit for a log and a card: no markup, no control characters, one line, nothing that looks
/// like a credential, not long.
pub(crate) fn clean(text: &str) -> String {
    let mut plain = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c if c.is_control() || c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    let words = plain.split(' ').filter(|w| !w.is_empty());
    let mut line =
        words.map(|w| if is_credential(w) { "[credential]" } else { w }).collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Whether a word contains one of GitHub's token formats ("About authentication to GitHub", token formats) or a JWT.
fn is_credential(word: &str) -> bool {
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "eyJ"].iter().any(|prefix| word.contains(prefix))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn error(status: u16, body: &str) -> Error {
        let status = StatusCode::from_u16(status).expect("a status");
        let answer = Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec().into() };
        Error::from_answer("issue o/r#1", Credential::Token, &answer, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn statuses_become_the_seven_cases() {
        use Error::{Denied, Gone, RateLimited, Unauthorized, Unavailable, Unexpected, Unprocessable};
        assert!(matches!(error(404, ""), Gone { .. }));
        assert!(matches!(error(410, ""), Gone { .. }));
        assert!(
            matches!(error(401, r#"{"message":"Bad credentials"}"#), Unauthorized { message, .. } if message == "Bad credentials")
        );
        let archived = error(403, r#"{"message":"Repository was archived so is read-only."}"#);
        assert!(matches!(archived, Denied { message, .. } if message.contains("archived")));
        assert!(
            matches!(error(403, "<html>"), Denied { message, .. } if message == "status 403, without a reason")
        );
        assert!(matches!(error(429, "<html>"), RateLimited { kind: RateLimit::Secondary, .. }));
        for status in [408, 500, 502, 503, 504] {
            assert!(matches!(error(status, "<html><h1>Unicorn!</h1>"), Unavailable { .. }), "{status}");
        }
        for status in [400, 405, 409, 415] {
            assert!(matches!(error(status, "{}"), Unexpected { .. }), "{status}");
        }
        let body = r#"{"message":"Validation Failed","errors":[{"resource":"Label","field":"name","code":"invalid"},"too many",{"message":"no"}]}"#;
        let Unprocessable { message, .. } = error(422, body) else { panic!("another case") };
        assert_eq!(message, "Validation Failed; name invalid; too many; no");
    }

    #[test]
    fn texts_are_clean_and_short() {
        assert_eq!(clean("<p>not\n <b>now</b></p>\u{0}"), "not now");
        assert_eq!(
            clean("bad token ghp_abc123 and x:github_pat_9"),
            "bad token [credential] and [credential]"
        );
        assert_eq!(clean(&"ä".repeat(1000)).chars().count(), LONGEST + 1);
    }

    proptest! {
        #[test]
        fn no_answer_makes_the_mapping_panic(
            status in 100u16..1000, body in prop_oneof![any::<Vec<u8>>(), ".{0,60}".prop_map(|m| serde_json::json!({"message": m, "errors": [m, {"field": m, "code": m}]}).to_string().into_bytes())],
            header in proptest::option::of("[ -~]{0,20}"),
        ) {
            let mut headers = HeaderMap::new();
            if let Some(value) = header.and_then(|h| HeaderValue::from_str(&h).ok()) {
                headers.insert("retry-after", value);
            }
            let answer = Answer { status: StatusCode::from_u16(status).expect("a status"), headers, body: body.into() };
            let text = Error::from_answer("x", Credential::Token, &answer, Timestamp::MAX).to_string();
            prop_assert!(text.chars().count() < LONGEST * 2);
            prop_assert!(!text.contains('\n') && !text.contains('\0'));
        }
    }
}
