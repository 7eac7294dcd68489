//! Agents as operators register them, and the tokens by which agents prove who they are.
//!
//! A token is 256 random bits that are shown once; here is only their SHA-256.

use dispatch_domain::agent::TokenTier;
use dispatch_domain::ids::{AgentName, LaneName};
use dispatch_domain::refusal::Refusal;
use dispatch_failpoint::failpoint;
use dispatch_queries::queries::agents;
use serde_json::{Value, json};

pub use dispatch_queries::queries::agents::{AgentRow as Agent, TokenRow as Token};

use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::word;
use crate::lanes;
use crate::once::{self, Key};

/// What an operator wants of an agent. What is `None` stays as it is; `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub struct AgentChange {
    /// What it is.
    pub description: Option<String>,
    /// The lanes it works in, in order of preference; none: any.
    pub lanes: Option<Vec<LaneName>>,
    /// Active claims at the same time.
    pub capacity: Option<Option<i32>>,
}

/// Every agent that was registered or ever acted here, by name.
///
/// # Errors
/// As the database says.
pub async fn list(db: &Db) -> Result<Vec<Agent>, Error> {
    let tx = db.read().await?;
    let all = agents::all_agents().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(all)
}

/// Registers an agent, also one that only the bootstrap token knew so far.
///
/// # Errors
/// [`Refusal::Conflict`] when it is registered; [`Refusal::LaneUnknown`].
pub async fn register(
    db: &Db,
    name: &AgentName,
    settings: &AgentChange,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<Agent, Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_none() {
        if agents::register_agent().bind(&tx, &name.as_str(), &who.name).opt().await?.is_none() {
            let message =
                format!("Agent {name} is registered already. Change it with PATCH /api/agents/{name}.");
            return Err(Refusal::Conflict(message).into());
        }
        let after = apply(&tx, &find(&tx, name).await?, settings).await?;
        Audit::new(who, "agent.registered").change(Value::Null, after).write(&tx).await?;
        once::remember(&tx, key, name).await?;
    }
    let agent = find(&tx, name).await?;
    tx.commit().await?;
    Ok(agent)
}

/// Changes an agent.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::LaneUnknown`].
pub async fn change(db: &Db, name: &AgentName, change: &AgentChange, who: &Who<'_>) -> Result<Agent, Error> {
    let tx = db.begin().await?;
    agents::lock_agent().bind(&tx, &name.as_str()).opt().await?;
    let before = find(&tx, name).await?;
    let after = apply(&tx, &before, change).await?;
    Audit::new(who, "agent.changed").change(picture(&before), after).write(&tx).await?;
    let agent = find(&tx, name).await?;
    tx.commit().await?;
    Ok(agent)
}

/// Removes an agent and its tokens. What it did stays in the history.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Conflict`] while it holds work.
pub async fn remove(db: &Db, name: &AgentName, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    agents::lock_agent().bind(&tx, &name.as_str()).opt().await?;
    let agent = find(&tx, name).await?;
    if agent.claimed > 0 {
        let message =
            format!("Agent {name} holds {} claims. Stop them first, or let it finish.", agent.claimed);
        return Err(Refusal::Conflict(message).into());
    }
    agents::delete_agent().bind(&tx, &name.as_str()).await?;
    Audit::new(who, "agent.removed").change(picture(&agent), Value::Null).write(&tx).await?;
    tx.commit().await
}

/// A token as it is stored: its secret is gone by now.
#[derive(Debug)]
pub struct NewToken<'a> {
    /// SHA-256 of the token.
    pub sha256: [u8; 32],
    /// Its last characters.
    pub hint: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// What its bearer may do.
    pub tier: TokenTier,
}

/// Stores a new token of a registered agent. `false` beside it: an earlier request with this key made it, so its secret
/// was shown then.
///
/// # Errors
/// [`Refusal::NotFound`] unless the agent is registered.
pub async fn add_token(
    db: &Db,
    agent: &AgentName,
    token: &NewToken<'_>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(Token, bool), Error> {
    let tx = db.begin().await?;
    if let Some(known) = once::recall(&tx, key).await? {
        let token = find_token(&tx, agent, word(&known)?).await?;
        tx.commit().await?;
        return Ok((token, false));
    }
    agents::lock_agent().bind(&tx, &agent.as_str()).opt().await?;
    if find(&tx, agent).await?.registered_at.is_none() {
        return Err(Refusal::not_found("registered agent", agent).into());
    }
    let id = agents::insert_token()
        .bind(
            &tx,
            &token.sha256.as_slice(),
            &token.hint,
            &token.description,
            &token.tier.as_str(),
            &agent.as_str(),
            &who.name,
        )
        .one()
        .await?;
    let stored = find_token(&tx, agent, id).await?;
    Audit::new(who, "token.created").change(Value::Null, token_picture(&stored)).write(&tx).await?;
    once::remember(&tx, key, id).await?;
    tx.commit().await?;
    Ok((stored, true))
}

