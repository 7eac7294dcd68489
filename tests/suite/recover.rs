//! Nothing is lost: GitHub's lists of deliveries compared with ours, and what is missing got again.

use dispatch_domain::job::Job;
use dispatch_domain::status::Status;
use dispatch_store::health;
use github_sim::{DeliveryFault, Fault, FaultKind, Loss};
use jiff::SignedDuration;
use kit::Harness;
use serde_json::json;

const WEB: &str = "acme/web";

async fn missing(h: &Harness) -> i64 {
    health::details(&h.store).await.unwrap().backlog.deliveries_missing
}

/// A part of all that follows does not arrive; GitHub's list says so.
fn outage(h: &Harness, fraction: f64) {
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction, seed: 7, how: Loss::Failed });
}

#[tokio::test]
async fn what_an_outage_lost_is_noticed_and_delivered_again() {
    for app in [true, false] {
        let h = if app { Harness::as_app().await } else { Harness::with_repository_webhooks().await };
        let repo = h.repo(WEB).await;
        h.issue(&repo, "Before", &["status/ready"]).await;
        h.job(Job::Recover).await;
        outage(&h, 0.1);
        for n in 0..150 {
            h.issue(&repo, &format!("Issue {n}"), &["status/ready"]).await;
        }
        h.sim.clear_faults();
        let (sent, got) = (h.sim.deliveries().len(), h.db.count("delivery").await);
        let lost = i64::try_from(sent).unwrap() - got;
        assert!(lost > 10, "{sent} sent, {got} arrived");

        h.advance(SignedDuration::from_mins(5)).await;
        h.sim.forget_requests();
        let counts = h.job(Job::Recover).await;
        assert_eq!(counts["noticed"], lost, "{counts}");
        assert_eq!(counts["asked"], lost, "{counts}");
        h.arrive().await;
        assert_eq!(missing(&h).await, 0);
        let requests = h.sim.requests();
        let lists = requests
            .by_route
            .iter()
            .filter(|(route, _)| route.starts_with("GET") && route.ends_with("/deliveries"));
        assert!(
            lists.map(|(_, count)| count).sum::<u64>() <= u64::try_from(sent / 100 + 1).unwrap(),
            "{requests:?}"
        );
        // Each GUID once: what was not lost is not asked for.
        let again = h.job(Job::Recover).await;
        assert_eq!((again["noticed"].clone(), again["asked"].clone()), (json!(0), json!(0)), "{again}");
        assert_eq!(h.db.count("missing_delivery where state = 'recovered'").await, lost);
        h.finish().await;
    }
}

#[tokio::test]
async fn what_cannot_be_delivered_again_is_read_and_else_made_up_for() {
    let h = Harness::as_app().await;
    let repo = h.repo(WEB).await;
    let issue = h.issue(&repo, "One", &["status/ready"]).await;
    h.reconcile().await;
    h.job(Job::Recover).await;
    h.sim.delivery_fault(DeliveryFault::Lose { next: 1, how: Loss::Failed });
    h.act("ana", |ana| ana.add_label(WEB, issue.number, "bug")).await;
    // It never arrives: larger than the function may receive, for example.
    outage(&h, 1.0);
    for _ in 0..3 {
        h.advance(SignedDuration::from_mins(10)).await;
        h.job(Job::Recover).await;
    }
    assert_eq!(missing(&h).await, 0, "its payload was read from GitHub's list");
    assert_eq!(h.labels(&issue), ["bug", "status/ready"]);
    assert!(h.card(&issue).await.row.labels.contains(&"bug".to_owned()));

    // GitHub has forgotten it: what changed since is synchronised.
    h.sim.clear_faults();
    h.sim.delivery_fault(DeliveryFault::Lose { next: 1, how: Loss::Failed });
    h.act("ana", |ana| ana.retitle(WEB, issue.number, "Another")).await;
    h.sim.fault(
        Fault::once(FaultKind::ServerError { status: 404, applied: false }).on("POST /app/hook/deliveries/*"),
    );
    h.advance(SignedDuration::from_mins(10)).await;
    h.job(Job::Recover).await;
    assert_eq!((missing(&h).await, h.db.count("missing_delivery where state = 'reread'").await), (0, 1));
    h.reconcile().await;
    assert_eq!(h.card(&issue).await.row.title, "Another");
    h.finish().await;
}

