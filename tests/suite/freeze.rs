//! A sandbox is frozen between two requests, for longer than the server keeps an idle session.

use std::time::{Duration, Instant};

use kit::Harness;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A process that answers one request after the other, as a sandbox does.
struct Sandbox {
    process: Child,
    requests: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Sandbox {
    fn start(h: &Harness) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash-worker"));
        command.arg("sandbox").env_clear().envs(crate::kill::environment(h));
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let (requests, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, requests, answers: BufReader::new(answers).lines() }
    }

    async fn ask(&mut self, request: &Value) -> Value {
        self.requests.write_all(format!("{request}\n").as_bytes()).await.unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(20), self.answers.next_line()).await;
        serde_json::from_str(&answer.expect("an answer").unwrap().expect("a line")).unwrap()
    }

    /// Freezes it until the server has ended its session, which it cannot notice.
    async fn freeze(&self, h: &Harness, since: &str) {
        self.signal("-STOP").await;
        let idle = "select count(*) from pg_stat_activity where datname = current_database()
            and application_name = 'dispatch' and backend_start > $1::text::timestamptz";
        let deadline = Instant::now() + Duration::from_secs(20);
        while h.db.value::<i64>(idle, &[&since]).await > 0 {
            assert!(Instant::now() < deadline, "the server keeps the session");
            tokio::task::yield_now().await;
        }
        self.signal("-CONT").await;
    }

    async fn signal(&self, name: &str) {
        let id = self.process.id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &id]).status().await.unwrap().success());
    }
}

#[tokio::test]
async fn a_thawed_process_answers_though_the_server_ended_its_session() {
    let h = Harness::new().await;
    let repo = h.repo("acme/web").await;
    h.issue(&repo, "One", &["status/ready"]).await;
    let name: String = h.db.value("select current_database()::text", &[]).await;
    let role: String = h.db.value("select current_user::text", &[]).await;
    h.db.run(&format!("alter role \"{role}\" in database {name} set idle_session_timeout = '300ms'")).await;
    let before: String = h.db.value("select clock_timestamp()::text", &[]).await;
    let health = json!({ "method": "GET", "uri": "/api/health", "headers": [], "body": "" });
    let claim = json!({
        "method": "POST", "uri": "/api/claims", "body": json!({ "agentName": "alpha" }).to_string(),
        "headers": [["content-type", "application/json"], ["authorization", "Bearer the-agents-token"]],
    });
    let mut sandbox = Sandbox::start(&h);
    assert_eq!(sandbox.ask(&health).await["status"], 200);
    sandbox.freeze(&h, &before).await;
    assert_eq!(sandbox.ask(&health).await["status"], 200);
    // The first claim finds the session gone when it notes that the agent was seen, the second when it begins.
    for resumed in [false, true] {
        sandbox.freeze(&h, &before).await;
        let answer = sandbox.ask(&claim).await;
        assert_eq!(
            (&answer["status"], &answer["body"]["resumed"]),
            (&json!(200), &json!(resumed)),
            "{answer}"
        );
    }
    assert_eq!(h.db.count("agent where last_seen_at is not null").await, 1);
    h.leaves_apart();
    h.leaves_work_waiting();
    h.finish().await;
}
