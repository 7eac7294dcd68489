//! Pull requests: what reviewers and checks say, what it comes to, and the fix that follows.

use dispatch_domain::claim::Outcome;
use dispatch_store::board::Card;
use dispatch_store::claims::LinkedPullRequest;
use github_sim::{Change, DeliveryFault, Feedback, IssueEdit, IssueView, LineNote, Loss, NewPull, Verdict};
use jiff::SignedDuration;
use kit::Harness;

const REPO: &str = "acme/web";

/// An issue in review and the pull request that closes it, by the agent `alpha-bot`.
async fn in_review(h: &Harness) -> (IssueView, u64) {
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/in-review"]).await;
    h.tick().await;
    let pull = repo.pull("Do it").head("work").body("Fixes #1").author("alpha-bot").open();
    h.arrive().await;
    (issue, pull.number)
}

fn review(number: u64, verdict: Verdict, comments: &[&str]) -> Feedback {
    let note = |body: &&str| LineNote { path: "src/lib.rs".into(), line: 3, body: (*body).to_owned() };
    let comments = comments.iter().map(note).collect();
    Feedback::Review { repo: REPO.into(), number, verdict, body: "Please.".into(), comments }
}

fn check(number: u64, name: &str, conclusion: Option<&str>) -> Feedback {
    let conclusion = conclusion.map(str::to_owned);
    Feedback::Check { repo: REPO.into(), number, name: name.into(), conclusion }
}

fn start(number: u64, name: &str) -> Feedback {
    Feedback::StartCheck { repo: REPO.into(), number, name: name.into() }
}

fn status(number: u64, context: &str, state: &str) -> Feedback {
    Feedback::Status { repo: REPO.into(), number, context: context.into(), state: state.into() }
}

async fn says(h: &Harness, who: &str, feedback: Feedback) -> IssueView {
    h.act(who, |person| person.say(feedback)).await
}

async fn shown(h: &Harness, issue: &IssueView) -> LinkedPullRequest {
    let Card { mut pull_requests, .. } = h.card(issue).await;
    pull_requests.pop().expect("a linked pull request")
}

async fn evidence(h: &Harness) -> Vec<String> {
    let sql = "select kind || ': ' || title from evidence
        where withdrawn_at is null and consumed_at is null order by id";
    h.db.rows(sql, &[]).await.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn reviews_and_checks_are_rolled_up_on_the_card() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    let before = shown(&h, &issue).await;
    assert_eq!((before.checks, before.review_decision, before.mergeable), (None, None, Some(true)));
    says(&h, "ci[bot]", start(number, "test")).await;
    says(&h, "ci[bot]", status(number, "lint", "success")).await;
    assert_eq!(shown(&h, &issue).await.checks.as_deref(), Some("pending"));
    says(&h, "ci[bot]", check(number, "test", Some("success"))).await;
    says(&h, "ana", review(number, Verdict::Approve, &[])).await;
    let passed = shown(&h, &issue).await;
    assert_eq!(
        (passed.checks.as_deref(), passed.review_decision.as_deref()),
        (Some("passed"), Some("approved"))
    );
    assert!(!passed.fix_offered);
    says(&h, "ci[bot]", status(number, "lint", "error")).await;
    says(&h, "ben", review(number, Verdict::RequestChanges, &[])).await;
    let failed = shown(&h, &issue).await;
    assert_eq!(failed.checks.as_deref(), Some("failed"));
    assert_eq!(failed.failing_checks, ["lint"]);
    assert_eq!(failed.review_decision.as_deref(), Some("changes_requested"));
    assert_eq!((failed.evidence, failed.fix_offered), (2, true));
    // Only the newest commit counts.
    h.act("alpha-bot", |bot| bot.push(REPO, "work")).await;
    let pushed = shown(&h, &issue).await;
    assert_eq!((pushed.checks, pushed.failing_checks, pushed.evidence), (None, vec![], 1));
    h.finish().await;
}

#[tokio::test]
async fn a_check_told_before_its_pull_request_counts_all_the_same() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let issue = h.issue(&repo, "One", &["status/in-review"]).await;
    h.sim.delivery_fault(DeliveryFault::Shuffle { window: 100, seed: 5 });
    let number = repo.pull("Do it").head("work").body("Fixes #1").author("alpha-bot").open().number;
    let bot = h.sim.person("ci[bot]");
    bot.say(start(number, "test"));
    bot.say(check(number, "test", Some("failure")));
    bot.say(status(number, "lint", "pending"));
    h.sim.clear_faults();
    h.arrive().await;
    assert_eq!(shown(&h, &issue).await.failing_checks, ["test"]);
    h.finish().await;
}

