//! Switches that make the API misbehave as a real one does.

use std::sync::{Mutex, MutexGuard};

use http::Method;
use serde::{Deserialize, Serialize};

use crate::pattern::RequestPattern;

/// A fault for the next `times` requests that match `on`. As JSON:
/// `{"kind": "secondary_limit", "retry_after": 2, "times": 1, "on": "POST */labels"}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// For how many matching requests; once when absent.
    #[serde(default = "once")]
    pub times: u64,
    /// For which requests; all when absent.
    #[serde(default)]
    pub on: RequestPattern,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The answer takes this much longer. Goes together with another fault.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
    /// A 5xx answer in JSON.
    ServerError {
        /// The status; 502 when absent.
        #[serde(default = "bad_gateway")]
        status: u16,
        /// Whether the request was carried out all the same.
        #[serde(default)]
        applied: bool,
    },
    /// The connection closes without an answer.
    DropConnection {
        /// Whether the request was carried out: the reply is lost, not the change.
        #[serde(default)]
        applied: bool,
    },
    /// The connection closes in the middle of the answer's body.
    CutBody,
    /// The secondary rate limit (GitHub docs, "Rate limits for the REST API", "Exceeding the rate limit").
    SecondaryLimit {
        /// Seconds in `retry-after`; no such header when absent.
        #[serde(default)]
        retry_after: Option<u64>,
        /// 403, or 429 as GitHub also answers.
        #[serde(default = "forbidden")]
        status: u16,
    },
    /// A page for people where JSON was promised.
    Html {
        /// The status; 502 when absent.
        #[serde(default = "bad_gateway")]
        status: u16,
    },
}

impl Fault {
    /// `kind`, for the next request of any sort.
    pub fn once(kind: FaultKind) -> Self {
        Self { kind, times: 1, on: RequestPattern::any() }
    }

    /// The same, for so many requests.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    /// The same, only for requests that match.
    #[must_use]
    pub fn on(mut self, on: impl Into<RequestPattern>) -> Self {
        self.on = on.into();
        self
    }
}

/// The faults that are switched on.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn pending(&self) -> &[Fault] {
        &self.0
    }

    /// Uses up one turn of what matches: one delay, and the first fault of another kind.
    pub(crate) fn take(
        &mut self,
        method: &Method,
        path: &str,
        route: &str,
    ) -> (Option<u64>, Option<FaultKind>) {
        let (mut delay, mut taken) = (None, None);
        for fault in &mut self.0 {
            if fault.times == 0 || !fault.on.matches(method, path, route) {
                continue;
            }
            match &fault.kind {
                FaultKind::Slow { ms } if delay.is_none() => delay = Some(*ms),
                FaultKind::Slow { .. } => continue,
                kind if taken.is_none() => taken = Some(kind.clone()),
                _ => continue,
            }
            fault.times -= 1;
        }
        self.0.retain(|fault| fault.times > 0);
        (delay, taken)
    }
}

/// Locks without caring for a test that panicked meanwhile.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn once() -> u64 {
    1
}

fn bad_gateway() -> u16 {
    502
}

fn forbidden() -> u16 {
    403
}
