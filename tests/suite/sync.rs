//! The clock: whatever was missed is found, cheaply, and nobody holds up anybody else.

use std::time::Duration;

use dispatch_domain::job::Job;
use dispatch_store::repositories::Repository;
use dispatch_store::sync::{self, RunKind};
use dispatch_store::{Error, repositories};
use github_sim::{DeliveryFault, Fault, FaultKind, Loss};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use scheduled_sync::Event;
use serde_json::{Value, json};

const WEB: &str = "acme/web";
const API: &str = "acme/api";

/// Loses every webhook from now on, until faults are cleared.
fn deaf(h: &Harness) {
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 1, how: Loss::NeverSent });
}

async fn known(h: &Harness, name: &str) -> Repository {
    repositories::by_name(&h.store, &name.parse().unwrap()).await.unwrap()
}

async fn drift(h: &Harness) -> Vec<String> {
    h.db.rows("select what from drift order by id", &[]).await.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_first_sync_reads_everything_and_calls_nothing_drift() {
    let h = Harness::new().await;
    let repo = h.sim.repo(WEB);
    for n in 0..130 {
        repo.issue(&format!("Issue {n}")).labels(["status/ready"]).open();
    }
    repo.pull("A change").head("work").body("Closes #7").open();
    h.arrive().await;
    assert_eq!(h.db.count("issue").await, 0, "it was not tracked");
    h.repo(WEB).await;
    let counts = h.reconcile().await;
    // What is read as a change and again in the comparison is told once.
    assert_eq!(counts, json!({ "repositories": 1, "synced": 131, "failed": [] }));
    assert_eq!((h.db.count("issue").await, h.db.count("pull_request").await), (130, 1));
    assert_eq!(h.db.count("pull_request_issue").await, 1);
    assert_eq!(drift(&h).await, Vec::<String>::new());
    let web = known(&h, WEB).await;
    assert_eq!((web.last_synced_at, web.last_error), (Some(h.now()), None));
    assert_eq!(web.github_id, Some(i64::try_from(repo.id()).unwrap()));
    h.finish().await;
}

#[tokio::test]
async fn a_quiet_repository_costs_one_conditional_request() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.repo(API).await;
    h.issue(&repo, "One", &["status/ready"]).await;
    for _ in 0..3 {
        h.reconcile().await;
        h.advance(SignedDuration::from_mins(5)).await;
    }
    h.sim.forget_requests();
    h.reconcile().await;
    let requests = h.sim.requests();
    assert_eq!((requests.total, requests.not_modified, requests.charged), (2, 2, 0), "{requests:?}");
    // And a change is still seen.
    deaf(&h);
    h.act("ana", |ana| ana.add_label(WEB, 1, "bug")).await;
    h.advance(SignedDuration::from_mins(5)).await;
    h.reconcile().await;
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn missed_events_are_found_and_recorded_as_drift() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    let closed = h.issue(&repo, "Closed", &["status/ready"]).await;
    let moved = h.issue(&repo, "Moved", &["status/ready"]).await;
    let renamed = h.issue(&repo, "Renamed", &["status/ready"]).await;
    let taken = h.agent("alpha").only(&closed).take().await;
    h.settle().await;
    h.reconcile().await;
    deaf(&h);
    h.act("ana", |ana| ana.close(WEB, closed.number)).await;
    h.act("ana", |ana| ana.set_labels(WEB, moved.number, ["status/blocked"])).await;
    h.act("ana", |ana| ana.retitle(WEB, renamed.number, "Other")).await;
    h.tick().await;
    let new = repo.issue("New").labels(["status/ready"]).open();
    h.advance(SignedDuration::from_mins(5)).await;
    h.reconcile().await;
    h.sim.clear_faults();
    let mut found = drift(&h).await;
    found.sort();
    assert_eq!(found, ["content", "labels", "state", "unknown issue"]);
    assert_eq!(h.status(&closed).await, "done");
    assert_eq!(h.card(&moved).await.row.block_reason.as_deref(), Some("set on GitHub"));
    assert_eq!(h.status(&new).await, "ready");
    assert!(h.agent("alpha").renew(&taken).await.is_err(), "the claim learnt of it");
    h.reconcile().await;
    assert_eq!(drift(&h).await.len(), 4, "told once");
    h.finish().await;
}

