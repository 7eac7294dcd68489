//! The one table of tools.

use axum::http::Method;

/// A route of the JSON API as a tool.
#[derive(Debug)]
pub(super) struct Tool {
    /// What models call it.
    pub(super) name: &'static str,
    pub(super) method: Method,
    /// The route, as the API's description has it.
    pub(super) path: &'static str,
    /// The argument that stands for `{id}` in the path.
    pub(super) id: &'static str,
    /// The field that holds the answer when the route answers a list: a tool answers an object.
    pub(super) list: Option<&'static str>,
    /// What is sent for query parameters that are left out.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// Whether the same call twice does no more than once.
    pub(super) idempotent: bool,
}

const CLAIM: Tool = Tool {
    name: "",
    method: Method::POST,
    path: "",
    id: "claimId",
    list: None,
    defaults: &[],
    idempotent: true,
};
const LOOK: Tool = Tool { method: Method::GET, id: "issueId", ..CLAIM };

/// In the order in which an agent needs them.
pub(super) const TOOLS: &[Tool] = &[
    Tool { name: "claim_next", path: "/api/claims", idempotent: false, ..CLAIM },
    Tool { name: "renew_claim", path: "/api/claims/{id}/renew", ..CLAIM },
    Tool { name: "checkpoint_claim", path: "/api/claims/{id}/checkpoint", ..CLAIM },
    Tool { name: "complete_claim", path: "/api/claims/{id}/complete", ..CLAIM },
    Tool { name: "release_claim", path: "/api/claims/{id}/release", ..CLAIM },
    Tool { name: "block_claim", path: "/api/claims/{id}/block", ..CLAIM },
    Tool { name: "escalate_claim", path: "/api/claims/{id}/escalate", ..CLAIM },
    Tool {
        name: "my_claims",
        path: "/api/claims",
        list: Some("claims"),
        defaults: &[("agent", "me"), ("state", "active")],
        ..LOOK
    },
    Tool { name: "get_claim", path: "/api/claims/{id}", id: "claimId", ..LOOK },
    Tool { name: "explain_issue", path: "/api/issues/{id}/explain", defaults: &[("agent", "me")], ..LOOK },
    Tool {
        name: "look_at_queue",
        path: "/api/queue",
        list: Some("queue"),
        defaults: &[("agent", "me"), ("limit", "20")],
        ..LOOK
    },
    Tool { name: "get_issue", path: "/api/issues/{id}", ..LOOK },
    Tool {
        name: "search_issues",
        path: "/api/issues",
        list: Some("issues"),
        defaults: &[("limit", "20")],
        ..LOOK
    },
];

/// The tool of this name.
pub(super) fn named(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}
