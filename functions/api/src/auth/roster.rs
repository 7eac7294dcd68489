//! What every request of an agent passes: its share of requests, and the note of when it was last seen.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dispatch_domain::ids::AgentName;
use dispatch_store::{Db, agents};

use super::rate::Rate;
use crate::error::ApiResult;

/// Last use is told to the minute, so it is written once a minute.
const TELL: Duration = Duration::from_secs(60);
/// After so many agents it is forgotten who was noted: names are cheap to invent for the bootstrap token.
const MOST_AGENTS: usize = 10_000;

/// An agent, and the token of its own that it used.
type Presence = (AgentName, Option<i64>);

/// The agents of this instance.
pub(crate) struct Roster {
    db: Db,
    rate: Rate,
    noted: Mutex<HashMap<Presence, Instant>>,
}

impl Roster {
    pub(crate) fn new(db: Db, share: u16) -> Self {
        Self { db, rate: Rate::new(share), noted: Mutex::default() }
    }

    /// Lets one request of an agent pass. Its presence is noted in a transaction of its own, and a failure of that is
    /// nobody's failure.
    ///
    /// # Errors
    /// 429 when the agent's share of requests is used up.
    pub(crate) async fn admit(&self, agent: &AgentName, token: Option<i64>) -> ApiResult<()> {
        self.rate.take(&self.db, agent).await?;
        if self.is_news(agent, token)
            && let Err(error) = agents::seen(&self.db, agent, token).await
        {
            tracing::warn!(%error, agent = agent.as_str(), "an agent's presence could not be noted");
        }
        Ok(())
    }

    fn is_news(&self, agent: &AgentName, token: Option<i64>) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() >= MOST_AGENTS {
            noted.clear();
        }
        let now = Instant::now();
        let presence = (agent.clone(), token);
        let news = noted.get(&presence).is_none_or(|last| now.duration_since(*last) >= TELL);
        if news {
            noted.insert(presence, now);
        }
        news
    }
}
