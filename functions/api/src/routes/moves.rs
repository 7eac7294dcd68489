//! Purpose: an operator moves a card. May be repeated: a card that stands there already stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::label::Namespace;
use dispatch_domain::status::Status;
use dispatch_runtime::Queue;
use dispatch_store::{Db, board, moves};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::card::Card;
use super::nudge::nudge;
use crate::auth::Caller;
use crate::error::{ApiError, ApiResult};
use crate::input::{Keyed, LIST, Line, Parsed, Text, Whole};

type Labels = Option<Vec<Line<100>>>;

/// Where a card goes. `issueId` and `status`, or the whole body of the reference API: `repoFullName`, `issueNumber`,
/// `oldLabels` and `newLabels`, of which the one changed `status/*` counts.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "issueId": "41001", "status": "blocked", "reason": "Waits for the API keys." }))]
pub(crate) struct MoveRequest {
    /// GitHub's id of the issue.
    #[schema(value_type = Option<String>)]
    issue_id: Option<Whole>,
    /// Where to.
    #[schema(value_type = Option<crate::input::words::Status>)]
    status: Option<Parsed<Status>>,
    /// Why; `blocked` needs it.
    #[schema(value_type = Option<String>)]
    reason: Option<Text<2000>>,
    /// Instead of `issueId`, with `issueNumber`.
    #[schema(value_type = Option<String>)]
    repo_full_name: Option<Parsed<RepoName>>,
    #[schema(value_type = Option<i32>)]
    issue_number: Option<Whole>,
    /// Instead of `status`, with `newLabels`: all labels before.
    #[schema(value_type = Option<Vec<String>>)]
    old_labels: Labels,
    /// All labels after.
    #[schema(value_type = Option<Vec<String>>)]
    new_labels: Labels,
}

/// The card where it stands now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MoveAnswer {
    success: bool,
    issue: Card,
    /// What was asked for and not done, as sentences.
    ignored: Vec<String>,
    /// The write that GitHub gets, if any is needed.
    mutation_id: Option<String>,
}

/// Move an issue to another status
///
/// The card shows the write as pending until GitHub has it. Moving to `done` is refused: close the issue on GitHub.
#[utoipa::path(
    post,
    path = "/api/issues/move",
    operation_id = "moveIssue",
    tag = "board",
    request_body = MoveRequest,
    responses(
        (status = 200, description = "Moved.", body = MoveAnswer),
        (status = 404, description = "`issue_unknown`, `repository_unknown`.", body = crate::error::ErrorBody),
        (status = 409, description = "`transition_refused`, `issue_closed`.", body = crate::error::ErrorBody),
        (status = 422, description = "`reason_required`.", body = crate::error::ErrorBody),
    )
)]
pub(crate) async fn move_issue(
    State(db): State<Db>,
    State(queue): State<Arc<Queue>>,
    caller: Caller,
    Keyed(request, key): Keyed<MoveRequest>,
) -> ApiResult<Json<MoveAnswer>> {
    let id = target(&db, &request).await?;
    let Intent { to, ignored } = intent(&request)?;
    let reason = request.reason.as_deref();
    let mutation = moves::move_issue(&db, id, to, reason, key.as_ref(), &caller.who()).await?;
    nudge(&queue, mutation).await;
    let (card, _) = board::one(&db, id).await?;
    let mutation_id = mutation.map(|id| id.to_string());
    Ok(Json(MoveAnswer { success: true, issue: Card::from(card), ignored, mutation_id }))
}

