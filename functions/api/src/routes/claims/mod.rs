//! Purpose: the agents' protocol. [`ask`] hands work out, [`keep`] keeps it, [`end`] ends it, [`look`] looks.
//!
//! Everything may be repeated. A repeated `POST /api/claims` with the same `Idempotency-Key` answers the same claim
//! while it lasts; without a key it answers the agent's unfinished claim under a new fence. A repeated end answers as
//! the first did. 409 `claim_lost` is final: stop.

mod ask;
mod end;
mod keep;
mod look;
pub(super) mod view;

use dispatch_domain::ids::{AgentName, ClaimId, Fence};
use dispatch_store::Db;
use dispatch_store::claims::{self, Held};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::auth::{Caller, Roster};
use crate::error::{ApiError, ApiResult};
use crate::input::{Parsed, Whole};

pub(super) use view::Claim;

/// The routes of this folder.
pub(super) fn all() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask::claim, look::list))
        .routes(routes!(look::one))
        .routes(routes!(keep::renew))
        .routes(routes!(keep::checkpoint))
        .routes(routes!(end::complete))
        .routes(routes!(end::release))
        .routes(routes!(end::block))
        .routes(routes!(end::escalate))
}

/// Which agent asks, in the query string.
#[derive(Deserialize)]
struct Naming {
    agent: Option<Parsed<AgentName>>,
}

/// The claim that a write is about. An agent's own token acts as that agent; the bootstrap token acts as the claim's own
/// agent unless it names one.
async fn held(
    db: &Db,
    roster: &Roster,
    caller: &Caller,
    id: i64,
    fence: Whole,
    named: Option<&Parsed<AgentName>>,
) -> ApiResult<Held> {
    let id = ClaimId(id);
    let agent = match caller.acting(db, roster, named.map(|name| &name.0)).await? {
        Some(agent) => agent,
        None => claims::by_id(db, id).await?.agent.parse()?,
    };
    Ok(Held { id, fence: Fence(fence.0), agent })
}

/// Nobody knows which agent this is.
fn nameless() -> ApiError {
    let message = "agentName: say which agent you are, in the body, as ?agent= or in the header X-Agent-Name";
    ApiError::invalid("agentName", message)
}
