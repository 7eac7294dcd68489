//! Jobs of the clock die. The next one goes on.

use dispatch_domain::ids::SyncRunId;
use dispatch_domain::job::Job;
use dispatch_domain::status::Status;
use dispatch_store::ingest;
use dispatch_store::sync::{self, RunKind};
use github_sim::IssueView;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::{OPERATOR, id};
use kit::webhook::Call;

use super::worker::Task;
use super::{Journey, cut_webhooks, issue, with_foreign};

/// Everything that a sweep finds: an expired lease, a write that nobody was nudged for, a delivery that could not be
/// applied, and doubts that only a read settles.
pub(super) struct Sweep {
    expired: IssueView,
    moved: IssueView,
    undelivered: IssueView,
    doubted: IssueView,
}

impl Journey for Sweep {
    async fn set_up(h: &Harness) -> Self {
        let expired = issue(h, &["status/ready"]).await;
        h.agent("alpha").take().await;
        let moved = issue(h, &["status/ready"]).await;
        let undelivered = issue(h, &[]).await;
        let doubted = issue(h, &[]).await;
        h.drain().await;
        h.reconcile().await;
        h.advance(SignedDuration::from_mins(16)).await;

        h.move_to(&moved, Status::InReview, None).await.expect("moved");
        h.nudges.lose_all();

        cut_webhooks(h);
        h.act("mona", |mona| mona.retitle(&doubted.repo, doubted.number, "Darker mode")).await;
        ingest::want_reread(&h.store, id(&doubted)).await.expect("wanted");
        h.act("mona", |mona| mona.add_label(&undelivered.repo, undelivered.number, "status/ready")).await;
        h.sim.clear_faults();
        let delivery = h.sim.deliveries().pop().expect("a delivery");
        h.db.run(
            "create function refuse() returns trigger language plpgsql as 'begin raise ''not now''; end';
             create trigger refuse before update on issue for each row execute function refuse()",
        )
        .await;
        let answer = h.call(Call::new(&delivery.event, delivery.body)).await;
        assert_eq!((answer.status.as_u16(), answer.word.as_str()), (202, "failed"));
        h.db.run("drop function refuse cascade").await;
        h.advance(SignedDuration::from_mins(1)).await;
        Self { expired, moved, undelivered, doubted }
    }

    fn task(&self) -> Task {
        Task::job("sweep", None)
    }

    async fn died(&self, h: &Harness, _: bool) {
        // All of the end of a claim or nothing of it.
        let active = h.db.count("claim where state = 'active'").await;
        assert_eq!(h.status(&self.expired).await, if active == 1 { "in-progress" } else { "ready" });
        assert_eq!(h.db.count("audit_event where action = 'claim.ended'").await, 1 - active);
        let failed = h.db.count("delivery where outcome = 'failed'").await;
        assert_eq!(h.status(&self.undelivered).await, if failed == 1 { "backlog" } else { "ready" });
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.expired), with_foreign(&["status/ready"]));
        assert_eq!(h.labels(&self.moved), with_foreign(&["status/in-review"]));
        assert_eq!(h.status(&self.undelivered).await, "ready");
        assert_eq!(h.card(&self.doubted).await.row.title, "Darker mode");
        // Once each, however often it was begun.
        let attempts =
            format!("work where issue_id = {} and attempts_without_progress = 1", id(&self.expired));
        assert_eq!(h.db.count(&attempts).await, 1);
        assert_eq!(h.db.count("audit_event where action = 'claim.ended'").await, 1);
        assert_eq!(h.db.count("claim where end_reason = 'expired'").await, 1);
    }
}

/// What happened on GitHub while no webhook arrived: found by a list of changes, and by the full open set.
pub(super) struct Reconcile {
    labelled: IssueView,
    closed: IssueView,
    deleted: IssueView,
}

impl Journey for Reconcile {
    async fn set_up(h: &Harness) -> Self {
        let labelled = issue(h, &["status/backlog"]).await;
        let closed = issue(h, &["status/ready"]).await;
        let deleted = issue(h, &["status/ready"]).await;
        h.reconcile().await;
        // The full open set is due again.
        h.advance(SignedDuration::from_hours(7)).await;
        cut_webhooks(h);
        let repo = labelled.repo.clone();
        h.act("mona", |mona| mona.add_label(&repo, labelled.number, "status/in-review")).await;
        h.act("mona", |mona| mona.close(&repo, closed.number)).await;
        h.act("octocat", |owner| owner.delete_issue(&repo, deleted.number)).await;
        h.tick().await;
        h.sim.repo(&repo).pull("Darker").body(format!("Fixes #{}", labelled.number)).open();
        h.arrive().await;
        h.sim.clear_faults();
        // Beyond what a webhook may take: it is drift.
        h.advance(SignedDuration::from_mins(2)).await;
        Self { labelled, closed, deleted }
    }

