//! What waits for what: relations from GitHub and from texts, across repositories, and the counts that follow.

use dispatch_domain::dependency::{Relation, Target};
use dispatch_domain::ids::IssueId;
use dispatch_store::dependencies;
use github_sim::{DeliveryFault, IssueEdit, IssueView, Loss, Relate};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::id;

/// How many open issues an issue waits for, and how many wait for it.
async fn counts(h: &Harness, issue: &IssueView) -> (i32, i32) {
    let sql = "select waits_for, unblocks from work where issue_id = $1 and kind = 'implement'";
    let rows = h.db.rows(sql, &[&id(issue).0]).await;
    (rows[0].get(0), rows[0].get(1))
}

fn target(issue: &IssueView, closed: bool) -> Target {
    Target {
        id: Some(id(issue)),
        repository: issue.repo.parse().unwrap(),
        number: i32::try_from(issue.number).unwrap(),
        closed: Some(closed),
    }
}

async fn written(h: &Harness, repo: &str, title: &str, body: &str) -> IssueView {
    h.tick().await;
    let issue = h.sim.repo(repo).issue(title).body(body).labels(["status/ready"]).open();
    h.arrive().await;
    issue
}

fn reword(body: &str) -> IssueEdit {
    IssueEdit { body: Some(body.to_owned()), ..IssueEdit::default() }
}

#[tokio::test]
async fn a_text_that_names_an_issue_waits_for_it_and_follows_edits() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    h.repo("acme/api").await;
    let first = written(&h, "acme/web", "First", "").await;
    let other = written(&h, "acme/api", "Elsewhere", "").await;
    let body = format!("Depends on #{} and ACME/Api#{}.", first.number, other.number);
    let waiting = written(&h, "acme/web", "Waiting", &body).await;
    assert_eq!(counts(&h, &waiting).await, (2, 0));
    assert_eq!((counts(&h, &first).await, counts(&h, &other).await), ((0, 1), (0, 1)));

    h.act("ana", |ana| {
        ana.edit("acme/web", waiting.number, reword(&format!("Depends on #{}.", first.number)))
    })
    .await;
    assert_eq!((counts(&h, &waiting).await, counts(&h, &other).await), ((1, 0), (0, 0)));
    h.act("ana", |ana| ana.close("acme/web", first.number)).await;
    assert_eq!(counts(&h, &waiting).await, (0, 0));
    h.act("ana", |ana| ana.reopen("acme/web", first.number)).await;
    assert_eq!((counts(&h, &waiting).await, counts(&h, &first).await), ((1, 0), (0, 1)));
    // Whoever is done waits for nobody, and nobody is unblocked by what is done for it.
    h.act("ana", |ana| ana.close("acme/web", waiting.number)).await;
    assert_eq!(counts(&h, &first).await, (0, 0));
    h.finish().await;
}

#[tokio::test]
async fn what_is_named_before_it_is_seen_counts_once_it_appears() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let waiting = written(&h, "acme/web", "Waiting", "Blocked by acme/api#1 and #2, acme/web#2").await;
    assert_eq!(counts(&h, &waiting).await, (0, 0), "nobody can tell whether they are open");
    let second = written(&h, "acme/web", "Second", "").await;
    assert_eq!((second.number, counts(&h, &waiting).await), (2, (1, 0)));
    h.repo("acme/api").await;
    let elsewhere = written(&h, "acme/api", "Elsewhere", "").await;
    assert_eq!((elsewhere.number, counts(&h, &waiting).await), (1, (2, 0)));
    // What is no longer tracked may be closed by now.
    let api = "acme/api".parse().unwrap();
    dispatch_store::repositories::untrack(&h.store, &api, &kit::harness::OPERATOR).await.unwrap();
    dependencies::settle(&h.store).await.unwrap();
    assert_eq!(counts(&h, &waiting).await, (1, 0));
    h.act("ana", |ana| ana.delete_issue("acme/web", second.number)).await;
    assert_eq!(counts(&h, &waiting).await, (0, 0));
    h.finish().await;
}

