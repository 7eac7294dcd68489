//! The credential of a request: the token, or a token of the App's installation that is kept and renewed in time.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use dispatch_domain::ids::RepoName;
use dispatch_settings::Auth;
use http::Method;
use jiff::Timestamp;
use octocrab::EncodingKey;
use octocrab::auth::create_jwt;
use octocrab::models::AppId;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::budget::{Credential, Kind};
use crate::call::{Github, Request};
use crate::error::Error;
use crate::{path, wire};

/// How long before its end a token is not used any more, so that it does not end under way.
const RENEW_EARLY: Duration = Duration::from_secs(5 * 60);

/// A credential and the secret to send for it.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) credential: Credential,
    pub(crate) secret: SecretString,
    /// What it comes from.
    by: Arc<Auth>,
}

/// The installations of an App and their tokens, for the life of the process.
#[derive(Default)]
pub(crate) struct Installations {
    /// By installation. The lock is held while a token is fetched, so that a burst of requests fetches one.
    tokens: Mutex<HashMap<u64, Token>>,
    /// By owner, folded, where no installation is configured: an App is installed on an account.
    known: Mutex<HashMap<String, u64>>,
}

#[derive(Clone)]
struct Token {
    secret: SecretString,
    renew_at: Timestamp,
}

/// Shows nothing: everything in here is or leads to a secret.
impl fmt::Debug for Installations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Installations")
    }
}

impl Github {
    /// Whether requests go out as a GitHub App.
    pub fn is_app(&self) -> bool {
        matches!(*self.auth(), Auth::App { .. })
    }

    /// Whose budget a request about `repo` counts against. Asks GitHub only for an owner whose installation is not
    /// known yet.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] when the App is not installed there.
    pub async fn credential(&self, repo: &RepoName) -> Result<Credential, Error> {
        match *self.auth() {
            Auth::Token(_) => Ok(Credential::Token),
            Auth::App { installation, .. } => {
                self.installation(installation, repo).await.map(Credential::Installation)
            }
        }
    }

    /// What to authorize a request of the App itself with: a JSON Web Token ("Generating a JSON Web Token (JWT) for a
    /// GitHub App"), good for nine minutes.
    pub(crate) fn app_bearer(&self, what: &str) -> Result<Bearer, Error> {
        let denied = |message: &str| Error::Denied { what: what.to_owned(), message: message.into() };
        let by = self.auth();
        let Auth::App { id, key, .. } = &*by else {
            return Err(denied("only a GitHub App may ask for it, and none is configured"));
        };
        let signed = EncodingKey::from_rsa_pem(key.expose_secret().as_bytes())
            .and_then(|key| create_jwt(AppId(*id), &key));
        let jwt = signed
            .map_err(|_| denied("the GitHub App's private key cannot sign; check GITHUB_APP_PRIVATE_KEY"))?;
        Ok(Bearer { credential: Credential::App, secret: jwt.into(), by })
    }

    /// What to authorize a request about `repo` with.
    pub(crate) async fn bearer(&self, repo: &RepoName) -> Result<Bearer, Error> {
        let by = self.auth();
        let installation = match &*by {
            Auth::Token(token) => {
                return Ok(Bearer { credential: Credential::Token, secret: token.clone(), by });
            }
            Auth::App { installation, .. } => self.installation(*installation, repo).await?,
        };
        let mut tokens = self.installations().tokens.lock().await;
        let token = match tokens.get(&installation).filter(|t| Timestamp::now() < t.renew_at) {
            Some(token) => token.clone(),
            None => {
                let token = self.new_token(installation).await?;
                tokens.insert(installation, token.clone());
                token
            }
        };
        Ok(Bearer { credential: Credential::Installation(installation), secret: token.secret, by })
    }

    /// Whether another credential can be had in place of one that GitHub has refused: a new token of the installation,
    /// or what the settings have by now.
    pub(crate) async fn renewable(&self, refused: &Bearer) -> bool {
        let Credential::Installation(installation) = refused.credential else {
            return self.reread(&refused.by).await;
        };
        let mut tokens = self.installations().tokens.lock().await;
        // Another request may have renewed it already.
        if tokens
            .get(&installation)
            .is_some_and(|t| t.secret.expose_secret() == refused.secret.expose_secret())
        {
            tokens.remove(&installation);
        }
        true
    }

    async fn new_token(&self, installation: u64) -> Result<Token, Error> {
        #[derive(Deserialize)]
        struct Body {
            token: String,
            expires_at: Timestamp,
        }
        let what = format!("a token of installation {installation}");
        let path = format!("/app/installations/{installation}/access_tokens");
        let request =
            Request { body: Some("{}".into()), ..Request::new(Method::POST, path, &what, Kind::Token) };
        let answer = match self.call_app(request).await {
            Err(gone @ Error::Gone { .. }) => {
                // Uninstalled. Installed anew it has another id.
                self.installations().known.lock().await.retain(|_, known| *known != installation);
                return Err(gone);
            }
            answer => answer?,
        };
        let body: Body = wire::parse(&what, &answer.body)?;
        let renew_at = body.expires_at.checked_sub(RENEW_EARLY).unwrap_or(Timestamp::MIN);
        Ok(Token { secret: body.token.into(), renew_at })
    }

    /// The configured one, else the one of the repository's owner.
    async fn installation(&self, configured: Option<u64>, repo: &RepoName) -> Result<u64, Error> {
        #[derive(Deserialize)]
        struct Body {
            id: u64,
        }
        if let Some(installation) = configured {
            return Ok(installation);
        }
        let mut known = self.installations().known.lock().await;
        let owner = repo.owner().to_ascii_lowercase();
        if let Some(installation) = known.get(&owner) {
            return Ok(*installation);
        }
        let what = format!("the App's installation on {repo}");
        let request = Request::new(Method::GET, path::repo(repo, "/installation"), &what, Kind::Token);
        let answer = self.call_app(request).await?;
        let Body { id } = wire::parse(&what, &answer.body)?;
        known.insert(owner, id);
        Ok(id)
    }
}
