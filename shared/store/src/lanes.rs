//! Lanes as operators manage them.
//!
//! A lane is there from the moment at which the first label names it (a trigger on `work` sees to that), with the
//! settings of a plain queue: claimable, not paused, without a limit. So every lane in which work stands has a row.

use dispatch_domain::ids::{AgentName, IssueId, LaneName};
use dispatch_domain::lane::{Colour, LaneRole};
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::lanes;
use serde_json::{Value, json};

pub use dispatch_queries::queries::lanes::{LaneHistory as LaneDecision, LaneRow as Lane};

use crate::audit::{Audit, Who};
use crate::board;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::word;
use crate::once::{self, Key};

/// What an operator wants of a lane. What is `None` stays as it is; `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub struct LaneChange {
    /// What belongs in it.
    pub description: Option<String>,
    /// Agents are given work from it.
    pub claimable: Option<bool>,
    /// No new claims for the time being.
    pub paused: Option<bool>,
    /// The role that it takes, from the lane that had it.
    pub role: Option<Option<LaneRole>>,
    /// Active claims at the same time.
    pub wip_limit: Option<Option<i32>>,
    /// Suggested when its work is assigned by hand.
    pub default_agent: Option<Option<AgentName>>,
    /// For the board.
    pub colour: Option<Option<Colour>>,
}

/// Why an issue belongs in a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// The lane.
    pub lane: LaneName,
    /// Why, as a sentence.
    pub reason: Option<String>,
    /// How sure a classifier is, 0 to 1.
    pub confidence: Option<f64>,
    /// The model it used.
    pub model: Option<String>,
}

impl Classification {
    /// A lane and no word about why.
    pub fn of(lane: LaneName) -> Self {
        Self { lane, reason: None, confidence: None, model: None }
    }
}

/// How an issue came into its lane, newest first; at most the last hundred decisions.
///
/// # Errors
/// [`Refusal::NotFound`], or as the database says.
pub async fn history(db: &Db, id: IssueId) -> Result<Vec<LaneDecision>, Error> {
    let tx = db.read().await?;
    let history = lanes::lane_history().bind(&tx, &id.0).all().await?;
    if history.is_empty() && board::by_id(&tx, &[id.0]).await?.is_empty() {
        return Err(Refusal::not_found("issue", id).into());
    }
    tx.commit().await?;
    Ok(history)
}

/// Every lane, with how much is offered and claimed in it; that of unlabelled work first.
///
/// # Errors
/// As the database says.
pub async fn list(db: &Db) -> Result<Vec<Lane>, Error> {
    let tx = db.read().await?;
    let all = lanes::all_lanes().bind(&tx).all().await?;
    tx.commit().await?;
    Ok(all)
}

/// Makes a lane. What `settings` leaves out is that of a plain queue.
///
/// # Errors
/// [`Refusal::Conflict`] when there is such a lane; otherwise as [`change`].
pub async fn create(
    db: &Db,
    name: &LaneName,
    settings: &LaneChange,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<Lane, Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_none() {
        if lanes::insert_lane().bind(&tx, &name.as_str()).await? == 0 {
            let message = format!("There is a lane {name} already. Change it with PATCH /api/lanes/{name}.");
            return Err(Refusal::Conflict(message).into());
        }
        let after = apply(&tx, &find(&tx, name).await?, settings).await?;
        Audit::new(who, "lane.created").change(Value::Null, after).write(&tx).await?;
        once::remember(&tx, key, name).await?;
    }
    let lane = find(&tx, name).await?;
    tx.commit().await?;
    Ok(lane)
}

/// Changes a lane.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Conflict`] when the lane of unlabelled work would be nobody's.
pub async fn change(db: &Db, name: &LaneName, change: &LaneChange, who: &Who<'_>) -> Result<Lane, Error> {
    let tx = db.begin().await?;
    lanes::lock_lane().bind(&tx, &name.as_str()).opt().await?;
    let before = find(&tx, name).await?;
    let after = apply(&tx, &before, change).await?;
    Audit::new(who, "lane.changed").change(picture(&before), after).write(&tx).await?;
    let lane = find(&tx, name).await?;
    tx.commit().await?;
    Ok(lane)
}

