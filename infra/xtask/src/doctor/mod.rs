//! `cargo xtask doctor`: what is configured, reachable and overdue, and what to do about it. It changes nothing.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use dispatch_runtime::Config;
use dispatch_runtime::config::VARIABLES;
use serde_json::Value;
use tokio::process::Command;

use crate::env::Settings;
use crate::paths::Paths;
use crate::process;
use crate::up::{aws, build};

mod database;

/// How long anything may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What `cargo xtask doctor` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// The installation to look at.
    #[arg(long, default_value = "http://127.0.0.1:8787", value_name = "URL")]
    url: String,
    /// The most sandboxes of api, and of github-webhook: the stack's ApiConcurrency; the local stack has 8.
    #[arg(long, default_value_t = 8, value_name = "COUNT")]
    api_concurrency: i64,
    /// Where the local stack's data is kept.
    #[arg(long, value_name = "FOLDER")]
    state: Option<std::path::PathBuf>,
    /// Port of the local stack's SQS, unless DISPATCH_QUEUE_URL is set.
    #[arg(long, default_value_t = 9324, value_name = "PORT")]
    queue_port: u16,
    /// Port of the local stack's github-sim, unless there are GitHub credentials.
    #[arg(long, default_value_t = 9080, value_name = "PORT")]
    github_port: u16,
}

