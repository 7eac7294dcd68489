//! What the provider publishes of itself: its addresses and its keys. Read when they are needed and kept for an hour; a
//! token under a key that is not among them has them read again, so that a provider may change its keys at any time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use super::http::{Http, Trouble};

/// How long addresses and keys are believed.
const FRESH: Duration = Duration::from_secs(3600);

/// What OpenID Connect Discovery 1.0, section 3, calls the provider's metadata, as far as it is used here.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) jwks_uri: String,
    pub(super) userinfo_endpoint: Option<String>,
    pub(super) end_session_endpoint: Option<String>,
    /// `client_secret_basic` where it is not said.
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// The callback names the issuer (RFC 9207).
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Whether the client's secret goes into the form instead of the header.
    pub(super) fn wants_secret_in_form(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_deref().unwrap_or_default();
        let takes = |method: &str| methods.iter().any(|known| known == method);
        !takes("client_secret_basic") && takes("client_secret_post")
    }
}

/// The provider as it was read.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) metadata: Arc<Metadata>,
    pub(super) keys: Arc<[Jwk]>,
    read_at: Instant,
}

/// The provider of one issuer.
pub(super) struct Provider {
    issuer: String,
    pub(super) http: Http,
    known: Mutex<Option<Known>>,
}

impl Provider {
    /// `issuer` has no slash at its end.
    pub(super) fn new(issuer: String) -> Self {
        Self { issuer, http: Http::default(), known: Mutex::default() }
    }

    /// The provider as it was read within the last hour.
    pub(super) async fn known(&self) -> Result<Known, Trouble> {
        let mut slot = self.known.lock().await;
        if let Some(known) = &*slot
            && known.read_at.elapsed() < FRESH
        {
            return Ok(known.clone());
        }
        Ok(slot.insert(self.read().await?).clone())
    }

    /// The provider as it is now.
    pub(super) async fn renewed(&self) -> Result<Known, Trouble> {
        let mut slot = self.known.lock().await;
        Ok(slot.insert(self.read().await?).clone())
    }

    async fn read(&self) -> Result<Known, Trouble> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer);
        let metadata: Metadata = self.http.get(&address, None).await?;
        self.check(&metadata)?;
        let set: KeySet = self.http.get(&metadata.jwks_uri, None).await?;
        // A key of a kind that is not known here signs nothing for us.
        let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(Known { metadata: Arc::new(metadata), keys, read_at: Instant::now() })
    }

    /// Discovery, section 4.3: the issuer must be the one that was asked, and what it names is as safe as itself.
    fn check(&self, metadata: &Metadata) -> Result<(), Trouble> {
        if metadata.issuer.trim_end_matches('/') != self.issuer {
            return Err(Trouble(format!("{} says that it is another issuer", self.issuer)));
        }
        let plain = self.issuer.starts_with("http://");
        let addresses = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        let optional = [&metadata.userinfo_endpoint, &metadata.end_session_endpoint];
        let safe = |address: &str| address.starts_with("https://") || plain && address.starts_with("http://");
        let mut all = addresses.into_iter().chain(optional.into_iter().flatten());
        match all.find(|address| !safe(address)) {
            Some(address) => Err(Trouble(format!("{} names {address}, which is not https", self.issuer))),
            None => Ok(()),
        }
    }
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}
