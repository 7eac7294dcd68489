//! Saving an issue: what the domain read, its own work, and the work on its pull requests.

use dispatch_domain::ids::Slug;
use dispatch_domain::label::Priority;
use dispatch_domain::rank::{rank_key, weight};
use dispatch_domain::status::Status;
use dispatch_queries::queries::{follow_ups, ingest};
use jiff::{SignedDuration, Timestamp};

use super::Issue;
use crate::db::Tx;
use crate::dependencies;
use crate::error::Error;
use crate::pulls::follow_up;

impl Issue {
    /// Saves what the domain read, and the work that follows from it. Answers whether other issues wait for this one
    /// or may do so, and have to be counted anew after the commit.
    pub(crate) async fn save(&self, tx: &Tx) -> Result<bool, Error> {
        let ((), (), felt) = futures::try_join!(self.save_reading(tx), self.save_fixes(tx), self.felt(tx))?;
        Ok(felt)
    }

    async fn felt(&self, tx: &Tx) -> Result<bool, Error> {
        let (was, is) = (self.facts.closed || self.facts.gone, self.state.closed || self.state.gone);
        let new = self.facts.github_updated_at == Timestamp::UNIX_EPOCH;
        if was == is && !new { Ok(false) } else { dependencies::felt(tx, self.id).await }
    }

    /// Ready work is offered. What rests in somebody's hands keeps its age, so that it does not queue anew when it
    /// comes back.
    async fn save_reading(&self, tx: &Tx) -> Result<(), Error> {
        let state = &self.state;
        let open = !state.closed && !state.gone;
        // A pull request's card has no work of its own: it is implemented already, and what may be left to do is a fix.
        let works = self.facts.pull_request_id.is_none() && (open || self.work.is_some());
        let known = self.work.as_ref().and_then(|work| work.ready_since);
        let ready_since = match state.status {
            Status::Ready => Some(known.unwrap_or(self.now)),
            Status::InProgress => known,
            _ => None,
        };
        let since = ready_since.unwrap_or(self.facts.github_created_at);
        ingest::write_reading()
            .bind(
                tx,
                &self.id.0,
                &state.lane.as_str(),
                &(open && state.status == Status::Ready),
                &ready_since,
                &rank_key(since, priority(state.priority.as_deref()), SignedDuration::ZERO),
                &works,
                &state.status.as_str(),
                &state.priority,
                &state.kind,
                &state.owner,
                &state.agent.as_ref().map(Slug::as_str),
                &state.problems,
                &state.block.as_ref().map(|(kind, _)| kind.as_str()),
                &state.block.as_ref().map(|(_, reason)| reason),
                &state.block_until,
                &state.attention,
            )
            .await?;
        Ok(())
    }

    /// The work on its pull requests is offered under its status, lane and priority.
    async fn save_fixes(&self, tx: &Tx) -> Result<(), Error> {
        if !self.facts.has_fixes {
            return Ok(());
        }
        let state = &self.state;
        let starts = !state.closed && !state.gone && follow_up::starts(state.status);
        let weight = weight(priority(state.priority.as_deref())).as_secs_f64();
        follow_ups::offer_fixes().bind(tx, &state.lane.as_str(), &weight, &starts, &self.id.0).await?;
        Ok(())
    }
}

/// A priority as the issue's row has it.
pub(crate) fn priority(word: Option<&str>) -> Option<Priority> {
    word?.parse().ok()
}
