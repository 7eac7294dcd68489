//! Everything that the board shows of a repository, compared with GitHub: the open issues, then those closed of late.
//!
//! No list of changes shows what was deleted or moved away. What we hold to be in one of the two sets and its list does
//! not show is read by itself.

use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_domain::ids::IssueId;
use dispatch_github::{Error as GithubError, IssueQuery, ListedIssue, Page, Read, StateFilter};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::sync::{self, IssueSet};
use dispatch_store::{Error, Who, pulls};
use jiff::{SignedDuration, Timestamp};

use crate::asking::Trouble;
use crate::repository::{FIRST_LOOK, Pass, newest};

/// The list of closed issues begins with a day, so that its address, and with it its ETag, is good for a day.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// One set, and how far the comparison with it is.
#[derive(Clone, Copy)]
struct Comparison {
    set: IssueSet,
    /// When the comparison began: what was seen later is there.
    started: Timestamp,
    /// How far back the list goes; none: to the beginning.
    since: Option<Timestamp>,
    /// An earlier run came this far.
    cursor: Option<Timestamp>,
}

impl Pass<'_> {
    /// Both sets, over several runs if need be.
    pub(crate) async fn compare(&self, now: Timestamp) -> Result<(), Trouble> {
        let (db, id) = (&self.sync.db, self.known.id);
        let (started, mut cursor) = match self.known.full_started_at {
            Some(started) => (started, self.known.full_cursor),
            None => (sync::full_started(db, id).await?, None),
        };
        if self.known.full_started_at.is_none() || self.known.full_set == "open" {
            let open = Comparison { set: IssueSet::Open, started, since: None, cursor };
            if !self.compare_with(open).await? {
                return Ok(());
            }
            sync::full_at_closed(db, id).await?;
            cursor = None;
        }
        let since = Some(first_shown_day(now)?);
        let closed = Comparison { set: IssueSet::Closed, started, since, cursor };
        if self.compare_with(closed).await? {
            sync::full_finished(db, id).await?;
        }
        Ok(())
    }

    /// Answers whether that was all.
    async fn compare_with(&self, comparison: Comparison) -> Result<bool, Trouble> {
        let (db, id) = (&self.sync.db, self.known.id);
        let Comparison { set, since, cursor, .. } = comparison;
        self.go_on().await?;
        let (state, etag) = match set {
            IssueSet::Open => (StateFilter::Open, self.known.open_etag.as_deref()),
            IssueSet::Closed => (StateFilter::Closed, self.known.closed_etag.as_deref()),
        };
        let query = IssueQuery { since: cursor.or(since), state };
        let if_changed = etag.filter(|_| cursor.is_none());
        match self.sync.github.issues(&self.name, query, if_changed).await? {
            // One page held all of it, and is what it was when it was compared last.
            Read::NotModified => sync::still_listed(db, id, set).await?,
            Read::Changed(page) => {
                if !self.pages(page, comparison).await? {
                    return Ok(false);
                }
                if set == IssueSet::Open {
                    self.pull_requests(StateFilter::Open, None, Timestamp::UNIX_EPOCH).await?;
                }
            }
        }
        if set == IssueSet::Open {
            // Checks change no issue and no pull request.
            pulls::read::want_all(db, id).await?;
        }
        self.unseen(comparison).await
    }

    /// Takes in a list from one of its pages on. Answers whether that was all.
    async fn pages(
        &self,
        mut page: Page<ListedIssue>,
        Comparison { set, cursor, .. }: Comparison,
    ) -> Result<bool, Trouble> {
        let (db, id) = (&self.sync.db, self.known.id);
        let etag = page.etag.take().filter(|_| page.next.is_none() && cursor.is_none());
        let shown: Vec<IssueId> = page.items.iter().map(|entry| entry.issue.id).collect();
        loop {
            self.take_in(&page, set == IssueSet::Open).await?;
            let Some(next) = page.next.take() else { break };
            if let Some(newest) = newest(&page) {
                sync::move_full_cursor(db, id, newest).await?;
            }
            if Instant::now() > self.until {
                return Ok(false);
            }
            self.go_on().await?;
            page = self.sync.github.more_issues(&self.name, &next).await?;
        }
        sync::listed(db, id, set, etag.as_deref(), &shown).await?;
        Ok(true)
    }

    /// Reads one by one what a list did not show. Answers whether nothing is left.
    async fn unseen(&self, Comparison { set, started, since, .. }: Comparison) -> Result<bool, Trouble> {
        let (db, github) = (&self.sync.db, &self.sync.github);
        let correlation = crate::correlation("sync");
        let who = Who { kind: "github", name: "sync", correlation: &correlation };
        loop {
            let unseen = sync::unseen_issues(db, self.known.id, set, since, started, 50).await?;
            if unseen.is_empty() {
                return Ok(true);
            }
            for (id, number, known) in unseen {
                if Instant::now() > self.until {
                    return Ok(false);
                }
                self.sync.may_ask(&self.name, Class::Backfill).await?;
                match github.issue(&self.name, number).await {
                    Ok(snapshot) if snapshot.id == id => {
                        let seen = Seen::Read { known: Some(known), drift: !self.first, by: "set on GitHub" };
                        let taken = ingest::issue(db, self.known.id, &snapshot, seen, &who).await?;
                        self.sync.nudge(taken.nudge).await;
                        ingest::touched(db, id).await?;
                        self.taken.add(self.known.id, number);
                    }
                    Ok(_) | Err(GithubError::Gone { .. }) => ingest::issue_gone(db, id, &who).await?,
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
}

/// The day of the oldest closed issue that the board shows.
fn first_shown_day(now: Timestamp) -> Result<Timestamp, Error> {
    let day = DAY.as_secs();
    let first = (now - FIRST_LOOK).as_second().div_euclid(day) * day;
    Timestamp::from_second(first).map_err(|error| Error::Row(format!("the database's clock: {error}")))
}