/// The issue: its id decides, because it survives renames.
async fn target(db: &Db, request: &MoveRequest) -> ApiResult<IssueId> {
    match (request.issue_id, &request.repo_full_name, request.issue_number) {
        (Some(id), _, _) => Ok(IssueId(id.0)),
        (None, Some(repository), Some(Whole(number))) => {
            let number = i32::try_from(number).map_err(|_| {
                ApiError::invalid("issueNumber", "issueNumber: there is no such number on GitHub")
            })?;
            Ok(board::id_of(db, &repository.0, number).await?)
        }
        _ => Err(ApiError::invalid(
            "issueId",
            "issueId: say which issue, by issueId or by repoFullName and issueNumber",
        )),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Intent {
    to: Status,
    ignored: Vec<String>,
}

fn intent(request: &MoveRequest) -> ApiResult<Intent> {
    let (old, new) = (names("oldLabels", &request.old_labels)?, names("newLabels", &request.new_labels)?);
    let ignored = ignored(&old, &new);
    if let Some(status) = &request.status {
        return Ok(Intent { to: status.0, ignored });
    }
    if request.new_labels.is_none() {
        return Err(ApiError::invalid("status", "status: say where the issue goes"));
    }
    let (before, after) = (Namespace::Status.values(&old), Namespace::Status.values(&new));
    let added: Vec<&String> = after.difference(&before).collect();
    let to = match (added.as_slice(), after.len()) {
        ([one], _) => one.parse()?,
        // The reference API's board takes a label off to put a card back; no status label means backlog.
        ([], 0) => Status::Backlog,
        ([], 1) => after.iter().next().map_or(Ok(Status::Backlog), |only| only.parse())?,
        _ => {
            let message = "newLabels: more than one status/* label is new; send the one that is meant";
            return Err(ApiError::invalid("newLabels", message));
        }
    };
    Ok(Intent { to, ignored })
}

fn names(field: &str, labels: &Labels) -> ApiResult<Vec<String>> {
    let labels: Vec<String> = labels.iter().flatten().map(|label| label.to_string()).collect();
    // GitHub allows 100 labels on an issue.
    if labels.len() > LIST {
        return Err(ApiError::invalid(field, format!("{field}: an issue has at most {LIST} labels")));
    }
    Ok(labels)
}

/// Changes of labels that are not a move.
fn ignored(old: &[String], new: &[String]) -> Vec<String> {
    let fold = |labels: &[String]| -> BTreeSet<String> { labels.iter().map(|l| l.to_lowercase()).collect() };
    let (before, after) = (fold(old), fold(new));
    let changed = before.symmetric_difference(&after);
    let others = changed.filter(|label| !label.starts_with("status/"));
    others.map(|label| format!("label {label}: only status/* is moved")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: serde_json::Value) -> Result<(Status, usize), String> {
        let request: MoveRequest = serde_json::from_value(body).map_err(|error| error.to_string())?;
        intent(&request).map(|intent| (intent.to, intent.ignored.len())).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn both_bodies_are_understood() {
        let check = |body, expect| assert_eq!(read(body), Ok(expect));
        check(serde_json::json!({ "status": "in-review" }), (Status::InReview, 0));
        let labels = |old: &[&str], new: &[&str]| serde_json::json!({ "oldLabels": old, "newLabels": new });
        check(labels(&["status/ready", "bug"], &["status/in-progress", "bug"]), (Status::InProgress, 0));
        check(labels(&["Status/Ready"], &["status/ready", "status/blocked"]), (Status::Blocked, 0));
        check(labels(&["status/ready"], &[]), (Status::Backlog, 0));
        check(labels(&["status/ready"], &["STATUS/READY"]), (Status::Ready, 0));
        check(labels(&["a", "status/ready"], &["b", "status/done"]), (Status::Done, 2));
    }

    #[test]
    fn unclear_moves_are_refused() {
        for (body, words) in [
            (serde_json::json!({}), "say where"),
            (serde_json::json!({ "status": "someday" }), "a status is one of"),
            (serde_json::json!({ "newLabels": ["status/someday"] }), "a status is one of"),
            (serde_json::json!({ "newLabels": ["status/ready", "status/done"] }), "more than one"),
            (serde_json::json!({ "newLabels": vec!["x"; 101] }), "at most 100"),
        ] {
            let error = read(body).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }
}
