//! The one table of routes and who may use them. A route that is not in it does not start.

use axum::http::Method;
use utoipa::openapi::OpenApi;

/// Who a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Everybody.
    Public,
    /// Whoever is known: agents and operators. Changes nothing.
    Reader,
    /// Agents, by token. Operators do other things.
    Agent,
    /// Operators and agents: what keeps the cache fresh and the list of repositories right.
    Maintainer,
    /// Operators. The bootstrap token passes too, as the reference API promises for every change.
    Operator,
}

/// Method, path and tier of every route.
pub(crate) const TIERS: &[(&str, &str, Tier)] = &[
    ("GET", "/api/health", Tier::Public),
    ("GET", "/api/health/details", Tier::Operator),
    ("GET", "/api/openapi.json", Tier::Public),
    ("POST", "/api/auth/login", Tier::Public),
    ("POST", "/api/auth/logout", Tier::Public),
    ("GET", "/api/auth/login", Tier::Public),
    ("GET", "/api/auth/logout", Tier::Public),
    ("GET", "/api/auth/callback/oidc", Tier::Public),
    ("GET", "/api/auth/session", Tier::Public),
    ("GET", "/api/board", Tier::Reader),
    ("GET", "/api/changes", Tier::Reader),
    ("GET", "/api/issues", Tier::Reader),
    ("GET", "/api/issues/{id}", Tier::Reader),
    ("GET", "/api/issues/{id}/timeline", Tier::Reader),
    ("GET", "/api/issues/{id}/explain", Tier::Reader),
    ("GET", "/api/queue", Tier::Reader),
    ("POST", "/api/issues/move", Tier::Operator),
    ("POST", "/api/issues/{id}/approve", Tier::Operator),
    ("GET", "/api/intake", Tier::Reader),
    ("POST", "/api/intake", Tier::Operator),
    ("POST", "/api/automation/repos/{owner}/{name}/limits", Tier::Operator),
    ("POST", "/api/issues/{id}/assign", Tier::Operator),
    ("POST", "/api/issues/{id}/priority", Tier::Operator),
    ("POST", "/api/issues/{id}/owner", Tier::Operator),
    ("GET", "/api/issues/{id}/lane", Tier::Reader),
    // Automation classifies: a maintainer's token suffices.
    ("POST", "/api/issues/{id}/lane", Tier::Maintainer),
    ("POST", "/api/issues/{id}/snooze", Tier::Operator),
    ("POST", "/api/issues/{id}/release", Tier::Operator),
    ("POST", "/api/mutations/{id}/retry", Tier::Operator),
    ("GET", "/api/repos", Tier::Reader),
    ("POST", "/api/repos", Tier::Maintainer),
    ("GET", "/api/automation/repos", Tier::Reader),
    ("POST", "/api/automation/repos", Tier::Maintainer),
    ("DELETE", "/api/automation/repos/{repo}", Tier::Maintainer),
    ("DELETE", "/api/automation/repos/{owner}/{name}", Tier::Maintainer),
    ("POST", "/api/automation/sync", Tier::Maintainer),
    ("POST", "/api/sync", Tier::Maintainer),
    ("GET", "/api/sync/runs", Tier::Reader),
    ("GET", "/api/sync/runs/{id}", Tier::Reader),
    ("GET", "/api/webhooks", Tier::Reader),
    ("POST", "/api/webhooks/repair", Tier::Operator),
    ("POST", "/api/webhooks/deliveries/{guid}/retry", Tier::Operator),
    ("GET", "/api/agent-runs", Tier::Reader),
    ("POST", "/api/agent-runs", Tier::Agent),
    ("GET", "/api/audit", Tier::Reader),
    ("GET", "/api/audit/export", Tier::Reader),
    ("GET", "/api/attention", Tier::Reader),
    ("GET", "/api/overview", Tier::Reader),
    ("GET", "/api/projects", Tier::Reader),
    ("GET", "/api/lanes", Tier::Reader),
    ("POST", "/api/lanes", Tier::Operator),
    ("PATCH", "/api/lanes/{name}", Tier::Operator),
    ("DELETE", "/api/lanes/{name}", Tier::Operator),
    ("GET", "/api/agents", Tier::Reader),
    ("POST", "/api/agents", Tier::Operator),
    ("PATCH", "/api/agents/{name}", Tier::Operator),
    ("DELETE", "/api/agents/{name}", Tier::Operator),
    ("GET", "/api/agents/{name}/tokens", Tier::Operator),
    ("POST", "/api/agents/{name}/tokens", Tier::Operator),
    ("DELETE", "/api/agents/{name}/tokens/{id}", Tier::Operator),
    ("POST", "/api/claims", Tier::Agent),
    ("GET", "/api/claims", Tier::Reader),
    ("GET", "/api/claims/{id}", Tier::Reader),
    ("POST", "/api/claims/{id}/renew", Tier::Agent),
    ("POST", "/api/claims/{id}/checkpoint", Tier::Agent),
    ("POST", "/api/claims/{id}/complete", Tier::Agent),
    ("POST", "/api/claims/{id}/release", Tier::Agent),
    ("POST", "/api/claims/{id}/block", Tier::Agent),
    ("POST", "/api/claims/{id}/escalate", Tier::Agent),
    ("POST", "/api/claims/{id}/stop", Tier::Operator),
    // Every call of a tool passes its own route's tier besides.
    ("POST", "/mcp", Tier::Agent),
];

