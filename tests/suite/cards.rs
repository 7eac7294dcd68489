//! Pull requests that belong to no issue: their fixes are work too.

use dispatch_domain::claim::Outcome;
use github_sim::{Feedback, IssueEdit, IssueView, Verdict};
use kit::Harness;
use kit::harness::id;

const REPO: &str = "acme/web";

/// A pull request by the agent `alpha-bot` that belongs to no issue and in which somebody asks for a change.
async fn asked(h: &Harness) -> IssueView {
    h.repo(REPO).await;
    h.tick().await;
    let number = h.sim.repo(REPO).pull("Tidy up").head("work").author("alpha-bot").open().number;
    h.settle().await;
    assert_eq!(h.db.count("issue").await, 0, "nothing asks for a fix");
    let review = Feedback::Review {
        repo: REPO.into(),
        number,
        verdict: Verdict::RequestChanges,
        body: "Please.".into(),
        comments: Vec::new(),
    };
    let asked = h.act("ana", |ana| ana.say(review)).await;
    h.settle().await;
    asked
}

async fn relabel(h: &Harness, pull: &IssueView, labels: &[&str]) {
    h.act("ana", |ana| ana.set_labels(REPO, pull.number, labels.iter().copied())).await;
    h.settle().await;
}

async fn says_it_fixes(h: &Harness, pull: &IssueView, issue: &IssueView) {
    let body = Some(format!("Fixes #{}", issue.number));
    h.act("ana", |ana| ana.edit(REPO, pull.number, IssueEdit { body, ..IssueEdit::default() })).await;
    h.settle().await;
}

#[tokio::test]
async fn a_fix_is_claimed_under_the_pull_requests_own_key_and_shown_on_its_own_card() {
    let h = Harness::new().await;
    let pull = asked(&h).await;
    assert_eq!(h.status(&pull).await, "in-review");
    assert_eq!(h.card(&pull).await.pull_requests.len(), 1);
    let taken = h.agent("alpha").take().await;
    let claim = &taken.briefing.claim;
    assert_eq!(
        (claim.kind.as_str(), claim.exclusion_key.as_str()),
        ("fix", &*format!("issue:{}", id(&pull)))
    );
    assert_eq!((taken.briefing.target, taken.briefing.background.evidence.len()), (Some(taken.number()), 1));
    assert_eq!(claim.branch.as_deref(), Some("work"));
    h.settle().await;
    assert_eq!(h.labels(&pull), ["agent/alpha", "status/in-progress"]);
    h.agent("beta").gets_nothing().await;
    h.agent("alpha").complete(&taken, Outcome::PrUpdated).await.unwrap();
    h.settle().await;
    assert_eq!(
        (h.labels(&pull), h.status(&pull).await),
        (vec!["status/in-review".to_owned()], "in-review".into())
    );
    h.agent("alpha").gets_nothing().await;
    h.act("ana", |ana| ana.merge(REPO, pull.number)).await;
    h.settle().await;
    assert_eq!(h.status(&pull).await, "done");
    h.finish().await;
}

#[tokio::test]
async fn people_decide_on_the_pull_request_whether_it_may_be_fixed() {
    let h = Harness::new().await;
    let pull = asked(&h).await;
    for (labels, offered) in [
        (vec!["status/blocked"], false),
        (vec!["status/ready"], true),
        (vec!["status/backlog"], false),
        (vec!["bug"], true),
    ] {
        relabel(&h, &pull, &labels).await;
        assert_eq!(h.card(&pull).await.pull_requests[0].fix_offered, offered, "{labels:?}");
    }
    let taken = h.agent("alpha").take().await;
    h.act("ana", |ana| ana.close(REPO, pull.number)).await;
    h.settle().await;
    assert!(h.agent("alpha").renew(&taken).await.is_err(), "it was closed under its holder");
    h.finish().await;
}

#[tokio::test]
async fn once_it_belongs_to_an_issue_it_has_no_card_of_its_own() {
    let h = Harness::new().await;
    let pull = asked(&h).await;
    let issue = h.issue(&h.sim.repo(REPO), "One", &["status/in-review"]).await;
    let taken = h.agent("alpha").take().await;
    h.settle().await;
    says_it_fixes(&h, &pull, &issue).await;
    assert_eq!(h.db.count("issue where gone").await, 0, "somebody is at it");
    h.agent("beta").gets_nothing().await;
    h.agent("alpha").release(&taken, None).await.unwrap();
    h.settle().await;
    assert_eq!(h.db.count("issue where gone").await, 1);
    let next = h.agent("beta").take().await;
    assert_eq!((next.briefing.issue.id, next.briefing.claim.kind.as_str()), (id(&issue).0, "fix"));
    // And when that issue is gone, it has one again.
    h.settle().await;
    h.act("ana", |ana| ana.delete_issue(REPO, issue.number)).await;
    h.settle().await;
    assert_eq!(h.agent("beta").take().await.briefing.issue.id, id(&pull).0);
    h.finish().await;
}

#[tokio::test]
async fn nobody_is_sent_to_a_fork() {
    let h = Harness::new().await;
    h.repo(REPO).await;
    h.tick().await;
    let number = h.sim.repo(REPO).pull("Tidy up").head("work").author("eve").open().number;
    h.settle().await;
    h.db.run("update pull_request set fork = true").await;
    let conclusion = Some("failure".to_owned());
    for feedback in [
        Feedback::StartCheck { repo: REPO.into(), number, name: "test".into() },
        Feedback::Check { repo: REPO.into(), number, name: "test".into(), conclusion },
    ] {
        h.act("ci[bot]", |bot| bot.say(feedback)).await;
    }
    h.settle().await;
    assert_eq!((h.db.count("evidence").await, h.db.count("issue").await), (1, 0));
    h.finish().await;
}
