//! The description of the API, generated from the handlers and completed from the table of tiers.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Ref, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use crate::auth::tier::{self, Tier};
use crate::error::ErrorBody;

const ABOUT: &str = "\
Dispatch turns GitHub issues into claimable queues for AI agents. GitHub stays the source of truth: what agents and \
operators do here becomes labels there.

An agent asks for work (`POST /api/claims`), keeps it (`renew`, `checkpoint`) and ends it (`complete`, `release`, \
`block`). Every write names the claim's `fence`; a 409 `claim_lost` means: stop, the work is somebody else's.

Every answer other than 2xx and 304 has the shape of `ErrorBody`. Ids are text, because JavaScript cannot hold every \
64-bit number; numbers are accepted. Times are RFC 3339 in UTC. Unknown fields are ignored.";

const ABOUT_TOKENS: &str = "\
A token of an agent's own, which is good for the role `agent`, or for `maintainer` too where it was made so. The \
bootstrap token `DISPATCH_AGENT_TOKEN` is good for every role.";

/// What the document says before any route is added.
pub(crate) fn base() -> OpenApi {
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(ABOUT_TOKENS)).build();
    let components = ComponentsBuilder::new()
        .schema(ErrorBody::name(), ErrorBody::schema())
        .security_scheme("agentToken", SecurityScheme::Http(token))
        .security_scheme("operator", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)))
        .security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("dispatch_session"))),
        )
        .build();
    let info = InfoBuilder::new()
        .title("Dispatch")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// The whole document.
pub(crate) fn document() -> OpenApi {
    let mut document = crate::routes::all().into_openapi();
    let table = tier::TIERS;
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in [
            ("GET", &mut item.get),
            ("POST", &mut item.post),
            ("PATCH", &mut item.patch),
            ("DELETE", &mut item.delete),
        ] {
            let Some(operation) = operation else { continue };
            if method == "POST" && path.starts_with("/api/") && !path.starts_with("/api/auth/") {
                operation.parameters.get_or_insert_default().push(idempotency_key().into());
            }
            let tier = table.iter().find(|(m, p, _)| *m == method && p == path).map(|(_, _, tier)| *tier);
            operation.security = Some(security(tier.unwrap_or(Tier::Operator)));
            operation.responses.responses.insert("default".to_owned(), problem());
        }
    }
    document
}

/// What a tier asks for; any one of the requirements suffices. How far a token has to reach stands there as its role
/// (OpenAPI 3.1, "Security Requirement Object").
fn security(tier: Tier) -> Vec<SecurityRequirement> {
    let one = |name: &str, roles: &[&str]| SecurityRequirement::new(name, roles.iter().copied());
    let role = match tier {
        Tier::Public => return vec![SecurityRequirement::default()],
        Tier::Reader | Tier::Agent => "agent",
        Tier::Maintainer => "maintainer",
        Tier::Operator => "bootstrap",
    };
    let mut enough = vec![one("agentToken", &[role])];
    if tier != Tier::Agent {
        enough.extend([one("operator", &[]), one("session", &[])]);
    }
    enough
}

/// The header that every change takes.
fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The change is made once, however often it is asked for under one key. Up to 200 visible ASCII \
             characters, kept for a day; another body under the same key is refused with `idempotency_conflict`.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

fn problem() -> RefOr<utoipa::openapi::Response> {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name(ErrorBody::name()))).build();
    ResponseBuilder::new()
        .description("A refusal or a failure.")
        .content("application/json", body)
        .build()
        .into()
}

/// Method and path of every operation in a document.
pub(crate) fn operations(document: &OpenApi) -> Vec<(&'static str, String)> {
    let mut operations = Vec::new();
    for (path, item) in &document.paths.paths {
        let methods = [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("DELETE", &item.delete),
            ("OPTIONS", &item.options),
            ("HEAD", &item.head),
            ("PATCH", &item.patch),
            ("TRACE", &item.trace),
        ];
        let there = methods.into_iter().filter(|(_, operation)| operation.is_some());
        operations.extend(there.map(|(method, _)| (method, path.clone())));
    }
    operations
}

/// The document as it is committed and served: indented JSON with a newline at its end.
pub(crate) fn text() -> String {
    let mut text = document().to_pretty_json().unwrap_or_else(|_| unreachable!("the document is plain data"));
    text.push('\n');
    text
}

/// The document as it was committed: serving it costs nothing at start.
pub(crate) const COMMITTED: &str = include_str!("../openapi.json");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_document_is_current() {
        assert!(
            text() == COMMITTED,
            "functions/api/openapi.json is stale: run `cargo run -q -p api -- --openapi > functions/api/openapi.json`"
        );
    }

    #[test]
    fn every_operation_is_described() {
        let document = document();
        let mut ids = std::collections::BTreeSet::new();
        for (path, item) in &document.paths.paths {
            for operation in [&item.get, &item.post, &item.patch, &item.delete].into_iter().flatten() {
                let id = operation.operation_id.clone().unwrap();
                assert!(ids.insert(id), "{path} has the operationId of another");
                assert!(operation.summary.as_ref().is_some_and(|s| !s.is_empty()), "{path} has no summary");
                assert!(operation.tags.as_ref().is_some_and(|tags| tags.len() == 1), "{path} has no tag");
            }
        }
    }
}
