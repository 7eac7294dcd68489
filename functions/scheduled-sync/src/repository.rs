//! One repository: what changed since the cursor, and now and then everything that the board shows.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_domain::ids::{RepoName, SyncRunId};
use dispatch_github::{Error as GithubError, IssueQuery, ListedIssue, Next, Page, Read, StateFilter};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::repositories::Repository;
use dispatch_store::{Error, Who, pulls, repositories, sync};
use jiff::{SignedDuration, Timestamp};

use crate::Sync;
use crate::asking::Trouble;

/// Everything that the board shows is compared this often, so that nothing stays stranded that no list of changes showed.
const FULL_EVERY: SignedDuration = SignedDuration::from_hours(6);
/// Lists begin a little before the cursor: GitHub may show an older change late.
const OVERLAP: SignedDuration = SignedDuration::from_secs(30);
/// The board shows two weeks of done issues, so the first sync reads as far back.
pub(crate) const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Sync {
    /// Syncs one repository. What is taken in is counted in `taken`.
    pub(crate) async fn repository(
        &self,
        known: &Repository,
        taken: &Taken,
        until: Instant,
    ) -> Result<(), Trouble> {
        let name = RepoName::new(&known.owner, &known.name).map_err(Error::from)?;
        self.may_ask(&name, Class::Backfill).await?;
        let now = sync::now(&self.db).await?;
        let full = known.full_synced_at.is_none_or(|at| now.duration_since(at) > FULL_EVERY);
        let name = match known.github_id.is_none() || full || known.missing_since.is_some() {
            true => self.identified(known, name).await?,
            false => name,
        };
        let first = known.full_synced_at.is_none();
        let pass = Pass { sync: self, known, name, first, taken, until };
        match pass.run(full, now).await {
            Err(Trouble::GitHub(GithubError::Gone { .. })) => Err(self.vanished(known).await?),
            done => done,
        }
    }

    /// Learns the id, follows a rename, and sees whether it was archived.
    async fn identified(&self, known: &Repository, name: RepoName) -> Result<RepoName, Trouble> {
        let (snapshot, etag) = match self.github.repository(&name, known.etag.as_deref()).await {
            Ok(Read::Changed(changed)) => changed,
            Ok(Read::NotModified) => {
                sync::repository_shown(&self.db, known.id, known.etag.as_deref()).await?;
                return Ok(name);
            }
            Err(GithubError::Gone { .. }) => return Err(self.vanished(known).await?),
            Err(error) => return Err(error.into()),
        };
        let same = repositories::identify(&self.db, &snapshot).await?.is_some_and(|row| row.id == known.id);
        if !same {
            return Err(Trouble::Other(format!("{name} is another repository by now, or tracked already")));
        }
        sync::repository_shown(&self.db, known.id, etag.as_deref()).await?;
        Ok(snapshot.name)
    }

    /// GitHub does not show it. For a day that may be an outage or a lost permission; then it counts as gone.
    async fn vanished(&self, known: &Repository) -> Result<Trouble, Error> {
        let (since, gone) = sync::repository_missing(&self.db, known.id).await?;
        let then = if gone { "it is off the board" } else { "after a day of that it leaves the board" };
        Ok(Trouble::Other(format!(
            "GitHub has not shown {}/{} since {since:.0}: it was deleted, or the credential may not see it any more; {then}",
            known.owner, known.name
        )))
    }
}

/// Which issues and pull requests a job has taken in so far, and the run that shows how many. What a first sync reads
/// twice, as a change and in the comparison, is one.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) run: Option<SyncRunId>,
    /// Repository and number.
    seen: Mutex<HashSet<(i64, i32)>>,
}

impl Taken {
    pub(crate) fn new(run: Option<SyncRunId>) -> Self {
        Self { run, seen: Mutex::default() }
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    pub(crate) fn add(&self, repository: i64, number: i32) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert((repository, number));
    }
}

/// One pass over one repository.
pub(crate) struct Pass<'a> {
    pub(crate) sync: &'a Sync,
    pub(crate) known: &'a Repository,
    pub(crate) name: RepoName,
    /// It was never synced: whatever is found was not missed.
    pub(crate) first: bool,
    pub(crate) taken: &'a Taken,
    pub(crate) until: Instant,
}