#[tokio::test]
async fn what_asks_for_a_fix_is_offered_once_and_answered_by_it() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    let alpha = h.agent("alpha");
    alpha.gets_nothing().await;
    says(&h, "ci[bot]", start(number, "test")).await;
    says(&h, "ci[bot]", check(number, "test", Some("failure"))).await;
    says(&h, "ana", review(number, Verdict::RequestChanges, &["Why?"])).await;
    let expected = [
        "check_failed: test failed",
        "changes_requested: ana requested changes",
        "review_comment: ana commented on src/lib.rs:3",
    ];
    assert_eq!(evidence(&h).await, expected);

    let taken = alpha.take().await;
    assert_eq!(
        (taken.briefing.claim.kind.as_str(), taken.briefing.target),
        ("fix", i32::try_from(number).ok())
    );
    assert_eq!(taken.briefing.claim.branch.as_deref(), Some("work"));
    let told: Vec<&str> = taken.briefing.background.evidence.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(told, ["check_failed", "changes_requested", "review_comment"]);
    assert_eq!(taken.briefing.background.evidence[2].detail.as_deref(), Some("Why?"));
    // One key: nobody implements the issue meanwhile, whatever its label says.
    h.settle().await;
    h.agent("beta").gets_nothing().await;
    // Told after the claim began, so not answered by it.
    says(&h, "ben", review(number, Verdict::Comment, &["And this?"])).await;
    h.act("alpha-bot", |bot| bot.push(REPO, "work")).await;
    alpha.complete(&taken, Outcome::PrUpdated).await.unwrap();
    h.settle().await;
    assert_eq!(h.status(&issue).await, "in-review");
    assert_eq!(evidence(&h).await, ["review_comment: ben commented on src/lib.rs:3"]);
    let next = h.agent("beta").take().await;
    assert_eq!(next.briefing.background.evidence.len(), 1);
    h.agent("beta").complete(&next, Outcome::NoChangeNeeded).await.unwrap();
    h.settle().await;
    alpha.gets_nothing().await;
    // The same check fails on the new commit: that is another fact.
    says(&h, "ci[bot]", start(number, "test")).await;
    says(&h, "ci[bot]", check(number, "test", Some("failure"))).await;
    assert_eq!(alpha.take().await.briefing.background.evidence.len(), 1);
    h.finish().await;
}

#[tokio::test]
async fn a_fix_that_fails_is_offered_again_and_counts() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    says(&h, "ana", review(number, Verdict::RequestChanges, &[])).await;
    let alpha = h.agent("alpha");
    for _ in 0..3 {
        let taken = alpha.take().await;
        alpha.complete(&taken, Outcome::Failed).await.unwrap();
        h.settle().await;
        assert_eq!(h.status(&issue).await, "in-review");
        h.advance(SignedDuration::from_hours(2)).await;
    }
    assert_eq!(alpha.held_back_by().await, [("status", 1), ("quarantined", 1)]);
    h.finish().await;
}

#[tokio::test]
async fn facts_that_are_no_longer_true_are_withdrawn() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    let said = says(&h, "ana", review(number, Verdict::RequestChanges, &["Why?"])).await;
    let said = said.pull.expect("a pull request").said;
    let (review, comment) = (said.reviews[0].0, said.comments[0].0);
    h.sim.person("ana").say(Feedback::Conflict { repo: REPO.into(), number, conflicts: true });
    // A push to the base is what makes GitHub's mergeability another one.
    h.act("ana", |ana| ana.push(REPO, "main")).await;
    h.settle().await;
    assert_eq!(evidence(&h).await.len(), 3);
    assert_eq!(shown(&h, &issue).await.mergeable, Some(false));
    says(&h, "ana", Feedback::DismissReview { repo: REPO.into(), number, review }).await;
    says(&h, "ana", Feedback::Resolve { repo: REPO.into(), number, comment, resolved: true }).await;
    assert_eq!(evidence(&h).await, ["conflict: It conflicts with its base branch"]);
    // Opened again, it is asked about again.
    says(&h, "ana", Feedback::Resolve { repo: REPO.into(), number, comment, resolved: false }).await;
    assert_eq!(evidence(&h).await.len(), 2);
    h.sim.person("ana").say(Feedback::Conflict { repo: REPO.into(), number, conflicts: false });
    h.act("ana", |ana| ana.close(REPO, number)).await;
    assert_eq!(evidence(&h).await, Vec::<String>::new());
    assert!(!shown(&h, &issue).await.fix_offered);
    h.finish().await;
}

