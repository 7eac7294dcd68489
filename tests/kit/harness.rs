//! The whole of Dispatch around one database and one GitHub, with clocks that stand still until the test moves them.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use dispatch_domain::hook;
use dispatch_domain::ids::{IssueId, MutationId, RepoName};
use dispatch_domain::job::Job;
use dispatch_domain::status::Status;
use dispatch_runtime::{Config, Queue};
use dispatch_store::board::{self, Card};
use dispatch_store::pulls::card;
use dispatch_store::repositories::{self, Origin};
use dispatch_store::{Db, Error, Who, moves, outbox};
use github_sim::{Clock, GithubSim, IssueView, Person, RepoHandle};
use github_webhook::Webhook;
use github_writer::Writer;
use jiff::{SignedDuration, Timestamp};
use scheduled_sync::{Event, Sync};
use serde_json::Value;

use crate::agent::Agent;
use crate::db::{TestDb, morning, pooler_mode};
use crate::door::Door;
use crate::finish::Declared;
use crate::queue::{Nudges, event};
use crate::webhook::{Answer, Call, OLDER_SECRET, SECRET};

/// Longer than any job takes with a simulator beside it.
const PLENTY: Duration = Duration::from_secs(30);
/// After so many rounds something goes round in circles.
const ROUNDS: usize = 20;

/// The operator of all tests.
pub const OPERATOR: Who<'static> = Who { kind: "operator", name: "olga", correlation: "test" };

/// Which webhooks bring GitHub's news.
enum Hears {
    App,
    Repositories,
}

/// Everything, wired. [`finish`](Self::finish) it, or the test fails.
pub struct Harness {
    /// The database.
    pub db: TestDb,
    /// A pool to it, for calls that the API would make.
    pub store: Db,
    /// GitHub.
    pub sim: GithubSim,
    /// The queue between the functions and the writer.
    pub nudges: Nudges,
    /// The function behind `POST /webhooks/github`.
    pub webhook: Arc<Webhook>,
    /// The function behind the queue.
    pub writer: Writer,
    /// The function behind the schedules.
    pub sync: Sync,
    pub(crate) queue: Queue,
    pub(crate) declared: RefCell<Declared>,
    pub(crate) finished: bool,
    _door: Door,
}

impl Harness {
    /// A database, a GitHub without repositories, and the functions between them.
    pub async fn new() -> Self {
        Self::with_pool(4).await
    }

    /// The same, whose `store` has so many connections.
    pub async fn with_pool(size: usize) -> Self {
        Self::build(size, false, Hears::App, &[]).await
    }

    /// The same, configured for a transaction pooler: statements travel unnamed.
    pub async fn behind_pooler() -> Self {
        Self::build(4, true, Hears::App, &[]).await
    }

    /// The same, configured as GitHub App whose installations are looked up.
    pub async fn as_app() -> Self {
        let app = [
            ("GITHUB_APP_ID", github_sim::APP_ID.to_string()),
            ("GITHUB_APP_PRIVATE_KEY", github_sim::APP_PRIVATE_KEY.to_owned()),
        ];
        Self::build(4, false, Hears::App, &app).await
    }

    /// The same, where each repository has a webhook of its own.
    pub async fn with_repository_webhooks() -> Self {
        Self::build(4, false, Hears::Repositories, &[]).await
    }

