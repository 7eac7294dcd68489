//! What a request shows of its sender.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use dispatch_store::agents::Bearer;
use jiff::Timestamp;

use super::origin::Proof;
use super::{Auth, Mode, Operator, own_token, session};

/// Who the credentials say the sender is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// No credentials, or some that mean nothing in this mode.
    Nothing,
    /// Credentials that are wrong.
    Wrong,
    /// The bootstrap token.
    AgentToken,
    /// What may be an agent's own token, by its SHA-256: only the database knows.
    OwnToken([u8; 32]),
    /// An agent, by a token of its own.
    Agent(Bearer),
    /// An operator, by name.
    Operator(String),
}

impl Auth {
    /// Reads the credentials. An `Authorization` header goes before a cookie.
    pub(crate) fn identify(&self, headers: &HeaderMap, now: Timestamp) -> (Shown, Proof) {
        let Some(header) = headers.get(AUTHORIZATION) else { return self.by_cookie(headers, now) };
        let (scheme, value) = header.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
        if scheme.eq_ignore_ascii_case("bearer") {
            (self.by_token(value.trim()), Proof::Bearer)
        } else if scheme.eq_ignore_ascii_case("basic") {
            (self.by_password(value.trim()), Proof::Other)
        } else {
            (Shown::Wrong, Proof::Other)
        }
    }

    fn by_token(&self, given: &str) -> Shown {
        match &self.agent_token {
            Some(token) if token.matches(given) => Shown::AgentToken,
            bootstrap => match own_token::sha256_of(given) {
                Some(sha256) => Shown::OwnToken(sha256),
                None if bootstrap.is_none() && self.is_open() => Shown::Nothing,
                None => Shown::Wrong,
            },
        }
    }

    fn by_password(&self, given: &str) -> Shown {
        let Mode::Basic(operator) = &self.mode else { return Shown::Nothing };
        // RFC 7617, section 2: base64 of `user-id:password`, split at the first colon.
        let decoded = BASE64.decode(given).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        match decoded.as_deref().and_then(|pair| pair.split_once(':')) {
            Some((name, password)) if operator.is(name, password) => Shown::Operator(operator.name.clone()),
            _ => Shown::Wrong,
        }
    }

    fn by_cookie(&self, headers: &HeaderMap, now: Timestamp) -> (Shown, Proof) {
        let (sessions, only) = match &self.mode {
            Mode::Basic(operator) => (&operator.sessions, Some(&operator.name)),
            Mode::Oidc(sso) => (&sso.sessions, None),
            Mode::Disabled | Mode::Unset => return (Shown::Nothing, Proof::Other),
        };
        let session = session::tokens(headers).find_map(|token| sessions.verify(token, now));
        // An expired or forged cookie is no credential: whoever has one is not signed in.
        match session.filter(|user| only.is_none_or(|name| user == name)) {
            Some(user) => (Shown::Operator(user), Proof::Cookie),
            None => (Shown::Nothing, Proof::Other),
        }
    }
}

impl Operator {
    /// Whether name and password are this operator's. Both are compared whatever the other says.
    pub(crate) fn is(&self, name: &str, password: &str) -> bool {
        let name = super::secret::Digest::of(&self.name).matches(name);
        let password = self.password.matches(password);
        name & password
    }
}
