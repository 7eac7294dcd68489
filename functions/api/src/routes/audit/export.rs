//! Purpose: the audit trail as a file, for people who keep it elsewhere. Retry freely.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, LINK};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use dispatch_store::Db;
use dispatch_store::audit;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{AuditEvent, AuditFilter};
use crate::error::{ApiError, ApiResult};
use crate::input::{Line, Params, blank_is_none};
use crate::routes::link_to_next;

/// Events in one file: with what they carry they stay below the 6 MB that Lambda answers.
const MOST: i64 = 5000;
/// A file ends before this many bytes.
const LARGEST: usize = 4_500_000;

/// Which kind of file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatQuery {
    /// `csv` or `json`; `json` unless it is said.
    #[serde(default, deserialize_with = "blank_is_none")]
    #[param(value_type = Option<String>)]
    format: Option<Line<10>>,
}

/// Export audit events
///
/// A file of the events that /api/audit lists for the same parameters, newest first, 5000 at most; `limit` is ignored.
/// A `Link` header with `rel="next"` leads to the rest.
#[utoipa::path(
    get,
    path = "/api/audit/export",
    operation_id = "exportAuditEvents",
    tag = "board",
    params(FormatQuery, AuditFilter),
    responses((
        status = 200,
        description = "The file.",
        content((Vec<AuditEvent> = "application/json"), (String = "text/csv")),
        headers(("Link" = String)),
    ))
)]
pub(crate) async fn export(
    State(db): State<Db>,
    uri: Uri,
    Params(format): Params<FormatQuery>,
    Params(query): Params<AuditFilter>,
) -> ApiResult<Response> {
    let csv = match format.format.as_deref() {
        None | Some("json") => false,
        Some("csv") => true,
        Some(_) => return Err(ApiError::invalid("format", "format: expected csv or json")),
    };
    let (filter, before) = query.read()?;
    let events = audit::events(&db, &filter, before, MOST).await?;
    let found = events.len();
    let (file, last) = if csv { write_csv(events) } else { write_json(events)? };
    let cut = last.filter(|(written, _)| *written < found || found as i64 == MOST);
    let (kind, name) = match csv {
        true => ("text/csv; charset=utf-8", "attachment; filename=\"dispatch-audit.csv\""),
        false => ("application/json", "attachment; filename=\"dispatch-audit.json\""),
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(name));
    if let Some(next) = cut.and_then(|(_, id)| link_to_next(&uri, "before", id)) {
        headers.insert(LINK, next);
    }
    Ok((headers, file).into_response())
}

/// How many events were written, and the id of the last of them.
type Last = Option<(usize, i64)>;

fn write_json(events: Vec<audit::AuditEvent>) -> ApiResult<(String, Last)> {
    let (mut file, mut last) = ("[".to_owned(), None);
    for (index, event) in events.into_iter().enumerate() {
        let id = event.id;
        let line = serde_json::to_string(&AuditEvent::from(event)).map_err(|error| {
            tracing::error!(%error, "an audit event cannot be written as JSON");
            ApiError::internal()
        })?;
        if file.len() + line.len() > LARGEST {
            break;
        }
        file += if index == 0 { "\n" } else { ",\n" };
        file += &line;
        last = Some((index + 1, id));
    }
    file += "\n]\n";
    Ok((file, last))
}

fn write_csv(events: Vec<audit::AuditEvent>) -> (String, Last) {
    const HEAD: &str = "id,at,actor kind,actor,action,repository,issue number,issue id,success,error,notes,before,\
                        after,correlation id\r\n";
    let (mut file, mut last) = (HEAD.to_owned(), None);
    for (index, event) in events.into_iter().enumerate() {
        let json = |state: Option<serde_json::Value>| state.map(|state| state.to_string());
        let cells = [
            Some(event.id.to_string()),
            Some(event.at.to_string()),
            Some(event.actor_kind),
            Some(event.actor),
            Some(event.action),
            event.repository,
            event.issue_number.map(|number| number.to_string()),
            event.issue_id.map(|id| id.to_string()),
            Some(event.success.to_string()),
            event.error,
            event.notes,
            json(event.before),
            json(event.after),
            event.correlation_id,
        ];
        let line: Vec<String> =
            cells.iter().map(|cell| quoted(cell.as_deref().unwrap_or_default())).collect();
        let line = line.join(",");
        if file.len() + line.len() > LARGEST {
            break;
        }
        file += &line;
        file += "\r\n";
        last = Some((index + 1, event.id));
    }
    (file, last)
}

/// RFC 4180, section 2. Spreadsheets take a cell that begins with one of these characters for a formula, and others
/// write what stands in cells (OWASP, "CSV Injection"): an apostrophe keeps it text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_and_are_no_formulas() {
        let check = |cell: &str, expect: &str| assert_eq!(quoted(cell), expect);
        check("plain", "plain");
        check("a,b", "\"a,b\"");
        check("say \"x\"\n", "\"say \"\"x\"\"\n\"");
        check("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"");
        check("-1", "'-1");
        check("", "");
    }
}
