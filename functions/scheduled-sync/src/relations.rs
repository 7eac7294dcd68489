//! What issues wait for, read where lists tell another number than is known.

use dispatch_domain::dependency::Relation;
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_github::ListedIssue;
use dispatch_store::dependencies;

use crate::Sync;
use crate::asking::Trouble;

/// The kinds, each with a list of its own on GitHub.
const KINDS: [Relation; 2] = [Relation::BlockedBy, Relation::SubIssue];

impl Sync {
    /// Reads the relations of those of a page whose number is another than is known; of all that have any when
    /// `every`, because one may have taken another's place.
    pub(crate) async fn relations(
        &self,
        repository: &RepoName,
        page: &[ListedIssue],
        every: bool,
    ) -> Result<(), Trouble> {
        let issues = || page.iter().filter(|entry| !entry.is_pull_request);
        let ids: Vec<IssueId> = issues().map(|entry| entry.issue.id).collect();
        let known = dependencies::known(&self.db, &ids).await?;
        for (entry, related) in issues().filter_map(|entry| Some((entry, entry.related?))) {
            for kind in KINDS {
                let (id, told) = (entry.issue.id, related.of(kind));
                let known = known.get(&(id, kind)).copied().unwrap_or_default();
                if told == known && (!every || told == 0) {
                    continue;
                }
                let targets = match told {
                    0 => Vec::new(),
                    _ => self.github.relations(repository, entry.issue.number, kind).await?,
                };
                dependencies::replace(&self.db, id, kind, &targets).await?;
            }
        }
        Ok(())
    }
}
