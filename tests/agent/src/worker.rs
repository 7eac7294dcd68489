//! One agent's life.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::dispatch::{Asked, Dispatch, Refused, Work};
use crate::github::GitHub;
use crate::options::Options;
use crate::tally::Tally;

/// The steps of the work, in Dispatch's words.
const PHASES: [&str; 5] = ["preparing", "planning", "coding", "testing", "publishing"];
/// A silence longer than that is announced.
const SILENCE: Duration = Duration::from_secs(60);

/// What all agents share.
pub(crate) struct Tools {
    dispatch: Dispatch,
    github: GitHub,
}

impl Tools {
    /// # Errors
    /// A variable is not set.
    pub(crate) fn new(options: &Options) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent("dispatch-reference-agent")
            .timeout(Duration::from_secs(options.wait + 20))
            .build()?;
        Ok(Self { dispatch: Dispatch::new(http.clone())?, github: GitHub::new(http)? })
    }
}

/// One agent.
pub(crate) struct Worker {
    name: String,
    options: Options,
    random: fastrand::Rng,
    tools: Arc<Tools>,
    tally: Arc<Tally>,
}

/// How the work on one claim ended.
enum Ended {
    /// Reported, with its pull request.
    Completed,
    /// The agent died: nobody hears of it. Perhaps the pull request is there already, and only the report is lost.
    Killed(&'static str),
    /// Dispatch says no.
    Refused(Refused),
    /// GitHub says no: the work is given back with the reason.
    Failed(String),
}

impl Worker {
    pub(crate) fn new(
        options: &Options,
        number: usize,
        random: fastrand::Rng,
        tools: Arc<Tools>,
        tally: Arc<Tally>,
    ) -> Self {
        Self { name: options.name(number), options: options.clone(), random, tools, tally }
    }

    /// Works until the bounds are reached.
    ///
    /// # Errors
    /// Dispatch does not let this agent in, or cannot be reached for longer than a while.
    pub(crate) async fn run(mut self) -> anyhow::Result<()> {
        while self.tally.begin() {
            let wait = self.options.wait.min(self.tally.remaining().as_secs());
            let asked = self.tools.dispatch.ask(&self.name, &self.options.lanes, wait).await;
            match asked.with_context(|| format!("{} cannot claim", self.name))? {
                Asked::Work(work) => {
                    if !self.take(&work).await {
                        self.tally.give_back();
                    }
                }
                Asked::Nothing(reasons, pause) => {
                    self.tally.give_back();
                    self.tally.empty.add();
                    self.tell(format!("nothing to do ({reasons}); asks again in {} s", pause.as_secs()));
                    tokio::time::sleep(pause.min(self.tally.remaining())).await;
                }
            }
        }
        Ok(())
    }

    /// Works on one claim and says how it went; whether it was completed.
    async fn take(&mut self, work: &Work) -> bool {
        let (claim, title) = (&work.claim, printable(&work.work.issue.title));
        let what = format!("{}#{}", claim.repo_full_name, claim.issue_number);
        if work.resumed {
            self.tally.resumed.add();
            self.tell(format!("goes on with {what} where it was, {}, fence {}", claim.phase, claim.fence));
        } else {
            self.tally.claimed.add();
            self.tell(format!("claims {what}, claim {}, attempt {}: {title}", claim.id, claim.attempt));
        }
        match self.work(work).await {
            Ended::Completed => return true,
            Ended::Killed(phase) => {
                self.tally.killed.add();
                self.tell(format!("dies while {phase} {what}"));
                let absence = Duration::from_secs(self.options.restart_after);
                tokio::time::sleep(absence.min(self.tally.remaining())).await;
            }
            Ended::Refused(refused) => {
                self.tally.lost.add();
                self.tell(format!("stops {what}: {refused} {}", refused.why));
            }
            Ended::Failed(reason) => {
                self.tally.released.add();
                self.tell(format!("gives {what} back: {reason}"));
                let back = json!({ "reason": reason });
                if let Err(refused) = self.tools.dispatch.say(&self.name, claim, "release", back).await {
                    self.tell(format!("could not give {what} back: {refused}"));
                }
            }
        }
        false
    }

    async fn work(&mut self, work: &Work) -> Ended {
        let dies = self.random.f64() < self.options.kill_rate;
        let fate = dies.then(|| self.random.usize(..=PHASES.len()));
        let mut head = Value::Null;
        let mut published = None;
        for (step, phase) in PHASES.into_iter().enumerate() {
            if let Err(refused) = self.progress(work, phase, &head).await {
                return Ended::Refused(refused);
            }
            if fate == Some(step) {
                return Ended::Killed(phase);
            }
            let done = match phase {
                "coding" => self.tools.github.commit(work).await.map(|sha| head = sha.into()),
                "publishing" => self.tools.github.publish(work).await.map(|pull| published = Some(pull)),
                _ => Ok(()),
            };
            if let Err(error) = done {
                return Ended::Failed(format!("{error:#}"));
            }
        }
        let Some(published) = published.filter(|_| fate.is_none()) else { return Ended::Killed("reporting") };
        let (outcome, counter) = match published.opened {
            true => ("pr_opened", &self.tally.opened),
            false => ("pr_updated", &self.tally.updated),
        };
        let report = json!({
            "outcome": outcome,
            "pullRequest": published.number,
            "headSha": head,
            "summary": "The reference agent added a note. It has no model, so it used none.",
        });
        match self.tools.dispatch.say(&self.name, &work.claim, "complete", report).await {
            Ok(()) => {
                counter.add();
                self.tell(format!("completes {} with #{}", work.claim.repo_full_name, published.number));
                Ended::Completed
            }
            Err(refused) => Ended::Refused(refused),
        }
    }

    /// Says how far the work is, and takes the time that the step takes.
    async fn progress(&mut self, work: &Work, phase: &str, head: &Value) -> Result<(), Refused> {
        let silence = Duration::from_secs_f64(self.options.pace * (0.5 + self.random.f64()));
        let note = format!("{phase} on {}", work.branch());
        let checkpoint = json!({ "phase": phase, "note": note, "branch": work.branch(), "headSha": head });
        self.tools.dispatch.say(&self.name, &work.claim, "checkpoint", checkpoint).await?;
        if silence > SILENCE {
            let busy = json!({ "busyFor": silence.as_secs() + 60 });
            self.tools.dispatch.say(&self.name, &work.claim, "renew", busy).await?;
        }
        tokio::time::sleep(silence).await;
        Ok(())
    }

    fn tell(&self, what: impl Display) {
        println!("{:7.1}s  {:8} {what}", self.tally.clock(), self.name);
    }
}

/// A title as one line: it was written by others, and goes to a terminal.
fn printable(title: &str) -> String {
    title.chars().filter(|letter| !letter.is_control()).take(80).collect()
}
