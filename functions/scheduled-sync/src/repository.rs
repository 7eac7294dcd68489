//! One repository: what changed since the cursor, now and then the full open set, and what is missing from it.

use std::time::{Duration, Instant};

use dispatch_domain::ids::RepoName;
use dispatch_github::{Error as GithubError, IssueQuery, ListedIssue, Page, Read, StateFilter};
use dispatch_store::ingest::{self, Seen};
use dispatch_store::repositories::Repository;
use dispatch_store::{Error, Who, pulls, repositories, sync};
use jiff::{SignedDuration, Timestamp};

use crate::Sync;

/// The full open set is compared this often, so that nothing stays stranded that no list of changes showed.
const FULL_EVERY: SignedDuration = SignedDuration::from_hours(6);
/// Lists begin a little before the cursor: GitHub may show an older change late.
const OVERLAP: SignedDuration = SignedDuration::from_secs(30);
/// The board shows two weeks of done issues, so the first sync reads as far back.
const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why a repository was not synced.
pub(crate) enum Trouble {
    /// The database is away: the job ends.
    Store(Error),
    /// GitHub asks for silence: the job ends, and goes on later.
    Limited {
        /// For people.
        message: String,
        /// For how long.
        wait: Duration,
    },
    /// This repository has a problem; the others go on.
    GitHub(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl From<GithubError> for Trouble {
    fn from(error: GithubError) -> Self {
        match error {
            GithubError::RateLimited { wait, .. } => Self::Limited { message: error.to_string(), wait },
            _ => Self::GitHub(error.to_string()),
        }
    }
}

impl Sync {
    /// Syncs one repository and answers how many issues and pull requests were taken in.
    pub(crate) async fn repository(&self, known: &Repository, until: Instant) -> Result<usize, Trouble> {
        let mut name = RepoName::new(&known.owner, &known.name).map_err(Error::from)?;
        let now = sync::now(&self.db).await?;
        let full = known.full_synced_at.is_none_or(|at| now.duration_since(at) > FULL_EVERY);
        if known.github_id.is_none() || full {
            // Learns the id, follows a rename, and sees whether it was archived.
            if let Read::Changed((snapshot, _)) = self.github.repository(&name, None).await? {
                let same =
                    repositories::identify(&self.db, &snapshot).await?.is_some_and(|row| row.id == known.id);
                if !same {
                    return Err(Trouble::GitHub(format!(
                        "{name} is another repository by now, or tracked already"
                    )));
                }
                name = snapshot.name;
            }
        }
        let pass = Pass { sync: self, known, name, first: known.full_synced_at.is_none(), until };
        pass.run(full, now).await
    }
}

/// One pass over one repository.
struct Pass<'a> {
    sync: &'a Sync,
    known: &'a Repository,
    name: RepoName,
    /// It was never synced: whatever is found was not missed.
    first: bool,
    until: Instant,
}

impl Pass<'_> {
    async fn run(&self, full: bool, now: Timestamp) -> Result<usize, Trouble> {
        let mut synced = self.changes(now).await?;
        // Checks change no pull request: those whose end was never told are asked for.
        pulls::read::want_pending(&self.sync.db, self.known.id).await?;
        if full && Instant::now() < self.until {
            synced += self.full_open_set().await?;
        }
        Ok(synced)
    }

    /// What changed since the cursor, oldest change first, so that each page that was taken in moves the cursor: a run
    /// that ends in between has not worked in vain.
    async fn changes(&self, now: Timestamp) -> Result<usize, Trouble> {
        let db = &self.sync.db;
        let since = self.known.sync_cursor.map_or(now - FIRST_LOOK, |cursor| cursor - OVERLAP);
        let query = IssueQuery { since: Some(since), state: StateFilter::All };
        let read = self.sync.github.issues(&self.name, query, self.known.issues_etag.as_deref()).await?;
        let Read::Changed(mut page) = read else {
            let (cursor, etag) = (self.known.sync_cursor, self.known.issues_etag.as_deref());
            sync::repository_synced(db, self.known.id, cursor, etag).await?;
            return Ok(0);
        };
        // Without any change the first look's beginning is the cursor, so that the address stays the same.
        let mut cursor = self.known.sync_cursor.or(Some(since));
        // The ETag stands for one page at one address: it says nothing of further pages, nor of another cursor.
        let etag = page.etag.clone().filter(|_| page.next.is_none());
        let (mut synced, mut pull_requests) = (0, false);
        loop {
            synced += self.take_in(&page).await?;
            pull_requests |= page.items.iter().any(|entry| entry.is_pull_request);
            cursor = cursor.max(newest(&page));
            let Some(next) = page.next.take() else { break };
            if let Some(cursor) = cursor.filter(|_| !pull_requests) {
                sync::move_cursor(db, self.known.id, cursor).await?;
            }
            if Instant::now() > self.until {
                return Ok(synced);
            }
            page = self.sync.github.more_issues(&self.name, &next).await?;
        }
        if pull_requests {
            synced += self.pull_requests(StateFilter::All, Some(since)).await?;
        }
        let etag = etag.filter(|_| cursor == self.known.sync_cursor);
        sync::repository_synced(db, self.known.id, cursor, etag.as_deref()).await?;
        Ok(synced)
    }

