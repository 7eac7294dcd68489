//! Purpose: whose issues agents see, and letting them have the text of one that waits. May be repeated.

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::trust::Intake as Policy;
use dispatch_store::{Db, board, trust};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Success;
use super::card::Card;
use crate::auth::{Caller, Principal};
use crate::error::{ApiError, ApiResult};
use crate::input::{Id, Keyed, Line, Parsed};

/// Whose issues agents see.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Intake {
    /// `open`: everybody's. `trusted`: those of people with write access at once, and those of others once an operator
    /// has approved their text.
    #[schema(example = "open")]
    policy: String,
    /// Repositories that have another policy.
    repositories: Vec<RepositoryIntake>,
}

/// The policy of one repository.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepositoryIntake {
    #[schema(example = "octo-demo/web")]
    repo: String,
    #[schema(example = "trusted")]
    policy: String,
}

/// A policy, everywhere or of one repository.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({ "repo": "octo-demo/web", "policy": "trusted" }))]
pub(crate) struct IntakeRequest {
    /// Of this repository only, `owner/name`.
    #[schema(value_type = Option<String>)]
    repo: Option<Parsed<RepoName>>,
    /// `open` or `trusted`; null for a repository that follows the others again.
    #[schema(value_type = Option<String>)]
    policy: Option<Parsed<Policy>>,
}

/// The text that was read.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApproveRequest {
    /// `textSha256` of the issue as it was read.
    #[schema(value_type = String)]
    text_sha256: Line<64>,
}

/// Whose issues agents see
#[utoipa::path(
    get,
    path = "/api/intake",
    operation_id = "getIntake",
    tag = "automation",
    responses((status = 200, description = "The policies.", body = Intake))
)]
pub(crate) async fn policies(State(db): State<Db>) -> ApiResult<Json<Intake>> {
    let policies = trust::policies(&db).await?;
    let of = |(repo, policy): (RepoName, Policy)| RepositoryIntake {
        repo: repo.to_string(),
        policy: policy.to_string(),
    };
    Ok(Json(Intake {
        policy: policies.everywhere.to_string(),
        repositories: policies.repositories.into_iter().map(of).collect(),
    }))
}

/// Change whose issues agents see
#[utoipa::path(
    post,
    path = "/api/intake",
    operation_id = "setIntake",
    tag = "automation",
    request_body = IntakeRequest,
    responses(
        (status = 200, description = "It holds from now on.", body = Success),
        (status = 403, description = "Agents do not decide this.", body = crate::error::ErrorBody),
        (status = 404, description = "`repository_unknown`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn set(
    State(db): State<Db>,
    caller: Caller,
    Keyed(request, key): Keyed<IntakeRequest>,
) -> ApiResult<Json<Success>> {
    let repository = request.repo.map(|repo| repo.0);
    let policy = request.policy.map(|policy| policy.0);
    decides(&caller)?;
    trust::set_policy(&db, repository.as_ref(), policy, key.as_ref(), &caller.who()).await?;
    Ok(Json(Success::YES))
}

/// Let agents have an issue's text
///
/// Only what was read is approved: a later edit waits again.
#[utoipa::path(
    post,
    path = "/api/issues/{id}/approve",
    operation_id = "approveIssue",
    tag = "board",
    params(("id" = String, Path, description = "GitHub's id of the issue.")),
    request_body = ApproveRequest,
    responses(
        (status = 200, description = "Approved.", body = Card),
        (status = 403, description = "Agents do not decide this.", body = crate::error::ErrorBody),
        (status = 404, description = "There is no such issue.", body = crate::error::ErrorBody),
        (status = 409, description = "`conflict`: the text was edited since.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn approve(
    State(db): State<Db>,
    caller: Caller,
    Id(id): Id,
    Keyed(request, key): Keyed<ApproveRequest>,
) -> ApiResult<Json<Card>> {
    decides(&caller)?;
    let hash = sha256(&request.text_sha256).ok_or_else(|| {
        ApiError::invalid(
            "textSha256",
            "textSha256: expected the 64 hexadecimal digits of the issue's textSha256",
        )
    })?;
    trust::approve(&db, IssueId(id), &hash, key.as_ref(), &caller.who()).await?;
    let (card, _) = board::one(&db, IssueId(id)).await?;
    Ok(Json(Card::from(card)))
}

/// Whose words reach agents is not for agents to decide, whatever else their token may do.
fn decides(caller: &Caller) -> ApiResult<()> {
    match caller.principal {
        Principal::Bootstrap | Principal::Agent(_) => {
            Err(Refusal::Forbidden("Only an operator decides whose words reach agents.".into()).into())
        }
        _ => Ok(()),
    }
}

fn sha256(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let pairs =
        digits.chunks_exact(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect::<Option<Vec<u8>>>().filter(|_| digits.len() == 64)
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn hashes_are_64_digits() {
        assert_eq!(sha256(&"0f".repeat(32)), Some(vec![15; 32]));
        for bad in ["", "0f", &"xx".repeat(32), &"ä".repeat(32), &"0".repeat(65)] {
            assert_eq!(sha256(bad), None, "{bad}");
        }
    }
}