    /// The same, with some variables set otherwise.
    pub async fn configured(pairs: &[(&'static str, String)]) -> Self {
        Self::build(4, false, Hears::App, pairs).await
    }

    async fn build(size: usize, pooler: bool, hears: Hears, more: &[(&'static str, String)]) -> Self {
        let db = TestDb::new().await;
        let sim = GithubSim::builder().clock(Clock::fixed(morning())).start().await;
        let nudges = Nudges::start().await;
        nudges.set_now(morning());
        let mut pairs = settings(&db.url(), &sim.url());
        if pooler {
            pairs.push(("DATABASE_POOLER", "transaction".to_owned()));
        }
        pairs.extend_from_slice(more);
        let config = Config::from_pairs(pairs.clone());
        let webhook = Webhook::new(&config).expect("a webhook").with_queue(nudges.queue());
        let webhook = Arc::new(webhook);
        let door = Door::open(webhook.clone()).await;
        match hears {
            Hears::App => sim.set_webhook(&door.url, SECRET),
            Hears::Repositories => sim.set_repository_webhooks(&door.url, SECRET),
        }
        pairs.push(("DISPATCH_URL", door.url.trim_end_matches(hook::PATH).to_owned()));
        let config = Config::from_pairs(pairs);
        let writer = Writer::new(&config).expect("a writer").with_queue(nudges.queue());
        let sync = Sync::new(&config).expect("a sync").with_queue(nudges.queue());
        Self {
            store: db.pool_of(size, pooler),
            queue: nudges.queue(),
            declared: RefCell::default(),
            finished: false,
            _door: door,
            db,
            sim,
            nudges,
            webhook,
            writer,
            sync,
        }
    }

    /// Tracks a repository, which is made on GitHub unless it is there.
    ///
    /// # Panics
    /// When it is tracked already.
    pub async fn repo(&self, name: &str) -> RepoHandle {
        let tracked: RepoName = name.parse().expect("owner/name");
        repositories::track(&self.store, &tracked, Origin::User, None, &OPERATOR).await.expect("tracked");
        let repo = self.sim.repo(name);
        self.define_labels().await;
        self.arrive().await;
        repo
    }

    /// Lets the labels of all repositories count as defined there, so that a write is what the test says and no more.
    pub async fn define_labels(&self) {
        let statuses = Status::ALL.iter().map(|status| format!("status/{status}"));
        let agents =
            ["alpha", "beta", "gamma", "a", "b", "c", "d"].iter().map(|agent| format!("agent/{agent}"));
        let labels: Vec<String> = statuses.chain(agents).collect();
        self.db.rows("update repository set labels_defined = $1", &[&labels]).await;
    }

    /// An open issue that Dispatch knows of, a second after whatever was before.
    pub async fn issue(&self, repo: &RepoHandle, title: &str, labels: &[&str]) -> IssueView {
        self.tick().await;
        let issue = repo.issue(title).labels(labels.iter().copied()).open();
        self.arrive().await;
        issue
    }

    /// Lets a person act on GitHub, a second after whatever was before, and waits for the webhooks.
    pub async fn act<T>(&self, login: &str, act: impl FnOnce(&Person) -> T) -> T {
        self.tick().await;
        let done = act(&self.sim.person(login));
        self.arrive().await;
        done
    }

    /// Somebody who claims.
    pub fn agent(&self, name: &str) -> Agent<'_> {
        Agent::new(self, name)
    }

    /// An operator moves a card.
    ///
    /// # Errors
    /// As [`moves::move_issue`].
    pub async fn move_to(
        &self,
        issue: &IssueView,
        to: Status,
        reason: Option<&str>,
    ) -> Result<Option<MutationId>, Error> {
        let nudge = moves::move_issue(&self.store, id(issue), to, reason, None, &OPERATOR).await?;
        self.nudge(nudge).await;
        Ok(nudge)
    }

    /// What the API does after a commit.
    pub(crate) async fn nudge(&self, mutations: impl IntoIterator<Item = MutationId>) {
        for mutation in mutations {
            // As in production, a queue that is away is the sweep's business.
            let _ = self.queue.nudge(mutation.0, None).await;
        }
    }

    /// The card of an issue.
    ///
    /// # Panics
    /// When the cache does not know it.
    pub async fn card(&self, issue: &IssueView) -> Card {
        board::one(&self.store, id(issue)).await.expect("a card").0
    }

    /// Where an issue stands in the cache.
    pub async fn status(&self, issue: &IssueView) -> String {
        self.card(issue).await.row.status
    }

    /// The labels that GitHub shows, sorted.
    pub fn labels(&self, issue: &IssueView) -> Vec<String> {
        let mut labels = self.sim.issue(&issue.repo, issue.number).labels;
        labels.sort();
        labels
    }

    /// What the test's clocks show.
    pub fn now(&self) -> Timestamp {
        self.sim.now()
    }

    /// Moves all clocks.
    pub async fn advance(&self, by: SignedDuration) {
        self.sim.clock().advance(by);
        self.nudges.set_now(self.now());
        self.db.stop_clock_at(self.now()).await;
    }

    /// Moves all clocks by GitHub's smallest step, so that what follows is newer.
    pub async fn tick(&self) {
        self.advance(SignedDuration::from_secs(1)).await;
    }

    /// Waits until every webhook so far was delivered.
    pub async fn arrive(&self) {
        self.sim.flush().await;
    }

    /// Sends one request to the webhook's function.
    pub async fn call(&self, call: Call) -> Answer {
        Answer::from(self.webhook.handle(call.request()).await)
    }

    /// Delivers a payload, signed, under a fresh GUID.
    pub async fn deliver(&self, event: &str, payload: &Value) -> Answer {
        self.call(Call::new(event, payload.to_string())).await
    }

    /// Runs the writer until no nudge is visible and no write is due. Moves no clock.
    ///
    /// # Panics
    /// When that takes no end.
    pub async fn drain(&self) {
        for _ in 0..ROUNDS {
            self.arrive().await;
            let nudges = self.nudges.take();
            if nudges.is_empty() && outbox::due(&self.store, 1).await.expect("the outbox").is_empty() {
                return;
            }
            let response = self.writer.handle(event(nudges)).await;
            assert!(response.batch_item_failures.is_empty(), "the writer failed: {response:?}");
        }
        panic!("the writer found work {ROUNDS} times in a row");
    }

    /// Runs the sweep of every minute.
    ///
    /// # Panics
    /// When the job fails.
    pub async fn sweep(&self) -> Value {
        self.job(Job::Sweep).await
    }

    /// Compares the tracked repositories with GitHub.
    ///
    /// # Panics
    /// When the job fails.
    pub async fn reconcile(&self) -> Value {
        self.job(Job::Reconcile).await
    }

    /// Runs a job of the clock and answers its counts.
    ///
    /// # Panics
    /// When it fails.
    pub async fn job(&self, job: Job) -> Value {
        self.arrive().await;
        let event = Event { job, sync_run: None };
        let done = self.sync.handle(&event, PLENTY).await;
        done.unwrap_or_else(|error| panic!("{job:?} failed: {error:?}"))
    }

    /// Drains, and sweeps until no re-read is wanted: what the next minute brings by itself. Moves no clock.
    ///
    /// # Panics
    /// When that takes no end.
    pub async fn settle(&self) {
        for _ in 0..ROUNDS {
            self.drain().await;
            if self.rereads_wanted().await == 0 {
                return;
            }
            self.sweep().await;
        }
        panic!("re-reads are still wanted after {ROUNDS} sweeps");
    }

    /// Issues, pull requests and cards that only a read can settle.
    pub async fn rereads_wanted(&self) -> i64 {
        let issues = self.db.count("issue where reread_wanted > reread_settled and not gone").await;
        let pulls = "pull_request p join repository r on r.id = p.repository_id
            where (p.reread_wanted > p.reread_settled or p.follow_up_wanted > p.follow_up_settled)
              and r.enabled and not r.gone";
        let wanted = card::wanted(&self.store, 100).await.expect("cards").len();
        let superseded = card::superseded(&self.store).await.expect("cards").len();
        issues + self.db.count(pulls).await + i64::try_from(wanted + superseded).expect("a small number")
    }

    /// The state and last error of an issue's newest mutation.
    pub async fn mutation(&self, issue: &IssueView) -> (MutationId, String, Option<String>) {
        let sql = "select id, state, last_error from mutation where issue_id = $1 and kind = 'labels'
            order by id desc limit 1";
        let rows = self.db.rows(sql, &[&id(issue).0]).await;
        let row = rows.first().expect("the issue has a mutation");
        (MutationId(row.get(0)), row.get(1), row.get(2))
    }

    /// The writes that reached GitHub, as `POST a,b` and `DELETE a`, in order.
    pub fn label_writes(&self) -> Vec<String> {
        let writes = self.sim.writes();
        let of_issues =
            |write: &&github_sim::Write| write.path.contains("/issues/") && write.path.contains("/labels");
        writes.iter().filter(of_issues).map(spell).collect()
    }
}

fn spell(write: &github_sim::Write) -> String {
    let labels = match write.body["labels"].as_array() {
        Some(labels) => labels.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        None => {
            write.path.rsplit("/labels/").next().unwrap_or_default().replace("%2F", "/").replace("%20", " ")
        }
    };
    let failed = if write.succeeded() { String::new() } else { format!(" -> {}", write.status) };
    format!("{} {labels}{failed}", write.method)
}

/// The configuration of all functions.
pub fn config(database: &str, github: &str) -> Config {
    Config::from_pairs(settings(database, github))
}

/// The same, to add to.
pub fn settings(database: &str, github: &str) -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", database.to_owned()),
        ("DATABASE_POOLER", pooler_mode().to_owned()),
        ("DATABASE_POOL_SIZE", "4".to_owned()),
        ("GITHUB_API_URL", github.to_owned()),
        ("GITHUB_TOKEN", "sim-token".to_owned()),
        ("GITHUB_WRITE_INTERVAL_MS", "0".to_owned()),
        ("GITHUB_WEBHOOK_SECRET", format!("{SECRET},{OLDER_SECRET}")),
    ]
}

/// An issue's identity, as our crates spell it.
///
/// # Panics
/// Never: the simulator counts up from small numbers.
pub fn id(issue: &IssueView) -> IssueId {
    IssueId(i64::try_from(issue.id).expect("a small number"))
}
