//! The client against the simulator, which is held to GitHub's own descriptions.

use std::collections::BTreeSet;
use std::time::Duration;

use dispatch_domain::budget::RateLimit;
use dispatch_domain::ids::RepoName;
use dispatch_domain::snapshot::PullRequestState;
use dispatch_github::{Credential, Error, Github, IssueQuery, ListedIssue, Page, Read, StateFilter};
use dispatch_settings::{Auth, GithubSettings, Limits, Reread};
use github_sim::{Clock, Fault, FaultKind, GithubSim};
use jiff::{SignedDuration, Timestamp};

const ALL: IssueQuery = IssueQuery { since: None, state: StateFilter::All };

fn client(sim: &GithubSim, auth: Auth) -> Github {
    Github::new(GithubSettings {
        api_url: sim.url(),
        auth,
        limits: Limits::default(),
        reread: Reread::default(),
    })
    .expect("a good URL")
}

fn bot(sim: &GithubSim) -> Github {
    client(sim, Auth::Token("sim-token".into()))
}

fn web() -> RepoName {
    "acme/web".parse().expect("a name")
}

fn number(issue: &github_sim::IssueView) -> i32 {
    i32::try_from(issue.number).expect("a small number")
}

fn changed<T>(read: Read<T>) -> T {
    match read {
        Read::Changed(value) => value,
        Read::NotModified => panic!("nothing was known yet"),
    }
}

/// Reads to the end of the list; `between` runs after each page.
async fn everything(github: &Github, query: IssueQuery, mut between: impl FnMut(usize)) -> Vec<ListedIssue> {
    let mut page: Page<ListedIssue> = changed(github.issues(&web(), query, None).await.expect("a page"));
    let mut found = Vec::new();
    for turn in 1.. {
        assert!(page.unreadable.is_empty(), "{:?}", page.unreadable);
        found.extend(page.items);
        between(turn);
        let Some(next) = page.next else { break };
        page = github.more_issues(&web(), &next).await.expect("a page");
    }
    found
}

#[tokio::test]
async fn issues_and_pull_requests_are_read_as_they_are() {
    let sim = GithubSim::builder().start().await;
    let repo = sim.repo("acme/web");
    let issue =
        repo.issue("Dark mode").body("Please").labels(["status/ready", "ü %/?"]).assignees(["ana"]).open();
    let pull = repo.pull("Dark mode, done").body("Closes #1").head("dark").draft().open();
    let github = bot(&sim);

    let seen = github.issue(&web(), number(&issue)).await.expect("an issue");
    assert_eq!(
        (seen.id.0.unsigned_abs(), seen.title.as_str(), seen.body.as_str()),
        (issue.id, "Dark mode", "Please")
    );
    assert_eq!((&seen.labels, &seen.assignees), (&issue.labels, &issue.assignees));
    assert!(!seen.closed);

    let number = number(&pull);
    let seen = github.pull_request(&web(), number).await.expect("a pull request");
    let facts = pull.pull.as_ref().expect("a pull request");
    assert_eq!((seen.id.0.unsigned_abs(), seen.state, seen.draft), (facts.id, PullRequestState::Open, true));
    assert_eq!((&seen.head_ref, &seen.head_sha, &seen.base_ref), (&facts.head, &facts.head_sha, &facts.base));

    let listed = everything(&github, ALL, |_| {}).await;
    assert_eq!(
        listed.iter().filter(|i| i.is_pull_request).map(|i| i.issue.number).collect::<Vec<_>>(),
        [number]
    );
    let pulls = changed(github.pull_requests(&web(), StateFilter::All, None).await.expect("a page")).items;
    assert_eq!(pulls.iter().map(|p| p.number).collect::<Vec<_>>(), [number]);
    assert_eq!(github.open_pull_request_count(&web()).await.expect("a count"), 1);
    let commit = github.latest_commit(&web(), "main").await.expect("a commit");
    assert_eq!(commit, Some(repo.head_sha()));
    assert_eq!(github.latest_commit(&web(), "nowhere").await.expect("no branch"), None);

    sim.person("ana").set_draft("acme/web", pull.number, false);
    sim.person("ana").merge("acme/web", pull.number);
    assert_eq!(github.pull_request(&web(), number).await.expect("merged").state, PullRequestState::Merged);
}

#[tokio::test]
async fn labels_are_added_and_removed_whatever_they_are_called() {
    let sim = GithubSim::builder().start().await;
    let issue = sim.repo("acme/web").issue("One").labels(["keep"]).open();
    let (github, number) = (bot(&sim), number(&issue));
    let odd = ["status/in-progress", "good first issue", "100%", "why?", "c#", "größe", "a+b&c=d", "🐛"];
    let odd: Vec<String> = odd.iter().map(ToString::to_string).collect();
    let after = github.add_labels(&web(), number, &odd).await.expect("added");
    assert_eq!(after.len(), odd.len() + 1);
    for (done, label) in odd.iter().enumerate() {
        let left = github.remove_label(&web(), number, label).await.expect("removed").expect("it was there");
        assert_eq!(left.len(), odd.len() - done, "{label}");
        assert_eq!(github.remove_label(&web(), number, label).await.expect("removed already"), None);
    }
    assert_eq!(sim.issue("acme/web", issue.number).labels, ["keep"]);
    let comment = github.create_comment(&web(), number, "**Hello**").await.expect("written");
    let comments = sim.comments("acme/web", issue.number);
    assert_eq!(
        comments.iter().map(|c| (c.id, c.body.as_str())).collect::<Vec<_>>(),
        [(comment.id.unsigned_abs(), "**Hello**")]
    );
    assert_eq!(github.counts().writes, 1 + 2 * odd.len() as u64 + 1);
}

