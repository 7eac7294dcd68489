//! Many at once: the database decides, and nobody is told anything wrong.

use std::collections::BTreeSet;

use dispatch_domain::claim::Outcome;
use dispatch_domain::gate::Asker;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::Status;
use dispatch_store::claims::grant::{self, Answer};
use dispatch_store::{Db, Error, Who};
use futures::future::join_all;
use jiff::SignedDuration;
use kit::Harness;

const REPO: &str = "acme/web";

async fn with_ready(issues: usize, pool: usize) -> Harness {
    let h = Harness::with_pool(pool).await;
    let repo = h.repo(REPO).await;
    for n in 0..issues {
        repo.issue(&format!("Issue {n}")).labels(["status/ready"]).open();
    }
    h.arrive().await;
    assert_eq!(h.db.count("work where offered").await, i64::try_from(issues).unwrap());
    h
}

/// One attempt of one agent: the issue it got, or whether it was told of contention.
async fn attempt(db: &Db, agent: usize) -> Result<i64, bool> {
    let name = format!("agent-{agent}");
    let asker = Asker::anything(name.parse().unwrap());
    let who = Who { kind: "agent", name: &name, correlation: "race" };
    match grant::claim(db, &asker, None, &who).await.expect("an answer").0 {
        Answer::Granted(briefing) => Ok(briefing.claim.issue_id),
        Answer::Nothing(nothing) => Err(nothing.contended),
    }
}

