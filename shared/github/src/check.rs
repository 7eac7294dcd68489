//! Checks of a commit: runs and statuses.

use bytes::Bytes;
use dispatch_domain::checks::{CheckRun, CommitStatus};
use dispatch_domain::ids::RepoName;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::call::Github;
use crate::error::Error;
use crate::page::Listed;
use crate::{path, wire};

#[derive(Deserialize)]
struct Run {
    id: i64,
    head_sha: String,
    name: String,
    #[serde(default)]
    status: String,
    conclusion: Option<String>,
    html_url: Option<String>,
    started_at: Option<Timestamp>,
    completed_at: Option<Timestamp>,
    output: Option<Output>,
    app: Option<App>,
    check_suite: Option<Suite>,
}

#[derive(Deserialize)]
struct Output {
    title: Option<String>,
    summary: Option<String>,
}

#[derive(Deserialize)]
struct App {
    #[serde(default)]
    id: i64,
    slug: Option<String>,
}

#[derive(Deserialize)]
struct Suite {
    id: i64,
}

impl From<Run> for CheckRun {
    fn from(run: Run) -> Self {
        let (title, summary) = run.output.map(|output| (output.title, output.summary)).unwrap_or_default();
        let run = Self {
            id: run.id,
            head_sha: run.head_sha,
            suite: run.check_suite.map(|suite| suite.id),
            app: run.app.map(|app| app.slug.unwrap_or_else(|| app.id.to_string())).unwrap_or_default(),
            name: run.name,
            status: run.status,
            conclusion: run.conclusion,
            title,
            summary,
            url: run.html_url,
            started_at: run.started_at,
            completed_at: run.completed_at,
        };
        run.cleaned()
    }
}

#[derive(Deserialize)]
struct Status {
    id: i64,
    #[serde(default)]
    context: String,
    state: String,
    description: Option<String>,
    target_url: Option<String>,
    updated_at: Timestamp,
}

impl Github {
    /// The newest run of each check of a commit.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn check_runs(
        &self,
        repo: &RepoName,
        sha: &str,
        if_changed: Option<&str>,
    ) -> Result<Listed<CheckRun>, Error> {
        #[derive(Deserialize)]
        struct Body {
            check_runs: Box<RawValue>,
        }
        let what = format!("check runs of {repo}@{sha}");
        let path = path::repo(repo, &format!("/commits/{}/check-runs?per_page=100", path::segment(sha)));
        let read = |what: &str, body: &Bytes| {
            let inner: Body = wire::parse(what, body)?;
            wire::parse_list(what, &Bytes::copy_from_slice(inner.check_runs.get().as_bytes()))
        };
        let list = self.list::<Run>(repo, &what, path, if_changed, read).await?;
        Ok(list.map(Into::into))
    }

    /// The newest status of each context of a commit.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn statuses(
        &self,
        repo: &RepoName,
        sha: &str,
        if_changed: Option<&str>,
    ) -> Result<Listed<CommitStatus>, Error> {
        #[derive(Deserialize)]
        struct Body {
            statuses: Box<RawValue>,
        }
        let what = format!("statuses of {repo}@{sha}");
        let path = path::repo(repo, &format!("/commits/{}/status?per_page=100", path::segment(sha)));
        let read = |what: &str, body: &Bytes| {
            let inner: Body = wire::parse(what, body)?;
            wire::parse_list(what, &Bytes::copy_from_slice(inner.statuses.get().as_bytes()))
        };
        let list = self.list::<Status>(repo, &what, path, if_changed, read).await?;
        Ok(list.map(|status| {
            let status = CommitStatus {
                id: status.id,
                sha: sha.to_owned(),
                context: status.context,
                state: status.state,
                description: status.description,
                url: status.target_url,
                updated_at: status.updated_at,
            };
            status.cleaned()
        }))
    }
}
