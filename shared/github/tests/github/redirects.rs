//! Renamed repositories are followed, transferred issues are not, and the credential never leaves the host.

use dispatch_github::{Error, Read};
use serde_json::{Value, json};

use crate::server::{Scripted, Seen, issue, ok, redirect, repo, status};

/// GitHub after `octo/web` (id 5) was renamed: every old path answers `code` and leads to the id.
fn renamed(code: u16, seen: &Seen) -> axum::response::Response {
    if let Some(rest) = seen.path.strip_prefix("/repos/octo/web") {
        return redirect(code, &format!("/repositories/5{rest}"));
    }
    match seen.path.as_str() {
        "/repositories/5" => ok(json!({"id": 5, "full_name": "octo/site", "default_branch": "main"})),
        "/repositories/5/issues/7" => ok(issue(7)),
        "/repositories/5/issues/7/labels" => ok(json!([{"name": "bug"}, {"name": "x"}])),
        path if path.starts_with("/repositories/5/issues/7/labels/") => ok(json!([{"name": "bug"}])),
        _ => status(404, "Not Found"),
    }
}

#[tokio::test]
async fn a_renamed_repository_is_followed_with_method_and_body() {
    for code in [301, 302, 307, 308] {
        let server = Scripted::start(move |seen| renamed(code, seen)).await;
        let github = server.github();
        assert_eq!(github.issue(&repo(), 7).await.expect("an issue").number, 7);
        let labels = github.add_labels(&repo(), 7, &["x".into()]).await.expect("labels");
        assert_eq!(labels, ["bug", "x"]);
        let left = github.remove_label(&repo(), 7, "a/b c").await.expect("removed");
        assert_eq!(left.as_deref(), Some(&["bug".to_owned()][..]));
        let seen = server.seen();
        let post = seen.iter().find(|s| s.line() == "POST /repositories/5/issues/7/labels").expect("a POST");
        assert_eq!(post.body, json!({"labels": ["x"]}), "{code}");
        assert!(server.lines().contains(&"DELETE /repositories/5/issues/7/labels/a%2Fb%20c".to_owned()));
        let Read::Changed((repository, _)) = github.repository(&repo(), None).await.expect("a repository")
        else {
            panic!("nothing was known yet")
        };
        assert_eq!(repository.name.to_string(), "octo/site");
    }
}

#[tokio::test]
async fn a_transferred_issue_is_gone_also_for_writes() {
    // To another number, and to the same number by coincidence: the repository of the old name still has its own id.
    for target in ["/repositories/6/issues/12", "/repositories/6/issues/7"] {
        let server = Scripted::start(move |seen| match seen.path.as_str() {
            "/repos/octo/web" => ok(json!({"id": 5, "full_name": "octo/web"})),
            path if path.starts_with("/repos/octo/web/issues/7") => {
                redirect(301, &path.replace("/repos/octo/web/issues/7", target))
            }
            _ => ok(Value::Null),
        })
        .await;
        let github = server.github();
        assert!(matches!(github.issue(&repo(), 7).await, Err(Error::Gone { .. })), "{target}");
        assert!(
            matches!(github.add_labels(&repo(), 7, &["x".into()]).await, Err(Error::Gone { .. })),
            "{target}"
        );
        assert!(matches!(github.create_comment(&repo(), 7, "x").await, Err(Error::Gone { .. })), "{target}");
        assert!(server.lines().iter().all(|line| !line.contains("/repositories/6")), "{:?}", server.lines());
    }
}

#[tokio::test]
async fn the_credential_stays_with_the_host() {
    let elsewhere = Scripted::start(|_| ok(issue(7))).await;
    let target = format!("{}/repositories/5/issues/7", elsewhere.url);
    let server = Scripted::start(move |_| redirect(301, &target)).await;
    assert!(matches!(server.github().issue(&repo(), 7).await, Err(Error::Gone { .. })));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn circles_and_dead_ends_are_not_understood() {
    let circle = Scripted::start(|_| redirect(301, "/repositories/5/pulls?page=2")).await;
    let found = circle.github().open_pull_request_count(&repo()).await;
    assert!(matches!(found, Err(Error::Unexpected { .. })), "{found:?}");
    assert_eq!(circle.seen().len(), 4);
    let dead = Scripted::start(|_| status(301, "Moved")).await;
    assert!(matches!(dead.github().issue(&repo(), 7).await, Err(Error::Unexpected { .. })));
    let odd = Scripted::start(|_| redirect(301, "/somewhere/else")).await;
    assert!(matches!(odd.github().issue(&repo(), 7).await, Err(Error::Unexpected { .. })));
}