#[tokio::test]
async fn the_issue_says_when_its_pull_request_may_be_fixed() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    says(&h, "ana", review(number, Verdict::RequestChanges, &[])).await;
    for (labels, offered) in [
        (["status/blocked", "lane/deep"], false),
        (["status/ready", "lane/deep"], true),
        (["status/in-progress", "lane/deep"], false),
        (["status/in-review", "lane/deep"], true),
    ] {
        h.act("ana", |ana| ana.set_labels(REPO, issue.number, labels)).await;
        h.settle().await;
        assert_eq!(shown(&h, &issue).await.fix_offered, offered, "{labels:?}");
    }
    h.agent("alpha").in_lanes(&["default"]).gets_nothing().await;
    let taken = h.agent("alpha").in_lanes(&["deep"]).take().await;
    assert_eq!(taken.briefing.claim.kind, "fix");
    h.finish().await;
}

#[tokio::test]
async fn issues_are_linked_by_hand_by_branch_and_by_the_claims_own_word() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let by_hand = h.issue(&repo, "By hand", &[]).await;
    let by_claim = h.issue(&repo, "By claim", &["status/ready"]).await;
    h.reconcile().await;
    let taken = h.agent("alpha").take().await;
    let branch = taken.briefing.claim.branch.clone().expect("a branch");
    h.tick().await;
    let pull = repo.pull("Do it").head(&branch).author("alpha-bot").open().number;
    h.arrive().await;
    let numbers = |card: Card| card.pull_requests.into_iter().map(|pull| pull.number).collect::<Vec<_>>();
    let pull_number = i32::try_from(pull).unwrap();
    assert_eq!(numbers(h.card(&by_claim).await), [pull_number]);
    // GitHub tells nobody of a link by hand: the next read of all open pull requests does.
    let link = Feedback::Link { repo: REPO.into(), number: pull, issue: by_hand.number };
    says(&h, "ana", link).await;
    assert_eq!(numbers(h.card(&by_hand).await), Vec::<i32>::new());
    h.advance(SignedDuration::from_hours(7)).await;
    h.sweep().await;
    h.reconcile().await;
    h.settle().await;
    assert_eq!(numbers(h.card(&by_hand).await), [pull_number]);
    // And the link survives another word of the pull request itself.
    let edit = IssueEdit { title: Some("Do it well".into()), ..IssueEdit::default() };
    h.act("ana", |ana| ana.edit(REPO, pull, edit)).await;
    assert_eq!(numbers(h.card(&by_hand).await), [pull_number]);
    h.finish().await;
}

#[tokio::test]
async fn everything_said_while_nobody_listened_is_read() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    h.reconcile().await;
    h.settle().await;
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 1, how: Loss::NeverSent });
    h.tick().await;
    let said = h.sim.person("ana").say(review(number, Verdict::RequestChanges, &["Why?", "How?"]));
    let comment = said.pull.expect("a pull request").said.comments[0].0;
    h.sim.person("ana").say(Feedback::Resolve { repo: REPO.into(), number, comment, resolved: true });
    h.sim.person("ci[bot]").say(start(number, "test"));
    h.sim.person("ci[bot]").say(check(number, "test", Some("failure")));
    let other = NewPull { title: "Other".into(), head: "other".into(), ..NewPull::default() };
    h.sim.person("ben").act(Change::OpenPull { repo: REPO.into(), draft: other }).unwrap();
    h.sim.clear_faults();
    h.advance(SignedDuration::from_hours(7)).await;
    h.sweep().await;
    h.reconcile().await;
    h.settle().await;
    assert_eq!(evidence(&h).await.len(), 3, "{:?}", evidence(&h).await);
    assert_eq!(shown(&h, &issue).await.failing_checks, ["test"]);
    // Nothing new: what is read again costs nothing but the graph's own request.
    h.advance(SignedDuration::from_hours(7)).await;
    h.sweep().await;
    h.sim.forget_requests();
    h.reconcile().await;
    h.settle().await;
    let requests = h.sim.requests();
    let charged: Vec<_> = requests.by_route.iter().filter(|(route, _)| route.contains("reviews")).collect();
    assert!(requests.not_modified >= 8, "{requests:?} {charged:?}");
    h.finish().await;
}

/// What makes a pull request conflict is a push to its base, and nothing of the pull request changes.
#[tokio::test]
async fn a_conflict_whose_push_was_never_told_is_found() {
    let h = Harness::new().await;
    let (issue, number) = in_review(&h).await;
    h.reconcile().await;
    h.settle().await;
    assert_eq!(shown(&h, &issue).await.mergeable, Some(true));
    h.sim.delivery_fault(DeliveryFault::LoseFraction { fraction: 1.0, seed: 1, how: Loss::NeverSent });
    h.sim.person("ana").say(Feedback::Conflict { repo: REPO.into(), number, conflicts: true });
    h.sim.person("ana").act(Change::Push { repo: REPO.into(), branch: None }).unwrap();
    h.sim.clear_faults();
    h.advance(SignedDuration::from_hours(7)).await;
    h.reconcile().await;
    h.settle().await;
    assert_eq!(shown(&h, &issue).await.mergeable, Some(false));
    h.finish().await;
}