#[tokio::test]
async fn a_comparison_goes_on_where_its_time_ran_out_and_a_quiet_list_is_free() {
    let h = Harness::with_repository_webhooks().await;
    let repo = h.repo(WEB).await;
    h.job(Job::Recover).await;
    for n in 0..120 {
        h.issue(&repo, &format!("Issue {n}"), &[]).await;
    }
    h.advance(SignedDuration::from_mins(5)).await;
    h.sim.fault(Fault::once(FaultKind::Slow { ms: 400 }).on("GET */deliveries"));
    let event = scheduled_sync::Event { job: Job::Recover, sync_run: None };
    h.sync.handle(&event, std::time::Duration::from_millis(200)).await.unwrap();
    assert_eq!(h.db.count("hook where comparing_at is not null").await, 1, "there is a second page");
    h.job(Job::Recover).await;
    assert_eq!(h.db.count("hook where comparing_at is not null").await, 0);

    h.advance(SignedDuration::from_mins(5)).await;
    h.job(Job::Recover).await;
    h.advance(SignedDuration::from_mins(5)).await;
    h.sim.forget_requests();
    h.job(Job::Recover).await;
    let requests = h.sim.requests();
    assert_eq!((requests.total, requests.charged), (1, 0), "{requests:?}");
    h.finish().await;
}

#[tokio::test]
async fn differences_are_counted_by_their_cause() {
    let h = Harness::new().await;
    let repo = h.repo(WEB).await;
    let missed = h.issue(&repo, "Missed", &["status/ready"]).await;
    let ours = h.issue(&repo, "Ours", &["status/ready"]).await;
    let both = h.issue(&repo, "Both", &["status/ready"]).await;
    h.reconcile().await;
    // Somebody edits while we write, and no event tells.
    h.move_to(&both, Status::InReview, None).await.unwrap();
    h.drain().await;
    h.sim.delivery_fault(DeliveryFault::Lose { next: 1, how: Loss::NeverSent });
    h.act("ana", |ana| ana.retitle(WEB, both.number, "Changed")).await;
    h.advance(SignedDuration::from_mins(1)).await;
    // No event told.
    h.sim.delivery_fault(DeliveryFault::Lose { next: 1, how: Loss::NeverSent });
    h.act("ana", |ana| ana.add_label(WEB, missed.number, "bug")).await;
    // The event came, and what it said is not what we hold.
    h.act("ana", |ana| ana.retitle(WEB, ours.number, "Changed")).await;
    let id = i64::try_from(ours.id).unwrap();
    h.db.rows("update issue set title = 'Ours', github_updated_at = github_updated_at - interval '1 minute' where id = $1", &[&id])
        .await;
    h.advance(SignedDuration::from_mins(5)).await;
    h.reconcile().await;
    let rows = h.db.rows("select cause, what from drift order by cause", &[]).await;
    let causes: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let pairs: Vec<(&str, &str)> =
        causes.iter().map(|(cause, what)| (cause.as_str(), what.as_str())).collect();
    assert_eq!(pairs, [("edit_during_write", "content"), ("missed_event", "labels"), ("own_bug", "content")]);
    let drift = h.api().operator().get("/api/health/details").await.ok()["drift"].clone();
    let once = |cause| json!({ "cause": cause, "count": 1 });
    assert_eq!(drift, json!([once("edit_during_write"), once("missed_event"), once("own_bug")]));
    h.finish().await;
}
