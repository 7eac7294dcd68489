//! A running local stack as its users meet it: GitHub by signed deliveries, agents and operators by HTTP.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::env::Settings;
use crate::process::Processes;

/// The stack, and what is needed to act on it.
pub(super) struct Live<'a> {
    pub(super) base: String,
    pub(super) github: String,
    pub(super) processes: &'a Processes,
    /// A connection beside the functions', to count what was stored.
    settings: &'a Settings,
    http: Client,
}

impl<'a> Live<'a> {
    /// # Errors
    /// There is no HTTP client to be had.
    pub(super) fn new(
        base: &str,
        github: &str,
        processes: &'a Processes,
        settings: &'a Settings,
    ) -> anyhow::Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(40)).build()?;
        Ok(Self { base: base.to_owned(), github: github.to_owned(), processes, settings, http })
    }

    /// A connection to the stack's database.
    pub(super) async fn database(&self) -> anyhow::Result<tokio_postgres::Client> {
        let url = self.settings.get("DATABASE_URL").context("the stack has a database")?;
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// One number from the database.
    pub(super) async fn count(&self, sql: &str) -> anyhow::Result<i64> {
        Ok(self.database().await?.query_one(sql, &[]).await?.get(0))
    }

    /// A call with the bootstrap token.
    pub(super) async fn agent(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let token = self.settings.get("DISPATCH_AGENT_TOKEN").unwrap_or_default();
        self.call(method, path, body, Some(token)).await
    }

    /// A call as the board makes it; the stack must be open to operators.
    pub(super) async fn operator(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        self.call(method, path, body, None).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        token: Option<&str>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        request = match token {
            Some(token) => request.bearer_auth(token),
            None => request.header("origin", &self.base),
        };
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        Ok((response.status(), response.json().await.unwrap_or_default()))
    }

    /// A delivery as GitHub sends it; `signature` stands in for the right one.
    pub(super) async fn deliver(
        &self,
        event: &str,
        guid: &str,
        body: &str,
        signature: Signature<'_>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = self.http.post(format!("{}/webhooks/github", self.base));
        request = request.header("content-type", "application/json");
        request = request.header("x-github-event", event).header("x-github-delivery", guid);
        request = match signature {
            Signature::Right => request.header("x-hub-signature-256", self.sign(body)?),
            Signature::Other(text) => request.header("x-hub-signature-256", text),
            Signature::None => request,
        };
        let response = request.body(body.to_owned()).send().await?;
        Ok((response.status(), response.json().await.unwrap_or_default()))
    }

    fn sign(&self, body: &str) -> anyhow::Result<String> {
        let secret = self.settings.get("GITHUB_WEBHOOK_SECRET").unwrap_or_default();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
        mac.update(body.as_bytes());
        let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("sha256={hex}"))
    }

    /// A person acts on GitHub.
    pub(super) async fn act(&self, change: &Value) -> anyhow::Result<Value> {
        let mut body = change.clone();
        body["actor"] = json!("ana");
        let answer = self.http.post(format!("{}/_sim/act", self.github)).json(&body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("github-sim refuses {change}: {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }

    /// Waits until GitHub has sent, and had answered, everything there was to tell.
    pub(super) async fn flush(&self) -> anyhow::Result<()> {
        self.http.post(format!("{}/_sim/flush", self.github)).send().await?.error_for_status()?;
        Ok(())
    }

    /// A new repository on GitHub with `issues` that are ready, tracked here and known.
    pub(super) async fn repository(&self, name: &str, issues: usize) -> anyhow::Result<()> {
        self.act(&json!({ "action": "create_repository", "repo": name })).await?;
        let body = json!({ "fullName": name });
        let (status, answer) = self.operator(Method::POST, "/api/automation/repos", Some(&body)).await?;
        if status != StatusCode::CREATED {
            bail!("tracking {name} was answered {status}: {answer}");
        }
        for number in 1..=issues {
            self.act(&json!({
                "action": "open_issue", "repo": name, "title": format!("Issue {number}"),
                "labels": ["status/ready", "kept"],
            }))
            .await?;
        }
        self.flush().await?;
        let sql = format!(
            "select count(*) from issue i join repository r on r.id = i.repository_id
             where r.owner || '/' || r.name = '{name}' and i.status = 'ready'"
        );
        self.until(&format!("{issues} issues of {name} are ready"), async || {
            Ok(self.count(&sql).await? == i64::try_from(issues)?)
        })
        .await
    }

    async fn github_state(&self) -> anyhow::Result<Value> {
        Ok(self.http.get(format!("{}/_sim/state", self.github)).send().await?.json().await?)
    }

    /// Waits until GitHub's clock shows another second.
    pub(super) async fn next_second(&self) -> anyhow::Result<()> {
        let second = async || -> anyhow::Result<String> {
            let state = self.github_state().await?;
            let now = state["now"].as_str().context("github-sim tells its time")?;
            Ok(now.split('.').next().unwrap_or(now).to_owned())
        };
        let before = second().await?;
        self.until("a second has passed", async || Ok(second().await? != before)).await
    }

    /// The labels of every issue of a repository, by number, on GitHub.
    pub(super) async fn labels(&self, name: &str) -> anyhow::Result<Vec<(i64, Vec<String>)>> {
        let state = self.github_state().await?;
        let repositories = state["repositories"].as_array().context("github-sim has repositories")?;
        let repository = repositories.iter().find(|one| one["fullName"] == name).context("it is there")?;
        let issues = repository["issues"].as_array().context("it has issues")?;
        let labels = |issue: &Value| serde_json::from_value(issue["labels"].clone()).unwrap_or_default();
        Ok(issues.iter().map(|issue| (issue["number"].as_i64().unwrap_or_default(), labels(issue))).collect())
    }

    /// Asks until it is so.
    ///
    /// # Errors
    /// It is not within two minutes, or asking fails all that time.
    pub(super) async fn until(
        &self,
        what: &str,
        mut is_so: impl AsyncFnMut() -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + Duration::from_secs(120);
        loop {
            let last = match is_so().await {
                Ok(true) => return Ok(()),
                Ok(false) => "it is not so yet".to_owned(),
                Err(error) => format!("{error:#}"),
            };
            if Instant::now() > deadline {
                bail!("waited two minutes until {what}: {last}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Every write that was wanted for a repository has reached GitHub, and GitHub shows the statuses the board shows.
    pub(super) async fn converged(&self, name: &str) -> anyhow::Result<()> {
        let unfinished = format!(
            "select count(*) from mutation m join repository r on r.id = m.repository_id
             where r.owner || '/' || r.name = '{name}' and m.state in ('pending', 'leased', 'parked')"
        );
        let statuses = format!(
            "select i.number::bigint, i.status from issue i join repository r on r.id = i.repository_id
             where r.owner || '/' || r.name = '{name}' and not i.closed order by i.number"
        );
        self.until(&format!("{name} shows the same here and on GitHub"), async || {
            if self.count(&unfinished).await? != 0 {
                return Ok(false);
            }
            let here = self.database().await?.query(&statuses, &[]).await?;
            let here: Vec<(i64, String)> = here.iter().map(|row| (row.get(0), row.get(1))).collect();
            let there = self.labels(name).await?;
            for (number, labels) in &there {
                let shown: Vec<&str> =
                    labels.iter().filter_map(|label| label.strip_prefix("status/")).collect();
                let known = here.iter().find(|(known, _)| known == number).map(|(_, status)| status.as_str());
                if known != Some(shown.first().copied().unwrap_or("backlog")) || shown.len() > 1 {
                    bail!("#{number} has {labels:?} on GitHub and is {known:?} here");
                }
                if !labels.iter().any(|label| label == "kept") {
                    bail!("#{number} lost a label that is not ours: {labels:?}");
                }
            }
            Ok(here.len() == there.len())
        })
        .await
    }
}

/// How a delivery is signed.
#[derive(Clone, Copy)]
pub(super) enum Signature<'a> {
    /// As GitHub does.
    Right,
    /// This text stands there instead.
    Other(&'a str),
    /// Not at all.
    None,
}