#[tokio::test]
async fn what_cannot_be_done_says_why() {
    let sim = GithubSim::builder().start().await;
    let repo = sim.repo("acme/web");
    let (issue, gone) = (repo.issue("One").open(), repo.issue("Two").open());
    let (github, ana) = (bot(&sim), sim.person("ana"));
    let number = number(&issue);

    let many: Vec<String> = (0..101).map(|n| format!("label-{n}")).collect();
    let error = github.add_labels(&web(), number, &many).await.expect_err("too many");
    assert!(matches!(error, Error::Unprocessable { .. }), "{error}");

    ana.delete_issue("acme/web", gone.number);
    let missing = [self::number(&gone), 9999];
    for number in missing {
        assert!(matches!(github.issue(&web(), number).await, Err(Error::Gone { .. })));
        assert!(matches!(github.create_comment(&web(), number, "x").await, Err(Error::Gone { .. })));
    }
    let nowhere: RepoName = "acme/nothing".parse().expect("a name");
    assert!(matches!(github.repository(&nowhere, None).await, Err(Error::Gone { .. })));

    ana.archive_repository("acme/web", true);
    let error = github.add_labels(&web(), number, &["x".into()]).await.expect_err("archived");
    assert!(matches!(&error, Error::Denied { message, .. } if message.contains("archived")), "{error}");
    let (repository, _) = changed(github.repository(&web(), None).await.expect("a repository"));
    assert!(repository.archived);

    sim.revoke_token(None);
    assert!(matches!(github.issue(&web(), number).await, Err(Error::Unauthorized { .. })));
}

#[tokio::test]
async fn renames_are_followed_and_transfers_are_not() {
    let sim = GithubSim::builder().start().await;
    let repo = sim.repo("acme/web");
    sim.repo("acme/other").issue("Already there").open();
    let (stays, moves) = (repo.issue("Stays").open(), repo.issue("Moves").open());
    let (github, ana) = (bot(&sim), sim.person("ana"));
    ana.transfer_issue("acme/web", moves.number, "acme/other");
    let found = github.issue(&web(), number(&moves)).await;
    assert!(matches!(found, Err(Error::Gone { .. })), "{found:?}");
    ana.rename_repository("acme/web", "site");
    let seen = github.issue(&web(), number(&stays)).await.expect("followed");
    assert_eq!(seen.title, "Stays");
    github.add_labels(&web(), number(&stays), &["x".into()]).await.expect("followed");
    assert_eq!(sim.issue("acme/site", stays.number).labels, ["x"]);
    assert!(matches!(github.issue(&web(), number(&moves)).await, Err(Error::Gone { .. })));
    let (repository, _) = changed(github.repository(&web(), None).await.expect("a repository"));
    assert_eq!(
        (repository.id.0.unsigned_abs(), repository.name.to_string().as_str()),
        (repo.id(), "acme/site")
    );
    assert_eq!(everything(&github, ALL, |_| {}).await.len(), 1);
}

#[tokio::test]
async fn no_issue_is_missed_while_the_list_changes_under_the_reader() {
    let clock = Clock::fixed("2026-11-01T00:00:00Z".parse().expect("a time"));
    let sim = GithubSim::builder().clock(clock.clone()).start().await;
    let repo = sim.repo("acme/web");
    let mut numbers = Vec::new();
    for n in 0..350 {
        // Three in a second, so that a page ends in the middle of one.
        if n % 3 == 0 {
            clock.advance(SignedDuration::from_secs(1));
        }
        numbers.push(repo.issue("One").open().number);
    }
    let github = bot(&sim);
    let ana = sim.person("ana");
    let found = everything(&github, ALL, |turn| {
        if turn <= 3 {
            clock.advance(SignedDuration::from_secs(1));
            // One of those read already moves to the end, another vanishes.
            ana.retitle("acme/web", numbers[turn], "Two");
            ana.delete_issue("acme/web", numbers[turn + 10]);
        }
    })
    .await;
    let found: BTreeSet<u64> = found.iter().map(|i| i.issue.number.unsigned_abs().into()).collect();
    let missed: Vec<_> =
        sim.issues("acme/web").iter().map(|i| i.number).filter(|n| !found.contains(n)).collect();
    assert_eq!(missed, Vec::<u64>::new());
}

