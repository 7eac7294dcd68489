//! Dispatch's JSON API, as `docs/agents.md` describes it.

use std::fmt;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::options::required;

/// How often a call is repeated while Dispatch is away or asks for patience. Every call may be: the claim's key and
/// fence see to it that nothing happens twice.
const TRIES: u32 = 8;

/// Dispatch, as somebody with a token sees it.
pub(crate) struct Dispatch {
    http: reqwest::Client,
    url: String,
    token: String,
}

/// An answer that is a no, or none at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The envelope's code; `unreachable` when there was no answer.
    pub(crate) code: String,
    /// `details.why` of a lost claim.
    pub(crate) why: String,
    message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Refused {}

/// Work, or how long to wait.
pub(crate) enum Asked {
    /// Work.
    Work(Box<Work>),
    /// None now: the reasons' codes, and when to ask again.
    Nothing(String, Duration),
}

/// A claim with what it is about.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Work {
    pub(crate) claim: Claim,
    pub(crate) work: Subject,
    /// The claim was this agent's already.
    #[serde(default)]
    pub(crate) resumed: bool,
}

/// The claim, as its holder names it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) fence: i64,
    pub(crate) attempt: i64,
    pub(crate) phase: String,
    pub(crate) branch: Option<String>,
    pub(crate) repo_full_name: String,
    pub(crate) issue_number: i64,
}

/// What is to be done.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subject {
    pub(crate) issue: Issue,
    pub(crate) pull_requests: Vec<PullRequest>,
}

/// The issue's words, which others wrote.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Issue {
    pub(crate) title: String,
}

/// A pull request that belongs to the issue.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PullRequest {
    pub(crate) state: String,
    pub(crate) head_ref: String,
}

impl Work {
    /// The branch to work on: that of the open pull request if there is one, else the claim's own.
    pub(crate) fn branch(&self) -> String {
        let open = self.work.pull_requests.iter().find(|pull| pull.state == "open");
        let named = open.map(|pull| &pull.head_ref).or(self.claim.branch.as_ref());
        named.cloned().unwrap_or_else(|| format!("dispatch/issue-{}", self.claim.issue_number))
    }
}

impl Dispatch {
    /// # Errors
    /// A variable is not set.
    pub(crate) fn new(http: reqwest::Client) -> anyhow::Result<Self> {
        let url = required("DISPATCH_URL")?.trim_end_matches('/').to_owned();
        Ok(Self { http, url, token: required("DISPATCH_AGENT_TOKEN")? })
    }

    /// Asks for work; waits up to `wait` for some.
    ///
    /// # Errors
    /// What Dispatch says.
    pub(crate) async fn ask(&self, agent: &str, lanes: &[String], wait: u64) -> Result<Asked, Refused> {
        let lanes = if lanes.is_empty() { Value::Null } else { json!(lanes) };
        let key = uuid::Uuid::new_v4().to_string();
        let answer = self.post(agent, "", json!({ "lanes": lanes, "wait": wait }), Some(&key)).await?;
        if !answer["claim"].is_null() {
            return serde_json::from_value(answer).map(Asked::Work).map_err(|error| unreadable(&error));
        }
        let reasons = answer["reasons"].as_array().into_iter().flatten();
        let codes: Vec<&str> = reasons.filter_map(|reason| reason["code"].as_str()).collect();
        let seconds = answer["retryAfter"].as_u64().unwrap_or(30);
        Ok(Asked::Nothing(codes.join(", "), Duration::from_secs(seconds)))
    }

    /// Says something about a claim: `renew`, `checkpoint`, `complete`, `release` or `block`.
    ///
    /// # Errors
    /// What Dispatch says.
    pub(crate) async fn say(
        &self,
        agent: &str,
        claim: &Claim,
        verb: &str,
        mut body: Value,
    ) -> Result<(), Refused> {
        body["fence"] = claim.fence.into();
        self.post(agent, &format!("/{}/{verb}", claim.id), body, None).await.map(|_| ())
    }

    async fn post(&self, agent: &str, path: &str, body: Value, key: Option<&str>) -> Result<Value, Refused> {
        let mut pause = Duration::from_millis(250);
        let mut tries = 1;
        loop {
            let url = format!("{}/api/claims{path}", self.url);
            let mut request = self.http.post(url).bearer_auth(&self.token).json(&body);
            request = request.header("X-Agent-Name", agent);
            if let Some(key) = key {
                request = request.header("Idempotency-Key", key);
            }
            let (refused, patience) = match request.send().await {
                Ok(response) => match read(response).await {
                    Ok(answer) => return Ok(answer),
                    Err((refused, None)) => return Err(refused),
                    Err((refused, patience)) => (refused, patience),
                },
                Err(error) => (unreachable(&error), None),
            };
            if tries == TRIES {
                return Err(refused);
            }
            tokio::time::sleep(patience.unwrap_or(pause)).await;
            (tries, pause) = (tries + 1, pause * 2);
        }
    }
}

/// The answer; or the refusal, with a time when repeating it may help.
async fn read(response: reqwest::Response) -> Result<Value, (Refused, Option<Duration>)> {
    let status = response.status();
    let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let answer: Value = response.json().await.unwrap_or_default();
    if status.is_success() {
        return Ok(answer);
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let code = answer["error"].as_str().map_or_else(|| status.to_string(), str::to_owned);
    let (message, why) = (text(&answer["message"]), text(&answer["details"]["why"]));
    let again = status.is_server_error() || status.as_u16() == 429;
    Err((Refused { code, why, message }, again.then(|| Duration::from_secs(header.unwrap_or(1)))))
}

fn unreachable(error: &reqwest::Error) -> Refused {
    Refused { code: "unreachable".to_owned(), why: String::new(), message: error.to_string() }
}

fn unreadable(error: &serde_json::Error) -> Refused {
    Refused { code: "unreadable".to_owned(), why: String::new(), message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_pull_request_is_gone_on_with() {
        let work = |pulls: Value| -> Work {
            serde_json::from_value(json!({
                "claim": { "id": "9", "fence": 12, "attempt": 1, "phase": "claimed", "branch": "dispatch/issue-7",
                           "repoFullName": "acme/web", "issueNumber": 7, "new": true },
                "work": { "issue": { "title": "T" }, "pullRequests": pulls }
            }))
            .unwrap()
        };
        assert_eq!(work(json!([])).branch(), "dispatch/issue-7");
        let pull = |state: &str, branch: &str| json!({ "state": state, "headRef": branch });
        assert_eq!(work(json!([pull("closed", "old")])).branch(), "dispatch/issue-7");
        assert_eq!(work(json!([pull("closed", "old"), pull("open", "mine")])).branch(), "mine");
    }
}
