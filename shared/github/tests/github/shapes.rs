//! What GitHub sends becomes snapshots, also where it sends more, less or something new.

use axum::response::IntoResponse;
use dispatch_domain::snapshot::PullRequestState;
use dispatch_github::{Error, IssueQuery, Read, StateFilter};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::server::{Scripted, issue, ok, repo, status};

fn pull(number: i32) -> Value {
    json!({
        "id": 91_000 + number, "number": number, "title": "A change", "body": null, "state": "open", "draft": true,
        "html_url": "https://github.com/octo/web/pull/9", "user": null,
        "head": {"ref": "feature/a", "sha": "abc", "repo": null}, "base": {"ref": "main", "sha": "def"},
        "mergeable": null, "mergeable_state": "unheard-of", "labels": [], "merged_at": null,
        "created_at": "2026-11-01T10:00:00Z", "updated_at": "2026-11-02T10:00:00Z"
    })
}

#[tokio::test]
async fn an_issue_becomes_a_snapshot() {
    let server = Scripted::start(|_| ok(issue(7))).await;
    let issue = server.github().issue(&repo(), 7).await.expect("an issue");
    assert_eq!((issue.id.0, issue.number, issue.title.as_str(), issue.closed), (41_007, 7, "A title", false));
    assert_eq!(
        (issue.author.as_deref(), issue.assignees.as_slice()),
        (Some("alice"), &["bob".to_owned()][..])
    );
    assert_eq!((issue.labels.as_slice(), issue.comments), (&["bug".to_owned()][..], 3));
    assert_eq!(issue.updated_at.to_string(), "2026-11-02T10:00:00Z");
}

#[tokio::test]
async fn new_words_missing_fields_and_nul_are_taken() {
    let odd = json!({
        "id": 1, "number": 7, "title": "a\u{0}b", "state": "closed", "state_reason": "abducted_by_aliens",
        "labels": ["plain", {"name": "who\u{0}le"}, {"name": null}], "user": null, "type": {"name": "Epic"},
        "created_at": "2026-11-01T10:00:00Z", "updated_at": "2026-11-02T10:00:00+01:00",
        "author_association": "OVERLORD"
    });
    let server = Scripted::start(move |_| ok(odd.clone())).await;
    let issue = server.github().issue(&repo(), 7).await.expect("an issue");
    assert_eq!((issue.title.as_str(), issue.body.as_str(), issue.closed), ("ab", "", true));
    assert_eq!(issue.state_reason.as_deref(), Some("abducted_by_aliens"));
    assert_eq!(issue.labels, ["plain", "whole"]);
    assert_eq!(issue.updated_at.to_string(), "2026-11-02T09:00:00Z");
}

#[tokio::test]
async fn what_cannot_be_read_names_the_field() {
    let server = Scripted::start(|_| {
        let mut body = issue(7);
        body["labels"] = json!([{"name": "ok"}, {"name": 3}]);
        ok(body)
    })
    .await;
    let error = server.github().issue(&repo(), 7).await.expect_err("a number for a name");
    assert!(matches!(&error, Error::Unexpected { cause, .. } if cause.starts_with("labels[1]")), "{error}");
}

#[tokio::test]
async fn lists_tell_pull_requests_apart_and_leave_out_what_cannot_be_read() {
    let server = Scripted::start(|_| {
        let mut pull = issue(8);
        pull["pull_request"] = json!({"url": "…"});
        ([("etag", "\"e\"")], ok(json!([issue(7), pull, {"id": "?"}]))).into_response()
    })
    .await;
    let since = Some("2026-11-01T00:00:00.9Z".parse().expect("a time"));
    let query = IssueQuery { since, state: StateFilter::All };
    let Read::Changed(page) = server.github().issues(&repo(), query, None).await.expect("a page") else {
        panic!("nothing was known yet")
    };
    assert_eq!(page.items.iter().map(|i| i.is_pull_request).collect::<Vec<_>>(), [false, true]);
    assert_eq!((page.unreadable.len(), page.next, page.etag.as_deref()), (1, None, Some("\"e\"")));
    let expect = "GET /repos/octo/web/issues?state=all&sort=updated&direction=asc&per_page=100&since=2026-11-01T00:00:00Z";
    assert_eq!(server.lines(), [expect]);
}

