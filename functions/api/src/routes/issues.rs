//! Purpose: looking up issues. Retry freely.

use axum::Json;
use axum::extract::State;
use axum::http::header::LINK;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use dispatch_domain::ids::RepoName;
use dispatch_domain::status::Status;
use dispatch_store::Db;
use dispatch_store::board::{self, Filter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::card::Card;
use super::{MOST, limit, link_to_next};
use crate::error::ApiResult;
use crate::input::{Line, Params, Parsed, Whole, blank_is_none};

type Word = Option<Line<100>>;

/// Which issues. Empty parameters are ignored.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct IssuesQuery {
    /// Of this repository, `owner/name`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>, example = "octo-demo/web")]
    repo: Option<Parsed<RepoName>>,
    /// With the label `agent/<agent>`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    agent: Word,
    /// With the label `owner/<owner>`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    owner: Word,
    /// With the label `project/<project>`; `owner/name` means the repository, which is what projects are by default.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    project: Word,
    /// `p0` to `p3`.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    priority: Word,
    /// With this status. Closed issues are listed for `done` only.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<crate::input::words::Status>)]
    status: Option<Parsed<Status>>,
    /// In this lane.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    lane: Word,
    /// With these words in title or number.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    q: Word,
    /// With this number, open or closed: with `repo` it is the way from what people call an issue to its id.
    #[param(value_type = Option<i32>, example = 7)]
    number: Option<Whole>,
    /// Issues with a higher id only: the page after. The `Link` header has it.
    #[param(value_type = Option<String>)]
    after: Option<Whole>,
    /// At most so many, 1 to 1000.
    #[param(value_type = Option<i64>)]
    limit: Option<Whole>,
}

/// List issues
///
/// Ordered by id, 1000 at most. A `Link` header with `rel="next"` leads to the rest.
#[utoipa::path(
    get,
    path = "/api/issues",
    operation_id = "listIssues",
    tag = "board",
    params(IssuesQuery),
    responses((status = 200, description = "The issues.", body = Vec<Card>, headers(("Link" = String))))
)]
pub(crate) async fn list(
    State(db): State<Db>,
    uri: Uri,
    Params(query): Params<IssuesQuery>,
) -> ApiResult<Response> {
    let most = limit(query.limit, MOST)?;
    let filter = filter(query);
    let cards = board::find(&db, &filter, most).await?;
    let full = cards.len() as i64 == most;
    let next = cards.last().filter(|_| full).and_then(|card| link_to_next(&uri, "after", card.row.id));
    let cards: Vec<Card> = cards.into_iter().map(Card::from).collect();
    let headers: HeaderMap = next.into_iter().map(|next| (LINK, next)).collect();
    Ok((headers, Json(cards)).into_response())
}

fn filter(query: IssuesQuery) -> Filter {
    let word = |word: Word| word.map(Line::into_inner);
    // Projects are repositories by default; a name without a slash is a `project/*` label.
    let repository = query.project.as_deref().and_then(|project| project.parse().ok());
    let label = if repository.is_some() { None } else { word(query.project) };
    Filter {
        repository: query.repo.map(|repo| repo.0).or(repository),
        project: label,
        agent: word(query.agent),
        owner: word(query.owner),
        priority: word(query.priority),
        status: query.status.map(|status| status.0),
        lane: word(query.lane),
        words: word(query.q),
        // No issue has a number beyond the column's type.
        number: query.number.map(|number| i32::try_from(number.0).unwrap_or(0)),
        after: query.after.map_or(0, |after| after.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_repositories_or_labels() {
        let check = |query: &str, repository: Option<&str>, label: Option<&str>| {
            let uri = format!("/api/issues?{query}").parse().unwrap();
            let query = axum::extract::Query::try_from_uri(&uri).unwrap();
            let filter = filter(query.0);
            assert_eq!(filter.repository.map(|name| name.to_string()).as_deref(), repository);
            assert_eq!(filter.project.as_deref(), label);
        };
        check("project=apollo", None, Some("apollo"));
        check("project=octo%2Fweb", Some("octo/web"), None);
        check("project=octo%2Fweb&repo=octo%2Fapi", Some("octo/api"), None);
        check("project=", None, None);
    }
}
