//! What a browser keeps while its person is at the provider: one encrypted cookie that lasts ten minutes, and nothing
//! on the server.

use axum::http::HeaderMap;
use axum::http::header::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::{SignedDuration, Timestamp};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::auth::secret::derive_key;
use crate::auth::session;

/// The cookie's name.
const COOKIE_NAME: &str = "dispatch_sign_in";
/// Only the callback gets it.
const PATH: &str = "/api/auth/callback";
/// How long a person may take at the provider.
const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// What the encryption is bound to besides the key.
const PURPOSE: &[u8] = b"dispatch sign-in v1";

/// One sign-in under way.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flow {
    /// Comes back with the callback: the browser that began is the one that ends (RFC 6749, section 10.12).
    pub(super) state: String,
    /// Comes back inside the ID token, so that no other one can be put in its place (OpenID Connect Core, 15.5.2).
    pub(super) nonce: String,
    /// PKCE's secret (RFC 7636): whoever intercepts the code cannot redeem it.
    pub(super) verifier: String,
    /// Where to go afterwards: a path of ours.
    pub(super) next: String,
    /// Seconds since 1970.
    expires: i64,
}

impl Flow {
    pub(super) fn begin(next: String, now: Timestamp) -> Self {
        let expires = (now + LIFE).as_second();
        Self { state: random(), nonce: random(), verifier: random(), next, expires }
    }

    /// RFC 7636, section 4.2, method S256.
    pub(super) fn challenge(&self) -> String {
        BASE64.encode(Sha256::digest(&self.verifier))
    }
}

/// 256 random bits in base64url.
fn random() -> String {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    BASE64.encode(bytes)
}

fn fill(bytes: &mut [u8]) {
    SystemRandom::new()
        .fill(bytes)
        .unwrap_or_else(|_| unreachable!("the operating system has no random numbers"));
}

/// What flows are encrypted with.
pub(super) struct Seal(LessSafeKey);

impl Seal {
    pub(super) fn derive(secret: &SecretString, client: &str) -> Self {
        let key = derive_key(secret.expose_secret(), "dispatch sign-in key v1", &[client]);
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key);
        Self(LessSafeKey::new(key.unwrap_or_else(|_| unreachable!("the key has the cipher's length"))))
    }

    /// The cookie that keeps a flow.
    pub(super) fn cookie(&self, flow: &Flow, secure: bool) -> HeaderValue {
        session::set_cookie(COOKIE_NAME, &self.seal(flow), PATH, LIFE.as_secs(), secure)
    }

    /// The cookie that forgets it.
    pub(super) fn no_cookie(secure: bool) -> HeaderValue {
        session::set_cookie(COOKIE_NAME, "", PATH, 0, secure)
    }

    /// The flow that a browser brings back, if it is ours and not too old.
    pub(super) fn of(&self, headers: &HeaderMap, now: Timestamp) -> Option<Flow> {
        let flow = session::cookies(headers, COOKIE_NAME).find_map(|sealed| self.open(sealed))?;
        (flow.expires > now.as_second()).then_some(flow)
    }

    fn seal(&self, flow: &Flow) -> String {
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce);
        let mut text = serde_json::to_vec(flow).unwrap_or_else(|_| unreachable!("a flow is plain data"));
        let sealed = self.0.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(PURPOSE),
            &mut text,
        );
        sealed.unwrap_or_else(|_| unreachable!("a flow is short"));
        BASE64.encode([&nonce[..], &text].concat())
    }

    fn open(&self, sealed: &str) -> Option<Flow> {
        let mut bytes = BASE64.decode(sealed).ok()?;
        let (nonce, text) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let text = self.0.open_in_place(nonce, Aad::from(PURPOSE), text).ok()?;
        serde_json::from_slice(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn seal(secret: &str) -> Seal {
        Seal::derive(&SecretString::from(secret), "dispatch")
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn back(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, format!("a=b; {COOKIE_NAME}={cookie}").parse().unwrap())])
    }

    #[test]
    fn a_flow_comes_back_within_ten_minutes_and_cannot_be_read_or_changed() {
        let ours = seal("secret");
        let flow = Flow::begin("/board".into(), at(0));
        let sealed = ours.seal(&flow);
        assert_eq!(ours.of(&back(&sealed), at(599)).as_ref(), Some(&flow));
        assert_eq!(ours.of(&back(&sealed), at(600)), None);
        assert_eq!(seal("other").of(&back(&sealed), at(1)), None);
        let bytes = BASE64.decode(&sealed).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"/board"));
        for index in [0, NONCE_LEN, bytes.len() - 1] {
            let mut forged = bytes.clone();
            forged[index] ^= 1;
            assert_eq!(ours.of(&back(&BASE64.encode(forged)), at(1)), None, "byte {index}");
        }
        for junk in ["", "AAAA", "%", &sealed[..sealed.len() - 4]] {
            assert_eq!(ours.of(&back(junk), at(1)), None, "{junk:?}");
        }
    }

    #[test]
    fn every_flow_is_another_one_and_the_cookie_is_the_callbacks_own() {
        let (one, other) = (Flow::begin("/".into(), at(0)), Flow::begin("/".into(), at(0)));
        assert!(one.state != other.state && one.nonce != other.nonce && one.verifier != other.verifier);
        // RFC 7636, section 4.1: 43 characters at least.
        assert_eq!(one.verifier.len(), 43);
        let cookie = seal("s").cookie(&one, true);
        let cookie = cookie.to_str().unwrap();
        assert!(
            cookie.ends_with("; Path=/api/auth/callback; HttpOnly; SameSite=Lax; Max-Age=600; Secure"),
            "{cookie}"
        );
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let flow = Flow {
            verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into(),
            ..Flow::begin("/".into(), at(0))
        };
        assert_eq!(flow.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
