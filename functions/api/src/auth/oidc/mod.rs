//! Sign-in at an OpenID Connect provider: the authorization code flow with PKCE.
//!
//! `begin` sends a browser to the provider and gives it an encrypted cookie ([`flow`]); `finish` takes both back,
//! redeems the code, believes the ID token ([`token`]) under the provider's keys ([`provider`]), and says who it is
//! ([`person`]). Nothing is kept here in between, so that any instance may finish what another one began.

mod flow;
mod http;
mod person;
mod provider;
mod token;

use axum::http::HeaderMap;
use axum::http::header::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use dispatch_runtime::config::OidcConfig;
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use flow::{Flow, Seal};
use http::Trouble;
use person::Allowed;
use provider::{Known, Provider};
use token::{Claims, Doubt, Expected};

/// Dispatch as a client of its provider.
pub(crate) struct Oidc {
    provider: Provider,
    client_id: String,
    client_secret: SecretString,
    scopes: String,
    redirect_uri: String,
    allowed: Allowed,
    seal: Seal,
}

/// Why somebody is not signed in. The sign-in page has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It took too long, was begun in another browser, or never.
    Expired,
    /// The person or the provider ended it.
    Cancelled,
    /// The provider is away or says what cannot be believed. The log has more.
    Provider,
    /// The provider knows the person, and Dispatch was not told to let them in.
    NotAllowed,
}

impl Failure {
    /// The word in the address of the sign-in page.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Provider => "provider",
            Self::NotAllowed => "not_allowed",
        }
    }
}

/// What the provider's answer brings along.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

impl Oidc {
    /// `public_url` is ours; the session's secret encrypts what browsers keep meanwhile.
    pub(crate) fn new(config: &OidcConfig, public_url: &str, secret: &SecretString) -> Self {
        Self {
            provider: Provider::new(config.issuer.clone()),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            scopes: config.scopes.clone(),
            redirect_uri: format!("{}/api/auth/callback/oidc", public_url.trim_end_matches('/')),
            allowed: Allowed {
                users: config.allowed_users.clone(),
                groups: config.allowed_groups.clone(),
                groups_claim: config.groups_claim.clone(),
            },
            seal: Seal::derive(secret, &config.client_id),
        }
    }