/// The tokens of an agent, those in use first.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn tokens(db: &Db, agent: &AgentName) -> Result<Vec<Token>, Error> {
    let tx = db.read().await?;
    find(&tx, agent).await?;
    let tokens = agents::tokens_of_agent().bind(&tx, &agent.as_str()).all().await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Revokes a token: from now on it is nobody's. Repeated, it changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn revoke(db: &Db, agent: &AgentName, id: i64, who: &Who<'_>) -> Result<Token, Error> {
    let tx = db.begin().await?;
    let before = find_token(&tx, agent, id).await?;
    if agents::revoke_token().bind(&tx, &who.name, &id, &agent.as_str()).await? > 0 {
        Audit::new(who, "token.revoked").change(token_picture(&before), Value::Null).write(&tx).await?;
    }
    let token = find_token(&tx, agent, id).await?;
    tx.commit().await?;
    Ok(token)
}

/// Who the bearer of a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The token.
    pub token: i64,
    /// The agent whose token it is.
    pub agent: AgentName,
    /// What it may do.
    pub tier: TokenTier,
}

/// Finds the agent whose token has this SHA-256. `None`: nobody's, or revoked.
///
/// # Errors
/// As the database says.
pub async fn bearer(db: &Db, sha256: &[u8; 32]) -> Result<Option<Bearer>, Error> {
    let tx = db.read().await?;
    let found = agents::token_by_sha256().bind(&tx, &sha256.as_slice()).opt().await?;
    tx.commit().await?;
    found
        .map(|row| Ok(Bearer { token: row.id, agent: word(&row.agent)?, tier: word(&row.tier)? }))
        .transpose()
}

/// Notes that an agent acted, by one of its own tokens or not. Telemetry: kept to the minute.
///
/// # Errors
/// As the database says.
pub async fn seen(db: &Db, agent: &AgentName, token: Option<i64>) -> Result<(), Error> {
    loop {
        let tx = db.alone().await?;
        let told = async { Ok(agents::agent_seen().bind(&tx, &token, &agent.as_str()).await?) };
        failpoint("commit.before");
        if tx.first(told).await?.is_some() {
            failpoint("commit.after");
            return Ok(());
        }
    }
}

/// Takes `wanted` requests of an agent's share in a window of time, numbered by the caller, and answers how many are
/// taken in it by now, those included.
///
/// # Errors
/// As the database says.
pub async fn take_requests(db: &Db, agent: &AgentName, window: i64, wanted: i32) -> Result<i32, Error> {
    let tx = db.begin().await?;
    let taken = agents::take_requests().bind(&tx, &agent.as_str(), &window, &wanted).one().await?;
    tx.commit().await?;
    Ok(taken)
}

async fn find(tx: &Tx, name: &AgentName) -> Result<Agent, Error> {
    let found = agents::agent_by_name().bind(tx, &name.as_str()).opt().await?;
    found.ok_or_else(|| Refusal::not_found("agent", name).into())
}

async fn find_token(tx: &Tx, agent: &AgentName, id: i64) -> Result<Token, Error> {
    let found = agents::token_by_id().bind(tx, &id, &agent.as_str()).opt().await?;
    found.ok_or_else(|| Refusal::not_found("token", id).into())
}

/// Writes the changed settings, and answers them for the audit trail.
async fn apply(tx: &Tx, agent: &Agent, change: &AgentChange) -> Result<Value, Error> {
    let mut new = agent.clone();
    if let Some(description) = &change.description {
        new.description.clone_from(description);
    }
    if let Some(names) = &change.lanes {
        lanes::expect(tx, names).await?;
        new.lanes = names.iter().map(ToString::to_string).collect();
    }
    new.capacity = change.capacity.unwrap_or(agent.capacity);
    agents::write_agent().bind(tx, &new.description, &new.lanes, &new.capacity, &new.name).await?;
    Ok(picture(&new))
}

fn picture(agent: &Agent) -> Value {
    json!({
        "agent": agent.name, "description": agent.description, "lanes": agent.lanes, "capacity": agent.capacity,
    })
}

/// Never the hash: not even that is for the audit trail.
fn token_picture(token: &Token) -> Value {
    json!({
        "agent": token.agent, "token": token.id.to_string(), "hint": token.hint, "tier": token.tier,
        "description": token.description,
    })
}
