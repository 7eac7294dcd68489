//! GitHub's webhook payloads, read narrowly: only the fields that are used, unknown actions and values welcome.
//!
//! Field names as in GitHub's documentation, "Webhook events and payloads".

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::event::{Event, News};
use crate::ids::{IssueId, PullRequestId, RepoName, RepositoryId};
use crate::snapshot::{IssueSnapshot, PullRequestSnapshot, PullRequestState, RepositorySnapshot};

/// A delivery's action, if it names one, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// `opened`, `labeled`…
    pub action: Option<String>,
    /// What it means to Dispatch.
    pub event: Event,
}

/// Reads a delivery. Total: what is not understood is [`Event::Unreadable`] with the place, what is not used is
/// [`Event::Ignored`] with the reason.
pub fn parse(name: &str, body: &[u8]) -> Parsed {
    let action = read::<Action>(body).ok().and_then(|payload| payload.action).map(without_nul);
    let event = parse_event(name, action.as_deref().unwrap_or_default(), body)
        .unwrap_or_else(|(path, reason)| Event::Unreadable { path, reason });
    Parsed { action, event }
}

type Unreadable = (String, String);

fn parse_event(name: &str, action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    match name {
        "ping" => Ok(Event::Ignored("ping: the webhook works".into())),
        "issues" => {
            let payload: IssuePayload = read(body)?;
            let news = match action {
                "deleted" | "transferred" => {
                    News::IssueGone { id: IssueId(payload.issue.id), number: payload.issue.number }
                }
                _ => News::Issue(Box::new(payload.issue.snapshot())),
            };
            in_repository(payload.repository, payload.sender, news)
        }
        "issue_comment" => {
            let payload: IssuePayload = read(body)?;
            let news = if payload.issue.pull_request.is_some() {
                News::PullRequestTouched { number: payload.issue.number }
            } else {
                News::Issue(Box::new(payload.issue.snapshot()))
            };
            in_repository(payload.repository, payload.sender, news)
        }
        "pull_request" => {
            let payload: PullRequestPayload = read(body)?;
            let news = News::PullRequest(Box::new(payload.pull_request.snapshot()));
            in_repository(payload.repository, payload.sender, news)
        }
        "label" => {
            let payload: LabelPayload = read(body)?;
            let name = match (action, payload.changes.and_then(|changes| changes.name)) {
                ("edited", Some(renamed)) => renamed.from,
                ("deleted", _) => payload.label.name,
                _ => return Ok(Event::Ignored(format!("label.{action} changes no issue"))),
            };
            in_repository(payload.repository, payload.sender, News::LabelChanged { name: without_nul(name) })
        }
        "repository" => {
            let payload: RepositoryPayload = read(body)?;
            let news = if action == "deleted" { News::Deleted } else { News::Facts };
            in_repository(payload.repository, payload.sender, news)
        }
        "installation" | "installation_repositories" => {
            let payload: InstallationPayload = read(body)?;
            let ids = |list: Vec<Id>| list.into_iter().map(|one| RepositoryId(one.id)).collect();
            let (mut added, mut removed) = (payload.repositories_added, payload.repositories_removed);
            match action {
                "deleted" | "suspend" => removed.extend(payload.repositories),
                _ => added.extend(payload.repositories),
            }
            Ok(Event::Installation {
                installation: payload.installation.id,
                added: ids(added),
                removed: ids(removed),
            })
        }
        _ => Ok(Event::Ignored(format!("{name} events are not used"))),
    }
}

fn in_repository(repository: Repository, sender: Option<User>, news: News) -> Result<Event, Unreadable> {
    let name = RepoName::new(&repository.owner.login, &repository.name)
        .map_err(|refusal| ("repository".to_owned(), refusal.to_string()))?;
    let repository = RepositorySnapshot {
        id: RepositoryId(repository.id),
        name,
        default_branch: repository.default_branch.map(without_nul),
        archived: repository.archived,
        updated_at: repository.updated_at,
    };
    let sender = sender.map_or_else(|| "ghost".to_owned(), |user| without_nul(user.login));
    Ok(Event::Repository { repository, sender, news })
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        // Both may quote the payload: they are bounded and stay in the database.
        let bounded = |text: String| without_nul(text).chars().take(300).collect::<String>();
        (bounded(error.path().to_string()), bounded(error.inner().to_string()))
    })
}

fn without_nul(mut text: String) -> String {
    crate::snapshot::strip_nul(&mut text);
    text
}

#[derive(Deserialize)]
struct Action {
    action: Option<String>,
}