#[tokio::test]
async fn what_a_webhook_may_still_tell_is_no_drift() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.reconcile().await;
    h.sim.delivery_fault(DeliveryFault::Shuffle { window: 100, seed: 1 });
    h.tick().await;
    h.sim.person("ana").add_label(WEB, issue.number, "bug");
    // Straight to the job: the harness would wait for the delivery.
    let event = Event { job: Job::Reconcile, sync_run: None };
    h.sync.handle(&event, Duration::from_secs(10)).await.unwrap();
    assert_eq!(h.card(&issue).await.row.labels.len(), 2);
    assert_eq!(drift(&h).await, Vec::<String>::new());
    h.finish().await;
}

#[tokio::test]
async fn deleted_and_transferred_issues_are_missed_by_the_full_open_set() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.repo(API).await;
    let deleted = h.issue(&repo, "Deleted", &["status/ready"]).await;
    let transferred = h.issue(&repo, "Transferred", &["status/ready"]).await;
    h.reconcile().await;
    deaf(&h);
    h.act("ana", |ana| ana.delete_issue(WEB, deleted.number)).await;
    h.act("ana", |ana| ana.transfer_issue(WEB, transferred.number, API)).await;
    h.advance(SignedDuration::from_hours(7)).await;
    h.reconcile().await;
    h.sim.clear_faults();
    assert_eq!(h.db.count("issue where gone").await, 2);
    assert_eq!(h.db.count("issue where not gone").await, 1, "where it was transferred to");
    h.finish().await;
}

#[tokio::test]
async fn closed_issues_that_vanish_untold_leave_the_board() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.repo(API).await;
    let deleted = h.issue(&repo, "Deleted", &[]).await;
    let transferred = h.issue(&repo, "Transferred", &[]).await;
    let kept = h.issue(&repo, "Kept", &[]).await;
    for issue in [&deleted, &transferred, &kept] {
        h.act("ana", |ana| ana.close(WEB, issue.number)).await;
    }
    h.reconcile().await;
    deaf(&h);
    h.act("ana", |ana| ana.delete_issue(WEB, deleted.number)).await;
    h.act("ana", |ana| ana.transfer_issue(WEB, transferred.number, API)).await;
    h.advance(SignedDuration::from_hours(7)).await;
    h.reconcile().await;
    assert_eq!(h.db.count("issue where gone").await, 2);
    assert_eq!(h.status(&kept).await, "done");
    // Where nothing was closed since, the list costs nothing.
    h.advance(SignedDuration::from_hours(7)).await;
    h.reconcile().await;
    h.advance(SignedDuration::from_hours(7)).await;
    h.sim.forget_requests();
    h.reconcile().await;
    let requests = h.sim.requests();
    assert_eq!((requests.total, requests.charged), (8, 0), "{requests:?}");
    h.sim.clear_faults();
    h.finish().await;
}

#[tokio::test]
async fn what_came_and_went_between_two_comparisons_is_missed_by_an_unchanged_list() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.issue(&repo, "Old", &[]).await;
    h.reconcile().await;
    h.advance(SignedDuration::from_hours(1)).await;
    let brief = h.issue(&repo, "Brief", &["status/ready"]).await;
    deaf(&h);
    h.act("ana", |ana| ana.delete_issue(WEB, brief.number)).await;
    h.advance(SignedDuration::from_hours(7)).await;
    h.reconcile().await;
    h.sim.clear_faults();
    assert_eq!(h.db.count("issue where gone").await, 1);
    h.agent("alpha").gets_nothing().await;
    h.finish().await;
}

#[tokio::test]
async fn a_renamed_and_archived_repository_is_followed_with_and_without_webhooks() {
    for hears in [true, false] {
        let h = Harness::new().await;
        let repo = h.repo(WEB).await;
        h.issue(&repo, "One", &["status/ready"]).await;
        h.reconcile().await;
        if !hears {
            deaf(&h);
        }
        h.act("ana", |ana| ana.rename_repository(WEB, "site")).await;
        h.act("ana", |ana| ana.archive_repository("acme/site", true)).await;
        if !hears {
            h.advance(SignedDuration::from_hours(7)).await;
            h.reconcile().await;
            h.sim.clear_faults();
        }
        let site = known(&h, "ACME/Site").await;
        assert!(site.archived);
        let old = repositories::by_name(&h.store, &WEB.parse().unwrap()).await;
        assert!(matches!(old, Err(Error::Refused(_))), "{old:?}");
        assert_eq!(h.agent("alpha").held_back_by().await, [("repository_writable", 1)]);
        h.finish().await;
    }
}

