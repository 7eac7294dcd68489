//! Relations between issues ("REST API endpoints for issue dependencies", "… for sub-issues").

use dispatch_domain::dependency::{Relation, Target};
use dispatch_domain::ids::{IssueId, RepoName};
use serde::Deserialize;

use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::{path, wire};

/// How many relations of each kind an issue has, as lists tell with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// Issues that it is blocked by, open or closed.
    pub blocked_by: i64,
    /// Its sub-issues, open or closed.
    pub sub_issues: i64,
}

impl Related {
    /// How many of one kind.
    pub fn of(self, relation: Relation) -> i64 {
        match relation {
            Relation::BlockedBy => self.blocked_by,
            Relation::SubIssue => self.sub_issues,
        }
    }
}

impl Github {
    /// The issues that one waits for by a relation. GitHub allows 50 and 100, which is one page.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn relations(
        &self,
        repo: &RepoName,
        number: i32,
        relation: Relation,
    ) -> Result<Vec<Target>, Error> {
        #[derive(Deserialize)]
        struct Body {
            id: i64,
            number: i32,
            state: String,
            repository_url: String,
        }
        let (list, what) = match relation {
            Relation::BlockedBy => ("dependencies/blocked_by", format!("dependencies of {repo}#{number}")),
            Relation::SubIssue => ("sub_issues", format!("sub-issues of {repo}#{number}")),
        };
        let request = Request::get(path::repo(repo, &format!("/issues/{number}/{list}?per_page=100")), &what);
        let answer = self.call(repo, Within::Issue(number), request).await?;
        let (bodies, _) = wire::parse_list::<Body>(&what, &answer.body)?;
        let target = |body: Body| {
            Some(Target {
                id: Some(IssueId(body.id)),
                repository: named(&body.repository_url)?,
                number: body.number,
                closed: Some(body.state == "closed"),
            })
        };
        Ok(bodies.into_iter().filter_map(target).collect())
    }
}

/// The repository of an address that ends in `/repos/{owner}/{name}`.
fn named(address: &str) -> Option<RepoName> {
    let (_, name) = address.split_once("/repos/")?;
    name.parse().ok()
}