    fn task(&self) -> Task {
        Task::job("reconcile", None)
    }

    async fn died(&self, _: &Harness, _: bool) {}

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.labelled), with_foreign(&["status/in-review"]));
        assert_eq!(h.status(&self.labelled).await, "in-review");
        assert_eq!(h.status(&self.closed).await, "done");
        assert_eq!(h.db.count(&format!("issue where id = {} and gone", id(&self.deleted))).await, 1);
        assert_eq!(h.db.count("pull_request_issue").await, 1);
        // Each difference is found once, however often it was looked for.
        assert_eq!(h.db.count("drift").await, 2);
        assert_eq!(h.db.count("audit_event where action = 'issue.gone'").await, 1);
        assert_eq!(h.label_writes(), ["DELETE status/backlog"]);
        assert_eq!(h.db.count("repository where last_error is not null").await, 0);
    }
}

/// A run that somebody asked for, with something to find.
pub(super) struct Asked {
    issue: IssueView,
    run: SyncRunId,
}

impl Journey for Asked {
    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &["status/backlog"]).await;
        h.reconcile().await;
        cut_webhooks(h);
        h.act("mona", |mona| mona.add_label(&issue.repo, issue.number, "status/in-review")).await;
        h.sim.clear_faults();
        let (run, new) =
            sync::request(&h.store, RunKind::Issues, None, None, &OPERATOR).await.expect("asked");
        assert!(new);
        Self { issue, run }
    }

    fn task(&self) -> Task {
        Task::job("sync", Some(self.run.to_string()))
    }

    async fn died(&self, h: &Harness, _: bool) {
        // Whoever asks again gets the run that is under way, or a new one when this one was done.
        let run = sync::run(&h.store, self.run).await.expect("the run");
        let (again, new) =
            sync::request(&h.store, RunKind::Issues, None, None, &OPERATOR).await.expect("asked again");
        assert_eq!((new, again == self.run), (run.state == "finished", run.state != "finished"));
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/in-review"]));
        assert_eq!(h.label_writes(), ["DELETE status/backlog"]);
        // A run whose process died is taken up again after a quarter of an hour.
        h.advance(SignedDuration::from_mins(16)).await;
        h.sweep().await;
        assert_eq!(h.db.count("sync_run where state <> 'finished'").await, 0);
        let run = sync::run(&h.store, self.run).await.expect("the run");
        assert_eq!((run.repositories_total, run.repositories_done), (1, 1));
    }
}

/// Default branch, latest commit and open pull requests of a repository.
pub(super) struct Facts {
    head: String,
}

impl Journey for Facts {
    async fn set_up(h: &Harness) -> Self {
        let issue = issue(h, &[]).await;
        let repo = h.sim.repo(&issue.repo);
        repo.pull("Darker").open();
        h.arrive().await;
        Self { head: repo.head_sha() }
    }

    fn task(&self) -> Task {
        Task::job("automation", None)
    }

    async fn died(&self, _: &Harness, _: bool) {}

    async fn recovered(&self, h: &Harness) {
        h.job(Job::Automation).await;
        let known = format!("repository where latest_commit_sha = '{}' and open_pr_count = 1", self.head);
        assert_eq!(h.db.count(&known).await, 1);
    }
}

/// What has served its time goes, and nothing else.
pub(super) struct Retention;

impl Journey for Retention {
    async fn set_up(h: &Harness) -> Self {
        issue(h, &[]).await;
        h.advance(SignedDuration::from_hours(8 * 24)).await;
        issue(h, &[]).await;
        Self
    }

    fn task(&self) -> Task {
        Task::job("retention", None)
    }

    async fn died(&self, _: &Harness, _: bool) {}

    async fn recovered(&self, h: &Harness) {
        h.job(Job::Retention).await;
        let old = "delivery where received_at < dispatch_now() - interval '7 days'";
        assert_eq!(h.db.count(old).await, 0);
        assert!(h.db.count("delivery").await > 0);
        assert_eq!(h.db.count("issue").await, 2);
    }
}
