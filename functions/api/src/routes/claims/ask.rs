//! Purpose: handing out work. Retry with the same `Idempotency-Key`: the answer is the same claim, or `claim_lost` when
//! that has ended. Without a key an agent with unfinished work gets that again, under a new fence.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use dispatch_domain::gate::Asker;
use dispatch_domain::ids::{AgentName, IssueId, LaneName, RepoName};
use dispatch_domain::work::Kind;
use dispatch_runtime::{Queue, failpoint, metrics};
use dispatch_store::Db;
use dispatch_store::claims::Key;
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::claims::nothing::Nothing;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{Naming, nameless};
use crate::auth::{Caller, Roster};
use crate::error::{ApiError, ApiResult};
use crate::input::{Body, Params, Parsed, Whole, idempotency_key, listed};
use crate::routes::nudge::nudge;

mod briefing;
mod waiting;

pub(crate) use briefing::ClaimRequestAnswer;

use waiting::Waiting;

/// The longest wait for work, in seconds: API Gateway gives up after 30.
const LONGEST_WAIT: i64 = 20;

/// What the agent can do. An empty body means: anything.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "agentName": "alpha", "lanes": ["default"], "kinds": ["implement"] }))]
pub(crate) struct ClaimRequest {
    /// Lanes in order of preference; all, unless it is said.
    #[schema(value_type = Option<Vec<String>>)]
    lanes: Option<Vec<Parsed<LaneName>>>,
    /// Kinds of work; all, unless it is said.
    #[schema(value_type = Option<Vec<crate::input::words::WorkKind>>)]
    kinds: Option<Vec<Parsed<Kind>>>,
    /// Repositories, `owner/name`; all, unless it is said.
    #[schema(value_type = Option<Vec<String>>)]
    repos: Option<Vec<Parsed<RepoName>>>,
    /// This issue or nothing.
    #[schema(value_type = Option<String>)]
    issue_id: Option<Whole>,
    /// Seconds to wait for work when there is none: 0 to 20. When too many agents wait already, the answer comes at
    /// once.
    #[schema(value_type = Option<i64>)]
    wait: Option<Whole>,
    /// Which agent asks. `X-Agent-Name` and `?agent=` say it too.
    #[schema(value_type = Option<String>)]
    agent_name: Option<Parsed<AgentName>>,
}

/// Claim the next piece of work
///
/// The agent's own unfinished work first, then the best that no gate holds back. With work comes everything needed to
/// begin; without, why there is none, and when to ask again.
#[utoipa::path(
    post,
    path = "/api/claims",
    operation_id = "claimWork",
    tag = "claims",
    params(
        ("X-Agent-Name" = Option<String>, Header, description = "Which agent asks."),
    ),
    request_body = Option<ClaimRequest>,
    responses(
        (status = 200, description = "Work, or why there is none.", body = ClaimRequestAnswer),
        (status = 409, description = "`idempotency_conflict`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn claim(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    State(roster): State<Arc<Roster>>,
    caller: Caller,
    headers: HeaderMap,
    Params(naming): Params<Naming>,
    Body(request): Body<ClaimRequest>,
) -> ApiResult<Json<ClaimRequestAnswer>> {
    let named = request.agent_name.as_ref().or(naming.agent.as_ref()).map(|name| &name.0);
    let agent = caller.acting(&db, &roster, named).await?.ok_or_else(nameless)?;
    let asker = asker(&request, agent)?;
    let key = key(&headers, &request, &asker.agent)?;
    let patience = patience(request.wait)?;
    let mut waiting = Waiting::new(&db, &asker.agent, patience);
    let answer = loop {
        waiting.look().await?;
        let (answer, mutations) =
            grant::claim(&db, &asker, key.as_ref(), &caller.who_as(&asker.agent)).await?;
        failpoint("api.after-claim");
        nudge(&queue, mutations).await;
        match answer {
            Answer::Granted(briefing) => {
                metrics::record(&metrics::CLAIMS_GRANTED, 1.0);
                break ClaimRequestAnswer::granted(*briefing);
            }
            Answer::Nothing(nothing) => {
                if !waiting.until_worth_it(&nothing).await? {
                    measure(&nothing);
                    break ClaimRequestAnswer::nothing(&nothing);
                }
            }
        }
    };
    waiting.end().await;
    Ok(Json(answer))
}

/// By every reason it was told; without one there was no work at all.
fn measure(nothing: &Nothing) {
    let told = nothing.reasons.keys().map(|gate| gate.as_str());
    let told = told.chain(nothing.contended.then_some("contended"));
    let none = nothing.reasons.is_empty() && !nothing.contended;
    for reason in told.chain(none.then_some("no_work")) {
        metrics::record_by(&metrics::CLAIMS_EMPTY, reason, 1.0);
    }
}

fn asker(request: &ClaimRequest, agent: AgentName) -> ApiResult<Asker> {
    Ok(Asker {
        lanes: listed("lanes", request.lanes.as_deref())?,
        kinds: listed("kinds", request.kinds.as_deref())?,
        repositories: listed("repos", request.repos.as_deref())?,
        issue: request.issue_id.map(|id| IssueId(id.0)),
        ..Asker::anything(agent)
    })
}

fn patience(wait: Option<Whole>) -> ApiResult<Duration> {
    match wait.map_or(0, |wait| wait.0) {
        seconds @ 0..=LONGEST_WAIT => Ok(Duration::from_secs(seconds.unsigned_abs())),
        _ => Err(ApiError::invalid("wait", format!("wait: expected seconds from 0 to {LONGEST_WAIT}"))),
    }
}

/// The idempotency key, scoped to the agent. The body counts as what was understood of it, without `wait`.
fn key(headers: &HeaderMap, request: &ClaimRequest, agent: &AgentName) -> ApiResult<Option<Key>> {
    let Some(key) = idempotency_key(headers)? else { return Ok(None) };
    let mut body = serde_json::to_value(request).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("wait");
        fields.remove("agentName");
    }
    Ok(Some(Key {
        principal: agent.to_string(),
        route: "claims",
        key,
        body_sha256: Sha256::digest(body.to_string()).to_vec(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(json: &str) -> ClaimRequest {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_empty_body_asks_for_anything() {
        let asker = asker(&request("{}"), "alpha".parse().unwrap()).unwrap();
        assert!(asker.lanes.is_empty() && asker.kinds.is_empty() && asker.issue.is_none());
        assert_eq!(patience(None).unwrap(), Duration::ZERO);
        assert!(patience(Some(Whole(21))).is_err() && patience(Some(Whole(-1))).is_err());
    }

    #[test]
    fn one_key_is_one_question() {
        let key = |value: &str, json: &str| {
            let headers =
                HeaderMap::from_iter([("idempotency-key".parse().unwrap(), value.parse().unwrap())]);
            key(&headers, &request(json), &"alpha".parse().unwrap())
        };
        let digest = |json: &str| key("k", json).unwrap().unwrap().body_sha256;
        assert_eq!(digest("{}"), digest(r#"{ "wait": 5, "agentName": "alpha", "unknown": 1 }"#));
        assert_eq!(digest(r#"{"lanes":["A"]}"#), digest(r#"{"lanes":["a"]}"#));
        assert_ne!(digest("{}"), digest(r#"{"issueId":"7"}"#));
    }
}
