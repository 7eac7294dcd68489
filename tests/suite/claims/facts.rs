//! Section 6.4: what facts from GitHub and an operator's moves do to a live claim, one by one.

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use dispatch_store::repositories;
use github_sim::{IssueView, Person, RepoHandle};
use kit::harness::OPERATOR;
use kit::{Harness, Taken};

use super::why;

/// An issue that alpha holds, its labels written.
async fn held() -> (Harness, RepoHandle, IssueView, Taken) {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    let issue = h.issue(&repo, "One", &["status/ready", "bug"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "bug", "status/in-progress"]);
    (h, repo, issue, taken)
}

/// What becomes of alpha's claim after `fact`: its end, if it ended, and the labels at rest.
async fn after(fact: impl FnOnce(&Person, u64)) -> (Option<String>, Vec<String>) {
    let (h, _, issue, taken) = held().await;
    h.act("ana", |ana| fact(ana, issue.number)).await;
    h.settle().await;
    let end = match h.agent("alpha").renew(&taken).await {
        Ok(_) => None,
        lost => Some(why(lost)),
    };
    let labels = h.sim.find_issue("acme/web", issue.number).map_or(vec![], |issue| {
        let mut labels = issue.labels;
        labels.sort();
        labels
    });
    h.finish().await;
    (end, labels)
}

fn ended(reason: &str, labels: &[&str]) -> (Option<String>, Vec<String>) {
    (Some(reason.to_owned()), labels.iter().map(ToString::to_string).collect())
}

fn stays(labels: &[&str]) -> (Option<String>, Vec<String>) {
    (None, labels.iter().map(ToString::to_string).collect())
}

const REPO: &str = "acme/web";

#[tokio::test]
async fn closing_ends_the_claim_and_writes_nothing_more() {
    let found = after(|ana, number| drop(ana.close(REPO, number))).await;
    assert_eq!(found, ended("issue_closed", &["agent/alpha", "bug", "status/in-progress"]));
}

#[tokio::test]
async fn deleting_or_transferring_ends_the_claim() {
    assert_eq!(after(|ana, number| ana.delete_issue(REPO, number)).await, ended("issue_gone", &[]));
    let (h, _, issue, taken) = held().await;
    h.sim.repo("acme/api");
    h.act("ana", |ana| ana.transfer_issue(REPO, issue.number, "acme/api")).await;
    assert_eq!(why(h.agent("alpha").renew(&taken).await), "issue_gone");
    h.finish().await;
}

#[tokio::test]
async fn a_person_takes_work_back_by_status_or_by_the_agent_label() {
    let ready = after(|ana, number| drop(ana.add_label(REPO, number, "status/ready"))).await;
    assert_eq!(ready, ended("taken_back", &["bug", "status/ready"]));
    let backlog =
        after(|ana, number| drop(ana.set_labels(REPO, number, ["bug", "status/backlog", "agent/alpha"])))
            .await;
    assert_eq!(backlog, ended("taken_back", &["bug", "status/backlog"]));
    let none = after(|ana, number| drop(ana.remove_label(REPO, number, "status/in-progress"))).await;
    assert_eq!(none, ended("taken_back", &["bug"]));
    let label = after(|ana, number| drop(ana.remove_label(REPO, number, "agent/alpha"))).await;
    assert_eq!(label, ended("taken_back", &["bug", "status/in-progress"]));
}

#[tokio::test]
async fn another_agents_label_reassigns_the_work_and_that_agent_gets_it() {
    let (h, _, issue, taken) = held().await;
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "agent/beta")).await;
    h.settle().await;
    assert_eq!(why(h.agent("alpha").renew(&taken).await), "reassigned");
    assert_eq!(h.labels(&issue), ["agent/beta", "bug", "status/ready"]);
    assert_eq!(h.agent("gamma").held_back_by().await, [("reserved", 1)]);
    h.tick().await;
    h.agent("beta").take().await;
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/beta", "bug", "status/in-progress"]);
    h.finish().await;
}

#[tokio::test]
async fn in_review_and_blocked_leave_the_claim_alone() {
    let review = after(|ana, number| drop(ana.add_label(REPO, number, "status/in-review"))).await;
    assert_eq!(review, stays(&["agent/alpha", "bug", "status/in-review"]));
    let blocked = after(|ana, number| drop(ana.add_label(REPO, number, "Status/Blocked"))).await;
    assert_eq!(blocked, stays(&["Status/Blocked", "agent/alpha", "bug"]));
    let done = after(|ana, number| drop(ana.add_label(REPO, number, "status/done"))).await;
    assert_eq!(done, stays(&["agent/alpha", "bug", "status/done"]));
}

