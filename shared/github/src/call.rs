//! The client, and the life of a request: credential, exchange, renewal, redirects, errors, books.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dispatch_domain::budget::Budget;
use dispatch_domain::ids::RepoName;
use dispatch_settings::{Auth, GithubSettings};
use http::{Method, StatusCode, Uri, header};
use jiff::Timestamp;

use crate::auth::{Bearer, Installations};
use crate::budget::{Counts, Credential, Kind, Meter};
use crate::error::Error;
use crate::path;
use crate::settings::{self, InvalidApiUrl};
use crate::transport::{Answer, Transport};

/// A client of GitHub's REST API.
///
/// Cheap to make and to clone: certificates are read and connections opened with the first request. Keep one for the
/// life of the process, because it keeps the installation tokens; use it inside one Tokio runtime.
#[derive(Clone)]
pub struct Github(Arc<Inner>);

struct Inner {
    settings: GithubSettings,
    /// As whom by now.
    auth: Mutex<Arc<Auth>>,
    base: Uri,
    transport: OnceLock<Transport>,
    installations: Installations,
    meter: Meter,
}

impl fmt::Debug for Github {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Github").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

/// One request before it is sent.
pub(crate) struct Request<'a> {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) etag: Option<&'a str>,
    /// JSON.
    pub(crate) body: Option<String>,
    /// What it is about, for errors.
    pub(crate) what: &'a str,
    pub(crate) kind: Kind,
}

impl<'a> Request<'a> {
    pub(crate) fn new(method: Method, path: String, what: &'a str, kind: Kind) -> Self {
        Self { method, path, etag: None, body: None, what, kind }
    }

    pub(crate) fn get(path: String, what: &'a str) -> Self {
        Self::new(Method::GET, path, what, Kind::Read)
    }
}

/// What a redirect is allowed to lead to.
#[derive(Clone, Copy)]
pub(crate) enum Within {
    /// Anything of the same repository, whatever it is called now.
    Repository,
    /// The issue or pull request of this number in the same repository. GitHub answers 301 for a renamed repository
    /// and for a transferred issue alike ("Get an issue"); the second is another issue elsewhere.
    Issue(i32),
}

/// More than one rename in a row is possible; more than this is a loop.
const MAX_REDIRECTS: usize = 3;

impl Github {
    /// A client that has not done anything yet.
    ///
    /// # Errors
    ///
    /// When the API's URL cannot be used.
    pub fn new(settings: GithubSettings) -> Result<Self, InvalidApiUrl> {
        let base = settings::base(&settings)?;
        Ok(Self(Arc::new(Inner {
            auth: Mutex::new(Arc::new(settings.auth.clone())),
            settings,
            base,
            transport: OnceLock::new(),
            installations: Installations::default(),
            meter: Meter::default(),
        })))
    }

    /// What GitHub's latest answers say about each credential's hourly budget; empty before the first.
    pub fn budgets(&self) -> BTreeMap<Credential, Budget> {
        self.0.meter.budgets()
    }

    /// How many requests this client has sent.
    pub fn counts(&self) -> Counts {
        self.0.meter.counts()
    }

