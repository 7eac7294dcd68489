//! An agent in the hands of a test: what it asks the API for, without the HTTP around it.

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{AgentName, ClaimId, Fence, MutationId, RepoName};
use dispatch_store::claims::finish::{self, End, Report};
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::claims::lease::{self, Checkpoint};
use dispatch_store::claims::nothing::Nothing;
use dispatch_store::claims::{Briefing, Claim, Held, Key};
use dispatch_store::{Error, Who};
use github_sim::IssueView;
use jiff::Timestamp;
use serde_json::json;

use crate::harness::{Harness, id};

/// Somebody who claims under a name. The verbs nudge the writer as the API does.
#[derive(Clone)]
pub struct Agent<'h> {
    harness: &'h Harness,
    asker: Asker,
}

/// Work that was handed out, and the claim on it.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The claim as its holder names it.
    pub held: Held,
    /// Everything the agent was told.
    pub briefing: Briefing,
}

impl Taken {
    /// The issue's number.
    pub fn number(&self) -> i32 {
        self.briefing.issue.number
    }
}

impl<'h> Agent<'h> {
    pub(crate) fn new(harness: &'h Harness, name: &str) -> Self {
        let agent: AgentName = name.parse().expect("an agent's name");
        Self { harness, asker: Asker::anything(agent) }
    }

    /// The name.
    pub fn name(&self) -> &AgentName {
        &self.asker.agent
    }

    /// The same, asking in these lanes only, in this order.
    #[must_use]
    pub fn in_lanes(mut self, lanes: &[&str]) -> Self {
        self.asker.lanes = lanes.iter().map(|lane| lane.parse().expect("a lane")).collect();
        self
    }

    /// The same, asking in these repositories only.
    #[must_use]
    pub fn in_repos(mut self, repos: &[&str]) -> Self {
        self.asker.repositories =
            repos.iter().map(|repo| repo.parse::<RepoName>().expect("owner/name")).collect();
        self
    }

    /// The same, asking for this issue or nothing.
    #[must_use]
    pub fn only(mut self, issue: &IssueView) -> Self {
        self.asker.issue = Some(id(issue));
        self
    }

    /// The same, asking for kinds of work.
    #[must_use]
    pub fn of_kinds(mut self, kinds: &[&str]) -> Self {
        self.asker.kinds = kinds.iter().map(|kind| kind.parse().expect("a kind")).collect();
        self
    }

    fn who(&self) -> Who<'_> {
        Who { kind: "agent", name: self.asker.agent.as_str(), correlation: "test" }
    }

    /// Asks for work.
    ///
    /// # Errors
    /// As the store says.
    pub async fn ask(&self) -> Result<Answer, Error> {
        self.ask_with_key(None).await
    }

    /// Asks for work under an idempotency key.
    ///
    /// # Errors
    /// As the store says.
    pub async fn ask_with_key(&self, key: Option<&Key>) -> Result<Answer, Error> {
        let (answer, nudges) = grant::claim(&self.harness.store, &self.asker, key, &self.who()).await?;
        self.harness.nudge(nudges).await;
        Ok(answer)
    }

    /// Takes the next piece of work.
    ///
    /// # Panics
    /// When there is none.
    pub async fn take(&self) -> Taken {
        match self.ask().await.expect("an answer") {
            Answer::Granted(briefing) => self.taken(*briefing),
            Answer::Nothing(nothing) => panic!("{} got nothing: {nothing:?}", self.name()),
        }
    }

    /// The claim in a briefing, as this agent's own.
    pub fn taken(&self, briefing: Briefing) -> Taken {
        let held = Held {
            id: ClaimId(briefing.claim.id),
            fence: Fence(briefing.claim.fence),
            agent: self.asker.agent.clone(),
        };
        Taken { held, briefing }
    }

    /// Asks for work and expects none; answers why.
    ///
    /// # Panics
    /// When there is some.
    pub async fn gets_nothing(&self) -> Nothing {
        match self.ask().await.expect("an answer") {
            Answer::Granted(briefing) => panic!("{} got #{}", self.name(), briefing.issue.number),
            Answer::Nothing(nothing) => *nothing,
        }
    }

    /// The codes of the gates that hold everything back, with their counts.
    pub async fn held_back_by(&self) -> Vec<(&'static str, usize)> {
        let nothing = self.gets_nothing().await;
        nothing.reasons.iter().map(|(gate, (count, _))| (gate.as_str(), *count)).collect()
    }

    /// Says that it lives.
    ///
    /// # Errors
    /// As the store says.
    pub async fn renew(&self, taken: &Taken) -> Result<Claim, Error> {
        self.kept(lease::renew(&self.harness.store, &self.own(taken), None, None, &self.who()).await).await
    }

    /// Says that it will be silent for so many seconds.
    ///
    /// # Errors
    /// As the store says.
    pub async fn renew_busy(&self, taken: &Taken, seconds: i64) -> Result<Claim, Error> {
        self.kept(lease::renew(&self.harness.store, &self.own(taken), Some(seconds), None, &self.who()).await)
            .await
    }

    /// Stores a checkpoint.
    ///
    /// # Errors
    /// As the store says.
    pub async fn checkpoint(&self, taken: &Taken, checkpoint: &Checkpoint) -> Result<Claim, Error> {
        self.kept(
            lease::checkpoint(&self.harness.store, &self.own(taken), checkpoint, None, &self.who()).await,
        )
        .await
    }

    /// Ends the claim.
    ///
    /// # Errors
    /// As the store says.
    pub async fn end(&self, taken: &Taken, end: &End) -> Result<Claim, Error> {
        let body = json!({ "fence": taken.held.fence });
        let (claim, nudge) =
            finish::end(&self.harness.store, &self.own(taken), end, &body, None, &self.who()).await?;
        self.harness.nudge(nudge).await;
        Ok(claim)
    }

    /// Reports an outcome.
    ///
    /// # Errors
    /// As the store says.
    pub async fn complete(&self, taken: &Taken, outcome: Outcome) -> Result<Claim, Error> {
        self.end(taken, &End::Complete(Report::new(outcome))).await
    }

    /// Gives the work back.
    ///
    /// # Errors
    /// As the store says.
    pub async fn release(&self, taken: &Taken, snooze_until: Option<Timestamp>) -> Result<Claim, Error> {
        self.end(taken, &End::Release { reason: None, snooze_until }).await
    }

    /// Says that it cannot go on.
    ///
    /// # Errors
    /// As the store says.
    pub async fn block(&self, taken: &Taken, kind: BlockKind, reason: &str) -> Result<Claim, Error> {
        self.end(taken, &End::Block { kind, reason: reason.to_owned(), retry_at: None }).await
    }

    async fn kept(&self, kept: Result<(Claim, Option<MutationId>), Error>) -> Result<Claim, Error> {
        let (claim, nudge) = kept?;
        self.harness.nudge(nudge).await;
        Ok(claim)
    }

    /// The claim under this agent's own name, whoever took it.
    fn own(&self, taken: &Taken) -> Held {
        Held { agent: self.asker.agent.clone(), ..taken.held.clone() }
    }
}
