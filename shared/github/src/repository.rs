//! Facts about a repository.

use dispatch_domain::ids::{RepoName, RepositoryId};
use dispatch_domain::snapshot::{RepositorySnapshot, strip_nul};
use http::StatusCode;
use serde::Deserialize;

use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::page::{Read, etag};
use crate::{path, wire};

#[derive(Deserialize)]
struct Body {
    id: i64,
    full_name: RepoName,
    default_branch: Option<String>,
    #[serde(default)]
    archived: Option<bool>,
    updated_at: Option<jiff::Timestamp>,
}

impl Github {
    /// A repository as it is now, with the ETag of the answer. Renamed and transferred ones are followed: compare the
    /// answer's name, and know it by its id.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn repository(
        &self,
        repo: &RepoName,
        if_changed: Option<&str>,
    ) -> Result<Read<(RepositorySnapshot, Option<String>)>, Error> {
        let what = format!("repository {repo}");
        let request = Request { etag: if_changed, ..Request::get(path::repo(repo, ""), &what) };
        let answer = self.call(repo, Within::Repository, request).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Read::NotModified);
        }
        let mut body: Body = wire::parse(&what, &answer.body)?;
        if let Some(branch) = &mut body.default_branch {
            strip_nul(branch);
        }
        let snapshot = RepositorySnapshot {
            id: RepositoryId(body.id),
            name: body.full_name,
            default_branch: body.default_branch,
            archived: body.archived.unwrap_or_default(),
            updated_at: body.updated_at,
        };
        Ok(Read::Changed((snapshot, etag(&answer.headers))))
    }

    /// The commit at the tip of a branch; none when there is no such branch or the repository is empty.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`]. A repository that is gone looks like a branch that is not there, so ask for
    /// the [repository](Self::repository) first.
    pub async fn latest_commit(&self, repo: &RepoName, branch: &str) -> Result<Option<String>, Error> {
        #[derive(Deserialize)]
        struct Body {
            commit: Commit,
        }
        #[derive(Deserialize)]
        struct Commit {
            sha: String,
        }
        let what = format!("branch {branch} of {repo}");
        let path = path::repo(repo, &format!("/branches/{}", path::branch(branch)));
        match self.call(repo, Within::Repository, Request::get(path, &what)).await {
            Ok(answer) => {
                let body: Body = wire::parse(&what, &answer.body)?;
                Ok(Some(body.commit.sha))
            }
            Err(Error::Gone { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