#[tokio::test]
async fn a_person_who_blocks_is_named_and_the_agents_report_does_not_undo_it() {
    let (h, _, issue, taken) = held().await;
    h.act("ana", |ana| ana.add_label(REPO, issue.number, "status/blocked")).await;
    h.settle().await;
    assert_eq!(h.card(&issue).await.row.block_reason.as_deref(), Some("set on GitHub by ana"));
    h.agent("alpha").complete(&taken, Outcome::PrOpened).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["bug", "status/blocked"]);
    h.finish().await;
}

#[tokio::test]
async fn a_reopened_issue_goes_to_the_backlog_unless_a_label_says_otherwise() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let done = h.issue(&repo, "Done", &["status/done", "bug"]).await;
    let plain = h.issue(&repo, "Plain", &[]).await;
    let review = h.issue(&repo, "In review", &["status/in-review"]).await;
    for issue in [&done, &plain, &review] {
        h.act("ana", |ana| ana.close(REPO, issue.number)).await;
        assert_eq!(h.status(issue).await, "done");
        h.act("ana", |ana| ana.reopen(REPO, issue.number)).await;
    }
    h.settle().await;
    assert_eq!((h.status(&done).await.as_str(), h.labels(&done)), ("backlog", vec!["bug".to_owned()]));
    assert_eq!(h.status(&plain).await, "backlog");
    assert_eq!(h.status(&review).await, "in-review");
    h.finish().await;
}

#[tokio::test]
async fn done_without_closing_is_shown_with_a_problem_and_not_handed_out() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "Done?", &["status/ready"]).await;
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/done"])).await;
    let row = h.card(&issue).await.row;
    assert_eq!(row.status, "done");
    assert_eq!(row.problems, ["labelled status/done although it is open: close it, or take the label off"]);
    assert_eq!(h.agent("alpha").held_back_by().await, [("status", 1)]);
    h.finish().await;
}

#[tokio::test]
async fn a_repository_that_is_switched_off_or_archived_keeps_its_claims() {
    let (h, repo, issue, taken) = held().await;
    h.issue(&repo, "Two", &["status/ready"]).await;
    repositories::untrack(&h.store, &REPO.parse().unwrap(), &OPERATOR).await.unwrap();
    let alpha = h.agent("alpha");
    alpha.renew(&taken).await.unwrap();
    assert_eq!(h.agent("beta").held_back_by().await, [("repository_enabled", 2)]);
    repositories::track(&h.store, &REPO.parse().unwrap(), repositories::Origin::User, None, &OPERATOR)
        .await
        .unwrap();
    h.act("ana", |ana| ana.archive_repository(REPO, true)).await;
    alpha.renew(&taken).await.unwrap();
    assert_eq!(h.agent("beta").held_back_by().await, [("repository_writable", 2)]);
    h.act("ana", |ana| ana.archive_repository(REPO, false)).await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["bug", "status/in-review"]);
    h.finish().await;
}

#[tokio::test]
async fn an_operators_move_decides_like_a_persons_label() {
    let (h, _, issue, taken) = held().await;
    h.move_to(&issue, Status::Blocked, Some("Wait for legal.")).await.unwrap();
    h.settle().await;
    assert_eq!(h.labels(&issue), ["agent/alpha", "bug", "status/blocked"]);
    h.agent("alpha").renew(&taken).await.unwrap();
    h.tick().await;
    h.move_to(&issue, Status::Ready, None).await.unwrap();
    h.settle().await;
    assert_eq!(why(h.agent("alpha").renew(&taken).await), "taken_back");
    assert_eq!(h.labels(&issue), ["bug", "status/ready"]);
    h.finish().await;
}

#[tokio::test]
async fn a_label_that_an_ended_claim_left_on_a_closed_issue_reserves_nothing_when_it_is_reopened() {
    let (h, _, issue, _) = held().await;
    h.act("ana", |ana| ana.close("acme/web", issue.number)).await;
    h.settle().await;
    assert!(h.labels(&issue).contains(&"agent/alpha".to_owned()), "a closed issue is not written");
    h.act("ana", |ana| ana.reopen("acme/web", issue.number)).await;
    h.settle().await;
    assert_eq!(h.labels(&issue), ["bug", "status/in-progress"]);
    h.act("ana", |ana| ana.set_labels("acme/web", issue.number, ["status/ready"])).await;
    h.agent("beta").take().await;
    h.finish().await;
}