#[tokio::test]
async fn another_repository_under_an_old_name_is_another_repository() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.issue(&repo, "Old", &["status/ready"]).await;
    h.act("ana", |ana| ana.delete_repository(WEB)).await;
    assert_eq!(h.db.count("repository where gone").await, 1);
    assert_eq!(dispatch_store::board::board(&h.store).await.unwrap().cards.len(), 0);
    let again = h.repo(WEB).await;
    h.issue(&again, "New", &["status/ready"]).await;
    let cards = dispatch_store::board::board(&h.store).await.unwrap().cards;
    assert_eq!(cards.iter().map(|card| card.row.title.as_str()).collect::<Vec<_>>(), ["New"]);
    h.finish().await;
}

#[tokio::test]
async fn a_repository_in_trouble_is_shown_and_holds_up_no_other() {
    let h = Harness::new().await;
    h.repo(WEB).await;
    h.repo(API).await;
    h.sim.fault(
        Fault::once(FaultKind::ServerError { status: 502, applied: false })
            .on("GET /repos/acme/web/*")
            .times(3),
    );
    let counts = h.reconcile().await;
    assert_eq!(counts["failed"], json!([WEB]));
    let (web, api) = (known(&h, WEB).await, known(&h, API).await);
    assert!(web.last_error.as_deref().is_some_and(|error| error.contains("502")), "{:?}", web.last_error);
    assert_eq!((api.last_error, api.last_synced_at), (None, Some(h.now())));
    h.sim.clear_faults();
    h.advance(SignedDuration::from_mins(5)).await;
    assert_eq!(h.reconcile().await["failed"], json!([]));
    assert_eq!(known(&h, WEB).await.last_error, None);
    h.finish().await;
}

#[tokio::test]
async fn a_rate_limit_ends_the_job_and_the_next_one_goes_on() {
    let h = Harness::new().await;
    h.repo(WEB).await;
    h.repo(API).await;
    h.sim.fault(Fault::once(FaultKind::SecondaryLimit { retry_after: Some(60), status: 403 }));
    h.sim.forget_requests();
    h.reconcile().await;
    assert_eq!(h.sim.requests().total, 1, "GitHub asked for silence");
    h.advance(SignedDuration::from_mins(5)).await;
    h.reconcile().await;
    assert!(known(&h, WEB).await.last_error.is_none() && known(&h, API).await.last_error.is_none());
    let job = sync::jobs(&h.store).await.unwrap().remove(0);
    assert_eq!((job.job.as_str(), job.succeeded_at), ("reconcile", Some(h.now())));
    h.finish().await;
}

#[tokio::test]
async fn the_longest_unsynced_go_first_so_that_all_get_their_turn() {
    let h = Harness::new().await;
    let names = ["acme/a", "acme/b", "acme/c"];
    for name in names {
        h.repo(name).await;
    }
    h.reconcile().await;
    // Each list takes longer than the whole job may.
    h.sim.fault(Fault::once(FaultKind::Slow { ms: 700 }).on("GET /repos/{owner}/{repo}/issues").times(3));
    let mut turns = Vec::new();
    for _ in names {
        h.advance(SignedDuration::from_mins(5)).await;
        let event = Event { job: Job::Reconcile, sync_run: None };
        h.sync.handle(&event, Duration::from_millis(600)).await.unwrap();
        for name in names {
            if known(&h, name).await.last_synced_at == Some(h.now()) {
                turns.push(name);
            }
        }
    }
    turns.sort();
    assert_eq!(turns, names);
    h.finish().await;
}