#[tokio::test]
async fn githubs_own_relations_count_beside_those_of_the_text() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let one = written(&h, "acme/web", "One", "").await;
    let part = written(&h, "acme/web", "Part", "").await;
    let parent = written(&h, "acme/web", "Parent", &format!("depends on #{}", one.number)).await;
    let told = [target(&one, false)];
    dependencies::replace(&h.store, id(&parent), Relation::BlockedBy, &told).await.unwrap();
    dependencies::replace(&h.store, id(&parent), Relation::SubIssue, &[target(&part, false)]).await.unwrap();
    // One issue named twice is one issue.
    assert_eq!((counts(&h, &parent).await, counts(&h, &one).await), ((2, 0), (0, 1)));
    // A target that is not cached counts as GitHub tells it.
    let foreign = |closed| Target {
        id: Some(IssueId(987_654)),
        repository: "other/place".parse().unwrap(),
        number: 3,
        closed: Some(closed),
    };
    dependencies::replace(&h.store, id(&parent), Relation::BlockedBy, &[foreign(false)]).await.unwrap();
    assert_eq!(counts(&h, &parent).await, (3, 0));
    dependencies::replace(&h.store, id(&parent), Relation::BlockedBy, &[foreign(true)]).await.unwrap();
    assert_eq!(counts(&h, &parent).await, (2, 0));
    dependencies::replace(&h.store, id(&parent), Relation::BlockedBy, &[]).await.unwrap();
    dependencies::replace(&h.store, id(&parent), Relation::SubIssue, &[]).await.unwrap();
    assert_eq!((counts(&h, &parent).await, counts(&h, &part).await), ((1, 0), (0, 0)));
    h.finish().await;
}

fn blocks(waiting: &IssueView, on: &IssueView, related: bool) -> Relate {
    let (repo, number) = (waiting.repo.clone(), waiting.number);
    Relate::BlockedBy { repo, number, other_repo: on.repo.clone(), other: on.number, related }
}

fn part(parent: &IssueView, part: &IssueView, related: bool) -> Relate {
    let (repo, number) = (parent.repo.clone(), parent.number);
    Relate::SubIssue { repo, number, other_repo: part.repo.clone(), other: part.number, related }
}

#[tokio::test]
async fn relations_that_no_webhook_told_are_read_by_the_next_comparison() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    h.repo("acme/api").await;
    let parent = written(&h, "acme/web", "Parent", "").await;
    let piece = written(&h, "acme/web", "Piece", "").await;
    let elsewhere = written(&h, "acme/api", "Elsewhere", "").await;
    h.reconcile().await;
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 1, how: Loss::NeverSent });
    let later = async || {
        h.advance(SignedDuration::from_hours(7)).await;
        h.reconcile().await;
    };
    let ana = h.sim.person("ana");
    ana.relate(part(&parent, &piece, true));
    ana.relate(blocks(&parent, &elsewhere, true));
    assert_eq!(counts(&h, &parent).await, (0, 0));
    later().await;
    assert_eq!(counts(&h, &parent).await, (2, 0));
    assert_eq!((counts(&h, &piece).await, counts(&h, &elsewhere).await), ((0, 1), (0, 1)));
    // As many as before, and others.
    ana.relate(blocks(&parent, &elsewhere, false));
    ana.relate(blocks(&parent, &piece, true));
    ana.retitle("acme/web", parent.number, "Parent of one");
    later().await;
    assert_eq!((counts(&h, &parent).await, counts(&h, &elsewhere).await), ((1, 0), (0, 0)));
    ana.relate(blocks(&parent, &piece, false));
    ana.relate(part(&parent, &piece, false));
    later().await;
    assert_eq!((counts(&h, &parent).await, counts(&h, &piece).await), ((0, 0), (0, 0)));
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn a_relation_may_be_told_before_either_issue() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let one = h.sim.repo("acme/web");
    h.sim.delivery_fault(github_sim::DeliveryFault::Shuffle { window: 100, seed: 1 });
    let first = one.issue("First").labels(["status/ready"]).open();
    let second = one.issue("Second").labels(["status/ready"]).open();
    dependencies::replace(&h.store, id(&second), Relation::BlockedBy, &[target(&first, false)])
        .await
        .unwrap();
    h.arrive().await;
    assert_eq!((counts(&h, &second).await, counts(&h, &first).await), ((1, 0), (0, 1)));
    h.finish().await;
}

