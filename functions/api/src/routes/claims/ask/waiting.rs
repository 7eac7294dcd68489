//! Waiting for work: in a bounded number of places, without a connection, looking again only when it may be worth it.

use std::time::{Duration, Instant};

use dispatch_domain::ids::AgentName;
use dispatch_store::claims::nothing::Nothing;
use dispatch_store::claims::wait::{self, Seen};
use dispatch_store::{Db, Error};

/// How often a waiting request asks whether anything changed: one small read.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// One request's wait. It begins with the first empty answer.
pub(super) struct Waiting<'a> {
    db: &'a Db,
    agent: &'a AgentName,
    end: Instant,
    seen: Option<Seen>,
    /// It has a place among those who wait.
    placed: bool,
}

impl<'a> Waiting<'a> {
    pub(super) fn new(db: &'a Db, agent: &'a AgentName, patience: Duration) -> Self {
        Self { db, agent, end: Instant::now() + patience, seen: None, placed: false }
    }

    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Notes where the feed stands before the queue is searched, so that nothing falls between.
    pub(super) async fn look(&mut self) -> Result<(), Error> {
        if !self.left().is_zero() {
            self.seen = Some(wait::look(self.db, self.seen).await?.0);
        }
        Ok(())
    }

    /// Waits until the queue may look different. `false`: the time is over, or too many wait already.
    pub(super) async fn until_worth_it(&mut self, nothing: &Nothing) -> Result<bool, Error> {
        let opens = Instant::now() + nothing.retry_after().unsigned_abs();
        loop {
            let left = self.left();
            if left.is_zero() {
                return Ok(false);
            }
            if !self.placed && !wait::begin(self.db, self.agent, left.as_secs_f64()).await? {
                return Ok(false);
            }
            self.placed = true;
            let opening = opens.saturating_duration_since(Instant::now());
            tokio::time::sleep(left.min(opening).min(LOOK_AGAIN)).await;
            if Instant::now() >= opens || wait::look(self.db, self.seen).await?.1 {
                return Ok(true);
            }
        }
    }

    /// Gives the place back.
    pub(super) async fn end(self) {
        if self.placed
            && let Err(error) = wait::end(self.db, self.agent).await
        {
            // It is free when its time is over.
            tracing::warn!(%error, "a place among those who wait was not given back");
        }
    }
}
