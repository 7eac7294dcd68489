//! GitHub asks for a second between writes (REST API, "Best practices").

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// Keeps writes apart within this process.
pub(crate) struct Pace {
    interval: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    pub(crate) fn new(interval: Duration) -> Self {
        Self { interval, next: Mutex::new(None) }
    }

    /// Waits until the next write may go out: at most one interval.
    pub(crate) async fn wait(&self) {
        let mut next = self.next.lock().await;
        if let Some(at) = *next {
            tokio::time::sleep_until(at).await;
        }
        *next = Some(Instant::now() + self.interval);
    }
}