impl Pass<'_> {
    async fn run(&self, full: bool, now: Timestamp) -> Result<(), Trouble> {
        let mut pulls_since = self.changes(now).await?;
        // Checks change no pull request: those whose end was never told are asked for.
        pulls::read::want_pending(&self.sync.db, self.known.id).await?;
        if let Some(since) = pulls_since.or(self.known.pulls_since) {
            // What changed anew is at the front: then the list begins anew.
            let at =
                self.known.pulls_next.as_deref().filter(|_| pulls_since.is_none()).map(Next::from_stored);
            let done = self.pull_requests(StateFilter::All, at, since).await?;
            pulls_since = (!done).then_some(since);
        }
        if full && pulls_since.is_none() && Instant::now() < self.until {
            Box::pin(self.compare(now)).await?;
        }
        Ok(())
    }

    /// Before each further page: the budget is everybody's, and whoever asked sees how far it is.
    pub(crate) async fn go_on(&self) -> Result<(), Trouble> {
        if let Some(run) = self.taken.run {
            sync::progress_issues(&self.sync.db, run, self.taken.count()).await?;
        }
        self.sync.may_ask(&self.name, Class::Backfill).await
    }

    /// What changed since the cursor, oldest change first, so that each page that was taken in moves the cursor: a run
    /// that ends in between has not worked in vain. Answers since when changed pull requests are wanted.
    async fn changes(&self, now: Timestamp) -> Result<Option<Timestamp>, Trouble> {
        let db = &self.sync.db;
        let since = self.known.sync_cursor.map_or(now - FIRST_LOOK, |cursor| cursor - OVERLAP);
        let query = IssueQuery { since: Some(since), state: StateFilter::All };
        let read = self.sync.github.issues(&self.name, query, self.known.issues_etag.as_deref()).await?;
        let Read::Changed(mut page) = read else {
            let (cursor, etag) = (self.known.sync_cursor, self.known.issues_etag.as_deref());
            sync::repository_synced(db, self.known.id, cursor, etag).await?;
            return Ok(None);
        };
        // Without any change the first look's beginning is the cursor, so that the address stays the same.
        let mut cursor = self.known.sync_cursor.or(Some(since));
        // The ETag stands for one page at one address: it says nothing of further pages, nor of another cursor.
        let etag = page.etag.clone().filter(|_| page.next.is_none());
        let mut pulls_since = None;
        loop {
            self.take_in(&page, false).await?;
            if pulls_since.is_none() && page.items.iter().any(|entry| entry.is_pull_request) {
                // The rest of a list of all open ones is left to the next full comparison.
                let earlier = self.known.pulls_since.filter(|at| *at > Timestamp::UNIX_EPOCH);
                let wanted = earlier.map_or(since, |earlier| earlier.min(since));
                sync::want_pulls(db, self.known.id, wanted).await?;
                pulls_since = Some(wanted);
            }
            cursor = cursor.max(newest(&page));
            let Some(next) = page.next.take() else { break };
            if let Some(cursor) = cursor {
                sync::move_cursor(db, self.known.id, cursor).await?;
            }
            if Instant::now() > self.until {
                return Ok(pulls_since);
            }
            self.go_on().await?;
            page = self.sync.github.more_issues(&self.name, &next).await?;
        }
        let etag = etag.filter(|_| cursor == self.known.sync_cursor);
        sync::repository_synced(db, self.known.id, cursor, etag.as_deref()).await?;
        Ok(pulls_since)
    }

    pub(crate) async fn take_in(
        &self,
        page: &Page<ListedIssue>,
        every_relation: bool,
    ) -> Result<(), Trouble> {
        warn_of(&page.unreadable);
        let correlation = crate::correlation("sync");
        let who = Who { kind: "github", name: "sync", correlation: &correlation };
        let seen = Seen::Read { known: None, drift: !self.first, by: "set on GitHub" };
        for entry in page.items.iter().filter(|entry| !entry.is_pull_request) {
            let taken = ingest::issue(&self.sync.db, self.known.id, &entry.issue, seen, &who).await?;
            self.sync.nudge(taken.nudge).await;
            self.taken.add(self.known.id, entry.issue.number);
        }
        self.sync.relations(&self.name, &page.items, every_relation).await
    }

    /// Pull requests, last changed first, until one is older than `since`; over several runs if need be. Answers
    /// whether that was all.
    pub(crate) async fn pull_requests(
        &self,
        state: StateFilter,
        at: Option<Next>,
        since: Timestamp,
    ) -> Result<bool, Trouble> {
        let (db, github) = (&self.sync.db, &self.sync.github);
        let mut at = at;
        loop {
            self.go_on().await?;
            let page = match &at {
                Some(next) => github.more_pull_requests(&self.name, next).await?,
                None => match github.pull_requests(&self.name, state, None).await? {
                    Read::Changed(page) => page,
                    Read::NotModified => return Ok(true),
                },
            };
            warn_of(&page.unreadable);
            let wanted = page.items.iter().take_while(|snapshot| snapshot.updated_at >= since);
            let mut taken = 0;
            for snapshot in wanted {
                pulls::pull_request(db, self.known.id, &self.name, snapshot, pulls::Seen::List).await?;
                self.taken.add(self.known.id, snapshot.number);
                taken += 1;
            }
            at = page.next.filter(|_| taken == page.items.len());
            sync::pulls_read(db, self.known.id, at.as_ref().map(Next::as_str), since).await?;
            if at.is_none() || Instant::now() > self.until {
                return Ok(at.is_none());
            }
        }
    }
}

pub(crate) fn newest(page: &Page<ListedIssue>) -> Option<Timestamp> {
    page.items.iter().map(|entry| entry.issue.updated_at).max()
}

fn warn_of(unreadable: &[String]) {
    for entry in unreadable {
        tracing::warn!(entry, "an entry of a list was left out");
    }
}