/// Removes a lane in which nothing stands.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Conflict`] while it has a role or open issues.
pub async fn remove(db: &Db, name: &LaneName, who: &Who<'_>) -> Result<(), Error> {
    let tx = db.begin().await?;
    lanes::lock_lane().bind(&tx, &name.as_str()).opt().await?;
    let lane = find(&tx, name).await?;
    if let Some(role) = &lane.role {
        let message = format!("Lane {name} has the role {role}. Give the role to another lane first.");
        return Err(Refusal::Conflict(message).into());
    }
    let issues = lanes::issues_in_lane().bind(&tx, &name.as_str()).one().await?;
    if issues > 0 || lane.claimed > 0 {
        let message = format!(
            "{issues} open issues stand in lane {name}, and {} are claimed. Move them to another lane first.",
            lane.claimed
        );
        return Err(Refusal::Conflict(message).into());
    }
    lanes::delete_lane().bind(&tx, &name.as_str()).await?;
    Audit::new(who, "lane.removed").change(picture(&lane), Value::Null).write(&tx).await?;
    tx.commit().await
}

/// Keeps a decision to put an issue into a lane.
pub(crate) async fn record(
    tx: &Tx,
    id: IssueId,
    from: &LaneName,
    to: &Classification,
    who: &Who<'_>,
) -> Result<(), Error> {
    lanes::record_classification()
        .bind(
            tx,
            &id.0,
            &from.as_str(),
            &to.lane.as_str(),
            &to.reason,
            &to.confidence,
            &to.model,
            &who.kind,
            &who.name,
        )
        .await?;
    Ok(())
}

/// The lane that has a role.
pub(crate) async fn with_role(tx: &Tx, role: LaneRole) -> Result<Option<LaneName>, Error> {
    lanes::lane_with_role().bind(tx, &role.as_str()).opt().await?.as_deref().map(word).transpose()
}

/// Makes sure that there are such lanes.
///
/// # Errors
/// [`Refusal::LaneUnknown`], which lists those that there are.
pub(crate) async fn expect(tx: &Tx, asked: &[LaneName]) -> Result<(), Error> {
    if asked.is_empty() {
        return Ok(());
    }
    let known = lanes::lane_names().bind(tx).all().await?;
    match asked.iter().find(|lane| !known.iter().any(|name| name == lane.as_str())) {
        Some(lane) => Err(Refusal::LaneUnknown { lane: lane.to_string(), known }.into()),
        None => Ok(()),
    }
}

async fn find(tx: &Tx, name: &LaneName) -> Result<Lane, Error> {
    let found = lanes::lane_by_name().bind(tx, &name.as_str()).opt().await?;
    found.ok_or_else(|| Refusal::not_found("lane", name).into())
}

/// Writes the changed settings, and answers them for the audit trail.
async fn apply(tx: &Tx, lane: &Lane, change: &LaneChange) -> Result<Value, Error> {
    let mut new = lane.clone();
    if let Some(description) = &change.description {
        new.description.clone_from(description);
    }
    new.claimable = change.claimable.unwrap_or(lane.claimable);
    new.paused = change.paused.unwrap_or(lane.paused);
    new.wip_limit = change.wip_limit.unwrap_or(lane.wip_limit);
    if let Some(agent) = &change.default_agent {
        new.default_agent = agent.as_ref().map(ToString::to_string);
    }
    if let Some(colour) = &change.colour {
        new.colour = colour.as_ref().map(ToString::to_string);
    }
    if let Some(role) = change.role {
        take_role(tx, lane, role).await?;
        new.role = role.map(|role| role.as_str().to_owned());
    }
    lanes::write_lane()
        .bind(
            tx,
            &new.description,
            &new.claimable,
            &new.paused,
            &new.role,
            &new.wip_limit,
            &new.default_agent,
            &new.colour,
            &new.name,
        )
        .await?;
    Ok(picture(&new))
}

/// Takes the role from whichever lane has it. Work that no label puts anywhere follows the default role.
async fn take_role(tx: &Tx, lane: &Lane, role: Option<LaneRole>) -> Result<(), Error> {
    let default = LaneRole::Default.as_str();
    if lane.role.as_deref() == Some(default) && role != Some(LaneRole::Default) {
        let message = format!(
            "Unlabelled work needs a lane: give the role default to another one instead of taking it from {}.",
            lane.name
        );
        return Err(Refusal::Conflict(message).into());
    }
    let Some(role) = role else { return Ok(()) };
    let former = lanes::lane_with_role().bind(tx, &role.as_str()).opt().await?;
    lanes::free_role().bind(tx, &role.as_str(), &lane.name).await?;
    if let Some(former) = former.filter(|former| role == LaneRole::Default && *former != lane.name) {
        lanes::move_unlabelled_issues().bind(tx, &lane.name, &former).await?;
        lanes::move_unlabelled_work().bind(tx, &lane.name, &former).await?;
    }
    Ok(())
}

fn picture(lane: &Lane) -> Value {
    json!({
        "lane": lane.name, "description": lane.description, "claimable": lane.claimable, "paused": lane.paused,
        "role": lane.role, "wipLimit": lane.wip_limit, "defaultAgent": lane.default_agent, "colour": lane.colour,
    })
}
