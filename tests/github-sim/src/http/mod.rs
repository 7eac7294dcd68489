//! The HTTP side: GitHub's routes by area, the gate every request passes, and the administrative routes.

pub(crate) mod access;
mod admin;
mod app;
mod call;
mod error;
mod feedback;
mod gate;
mod git;
pub(crate) mod hooks;
mod issues;
mod labels;
mod page;
mod pulls;
mod relations;
mod repos;
pub(crate) mod serve;
mod web;

use std::sync::Arc;

use axum::{Router, middleware, routing::post};

use crate::shared::Shared;

/// Everything the simulator answers to, except that `/repositories/{id}` is rewritten before (see [`serve`]).
fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .merge(repos::routes())
        .merge(issues::routes())
        .merge(labels::routes())
        .merge(pulls::routes())
        .merge(git::routes())
        .merge(feedback::routes())
        .merge(relations::routes())
        .route("/graphql", post(feedback::graph))
        .merge(hooks::routes())
        .merge(app::routes())
        .fallback(call::unknown_route)
        .layer(middleware::from_fn_with_state(Arc::clone(shared), gate::gate))
        .merge(admin::routes())
        .merge(web::routes())
        .with_state(Arc::clone(shared))
}
