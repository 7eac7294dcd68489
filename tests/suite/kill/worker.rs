//! The process that is killed.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{ExitStatus, Stdio};

use dispatch_domain::ids::MutationId;
use github_sim::Delivery;
use kit::Harness;
use kit::webhook::SECRET;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};

/// As `failpoint` ends a process: at once, without unwinding, flushing or answering.
const SIGABRT: i32 = 6;

/// What a worker is asked to do.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    arguments: Vec<String>,
    input: String,
    /// The messages that it was woken by: SQS shows them again when it dies.
    pub(super) messages: Vec<MutationId>,
}

impl Task {
    /// Answers this delivery.
    pub(crate) fn webhook(delivery: &Delivery) -> Self {
        let headers: Vec<Value> =
            delivery.request_headers.iter().map(|(name, value)| json!([name, value])).collect();
        let request =
            json!({ "method": "POST", "uri": "/webhooks/github", "headers": headers, "body": delivery.body });
        Self { arguments: vec!["webhook".to_owned()], input: request.to_string(), messages: vec![] }
    }

    /// Answers a request to the API: as the bootstrap token does, or as the operator.
    pub(super) fn api(path: &str, credentials: Credentials, key: Option<&str>, body: &Value) -> Self {
        let mut headers =
            vec![json!(["content-type", "application/json"]), json!(["authorization", credentials.header()])];
        headers.extend(key.map(|key| json!(["idempotency-key", key])));
        let request = json!({ "method": "POST", "uri": path, "headers": headers, "body": body.to_string() });
        Self { arguments: vec!["api".to_owned()], input: request.to_string(), messages: vec![] }
    }

    /// Writes, woken by these messages.
    pub(crate) fn writer(messages: &[MutationId]) -> Self {
        let mut arguments = vec!["writer".to_owned()];
        arguments.extend(messages.iter().map(ToString::to_string));
        Self { arguments, input: String::new(), messages: messages.to_vec() }
    }

    /// Does a job of the clock.
    pub(super) fn job(name: &str, run: Option<String>) -> Self {
        let mut arguments = vec!["job".to_owned(), name.to_owned()];
        arguments.extend(run);
        Self { arguments, input: String::new(), messages: vec![] }
    }

    /// Starts it, with these variables besides the configuration.
    pub(super) async fn start(&self, h: &Harness, variables: &[(&str, &str)]) -> Child {
        // Hundreds die here by the signal that leaves a core, which nobody wants to have.
        let mut child = Command::new("/bin/sh")
            .args(["-c", r#"ulimit -c 0; exec "$0" "$@""#, env!("CARGO_BIN_EXE_crash-worker")])
            .args(&self.arguments)
            .env_clear()
            .envs(environment(h))
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a worker");
        let mut input = child.stdin.take().expect("standard input");
        input.write_all(self.input.as_bytes()).await.expect("the worker reads");
        child
    }

    /// Starts it and waits for its end.
    pub(crate) async fn run(&self, h: &Harness, variables: &[(&str, &str)]) -> Run {
        Run::of(self.start(h, variables).await).await
    }
}

/// Who asks the API.
#[derive(Debug, Clone, Copy)]
pub(super) enum Credentials {
    /// Whoever has the bootstrap token.
    Agent,
    /// The operator.
    Operator,
}

impl Credentials {
    fn header(self) -> &'static str {
        match self {
            Self::Agent => "Bearer the-agents-token",
            // Base64 of `olga:password`.
            Self::Operator => "Basic b2xnYTpwYXNzd29yZA==",
        }
    }
}

/// What the functions of a harness find in their environment.
pub(crate) fn environment(h: &Harness) -> Vec<(&'static str, String)> {
    let queue = h.nudges.endpoint();
    let fixed = [
        ("DATABASE_POOL_SIZE", "1"),
        ("GITHUB_TOKEN", "sim-token"),
        ("GITHUB_WRITE_INTERVAL_MS", "0"),
        ("GITHUB_WEBHOOK_SECRET", SECRET),
        ("DISPATCH_AGENT_TOKEN", "the-agents-token"),
        ("DISPATCH_AUTH_MODE", "basic"),
        ("DISPATCH_AUTH_USERNAME", "olga"),
        ("DISPATCH_AUTH_PASSWORD", "password"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        // Nobody listens there: the sync function is away.
        ("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:9"),
    ];
    let own = [
        ("GITHUB_API_URL", h.sim.url()),
        ("DISPATCH_QUEUE_URL", format!("{queue}/1/writes")),
        ("AWS_ENDPOINT_URL_SQS", queue.to_owned()),
    ];
    let fixed = fixed.into_iter().map(|(name, value)| (name, value.to_owned()));
    fixed.chain(own).chain(h.db.settings()).collect()
}

/// How a worker ended, and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(super) status: ExitStatus,
    answer: String,
    said: String,
}

impl Run {
    pub(super) async fn of(child: Child) -> Self {
        let output = child.wait_with_output().await.expect("the worker's output");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { status: output.status, answer: text(output.stdout), said: text(output.stderr) }
    }

    /// Whether it came to its end and answered.
    pub(crate) fn answered(&self) -> bool {
        self.status.success() && !self.answer.is_empty()
    }

    /// Status and body of an answer to a request.
    pub(crate) fn response(&self) -> (u64, Value) {
        assert!(self.answered(), "{self:?}");
        let mut answer: Value = serde_json::from_str(&self.answer).expect("JSON");
        (answer["status"].as_u64().expect("a status"), answer["body"].take())
    }

    /// The names of the failpoints that it passed, in order, where it was asked to say so.
    pub(super) fn passed(&self) -> impl Iterator<Item = String> {
        let name = |line: &str| Some(line.strip_prefix("failpoint ")?.strip_suffix(": passing")?.to_owned());
        self.said.lines().filter_map(name)
    }

    /// It was ended by the signal, there, and answered nobody.
    pub(super) fn assert_died_at(&self, passing: &str) {
        let name = passing.split('#').next().unwrap_or_default();
        assert_eq!(self.status.signal(), Some(SIGABRT), "at {passing}: {self:?}");
        assert!(self.said.contains(&format!("failpoint {name}: aborting")), "at {passing}: {self:?}");
        assert_eq!(self.answer, "", "at {passing}");
    }
}