    /// Everything that is open, over several runs if need be. What we hold open and no read has shown since it began
    /// was closed, moved or deleted unseen.
    async fn full_open_set(&self) -> Result<usize, Trouble> {
        let db = &self.sync.db;
        let (started, since) = match self.known.full_started_at {
            Some(started) => (started, self.known.full_cursor),
            None => (sync::full_started(db, self.known.id).await?, None),
        };
        let query = IssueQuery { since, state: StateFilter::Open };
        let Read::Changed(mut page) = self.sync.github.issues(&self.name, query, None).await? else {
            return Ok(0);
        };
        let mut synced = 0;
        loop {
            synced += self.take_in(&page).await?;
            let Some(next) = page.next.take() else { break };
            if let Some(newest) = newest(&page) {
                sync::move_full_cursor(db, self.known.id, newest).await?;
            }
            if Instant::now() > self.until {
                return Ok(synced);
            }
            page = self.sync.github.more_issues(&self.name, &next).await?;
        }
        synced += self.pull_requests(StateFilter::Open, None).await?;
        pulls::read::want_all(db, self.known.id).await?;
        synced += self.unseen(started).await?;
        Ok(synced)
    }

    /// Reads one by one what the full open set did not show, and ends the comparison when nothing is left.
    async fn unseen(&self, started: Timestamp) -> Result<usize, Trouble> {
        let (db, github) = (&self.sync.db, &self.sync.github);
        let correlation = crate::correlation("sync");
        let who = Who { kind: "github", name: "sync", correlation: &correlation };
        let mut synced = 0;
        loop {
            let unseen = sync::unseen_open_issues(db, self.known.id, started, 50).await?;
            if unseen.is_empty() {
                sync::full_finished(db, self.known.id).await?;
                return Ok(synced);
            }
            for (id, number, known) in unseen {
                if Instant::now() > self.until {
                    return Ok(synced);
                }
                match github.issue(&self.name, number).await {
                    Ok(snapshot) if snapshot.id == id => {
                        let seen = Seen::Read { known: Some(known), drift: !self.first, by: "set on GitHub" };
                        ingest::issue(db, self.known.id, &snapshot, seen, &who).await?;
                        ingest::touched(db, id).await?;
                        synced += 1;
                    }
                    Ok(_) | Err(GithubError::Gone { .. }) => ingest::issue_gone(db, id, &who).await?,
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }

    async fn take_in(&self, page: &Page<ListedIssue>) -> Result<usize, Trouble> {
        warn_of(&page.unreadable);
        let correlation = crate::correlation("sync");
        let who = Who { kind: "github", name: "sync", correlation: &correlation };
        let seen = Seen::Read { known: None, drift: !self.first, by: "set on GitHub" };
        let mut count = 0;
        for entry in page.items.iter().filter(|entry| !entry.is_pull_request) {
            let taken = ingest::issue(&self.sync.db, self.known.id, &entry.issue, seen, &who).await?;
            self.sync.nudge(taken.nudge).await;
            count += 1;
        }
        Ok(count)
    }

    /// Pull requests, last changed first, until one is older than `since`.
    async fn pull_requests(&self, state: StateFilter, since: Option<Timestamp>) -> Result<usize, Trouble> {
        let github = &self.sync.github;
        let Read::Changed(mut page) = github.pull_requests(&self.name, state, None).await? else {
            return Ok(0);
        };
        let mut count = 0;
        loop {
            warn_of(&page.unreadable);
            for snapshot in &page.items {
                if since.is_some_and(|since| snapshot.updated_at < since) {
                    return Ok(count);
                }
                let seen = pulls::Seen::List;
                pulls::pull_request(&self.sync.db, self.known.id, &self.name, snapshot, seen).await?;
                count += 1;
            }
            let Some(next) = page.next else { return Ok(count) };
            page = github.more_pull_requests(&self.name, &next).await?;
        }
    }
}

fn newest(page: &Page<ListedIssue>) -> Option<Timestamp> {
    page.items.iter().map(|entry| entry.issue.updated_at).max()
}

fn warn_of(unreadable: &[String]) {
    for entry in unreadable {
        tracing::warn!(entry, "an entry of a list was left out");
    }
}
