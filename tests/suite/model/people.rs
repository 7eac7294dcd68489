//! What people do: on GitHub, on the board, and to the rules.

use dispatch_domain::dependency::{Relation, Target};
use dispatch_domain::ids::IssueId;
use dispatch_domain::snapshot::IssueSnapshot;
use dispatch_domain::status::Status;
use dispatch_store::ingest::{self, Known, Seen};
use dispatch_store::{Error, Who, dependencies, moves};
use jiff::SignedDuration;
use kit::db::morning;

use super::world::{AGENTS, World};

const ANA: Who<'_> = Who { kind: "github", name: "ana", correlation: "model" };
pub(super) const OLGA: Who<'_> = Who { kind: "operator", name: "olga", correlation: "model" };

impl World {
    /// GitHub shows an issue: as we wanted it to be, or as a person made it.
    pub(super) async fn fact(&mut self) {
        let issue = self.issue();
        let rows = self.db.rows("select status, agent, closed from issue where id = $1", &[&issue]).await;
        let (status, agent): (String, Option<String>) = (rows[0].get(0), rows[0].get(1));
        let wanted = format!("status/{status}");
        let mut closed = rows[0].get::<_, bool>(2);
        let mut labels = vec![wanted.clone()];
        labels.extend(agent.map(|agent| format!("agent/{agent}")));
        match self.random.u32(..28) {
            0..5 | 19..24 => labels = vec!["status/ready".to_owned()],
            5 => labels = vec!["status/backlog".to_owned()],
            6 => labels = vec!["status/in-review".to_owned()],
            7 => labels = vec!["status/blocked".to_owned()],
            8 => labels = vec!["status/ready".to_owned(), format!("agent/{}", self.any(&AGENTS))],
            // Another agent's label, and the holder's taken off.
            9 => labels = vec![wanted, format!("agent/{}", self.any(&AGENTS))],
            10 => labels = vec![wanted],
            11 => labels.clear(),
            12 => labels.push("status/ready".to_owned()),
            13 => labels.push("lane/deep".to_owned()),
            // Open, and labelled as done.
            14 => labels = vec!["status/done".to_owned()],
            15 => closed = true,
            16..18 => closed = false,
            18 => return self.lost(issue).await,
            // Our own write has arrived.
            _ => {}
        }
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        self.seen(issue, &labels, closed).await;
        self.count("seen");
    }

    /// Deleted, or moved to a repository that is not tracked. It may come back.
    async fn lost(&mut self, issue: i64) {
        ingest::issue_gone(&self.store, IssueId(issue), &ANA).await.expect("gone");
        self.count("gone");
    }

    pub(super) async fn seen(&mut self, issue: i64, labels: &[&str], closed: bool) {
        self.github += SignedDuration::from_secs(1);
        let snapshot = IssueSnapshot {
            id: IssueId(issue),
            number: i32::try_from(issue).unwrap(),
            title: format!("Issue {issue}"),
            body: String::new(),
            closed,
            state_reason: None,
            url: format!("https://github.com/acme/web/issues/{issue}"),
            author: Some("ana".to_owned()),
            author_association: Some("MEMBER".to_owned()),
            assignees: vec![],
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            comments: 0,
            created_at: morning(),
            updated_at: self.github,
            closed_at: closed.then_some(self.github),
        };
        // A read of the issue itself, which is the only thing that brings back what was gone.
        let sql = "select reread_wanted, version from issue where id = $1";
        let rows = self.db.rows(sql, &[&issue]).await;
        let known = rows.first().map(|row| Known { reread: row.get(0), version: row.get(1) });
        let seen = Seen::Read { known, drift: false, by: "set on GitHub" };
        ingest::issue(&self.store, 1 + issue % 2, &snapshot, seen, &ANA).await.expect("taken in");
    }

    pub(super) async fn moved(&mut self) {
        let issue = IssueId(self.issue());
        let to = if self.once_in(3) { self.any(&Status::ALL) } else { Status::Ready };
        match moves::move_issue(&self.store, issue, to, Some("Because."), None, &OLGA).await {
            Ok(_) => self.count("moved"),
            Err(Error::Refused(_)) => self.count("move refused"),
            Err(error) => panic!("seed {}: a move to {to}: {error:?}", self.seed),
        }
    }

    pub(super) async fn related(&mut self) {
        let (one, other) = (self.issue(), self.issue());
        let repository = if other % 2 == 0 { "acme/web" } else { "acme/api" };
        let target = Target {
            id: self.random.bool().then_some(IssueId(other)),
            repository: repository.parse().unwrap(),
            number: i32::try_from(other).unwrap(),
            closed: self.any(&[None, Some(false), Some(true)]),
        };
        let targets = if self.random.bool() { vec![] } else { vec![target] };
        let relation = self.any(&[Relation::BlockedBy, Relation::SubIssue]);
        dependencies::replace(&self.store, IssueId(one), relation, &targets).await.expect("related");
        self.count("related");
    }

    pub(super) async fn ruled(&mut self) {
        // A limit below what is held is no limit exceeded: it is set where it fits.
        let sql = match self.random.u32(..10) {
            0 => "update lane set paused = not paused where name = 'deep'",
            1 => "update lane set claimable = not claimable where name = 'deep'",
            2 => {
                "update lane set wip_limit = 1 + (select count(*) from claim where state = 'active' and lane = 'default') where name = 'default'"
            }
            3 => {
                "update repository set wip_limit = 1 + (select count(*) from claim where state = 'active' and repository_id = 1) where id = 1"
            }
            4 => "update repository set review_limit = 6 where id = 2",
            5 => {
                "insert into agent (name, capacity)
                   select 'alpha', 1 + count(*) from claim where state = 'active' and agent = 'alpha'
                 on conflict (name) do update set capacity = excluded.capacity"
            }
            6 => {
                "update lane set wip_limit = null; update repository set wip_limit = null, review_limit = null"
            }
            7 => "update repository set archived = not archived where id = 1",
            8 => "update work set attempts_without_progress = 0, quarantined_at = null",
            _ => "update repository set enabled = not enabled where id = 2",
        };
        self.db.run(sql).await;
        self.count("ruled");
    }
}
