//! One search through the queue: choose without locks, lock only what was chosen, look again, take.

use dispatch_domain::gate::{Asker, first_failure};
use dispatch_domain::ids::{IssueId, MutationId};
use dispatch_queries::queries::claims::{self, CandidateRow};
use jiff::Timestamp;

use super::grant::{Granted, grant};
use super::rules::{self, Rules};
use crate::audit::Who;
use crate::db::Tx;
use crate::error::Error;
use crate::issue::Issue;

/// The first page is as long as most searches need; the next ones grow, so that a crowd that is held back is passed in
/// a few steps.
const PAGE: i64 = 25;
const LONGEST_PAGE: i64 = 1600;

/// One search through the queue, in one transaction.
pub(super) struct Search<'a> {
    tx: &'a Tx,
    asker: &'a Asker,
    rules: Rules,
    who: &'a Who<'a>,
    /// Wait for a lock instead of passing by.
    patient: bool,
    /// Something is locked by us already.
    holding: bool,
    /// Something was passed by because of a lock.
    pub(super) contended: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(tx: &'a Tx, asker: &'a Asker, rules: Rules, who: &'a Who<'a>, patient: bool) -> Self {
        Self { tx, asker, rules, who, patient, holding: false, contended: false }
    }

    /// The rules as they were read last.
    pub(super) fn rules(self) -> Rules {
        self.rules
    }

    pub(super) async fn run(&mut self) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        if let Some(issue) = self.asker.issue {
            let rows = claims::candidates_of_issues().bind(self.tx, &[issue.0].as_slice()).all().await?;
            return self.try_all(rows).await;
        }
        let lanes: Vec<Option<&str>> = match self.asker.looks_in() {
            [] => vec![None],
            lanes => lanes.iter().map(|lane| Some(lane.as_str())).collect(),
        };
        for lane in lanes {
            // Postgres knows no year -9999.
            let earliest = Timestamp::from_second(-60_000_000_000).unwrap_or(Timestamp::MIN);
            let (mut rank, mut id, mut page) = (earliest, 0, PAGE);
            loop {
                let rows = self.page(lane, rank, id, page).await?;
                let Some(last) = rows.last() else { break };
                (rank, id) = (last.rank_key, last.work_id);
                let full = rows.len() == usize::try_from(page).unwrap_or(usize::MAX);
                if let Some(granted) = self.try_all(rows).await? {
                    return Ok(Some(granted));
                }
                if !full {
                    break;
                }
                page = (page * 4).min(LONGEST_PAGE);
            }
        }
        Ok(None)
    }

    /// So much of the queue after this rank, past what is held back as a whole.
    async fn page(
        &self,
        lane: Option<&str>,
        rank: Timestamp,
        id: i64,
        most: i64,
    ) -> Result<Vec<CandidateRow>, Error> {
        let (lanes, repositories) = (self.rules.shut_lanes(), self.rules.shut_repositories());
        let (lanes, repositories) = (lanes.as_slice(), repositories.as_slice());
        Ok(match lane {
            None => {
                claims::candidates().bind(self.tx, &rank, &id, &lanes, &repositories, &most).all().await?
            }
            Some(lane) if lanes.contains(&lane) => Vec::new(),
            Some(lane) => {
                claims::candidates_of_lane()
                    .bind(self.tx, &lane, &rank, &id, &repositories, &most)
                    .all()
                    .await?
            }
        })
    }

    /// Takes the first of these that passes the gates and that nobody else is at.
    async fn try_all(
        &mut self,
        mut rows: Vec<CandidateRow>,
    ) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        loop {
            rows = self.passing(rows)?;
            let Some(best) = rows.first().map(|row| IssueId(row.issue_id)) else { return Ok(None) };
            let Some(free) = self.lock_first_free(&rows).await? else {
                self.contended = true;
                // Whoever holds a lock waits for no other, so that nobody waits in a circle.
                if !self.patient || self.holding {
                    return Ok(None);
                }
                self.holding = true;
                let Some(issue) = Issue::lock(self.tx, best).await? else { return Ok(None) };
                // If what was waited for went to somebody else, what else was listed is old news by now.
                return self.take(issue, rows.remove(0).work_id).await;
            };
            self.holding = true;
            let Some(at) = rows.iter().position(|row| row.issue_id == free.0) else { return Ok(None) };
            let work_id = rows.remove(at).work_id;
            if let Some(issue) = Issue::load(self.tx, free).await?
                && let Some(granted) = self.take(issue, work_id).await?
            {
                return Ok(Some(granted));
            }
        }
    }

    /// Those that no gate holds back, by the rules as they were read last.
    fn passing(&self, rows: Vec<CandidateRow>) -> Result<Vec<CandidateRow>, Error> {
        let mut passing = Vec::with_capacity(rows.len());
        for row in rows {
            if first_failure(&self.rules.candidate(&row)?, self.asker, row.now).is_none() {
                passing.push(row);
            }
        }
        Ok(passing)
    }

    /// One statement, however many others are at the head of the queue.
    async fn lock_first_free(&self, rows: &[CandidateRow]) -> Result<Option<IssueId>, Error> {
        let issues: Vec<i64> = rows.iter().map(|row| row.issue_id).collect();
        let statuses: Vec<&str> = rows.iter().map(|row| row.status.as_str()).collect();
        let free =
            claims::lock_first_free().bind(self.tx, &issues.as_slice(), &statuses.as_slice()).opt().await?;
        Ok(free.map(IssueId))
    }

    /// Looks again under the lock, and takes the work. `None`: a gate holds it back by now, or its key is taken.
    async fn take(
        &mut self,
        issue: Issue,
        work_id: i64,
    ) -> Result<Option<(Granted, Option<MutationId>)>, Error> {
        if issue.claim.is_some() {
            // Taken since it was read, or its lease ran out since the sweep.
            return Ok(None);
        }
        let rows = claims::candidates_of_issues().bind(self.tx, &[issue.id.0].as_slice()).all().await?;
        let Some(row) = rows.into_iter().find(|row| row.work_id == work_id) else { return Ok(None) };
        let candidate = self.rules.candidate(&row)?;
        if first_failure(&candidate, self.asker, row.now).is_some() {
            return Ok(None);
        }
        if candidate.limits.is_empty() {
            return grant(self.tx, issue, &row, &self.asker.agent, self.who).await;
        }
        // The limit's lock comes last, when all is written, and is held for a moment only. But where one place is left,
        // most who try write in vain: there it comes first.
        let scarce = candidate.limits.iter().any(|limit| limit.held + 1 >= i64::from(limit.most));
        self.tx.savepoint("granting").await?;
        if scarce {
            let counted = rules::lock(self.tx, &candidate.limits, &row, &self.asker.agent).await?;
            if first_failure(&counted.candidate(&row)?, self.asker, row.now).is_some() {
                return self.give_up().await;
            }
        }
        let Some(granted) = grant(self.tx, issue, &row, &self.asker.agent, self.who).await? else {
            return Ok(None);
        };
        if !scarce {
            let counted = rules::lock(self.tx, &candidate.limits, &row, &self.asker.agent).await?;
            if counted.exceeded(&row)? {
                return self.give_up().await;
            }
        }
        Ok(Some(granted))
    }

    /// Lets go of the limit's lock and of what was written, and goes on by what is counted then.
    async fn give_up<T>(&mut self) -> Result<Option<T>, Error> {
        self.tx.roll_back_to("granting").await?;
        self.rules = Rules::read(self.tx, Some(&self.asker.agent)).await?;
        Ok(None)
    }
}
