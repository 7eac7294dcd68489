//! Sessions of people: a signed cookie that expires, and nothing on the server.
//!
//! `v1.<name>.<expires>.<mac>`: the name in base64url, the end in seconds since 1970, HMAC-SHA-256 over what stands
//! before it. The key comes from `DISPATCH_SESSION_SECRET`, or from the password where that is not set, so that every
//! instance has the same one. Who may sign in goes into it too: a changed password, another provider or another list of
//! people ends every session.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::secret::{derive_key, keyed};

/// The cookie's name.
pub(crate) const COOKIE_NAME: &str = "dispatch_session";
/// How long a session lasts.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// What sessions are signed with.
pub(crate) struct SessionKey([u8; 32]);

impl SessionKey {
    /// Changing any of `parts` ends every session.
    pub(crate) fn derive(secret: &SecretString, parts: &[&str]) -> Self {
        Self(derive_key(secret.expose_secret(), "dispatch session key v1", parts))
    }

    /// Begins a session at `now`: its token.
    pub(crate) fn begin(&self, user: &str, now: Timestamp) -> String {
        let signed = format!("v1.{}.{}", BASE64.encode(user), (now + LIFE).as_second());
        let mac = self.mac(&signed).finalize().into_bytes();
        format!("{signed}.{}", BASE64.encode(mac))
    }

    /// Who signed in, if the token is ours and lasts beyond `now`.
    pub(crate) fn verify(&self, token: &str, now: Timestamp) -> Option<String> {
        let (signed, mac) = token.rsplit_once('.')?;
        self.mac(signed).verify_slice(&BASE64.decode(mac).ok()?).ok()?;
        let (user, expires) = signed.strip_prefix("v1.")?.split_once('.')?;
        let user = String::from_utf8(BASE64.decode(user).ok()?).ok()?;
        let expires = Timestamp::from_second(expires.parse().ok()?).ok()?;
        (expires > now).then_some(user)
    }

    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = keyed(&self.0);
        mac.update(signed.as_bytes());
        mac
    }
}

/// The session tokens that a request carries.
pub(crate) fn tokens(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    cookies(headers, COOKIE_NAME)
}

/// The values of a cookie that a request carries; a browser may hold several of one name.
pub(crate) fn cookies<'h>(headers: &'h HeaderMap, name: &'static str) -> impl Iterator<Item = &'h str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(move |(given, _)| *given == name)
        .map(|(_, value)| value)
}

/// The header that gives a browser its session. `secure` keeps it off plain HTTP.
pub(crate) fn cookie_of(token: &str, secure: bool) -> HeaderValue {
    set_cookie(COOKIE_NAME, token, "/", LIFE.as_secs(), secure)
}

/// The header that takes the session away from a browser.
pub(crate) fn expired_cookie(secure: bool) -> HeaderValue {
    set_cookie(COOKIE_NAME, "", "/", 0, secure)
}

/// A cookie that scripts and other sites do not get.
pub(crate) fn set_cookie(name: &str, value: &str, path: &str, seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    // Base64url, dots and digits: always a header value.
    HeaderValue::from_str(&cookie).unwrap_or_else(|_| unreachable!("our cookies are ASCII"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(secret: Option<&str>, user: &str, password: &str) -> SessionKey {
        SessionKey::derive(&SecretString::from(secret.unwrap_or(password)), &[user, password])
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_session_lasts_twelve_hours() {
        let key = key(Some("s"), "ädmin", "p");
        let token = key.begin("ädmin", at(1000));
        assert_eq!(key.verify(&token, at(1000)).as_deref(), Some("ädmin"));
        assert!(key.verify(&token, at(1000 + 12 * 3600 - 1)).is_some());
        assert!(key.verify(&token, at(1000 + 12 * 3600)).is_none());
    }

    #[test]
    fn a_forged_cookie_is_nothing() {
        let key = key(None, "admin", "p");
        let token = key.begin("admin", at(0));
        let (signed, mac) = token.rsplit_once('.').unwrap();
        let later = signed.replace("43200", "99999");
        assert_ne!(later, signed);
        let foreign = self::key(None, "admin", "q").begin("admin", at(0));
        let forged = [
            format!("{later}.{mac}"),
            format!("v1.{}.43200.{mac}", BASE64.encode("root")),
            format!("{signed}."),
            format!("{signed}.{}", BASE64.encode([0; 32])),
            signed.to_owned(),
            token[..token.len() - 2].to_owned(),
            foreign,
            String::new(),
            "...".to_owned(),
        ];
        for token in forged {
            assert_eq!(key.verify(&token, at(1)), None, "{token}");
        }
    }

    #[test]
    fn every_instance_has_the_same_key_until_the_password_changes() {
        let token = key(None, "admin", "p").begin("admin", at(0));
        assert!(key(None, "admin", "p").verify(&token, at(1)).is_some());
        assert!(key(Some("s"), "admin", "p").verify(&token, at(1)).is_none());
        let token = key(Some("s"), "admin", "p").begin("admin", at(0));
        assert!(key(Some("s"), "admin", "p").verify(&token, at(1)).is_some());
        assert!(key(Some("s"), "admin", "changed").verify(&token, at(1)).is_none());
        assert!(key(Some("s"), "adminp", "").verify(&token, at(1)).is_none());
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=b; dispatch_session=one;c=d".parse().unwrap());
        headers.append(COOKIE, "dispatch_session=two".parse().unwrap());
        assert_eq!(tokens(&headers).collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn cookies_are_kept_from_scripts_and_other_sites() {
        let cookie = cookie_of("t", true);
        assert_eq!(cookie, "dispatch_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure");
        assert_eq!(expired_cookie(false), "dispatch_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
