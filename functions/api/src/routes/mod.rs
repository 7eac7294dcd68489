//! The routes, one file per resource. Each file has its handlers and the shapes they speak.

mod agent_runs;
mod agents;
mod attention;
mod audit;
mod automation;
mod board;
mod card;
mod changes;
mod claims;
mod deliveries;
mod desk;
mod explain;
mod health;
mod health_details;
mod intake;
mod issue;
mod issues;
mod lanes;
mod limits;
mod mcp;
mod moves;
mod mutations;
mod nudge;
mod openapi;
mod overview;
mod projects;
mod repos;
mod session;
mod sign_in;
mod sync;
mod sync_runs;
mod webhooks;

use axum::http::Uri;
use axum::http::header::HeaderValue;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::error::{ApiError, ApiResult};
use crate::input::Whole;

/// Every route with its description. Who may use it says `auth::tier`.
#[expect(deprecated, reason = "POST /api/repos is deprecated for clients, and still a route")]
pub(crate) fn all() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(crate::openapi::base())
        .routes(routes!(health::health))
        .routes(routes!(health_details::details))
        .routes(routes!(openapi::openapi))
        .routes(routes!(session::login, sign_in::begin))
        .routes(routes!(session::logout, sign_in::end))
        .routes(routes!(sign_in::callback))
        .routes(routes!(session::session))
        .routes(routes!(board::board))
        .routes(routes!(changes::changes))
        .routes(routes!(issues::list))
        .routes(routes!(issue::one))
        .routes(routes!(issue::timeline))
        .routes(routes!(moves::move_issue))
        .routes(routes!(mutations::retry))
        .routes(routes!(intake::policies, intake::set))
        .routes(routes!(intake::approve))
        .routes(routes!(repos::list, repos::add))
        .routes(routes!(automation::list, automation::add))
        .routes(routes!(automation::remove_encoded))
        .routes(routes!(automation::remove))
        .routes(routes!(sync::automation))
        .routes(routes!(sync::issues))
        .routes(routes!(sync_runs::list))
        .routes(routes!(sync_runs::one))
        .routes(routes!(webhooks::list))
        .routes(routes!(webhooks::repair))
        .routes(routes!(deliveries::retry))
        .routes(routes!(agent_runs::list, agent_runs::record))
        .routes(routes!(audit::list))
        .routes(routes!(audit::export::export))
        .routes(routes!(attention::attention))
        .routes(routes!(overview::overview))
        .routes(routes!(projects::list))
        .routes(routes!(mcp::mcp))
        .routes(routes!(lanes::list, lanes::create))
        .routes(routes!(lanes::change, lanes::remove))
        .merge(desk::all())
        .merge(agents::all())
        .routes(routes!(explain::issue))
        .routes(routes!(explain::queue))
        .routes(routes!(limits::set))
        .merge(claims::all())
}

/// It worked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Success {
    /// Always true: a failure has another shape.
    success: bool,
}

impl Success {
    pub(crate) const YES: Self = Self { success: true };
}

/// The most that one list answers.
const MOST: i64 = 1000;

/// Reads `limit`.
///
/// # Errors
/// 400 unless it is from 1 to [`MOST`].
fn limit(given: Option<Whole>, default: i64) -> ApiResult<i64> {
    match given {
        None => Ok(default),
        Some(Whole(limit)) if (1..=MOST).contains(&limit) => Ok(limit),
        Some(_) => Err(ApiError::invalid("limit", format!("limit: expected a number from 1 to {MOST}"))),
    }
}

/// The `Link` header that leads to the page which begins at `value` of the parameter `name`.
fn link_to_next(uri: &Uri, name: &str, value: impl std::fmt::Display) -> Option<HeaderValue> {
    let rest = uri.query().unwrap_or_default().split('&');
    let rest = rest.filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
    let query: String = rest.map(|pair| format!("{pair}&")).collect();
    HeaderValue::from_str(&format!("<{}?{query}{name}={value}>; rel=\"next\"", uri.path())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_question() {
        let check = |uri: &str, expect: &str| {
            assert_eq!(
                link_to_next(&uri.parse().unwrap(), "after", 9).unwrap(),
                format!("<{expect}>; rel=\"next\"")
            );
        };
        check("/api/issues", "/api/issues?after=9");
        check("/api/issues?repo=a%2Fb&after=3&limit=2", "/api/issues?repo=a%2Fb&limit=2&after=9");
        check("/api/issues?afterwards=1", "/api/issues?afterwards=1&after=9");
        check("http://host/api/issues?q=x", "/api/issues?q=x&after=9");
    }
}