/// The tier of a route; `None` when there is no such route. HEAD reads like GET.
pub(crate) fn of(method: &Method, path: &str) -> Option<Tier> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    TIERS.iter().find(|(known, route, _)| *known == method && *route == path).map(|(_, _, tier)| *tier)
}

/// The path as the table has it.
pub(crate) fn route(method: &Method, path: &str) -> Option<&'static str> {
    TIERS
        .iter()
        .find(|(known, route, _)| *known == method.as_str() && *route == path)
        .map(|(_, route, _)| *route)
}

/// The methods that a path takes.
pub(crate) fn methods(path: &str) -> Vec<&'static str> {
    TIERS.iter().filter(|(_, route, _)| *route == path).map(|(method, _, _)| *method).collect()
}

/// Routes without a tier, and tiers without a route.
pub(crate) fn holes(document: &OpenApi) -> Vec<String> {
    let routes = crate::openapi::operations(document);
    let bare = routes
        .iter()
        .filter(|(method, path)| !TIERS.iter().any(|(known, route, _)| known == method && route == path));
    let stale = TIERS
        .iter()
        .filter(|(method, path, _)| !routes.iter().any(|(known, route)| known == method && route == path));
    bare.map(|(method, path)| format!("{method} {path} has no tier"))
        .chain(stale.map(|(method, path, _)| format!("{method} {path} has a tier and no route")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_exactly_one_tier() {
        assert_eq!(holes(&crate::openapi::document()), Vec::<String>::new());
        for (method, path, _) in TIERS {
            let rows = TIERS.iter().filter(|(m, p, _)| m == method && p == path).count();
            assert_eq!(rows, 1, "{method} {path}");
        }
    }

    #[test]
    fn a_route_without_a_tier_is_found() {
        let mut document = crate::openapi::document();
        let item = document.paths.paths.get("/api/health").cloned().unwrap();
        document.paths.paths.insert("/api/new".into(), item);
        document.paths.paths.remove("/api/audit");
        assert_eq!(holes(&document), ["GET /api/new has no tier", "GET /api/audit has a tier and no route"]);
    }

    #[test]
    fn changes_are_for_nobody_unknown() {
        for (method, path, tier) in TIERS {
            let open = matches!(tier, Tier::Public | Tier::Reader);
            assert!(!open || *method == "GET" || path.starts_with("/api/auth/"), "{method} {path}");
        }
        assert_eq!(of(&Method::HEAD, "/api/board"), Some(Tier::Reader));
        assert_eq!(of(&Method::POST, "/api/board"), None);
    }
}