    pub(crate) fn auth(&self) -> Arc<Auth> {
        self.0.auth.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up what the settings have by now; false when that is what was refused.
    pub(crate) async fn reread(&self, refused: &Auth) -> bool {
        let Some(auth) = self.0.settings.reread.read().await.filter(|auth| auth != refused) else {
            return false;
        };
        *self.0.auth.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(auth);
        true
    }

    pub(crate) fn installations(&self) -> &Installations {
        &self.0.installations
    }

    /// Sends a request about `repo`; the answer is 2xx or 304.
    pub(crate) async fn call(
        &self,
        repo: &RepoName,
        within: Within,
        request: Request<'_>,
    ) -> Result<Answer, Error> {
        let mut bearer = self.bearer(repo).await?;
        let mut answer = self.send(&request, &bearer).await?;
        if answer.status == StatusCode::UNAUTHORIZED && self.renewable(&bearer).await {
            bearer = self.bearer(repo).await?;
            answer = self.send(&request, &bearer).await?;
        }
        let mut request = request;
        for _ in 0..MAX_REDIRECTS {
            if !answer.status.is_redirection() || answer.status == StatusCode::NOT_MODIFIED {
                break;
            }
            request.path = self.redirected(repo, within, &request, &answer, &bearer).await?;
            answer = self.send(&request, &bearer).await?;
        }
        self.checked(request.what, &bearer, answer)
    }

    /// Sends a request of the App itself; the answer is 2xx or 304.
    pub(crate) async fn call_app(&self, request: Request<'_>) -> Result<Answer, Error> {
        let mut bearer = self.app_bearer(request.what)?;
        let mut answer = self.send(&request, &bearer).await?;
        if answer.status == StatusCode::UNAUTHORIZED && self.renewable(&bearer).await {
            bearer = self.app_bearer(request.what)?;
            answer = self.send(&request, &bearer).await?;
        }
        self.checked(request.what, &bearer, answer)
    }

    fn checked(&self, what: &str, bearer: &Bearer, answer: Answer) -> Result<Answer, Error> {
        if answer.status.is_success() || answer.status == StatusCode::NOT_MODIFIED {
            return Ok(answer);
        }
        if answer.status.is_redirection() {
            return Err(Error::unexpected(what, "it is redirected again and again"));
        }
        let error = Error::from_answer(what, bearer.credential, &answer, Timestamp::now());
        if matches!(error, Error::RateLimited { .. }) {
            self.0.meter.note_limited();
        }
        Err(error)
    }

    /// Sends a request once, whatever the answer.
    async fn send(&self, request: &Request<'_>, bearer: &Bearer) -> Result<Answer, Error> {
        let transport = self.0.transport.get_or_init(|| Transport::new(&self.0.base, self.0.settings.limits));
        let Request { method, path, etag, body, what, kind } = request;
        let outcome = transport.exchange(method, path, *etag, body.as_deref(), &bearer.secret).await;
        let headers = outcome.as_ref().ok().map(|answer| (answer.status, &answer.headers));
        self.0.meter.note(*kind, bearer.credential, headers);
        match outcome {
            Ok(answer) => {
                let id = answer.headers.get("x-github-request-id").and_then(|v| v.to_str().ok());
                tracing::debug!(%method, path, status = answer.status.as_u16(), github.request_id = id, "asked GitHub");
                Ok(answer)
            }
            Err(cause) => {
                tracing::debug!(%method, path, cause, "asked GitHub in vain");
                Err(Error::unavailable(what, cause))
            }
        }
    }

    /// Where GraphQL queries go: beside the REST API on github.com, above its version on Enterprise Server ("Forming
    /// calls with GraphQL").
    pub(crate) fn graphql_path(&self) -> String {
        let base = &self.0.base;
        match (base.path().trim_end_matches('/').strip_suffix("/v3"), base.authority()) {
            (Some(api), Some(host)) => {
                format!("{}://{host}{api}/graphql", base.scheme_str().unwrap_or("https"))
            }
            _ => "/graphql".to_owned(),
        }
    }

    /// Where a redirect leads: the path to repeat the request with, method and body unchanged ("Best practices for
    /// using the REST API", follow redirects).
    async fn redirected(
        &self,
        repo: &RepoName,
        within: Within,
        request: &Request<'_>,
        answer: &Answer,
        bearer: &Bearer,
    ) -> Result<String, Error> {
        let location =
            answer.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()?.parse::<Uri>().ok());
        let location =
            location.ok_or_else(|| Error::unexpected(request.what, "a redirect that leads nowhere"))?;
        let elsewhere = location.authority().is_some_and(|a| Some(a) != self.0.base.authority());
        let Some(target) = location.path_and_query().filter(|_| !elsewhere) else {
            return Err(Error::gone(request.what));
        };
        if let Within::Issue(number) = within {
            let base = self.0.base.path().trim_end_matches('/');
            let there = Place::of(target.path().strip_prefix(base).unwrap_or(target.path()))
                .ok_or_else(|| Error::unexpected(request.what, "a redirect to something that is no issue"))?;
            if there.number != number || there.repository != self.repository_id(repo, bearer).await? {
                return Err(Error::gone(request.what));
            }
        }
        Ok(target.to_string())
    }

    /// The numeric id of what `repo` is called by now.
    async fn repository_id(&self, repo: &RepoName, bearer: &Bearer) -> Result<u64, Error> {
        #[derive(serde::Deserialize)]
        struct Body {
            id: u64,
        }
        let what = format!("repository {repo}");
        let mut request = Request::get(path::repo(repo, ""), &what);
        let mut answer = self.send(&request, bearer).await?;
        if answer.status.is_redirection() {
            let location =
                answer.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()?.parse::<Uri>().ok());
            request.path =
                location.as_ref().and_then(Uri::path_and_query).map(ToString::to_string).unwrap_or_default();
            answer = self.send(&request, bearer).await?;
        }
        let answer = self.checked(&what, bearer, answer)?;
        let Body { id } = crate::wire::parse(&what, &answer.body)?;
        Ok(id)
    }
}

/// An issue or pull request as a redirect names it: `/repositories/{id}/issues/{number}…`.
struct Place {
    repository: u64,
    number: i32,
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        let mut segments = path.strip_prefix("/repositories/")?.split('/');
        let repository = segments.next()?.parse().ok()?;
        segments.next().filter(|kind| matches!(*kind, "issues" | "pulls"))?;
        let number = segments.next()?.parse().ok()?;
        Some(Self { repository, number })
    }
}
