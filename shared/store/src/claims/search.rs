//! One search through the queue: choose without locks, lock only what was chosen, look again, take.

use dispatch_domain::gate::{Asker, first_failure};
use dispatch_domain::ids::IssueId;
use dispatch_queries::queries::claims::{self, CandidateRow};
use dispatch_queries::queries::ingest;
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

/// A place in the queue: a rank, and an id among equals.
type Place = (Timestamp, i64);

/// Before all that is in the queue.
fn head() -> Place {
    // Postgres knows no year -9999.
    (Timestamp::from_second(-60_000_000_000).unwrap_or(Timestamp::MIN), 0)
}

/// The lanes that are looked through one after the other, or all at once.
fn looks_in(asker: &Asker) -> Vec<Option<&str>> {
    match asker.looks_in() {
        [] => vec![None],
        lanes => lanes.iter().map(|lane| Some(lane.as_str())).collect(),
    }
}

/// The head of the queue, or of a lane.
pub(super) struct Page {
    lane: Option<String>,
    rows: Vec<CandidateRow>,
}

impl Page {
    /// Reads where the asker looks first, or the issue that it asks for: before the rules are known, so that both can
    /// travel together. What they hold back, the gates do.
    pub(super) async fn first(tx: &Tx, asker: &Asker) -> Result<Self, Error> {
        if let Some(issue) = asker.issue {
            let rows = claims::candidates_of_issues().bind(tx, &[issue.0].as_slice()).all().await?;
            return Ok(Self { lane: None, rows });
        }
        let lane = looks_in(asker).into_iter().next().flatten();
        let rows = page(tx, lane, head(), &[], &[], PAGE).await?;
        Ok(Self { lane: lane.map(str::to_owned), rows })
    }
}

async fn page(
    tx: &Tx,
    lane: Option<&str>,
    (rank, id): Place,
    shut_lanes: &[&str],
    shut_repositories: &[i64],
    most: i64,
) -> Result<Vec<CandidateRow>, Error> {
    Ok(match lane {
        None => {
            claims::candidates().bind(tx, &rank, &id, &shut_lanes, &shut_repositories, &most).all().await?
        }
        Some(lane) => {
            claims::candidates_of_lane().bind(tx, &lane, &rank, &id, &shut_repositories, &most).all().await?
        }
    })
}

/// Why a search ends without an answer.
pub(super) enum Halt {
    /// Others were quicker after all had been written: nothing of this transaction can be kept.
    Overtaken,
    /// It failed.
    Failed(Error),
}

impl<E> From<E> for Halt
where
    Error: From<E>,
{
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

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

    /// Looks through the queue from its head on, whose first page was read already.
    pub(super) async fn run(&mut self, first: Page) -> Result<Option<Granted<'a>>, Halt> {
        if self.asker.issue.is_some() {
            return self.try_all(first.rows).await;
        }
        let mut first = Some(first);
        for lane in looks_in(self.asker) {
            let (mut after, mut most) = (head(), PAGE);
            loop {
                // Whatever was read before the rules were known is of use where they let the asker look there first.
                let (rows, known) = match first.take().filter(|page| page.lane.as_deref() == lane) {
                    Some(page) => (page.rows, false),
                    None => (self.page(lane, after, most).await?, true),
                };
                let Some(last) = rows.last() else { break };
                after = (last.rank_key, last.work_id);
                let full = rows.len() == usize::try_from(most).unwrap_or(usize::MAX);
                if let Some(granted) = self.try_all(rows).await? {
                    return Ok(Some(granted));
                }
                if !full {
                    break;
                }
                if known {
                    most = (most * 4).min(LONGEST_PAGE);
                }
            }
        }
        Ok(None)
    }

    /// So much of the queue after this place, past what is held back as a whole.
    async fn page(&self, lane: Option<&str>, after: Place, most: i64) -> Result<Vec<CandidateRow>, Error> {
        let (lanes, repositories) = (self.rules.shut_lanes(), self.rules.shut_repositories());
        if lane.is_some_and(|lane| lanes.contains(&lane)) {
            return Ok(Vec::new());
        }
        page(self.tx, lane, after, &lanes, &repositories, most).await
    }

    /// Takes the first of these that passes the gates and that nobody else is at.
    async fn try_all(&mut self, mut rows: Vec<CandidateRow>) -> Result<Option<Granted<'a>>, Halt> {
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
                ingest::lock_issue().bind(self.tx, &best.0).opt().await?;
                // If what was waited for went to somebody else, what else was listed is old news by now.
                return self.take(best, rows.remove(0).work_id).await;
            };
            self.holding = true;
            let Some(at) = rows.iter().position(|row| row.issue_id == free.0) else { return Ok(None) };
            let work_id = rows.remove(at).work_id;
            if let Some(granted) = self.take(free, work_id).await? {
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

    /// Looks again under the lock, and takes the work. `None`: a gate holds it back by now, or it has a claim.
    async fn take(&mut self, id: IssueId, work_id: i64) -> Result<Option<Granted<'a>>, Halt> {
        let (issue, rows) = futures::try_join!(Issue::load(self.tx, id), async {
            Ok(claims::candidates_of_issues().bind(self.tx, &[id.0].as_slice()).all().await?)
        })?;
        // One that has a claim was taken since it was read, or its lease ran out since the sweep.
        let Some(issue) = issue.filter(|issue| issue.claim.is_none()) else { return Ok(None) };
        let Some(row) = rows.into_iter().find(|row| row.work_id == work_id) else { return Ok(None) };
        let candidate = self.rules.candidate(&row)?;
        if first_failure(&candidate, self.asker, row.now).is_some() {
            return Ok(None);
        }
        // Where one place is left, most who try would write in vain: there the limit's lock comes first.
        let mut limits = candidate.limits;
        if limits.iter().any(|limit| limit.held + 1 >= i64::from(limit.most)) {
            self.tx.savepoint("counting").await?;
            let counted = rules::lock(self.tx, &limits, &row, &self.asker.agent).await?;
            if first_failure(&counted.candidate(&row)?, self.asker, row.now).is_some() {
                self.tx.roll_back_to("counting").await?;
                self.rules = counted;
                return Ok(None);
            }
            limits.clear();
        }
        Ok(Some(grant(self.tx, issue, &row, &limits, &self.asker.agent, self.who).await?))
    }
}
