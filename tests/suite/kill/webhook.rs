//! GitHub's delivery dies on its way in. GitHub does not send it again by itself.

use github_sim::{Delivery, IssueView};
use kit::Harness;

use super::worker::Task;
use super::{Journey, cut_webhooks, issue, with_foreign};

/// A person moves a card by adding a second status label, which also wants a write: the first one goes.
pub(super) struct Applied {
    issue: IssueView,
    delivery: Delivery,
}

impl Applied {
    pub(super) async fn in_world(h: &Harness) -> Self {
        let issue = issue(h, &["status/ready"]).await;
        h.reconcile().await;
        cut_webhooks(h);
        h.act("mona", |mona| mona.add_label(&issue.repo, issue.number, "status/blocked")).await;
        h.sim.clear_faults();
        let delivery = h.sim.deliveries().pop().expect("a delivery");
        assert_eq!(delivery.action.as_deref(), Some("labeled"));
        Self { issue, delivery }
    }

    async fn stored(&self, h: &Harness) -> i64 {
        h.db.count(&format!("delivery where guid = '{}' and outcome = 'applied'", self.delivery.guid)).await
    }
}

impl Journey for Applied {
    const DURABLE_AT: Option<&'static str> = Some("commit.after#1");

    async fn set_up(h: &Harness) -> Self {
        Self::in_world(h).await
    }

    fn task(&self) -> Task {
        Task::webhook(&self.delivery)
    }

    async fn died(&self, h: &Harness, durable: bool) {
        assert_eq!(self.stored(h).await, i64::from(durable));
        assert_eq!(h.status(&self.issue).await, if durable { "blocked" } else { "ready" });
        assert_eq!(h.db.count("mutation where state = 'pending'").await, i64::from(durable));
        assert_eq!(h.db.count("work where offered").await, i64::from(!durable));
    }

    async fn recovered(&self, h: &Harness) {
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/blocked"]));
        assert_eq!(h.label_writes(), ["DELETE status/ready"]);
        assert_eq!(h.db.count("audit_event where action = 'issue.changed'").await, 1);
        // What no webhook told, sync found.
        let told = self.stored(h).await;
        assert_eq!(h.db.count("drift").await, 1 - told);
        // Somebody presses "Redeliver": the same GUID again, long after.
        let (status, body) = self.task().run(h, &[]).await.response();
        assert_eq!(
            (status, body["outcome"].as_str()),
            (202, Some(if told == 1 { "duplicate" } else { "applied" }))
        );
        h.settle().await;
        assert_eq!(h.labels(&self.issue), with_foreign(&["status/blocked"]));
        assert_eq!(h.label_writes().len(), 1);
    }
}
