//! One repository: what changed since the cursor, now and then the full open set, and what is missing from it.

use std::collections::HashSet;
use std::time::Instant;

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
    Limited(String),
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
            GithubError::RateLimited { .. } => Self::Limited(error.to_string()),
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
                repositories::identify(&self.db, &snapshot).await?;
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
        let since = self.known.sync_cursor.map_or(now - FIRST_LOOK, |cursor| cursor - OVERLAP);
        let query = IssueQuery { since: Some(since), state: StateFilter::All };
        let read = self.sync.github.issues(&self.name, query, self.known.issues_etag.as_deref()).await?;
        let (mut synced, mut cursor, mut etag) = (0, self.known.sync_cursor, self.known.issues_etag.clone());
        if let Read::Changed(page) = read {
            let changed = self.all_pages(page).await?;
            etag = changed.etag;
            cursor = cursor.max(changed.newest);
            synced += self.take_in(&changed.entries).await?;
            if changed.entries.iter().any(|entry| entry.is_pull_request) {
                synced += self.pull_requests(StateFilter::All, Some(since)).await?;
            }
        }
        if full {
            synced += self.full_open_set().await?;
        }
        // Without any change the first look's beginning is the cursor, so that the address stays the same.
        cursor = cursor.or(Some(since));
        // The ETag belongs to the address, which names the cursor: with another cursor it is another list.
        let etag = etag.filter(|_| cursor == self.known.sync_cursor);
        sync::repository_synced(&self.sync.db, self.known.id, cursor, etag.as_deref(), full).await?;
        Ok(synced)
    }

    async fn take_in(&self, entries: &[ListedIssue]) -> Result<usize, Trouble> {
        let who = Who { kind: "github", name: "sync", correlation: "sync" };
        let seen = Seen::Read { reread: None, drift: !self.first, by: "set on GitHub" };
        let mut count = 0;
        for entry in entries.iter().filter(|entry| !entry.is_pull_request) {
            let taken = ingest::issue(&self.sync.db, self.known.id, &entry.issue, seen, &who).await?;
            self.sync.nudge(taken.nudge).await;
            count += 1;
        }
        Ok(count)
    }

    /// Everything that is open. What we hold open and is not in it was closed, moved or deleted unseen.
    async fn full_open_set(&self) -> Result<usize, Trouble> {
        let query = IssueQuery { since: None, state: StateFilter::Open };
        let Read::Changed(page) = self.sync.github.issues(&self.name, query, None).await? else {
            return Ok(0);
        };
        let held = sync::open_issues(&self.sync.db, self.known.id).await?;
        let open = self.all_pages(page).await?.entries;
        let mut synced = self.take_in(&open).await?;
        synced += self.pull_requests(StateFilter::Open, None).await?;
        let shown: HashSet<_> = open.iter().map(|entry| entry.issue.id).collect();
        let who = Who { kind: "github", name: "sync", correlation: "sync" };
        for (id, number, counter) in held.into_iter().filter(|(id, ..)| !shown.contains(id)) {
            if Instant::now() > self.until {
                break;
            }
            match self.sync.github.issue(&self.name, number).await {
                Ok(snapshot) if snapshot.id == id => {
                    let seen = Seen::Read { reread: Some(counter), drift: true, by: "set on GitHub" };
                    ingest::issue(&self.sync.db, self.known.id, &snapshot, seen, &who).await?;
                    synced += 1;
                }
                Ok(_) | Err(GithubError::Gone { .. }) => ingest::issue_gone(&self.sync.db, id, &who).await?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(synced)
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
                pulls::pull_request(&self.sync.db, self.known.id, &self.name, snapshot).await?;
                count += 1;
            }
            let Some(next) = page.next else { return Ok(count) };
            page = github.more_pull_requests(&self.name, &next).await?;
        }
    }

    async fn all_pages(&self, first: Page<ListedIssue>) -> Result<Changed, Trouble> {
        let mut changed = Changed { etag: first.etag.clone(), newest: None, entries: Vec::new() };
        let mut page = first;
        loop {
            warn_of(&page.unreadable);
            changed.newest = changed.newest.max(page.items.iter().map(|entry| entry.issue.updated_at).max());
            changed.entries.append(&mut page.items);
            let Some(next) = page.next else { return Ok(changed) };
            page = self.sync.github.more_issues(&self.name, &next).await?;
        }
    }
}

/// A list of changes, read to its end.
struct Changed {
    etag: Option<String>,
    newest: Option<Timestamp>,
    entries: Vec<ListedIssue>,
}

fn warn_of(unreadable: &[String]) {
    for entry in unreadable {
        tracing::warn!(entry, "an entry of a list was left out");
    }
}
