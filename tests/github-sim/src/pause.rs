//! Barriers: a request stops before or after it is carried out until the test lets it go on, so that a person's edit
//! falls exactly between two calls of the program under test.

use std::sync::Mutex;

use http::Method;
use tokio::sync::oneshot;

use crate::{faults::lock, pattern::RequestPattern};

/// On which side of being carried out a request stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Before,
    After,
}

/// A barrier for one request. Dropping it lets the request go on.
#[derive(Debug)]
pub struct Pause {
    reached: oneshot::Receiver<()>,
    resume: oneshot::Sender<()>,
}

impl Pause {
    /// Waits until the request has come to the barrier.
    pub async fn reached(&mut self) {
        // An error means that the simulator is gone; the test then fails on its own terms.
        let _ = (&mut self.reached).await;
    }

    /// Lets the request go on.
    pub fn resume(self) {
        let _ = self.resume.send(());
    }
}

#[derive(Debug)]
struct Barrier {
    when: When,
    on: RequestPattern,
    /// Matching requests to let through first.
    skip: u64,
    reached: oneshot::Sender<()>,
    resume: oneshot::Receiver<()>,
}

#[derive(Debug, Default)]
pub(crate) struct Pauses(Mutex<Vec<Barrier>>);

impl Pauses {
    pub(crate) fn add(&self, when: When, on: RequestPattern, skip: u64) -> Pause {
        let (reached_sender, reached) = oneshot::channel();
        let (resume, resume_receiver) = oneshot::channel();
        let barrier = Barrier { when, on, skip, reached: reached_sender, resume: resume_receiver };
        lock(&self.0).push(barrier);
        Pause { reached, resume }
    }

    /// Stops here when a barrier is for this request; each barrier stops one.
    pub(crate) async fn pass(&self, when: When, method: &Method, path: &str, route: &str) {
        let barrier = {
            let mut barriers = lock(&self.0);
            let mut found = None;
            for (index, barrier) in barriers.iter_mut().enumerate() {
                if barrier.when != when || !barrier.on.matches(method, path, route) {
                    continue;
                }
                if barrier.skip == 0 {
                    found = found.or(Some(index));
                } else {
                    barrier.skip -= 1;
                }
            }
            found.map(|index| barriers.remove(index))
        };
        if let Some(barrier) = barrier {
            let _ = barrier.reached.send(());
            let _ = barrier.resume.await;
        }
    }
}