#[tokio::test]
async fn one_run_of_a_kind_at_a_time_and_each_runs_once() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.issue(&repo, "One", &[]).await;
    let web = WEB.parse().unwrap();
    let (run, new) = sync::request(&h.store, RunKind::Issues, Some(&web), None, &OPERATOR).await.unwrap();
    assert!(new);
    assert_eq!(
        sync::request(&h.store, RunKind::Issues, Some(&web), None, &OPERATOR).await.unwrap(),
        (run, false)
    );
    let (all, new) = sync::request(&h.store, RunKind::Issues, None, None, &OPERATOR).await.unwrap();
    assert!(new && all != run);
    let unknown =
        sync::request(&h.store, RunKind::Issues, Some(&API.parse().unwrap()), None, &OPERATOR).await;
    assert!(matches!(unknown, Err(Error::Refused(_))));

    let event = Event { job: Job::Sync, sync_run: Some(run) };
    let time = Duration::from_secs(10);
    let (one, other) = futures::join!(h.sync.handle(&event, time), h.sync.handle(&event, time));
    let answers = [one.unwrap(), other.unwrap()];
    assert_eq!(
        answers.iter().filter(|answer| answer["started"] == Value::Bool(false)).count(),
        1,
        "{answers:?}"
    );
    let done = sync::run(&h.store, run).await.unwrap();
    assert_eq!((done.state.as_str(), done.repositories_total, done.repositories_done), ("finished", 1, 1));
    assert_eq!(done.results[0]["repo"], WEB);
    assert_eq!(done.results[0]["error"], Value::Null);
    let (again, new) = sync::request(&h.store, RunKind::Issues, Some(&web), None, &OPERATOR).await.unwrap();
    assert!(new && again != run);
    h.finish().await;
}

#[tokio::test]
async fn a_run_that_never_started_or_died_is_picked_up_by_the_sweep() {
    let h = Harness::new().await;
    h.repo(WEB).await;
    let (run, _) = sync::request(&h.store, RunKind::Issues, None, None, &OPERATOR).await.unwrap();
    assert_eq!(h.sweep().await["runs"], 0, "whoever asked may still start it");
    h.advance(SignedDuration::from_mins(2)).await;
    assert_eq!(h.sweep().await["runs"], 1);
    assert_eq!(sync::run(&h.store, run).await.unwrap().state, "finished");

    let (run, _) = sync::request(&h.store, RunKind::Automation, None, None, &OPERATOR).await.unwrap();
    sync::start(&h.store, run).await.unwrap().expect("it starts");
    h.advance(SignedDuration::from_mins(2)).await;
    assert_eq!(h.sweep().await["runs"], 0, "it may be under way");
    h.advance(SignedDuration::from_mins(14)).await;
    assert_eq!(h.sweep().await["runs"], 1);
    assert_eq!(sync::run(&h.store, run).await.unwrap().state, "finished");
    h.finish().await;
}

#[tokio::test]
async fn facts_of_repositories_are_refreshed() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    repo.pull("One").head("one").open();
    repo.pull("Two").head("two").open();
    h.arrive().await;
    assert_eq!(h.job(Job::Automation).await, json!({ "synced": 1, "failed": 0 }));
    let web = known(&h, WEB).await;
    assert_eq!(web.latest_commit_sha, Some(repo.head_sha()));
    assert_eq!((web.default_branch.as_deref(), web.open_pr_count), (Some("main"), 2));
    h.finish().await;
}

#[tokio::test]
async fn retention_forgets_what_has_served_its_time() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let deliveries = h.db.count("delivery").await;
    assert!(deliveries > 0);
    h.job(Job::Retention).await;
    assert_eq!(h.db.count("delivery").await, deliveries);
    h.advance(SignedDuration::from_hours(8 * 24)).await;
    h.job(Job::Retention).await;
    assert_eq!(h.db.count("delivery").await, 0);
    assert!(h.db.count("audit_event").await > 0);
    h.advance(SignedDuration::from_hours(366 * 24)).await;
    h.job(Job::Retention).await;
    assert_eq!(h.db.count("audit_event").await, 0);
    assert_eq!(h.db.count("issue").await, 1);
    h.finish().await;
}

#[tokio::test]
async fn a_repository_that_is_gone_does_not_make_its_issues_gone() {
    // An outage that answers 404 for everything must not throw work away.
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    h.tick().await;
    h.sim.person("ana").add_label(WEB, issue.number, "bug");
    h.sim.person("ana").add_label(WEB, issue.number, "more");
    h.arrive().await;
    assert_eq!(h.rereads_wanted().await, 1);
    h.sim.revoke_token(None);
    h.sweep().await;
    assert_eq!(h.db.count("issue where gone").await, 0);
    h.agent("alpha").renew(&taken).await.unwrap();
    h.sim.clear_faults();
    h.finish().await;
}
