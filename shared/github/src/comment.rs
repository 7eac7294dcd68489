//! Comments on issues and pull requests.

use dispatch_domain::ids::RepoName;
use http::Method;
use jiff::Timestamp;
use serde::Deserialize;

use crate::budget::Kind;
use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::page::Listed;
use crate::{path, wire};

/// A comment that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// GitHub's id.
    pub id: i64,
    /// Page for people.
    pub url: String,
}

impl Github {
    /// Whether a comment since then says `marker` ("List issue comments"). GitHub sees whole seconds.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn has_comment(
        &self,
        repo: &RepoName,
        number: i32,
        since: Timestamp,
        marker: &str,
    ) -> Result<bool, Error> {
        #[derive(Deserialize)]
        struct Body {
            body: Option<String>,
        }
        let what = format!("comments of {repo}#{number}");
        let since = path::time(since);
        let path = path::repo(repo, &format!("/issues/{number}/comments?per_page=100&since={since}"));
        match self.list::<Body>(repo, &what, path, None, wire::parse_list).await? {
            Listed::NotModified => Ok(false),
            Listed::Changed { items, .. } => Ok(items
                .iter()
                .any(|comment| comment.body.as_ref().is_some_and(|text| text.contains(marker)))),
        }
    }

    /// Writes a comment, Markdown, on an issue or pull request ("Create an issue comment"). Twice is two comments.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn create_comment(
        &self,
        repo: &RepoName,
        number: i32,
        markdown: &str,
    ) -> Result<Comment, Error> {
        #[derive(Deserialize)]
        struct Body {
            id: i64,
            html_url: Option<String>,
        }
        let what = format!("comments of {repo}#{number}");
        let body = serde_json::json!({ "body": markdown }).to_string();
        let path = path::repo(repo, &format!("/issues/{number}/comments"));
        let request = Request { body: Some(body), ..Request::new(Method::POST, path, &what, Kind::Write) };
        let answer = self.call(repo, Within::Issue(number), request).await?;
        let body: Body = wire::parse(&what, &answer.body)?;
        Ok(Comment { id: body.id, url: body.html_url.unwrap_or_default() })
    }
}
