//! Facts of repositories: default branch, latest commit, open pull requests.

use std::time::Instant;

use dispatch_domain::budget::Class;
use dispatch_domain::ids::{RepoName, SyncRunId};
use dispatch_github::Read;
use dispatch_store::repositories::{self, Repository};
use dispatch_store::sync::{self, RepositoryResult};
use serde_json::{Value, json};

use crate::Sync;
use crate::asking::Trouble;

impl Sync {
    pub(crate) async fn automation(
        &self,
        run: Option<(SyncRunId, Option<i64>)>,
        until: Instant,
    ) -> anyhow::Result<Value> {
        let only = run.and_then(|(_, repository)| repository);
        let all = sync::repositories_to_sync(&self.db, only).await?;
        let total = all.len();
        let mut results = Vec::new();
        for known in all {
            let repository = format!("{}/{}", known.owner, known.name);
            if Instant::now() > until {
                break;
            }
            let (synced, error) = match self.facts(&known).await {
                Ok(()) => (1, None),
                Err(trouble) => (0, Some(self.explain(trouble).await?)),
            };
            results.push(RepositoryResult { repository, synced, error });
        }
        if let Some((run, _)) = run {
            sync::progress(&self.db, run, total, &results, true).await?;
        }
        let failed = results.iter().filter(|result| result.error.is_some()).count();
        Ok(json!({ "synced": results.len() - failed, "failed": failed }))
    }

    async fn facts(&self, known: &Repository) -> Result<(), Trouble> {
        let name = RepoName::new(&known.owner, &known.name).map_err(dispatch_store::Error::from)?;
        self.may_ask(&name, Class::Backfill).await?;
        let Read::Changed((snapshot, _)) = self.github.repository(&name, None).await? else { return Ok(()) };
        let commit = match &snapshot.default_branch {
            Some(branch) => self.github.latest_commit(&snapshot.name, branch).await?,
            None => None,
        };
        let open = self.github.open_pull_request_count(&snapshot.name).await?;
        let open = i32::try_from(open).unwrap_or(i32::MAX);
        repositories::facts(&self.db, &snapshot, commit.as_deref(), open).await?;
        Ok(())
    }
}
