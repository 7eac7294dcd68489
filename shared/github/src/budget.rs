//! What GitHub still grants, and what this process has asked of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use dispatch_domain::budget::Budget;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use crate::limit::number;

/// Whose budget a request counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credential {
    /// The configured token.
    Token,
    /// The App itself, which only asks for its installations' tokens.
    App,
    /// An installation of the App, by its id.
    Installation(u64),
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token => f.write_str("token"),
            Self::App => f.write_str("app"),
            Self::Installation(id) => write!(f, "installation {id}"),
        }
    }
}

/// Requests this process has sent, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reads that brought something, or failed.
    pub reads: u64,
    /// Reads answered 304, which cost nothing of the hourly budget.
    pub not_modified: u64,
    /// Writes, done or not.
    pub writes: u64,
    /// Requests for installation tokens and lookups of installations.
    pub tokens: u64,
    /// Requests of all kinds that GitHub answered with a rate limit.
    pub limited: u64,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Token,
}

/// Keeps the books of one process.
#[derive(Debug, Default)]
pub(crate) struct Meter(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    budgets: BTreeMap<Credential, Budget>,
    counts: Counts,
}

impl Meter {
    /// Notes one request and, when there was an answer, what its headers say.
    pub(crate) fn note(&self, kind: Kind, credential: Credential, answer: Option<(StatusCode, &HeaderMap)>) {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = &mut books.counts;
        match kind {
            Kind::Read if answer.is_some_and(|(status, _)| status == StatusCode::NOT_MODIFIED) => {
                counts.not_modified += 1;
            }
            Kind::Read => counts.reads += 1,
            Kind::Write => counts.writes += 1,
            Kind::Token => counts.tokens += 1,
        }
        if let Some(budget) = answer.and_then(|(_, headers)| budget(headers)) {
            books.budgets.insert(credential, budget);
        }
    }

    pub(crate) fn note_limited(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).counts.limited += 1;
    }

    pub(crate) fn budgets(&self) -> BTreeMap<Credential, Budget> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).budgets.clone()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).counts
    }
}

/// The budget an answer's headers show; none when they are of another resource than the core API's.
fn budget(headers: &HeaderMap) -> Option<Budget> {
    if headers.get("x-ratelimit-resource").is_some_and(|resource| resource != "core") {
        return None;
    }
    Some(Budget {
        limit: number(headers, "x-ratelimit-limit")?,
        remaining: number(headers, "x-ratelimit-remaining")?,
        reset_at: Timestamp::from_second(number(headers, "x-ratelimit-reset")?).ok()?,
    })
}
