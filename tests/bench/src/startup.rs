//! Starting a function as Lambda does: a process, the runtime API, one event, its answer.
//!
//! The runtime API is the documented one (AWS Lambda, "Using the Lambda runtime API"), as far as one event needs it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use crate::control::Control;
use crate::events::Event;

/// Longer than any start that is worth a number.
const PATIENCE: Duration = Duration::from_secs(20);

/// A function to be started once.
#[derive(Deserialize)]
struct Job {
    program: PathBuf,
    env: BTreeMap<String, String>,
    /// Which of [`Event`]'s.
    event: String,
    /// Whether the database's address is in the secret, which the function has to fetch first.
    secret: bool,
}

/// What one start took.
#[derive(Serialize)]
struct Started {
    micros: u64,
    /// Resident memory when the answer was there, and the most until then, in KiB.
    resident: u64,
    peak: u64,
}

/// Starts what it is told until it is told no more.
///
/// # Errors
/// A function cannot be started or does not answer.
pub(crate) async fn serve(mut control: Control) -> anyhow::Result<()> {
    while let Some(job) = control.job::<Job>().await? {
        control.tell(&start(job).await?).await?;
    }
    Ok(())
}

async fn start(mut job: Job) -> anyhow::Result<Started> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (answers, mut answered) = mpsc::unbounded_channel();
    let (give, given) = mpsc::channel(1);
    let event = Event::named(&job.event)?;
    give.send(event.body.to_string()).await?;
    let secret = match job.secret {
        true => job.env.remove("DATABASE_URL").map(|url| json!({ "DATABASE_URL": url }).to_string()),
        false => None,
    };
    if secret.is_some() {
        job.env.insert(
            "DISPATCH_SECRET_ARN".to_owned(),
            "arn:aws:secretsmanager:us-east-1:0:secret:bench".to_owned(),
        );
        job.env.insert("AWS_ENDPOINT_URL_SECRETS_MANAGER".to_owned(), format!("http://{address}"));
    }
    let runtime = Arc::new(Runtime { events: tokio::sync::Mutex::new(given), answers, secret });
    let routes = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/{kind}", post(answer))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .route("/", post(secret_value))
        .with_state(runtime);
    let server = tokio::spawn(axum::serve(listener, routes).into_future());
    let mut command = Command::new(&job.program);
    command.env_clear().envs(&job.env).env("AWS_LAMBDA_RUNTIME_API", address.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let begun = Instant::now();
    let mut child = command.spawn().with_context(|| format!("starting {}", job.program.display()))?;
    let (at, failed, answer) = tokio::select! {
        answer = answered.recv() => answer.context("the runtime API ended")?,
        status = child.wait() => bail!("{} ended ({}) before it answered", job.program.display(), status?),
        () = tokio::time::sleep(PATIENCE) => bail!("{} did not answer", job.program.display()),
    };
    let (resident, peak) = memory(&child);
    child.kill().await?;
    server.abort();
    event.check(failed, &answer).with_context(|| format!("{} and {}", job.program.display(), job.event))?;
    let micros = u64::try_from(at.duration_since(begun).as_micros()).unwrap_or(u64::MAX);
    Ok(Started { micros, resident, peak })
}

type Answer = (Instant, bool, String);

struct Runtime {
    events: tokio::sync::Mutex<mpsc::Receiver<String>>,
    answers: mpsc::UnboundedSender<Answer>,
    /// What Secrets Manager has.
    secret: Option<String>,
}

async fn next(State(runtime): State<Arc<Runtime>>) -> impl IntoResponse {
    let event = runtime.events.lock().await.recv().await;
    let Some(event) = event else {
        // There is one event only: the next poll waits until the process is ended.
        return std::future::pending().await;
    };
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(30);
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned()),
        ("lambda-runtime-deadline-ms", deadline.as_millisecond().to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:123456789012:function:bench".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event)
}

async fn answer(
    State(runtime): State<Arc<Runtime>>,
    Path((_, kind)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    runtime.tell(kind != "response", &body)
}

/// Secrets Manager's `GetSecretValue`.
async fn secret_value(State(runtime): State<Arc<Runtime>>) -> impl IntoResponse {
    let body = json!({ "Name": "bench", "SecretString": runtime.secret }).to_string();
    ([("content-type", "application/x-amz-json-1.1")], body)
}

async fn init_error(State(runtime): State<Arc<Runtime>>, body: Bytes) -> StatusCode {
    runtime.tell(true, &body)
}

impl Runtime {
    fn tell(&self, failed: bool, body: &[u8]) -> StatusCode {
        // Nobody listens any more once the first answer was taken.
        let _ = self.answers.send((Instant::now(), failed, String::from_utf8_lossy(body).into_owned()));
        StatusCode::ACCEPTED
    }
}

/// `VmRSS` and `VmHWM` of a process, as proc_pid_status(5) has them; zero where there is no /proc.
fn memory(child: &Child) -> (u64, u64) {
    let status =
        child.id().map(|id| std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default());
    let status = status.unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    (field("VmRSS:"), field("VmHWM:"))
}
