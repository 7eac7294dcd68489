//! An OpenID provider in the hands of a test: a real server, strict about what it is sent, lying where the test says so.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

/// Dispatch's id at the provider.
pub const CLIENT_ID: &str = "dispatch";
/// Dispatch's secret at the provider.
pub const CLIENT_SECRET: &str = "client secret: with %";

/// A provider that listens on this machine.
pub struct Provider {
    /// Its issuer.
    pub issuer: String,
    state: Arc<Mutex<Inner>>,
}

struct Inner {
    issuer: String,
    key: EcdsaKeyPair,
    kid: String,
    codes: BTreeMap<String, Asked>,
    served: u64,
    /// Claims of the next ID token, over the right ones.
    lie: Value,
    /// What userinfo tells beyond the ID token.
    told: Value,
    down: bool,
}

/// What a browser brought to the authorization endpoint.
struct Asked {
    query: BTreeMap<String, String>,
    claims: Value,
}

impl Provider {
    /// Starts one.
    ///
    /// # Panics
    /// When nothing can listen.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(Inner {
            issuer: issuer.clone(),
            key: new_key(),
            kid: "key-1".into(),
            codes: BTreeMap::new(),
            served: 0,
            lie: json!({}),
            told: json!({}),
            down: false,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(userinfo))
            .with_state(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, state }
    }

    /// A person signs in and agrees: the code that the browser takes back, for the query it came with.
    pub fn agree(&self, query: &BTreeMap<String, String>, claims: Value) -> String {
        let mut state = self.lock();
        let code = format!("code-{}", state.codes.len());
        state.codes.insert(code.clone(), Asked { query: query.clone(), claims });
        code
    }

    /// Signs with another key from now on, and shows only that one.
    pub fn rotate(&self) {
        let mut state = self.lock();
        state.key = new_key();
        state.kid = format!("{}+", state.kid);
    }

    /// Puts these claims over the right ones in every ID token from now on.
    pub fn lie(&self, claims: Value) {
        self.lock().lie = claims;
    }

    /// What userinfo tells beyond the ID token.
    pub fn tell(&self, claims: Value) {
        self.lock().told = claims;
    }

    /// Answers nothing but 503 from now on.
    pub fn go_down(&self) {
        self.lock().down = true;
    }

    /// How often its addresses and keys were read.
    pub fn served(&self) -> u64 {
        self.lock().served
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.state.lock().expect("no panic under the lock")
    }
}

type Shared = State<Arc<Mutex<Inner>>>;
type Answer = Result<Json<Value>, (StatusCode, Json<Value>)>;

fn new_key() -> EcdsaKeyPair {
    let (curve, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let key = EcdsaKeyPair::generate_pkcs8(curve, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(curve, key.as_ref(), &random).expect("the key that was just made")
}

fn refuse(status: StatusCode, error: &str) -> (StatusCode, Json<Value>) {
    (status, Json(json!({ "error": error, "error_description": "secret detail" })))
}

async fn discovery(State(state): Shared) -> Answer {
    let mut state = state.lock().expect("no panic under the lock");
    if state.down {
        return Err(refuse(StatusCode::SERVICE_UNAVAILABLE, "down"));
    }
    state.served += 1;
    let issuer = &state.issuer;
    Ok(Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize?tenant=a"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "end_session_endpoint": format!("{issuer}/end"),
        "authorization_response_iss_parameter_supported": true,
    })))
}

async fn keys(State(state): Shared) -> Json<Value> {
    let state = state.lock().expect("no panic under the lock");
    let point = state.key.public_key().as_ref();
    let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
    let strange = json!({ "kty": "future", "kid": "strange" });
    let ours = json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": state.kid, "x": x, "y": y });
    Json(json!({ "keys": [strange, ours] }))
}

async fn token(State(state): Shared, headers: HeaderMap, body: String) -> Answer {
    let form: BTreeMap<String, String> = serde_urlencoded::from_str(&body).unwrap_or_default();
    let mut state = state.lock().expect("no panic under the lock");
    // RFC 6749, section 2.3.1: form-encoded before they are put together.
    let pair = format!("{CLIENT_ID}:client%20secret%3A%20with%20%25");
    let expected = format!("Basic {}", STANDARD.encode(pair));
    if headers.get(AUTHORIZATION).is_none_or(|value| *value != *expected) {
        return Err(refuse(StatusCode::UNAUTHORIZED, "invalid_client"));
    }
    let asked = form.get("code").and_then(|code| state.codes.remove(code));
    let Some(asked) = asked else { return Err(refuse(StatusCode::BAD_REQUEST, "invalid_grant")) };
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let proven = asked.query.get("code_challenge") == Some(&BASE64.encode(Sha256::digest(verifier)));
    let same = asked.query.get("redirect_uri") == form.get("redirect_uri");
    if !proven || !same || form.get("grant_type").map(String::as_str) != Some("authorization_code") {
        return Err(refuse(StatusCode::BAD_REQUEST, "invalid_grant"));
    }
    let now = jiff::Timestamp::now().as_second();
    let mut claims = json!({
        "iss": state.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": asked.query.get("nonce"),
    });
    merge(&mut claims, &asked.claims);
    let access = claims["sub"].as_str().unwrap_or_default().to_owned();
    merge(&mut claims, &state.lie);
    let header = json!({ "alg": "ES256", "kid": state.kid });
    let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = state.key.sign(&SystemRandom::new(), text.as_bytes()).expect("a signature");
    let id_token = format!("{text}.{}", BASE64.encode(signature));
    Ok(Json(json!({ "id_token": id_token, "access_token": access, "token_type": "Bearer" })))
}

async fn userinfo(State(state): Shared, headers: HeaderMap) -> Answer {
    let state = state.lock().expect("no panic under the lock");
    let access = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let Some(subject) = access else { return Err(refuse(StatusCode::UNAUTHORIZED, "invalid_token")) };
    let mut claims = json!({ "sub": subject });
    merge(&mut claims, &state.told);
    Ok(Json(claims))
}

fn merge(into: &mut Value, from: &Value) {
    for (name, value) in from.as_object().into_iter().flatten() {
        into[name] = value.clone();
    }
}
