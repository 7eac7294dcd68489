//! Reviews and checks of pull requests, read where no webhook told them to the end; and the cards of those that belong to
//! no issue.

use std::collections::BTreeMap;
use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_github::{Error as GithubError, Listed};
use dispatch_store::pulls::card;
use dispatch_store::pulls::read::{FollowUp, Graph, Wanted};
use dispatch_store::{Who, pulls};

use crate::Sync;
use crate::asking::Trouble;

/// At most so many in one run; the next one goes on.
const MOST: i64 = 100;

impl Sync {
    /// Reads what is wanted, the longest unread first. What cannot be asked now stays wanted.
    pub(crate) async fn follow_ups(&self, until: Instant) -> anyhow::Result<usize> {
        let mut done = 0;
        for wanted in pulls::read::wanted(&self.db, MOST).await? {
            if Instant::now() > until {
                break;
            }
            let read = match self.may_ask(&wanted.repository, Class::Board).await {
                Ok(()) => self.follow_up(&wanted).await.map_err(Trouble::from),
                Err(trouble) => Err(trouble),
            };
            match read {
                Ok(read) => done += usize::from(pulls::read::take_in(&self.db, &wanted, &read).await?),
                Err(Trouble::GitHub(GithubError::Gone { .. })) => {
                    pulls::pull_request_gone(&self.db, wanted.id).await?;
                }
                Err(Trouble::Held(_)) => {}
                Err(trouble) => {
                    let why = self.explain(trouble).await?;
                    tracing::warn!(why, "reviews and checks could not be read; they are wanted still");
                }
            }
        }
        Ok(done)
    }

    /// Reads pull requests that need a fix and belong to no issue as the issues that they are too, so that the fix can
    /// be claimed. Those that belong to one by now need no card of their own.
    pub(crate) async fn cards(&self, until: Instant) -> anyhow::Result<usize> {
        let correlation = crate::correlation("card");
        let who = Who { kind: "github", name: "read", correlation: &correlation };
        let mut done = 0;
        for wanted in card::wanted(&self.db, MOST).await? {
            if Instant::now() > until {
                return Ok(done);
            }
            let read = self.card(&wanted, &who).await;
            done += self.told(read).await?;
        }
        Ok(done + card::retire(&self.db, &who).await?)
    }

    async fn card(&self, wanted: &card::Wanted, who: &Who<'_>) -> Result<(), Trouble> {
        self.may_ask(&wanted.repository, Class::Board).await?;
        let shown = self.github.issue(&wanted.repository, wanted.number).await?;
        self.nudge(card::take_in(&self.db, wanted, &shown, who).await?).await;
        Ok(())
    }

    /// Five requests, of which those cost nothing that find nothing new. A credential that may not read one of the
    /// lists leaves that one as webhooks told it.
    async fn follow_up(&self, wanted: &Wanted) -> Result<FollowUp, GithubError> {
        let Wanted { repository, number, head_sha, etags, .. } = wanted;
        let etag = |list: &str| etags.get(list).map(String::as_str);
        let mut read = FollowUp { etags: BTreeMap::new(), ..FollowUp::default() };
        let github = &self.github;
        let reviews = allowed(github.reviews(repository, *number, etag("reviews")).await)?;
        read.reviews = changed(&mut read.etags, "reviews", etag("reviews"), reviews);
        let comments = allowed(github.review_comments(repository, *number, etag("comments")).await)?;
        read.comments = changed(&mut read.etags, "comments", etag("comments"), comments);
        let runs = allowed(github.check_runs(repository, head_sha, etag("runs")).await)?;
        read.runs = changed(&mut read.etags, "runs", etag("runs"), runs);
        let statuses = allowed(github.statuses(repository, head_sha, etag("statuses")).await)?;
        read.statuses = changed(&mut read.etags, "statuses", etag("statuses"), statuses);
        let links = allowed(github.pull_request_links(repository, *number).await)?;
        read.graph = links.map(|links| Graph { resolved: links.resolved, closing: links.closing });
        Ok(read)
    }
}

/// What this credential may not read is left out.
fn allowed<T>(answer: Result<T, GithubError>) -> Result<Option<T>, GithubError> {
    match answer {
        Err(GithubError::Denied { message, .. }) => {
            tracing::debug!(message, "a list of a pull request may not be read");
            Ok(None)
        }
        other => other.map(Some),
    }
}

fn changed<T>(
    etags: &mut BTreeMap<String, String>,
    name: &str,
    known: Option<&str>,
    list: Option<Listed<T>>,
) -> Option<Vec<T>> {
    let (etag, items) = match list? {
        Listed::NotModified => (known.map(str::to_owned), None),
        Listed::Changed { items, etag } => (etag, Some(items)),
    };
    etags.extend(etag.map(|etag| (name.to_owned(), etag)));
    items
}
