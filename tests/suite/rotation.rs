//! The secret is replaced while functions run with what was in it before: each in a process of its own, which reads the
//! secret over the wire.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use dispatch_domain::ids::MutationId;
use dispatch_runtime::queue;
use github_sim::Delivery;
use kit::Harness;
use kit::webhook::SECRET;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::kill::{Task, cut_webhooks, issue};

/// Secrets Manager with one secret, which is replaced after it was read for the first time.
struct Secret {
    endpoint: String,
    read: Arc<AtomicUsize>,
}

impl Secret {
    async fn start(before: Value, after: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let read = Arc::new(AtomicUsize::new(0));
        let count = read.clone();
        let value = async move || {
            let value = if count.fetch_add(1, Ordering::SeqCst) == 0 { &before } else { &after };
            let body = json!({ "Name": "dispatch", "SecretString": value.to_string() });
            ([(CONTENT_TYPE, "application/x-amz-json-1.1")], Json(body))
        };
        tokio::spawn(axum::serve(listener, axum::Router::new().route("/", post(value))).into_future());
        Self { endpoint, read }
    }

    fn variables(&self) -> [(&str, &str); 2] {
        [("DISPATCH_SECRET_ARN", "arn:dispatch"), ("AWS_ENDPOINT_URL_SECRETS_MANAGER", &self.endpoint)]
    }

    fn times_read(&self) -> usize {
        self.read.load(Ordering::SeqCst)
    }
}

/// The database's address with a role that the server does not let in.
fn refused(url: &str) -> String {
    format!("{url}{}user=dispatch-of-before", if url.contains('?') { '&' } else { '?' })
}

/// A person's change, whose delivery got lost.
async fn lost_delivery(h: &Harness) -> Delivery {
    let issue = issue(h, &["status/ready"]).await;
    h.reconcile().await;
    cut_webhooks(h);
    h.act("mona", |mona| mona.add_label(&issue.repo, issue.number, "status/blocked")).await;
    h.sim.clear_faults();
    h.sim.deliveries().pop().unwrap()
}

#[tokio::test]
async fn a_delivery_signed_with_the_new_secret_is_stored_by_the_new_role() {
    let h = Harness::new().await;
    let delivery = lost_delivery(&h).await;
    let url = h.db.direct_url();
    let secret = Secret::start(
        json!({ "DATABASE_URL": refused(&url), "GITHUB_WEBHOOK_SECRET": "the one before" }),
        json!({ "DATABASE_URL": url, "GITHUB_WEBHOOK_SECRET": SECRET }),
    )
    .await;
    let (status, body) = Task::webhook(&delivery).run(&h, &secret.variables()).await.response();
    assert_eq!((status, &body["outcome"]), (202, &json!("applied")), "{body}");
    assert_eq!(secret.times_read(), 2, "at start, and once for both");
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn what_no_secret_has_signed_or_no_role_may_store_is_refused_after_one_more_look() {
    let h = Harness::new().await;
    let delivery = lost_delivery(&h).await;
    let url = h.db.direct_url();
    let forged = json!({ "DATABASE_URL": url, "GITHUB_WEBHOOK_SECRET": "another" });
    let locked_out = json!({ "DATABASE_URL": refused(&url), "GITHUB_WEBHOOK_SECRET": SECRET });
    for (value, expected) in [(forged, 401), (locked_out, 503)] {
        let secret = Secret::start(value.clone(), value).await;
        let run = Task::webhook(&delivery).run(&h, &secret.variables()).await;
        assert_eq!(run.response().0, expected);
        assert_eq!(secret.times_read(), 2);
    }
    assert_eq!(h.db.count(&format!("delivery where guid = '{}'", delivery.guid)).await, 0);
    h.reconcile().await;
    h.settle().await;
    h.finish().await;
}

#[tokio::test]
async fn a_write_goes_on_with_the_new_token() {
    let h = Harness::new().await;
    let issue = issue(&h, &["status/ready"]).await;
    h.agent("alpha").take().await;
    let nudges: Vec<_> =
        h.nudges.take().iter().map(|body| MutationId(queue::decode(body).unwrap())).collect();
    let secret =
        Secret::start(json!({ "GITHUB_TOKEN": "the one before" }), json!({ "GITHUB_TOKEN": "sim-token" }))
            .await;
    assert!(Task::writer(&nudges).run(&h, &secret.variables()).await.answered());
    assert!(h.labels(&issue).iter().any(|label| label == "status/in-progress"));
    assert_eq!(secret.times_read(), 2);
    h.settle().await;
    h.finish().await;
}