#[tokio::test]
async fn a_page_of_one_and_the_same_second_is_no_dead_end() {
    let sim = GithubSim::builder()
        .clock(Clock::fixed(Timestamp::from_second(1_795_400_000).expect("a time")))
        .start()
        .await;
    let repo = sim.repo("acme/web");
    for _ in 0..250 {
        repo.issue("One").open();
    }
    let found = everything(&bot(&sim), ALL, |turn| assert!(turn < 10)).await;
    assert_eq!(found.iter().map(|i| i.issue.number).collect::<BTreeSet<_>>().len(), 250);
}

#[tokio::test]
async fn a_quiet_list_costs_nothing_and_since_filters() {
    let clock = Clock::fixed("2026-11-01T00:00:00Z".parse().expect("a time"));
    let sim = GithubSim::builder().clock(clock.clone()).start().await;
    let repo = sim.repo("acme/web");
    let old = repo.issue("Old").open();
    clock.advance(SignedDuration::from_secs(60));
    let new = repo.issue("New").open();
    let github = bot(&sim);
    let query = IssueQuery { since: Some(new.updated_at), ..ALL };
    let page = changed(github.issues(&web(), query, None).await.expect("a page"));
    assert_eq!(page.items.iter().map(|i| i.issue.number).collect::<Vec<_>>(), [number(&new)]);
    sim.forget_requests();
    let again = github.issues(&web(), query, page.etag.as_deref()).await.expect("an answer");
    assert_eq!((again, sim.requests().charged), (Read::NotModified, 0));
    clock.advance(SignedDuration::from_secs(60));
    sim.person("ana").add_label("acme/web", old.number, "x");
    let page = changed(github.issues(&web(), query, page.etag.as_deref()).await.expect("a page"));
    assert_eq!(page.items.iter().map(|i| i.issue.number).collect::<Vec<_>>(), [number(&new), number(&old)]);
    sim.person("ana").close("acme/web", old.number);
    let open = IssueQuery { since: None, state: StateFilter::Open };
    assert_eq!(everything(&github, open, |_| {}).await.len(), 1);
}

#[tokio::test]
async fn limits_and_outages_are_told_apart() {
    let sim = GithubSim::builder().start().await;
    let issue = sim.repo("acme/web").issue("One").open();
    let (github, number) = (bot(&sim), number(&issue));
    let table = [
        (FaultKind::SecondaryLimit { retry_after: Some(7), status: 403 }, Some(7)),
        (FaultKind::SecondaryLimit { retry_after: None, status: 403 }, Some(60)),
        (FaultKind::SecondaryLimit { retry_after: Some(9), status: 429 }, Some(9)),
        (FaultKind::ServerError { status: 502, applied: false }, None),
        (FaultKind::Html { status: 502 }, None),
        (FaultKind::Html { status: 200 }, None),
        (FaultKind::DropConnection { applied: false }, None),
    ];
    for (kind, wait) in table {
        sim.fault(Fault::once(kind.clone()).on("POST *"));
        let error = github.add_labels(&web(), number, &["x".into()]).await.expect_err("a fault");
        assert_eq!(error.wait(), wait.map(Duration::from_secs), "{kind:?}: {error}");
        assert!(error.is_transient(), "{kind:?}: {error}");
        assert!(wait.is_some() || matches!(error, Error::Unavailable { .. }), "{kind:?}: {error}");
    }
    assert!(sim.issue("acme/web", issue.number).labels.is_empty());
    // Done, and the answer lost: the outbox has to look before it tries again.
    sim.fault(Fault::once(FaultKind::DropConnection { applied: true }).on("POST *"));
    let error = github.add_labels(&web(), number, &["x".into()]).await.expect_err("no answer");
    assert!(matches!(error, Error::Unavailable { .. }), "{error}");
    assert_eq!(sim.issue("acme/web", issue.number).labels, ["x"]);

    sim.exhaust_primary_limit();
    let error = github.issue(&web(), number).await.expect_err("used up");
    assert!(matches!(error, Error::RateLimited { kind: RateLimit::Primary, .. }), "{error}");
    assert!(error.wait().is_some_and(|wait| wait > Duration::from_secs(3000)), "{error}");
    assert_eq!(github.budgets()[&Credential::Token].remaining, 0);
}

#[tokio::test]
async fn the_app_works_by_installation_tokens() {
    let sim = GithubSim::builder().start().await;
    let issue = sim.repo("acme/web").issue("One").open();
    let number = number(&issue);
    let installation = sim.installation_id("acme").expect("an installation");
    for configured in [Some(installation), None] {
        let auth = Auth::App { id: 1, key: include_str!("app-key.pem").into(), installation: configured };
        let github = client(&sim, auth);
        github.add_labels(&web(), number, &["x".into()]).await.expect("added");
        // As when somebody suspends the App for a moment: the tokens are worthless, new ones are granted.
        sim.revoke_token(None);
        github.add_labels(&web(), number, &["y".into()]).await.expect("added");
        assert!(github.budgets().contains_key(&Credential::Installation(installation)));
        assert_eq!(github.counts().tokens, if configured.is_some() { 2 } else { 3 });
    }
    assert_eq!(sim.issue("acme/web", issue.number).labels, ["x", "y"]);
}