/// Everybody asks once, through several pools as several processes have them.
async fn race(h: &Harness, agents: usize, pools: usize) -> Vec<Result<i64, bool>> {
    let pools: Vec<Db> = (0..pools).map(|_| h.db.pool(16 / pools)).collect();
    let attempts = (0..agents).map(|agent| {
        let db = pools[agent % pools.len()].clone();
        tokio::spawn(async move { attempt(&db, agent).await })
    });
    join_all(attempts).await.into_iter().map(|attempt| attempt.expect("no panic")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_agents_get_a_hundred_issues_once_each() {
    let h = with_ready(100, 4).await;
    let answers = race(&h, 200, 4).await;
    let got: Vec<i64> = answers.iter().filter_map(|answer| answer.ok()).collect();
    let distinct: BTreeSet<i64> = got.iter().copied().collect();
    assert_eq!((got.len(), distinct.len()), (100, 100), "{answers:?}");
    assert_eq!(h.db.count("claim where state = 'active'").await, 100);
    assert_eq!(h.db.count("work where offered").await, 0);
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_never_said_while_there_is_work() {
    // As many agents as issues: whoever is told "nothing" without contention was told wrong.
    let h = with_ready(60, 4).await;
    let answers = race(&h, 60, 4).await;
    let wrong = answers.iter().filter(|answer| **answer == Err(false)).count();
    assert_eq!(wrong, 0, "{answers:?}");
    let got = answers.iter().filter(|answer| answer.is_ok()).count();
    // Whoever was told of contention asks again, as it was told to.
    for agent in 0..60 - got {
        assert!(attempt(&h.store, 1000 + agent).await.is_ok());
    }
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test]
async fn the_index_is_the_lock() {
    let h = with_ready(1, 4).await;
    h.agent("alpha").take().await;
    // Past all code: a second active claim on the same key.
    let second = "insert into claim (work_id, issue_id, exclusion_key, kind, agent, lane, attempt, expires_at, resting_status)
        select work_id, issue_id, exclusion_key, kind, 'beta', lane, 2, expires_at, resting_status from claim limit 1";
    let refused = h.db.client().await.batch_execute(second).await.unwrap_err();
    assert_eq!(refused.as_db_error().and_then(|error| error.constraint()), Some("claim_one_active_per_key"));

    // Without the index nothing else holds it back, and the check at the end of every test sees that.
    h.db.run("drop index claim_one_active_per_key").await;
    h.db.run(second).await;
    let twice = "(select from claim where state = 'active' group by exclusion_key having count(*) > 1) twice";
    assert_eq!(h.db.count(twice).await, 1);
    // Our own statement names the index, so it fails rather than hand out without it.
    h.db.run("update claim set state = 'ended', end_reason = 'stopped', ended_at = now()").await;
    h.db.run("update issue set status = 'ready', agent = null; update work set offered = true").await;
    assert!(matches!(h.agent("gamma").ask().await, Err(Error::Bug(_))));
    h.leaves_apart();
    h.leaves_work_waiting();
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_issue_asked_for_by_many_goes_to_one() {
    let h = with_ready(1, 16).await;
    let agents: Vec<String> = (0..16).map(|n| format!("agent-{n}")).collect();
    let issue = h.sim.issue(REPO, 1);
    let asking: Vec<_> = agents.iter().map(|name| h.agent(name).only(&issue)).collect();
    let answers = join_all(asking.iter().map(|agent| agent.ask())).await;
    let granted = answers.iter().filter(|answer| matches!(answer, Ok(Answer::Granted(..)))).count();
    assert_eq!(granted, 1);
    h.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_a_claim_and_a_move_at_once_lose_nothing() {
    for round in 0..6 {
        let h = with_ready(1, 8).await;
        let issue = h.sim.issue(REPO, 1);
        let alpha = h.agent("alpha");
        h.tick().await;
        let person = async {
            h.sim.person("ana").add_label(REPO, 1, "bug");
            h.sim.person("ben").retitle(REPO, 1, "Better");
            h.arrive().await;
        };
        let claim = async { alpha.ask().await.expect("an answer") };
        let moved = async { h.move_to(&issue, Status::Blocked, Some("Wait.")).await };
        let ((), claim, moved) = futures::join!(person, claim, moved);
        moved.expect("an operator may block at any time");
        h.settle().await;
        let labels = h.labels(&issue);
        assert!(labels.contains(&"bug".to_owned()), "round {round}: {labels:?}");
        let row = h.card(&issue).await.row;
        assert_eq!(row.title, "Better");
        match claim {
            // Claimed first, blocked then: the claim stays.
            Answer::Granted(..) => {
                assert_eq!(labels, ["agent/alpha", "bug", "status/blocked"], "round {round}");
            }
            Answer::Nothing(_) => assert_eq!(labels, ["bug", "status/blocked"], "round {round}"),
        }
        h.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_endings_one_counts() {
    for _ in 0..6 {
        let h = with_ready(1, 8).await;
        let issue = h.sim.issue(REPO, 1);
        let alpha = h.agent("alpha");
        let taken = alpha.take().await;
        h.settle().await;
        h.tick().await;
        let complete = alpha.complete(&taken, Outcome::PrOpened);
        let release = alpha.release(&taken, None);
        let close = async {
            h.sim.person("ana").close(REPO, 1);
            h.arrive().await;
        };
        let (complete, release, ()) = futures::join!(complete, release, close);
        let lost =
            |result: &Result<_, Error>| matches!(result, Err(Error::Refused(Refusal::ClaimLost { .. })));
        assert!(usize::from(complete.is_ok()) + usize::from(release.is_ok()) <= 1);
        assert!(complete.is_ok() || lost(&complete), "{complete:?}");
        assert!(release.is_ok() || lost(&release), "{release:?}");
        assert_eq!(h.db.count("audit_event where action = 'claim.ended'").await, 1);
        h.settle().await;
        assert_eq!(h.status(&issue).await, "done");
        h.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expiry_a_late_renewal_and_another_agent_end_with_one_holder() {
    for _ in 0..6 {
        let h = with_ready(1, 8).await;
        let (alpha, beta) = (h.agent("alpha"), h.agent("beta"));
        let taken = alpha.take().await;
        h.settle().await;
        h.advance(SignedDuration::from_mins(16)).await;
        let (renewed, asked, _) = futures::join!(alpha.renew(&taken), beta.ask(), h.sweep());
        let holders = h.db.rows("select agent from claim where state = 'active'", &[]).await;
        let holders: Vec<String> = holders.iter().map(|row| row.get(0)).collect();
        match (renewed.is_ok(), asked.expect("an answer")) {
            (true, Answer::Nothing(_)) => assert_eq!(holders, ["alpha"]),
            (false, Answer::Granted(..)) => assert_eq!(holders, ["beta"]),
            // The renewal was answered, and the work then went to beta as it had run out a moment before.
            (true, Answer::Granted(..)) => panic!("both were told that they hold it"),
            (false, Answer::Nothing(_)) => assert_eq!(holders, Vec::<String>::new()),
        }
        h.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_nudges_for_one_write_make_one_write() {
    let h = with_ready(1, 8).await;
    h.sim.forget_requests();
    h.tick().await;
    h.agent("alpha").take().await;
    let body = h.nudges.take().remove(0);
    let write = || h.writer.handle(kit::queue::event([body.clone(), body.clone()]));
    futures::join!(write(), write(), write(), write());
    assert_eq!(h.label_writes(), ["POST status/in-progress,agent/alpha", "DELETE status/ready"]);
    h.finish().await;
}
