//! What the board in a browser asks: all cards, whether anything changed, and what did.

use std::time::Instant;

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use dispatch_runtime::Config;
use http::header::{ACCEPT_ENCODING, ETAG, HeaderMap, IF_NONE_MATCH};
use http::{Request, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::control::Control;
use crate::load::{Amount, Done, Notes, run};

/// What to ask, how often.
#[derive(Deserialize)]
struct Job {
    #[serde(flatten)]
    amount: Amount,
    what: What,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum What {
    /// Once, and say how much came.
    Look,
    /// The whole board, as a browser asks for it first.
    Board,
    /// The whole board, when the asker has it already.
    Unchanged,
    /// What changed since: nothing.
    Changes,
}

/// How big the answers are.
#[derive(Serialize)]
struct Looked {
    cards: usize,
    bytes: usize,
    compressed: usize,
    changes: usize,
}

/// Asks what it is told to ask.
///
/// # Errors
/// The configuration cannot be used, or an answer is not the contract's.
pub(crate) async fn serve(config: &Config, mut control: Control) -> anyhow::Result<()> {
    let api = Api { router: api::router(api::App::new(config)?) };
    while let Some(job) = control.job::<Job>().await? {
        match job.what {
            What::Look => control.tell(&api.look().await?).await?,
            what => control.tell(&api.ask(what, &job.amount).await?).await?,
        }
    }
    Ok(())
}

struct Api {
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Api {
    async fn look(&self) -> anyhow::Result<Looked> {
        let plain = self.get("/api/board", &[]).await?;
        let compressed = self.get("/api/board", &[(ACCEPT_ENCODING, "gzip")]).await?;
        let changes = self.get(&changes_after(&plain.body)?, &[]).await?;
        let board: Value = serde_json::from_slice(&plain.body)?;
        let columns = board["columns"].as_array().context("a board without columns")?;
        let cards = columns.iter().filter_map(|column| column["cards"].as_array()).map(Vec::len).sum();
        Ok(Looked {
            cards,
            bytes: plain.body.len(),
            compressed: compressed.body.len(),
            changes: changes.body.len(),
        })
    }

    async fn ask(&self, what: What, amount: &Amount) -> anyhow::Result<Done> {
        let known = self.get("/api/board", &[(ACCEPT_ENCODING, "gzip")]).await?;
        let etag = known.headers.get(ETAG).context("a board without an ETag")?.to_str()?.to_owned();
        let (kind, expected, path) = match what {
            What::Unchanged => ("unchanged", StatusCode::NOT_MODIFIED, "/api/board".to_owned()),
            What::Changes => {
                ("changes", StatusCode::OK, changes_after(&self.get("/api/board", &[]).await?.body)?)
            }
            What::Board | What::Look => ("board", StatusCode::OK, "/api/board".to_owned()),
        };
        let mut headers = vec![(ACCEPT_ENCODING, "gzip")];
        if matches!(what, What::Unchanged) {
            headers.push((IF_NONE_MATCH, etag.as_str()));
        }
        run(amount, Notes::default(), async |notes, _, _| {
            let start = Instant::now();
            let answer = self.get(&path, &headers).await?;
            notes.note(kind, start.elapsed(), if answer.status == expected { "as asked" } else { "other" });
            Ok(())
        })
        .await
    }

    async fn get(&self, path: &str, headers: &[(http::HeaderName, &str)]) -> anyhow::Result<Answer> {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty())?).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await?.to_vec();
        if !status.is_success() && status != StatusCode::NOT_MODIFIED {
            bail!("GET {path} answered {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(Answer { status, headers, body })
    }
}

fn changes_after(board: &[u8]) -> anyhow::Result<String> {
    let board: Value = serde_json::from_slice(board)?;
    Ok(format!("/api/changes?after={}", board["cursor"].as_str().context("a board without a cursor")?))
}
