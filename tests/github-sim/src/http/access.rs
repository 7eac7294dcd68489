//! Who is calling, and how much they may still call (GitHub docs, "Rate limits for the REST API").

use std::collections::HashMap;

use base64::Engine as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::error::ApiError;
use crate::state::{State, model::Repo};

/// The simulated GitHub App.
pub(crate) const APP_ID: u64 = 1_042_317;
/// The simulated GitHub App's name in addresses; its bot is `dispatch-sim[bot]`.
pub(crate) const APP_SLUG: &str = "dispatch-sim";

/// Requests an hour without credentials.
const ANONYMOUS_LIMIT: u64 = 60;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Principal {
    Anonymous,
    User(String),
    App,
    Installation(u64),
}

impl Principal {
    /// The login that changes are made under.
    pub(crate) fn login(&self) -> String {
        match self {
            Self::User(login) => login.clone(),
            Self::Anonymous => "ghost".to_owned(),
            Self::App | Self::Installation(_) => format!("{APP_SLUG}[bot]"),
        }
    }

    /// Whether the repository exists for this caller: an installation reaches its own account's only.
    pub(crate) fn sees(&self, state: &State, repo: &Repo) -> bool {
        match self {
            Self::Installation(id) => state.installation_id(&repo.owner) == Some(*id),
            Self::Anonymous | Self::User(_) | Self::App => true,
        }
    }

    fn described(&self, state: &State) -> String {
        match self {
            Self::Anonymous => "127.0.0.1".to_owned(),
            Self::User(login) => {
                let id = state.account(login).map_or(0, |account| account.id);
                format!("user ID {id}")
            }
            Self::App => format!("app ID {APP_ID}"),
            Self::Installation(id) => format!("installation ID {id}"),
        }
    }
}

/// Credentials and budgets. Holds secrets, so it has no `Debug`.
pub(crate) struct Access {
    tokens: HashMap<String, Grant>,
    revoked: Vec<(String, Grant)>,
    uninstalled: Vec<u64>,
    budgets: HashMap<Principal, Budget>,
    limit: u64,
}

struct Grant {
    principal: Principal,
    expires_at: Option<Timestamp>,
}

/// One caller's requests in the present hour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) limit: u64,
    pub(crate) used: u64,
    pub(crate) reset: Timestamp,
}

impl Budget {
    pub(crate) fn remaining(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "limit": self.limit,
            "used": self.used,
            "remaining": self.remaining(),
            "reset": self.reset.as_second(),
        })
    }
}

impl Access {
    pub(crate) fn new(limit: u64) -> Self {
        Self {
            tokens: HashMap::new(),
            revoked: Vec::new(),
            uninstalled: Vec::new(),
            budgets: HashMap::new(),
            limit,
        }
    }

    /// Lets `token` act as the user `login`. Tokens of one user share one budget, as on GitHub.
    pub(crate) fn grant_user(&mut self, token: &str, login: &str) {
        let grant = Grant { principal: Principal::User(login.to_owned()), expires_at: None };
        self.tokens.insert(token.to_owned(), grant);
    }

    /// A new installation token, good for an hour.
    pub(crate) fn grant_installation(&mut self, installation: u64, now: Timestamp) -> (String, Timestamp) {
        let random = uuid::Uuid::new_v4().simple().to_string();
        let token = format!("ghs_{random}0000");
        let expires_at = now + WINDOW;
        let principal = Principal::Installation(installation);
        self.tokens.insert(token.clone(), Grant { principal, expires_at: Some(expires_at) });
        (token, expires_at)
    }

    /// Makes a token worthless, or all of them.
    pub(crate) fn revoke(&mut self, token: Option<&str>) {
        let gone = |known: &str| token.is_none_or(|token| token == known);
        let (revoked, kept) = self.tokens.drain().partition(|(known, _)| gone(known));
        self.tokens = kept;
        let revoked: HashMap<String, Grant> = revoked;
        self.revoked.extend(revoked);
    }

    /// Takes an installation away, with its tokens.
    pub(crate) fn uninstall(&mut self, installation: u64) {
        self.uninstalled.push(installation);
        self.tokens.retain(|_, grant| grant.principal != Principal::Installation(installation));
    }

    /// Whether an installation is still there.
    pub(crate) fn is_installed(&self, installation: u64) -> bool {
        !self.uninstalled.contains(&installation)
    }

    /// Undoes every revocation, and gives every caller a fresh hour.
    pub(crate) fn restore(&mut self) {
        self.tokens.extend(self.revoked.drain(..));
        self.uninstalled.clear();
        self.budgets.clear();
    }

    /// Who sends this `Authorization` header.
    pub(crate) fn identify(&self, header: Option<&str>, now: Timestamp) -> Result<Principal, ApiError> {
        let Some(header) = header else { return Ok(Principal::Anonymous) };
        let (scheme, token) = header.split_once(' ').unwrap_or(("", header));
        let token = token.trim();
        if !scheme.eq_ignore_ascii_case("bearer") && !scheme.eq_ignore_ascii_case("token") {
            return Err(ApiError::bad_credentials());
        }
        if token.split('.').count() == 3 {
            return app_token(token).map(|()| Principal::App);
        }
        match self.tokens.get(token) {
            Some(grant) if grant.expires_at.is_none_or(|end| now < end) => Ok(grant.principal.clone()),
            _ => Err(ApiError::bad_credentials()),
        }
    }

    /// The caller's budget in the hour of `now`.
    pub(crate) fn budget(&mut self, who: &Principal, now: Timestamp) -> &mut Budget {
        let limit = if *who == Principal::Anonymous { ANONYMOUS_LIMIT } else { self.limit };
        let fresh = Budget { limit, used: 0, reset: crate::clock::whole_second(now) + WINDOW };
        let budget = self.budgets.entry(who.clone()).or_insert(fresh);
        if budget.reset <= now {
            *budget = fresh;
        }
        budget
    }

    /// Refuses a caller with nothing left.
    pub(crate) fn check(&mut self, who: &Principal, now: Timestamp, state: &State) -> Result<(), ApiError> {
        if self.budget(who, now).remaining() == 0 {
            return Err(ApiError::primary_limit(&who.described(state)));
        }
        Ok(())
    }

    /// Uses every known caller's budget up, until its reset.
    pub(crate) fn exhaust(&mut self, now: Timestamp) {
        let mut everybody: Vec<Principal> =
            self.tokens.values().map(|grant| grant.principal.clone()).collect();
        everybody.extend(self.budgets.keys().cloned());
        for who in everybody {
            let budget = self.budget(&who, now);
            budget.used = budget.limit;
        }
    }
}

/// Checks what GitHub checks of an app's token short of the signature, for the simulator has no key: an RS256 header
/// and the claims `iss`, `iat`, `exp` with at most ten minutes of life (GitHub docs, "Generating a JSON Web Token
/// (JWT) for a GitHub App"); a minute of tolerance is for the recommended backdating.
fn app_token(token: &str) -> Result<(), ApiError> {
    let part = |index: usize| -> Option<Value> {
        let text = token.split('.').nth(index)?;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, claims) = part(0).zip(part(1)).ok_or_else(ApiError::requires_app)?;
    let life = claims["exp"].as_i64().zip(claims["iat"].as_i64()).map(|(end, start)| end - start);
    let good = header["alg"] == "RS256"
        && (claims["iss"].is_u64() || claims["iss"].is_string())
        && life.is_some_and(|life| (1..=660).contains(&life));
    if good { Ok(()) } else { Err(ApiError::requires_app()) }
}