#[derive(Deserialize)]
struct IssuePayload {
    issue: Issue,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct PullRequestPayload {
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct LabelPayload {
    label: Label,
    changes: Option<LabelChanges>,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct LabelChanges {
    name: Option<Renamed>,
}

#[derive(Deserialize)]
struct Renamed {
    from: String,
}

#[derive(Deserialize)]
struct RepositoryPayload {
    repository: Repository,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct InstallationPayload {
    installation: Id,
    #[serde(default)]
    repositories: Vec<Id>,
    #[serde(default)]
    repositories_added: Vec<Id>,
    #[serde(default)]
    repositories_removed: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: i64,
}

#[derive(Deserialize)]
struct Repository {
    id: i64,
    name: String,
    owner: User,
    default_branch: Option<String>,
    #[serde(default)]
    archived: bool,
    updated_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    login: String,
}

#[derive(Deserialize)]
struct Label {
    name: String,
}

#[derive(Deserialize)]
struct Issue {
    id: i64,
    number: i32,
    title: String,
    body: Option<String>,
    /// Some events (`issues.pinned` of older servers) leave it out.
    state: Option<String>,
    state_reason: Option<String>,
    html_url: String,
    user: Option<User>,
    author_association: Option<String>,
    #[serde(default)]
    assignees: Vec<User>,
    #[serde(default)]
    labels: Vec<Label>,
    #[serde(default)]
    comments: i32,
    created_at: Timestamp,
    updated_at: Timestamp,
    closed_at: Option<Timestamp>,
    pull_request: Option<serde::de::IgnoredAny>,
}

impl Issue {
    fn snapshot(self) -> IssueSnapshot {
        IssueSnapshot {
            id: IssueId(self.id),
            number: self.number,
            title: self.title,
            body: self.body.unwrap_or_default(),
            closed: self.state.map_or(self.closed_at.is_some(), |state| state == "closed"),
            state_reason: self.state_reason,
            url: self.html_url,
            author: self.user.map(|user| user.login),
            author_association: self.author_association,
            assignees: self.assignees.into_iter().map(|user| user.login).collect(),
            labels: self.labels.into_iter().map(|label| label.name).collect(),
            comments: self.comments,
            created_at: self.created_at,
            updated_at: self.updated_at,
            closed_at: self.closed_at,
        }
        .cleaned()
    }
}

#[derive(Deserialize)]
struct PullRequest {
    id: i64,
    number: i32,
    title: String,
    body: Option<String>,
    state: String,
    #[serde(default)]
    draft: bool,
    html_url: String,
    user: Option<User>,
    head: Branch,
    base: Branch,
    mergeable: Option<bool>,
    #[serde(default)]
    labels: Vec<Label>,
    created_at: Timestamp,
    updated_at: Timestamp,
    merged_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(rename = "ref")]
    name: String,
    sha: String,
}

impl PullRequest {
    fn snapshot(self) -> PullRequestSnapshot {
        let state = match (self.state.as_str(), self.merged_at) {
            (_, Some(_)) => PullRequestState::Merged,
            ("closed", None) => PullRequestState::Closed,
            _ => PullRequestState::Open,
        };
        PullRequestSnapshot {
            id: PullRequestId(self.id),
            number: self.number,
            title: self.title,
            body: self.body.unwrap_or_default(),
            state,
            draft: self.draft,
            url: self.html_url,
            author: self.user.map(|user| user.login),
            head_ref: self.head.name,
            head_sha: self.head.sha,
            base_ref: self.base.name,
            mergeable: self.mergeable,
            labels: self.labels.into_iter().map(|label| label.name).collect(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            merged_at: self.merged_at,
        }
        .cleaned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_events_and_actions_are_not_errors() {
        assert_eq!(parse("star", b"{}").event, Event::Ignored("star events are not used".into()));
        assert_eq!(parse("label", br#"{"action":"sparkled","label":{"name":"x"},"repository":{"id":1,"name":"w","owner":{"login":"a"}}}"#).event,
            Event::Ignored("label.sparkled changes no issue".into()));
    }

    #[test]
    fn an_issue_without_a_state_is_closed_when_it_has_a_time_of_closing() {
        let closed = |at: &str| {
            let body = format!(
                r#"{{"action":"pinned","issue":{{"id":1,"number":1,"title":"","html_url":"","created_at":"2026-01-01T00:00:00Z",
                "updated_at":"2026-01-01T00:00:00Z","closed_at":{at}}},"repository":{{"id":1,"name":"w","owner":{{"login":"a"}}}}}}"#
            );
            match parse("issues", body.as_bytes()).event {
                Event::Repository { news: News::Issue(issue), .. } => issue.closed,
                other => panic!("{other:?}"),
            }
        };
        assert!(!closed("null"));
        assert!(closed(r#""2026-01-01T00:00:00Z""#));
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let parsed = parse("issues", br#"{"action":"opened","issue":{"id":"one"}}"#);
        assert_eq!(parsed.action.as_deref(), Some("opened"));
        let Event::Unreadable { path, .. } = parsed.event else { panic!("{parsed:?}") };
        assert_eq!(path, "issue.id");
        assert!(matches!(parse("issues", b"\xff\x00nonsense").event, Event::Unreadable { .. }));
    }

    #[test]
    fn nul_never_gets_through() {
        let body = br#"{"action":"deleted\u0000","label":{"name":"a\u0000b"},"repository":{"id":1,"name":"w","owner":{"login":"a"}},"sender":{"login":"x\u0000"}}"#;
        let parsed = parse("label", body);
        assert_eq!(parsed.action.as_deref(), Some("deleted"));
        let Event::Repository { sender, news, .. } = parsed.event else { panic!("not a repository event") };
        assert_eq!((sender.as_str(), news), ("x", News::LabelChanged { name: "ab".into() }));
    }
}