#[tokio::test]
async fn pull_requests_know_open_closed_and_merged() {
    let table = [
        (json!("open"), json!(null), PullRequestState::Open),
        (json!("closed"), json!(null), PullRequestState::Closed),
        (json!("closed"), json!("2026-11-02T10:00:00Z"), PullRequestState::Merged),
        (json!("queued"), json!(null), PullRequestState::Open),
    ];
    for (state, merged_at, expect) in table {
        let mut body = pull(9);
        body["state"] = state;
        body["merged_at"] = merged_at;
        let server = Scripted::start(move |_| ok(body.clone())).await;
        let pull = server.github().pull_request(&repo(), 9).await.expect("a pull request");
        assert_eq!((pull.state, pull.draft, pull.author, pull.mergeable), (expect, true, None, None));
        assert_eq!(
            (pull.head_ref.as_str(), pull.head_sha.as_str(), pull.base_ref.as_str()),
            ("feature/a", "abc", "main")
        );
    }
}

#[tokio::test]
async fn open_pull_requests_are_counted_by_one_request() {
    let last = "<https://api.github.com/repositories/5/pulls?state=open&per_page=1&page=2>; rel=\"next\", \
                <https://api.github.com/repositories/5/pulls?state=open&per_page=1&page=57>; rel=\"last\"";
    let many = Scripted::start(move |_| ([("link", last)], ok(json!([pull(9)]))).into_response()).await;
    assert_eq!(many.github().open_pull_request_count(&repo()).await.expect("a count"), 57);
    let one = Scripted::start(|_| ok(json!([pull(9)]))).await;
    assert_eq!(one.github().open_pull_request_count(&repo()).await.expect("a count"), 1);
    let none = Scripted::start(|_| ok(json!([]))).await;
    assert_eq!(none.github().open_pull_request_count(&repo()).await.expect("a count"), 0);
}

#[tokio::test]
async fn branches_may_have_slashes_or_not_be_there() {
    let server = Scripted::start(|seen| match seen.path.as_str() {
        "/repos/octo/web/branches/release/1%202" => ok(json!({"name": "x", "commit": {"sha": "abc"}})),
        _ => status(404, "Branch not found"),
    })
    .await;
    let github = server.github();
    assert_eq!(github.latest_commit(&repo(), "release/1 2").await.expect("a commit").as_deref(), Some("abc"));
    assert_eq!(github.latest_commit(&repo(), "main").await.expect("no branch"), None);
}

#[tokio::test]
async fn a_label_that_is_not_there_is_as_good_as_removed() {
    let server = Scripted::start(|_| status(404, "Label does not exist")).await;
    assert_eq!(server.github().remove_label(&repo(), 7, "x?y=%").await.expect("gone"), None);
    assert_eq!(server.lines(), ["DELETE /repos/octo/web/issues/7/labels/x%3Fy%3D%25"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_json_makes_a_read_panic(at in 0usize..20, value in prop_oneof![
        Just(json!(null)), Just(json!([])), Just(json!({})), any::<i64>().prop_map(|n| json!(n)), ".{0,20}".prop_map(|s| json!(s)),
    ]) {
        let mut body = issue(7);
        let fields: Vec<String> = body.as_object().expect("an object").keys().cloned().collect();
        body[&fields[at % fields.len()]] = value;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let outcome = runtime.block_on(async {
            let server = Scripted::start(move |_| ok(body.clone())).await;
            server.github().issue(&repo(), 7).await
        });
        let fine = matches!(&outcome, Ok(_) | Err(Error::Unexpected { .. }));
        prop_assert!(fine, "{:?}", outcome);
    }
}
