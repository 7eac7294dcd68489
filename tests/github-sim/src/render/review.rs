//! Reviews and comments on lines.

use serde_json::{Value, json};

use super::{issue::reactions, pull, repo, user};
use crate::state::{
    State,
    ids::node_id,
    model::{LineComment, Pull, Repo, Review, Thread},
};

/// The pull request beside a review in webhooks: what lists carry.
pub(crate) fn pull_request(state: &State, repo: u64, number: u64) -> Value {
    let repo = state.repos.get(&repo);
    let found = repo.and_then(|repo| Some((repo, repo.issues.get(&number)?)));
    found.map_or(Value::Null, |(repo, issue)| pull::item(state, repo, issue))
}

pub(crate) fn review_of(state: &State, repo: u64, number: u64, id: u64) -> Value {
    let found = parts(state, repo, number)
        .and_then(|(repo, pull)| Some((repo, pull.reviews.iter().find(|review| review.id == id)?)));
    found.map_or(Value::Null, |(repo, found)| review(state, repo, number, found))
}

pub(crate) fn review(state: &State, repo: &Repo, number: u64, review: &Review) -> Value {
    let html = format!("{}/pull/{number}#pullrequestreview-{}", repo::html(state, repo), review.id);
    let pull = format!("{}/pulls/{number}", repo::address(state, repo));
    json!({
        "id": review.id,
        "node_id": node_id("PRR", review.id),
        "user": user::simple(state, &review.author),
        "body": review.body,
        "state": review.state,
        "html_url": html,
        "pull_request_url": pull,
        "author_association": user::association(state, &repo.owner, &review.author),
        "_links": { "html": { "href": html }, "pull_request": { "href": pull } },
        "submitted_at": review.submitted_at,
        "commit_id": review.commit,
    })
}

pub(crate) fn comment_of(state: &State, repo: u64, number: u64, id: u64) -> Value {
    let found = parts(state, repo, number).and_then(|(repo, pull)| {
        let comment = |thread: &&Thread| thread.comments.iter().any(|comment| comment.id == id);
        Some((repo, pull.threads.iter().find(comment)?))
    });
    let Some((repo, thread)) = found else { return Value::Null };
    let comment = thread.comments.iter().find(|comment| comment.id == id);
    comment.map_or(Value::Null, |found| comment_in(state, repo, number, thread, found))
}

pub(crate) fn thread(state: &State, repo: u64, number: u64, thread: &Thread) -> Value {
    let Some(repo) = state.repos.get(&repo) else { return Value::Null };
    let comments = thread.comments.iter().map(|comment| comment_in(state, repo, number, thread, comment));
    json!({
        "node_id": node_id("PRRT", thread.comments[0].id),
        "comments": comments.collect::<Vec<_>>(),
    })
}

pub(crate) fn comment_in(
    state: &State,
    repo: &Repo,
    number: u64,
    thread: &Thread,
    comment: &LineComment,
) -> Value {
    let address = format!("{}/pulls/comments/{}", repo::address(state, repo), comment.id);
    let html = format!("{}/pull/{number}#discussion_r{}", repo::html(state, repo), comment.id);
    let pull = format!("{}/pulls/{number}", repo::address(state, repo));
    let mut rendered = json!({
        "url": address,
        "pull_request_review_id": comment.review,
        "id": comment.id,
        "node_id": node_id("PRRC", comment.id),
        "diff_hunk": "@@ -1 +1 @@",
        "path": comment.path,
        "position": 1,
        "original_position": 1,
        "commit_id": comment.commit,
        "original_commit_id": comment.commit,
        "user": user::simple(state, &comment.author),
        "body": comment.body,
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
        "html_url": html,
        "pull_request_url": pull,
        "author_association": user::association(state, &repo.owner, &comment.author),
        "_links": { "self": { "href": address }, "html": { "href": html }, "pull_request": { "href": pull } },
        "start_line": null,
        "original_start_line": null,
        "start_side": null,
        "line": comment.line,
        "original_line": comment.line,
        "side": "RIGHT",
        "subject_type": "line",
        "reactions": reactions(&address),
    });
    let first = thread.comments[0].id;
    if let Some(rendered) = rendered.as_object_mut().filter(|_| first != comment.id) {
        rendered.insert("in_reply_to_id".to_owned(), json!(first));
    }
    rendered
}

fn parts(state: &State, repo: u64, number: u64) -> Option<(&Repo, &Pull)> {
    let repo = state.repos.get(&repo)?;
    Some((repo, repo.issues.get(&number)?.pull.as_ref()?))
}
