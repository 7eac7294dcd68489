//! Who a handler works for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dispatch_domain::ids::AgentName;
use dispatch_store::Who;

use crate::error::{ApiError, ApiResult};

/// Somebody who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The bootstrap token: it may act as any agent, and says as which.
    Agent,
    /// A person, by name.
    Operator(String),
    /// Anybody, where no credentials are asked for.
    Anonymous,
}

/// The principal, the agent it says it is, and the id that ties together what follows from the request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Principal,
    /// `X-Agent-Name`.
    pub(crate) agent: Option<AgentName>,
    /// The request's id.
    pub(crate) correlation: String,
}

impl Caller {
    /// For the audit trail. What the bootstrap token does without naming an agent is `agent-token`'s.
    pub(crate) fn who(&self) -> Who<'_> {
        let (kind, name) = match (&self.principal, &self.agent) {
            (Principal::Operator(name), _) => ("operator", name.as_str()),
            (Principal::Agent, Some(agent)) => ("agent", agent.as_str()),
            (Principal::Agent, None) => ("agent", "agent-token"),
            (Principal::Anonymous, _) => ("operator", "anonymous"),
        };
        Who { kind, name, correlation: &self.correlation }
    }

    /// For what an agent does in its own name.
    pub(crate) fn who_as<'a>(&'a self, agent: &'a AgentName) -> Who<'a> {
        Who { kind: "agent", name: agent.as_str(), correlation: &self.correlation }
    }

    /// The agent that the request names: in its body, in its query string or in `X-Agent-Name`.
    pub(crate) fn named(&self, given: Option<&AgentName>) -> Option<AgentName> {
        given.or(self.agent.as_ref()).cloned()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    /// Without a caller nothing runs: a handler that the layer did not pass cannot get here.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            tracing::error!(path = parts.uri.path(), "a route was reached without admission");
            ApiError::internal()
        })
    }
}
