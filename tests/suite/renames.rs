//! Identity by number: history follows GitHub's id, whatever a thing is called and wherever it is.

use dispatch_domain::event::{Event, News};
use dispatch_domain::ids::IssueId;
use dispatch_domain::webhook::parse;
use dispatch_store::ingest::{self, Seen};
use dispatch_store::repositories;
use github_sim::{Change, DeliveryFault, Loss};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use serde_json::{Value, json};

const WEB: &str = "acme/web";

async fn names(h: &Harness) -> Vec<String> {
    let sql = "select owner || '/' || name from repository where not gone order by id";
    h.db.rows(sql, &[]).await.iter().map(|row| row.get(0)).collect()
}

fn deaf(h: &Harness) {
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 1, how: Loss::NeverSent });
}

async fn synced(h: &Harness) {
    h.sim.clear_faults();
    h.advance(SignedDuration::from_hours(7)).await;
    h.sweep().await;
    h.reconcile().await;
    h.settle().await;
}

#[tokio::test]
async fn a_repository_keeps_its_history_through_renames_and_transfers() {
    for told in [true, false] {
        let h = Harness::new().await;
        let repo = h.repo(WEB).await;
        let issue = h.issue(&repo, "One", &["status/ready"]).await;
        h.reconcile().await;
        let taken = h.agent("alpha").take().await;
        h.settle().await;
        if !told {
            deaf(&h);
        }
        h.act("ana", |ana| ana.rename_repository(WEB, "Site")).await;
        let to = "globex".to_owned();
        h.act("ana", |ana| ana.act(Change::TransferRepository { repo: "acme/site".into(), to }))
            .await
            .unwrap();
        let renamed = Change::RenameOwner { owner: "globex".into(), name: "Initech".into() };
        h.act("ana", |ana| ana.act(renamed)).await.unwrap();
        if !told {
            synced(&h).await;
        }
        assert_eq!(names(&h).await, ["Initech/Site"], "told: {told}");
        let claim = h.agent("alpha").renew(&taken).await.unwrap();
        assert_eq!((claim.owner.as_str(), claim.number), ("Initech", taken.number()));
        // In any case of letters it is the same one.
        let known = repositories::by_name(&h.store, &"INITECH/site".parse().unwrap()).await.unwrap();
        assert_eq!(known.github_id, i64::try_from(repo.id()).ok());
        assert_eq!(h.status(&issue).await, "in-progress");
        h.finish().await;
    }
}

#[tokio::test]
async fn a_repository_that_was_made_anew_is_another_one() {
    for told in [true, false] {
        let h = Harness::new().await;
        let old = h.repo(WEB).await;
        h.issue(&old, "Old", &["status/ready"]).await;
        h.reconcile().await;
        deaf(&h);
        h.act("ana", |ana| ana.delete_repository(WEB)).await;
        if told {
            h.sim.clear_faults();
        }
        h.tick().await;
        let new = h.sim.repo(WEB);
        new.issue("New").labels(["status/ready"]).open();
        h.arrive().await;
        if told {
            // Deliveries of an id we do not know are a hint: the next sync looks, and the one after reads the new one.
            h.advance(SignedDuration::from_mins(5)).await;
            h.reconcile().await;
        } else {
            synced(&h).await;
        }
        h.reconcile().await;
        h.settle().await;
        let rows = h.db.rows("select github_id, gone from repository order by id", &[]).await;
        let rows: Vec<(i64, bool)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let id = |id: u64| i64::try_from(id).unwrap();
        assert_eq!(rows, [(id(old.id()), true), (id(new.id()), false)], "told: {told}");
        let taken = h.agent("alpha").take().await;
        assert_eq!(taken.briefing.issue.title, "New");
        assert_eq!(h.db.count("audit_event where action = 'repository.recreated'").await, 1);
        h.finish().await;
    }
}

#[tokio::test]
async fn a_transferred_issue_leaves_a_trace_to_where_it_went() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.repo("acme/api").await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    h.act("ana", |ana| ana.transfer_issue(WEB, issue.number, "acme/api")).await;
    let rows = h.db.rows("select after from audit_event where action = 'issue.gone'", &[]).await;
    let after: serde_json::Value = rows[0].get(0);
    let there = h.sim.issue("acme/api", 1);
    let expected = json!({ "gone": true, "movedTo": "acme/api#1", "issueId": there.id.to_string() });
    assert_eq!(after, expected);
    let lost = h.agent("alpha").renew(&taken).await.unwrap_err();
    assert!(lost.to_string().contains("issue"), "{lost}");
    assert_eq!(h.card(&there).await.row.title, "One");
    h.finish().await;
}

#[tokio::test]
async fn of_two_issues_with_one_number_a_read_says_which_is_there() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.reconcile().await;
    let told =
        h.sim.deliveries().into_iter().rfind(|delivery| delivery.event == "issues").expect("it was told");
    let mut payload: Value = serde_json::from_str(&told.body).expect("JSON");
    payload["issue"]["id"] = json!(i64::MAX);
    let answer = h.deliver("issues", &payload).await;
    assert_eq!(answer.word, "ignored", "a delivery alone decides nothing");
    let why = "delivery where reason = '#1 is another issue to us, which is read again'";
    assert_eq!(h.db.count(why).await, 1);
    assert_eq!(h.rereads_wanted().await, 1);
    h.settle().await;
    assert_eq!(h.status(&issue).await, "ready", "it is the one that was known");

    // Put back from a copy, its GitHub counts anew.
    let Event::Repository { news: News::Issue(mut other), .. } = parse("issues", told.body.as_bytes()).event
    else {
        panic!("{told:?}")
    };
    other.id = IssueId(i64::MAX);
    other.title = "Another".to_owned();
    let seen = Seen::Read { known: None, drift: false, by: "set on GitHub" };
    ingest::issue(&h.store, 1, &other, seen, &OPERATOR).await.expect("GitHub shows it");
    let rows = h.db.rows("select title, gone from issue order by id", &[]).await;
    let rows: Vec<(String, bool)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(rows, [("One".to_owned(), true), ("Another".to_owned(), false)]);
    h.leaves_apart();
    h.leaves_work_waiting();
    h.finish().await;
}
