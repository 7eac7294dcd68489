//! Purpose: the whole board in one answer. Ask again with If-None-Match: an unchanged board costs a 304.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use dispatch_domain::status::Status;
use dispatch_store::feed::{self, Edition};
use dispatch_store::repositories::Repository;
use dispatch_store::{Db, board};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::card::Card;
use crate::error::{ApiError, ApiResult};

/// As many tags of a request are looked at.
const MOST_KNOWN: usize = 4;

/// All columns with their cards.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Board {
    /// Where to go on with /api/changes.
    cursor: String,
    generated_at: Timestamp,
    /// In the order of the board.
    columns: Vec<Column>,
    repositories: Vec<BoardRepository>,
    /// There are more cards than one answer holds; the oldest are left out.
    truncated: bool,
}

/// One column.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Column {
    #[schema(value_type = crate::input::words::Status)]
    status: Status,
    #[schema(example = "In Progress")]
    title: &'static str,
    count: usize,
    /// Ready work by rank, the rest by last change.
    cards: Vec<Card>,
}

/// A tracked repository, as the board needs it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BoardRepository {
    full_name: String,
    /// Work of it is handed out.
    enabled: bool,
    /// Read-only on GitHub.
    archived: bool,
    last_synced_at: Option<Timestamp>,
    /// Why it could not be synced last.
    last_error: Option<String>,
}

impl From<Repository> for BoardRepository {
    fn from(row: Repository) -> Self {
        Self {
            full_name: format!("{}/{}", row.owner, row.name),
            enabled: row.enabled,
            archived: row.archived,
            last_synced_at: row.last_synced_at,
            last_error: row.last_error,
        }
    }
}

/// The board
///
/// Done shows the last two weeks. Follow it with /api/changes.
#[utoipa::path(
    get,
    path = "/api/board",
    operation_id = "getBoard",
    tag = "board",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of the board you have.")),
    responses(
        (status = 200, description = "The board.", body = Board, headers(("ETag" = String))),
        (status = 304, description = "It is as you have it."),
    )
)]
pub(crate) async fn board(State(db): State<Db>, headers: HeaderMap) -> ApiResult<Response> {
    for edition in known(&headers) {
        if feed::holds(&db, &edition).await? {
            return Ok((StatusCode::NOT_MODIFIED, caching(&edition)?).into_response());
        }
    }
    let board = board::board(&db).await?;
    let caching = caching(&board.edition)?;
    if any(&headers) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let board = Board {
        cursor: board.cursor.to_string(),
        generated_at: board.now,
        columns: columns(board.cards),
        repositories: board.repositories.into_iter().map(BoardRepository::from).collect(),
        truncated: board.truncated,
    };
    let json = serde_json::to_vec(&board).map_err(|error| {
        tracing::error!(%error, "the board cannot be written as JSON");
        ApiError::internal()
    })?;
    Ok((caching, [(CONTENT_TYPE, "application/json")], json).into_response())
}

fn columns(cards: Vec<board::Card>) -> Vec<Column> {
    let mut columns: Vec<Column> = Status::ALL
        .map(|status| Column { status, title: status.title(), count: 0, cards: Vec::new() })
        .into();
    for card in cards {
        if let Some(column) = columns.iter_mut().find(|column| column.status.as_str() == card.row.status) {
            column.cards.push(Card::from(card));
            column.count += 1;
        }
    }
    columns
}

/// What the form of an answer depends on: another release does not take an older one's for its own.
static FORM: LazyLock<String> =
    LazyLock::new(|| BASE64.encode(&Sha256::digest(crate::openapi::COMMITTED)[..9]));

/// The tag is weak, because the answer may be compressed or not.
fn caching(edition: &Edition) -> ApiResult<[(HeaderName, HeaderValue); 2]> {
    let etag = format!("W/\"{}.{edition}\"", *FORM);
    let etag = HeaderValue::from_str(&etag).map_err(|_| ApiError::internal())?;
    Ok([(ETAG, etag), (CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))])
}

/// The editions that the asker has (RFC 9110, section 13.1.2). Between two quotes stands a tag; it holds no quote itself.
fn known(headers: &HeaderMap) -> Vec<Edition> {
    let given = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let tags = given.flat_map(|list| list.split('"').skip(1).step_by(2));
    let ours = tags.filter_map(|tag| tag.strip_prefix(FORM.as_str())?.strip_prefix('.')?.parse().ok());
    ours.take(MOST_KNOWN).collect()
}

/// Only a board that is not there would be answered, and there always is one (RFC 9110, section 13.1.2).
fn any(headers: &HeaderMap) -> bool {
    headers.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes().trim_ascii() == b"*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_boards_are_recognised() {
        let edition: Edition = "e.7:9:7,8.0".parse().unwrap();
        let etag = caching(&edition).unwrap()[0].1.to_str().unwrap().to_owned();
        let check = |given: String, expect: usize| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(&given).unwrap())]);
            assert_eq!(known(&headers), vec![edition.clone(); expect], "{given}");
        };
        check(etag.clone(), 1);
        check(etag.trim_start_matches("W/").to_owned(), 1);
        check(format!("\"x\", {etag}, W/\"e.7:9:.0\""), 1);
        check([etag.as_str(); 9].join(", "), MOST_KNOWN);
        check(etag.replace("7:9", "7-9"), 0);
        check("\"e.7:9:7,8.0\"".to_owned(), 0);
        check("*".to_owned(), 0);
        check(String::new(), 0);
        assert!(known(&HeaderMap::new()).is_empty());
    }

    #[test]
    fn every_status_has_its_column() {
        let titles: Vec<_> = columns(Vec::new()).into_iter().map(|column| column.title).collect();
        assert_eq!(titles, ["Backlog", "Ready", "In Progress", "In Review", "Blocked", "Done"]);
    }
}
