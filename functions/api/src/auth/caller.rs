//! Who a handler works for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dispatch_domain::ids::AgentName;
use dispatch_store::agents::Bearer;
use dispatch_store::{Db, Who, audit};

use super::Roster;
use crate::error::{ApiError, ApiResult};

/// Somebody who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The bootstrap token: it may act as any agent, and says as which.
    Bootstrap,
    /// An agent by a token of its own: it acts as itself and as nobody else.
    Agent(Bearer),
    /// A person, by name.
    Operator(String),
    /// Anybody, where no credentials are asked for.
    Anonymous,
}

/// The principal, the agent it says it is, and the id that ties together what follows from the request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Principal,
    /// The agent whose token it is, or the one that `X-Agent-Name` says.
    pub(crate) agent: Option<AgentName>,
    /// The request's id.
    pub(crate) correlation: String,
    /// Method and path, for the record.
    pub(crate) request: String,
}

impl Caller {
    /// For the audit trail. What the bootstrap token does without naming an agent is `agent-token`'s.
    pub(crate) fn who(&self) -> Who<'_> {
        let (kind, name) = match (&self.principal, &self.agent) {
            (Principal::Operator(name), _) => ("operator", name.as_str()),
            (Principal::Agent(bearer), _) => ("agent", bearer.agent.as_str()),
            (Principal::Bootstrap, Some(agent)) => ("agent", agent.as_str()),
            (Principal::Bootstrap, None) => ("agent", "agent-token"),
            (Principal::Anonymous, _) => ("operator", "anonymous"),
        };
        Who { kind, name, correlation: &self.correlation }
    }

    /// For what an agent does in its own name.
    pub(crate) fn who_as<'a>(&'a self, agent: &'a AgentName) -> Who<'a> {
        Who { kind: "agent", name: agent.as_str(), correlation: &self.correlation }
    }

    /// The agent that the request acts as: the one whose token it is; otherwise the one that the request names, in its
    /// body, in its query string or in `X-Agent-Name`. `None`: it names nobody.
    ///
    /// # Errors
    /// 403, and on record, when an agent names another one; 429.
    pub(crate) async fn acting(
        &self,
        db: &Db,
        roster: &Roster,
        given: Option<&AgentName>,
    ) -> ApiResult<Option<AgentName>> {
        let Some(given) = given.filter(|given| self.agent.as_ref() != Some(given)) else {
            return Ok(self.agent.clone());
        };
        self.check_name(db, given).await?;
        roster.admit(given, None).await?;
        Ok(Some(given.clone()))
    }

    /// Makes sure that an agent speaks for itself.
    ///
    /// # Errors
    /// 403, and on record.
    pub(super) async fn check_name(&self, db: &Db, given: &AgentName) -> ApiResult<()> {
        match &self.principal {
            Principal::Agent(bearer) if bearer.agent != *given => {
                let message = format!("This token is agent {}'s: it cannot act as {given}.", bearer.agent);
                Err(self.forbid(db, message).await)
            }
            _ => Ok(()),
        }
    }

    /// Refuses what the caller may not do, and puts that on record.
    pub(crate) async fn forbid(&self, db: &Db, message: String) -> ApiError {
        if let Err(error) = audit::refused(db, &self.who(), &self.request, &message).await {
            tracing::error!(%error, "a refused request could not be put on record");
        }
        ApiError::forbidden("forbidden", message)
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
