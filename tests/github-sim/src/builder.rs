//! Setting a simulator up.

use std::{net::SocketAddr, path::Path, sync::Arc};

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::{
    clock::Clock,
    http::{
        access::{APP_SLUG, Access},
        serve,
    },
    shared::Shared,
    sim::{GithubSim, Server},
    state::{State, Urls},
};

/// Requests an hour that a token has (GitHub docs, "Rate limits for the REST API").
const PRIMARY_LIMIT: u64 = 5_000;
/// The token that is there when no other was asked for, and who it acts as.
const DEFAULT_TOKEN: (&str, &str) = ("sim-token", "dispatch-bot");

/// What happens before anybody looks.
type Past = Box<dyn FnOnce(&GithubSim) + Send>;

/// Options of a simulator; see [`GithubSim::builder`].
#[derive(Default)]
pub struct Builder {
    clock: Clock,
    tokens: Vec<(String, String)>,
    app_webhook: Option<(String, String)>,
    repository_webhooks: Option<(String, String)>,
    limit: Option<u64>,
    state: State,
    past: Option<Past>,
    own_pages: bool,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Builder").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl Builder {
    /// The clock; the machine's when not given.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// A token and the login it acts as; `sim-token` for `dispatch-bot` when none is given.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>, login: impl Into<String>) -> Self {
        self.tokens.push((token.into(), login.into()));
        self
    }

    /// The app's webhook: every event of every repository goes there.
    #[must_use]
    pub fn webhook(mut self, url: impl Into<String>, secret: impl Into<String>) -> Self {
        self.app_webhook = Some((url.into(), secret.into()));
        self
    }

    /// A webhook of its own for every repository, all to this address.
    #[must_use]
    pub fn repository_webhooks(mut self, url: impl Into<String>, secret: impl Into<String>) -> Self {
        self.repository_webhooks = Some((url.into(), secret.into()));
        self
    }

    /// Requests an hour per caller; 5,000 when not given.
    #[must_use]
    pub fn rate_limit(mut self, requests_per_hour: u64) -> Self {
        self.limit = Some(requests_per_hour);
        self
    }

    /// Takes up the facts that [`GithubSim::save`] wrote; an absent file is an empty GitHub.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read or understood.
    pub fn restore(mut self, path: &Path) -> anyhow::Result<Self> {
        if path.exists() {
            let text = std::fs::read(path)
                .with_context(|| format!("the saved state {} cannot be read", path.display()))?;
            self.state = serde_json::from_slice(&text).with_context(|| {
                format!("the saved state {} is not understood; delete it to start anew", path.display())
            })?;
        }
        Ok(self)
    }

    /// Makes `html_url` lead to plain pages of the simulator instead of to github.com.
    #[must_use]
    pub fn own_pages(mut self) -> Self {
        self.own_pages = true;
        self
    }

    /// Lets things happen before the first request is answered and before there are webhooks.
    #[must_use]
    pub fn past(mut self, happens: impl FnOnce(&GithubSim) + Send + 'static) -> Self {
        self.past = Some(Box::new(happens));
        self
    }

    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When the loopback interface offers no port.
    pub async fn start(self) -> GithubSim {
        self.start_on(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("127.0.0.1 has a free port")
    }

    /// Starts on a given address.
    ///
    /// # Errors
    ///
    /// When it cannot be bound.
    pub async fn start_on(mut self, address: SocketAddr) -> std::io::Result<GithubSim> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let own = format!("http://{address}");
        let html = if self.own_pages { own.clone() } else { Urls::default().html };
        self.state.urls = Urls { api: own, html };
        let mut access = Access::new(self.limit.unwrap_or(PRIMARY_LIMIT));
        if self.tokens.is_empty() {
            self.tokens.push((DEFAULT_TOKEN.0.to_owned(), DEFAULT_TOKEN.1.to_owned()));
        }
        for (token, login) in &self.tokens {
            self.state.ensure_account(login, crate::state::model::AccountKind::User);
            access.grant_user(token, login);
        }
        let bot = format!("{APP_SLUG}[bot]");
        self.state.ensure_account(&bot, crate::state::model::AccountKind::Bot);
        let shared = Shared::new(self.clock, self.state, access);
        let (open, opened) = tokio::sync::oneshot::channel();
        let serving = serve::serve(listener, Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // An error means that nobody holds the simulator any more.
            if opened.await.is_ok() {
                serving.await;
            }
        });
        let sim = GithubSim { shared, server: Arc::new(Server { address, task }) };
        if let Some(happens) = self.past {
            happens(&sim);
        }
        if let Some((url, secret)) = self.app_webhook {
            sim.set_webhook(&url, &secret);
        }
        if let Some((url, secret)) = self.repository_webhooks {
            sim.set_repository_webhooks(&url, &secret);
        }
        let _ = open.send(());
        Ok(sim)
    }
}
