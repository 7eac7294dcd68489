//! What an agent needs to know from people is asked on GitHub, once.

use dispatch_domain::claim::{BlockKind, Outcome};
use dispatch_store::outbox;
use github_sim::{Fault, FaultKind};
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;

use crate::labels::{REPO, ready};

async fn comments(h: &Harness, number: u64) -> Vec<String> {
    h.sim.comments(REPO, number).into_iter().map(|comment| comment.body).collect()
}

#[tokio::test]
async fn a_blocked_claim_asks_on_its_issue_with_a_hidden_marker() {
    let (h, issue) = ready(&[]).await;
    let taken = h.agent("alpha").take().await;
    h.agent("alpha").block(&taken, BlockKind::NeedsInput, "Which of the two, @ana?").await.unwrap();
    h.settle().await;
    let said = comments(&h, issue.number).await;
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("> Which of the two, @\u{200b}ana?"), "{said:?}");
    assert!(said[0].ends_with(&format!("<!-- dispatch:claim={} -->\n", taken.held.id)), "{said:?}");
    assert_eq!(h.labels(&issue), ["status/blocked"]);
    // Another claim is another question; what waits for a machine asks nobody.
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/ready"])).await;
    let next = h.agent("beta").take().await;
    h.agent("beta").complete(&next, Outcome::NeedsDecision).await.unwrap();
    h.settle().await;
    h.act("ana", |ana| ana.set_labels(REPO, issue.number, ["status/ready"])).await;
    let last = h.agent("gamma").take().await;
    h.agent("gamma").block(&last, BlockKind::Waiting, "For the other one.").await.unwrap();
    h.settle().await;
    assert_eq!(comments(&h, issue.number).await.len(), 2);
    h.finish().await;
}

#[tokio::test]
async fn a_lost_answer_is_found_by_the_marker() {
    for fault in [
        FaultKind::DropConnection { applied: true },
        FaultKind::DropConnection { applied: false },
        FaultKind::ServerError { status: 500, applied: true },
        FaultKind::SecondaryLimit { retry_after: Some(3), status: 403 },
    ] {
        let (h, issue) = ready(&[]).await;
        let taken = h.agent("alpha").take().await;
        h.settle().await;
        h.sim.fault(Fault::once(fault.clone()).on("POST */comments"));
        h.agent("alpha").block(&taken, BlockKind::NeedsInput, "Which?").await.unwrap();
        h.drain().await;
        h.advance(SignedDuration::from_secs(5)).await;
        h.settle().await;
        assert_eq!(comments(&h, issue.number).await.len(), 1, "{fault:?}");
        h.finish().await;
    }
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_over_and_a_refused_comment_says_so() {
    let (h, issue) = ready(&[]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    h.sim.fault(Fault::once(FaultKind::ServerError { status: 422, applied: false }).on("POST */comments"));
    h.agent("alpha").block(&taken, BlockKind::NeedsInput, "Which?").await.unwrap();
    h.drain().await;
    let parked = h.db.rows("select id, last_error from mutation where state = 'parked'", &[]).await;
    let (id, why): (i64, String) = (parked[0].get(0), parked[0].get(1));
    assert!(why.contains("comments of acme/web#1"), "{why}");
    outbox::retry(&h.store, dispatch_domain::ids::MutationId(id), None, &OPERATOR).await.unwrap();
    h.act("ana", |ana| ana.close(REPO, issue.number)).await;
    h.drain().await;
    assert_eq!(comments(&h, issue.number).await, Vec::<String>::new());
    assert_eq!(h.db.count("mutation where kind = 'comment' and state = 'superseded'").await, 1);
    h.finish().await;
}
