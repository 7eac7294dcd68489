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
mod origin;
pub(crate) mod own_token;
mod rate;
mod roster;
mod secret;
mod session;
pub(crate) mod tier;

use axum::http::HeaderMap;
use axum::http::header::HeaderValue;
use dispatch_runtime::config::{AuthConfig, AuthMode};
use jiff::Timestamp;
use secrecy::ExposeSecret;

pub(crate) use caller::{Caller, Principal};
pub(crate) use roster::Roster;

use crate::error::ApiError;

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

impl Auth {
    /// Reads the configuration.
    ///
    /// # Errors
    /// A sentence, when this configuration must not serve.
    pub(crate) fn new(config: &AuthConfig, public_url: Option<&str>) -> Result<Self, String> {
        let public_url = public_url.map(PublicUrl::parse);
        let mode = match &config.mode {
            AuthMode::Basic { username, password } => Mode::Basic(Operator {
                name: username.clone(),
                password: Digest::of(password.expose_secret()),
                sessions: SessionKey::derive(config.session_secret.as_ref(), username, password),
            }),
            AuthMode::Disabled => Mode::Disabled,
            AuthMode::Unset => Mode::Unset,
            AuthMode::Oidc { .. } => {
                return Err(
                    "DISPATCH_AUTH_MODE=oidc: this release signs operators in with a name and a password \
                            only; set it to basic, with DISPATCH_AUTH_USERNAME and DISPATCH_AUTH_PASSWORD"
                        .to_owned(),
                );
            }
        };
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
            (Mode::Basic(_), None) => return Vec::new(),
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
        Ok(session::cookie_of(&token, origin::needs_secure_cookie(self.public_url.as_ref(), headers)))
    }

    /// The cookie that ends a browser's session.
    pub(crate) fn sign_out(&self, headers: &HeaderMap) -> HeaderValue {
        session::expired_cookie(origin::needs_secure_cookie(self.public_url.as_ref(), headers))
    }

    /// Refuses what a page of another site asks for, with whatever credentials.
    ///
    /// # Errors
    /// 403.
    pub(crate) fn check_page(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        origin::check_page(headers, self.public_url.as_ref())
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
