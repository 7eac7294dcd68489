//! How many requests one agent may make in a window of time, over all instances of the API together.
//!
//! Each agent has one share per window, kept in one row in Postgres. An instance takes a slice of it at a time and
//! spends the slice by itself; once the share is used up it refuses for the rest of the window without asking again.
//! So no request writes a row of its own: the first [`FREE`] of a window cost nothing, of the others every
//! [`SLICE`]th costs one statement, and what is refused costs one per instance and window. An instance reports its free
//! requests with its first slice; those of instances that never take one are all by which a share can be exceeded.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use dispatch_domain::ids::AgentName;
use dispatch_store::{Db, agents};
use jiff::Timestamp;

use crate::error::{ApiError, ApiResult};

/// Seconds of one window.
const WINDOW: i64 = 10;
/// Requests per window and instance that are not asked for.
const FREE: i32 = 5;
/// Requests that an instance takes at a time.
const SLICE: i32 = 20;
/// After so many agents in one window their counts begin anew: names are cheap to invent for the bootstrap token.
const MOST_AGENTS: usize = 10_000;

/// The shares as this instance knows them.
pub(crate) struct Rate {
    /// Requests per window; 0: no limit.
    share: i32,
    windows: Mutex<HashMap<AgentName, Window>>,
    /// One slice is taken at a time: whoever waited for it spends what the one before brought.
    asking: tokio::sync::Mutex<()>,
}

/// One agent's present window at this instance.
struct Window {
    number: i64,
    /// Requests that may still be spent here.
    left: i32,
    /// Spent here and not yet in Postgres.
    unreported: i32,
    /// The share is used up.
    over: bool,
}

/// What this instance says by itself.
enum Verdict {
    Passes,
    Refused,
    /// A slice of the share is needed.
    Ask,
}

impl Rate {
    pub(crate) fn new(share: u16) -> Self {
        Self { share: share.into(), windows: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// 429 with the seconds until the next window.
    pub(crate) async fn take(&self, db: &Db, agent: &AgentName) -> ApiResult<()> {
        if self.share == 0 {
            return Ok(());
        }
        let now = Timestamp::now().as_second();
        let (number, remaining) = (now.div_euclid(WINDOW), WINDOW - now.rem_euclid(WINDOW));
        let mut verdict = self.spend(agent, number);
        if matches!(verdict, Verdict::Ask) {
            let _one_at_a_time = self.asking.lock().await;
            verdict = self.spend(agent, number);
            if matches!(verdict, Verdict::Ask) {
                let taken = agents::take_requests(db, agent, number, self.wanted(agent)).await?;
                verdict = self.grant(agent, number, taken);
            }
        }
        match verdict {
            Verdict::Passes => Ok(()),
            Verdict::Refused | Verdict::Ask => Err(self.too_many(agent, remaining)),
        }
    }

    fn spend(&self, agent: &AgentName, number: i64) -> Verdict {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MOST_AGENTS && !windows.contains_key(agent) {
            windows.clear();
        }
        let free = FREE.min(self.share);
        let fresh = || Window { number, left: free, unreported: free, over: false };
        let window = windows.entry(agent.clone()).or_insert_with(fresh);
        if window.number != number {
            *window = fresh();
        }
        if window.over {
            Verdict::Refused
        } else if window.left > 0 {
            window.left -= 1;
            Verdict::Passes
        } else {
            Verdict::Ask
        }
    }

    /// How many requests are to be taken from the share: a slice, and what was spent without asking.
    fn wanted(&self, agent: &AgentName) -> i32 {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        SLICE + windows.get_mut(agent).map_or(0, |window| std::mem::take(&mut window.unreported))
    }

    /// Takes in what is left of the share for the slice that was asked for, and spends the first of it. `taken` says how
    /// far the share is used, that slice included.
    fn grant(&self, agent: &AgentName, number: i64, taken: i32) -> Verdict {
        let slice = (self.share - (taken - SLICE)).clamp(0, SLICE);
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(window) = windows.get_mut(agent).filter(|window| window.number == number) {
            window.over = slice == 0;
            window.left += (slice - 1).max(0);
        }
        if slice > 0 { Verdict::Passes } else { Verdict::Refused }
    }

    fn too_many(&self, agent: &AgentName, seconds: i64) -> ApiError {
        let message = format!(
            "Agent {agent} made more than {} requests in {WINDOW} seconds. Wait {seconds} seconds; POST /api/claims \
             with \"wait\" waits for work without asking again and again.",
            self.share
        );
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
            .with_header(RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row in Postgres.
    #[derive(Default)]
    struct Row {
        number: i64,
        taken: i32,
        statements: usize,
    }

    impl Row {
        fn take(&mut self, number: i64, wanted: i32) -> i32 {
            if self.number < number {
                (self.number, self.taken) = (number, 0);
            }
            self.taken += wanted;
            self.statements += 1;
            self.taken
        }
    }

    /// How many of `requests` pass at `instances` in one window.
    fn passed(instances: &[Rate], row: &mut Row, number: i64, requests: usize) -> usize {
        let agent = "alpha".parse().unwrap();
        (0..requests)
            .filter(|n| {
                let rate = &instances[n % instances.len()];
                let verdict = match rate.spend(&agent, number) {
                    Verdict::Ask => rate.grant(&agent, number, row.take(number, rate.wanted(&agent))),
                    verdict => verdict,
                };
                matches!(verdict, Verdict::Passes)
            })
            .count()
    }

    #[test]
    fn a_share_is_one_over_all_instances_and_costs_few_statements() {
        for count in [1, 4, 16] {
            let instances: Vec<Rate> = (0..count).map(|_| Rate::new(200)).collect();
            let mut row = Row::default();
            let most = 200 + count * usize::try_from(FREE).unwrap();
            for number in 1..4 {
                row.statements = 0;
                let passed = passed(&instances, &mut row, number, 1000);
                assert!((200..=most).contains(&passed), "{passed} of 1000 at {count}");
                assert!(row.statements <= 11 + 2 * count, "{} statements at {count}", row.statements);
            }
        }
    }

    #[test]
    fn whoever_asks_now_and_then_never_costs_a_statement() {
        let instances = [Rate::new(200)];
        let mut row = Row::default();
        for number in 1..100 {
            assert_eq!(passed(&instances, &mut row, number, 5), 5);
        }
        assert_eq!(row.statements, 0);
    }

    #[test]
    fn a_small_share_is_kept_too() {
        let instances = [Rate::new(3)];
        assert_eq!(passed(&instances, &mut Row::default(), 1, 50), 3);
    }
}
