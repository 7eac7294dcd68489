//! What must hold when a test is over.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use dispatch_domain::label::Namespace;
use dispatch_domain::status::Status;
use github_sim::IssueView;

use crate::harness::{Harness, id};

/// What a test leaves behind on purpose.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    parked: i64,
    failed_deliveries: i64,
    waiting: bool,
    unequal: BTreeSet<i64>,
    apart: bool,
}

impl Harness {
    /// So many parked writes are left on purpose.
    pub fn leaves_parked(&self, writes: i64) {
        self.declared.borrow_mut().parked = writes;
    }

    /// So many deliveries that could not be applied are left on purpose.
    pub fn leaves_failed_deliveries(&self, deliveries: i64) {
        self.declared.borrow_mut().failed_deliveries = deliveries;
    }

    /// Writes or re-reads are left waiting on purpose: nothing is drained.
    pub fn leaves_work_waiting(&self) {
        self.declared.borrow_mut().waiting = true;
    }

    /// This issue's status on GitHub is another one than in the cache, on purpose.
    pub fn leaves_unequal(&self, issue: &IssueView) {
        self.declared.borrow_mut().unequal.insert(id(issue).0);
    }

    /// Cache and GitHub are not compared: the test cut the wire between them.
    pub fn leaves_apart(&self) {
        self.declared.borrow_mut().apart = true;
    }

    /// Lets everything come to rest, and asserts that nothing is left in any queue, that the invariants of the tables
    /// hold, and that every cached issue is what GitHub shows.
    ///
    /// # Panics
    /// When something of that is not so.
    pub async fn finish(mut self) {
        self.finished = true;
        let Declared { parked, failed_deliveries, waiting, unequal, apart } = self.declared.take();
        if !waiting {
            self.settle().await;
            assert_eq!(
                self.db.count("mutation where state in ('pending', 'leased')").await,
                0,
                "writes are left"
            );
        }
        assert_eq!(self.db.count("mutation where state = 'parked'").await, parked, "parked writes");
        let failed = self.db.count("delivery where outcome in ('failed', 'received')").await;
        assert_eq!(failed, failed_deliveries, "deliveries that could not be applied");
        for (rows, what) in BROKEN {
            assert_eq!(self.db.count(rows).await, 0, "{what}");
        }
        // Its rollback may be on its way when a refused call returns.
        let open =
            "pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
        let ends = eventually(async || self.db.count(open).await == 0).await;
        assert!(ends, "a transaction was left open");
        if !apart {
            self.cache_equals_github(&unequal, waiting).await;
        }
        if !apart && !waiting {
            self.pull_requests_equal_github().await;
        }
    }

    async fn cache_equals_github(&self, unequal: &BTreeSet<i64>, waiting: bool) {
        let rows = "select i.id, r.owner || '/' || r.name, i.number, i.title, i.closed, i.labels, i.status
            from issue i join repository r on r.id = i.repository_id
            where not i.gone and not r.gone and r.enabled order by i.id";
        for row in self.db.rows(rows, &[]).await {
            let (id, repo, number): (i64, String, i32) = (row.get(0), row.get(1), row.get(2));
            let name = format!("{repo}#{number}");
            let shown = self.sim.find_issue(&repo, u64::try_from(number).expect("a number"));
            let shown = shown.unwrap_or_else(|| panic!("{name} is cached and not on GitHub"));
            assert_eq!(
                i64::try_from(shown.id).expect("a small number"),
                id,
                "{name} is another issue by now"
            );
            if waiting {
                continue;
            }
            let cached = (row.get::<_, String>(3), row.get::<_, bool>(4), sorted(row.get(5)));
            assert_eq!(
                cached,
                (shown.title.clone(), !shown.is_open(), sorted(shown.labels.clone())),
                "{name}"
            );
            if !unequal.contains(&id) {
                let status: String = row.get(6);
                assert_eq!(status, labelled(&shown), "status of {name}, labelled {:?}", shown.labels);
            }
        }
    }
}

/// Asks until the answer is yes, for some seconds at most; answers whether it was.
pub async fn eventually(mut ask: impl AsyncFnMut() -> bool) -> bool {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        if ask().await {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        tokio::task::yield_now().await;
    }
}

/// Rows that must not be there, whatever happened.
const BROKEN: [(&str, &str); 8] = [
    (
        "(select from claim where state = 'active' group by exclusion_key having count(*) > 1) twice",
        "two active claims hold one key",
    ),
    (
        "(select from mutation where kind = 'labels' and state in ('pending', 'leased', 'parked')
          group by issue_id having count(*) > 1) twice",
        "an issue has two unfinished label writes",
    ),
    (
        "claim c join issue i on i.id = c.issue_id where c.state = 'active' and (i.closed or i.gone)",
        "a claim is active on an issue that is closed or gone",
    ),
    (
        "work w join issue i on i.id = w.issue_id
         where w.kind = 'implement' and w.offered is distinct from (i.status = 'ready' and not i.closed and not i.gone)",
        "work is offered that is not ready, or ready and not offered",
    ),
    (
        "issue i where not i.gone and not i.closed and i.pull_request_id is null
         and not exists (select from work w where w.issue_id = i.id and w.kind = 'implement')",
        "an open issue has no work",
    ),
    (
        "work w where w.kind = 'implement' and not exists (select from dependency_change) and (
           w.waits_for <> (select count(distinct (lower(o.target_owner || '/' || o.target_name), o.target_number))
             from open_dependency o where o.issue_id = w.issue_id)
           or w.unblocks <> (select count(distinct o.issue_id) from open_dependency o
             join issue i on i.id = o.issue_id and not i.closed and not i.gone where o.target_id = w.issue_id))",
        "what waits for what is miscounted",
    ),
    (
        "work w join issue i on i.id = w.issue_id join pull_request p on p.id = w.pull_request_id
         where w.kind = 'fix' and w.offered and (p.state <> 'open' or i.closed or i.gone
           or i.status not in ('ready', 'in-review') or not exists (
             select from evidence e
             where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null))",
        "a fix is offered that nothing asks for, or at a status at which none starts",
    ),
    (
        "pull_request p join pull_request_issue l on l.pull_request_id = p.id
           join issue i on i.id = l.issue_id and not i.gone and not i.closed and i.status in ('ready', 'in-review')
         where p.state = 'open' and not p.fork
           and exists (select from evidence e
             where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null)
           and not exists (select from work w where w.kind = 'fix' and w.pull_request_id = p.id
             and (w.offered or w.issue_id <> i.id))",
        "a pull request needs a fix and none is offered",
    ),
];

/// The status that GitHub's labels and state say, by the rules of the design and not by our own code: closed is done,
/// no label is backlog (of a pull request: in review), and at rest there is one label.
fn labelled(issue: &IssueView) -> String {
    if !issue.is_open() {
        return Status::Done.to_string();
    }
    let values = Namespace::Status.values(&issue.labels);
    // `status/anything` is no status, and is nobody's to tidy away.
    let known: Vec<String> = values.into_iter().filter(|value| value.parse::<Status>().is_ok()).collect();
    let unlabelled = if issue.pull.is_some() { Status::InReview } else { Status::Backlog };
    if known.is_empty() { unlabelled.to_string() } else { known.join(" and ") }
}

fn sorted(mut labels: Vec<String>) -> Vec<String> {
    labels.sort();
    labels
}

impl Drop for Harness {
    fn drop(&mut self) {
        if !self.finished && !std::thread::panicking() {
            panic!("the test did not call `finish`, which asserts that nothing was left behind");
        }
    }
}