/// Prints what it finds; fails when something is broken.
///
/// # Errors
/// `.env` is not understood.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(options.state.as_deref())?;
    let mut settings = Settings::read(&paths)?;
    settings.adopt_invented(&paths)?;
    println!("configuration (environment over .env over invented; values are never shown)");
    for variable in VARIABLES {
        let state = match (settings.get(variable.name), variable.default) {
            (Some(_), _) => "set".to_owned(),
            (None, Some(default)) => format!("not set (default {default})"),
            (None, None) => "not set".to_owned(),
        };
        println!("  {:<28} {state}", variable.name);
    }
    let http = reqwest::Client::builder().timeout(PATIENCE).user_agent("dispatch-doctor").build()?;
    let mut report = Report::default();
    println!("\ntools");
    for (name, arguments) in TOOLS {
        report.row(name, tool(name, arguments).await);
    }
    report.row("cargo-lambda, moto", local_tools(&paths).await);
    println!("\nservices");
    match database::reach(&paths, &settings).await {
        Err(error) => report.row("database", Err(error)),
        Ok(client) => {
            report.row("database", database::schema(&paths, &client).await);
            let pool = settings.get("DATABASE_POOL_SIZE").and_then(|size| size.parse().ok()).unwrap_or(1);
            report.row("connections", database::connections(&client, options.api_concurrency, pool).await);
            report.row("jobs", database::jobs(&client).await);
            report.row("work left over", database::left_over(&client).await);
            report.row("GitHub's budgets", database::budgets(&client).await);
            report.row("GitHub's webhooks", database::hooks(&client).await);
        }
    }
    report.row("GitHub credential", credential(&settings));
    report.row("GitHub", github(&http, &settings, options.github_port).await);
    report.row("queue", queue(&settings, options.queue_port).await);
    report.row("health", health(&http, &options.url).await);
    report.row("webhook", webhook(&http, &options.url).await);
    match report.broken {
        0 => println!("\nnothing to do"),
        broken => println!("\n{broken} to look at"),
    }
    Ok(if report.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

const TOOLS: [(&str, &[&str]); 5] = [
    ("rustc", &["--version"]),
    ("cargo", &["nextest", "--version"]),
    ("python3", &["--version"]),
    ("node", &["--version"]),
    ("npm", &["--version"]),
];

#[derive(Default)]
struct Report {
    broken: u32,
}

impl Report {
    fn row(&mut self, name: &str, found: anyhow::Result<String>) {
        match found {
            Ok(text) => println!("  ok    {name:<20} {text}"),
            Err(error) => {
                self.broken += 1;
                println!("  LOOK  {name:<20} {error:#}");
            }
        }
    }
}

async fn tool(name: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new(name);
    command.args(arguments);
    let text = process::output(command).await.context(match name {
        "cargo" => "cargo-nextest is missing; `cargo xtask test` then uses cargo's own runner (slower)",
        _ => "missing",
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

async fn local_tools(paths: &Paths) -> anyhow::Result<String> {
    if !crate::up::tools_are_installed(paths) {
        bail!("not installed yet; `cargo xtask up` does it");
    }
    build::prerequisites().await.map(|_| "installed in .dispatch/venv".to_owned())
}

/// As whom GitHub is asked. An App in part is not used, which somebody should know.
fn credential(settings: &Settings) -> anyhow::Result<String> {
    let known = VARIABLES.iter().filter_map(|v| Some((v.name, settings.get(v.name)?)));
    let config = Config::from_pairs(known);
    let of_github = |warning: &String| warning.contains("GitHub App");
    if let Some(warning) = config.warnings().into_iter().find(of_github) {
        bail!("{warning}");
    }
    let auth =
        config.github().map_or("none: the simulated GitHub of `cargo xtask up`", |github| github.auth_name());
    Ok(auth.to_owned())
}

/// GitHub's own budget page; asking for it costs nothing ("Rate limits for the REST API").
async fn github(http: &reqwest::Client, settings: &Settings, sim_port: u16) -> anyhow::Result<String> {
    let sim = format!("http://127.0.0.1:{sim_port}");
    let (base, token) = match (settings.get("GITHUB_TOKEN"), settings.get("GITHUB_APP_ID")) {
        (Some(token), _) => (settings.get("GITHUB_API_URL").unwrap_or("https://api.github.com"), Some(token)),
        (None, Some(_)) => (settings.get("GITHUB_API_URL").unwrap_or("https://api.github.com"), None),
        (None, None) => (sim.as_str(), Some(crate::up::SIM_TOKEN)),
    };
    let mut request = http.get(format!("{}/rate_limit", base.trim_end_matches('/')));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.with_context(|| format!("{base} cannot be reached"))?;
    if !answer.status().is_success() {
        bail!("{base} answers {}; is the credential still good?", answer.status());
    }
    let limits: Value = answer.json().await?;
    let core = &limits["resources"]["core"];
    let (left, limit) = (core["remaining"].as_u64().unwrap_or(0), core["limit"].as_u64().unwrap_or(0));
    let with = if token.is_some() { "" } else { " (asked without the App's credential)" };
    if left == 0 {
        bail!("{base}: the budget of {limit} requests an hour is used up{with}");
    }
    Ok(format!("{base}, {left} of {limit} requests left this hour{with}"))
}

async fn queue(settings: &Settings, port: u16) -> anyhow::Result<String> {
    let local = aws::queue_url(port, aws::QUEUE);
    let url = settings.get("DISPATCH_QUEUE_URL").unwrap_or(&local);
    if url != local {
        bail!("{url}: a queue on AWS is not looked at from here; see the alarms of the stack");
    }
    let client = aws_sdk_sqs::Client::new(&aws::config(port).await);
    let counts = [
        aws_sdk_sqs::types::QueueAttributeName::ApproximateNumberOfMessages,
        aws_sdk_sqs::types::QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
    ];
    let asked =
        client.get_queue_attributes().queue_url(url).set_attribute_names(Some(counts.to_vec())).send();
    let answer = tokio::time::timeout(PATIENCE, asked).await.context("it does not answer")?;
    let answer = answer.map_err(|error| anyhow::anyhow!("{url}: {}", aws::reason(&error)))?;
    let count = |name| answer.attributes().and_then(|all| all.get(name)).map_or("?", String::as_str);
    Ok(format!("{} waiting, {} being written", count(&counts[0]), count(&counts[1])))
}

/// What the installation says of itself, its warnings included.
async fn health(http: &reqwest::Client, url: &str) -> anyhow::Result<String> {
    let answer = http
        .get(format!("{url}/api/health"))
        .send()
        .await
        .with_context(|| format!("{url} cannot be reached"))?;
    let status = answer.status();
    let health: Value = answer.json().await.with_context(|| format!("{url}/api/health answers {status}"))?;
    let warnings: Vec<&str> =
        health["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for warning in &warnings {
        println!("        {:<20} {warning}", "");
    }
    if !status.is_success() {
        bail!("{url}/api/health answers {status}, database {}", health["database"]);
    }
    let text = |name: &str| health[name].as_str().unwrap_or("?").to_owned();
    Ok(format!("version {}, sign-in {}, {} warnings", text("version"), text("authMode"), warnings.len()))
}

/// An unsigned delivery must be refused by the function itself.
async fn webhook(http: &reqwest::Client, url: &str) -> anyhow::Result<String> {
    let answer = http.post(format!("{url}/webhooks/github")).send().await.context("cannot be reached")?;
    match answer.status().as_u16() {
        401 => Ok("refuses what is not signed".to_owned()),
        status => bail!("answers {status} to a delivery without a signature; expected 401"),
    }
}
