//! Who calls, and what they may do.
//!
//! Every route has a tier, declared in one table ([`tier`]). A request shows credentials ([`credentials`]), among them
//! tokens that agents have of their own ([`own_token`]); the mode of sign-in and the route's tier decide whether they
//! suffice ([`admission`]); one layer ([`layer`]) does that for every route, counts the requests of agents ([`roster`],
//! [`rate`]) and hands the handler a [`Caller`]. A browser's write must come from our own pages ([`origin`]).

mod admission;
mod caller;
mod credentials;
pub(crate) mod layer;
mod oidc;
mod origin;
pub(crate) mod own_token;
mod rate;
mod roster;
mod secret;
mod session;
pub(crate) mod throttle;
pub(crate) mod tier;

use axum::http::HeaderMap;
use axum::http::header::HeaderValue;
use dispatch_runtime::config::{AuthConfig, AuthMode, OidcConfig};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

pub(crate) use caller::{Caller, Principal};
pub(crate) use oidc::{Callback, Failure};
pub(crate) use roster::Roster;

use crate::error::ApiError;

use oidc::Oidc;
use origin::PublicUrl;
use secret::Digest;
use session::SessionKey;

/// Everything that is needed to know a caller.
pub(crate) struct Auth {
    mode: Mode,
    agent_token: Option<Digest>,
    public_url: Option<PublicUrl>,
}

/// How operators sign in.
enum Mode {
    /// With one name and one password.
    Basic(Operator),
    /// At an OpenID Connect provider.
    Oidc(Box<SingleSignOn>),
    /// Not at all: every route is open.
    Disabled,
    /// Nobody has chosen: agents use their token if there is one, everything else is open.
    Unset,
}

/// The operator that basic mode knows.
struct Operator {
    name: String,
    password: Digest,
    sessions: SessionKey,
}

/// The provider that OIDC mode sends people to, and the sessions of those who came back.
struct SingleSignOn {
    client: Oidc,
    sessions: SessionKey,
}

impl SingleSignOn {
    fn new(config: &OidcConfig, secret: &SecretString, public_url: &str) -> Result<Self, String> {
        if config.issuer.starts_with("http://") && !PublicUrl::parse(&config.issuer).is_loopback() {
            return Err(format!(
                "DISPATCH_OIDC_ISSUER is {}: over plain HTTP anybody on the way could sign in; use https",
                config.issuer
            ));
        }
        let (users, groups) = (config.allowed_users.join(","), config.allowed_groups.join(","));
        let who = [config.issuer.as_str(), &config.client_id, &users, &groups, &config.groups_claim];
        let sessions = SessionKey::derive(secret, &who);
        Ok(Self { client: Oidc::new(config, public_url, secret), sessions })
    }
}

impl Auth {
    /// Reads the configuration.
    ///
    /// # Errors
    /// A sentence, when this configuration must not serve.
    pub(crate) fn new(config: &AuthConfig, public_url: Option<&str>) -> Result<Self, String> {
        let mode = match &config.mode {
            AuthMode::Basic { username, password } => Mode::Basic(Operator {
                name: username.clone(),
                password: Digest::of(password.expose_secret()),
                sessions: SessionKey::derive(
                    config.session_secret.as_ref().unwrap_or(password),
                    &[username, password.expose_secret()],
                ),
            }),
            AuthMode::Oidc(oidc) => match (&config.session_secret, public_url) {
                (Some(secret), Some(url)) => Mode::Oidc(Box::new(SingleSignOn::new(oidc, secret, url)?)),
                _ => {
                    return Err(
                        "DISPATCH_AUTH_MODE=oidc needs DISPATCH_SESSION_SECRET and DISPATCH_URL".to_owned()
                    );
                }
            },
            AuthMode::Disabled => Mode::Disabled,
            AuthMode::Unset => Mode::Unset,
        };
        let public_url = public_url.map(PublicUrl::parse);
        let auth = Self {
            mode,
            agent_token: config.agent_token.as_ref().map(|t| Digest::of(t.expose_secret())),
            public_url,
        };
        match &auth.public_url {
            Some(url) if auth.is_open() && !url.is_loopback() => Err(format!(
                "DISPATCH_AUTH_MODE is {}, which works on this machine only, but DISPATCH_URL is {}; set \
                 DISPATCH_AUTH_MODE to basic, with DISPATCH_AUTH_USERNAME and DISPATCH_AUTH_PASSWORD",
                auth.mode_name(),
                url.origin(),
            )),
            _ => Ok(auth),
        }
    }

