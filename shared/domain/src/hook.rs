//! How a webhook has to be set up, and what is wrong with the one that GitHub shows.

use std::fmt;

use jiff::Timestamp;

/// The events that a webhook has to send ("Webhook events and payloads"). Without one of them something would only be
/// found by the next synchronisation.
pub const EVENTS: [&str; 14] = [
    "check_run",
    "check_suite",
    "issue_comment",
    "issue_dependencies",
    "issues",
    "label",
    "milestone",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "repository",
    "status",
    "sub_issues",
];

/// Where GitHub's deliveries go, below the public address.
pub const PATH: &str = "/webhooks/github";

/// A webhook as GitHub shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Where it delivers.
    pub url: String,
    /// What it delivers; `*` is everything.
    pub events: Vec<String>,
    /// Whether it delivers at all.
    pub active: bool,
    /// `json` or `form`.
    pub content_type: String,
    /// Whether deliveries are signed. Which secret it is, GitHub tells nobody.
    pub has_secret: bool,
    /// Whether GitHub leaves the certificate unchecked.
    pub insecure: bool,
    /// How the latest delivery ended; none before the first.
    pub last_code: Option<i32>,
}

/// One entry of GitHub's list of a webhook's deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The same on every redelivery.
    pub guid: String,
    /// GitHub's id of this attempt.
    pub delivery_id: i64,
    /// The event's name.
    pub event: String,
    /// The payload's action, if it has one.
    pub action: Option<String>,
    /// GitHub's id of the repository it is about.
    pub repository: Option<i64>,
    /// When it was sent.
    pub delivered_at: Timestamp,
    /// `OK`, or what went wrong.
    pub status: String,
    /// How it was answered; 0 when it did not arrive.
    pub code: i32,
}

/// How a webhook stands, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has looked, or GitHub does not let us look.
    Unknown,
    /// There is none.
    Absent,
    /// It is switched off.
    Inactive,
    /// It is set up otherwise than it has to be.
    Wrong,
    /// It is set up well, and its deliveries are not taken.
    Failing,
    /// Nothing to do.
    Ok,
}

impl State {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Absent => "absent",
            Self::Inactive => "inactive",
            Self::Wrong => "wrong",
            Self::Failing => "failing",
            Self::Ok => "ok",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The events of [`EVENTS`] that `events` lacks.
pub fn missing_events(events: &[String]) -> Vec<&'static str> {
    if events.iter().any(|event| event == "*") {
        return Vec::new();
    }
    EVENTS.into_iter().filter(|wanted| !events.iter().any(|event| event == wanted)).collect()
}

/// What is wrong with a webhook, as sentences with what to do. `url` is where it should deliver, when that is known.
pub fn judge(shown: &Shown, url: Option<&str>) -> (State, Vec<String>) {
    let mut problems = Vec::new();
    let mut state = State::Ok;
    if let Some(code) = shown.last_code.filter(|code| !(200..300).contains(code)) {
        state = State::Failing;
        problems.push(match code {
            0 => "The latest delivery did not reach us: is the address public and up?".to_owned(),
            401 => "The latest delivery was refused: its secret is none of GITHUB_WEBHOOK_SECRET.".to_owned(),
            code => format!("The latest delivery was answered {code}."),
        });
    }
    let mut wrong = |problem: String| {
        state = State::Wrong;
        problems.push(problem);
    };
    if url.is_some_and(|url| url != shown.url) {
        wrong(format!("It delivers to {}.", shown.url));
    }
    if shown.content_type != "json" {
        wrong("Its content type is not application/json.".to_owned());
    }
    if !shown.has_secret {
        wrong("It has no secret, so its deliveries are refused.".to_owned());
    }
    if shown.insecure {
        wrong("GitHub does not check our certificate: switch SSL verification on.".to_owned());
    }
    let missing = missing_events(&shown.events);
    if !missing.is_empty() {
        wrong(format!("It does not send {}.", missing.join(", ")));
    }
    if !shown.active {
        state = State::Inactive;
        problems.push("It is switched off.".to_owned());
    }
    (state, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://dispatch.example.com/webhooks/github";

    fn good() -> Shown {
        Shown {
            url: URL.into(),
            events: vec!["*".into()],
            active: true,
            content_type: "json".into(),
            has_secret: true,
            insecure: false,
            last_code: Some(202),
        }
    }

    #[test]
    fn a_webhook_is_judged_by_everything_that_loses_deliveries() {
        let check = |shown: Shown, expect: State, word: &str| {
            let (state, problems) = judge(&shown, Some(URL));
            assert_eq!(state, expect, "{problems:?}");
            assert!(problems.join(" ").contains(word), "{problems:?}");
        };
        check(good(), State::Ok, "");
        check(Shown { last_code: None, ..good() }, State::Ok, "");
        check(Shown { last_code: Some(401), ..good() }, State::Failing, "secret");
        check(Shown { last_code: Some(0), ..good() }, State::Failing, "public");
        check(Shown { url: "https://x/webhooks/github".into(), ..good() }, State::Wrong, "https://x");
        check(Shown { content_type: "form".into(), ..good() }, State::Wrong, "json");
        check(Shown { has_secret: false, ..good() }, State::Wrong, "secret");
        check(Shown { insecure: true, ..good() }, State::Wrong, "certificate");
        check(Shown { active: false, has_secret: false, ..good() }, State::Inactive, "switched off");
        let some = EVENTS.iter().filter(|event| **event != "label").map(|event| (*event).to_owned());
        check(Shown { events: some.collect(), ..good() }, State::Wrong, "does not send label.");
    }
}
