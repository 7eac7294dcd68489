//! Taking in: any permutation of deliveries, with duplicates and losses, ends at what GitHub shows.

use github_sim::{DeliveryFault, IssueEdit};
use kit::Harness;

const REPO: &str = "acme/web";

#[tokio::test]
async fn without_ties_deliveries_in_any_order_need_no_read() {
    for seed in 0..4 {
        let h = Harness::new().await;
        let repo = h.repo(REPO).await;
        let issue = h.issue(&repo, "One", &["status/ready"]).await;
        h.sim.delivery_fault(DeliveryFault::Shuffle { window: 1000, seed });
        h.sim.delivery_fault(DeliveryFault::Duplicate { next: 5 });
        let ana = h.sim.person("ana");
        let acts: [&dyn Fn(); 6] = [
            &|| drop(ana.add_label(REPO, issue.number, "bug")),
            &|| drop(ana.retitle(REPO, issue.number, "Two")),
            &|| drop(ana.set_labels(REPO, issue.number, ["bug", "status/blocked"])),
            &|| ana.comment(REPO, issue.number, "Why?"),
            &|| drop(ana.close(REPO, issue.number)),
            &|| drop(ana.reopen(REPO, issue.number)),
        ];
        for act in acts {
            h.tick().await;
            act();
        }
        h.sim.forget_requests();
        h.arrive().await;
        let row = h.card(&issue).await.row;
        assert_eq!(
            (row.title.as_str(), row.status.as_str(), row.comments),
            ("Two", "blocked", 1),
            "seed {seed}"
        );
        // Setting labels is two events of one second: an order of those may leave one doubt, and nothing else does.
        assert!(h.rereads_wanted().await <= 1);
        h.settle().await;
        assert!(h.sim.requests().total <= 1);
        h.finish().await;
    }
}

#[tokio::test]
async fn a_tie_is_settled_by_one_read() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &[]).await;
    h.tick().await;
    // Two changes within one second: their snapshots carry one version.
    h.sim.person("ana").add_label(REPO, issue.number, "status/ready");
    h.sim.person("ben").retitle(REPO, issue.number, "Two");
    h.arrive().await;
    assert_eq!(h.rereads_wanted().await, 1);
    h.sim.forget_requests();
    h.sweep().await;
    assert_eq!(h.sim.requests().total, 1);
    assert_eq!(h.card(&issue).await.row.title, "Two");
    assert_eq!(h.rereads_wanted().await, 0);
    h.finish().await;
}

#[tokio::test]
async fn a_label_that_is_renamed_or_deleted_is_read_again_from_its_issues() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/ready", "kind"]).await;
    let two = h.issue(&repo, "Two", &["STATUS/READY"]).await;
    let other = h.issue(&repo, "Other", &["status/blocked"]).await;
    h.act("ana", |ana| ana.rename_label(REPO, "status/ready", "status/in-review")).await;
    assert_eq!(h.rereads_wanted().await, 2);
    h.settle().await;
    assert_eq!((h.status(&one).await.as_str(), h.status(&two).await.as_str()), ("in-review", "in-review"));
    h.act("ana", |ana| ana.delete_label(REPO, "status/blocked")).await;
    h.settle().await;
    assert_eq!(h.status(&other).await, "backlog");
    h.finish().await;
}

#[tokio::test]
async fn a_label_definition_changed_in_the_second_of_the_issue_is_found_all_the_same() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    // Renaming a label leaves the issue's version as it is.
    h.sim.person("ana").rename_label(REPO, "status/ready", "status/blocked");
    h.arrive().await;
    h.settle().await;
    assert_eq!(h.status(&issue).await, "blocked");
    h.finish().await;
}

#[tokio::test]
async fn a_label_that_was_renamed_before_it_was_told_where_it_is_is_found_all_the_same() {
    // In some of these orders the label's own webhook overtakes the issue's.
    for seed in 0..4 {
        let h = Harness::new().await;
        let repo = h.repo(REPO).await;
        let issue = h.issue(&repo, "One", &[]).await;
        h.tick().await;
        h.sim.delivery_fault(DeliveryFault::Shuffle { window: usize::MAX, seed });
        let ana = h.sim.person("ana");
        ana.add_label(REPO, issue.number, "status/ready");
        ana.rename_label(REPO, "status/ready", "status/blocked");
        h.sim.clear_faults();
        h.arrive().await;
        h.settle().await;
        assert_eq!(h.status(&issue).await, "blocked", "seed {seed}");
        // GitHub has told: the next webhook is believed again.
        h.act("ana", |ana| ana.add_label(REPO, issue.number, "bug")).await;
        assert_eq!(h.rereads_wanted().await, 0, "seed {seed}");
        h.settle().await;
        h.finish().await;
    }
}

#[tokio::test]
async fn pull_requests_are_cached_and_linked() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &[]).await;
    let other = h.issue(&repo, "Two", &[]).await;
    h.tick().await;
    let pull = repo.pull("Fix").head("fix").body("Fixes #1").open();
    h.arrive().await;
    let linked = |card: dispatch_store::board::Card| -> Vec<(i32, String)> {
        card.pull_requests.into_iter().map(|pull| (pull.number, pull.state)).collect()
    };
    let number = i32::try_from(pull.number).unwrap();
    assert_eq!(linked(h.card(&issue).await), [(number, "open".to_owned())]);
    let edit = IssueEdit { body: Some("Fixes #2".into()), ..IssueEdit::default() };
    h.act("ana", |ana| ana.edit(REPO, pull.number, edit)).await;
    assert_eq!(linked(h.card(&issue).await), []);
    assert_eq!(linked(h.card(&other).await), [(number, "open".to_owned())]);
    h.act("ana", |ana| ana.comment(REPO, pull.number, "Nice")).await;
    h.settle().await;
    h.act("ana", |ana| ana.merge(REPO, pull.number)).await;
    h.settle().await;
    assert_eq!(linked(h.card(&other).await), [(number, "merged".to_owned())]);
    // Merging closed the issue, which GitHub told too.
    assert_eq!(h.status(&other).await, "done");
    h.finish().await;
}
