//! How agents and operators are known.

use secrecy::{ExposeSecret, SecretString};

use super::variables::{
    DISPATCH_AGENT_RATE, DISPATCH_AGENT_TOKEN, DISPATCH_AUTH_MODE, DISPATCH_AUTH_PASSWORD,
    DISPATCH_AUTH_USERNAME, DISPATCH_OIDC_ALLOWED_GROUPS, DISPATCH_OIDC_ALLOWED_USERS,
    DISPATCH_OIDC_CLIENT_ID, DISPATCH_OIDC_CLIENT_SECRET, DISPATCH_OIDC_GROUPS_CLAIM, DISPATCH_OIDC_ISSUER,
    DISPATCH_OIDC_SCOPES, DISPATCH_SESSION_SECRET, DISPATCH_URL,
};
use super::{Config, ConfigError, clip};

/// How operators sign in.
#[derive(Clone, Debug)]
pub enum AuthMode {
    /// With a name and a password.
    Basic {
        /// The operator's name.
        username: String,
        /// The operator's password.
        password: SecretString,
    },
    /// At an OpenID Connect provider.
    Oidc(Box<OidcConfig>),
    /// Not at all: everybody may do everything.
    Disabled,
    /// Nobody has chosen.
    Unset,
}

/// Dispatch as a client of an OpenID Connect provider, and whom it lets in.
#[derive(Clone, Debug)]
pub struct OidcConfig {
    /// The provider's issuer URL, without the path of its discovery document and without a slash at its end.
    pub issuer: String,
    /// Dispatch's client id there.
    pub client_id: String,
    /// Dispatch's client secret there.
    pub client_secret: SecretString,
    /// What is asked for, separated by spaces; `openid` is among it.
    pub scopes: String,
    /// Subjects or verified addresses that are let in.
    pub allowed_users: Vec<String>,
    /// Groups that are let in. Without users and groups everybody is whom the provider knows.
    pub allowed_groups: Vec<String>,
    /// The claim with the groups.
    pub groups_claim: String,
}

impl AuthMode {
    /// The mode's name in `DISPATCH_AUTH_MODE` and in health's `authMode`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic",
            Self::Oidc(_) => "oidc",
            Self::Disabled => "disabled",
            Self::Unset => "unset",
        }
    }

    /// What to tell whoever runs Dispatch in this mode.
    pub fn warning(&self) -> Option<&'static str> {
        match self {
            Self::Oidc(oidc) if oidc.allowed_users.is_empty() && oidc.allowed_groups.is_empty() => Some(
                "DISPATCH_OIDC_ALLOWED_USERS and DISPATCH_OIDC_ALLOWED_GROUPS are not set: everybody whom the provider \
                 signs in is an operator.",
            ),
            Self::Basic { .. } | Self::Oidc(_) => None,
            Self::Disabled => Some(
                "DISPATCH_AUTH_MODE=disabled: every route is open to whoever reaches it. Local development only: \
                 never expose this to a network.",
            ),
            Self::Unset => Some(
                "DISPATCH_AUTH_MODE is not set: the board works on loopback only. Set it to basic or oidc before \
                 anybody else uses it.",
            ),
        }
    }
}

/// How agents and operators are known.
#[derive(Clone, Debug)]
pub struct AuthConfig {
    /// How operators sign in.
    pub mode: AuthMode,
    /// The bootstrap token that may act as any agent.
    pub agent_token: Option<SecretString>,
    /// Requests that one agent may make in ten seconds; 0: as many as it likes.
    pub agent_rate: u16,
    /// What session cookies are signed with; always there in OIDC mode.
    pub session_secret: Option<SecretString>,
}

/// The shortest session secret that is accepted: 32 characters, of which 128 random bits in hexadecimal fill all.
const SESSION_SECRET_MIN: usize = 32;

