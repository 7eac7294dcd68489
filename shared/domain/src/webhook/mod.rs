//! GitHub's webhook payloads, read narrowly: only the fields that are used, unknown actions and values welcome.
//!
//! Field names as in GitHub's documentation, "Webhook events and payloads". Each family of events has its own file; what
//! several of them carry is in `payload`.

mod account;
mod check;
mod issue;
mod payload;
mod pull;
mod relation;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::event::{Event, News};
use payload::{Repository, User};

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

/// Where in a payload, and what was wrong there.
type Unreadable = (String, String);

fn parse_event(name: &str, action: &str, body: &[u8]) -> Result<Event, Unreadable> {
    match name {
        "issues" => issue::issues(action, body),
        "issue_comment" => issue::comment(body),
        "label" => issue::label(action, body),
        "sub_issues" => relation::sub_issues(action, body),
        "issue_dependencies" => relation::dependencies(action, body),
        "pull_request" => pull::pull_request(body),
        "pull_request_review" => pull::review(body),
        "pull_request_review_comment" => pull::comment(action, body),
        "pull_request_review_thread" => pull::thread(action, body),
        "push" => pull::push(body),
        "check_run" => check::run(body),
        "check_suite" => check::suite(action, body),
        "status" => check::status(body),
        "repository" => account::repository(action, body),
        "installation" | "installation_repositories" => account::installation(action, body),
        "organization" => account::organization(action, body),
        "installation_target" => account::installation_target(action, body),
        _ => Ok(Event::Ignored(unused(name))),
    }
}

/// Why an event is not used. All of them are kept for a week all the same.
fn unused(name: &str) -> String {
    let why = match name {
        "ping" => "the webhook works",
        "milestone" => {
            "milestones are not kept: nothing is decided by them, and an issue that gets or loses one is seen by its own event"
        }
        "meta" => "the webhook was deleted on GitHub",
        "workflow_run" | "workflow_job" => "their check runs tell the same",
        "commit_comment" | "discussion" | "discussion_comment" => {
            "they belong to no issue and no pull request"
        }
        "create" | "delete" => "branches and tags are not kept",
        _ => return format!("{name} events are not used"),
    };
    format!("{name}: {why}")
}

fn in_repository(repository: Repository, sender: Option<User>, news: News) -> Result<Event, Unreadable> {
    let repository = repository.snapshot()?;
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
    fn an_issue_that_gets_or_loses_a_milestone_is_seen_and_the_milestone_itself_is_not() {
        let issue = r#""issue":{"id":1,"number":4,"title":"T","state":"open","html_url":"",@times},"milestone":{"title":"v1"}"#;
        for action in ["milestoned", "demilestoned"] {
            let News::Issue(seen) = news("issues", &format!(r#""action":"{action}",{issue}"#)) else {
                panic!()
            };
            assert_eq!(seen.number, 4);
        }
        let told = parse("milestone", body(r#""action":"edited","milestone":{"title":"v1"}"#).as_bytes());
        assert!(matches!(told.event, Event::Ignored(reason) if reason.starts_with("milestone: ")));
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

    /// The least that a repository, an issue and a pull request can be.
    fn body(rest: &str) -> String {
        let times = r#""created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z""#;
        let pull = format!(
            r#""pull_request":{{"id":9,"number":2,"title":"P","state":"open","html_url":"","head":{{"ref":"w","sha":"a1"}},"base":{{"ref":"main","sha":"b1"}},{times}}}"#
        );
        let repository = r#""repository":{"id":1,"name":"w","owner":{"login":"a"}}"#;
        format!("{{{},{repository}}}", rest.replace("@pull", &pull).replace("@times", times))
    }

    fn news(event: &str, rest: &str) -> News {
        match parse(event, body(rest).as_bytes()).event {
            Event::Repository { news, .. } => news,
            other => panic!("{event}: {other:?}"),
        }
    }

    #[test]
    fn reviews_checks_and_relations_are_read() {
        let review =
            r#""action":"submitted","review":{"id":5,"state":"changes_requested","body":null},@pull"#;
        let News::Review { pull_request, review } = news("pull_request_review", review) else { panic!() };
        assert_eq!((pull_request.number, review.state.as_str()), (2, "changes_requested"));
        let comment = r#""action":"deleted","comment":{"id":6,"path":"a","body":"b",@times},@pull"#;
        let News::ReviewComment { comment, deleted, .. } = news("pull_request_review_comment", comment)
        else {
            panic!()
        };
        assert_eq!((comment.id, deleted), (6, true));
        let thread = r#""action":"resolved","thread":{"comments":[{"id":6}]},@pull"#;
        let News::ReviewThread { comments, resolved, .. } = news("pull_request_review_thread", thread) else {
            panic!()
        };
        assert_eq!((comments, resolved), (vec![6], true));
        let run = r#""action":"completed","check_run":{"id":7,"head_sha":"a1","name":"test","status":"completed","conclusion":"sparkling"}"#;
        let News::CheckRun(run) = news("check_run", run) else { panic!() };
        assert_eq!(run.state(), crate::checks::CheckState::Pending);
        let status =
            r#""id":8,"sha":"a1","context":"ci","state":"failure","updated_at":"2026-01-01T00:00:00+01:00""#;
        assert!(matches!(news("status", status), News::Status(_)));
        assert_eq!(news("push", r#""ref":"refs/heads/a/b""#), News::Pushed { branch: "a/b".into() });
        let side = |id| {
            format!(r#"{{"id":{id},"number":{id},"repository_url":"https://x/repos/a/w","state":"closed"}}"#)
        };
        let related = format!(
            r#""action":"blocked_by_added","blocked_issue":{},"blocking_issue":{}"#,
            side(3),
            side(4)
        );
        let News::Related { waits, on, added, .. } = news("issue_dependencies", &related) else { panic!() };
        assert_eq!((waits.0, on.number, on.closed, added), (3, 4, Some(true), true));
    }

    #[test]
    fn a_renamed_owner_is_told_without_a_repository() {
        let body =
            br#"{"action":"renamed","changes":{"login":{"from":"old"}},"organization":{"login":"new"}}"#;
        assert_eq!(
            parse("organization", body).event,
            Event::OwnerRenamed { from: "old".into(), to: "new".into() }
        );
        let added = br#"{"action":"member_added","organization":{"login":"new"}}"#;
        assert!(matches!(parse("organization", added).event, Event::Ignored(_)));
    }
}
