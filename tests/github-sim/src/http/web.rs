//! A plain page per issue and pull request, so that a link from the board leads somewhere when the simulator is also
//! the web site (see [`Builder::own_pages`](crate::Builder::own_pages)).

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::StatusCode;

use crate::{shared::Shared, state::model::Comment};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/{owner}/{repo}/issues/{number}", get(page))
        .route("/{owner}/{repo}/pull/{number}", get(page))
}

async fn page(
    State(sim): State<Arc<Shared>>,
    Path((owner, repo, number)): Path<(String, String, String)>,
) -> Response {
    let state = sim.state();
    let repo = state.repo_named(&format!("{owner}/{repo}"));
    let found = repo.and_then(|repo| Some((repo, repo.issues.get(&number.parse().ok()?)?)));
    let Some((repo, issue)) = found else {
        return (StatusCode::NOT_FOUND, Html("<h1>Not found</h1>")).into_response();
    };
    let labels: String = repo
        .labels_of(issue)
        .map(|label| format!("<b style=\"border-color:#{}\">{}</b> ", label.color, escaped(&label.name)))
        .collect();
    let said = |comment: &Comment| {
        let (who, what) = (escaped(&comment.author), escaped(&comment.body));
        format!("<h2>{who}, {}</h2><pre>{what}</pre>", comment.created_at)
    };
    let comments: String =
        repo.comments.values().filter(|comment| comment.issue == issue.number).map(said).collect();
    let title = escaped(&issue.title);
    let (name, author) = (escaped(&repo.full_name()), escaped(&issue.author));
    let body = escaped(issue.body.as_deref().unwrap_or_default());
    let status = match (&issue.pull, issue.open) {
        (Some(pull), _) if pull.merged.is_some() => "merged",
        (_, true) => "open",
        (_, false) => "closed",
    };
    let style = "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
                 pre{font:inherit;white-space:pre-wrap}h2{font-size:1rem;margin-top:2rem}\
                 b{font-weight:normal;border:2px solid;border-radius:1rem;padding:0 .6rem}";
    Html(format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><style>{style}</style>\
         <p>{name} #{} · {status} · simulated GitHub</p><h1>{title}</h1><p>{labels}</p>\
         <h2>{author}, {}</h2><pre>{body}</pre>{comments}</html>",
        issue.number, issue.created_at
    ))
    .into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