    /// The mode, as health and the session tell it.
    pub(crate) fn mode_name(&self) -> &'static str {
        match self.mode {
            Mode::Basic(_) => "basic",
            Mode::Oidc(_) => "oidc",
            Mode::Disabled => "disabled",
            Mode::Unset => "unset",
        }
    }

    /// What works but is weaker than it could be, beyond what the configuration itself warns of.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let warning = match (&self.mode, &self.agent_token) {
            (_, Some(_)) => {
                "DISPATCH_AGENT_TOKEN is one token for all agents: whoever has it may act as any of them. Give each \
                 agent a token of its own, and unset it."
            }
            // Every agent has a token of its own: nothing is weak in that.
            (Mode::Basic(_) | Mode::Oidc(_), None) => return Vec::new(),
            (Mode::Disabled | Mode::Unset, None) => "DISPATCH_AGENT_TOKEN is not set: agents need no token.",
        };
        vec![warning.to_owned()]
    }

    /// Begins a session for the operator whose name and password these are: the cookie to set.
    ///
    /// # Errors
    /// [`SignIn::Wrong`], or [`SignIn::Unused`] in a mode that asks nobody to sign in.
    pub(crate) fn sign_in(
        &self,
        name: &str,
        password: &str,
        headers: &HeaderMap,
    ) -> Result<HeaderValue, SignIn> {
        let Mode::Basic(operator) = &self.mode else { return Err(SignIn::Unused) };
        if !operator.is(name, password) {
            return Err(SignIn::Wrong);
        }
        let token = operator.sessions.begin(&operator.name, Timestamp::now());
        Ok(session::cookie_of(&token, self.needs_secure_cookie(headers)))
    }

    /// Sends a browser to the provider: the address, and the cookie to bring back. `None` in another mode.
    pub(crate) async fn begin_at_provider(
        &self,
        next: Option<&str>,
        headers: &HeaderMap,
    ) -> Option<Result<(String, HeaderValue), Failure>> {
        let Mode::Oidc(sso) = &self.mode else { return None };
        Some(sso.client.begin(origin::safe_next(next), self.needs_secure_cookie(headers)).await)
    }

    /// Takes a browser back from the provider: who it is, the session to set, and where they wanted to go.
    ///
    /// # Errors
    /// Why nobody is signed in.
    pub(crate) async fn finish_at_provider(
        &self,
        callback: &Callback,
        headers: &HeaderMap,
    ) -> Result<(String, HeaderValue, String), Failure> {
        let Mode::Oidc(sso) = &self.mode else { return Err(Failure::Expired) };
        let (name, next) = sso.client.finish(callback, headers).await?;
        let token = sso.sessions.begin(&name, Timestamp::now());
        Ok((name, session::cookie_of(&token, self.needs_secure_cookie(headers)), next))
    }

    /// The cookie that forgets a sign-in under way.
    pub(crate) fn forget_flow(&self, headers: &HeaderMap) -> HeaderValue {
        oidc::no_flow_cookie(self.needs_secure_cookie(headers))
    }

    /// The provider's own page for signing out, where there is one.
    pub(crate) async fn provider_sign_out(&self) -> Option<String> {
        let Mode::Oidc(sso) = &self.mode else { return None };
        sso.client.sign_out_page().await.ok().flatten()
    }

    fn needs_secure_cookie(&self, headers: &HeaderMap) -> bool {
        origin::needs_secure_cookie(self.public_url.as_ref(), headers)
    }

    /// The cookie that ends a browser's session.
    pub(crate) fn sign_out(&self, headers: &HeaderMap) -> HeaderValue {
        session::expired_cookie(self.needs_secure_cookie(headers))
    }

    /// Refuses what a page of another site asks for, with whatever credentials.
    ///
    /// # Errors
    /// 403.
    pub(crate) fn check_page(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        origin::check_page(headers, self.public_url.as_ref())
    }

    /// Whether people sign in with a name and a password.
    pub(crate) fn takes_passwords(&self) -> bool {
        matches!(self.mode, Mode::Basic(_))
    }

    /// Whether people need no credentials.
    fn is_open(&self) -> bool {
        matches!(self.mode, Mode::Disabled | Mode::Unset)
    }
}

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// Name or password is wrong.
    Wrong,
    /// Nobody signs in here.
    Unused,
}
