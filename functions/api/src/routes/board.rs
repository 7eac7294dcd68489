//! Purpose: the whole board in one answer. Ask again with If-None-Match: an unchanged board costs a 304.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use dispatch_domain::status::Status;
use dispatch_store::repositories::Repository;
use dispatch_store::{Db, board};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::card::Card;
use crate::error::{ApiError, ApiResult};

/// All columns with their cards.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Board {
    /// Where to go on with /api/changes.
    cursor: String,
    generated_at: Timestamp,
    #[serde(flatten)]
    shown: Shown,
}

/// What makes two boards the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shown {
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
    let board = board::board(&db).await?;
    let (cursor, generated_at) = (board.cursor.to_string(), board.now);
    let shown = Shown {
        columns: columns(board.cards),
        repositories: board.repositories.into_iter().map(BoardRepository::from).collect(),
        truncated: board.truncated,
    };
    let etag = etag(&shown)?;
    let caching = [(ETAG, etag.clone()), (CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    if matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let json =
        serde_json::to_vec(&Board { cursor, generated_at, shown }).map_err(|error| unwritable(&error))?;
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

/// Weak, because the answer may be compressed or not. Time and cursor stay out of it.
fn etag(shown: &Shown) -> ApiResult<HeaderValue> {
    let mut hash = Sha256::new();
    serde_json::to_writer(&mut Hashed(&mut hash), shown).map_err(|error| unwritable(&error))?;
    let etag = format!("W/\"{}\"", BASE64.encode(&hash.finalize()[..18]));
    HeaderValue::from_str(&etag).map_err(|_| ApiError::internal())
}

struct Hashed<'a>(&'a mut Sha256);

impl std::io::Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unwritable(error: &serde_json::Error) -> ApiError {
    tracing::error!(%error, "the board cannot be written as JSON");
    ApiError::internal()
}

/// RFC 9110, section 13.1.2: a list of tags or `*`, compared weakly.
fn matches(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let etag = etag.to_str().unwrap_or_default();
    let given = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.flat_map(|list| list.split(',')).any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_boards_are_recognised() {
        let etag = HeaderValue::from_static("W/\"abc\"");
        let check = |given: &'static str, expect| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(given))]);
            assert_eq!(matches(&headers, &etag), expect, "{given}");
        };
        check("W/\"abc\"", true);
        check("\"abc\"", true);
        check("\"x\", W/\"abc\"", true);
        check("*", true);
        check("\"ab\"", false);
        check("", false);
        assert!(!matches(&HeaderMap::new(), &etag));
    }

    #[test]
    fn every_status_has_its_column() {
        let titles: Vec<_> = columns(Vec::new()).into_iter().map(|column| column.title).collect();
        assert_eq!(titles, ["Backlog", "Ready", "In Progress", "In Review", "Blocked", "Done"]);
    }
}
