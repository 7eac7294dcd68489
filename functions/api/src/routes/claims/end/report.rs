//! The report at the end of an attempt.

use dispatch_domain::claim::Outcome;
use dispatch_domain::ids::AgentName;
use dispatch_store::claims::finish::Report;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::error::{ApiError, ApiResult};
use crate::input::{Line, Parsed, Text, Whole};

/// How an attempt ended.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "fence": 12,
    "outcome": "pr_opened",
    "pullRequest": 31,
    "headSha": "1f0c9e2",
    "summary": "The parser accepts empty lists; a test shows it.",
    "model": "some-model",
    "tokensIn": 182000,
    "tokensOut": 9100,
    "costUsd": 1.42
}))]
pub(crate) struct CompleteRequest {
    #[schema(value_type = i64)]
    pub(super) fence: Whole,
    #[schema(value_type = crate::input::words::Outcome)]
    outcome: Parsed<Outcome>,
    /// Number or address of the pull request.
    #[schema(value_type = Option<crate::input::words::NumberOrText>)]
    pull_request: Option<PullRequestRef>,
    /// The last commit.
    #[schema(value_type = Option<String>)]
    head_sha: Option<Line<64>>,
    /// What was done, for people.
    #[schema(value_type = Option<String>)]
    summary: Option<Text<20_000>>,
    /// Why `no_change_needed` or `already_addressed` is true.
    #[schema(value_type = Option<String>)]
    evidence: Option<Text<20_000>>,
    #[schema(value_type = Option<String>)]
    model: Option<Line<200>>,
    #[schema(value_type = Option<i64>)]
    tokens_in: Option<Whole>,
    #[schema(value_type = Option<i64>)]
    tokens_out: Option<Whole>,
    cost_usd: Option<f64>,
    /// Only with the bootstrap token; the claim's own agent unless it is said.
    #[schema(value_type = Option<String>)]
    pub(super) agent_name: Option<Parsed<AgentName>>,
}

impl CompleteRequest {
    /// The report, when its numbers can be true.
    pub(super) fn report(&self) -> ApiResult<Report> {
        for (field, tokens) in [("tokensIn", self.tokens_in), ("tokensOut", self.tokens_out)] {
            if tokens.is_some_and(|tokens| tokens.0 < 0) {
                return Err(ApiError::invalid(
                    field,
                    format!("{field}: expected a number of tokens, 0 or more"),
                ));
            }
        }
        if self.cost_usd.is_some_and(|cost| !(0.0..=1_000_000.0).contains(&cost)) {
            return Err(ApiError::invalid("costUsd", "costUsd: expected US dollars from 0 to 1000000"));
        }
        let text = |text: &Option<Text<20_000>>| text.as_deref().map(str::to_owned);
        let pull_request = self.pull_request.as_ref();
        Ok(Report {
            pull_request_number: pull_request.map(|pull_request| pull_request.number),
            pull_request_url: pull_request.and_then(|pull_request| pull_request.url.clone()),
            head_sha: self.head_sha.as_deref().map(str::to_owned),
            summary: text(&self.summary),
            evidence: text(&self.evidence),
            model: self.model.as_deref().map(str::to_owned),
            tokens_in: self.tokens_in.map(|tokens| tokens.0),
            tokens_out: self.tokens_out.map(|tokens| tokens.0),
            cost_usd: self.cost_usd,
            ..Report::new(self.outcome.0)
        })
    }
}

/// A pull request by number or by address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct PullRequestRef {
    number: i32,
    url: Option<String>,
}

impl<'de> Deserialize<'de> for PullRequestRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = || {
            serde::de::Error::custom(
                "expected the number of a pull request, or its address, https://github.com/owner/name/pull/12",
            )
        };
        let text = match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Number(number) => number.to_string(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            _ => return Err(expected()),
        };
        let (number, url) = match text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) {
            None => (text.as_str(), None),
            Some(rest) => (rest.split_once("/pull/").map_or("", |(_, number)| number), Some(&text)),
        };
        // What follows the number in a browser's address bar (`/files`, `#discussion_r1`) is not the pull request's.
        let digits = number.split(['/', '?', '#']).next().unwrap_or_default();
        let number: i32 = digits.parse().ok().filter(|number| *number > 0).ok_or_else(expected)?;
        let fine =
            |url: &String| url.len() <= 500 && !url.chars().any(|c| c.is_control() || c.is_whitespace());
        if url.is_some_and(|url| !fine(url)) || (url.is_none() && digits != text) {
            return Err(expected());
        }
        Ok(Self { number, url: url.cloned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pull_requests_have_numbers_and_addresses() {
        let check = |json: &str, number| {
            let read: PullRequestRef = serde_json::from_str(json).unwrap();
            assert_eq!((read.number, read.url.is_some()), (number, json.contains("http")), "{json}");
        };
        check("31", 31);
        check("\"31\"", 31);
        check("\"https://github.com/octo/web/pull/31\"", 31);
        check("\"https://ghe.example.com/octo/web/pull/31/files#diff\"", 31);
        for bad in [
            "0",
            "-1",
            "1.5",
            "\"x\"",
            "\"31/files\"",
            "\"javascript:/pull/1\"",
            "\"https://a/b\"",
            "null",
            "{}",
        ] {
            assert!(serde_json::from_str::<PullRequestRef>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn reports_have_numbers_that_can_be_true() {
        let report = |json: &str| {
            let request: CompleteRequest = serde_json::from_str(json).map_err(|error| error.to_string())?;
            request.report().map_err(|error| format!("{error:?}"))
        };
        let full =
            report(r#"{"fence":1,"outcome":"pr_opened","pullRequest":3,"tokensIn":"5","costUsd":0.5}"#)
                .unwrap();
        assert_eq!((full.pull_request_number, full.tokens_in), (Some(3), Some(5)));
        for bad in [
            r#"{"fence":1,"outcome":"won"}"#,
            r#"{"fence":1,"outcome":"failed","tokensIn":-1}"#,
            r#"{"fence":1,"outcome":"failed","costUsd":-0.1}"#,
            r#"{"fence":1,"outcome":"failed","costUsd":1e300}"#,
        ] {
            assert!(report(bad).is_err(), "{bad}");
        }
    }
}