impl Config {
    /// How agents and operators are known.
    ///
    /// # Errors
    ///
    /// When the mode is unknown or something it needs is missing.
    pub fn auth(&self) -> Result<AuthConfig, ConfigError> {
        let session_secret = self.secret(&DISPATCH_SESSION_SECRET);
        if session_secret.as_ref().is_some_and(|s| s.expose_secret().chars().count() < SESSION_SECRET_MIN) {
            let problem = format!("is shorter than {SESSION_SECRET_MIN} characters");
            return Err(ConfigError::invalid(&DISPATCH_SESSION_SECRET, problem));
        }
        let mode = match self.get(&DISPATCH_AUTH_MODE).map(str::to_ascii_lowercase).as_deref() {
            None | Some("unset") => AuthMode::Unset,
            Some("disabled") => AuthMode::Disabled,
            Some("basic") => self.basic()?,
            Some("oidc") => {
                if session_secret.is_none() {
                    return Err(ConfigError::missing(&DISPATCH_SESSION_SECRET, OIDC));
                }
                self.oidc()?
            }
            Some(other) => {
                let problem = format!("is `{}`, which is none of basic, oidc and disabled", clip(other));
                return Err(ConfigError::invalid(&DISPATCH_AUTH_MODE, problem));
            }
        };
        let agent_rate = self.number(&DISPATCH_AGENT_RATE, "a whole number from 0 to 65535")?;
        Ok(AuthConfig {
            mode,
            agent_token: self.secret(&DISPATCH_AGENT_TOKEN),
            agent_rate: agent_rate.unwrap_or_default(),
            session_secret,
        })
    }

    fn basic(&self) -> Result<AuthMode, ConfigError> {
        let why = ", and DISPATCH_AUTH_MODE=basic needs it";
        let username = self.required(&DISPATCH_AUTH_USERNAME, why)?;
        // RFC 7617, section 2: a user-id that contains a colon is invalid.
        if username.contains(':') {
            return Err(ConfigError::invalid(
                &DISPATCH_AUTH_USERNAME,
                "has a colon in it, which Basic auth cannot send",
            ));
        }
        let password = self.required_secret(&DISPATCH_AUTH_PASSWORD, why)?;
        Ok(AuthMode::Basic { username: username.to_owned(), password })
    }

    fn oidc(&self) -> Result<AuthMode, ConfigError> {
        let issuer = self
            .url(&DISPATCH_OIDC_ISSUER)?
            .ok_or_else(|| ConfigError::missing(&DISPATCH_OIDC_ISSUER, OIDC))?;
        let issuer = issuer.strip_suffix("/.well-known/openid-configuration").unwrap_or(&issuer);
        // The redirect address is registered at the provider; it is never made from a request.
        self.required(&DISPATCH_URL, OIDC)?;
        let list = |variable| self.list(variable).map(str::to_owned).collect();
        let scopes = self.get(&DISPATCH_OIDC_SCOPES).unwrap_or_default();
        if !scopes.split(' ').any(|scope| scope == "openid") {
            return Err(ConfigError::invalid(
                &DISPATCH_OIDC_SCOPES,
                "does not have `openid` among its scopes",
            ));
        }
        Ok(AuthMode::Oidc(Box::new(OidcConfig {
            issuer: issuer.trim_end_matches('/').to_owned(),
            client_id: self.required(&DISPATCH_OIDC_CLIENT_ID, OIDC)?.to_owned(),
            client_secret: self.required_secret(&DISPATCH_OIDC_CLIENT_SECRET, OIDC)?,
            scopes: scopes.to_owned(),
            allowed_users: list(&DISPATCH_OIDC_ALLOWED_USERS),
            allowed_groups: list(&DISPATCH_OIDC_ALLOWED_GROUPS),
            groups_claim: self.get(&DISPATCH_OIDC_GROUPS_CLAIM).unwrap_or_default().to_owned(),
        })))
    }
}

const OIDC: &str = ", and DISPATCH_AUTH_MODE=oidc needs it";