    /// Where to send a browser, and the cookie to send it with.
    ///
    /// # Errors
    /// [`Failure::Provider`].
    pub(crate) async fn begin(&self, next: String, secure: bool) -> Result<(String, HeaderValue), Failure> {
        let known = self.provider.known().await?;
        let flow = Flow::begin(next, Timestamp::now());
        let challenge = flow.challenge();
        let query = query(&[
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scopes),
            ("state", &flow.state),
            ("nonce", &flow.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        Ok((with_query(&known.metadata.authorization_endpoint, &query), self.seal.cookie(&flow, secure)))
    }

    /// Who came back, and where they wanted to go.
    ///
    /// # Errors
    /// Why nobody is signed in.
    pub(crate) async fn finish(
        &self,
        callback: &Callback,
        headers: &HeaderMap,
    ) -> Result<(String, String), Failure> {
        let flow = self.seal.of(headers, Timestamp::now()).ok_or(Failure::Expired)?;
        let state = callback.state.as_deref().unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(flow.state.as_bytes())) {
            return Err(Failure::Expired);
        }
        let code = match (&callback.code, &callback.error) {
            (Some(code), None) => code,
            (_, error) => {
                let cancelled = error.as_deref() == Some("access_denied");
                tracing::warn!(cancelled, "the provider ended a sign-in");
                return Err(if cancelled { Failure::Cancelled } else { Failure::Provider });
            }
        };
        let claims = self.redeem(code, callback.iss.as_deref(), &flow).await?;
        let name = person::name(&claims);
        if !self.allowed.admits(&claims) {
            tracing::warn!(user = name, "somebody signed in at the provider who is not allowed here");
            return Err(Failure::NotAllowed);
        }
        Ok((name, flow.next))
    }

    /// The provider's own page for signing out, if it has one.
    ///
    /// # Errors
    /// [`Failure::Provider`].
    pub(crate) async fn sign_out_page(&self) -> Result<Option<String>, Failure> {
        let known = self.provider.known().await?;
        let query = query(&[("client_id", &self.client_id)]);
        Ok(known.metadata.end_session_endpoint.as_ref().map(|page| with_query(page, &query)))
    }

    /// Trades the code for an ID token and believes it, or not.
    async fn redeem(&self, code: &str, issuer: Option<&str>, flow: &Flow) -> Result<Claims, Failure> {
        let mut known = self.provider.known().await?;
        let named = issuer.is_some() || known.metadata.authorization_response_iss_parameter_supported;
        if named && issuer != Some(known.metadata.issuer.as_str()) {
            tracing::warn!("a callback names another issuer than the provider's");
            return Err(Failure::Provider);
        }
        let tokens = self.tokens(&known, code, flow).await?;
        let verify = |known: &Known| {
            let issuer = &known.metadata.issuer;
            let expected = Expected { issuer, client: &self.client_id, nonce: &flow.nonce };
            token::verify(&tokens.id_token, &known.keys, &expected)
        };
        let claims = match verify(&known) {
            Err(Doubt::UnknownKey) => {
                known = self.provider.renewed().await?;
                verify(&known)
            }
            verified => verified,
        };
        let mut claims = claims.map_err(|doubt| {
            tracing::error!(%doubt, "a sign-in failed");
            Failure::Provider
        })?;
        if !self.allowed.can_tell(&claims) {
            self.ask_for_more(&known, &tokens, &mut claims).await?;
        }
        Ok(claims)
    }

    /// Core, section 3.1.3.1, with the client's secret where the provider wants it.
    async fn tokens(&self, known: &Known, code: &str, flow: &Flow) -> Result<Tokens, Trouble> {
        let secret = self.client_secret.expose_secret();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", flow.verifier.as_str()),
        ];
        let in_form = known.metadata.wants_secret_in_form();
        if in_form {
            form.extend([("client_id", self.client_id.as_str()), ("client_secret", secret)]);
        }
        // RFC 6749, section 2.3.1: both are form-encoded before they are put together.
        let pair = format!("{}:{}", encode(&self.client_id), encode(secret));
        let authorization = (!in_form).then(|| format!("Basic {}", BASE64.encode(pair)));
        self.provider.http.post(&known.metadata.token_endpoint, query(&form), authorization.as_deref()).await
    }

    /// Core, section 5.3: what the ID token leaves out, about the same subject.
    async fn ask_for_more(&self, known: &Known, tokens: &Tokens, claims: &mut Claims) -> Result<(), Trouble> {
        let (Some(address), Some(access)) = (&known.metadata.userinfo_endpoint, &tokens.access_token) else {
            return Ok(());
        };
        let more: Claims = self.provider.http.get(address, Some(access)).await?;
        if more.get("sub") != claims.get("sub") {
            return Err(Trouble(format!("{address} answered about somebody else")));
        }
        for (name, value) in more {
            claims.entry(name).or_insert(value);
        }
        Ok(())
    }
}

/// The cookie that forgets a sign-in under way.
pub(crate) fn no_flow_cookie(secure: bool) -> HeaderValue {
    Seal::no_cookie(secure)
}

/// The token endpoint's answer, as far as it is used here. Not `Debug`: it must not reach a log.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        tracing::error!(%trouble, "the OpenID provider cannot be used");
        Self::Provider
    }
}

/// What RFC 3986, section 2.3, leaves as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn query(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The endpoint may have a query of its own (RFC 6749, section 3.1).
fn with_query(endpoint: &str, query: &str) -> String {
    let separator = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{separator}{query}")
}