#[tokio::test]
async fn what_unblocks_others_goes_first_by_a_bonus_that_survives_every_save() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    let plain = written(&h, "acme/web", "Plain", "").await;
    let wanted = written(&h, "acme/web", "Wanted", "").await;
    for n in 0..2 {
        written(&h, "acme/web", &format!("Waits {n}"), &format!("blocked by #{}", wanted.number)).await;
    }
    let key = async |issue: &IssueView| -> jiff::Timestamp {
        h.db.value("select rank_key from work where issue_id = $1", &[&id(issue).0]).await
    };
    assert!(key(&wanted).await < key(&plain).await);
    let before = key(&wanted).await;
    h.act("ana", |ana| ana.add_label("acme/web", wanted.number, "bug")).await;
    assert_eq!(key(&wanted).await, before);
    assert_eq!(
        h.db.value::<i32>("select bonus_seconds from work where issue_id = $1", &[&id(&wanted).0]).await,
        2 * 86_400
    );
    h.finish().await;
}

/// Both sides of a relation change at the same time, many times over: whichever commits last is counted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_and_relating_at_once_never_leaves_a_wrong_count() {
    let h = Harness::with_pool(8).await;
    h.repo("acme/web").await;
    for round in 0..12 {
        let first = written(&h, "acme/web", "First", "").await;
        let second = written(&h, "acme/web", "Second", "").await;
        h.tick().await;
        let close = async {
            h.sim.person("ana").close("acme/web", first.number);
            h.arrive().await;
        };
        let told = [target(&first, false)];
        let (related, ()) =
            futures::join!(dependencies::replace(&h.store, id(&second), Relation::BlockedBy, &told), close);
        related.unwrap();
        dependencies::settle(&h.store).await.unwrap();
        assert_eq!(counts(&h, &second).await, (0, 0), "round {round}");
    }
    h.finish().await;
}

/// An issue of a repository that is not tracked counts as GitHub told it with the relation, which nobody did here.
#[tokio::test]
async fn whatever_statement_switches_a_repository_off_what_waits_for_its_issues_is_counted_anew() {
    let h = Harness::new().await;
    h.repo("acme/web").await;
    h.repo("acme/api").await;
    let other = written(&h, "acme/api", "Elsewhere", "").await;
    let waiting = written(&h, "acme/web", "Waiting", "Depends on acme/api#1.").await;
    assert_eq!(counts(&h, &waiting).await, (1, 0));
    let alpha = h.agent("alpha").in_repos(&["acme/web"]);
    assert_eq!(alpha.held_back_by().await, [("repository", 1), ("dependencies", 1)]);

    h.db.run("update repository set enabled = false where name = 'api'").await;
    // Never "contended" while nobody else asks: what passes every gate is what is searched for.
    let taken = alpha.take().await;
    assert_eq!(taken.number(), i32::try_from(waiting.number).unwrap());

    h.db.run("update repository set enabled = true where name = 'api'").await;
    dependencies::settle(&h.store).await.unwrap();
    assert_eq!((counts(&h, &waiting).await, counts(&h, &other).await), ((1, 0), (0, 1)));
    h.settle().await;
    h.leaves_work_waiting();
    h.finish().await;
}
