//! Why nothing was handed out: how much each gate held back, and what would unblock the best of it.

use std::collections::BTreeMap;

use dispatch_domain::gate::{Asker, Gate, GateResult, failures, opens_at};
use dispatch_queries::queries::claims::{self, CandidateRow};
use jiff::{SignedDuration, Timestamp};

use super::rules::Rules;
use crate::db::Tx;
use crate::error::Error;

/// How much held-back work is looked at to say why there is none: so much that is ready, and so much that is not.
pub const LOOKED_AT: i64 = 1000;

/// Why nothing was handed out.
#[derive(Debug, Default)]
pub struct Nothing {
    /// Per gate: how many pieces of work it was the first to hold back, and an example of why. For one issue that was
    /// asked for: every gate that holds it back.
    pub reasons: BTreeMap<Gate, (usize, String)>,
    /// The work that the fewest gates hold back, the earliest of those, and these gates.
    pub best: Option<(CandidateRow, Vec<GateResult>)>,
    /// Work was there but others were at it at this very moment: ask again at once.
    pub contended: bool,
    /// When something may pass by itself.
    pub retry_at: Option<Timestamp>,
    /// The database's time.
    pub now: Timestamp,
}

impl Nothing {
    /// Others were at all that was there.
    pub(super) fn contended(now: Timestamp) -> Self {
        Self { contended: true, now, ..Self::default() }
    }

    /// Looks at what was not handed out, in one more look than the search's: what is found free now came free meanwhile.
    pub(super) async fn diagnose(
        tx: &Tx,
        asker: &Asker,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let mut nothing = Self { now, ..Self::default() };
        let rows = match asker.issue {
            Some(issue) => claims::candidates_of_issues().bind(tx, &[issue.0].as_slice()).all().await?,
            None => {
                let lanes: Vec<&str> = asker.looks_in().iter().map(|lane| lane.as_str()).collect();
                let (mut ready, others) = futures::try_join!(
                    async { claims::queue().bind(tx, &lanes.as_slice(), &LOOKED_AT).all().await },
                    async {
                        claims::candidates_held_back().bind(tx, &LOOKED_AT, &lanes.as_slice()).all().await
                    },
                )?;
                ready.extend(others);
                ready
            }
        };
        if rows.is_empty() && asker.issue.is_some() {
            let why = "No such issue is known here, or it was closed before it was seen.";
            nothing.reasons.insert(Gate::IssueExists, (1, why.to_owned()));
        }
        // A fix that nothing calls for any more is no work, and holds nothing back.
        for row in rows.into_iter().filter(|row| row.offered || row.kind == "implement") {
            let failures = failures(&rules.candidate(&row)?, asker, row.now);
            nothing.note(row, failures, asker.issue.is_some());
        }
        Ok(nothing)
    }

    fn note(&mut self, row: CandidateRow, failures: Vec<GateResult>, all: bool) {
        let Some(first) = failures.first() else {
            self.contended = true;
            return;
        };
        if let Some(at) = opens_at(&failures) {
            self.retry_at = Some(self.retry_at.map_or(at, |known| known.min(at)));
        }
        for failure in if all { failures.as_slice() } else { std::slice::from_ref(first) } {
            let entry = self.reasons.entry(failure.gate).or_insert_with(|| (0, failure.sentence.clone()));
            entry.0 += 1;
        }
        if self.best.as_ref().is_none_or(|(_, fewest)| failures.len() < fewest.len()) {
            self.best = Some((row, failures));
        }
    }

    /// When to ask again: at once when contended, when something may pass by itself, otherwise in half a minute.
    pub fn retry_after(&self) -> SignedDuration {
        if self.contended {
            return SignedDuration::from_secs(1);
        }
        let wait = self.retry_at.map_or(SignedDuration::from_secs(30), |at| at.duration_since(self.now));
        wait.clamp(SignedDuration::from_secs(1), SignedDuration::from_mins(5))
    }
}
