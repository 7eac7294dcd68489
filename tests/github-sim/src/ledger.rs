//! What was asked of the simulator.

use std::collections::{BTreeMap, VecDeque};

use http::{Method, StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

const WRITES_KEPT: usize = 20_000;

/// One request through the API that wanted to change something.
#[derive(Debug, Clone, Serialize)]
pub struct Write {
    /// Counts from 1.
    pub number: u64,
    /// By the simulator's clock, when it was carried out.
    pub at: Timestamp,
    /// The login it was made under.
    pub actor: String,
    /// `POST`, `PATCH`, `PUT` or `DELETE`.
    pub method: String,
    /// As sent, still percent-encoded.
    pub path: String,
    /// `/repos/{owner}/{repo}/…`.
    pub route: String,
    /// Null when there was none.
    pub body: Value,
    /// How it ended on GitHub's side.
    pub status: u16,
    /// False when a fault lost or replaced the answer of a request that was carried out.
    pub answered: bool,
}

impl Write {
    /// Whether it took effect.
    pub fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Numbers of requests, the administrative ones not counted.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Requests {
    /// All.
    pub total: u64,
    /// By `METHOD /route/{template}`.
    pub by_route: BTreeMap<String, u64>,
    /// Answered with 304.
    pub not_modified: u64,
    /// Charged to the primary rate limit.
    pub charged: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) requests: Requests,
    pub(crate) writes: VecDeque<Write>,
    numbers: u64,
}

impl Ledger {
    pub(crate) fn count(&mut self, method: &Method, route: &str, status: StatusCode, charged: bool) {
        let requests = &mut self.requests;
        requests.total += 1;
        *requests.by_route.entry(format!("{method} {route}")).or_default() += 1;
        requests.not_modified += u64::from(status == StatusCode::NOT_MODIFIED);
        requests.charged += u64::from(charged);
    }

    pub(crate) fn write(&mut self, write: Write) {
        self.numbers += 1;
        self.writes.push_back(Write { number: self.numbers, ..write });
        if self.writes.len() > WRITES_KEPT {
            self.writes.pop_front();
        }
    }

    /// Forgets the past; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.writes.clear();
        self.requests = Requests::default();
    }
}
