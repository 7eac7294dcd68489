//! Purpose: what changed on the board since a cursor. Ask again with the same cursor as often as you like.

use axum::Json;
use axum::extract::State;
use dispatch_store::{Db, feed};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::board::BoardRepository;
use super::card::Card;
use crate::error::ApiResult;
use crate::input::{Line, Params};

/// Since when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// The cursor of /api/board or of the last answer.
    #[param(value_type = String)]
    after: Line<200>,
}

/// Either `resync`, or the cards as they are now.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Changes {
    /// Ask with this one next.
    cursor: String,
    /// The cursor is unknown or too old: read the board again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    resync: Option<bool>,
    /// Cards that are new or different.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    cards: Option<Vec<Card>>,
    /// Issues that are no longer on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    removed: Option<Vec<String>>,
    /// All repositories when one of them changed, otherwise null.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<BoardRepository>>)]
    repositories: Option<Option<Vec<BoardRepository>>>,
}

/// What changed on the board
#[utoipa::path(
    get,
    path = "/api/changes",
    operation_id = "getChanges",
    tag = "board",
    params(ChangesQuery),
    responses((status = 200, description = "The changes, or `resync`.", body = Changes))
)]
pub(crate) async fn changes(
    State(db): State<Db>,
    Params(query): Params<ChangesQuery>,
) -> ApiResult<Json<Changes>> {
    // Of another release, or mangled: a place in a feed that never was.
    let after = query.after.parse().or_else(|_| "unknown.0".parse())?;
    Ok(Json(match feed::since(&db, &after).await? {
        feed::Changes::Resync(cursor) => {
            Changes { cursor: cursor.to_string(), resync: Some(true), ..Changes::default() }
        }
        feed::Changes::Since { cursor, cards, removed, repositories, .. } => Changes {
            cursor: cursor.to_string(),
            resync: None,
            cards: Some(cards.into_iter().map(Card::from).collect()),
            removed: Some(removed.iter().map(i64::to_string).collect()),
            repositories: Some(repositories.map(|all| all.into_iter().map(BoardRepository::from).collect())),
        },
    }))
}
