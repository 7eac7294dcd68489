//! Label writes: additions in one request, removals one by one, never "set labels".

use dispatch_domain::ids::RepoName;
use http::Method;

use crate::budget::Kind;
use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::{path, wire};

impl Github {
    /// Adds labels to an issue or pull request; those it has already are left as they are ("Add labels to an issue").
    /// Returns all its labels afterwards. Labels the repository does not have yet are created.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessable`] when there would be more than 100, [`Error::Denied`] when the repository is archived;
    /// the others as GitHub decides. Labels the issue has already count against the 100, so send only what is missing.
    pub async fn add_labels(
        &self,
        repo: &RepoName,
        number: i32,
        labels: &[String],
    ) -> Result<Vec<String>, Error> {
        let what = format!("labels of {repo}#{number}");
        let body = serde_json::json!({ "labels": labels }).to_string();
        let path = path::repo(repo, &format!("/issues/{number}/labels"));
        let request = Request { body: Some(body), ..Request::new(Method::POST, path, &what, Kind::Write) };
        let answer = self.call(repo, Within::Issue(number), request).await?;
        wire::parse(&what, &answer.body).map(wire::label_names)
    }

    /// Defines a label in a repository ("Create a label"). One that is there already stays as it is.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn create_label(
        &self,
        repo: &RepoName,
        name: &str,
        color: &str,
        description: &str,
    ) -> Result<(), Error> {
        let what = format!("label {name} of {repo}");
        let body =
            serde_json::json!({ "name": name, "color": color, "description": description }).to_string();
        let request = Request::new(Method::POST, path::repo(repo, "/labels"), &what, Kind::Write);
        match self.call(repo, Within::Repository, Request { body: Some(body), ..request }).await {
            // GitHub answers 422 with `already_exists`.
            Err(Error::Unprocessable { message, .. }) if message.contains("already_exists") => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// Removes one label from an issue or pull request ("Remove a label from an issue"). Returns the labels it still
    /// has, or none when GitHub has no such label on it, which is as good as removed: the next read shows the rest.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn remove_label(
        &self,
        repo: &RepoName,
        number: i32,
        label: &str,
    ) -> Result<Option<Vec<String>>, Error> {
        let what = format!("label {label} of {repo}#{number}");
        let path = path::repo(repo, &format!("/issues/{number}/labels/{}", path::segment(label)));
        let request = Request::new(Method::DELETE, path, &what, Kind::Write);
        match self.call(repo, Within::Issue(number), request).await {
            Ok(answer) => wire::parse(&what, &answer.body).map(|labels| Some(wire::label_names(labels))),
            Err(Error::Gone { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
