//! Purpose: how much may be in hand in a repository, and what keeps its issues from agents. Setting the same again
//! changes nothing.

use axum::Json;
use axum::extract::{Path, State};
use dispatch_domain::ids::RepoName;
use dispatch_store::Db;
use dispatch_store::limits::{self, Limits};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Keyed, LIST, Line, Whole};

/// The most that a limit may say.
const LARGEST: i64 = 10_000;

/// The limits of a repository. All of them are set together: what is left out has no limit.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "wipLimit": 5, "reviewLimit": 8, "excludedLabels": ["no-agents"] }))]
pub(crate) struct LimitsRequest {
    /// Active claims at the same time: 0 to 10000.
    #[schema(value_type = Option<i64>)]
    wip_limit: Option<Whole>,
    /// Results that wait for people, as issues in review and claims that are on their way there: 0 to 10000. When it is
    /// reached, new issues are not handed out; fixes of pull requests are.
    #[schema(value_type = Option<i64>)]
    review_limit: Option<Whole>,
    /// An issue with one of these labels is not given to agents.
    #[schema(value_type = Option<Vec<String>>)]
    excluded_labels: Option<Vec<Line<50>>>,
}

/// The limits as they are now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LimitsAnswer {
    #[schema(example = "octo-demo/web")]
    full_name: String,
    wip_limit: Option<i32>,
    review_limit: Option<i32>,
    excluded_labels: Vec<String>,
}

/// Limit a repository
///
/// Claims that are held go on, also when the new limit is below their number.
#[utoipa::path(
    post,
    path = "/api/automation/repos/{owner}/{name}/limits",
    operation_id = "limitRepository",
    tag = "repositories",
    params(("owner" = String, Path), ("name" = String, Path)),
    request_body = LimitsRequest,
    responses(
        (status = 200, description = "The limits now.", body = LimitsAnswer),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn set(
    State(db): State<Db>,
    caller: Caller,
    Path((owner, name)): Path<(String, String)>,
    Keyed(request, key): Keyed<LimitsRequest>,
) -> ApiResult<Json<LimitsAnswer>> {
    let name = RepoName::new(&owner, &name)?;
    let labels = request.excluded_labels.unwrap_or_default();
    if labels.len() > LIST {
        let message = format!("excludedLabels: at most {LIST} labels are accepted");
        return Err(ApiError::invalid("excludedLabels", message));
    }
    let limits = Limits {
        wip: bounded("wipLimit", request.wip_limit)?,
        review: bounded("reviewLimit", request.review_limit)?,
        excluded_labels: labels.into_iter().map(Line::into_inner).collect(),
    };
    limits::set(&db, &name, &limits, key.as_ref(), &caller.who()).await?;
    let Limits { wip, review, excluded_labels } = limits;
    Ok(Json(LimitsAnswer {
        full_name: name.to_string(),
        wip_limit: wip,
        review_limit: review,
        excluded_labels,
    }))
}

fn bounded(field: &'static str, limit: Option<Whole>) -> ApiResult<Option<i32>> {
    let Some(Whole(limit)) = limit else { return Ok(None) };
    match i32::try_from(limit) {
        Ok(fits) if (0..=LARGEST).contains(&limit) => Ok(Some(fits)),
        _ => Err(ApiError::invalid(field, format!("{field}: expected a number from 0 to {LARGEST}"))),
    }
}
