//! The tokens by which agents prove who they are. Each is shown once, by the answer that makes it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dispatch_domain::agent::TokenTier;
use dispatch_store::Db;
use dispatch_store::agents::{self, NewToken};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Caller;
use crate::auth::own_token::OwnToken;
use crate::error::{ApiError, ApiResult};
use crate::input::{Keyed, Line, Parsed};

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Token {
    id: String,
    agent_name: String,
    /// Its last four characters.
    #[schema(example = "x3_Q")]
    hint: String,
    description: String,
    /// `agent` or `maintainer`.
    tier: String,
    created_by: String,
    created_at: Timestamp,
    /// To the minute.
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    revoked_by: Option<String>,
}

impl From<agents::Token> for Token {
    fn from(row: agents::Token) -> Self {
        Self {
            id: row.id.to_string(),
            agent_name: row.agent,
            hint: row.hint,
            description: row.description,
            tier: row.tier,
            created_by: row.created_by,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
            revoked_by: row.revoked_by,
        }
    }
}

/// List an agent's tokens
#[utoipa::path(
    get,
    path = "/api/agents/{name}/tokens",
    operation_id = "listTokens",
    tag = "administration",
    params(("name" = String, Path)),
    responses(
        (status = 200, description = "Those in use first, the newest first.", body = Vec<Token>),
        (status = 404, description = "There is no such agent.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn list(State(db): State<Db>, Path(name): Path<String>) -> ApiResult<Json<Vec<Token>>> {
    Ok(Json(agents::tokens(&db, &name.parse()?).await?.into_iter().map(Token::from).collect()))
}

/// What the token is for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "tier": "agent", "description": "The build machine." }))]
pub(crate) struct TokenRequest {
    /// `agent`, unless it is said.
    #[schema(value_type = Option<crate::input::words::TokenTier>)]
    tier: Option<Parsed<TokenTier>>,
    #[schema(value_type = Option<String>)]
    description: Option<Line<200>>,
}

/// A new token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenAnswer {
    /// The secret, for `Authorization: Bearer`. Shown here and never again; null when this request was answered before.
    secret: Option<String>,
    token: Token,
}

/// Create a token
///
/// The agent must be registered. A request that is repeated under its `Idempotency-Key` makes no second token, and does
/// not show the first one again: revoke it if its answer was lost.
#[utoipa::path(
    post,
    path = "/api/agents/{name}/tokens",
    operation_id = "createToken",
    tag = "administration",
    params(("name" = String, Path)),
    request_body = Option<TokenRequest>,
    responses(
        (status = 201, description = "Created.", body = TokenAnswer),
        (status = 404, description = "The agent is not registered.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn create(
    State(db): State<Db>,
    caller: Caller,
    Path(name): Path<String>,
    Keyed(request, key): Keyed<TokenRequest>,
) -> ApiResult<(StatusCode, Json<TokenAnswer>)> {
    let drawn = OwnToken::draw().map_err(|error| {
        tracing::error!(%error, "the system has no randomness to give");
        ApiError::internal()
    })?;
    let new = NewToken {
        sha256: drawn.sha256(),
        hint: drawn.hint(),
        description: request.description.as_deref().unwrap_or_default(),
        tier: request.tier.map_or(TokenTier::Agent, |tier| tier.0),
    };
    let (token, made) = agents::add_token(&db, &name.parse()?, &new, key.as_ref(), &caller.who()).await?;
    let secret = made.then(|| drawn.reveal());
    Ok((StatusCode::CREATED, Json(TokenAnswer { secret, token: token.into() })))
}

/// Revoke a token, from this moment on
#[utoipa::path(
    delete,
    path = "/api/agents/{name}/tokens/{id}",
    operation_id = "revokeToken",
    tag = "administration",
    params(("name" = String, Path), ("id" = String, Path, description = "Id of the token.")),
    responses(
        (status = 200, description = "Nobody's any more.", body = Token),
        (status = 404, description = "The agent has no such token.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn revoke(
    State(db): State<Db>,
    caller: Caller,
    Path((name, id)): Path<(String, String)>,
) -> ApiResult<Json<Token>> {
    let id = id.parse().map_err(|_| ApiError::invalid("id", "The id in the path must be a whole number."))?;
    Ok(Json(agents::revoke(&db, &name.parse()?, id, &caller.who()).await?.into()))
}
