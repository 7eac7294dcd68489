//! Goes through repositories, the longest unsynced first, until all are done or the time is used.

use std::time::Instant;

use dispatch_domain::ids::SyncRunId;
use dispatch_store::sync::{self, RepositoryResult, RunKind};
use serde_json::{Value, json};

use crate::Sync;
use crate::repository::Taken;

impl Sync {
    pub(crate) async fn reconcile(&self, until: Instant) -> anyhow::Result<Value> {
        let results = self.repositories(None, None, until).await?;
        // Lists decide no ties: what they put in doubt is read at once.
        Box::pin(self.reread(until)).await?;
        Ok(summary(&results))
    }

    /// A run that somebody asked for. Nothing to do when it runs already.
    pub(crate) async fn asked(&self, run: SyncRunId, until: Instant) -> anyhow::Result<Value> {
        let Some((kind, repository)) = sync::start(&self.db, run).await? else {
            return Ok(json!({ "started": false }));
        };
        match kind {
            RunKind::Issues => {
                let results = self.repositories(repository, Some(run), until).await?;
                Box::pin(self.reread(until)).await?;
                Ok(summary(&results))
            }
            RunKind::Automation => self.automation(Some((run, repository)), until).await,
        }
    }

    async fn repositories(
        &self,
        only: Option<i64>,
        run: Option<SyncRunId>,
        until: Instant,
    ) -> anyhow::Result<Vec<RepositoryResult>> {
        let repositories = sync::repositories_to_sync(&self.db, only).await?;
        let total = repositories.len();
        let mut results: Vec<RepositoryResult> = Vec::new();
        let taken = Taken::new(run);
        if let Some(run) = run {
            sync::progress(&self.db, run, total, &results, false).await?;
        }
        for repository in repositories {
            let name = format!("{}/{}", repository.owner, repository.name);
            if Instant::now() > until {
                let error = Some("not reached in this run; the next one begins with it".to_owned());
                results.push(RepositoryResult { repository: name, synced: 0, error });
                continue;
            }
            sync::repository_attempted(&self.db, repository.id).await?;
            let before = taken.count();
            let error = match Box::pin(self.repository(&repository, &taken, until)).await {
                Ok(()) => None,
                Err(trouble) => {
                    let message = self.explain(trouble).await?;
                    sync::repository_failed(&self.db, repository.id, &message).await?;
                    Some(message)
                }
            };
            let synced = taken.count() - before;
            results.push(RepositoryResult { repository: name, synced, error });
            if let Some(run) = run {
                sync::progress(&self.db, run, total, &results, false).await?;
            }
        }
        if let Some(run) = run {
            sync::progress(&self.db, run, total, &results, true).await?;
        }
        Ok(results)
    }
}

fn summary(results: &[RepositoryResult]) -> Value {
    let failed: Vec<&str> =
        results.iter().filter(|r| r.error.is_some()).map(|r| r.repository.as_str()).collect();
    let synced: usize = results.iter().map(|r| r.synced).sum();
    json!({ "repositories": results.len(), "synced": synced, "failed": failed })
}
