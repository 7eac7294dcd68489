//! Checks of commits: runs, suites, statuses.

use jiff::Timestamp;
use serde::Deserialize;

use super::payload::{Id, Repository, User};
use super::{Unreadable, in_repository, read, without_nul};
use crate::checks::{CheckRun, CommitStatus};
use crate::event::{Event, News};

#[derive(Deserialize)]
struct RunPayload {
    check_run: Run,
    repository: Repository,
    sender: Option<User>,
}

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
    check_suite: Option<Id>,
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

pub(super) fn run(body: &[u8]) -> Result<Event, Unreadable> {
    let RunPayload { check_run: run, repository, sender } = read(body)?;
    let (title, summary) = run.output.map(|output| (output.title, output.summary)).unwrap_or_default();
    let run = CheckRun {
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
    in_repository(repository, sender, News::CheckRun(Box::new(run.cleaned())))
}

#[derive(Deserialize)]
struct SuitePayload {
    check_suite: Suite,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct Suite {
    id: i64,
    head_sha: String,
}

/// A suite says nothing that its runs do not say; when it is completed they all should have been told.
pub(super) fn suite(action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    let SuitePayload { check_suite, repository, sender } = read(body)?;
    if action != "completed" {
        return Ok(Event::Ignored(format!("check_suite.{action}: its check runs tell more")));
    }
    let news = News::SuiteCompleted { suite: check_suite.id, head_sha: without_nul(check_suite.head_sha) };
    in_repository(repository, sender, news)
}

#[derive(Deserialize)]
struct StatusPayload {
    id: i64,
    sha: String,
    #[serde(default)]
    context: String,
    state: String,
    description: Option<String>,
    target_url: Option<String>,
    updated_at: Timestamp,
    repository: Repository,
    sender: Option<User>,
}

pub(super) fn status(body: &[u8]) -> Result<Event, Unreadable> {
    let payload: StatusPayload = read(body)?;
    let status = CommitStatus {
        id: payload.id,
        sha: payload.sha,
        context: payload.context,
        state: payload.state,
        description: payload.description,
        url: payload.target_url,
        updated_at: payload.updated_at,
    };
    in_repository(payload.repository, payload.sender, News::Status(Box::new(status.cleaned())))
}
