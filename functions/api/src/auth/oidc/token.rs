//! The ID token: whose it is, for whom, by whom, for which sign-in, and until when (OpenID Connect Core, 3.1.3.7).

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

/// What a token says of its subject.
pub(super) type Claims = Map<String, Value>;

/// Signatures with a public key. With HS256 the client secret would sign, and `none` signs nothing.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// Seconds that the provider's clock may be wrong.
const LEEWAY: u64 = 60;

/// Why a token is not believed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Doubt {
    /// None of the keys is the one that signed it: the provider may have newer ones.
    #[error("the ID token is signed with a key that the provider does not show")]
    UnknownKey,
    /// It is wrong, whatever the keys.
    #[error("the ID token is not valid: {0}")]
    Wrong(String),
}

/// What the token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
}

/// Verifies a token and answers its claims.
pub(super) fn verify(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Claims, Doubt> {
    let wrong = |error: jsonwebtoken::errors::Error| Doubt::Wrong(error.to_string());
    let header = decode_header(token).map_err(wrong)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Doubt::Wrong(format!("it is signed with {:?}", header.alg)));
    }
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    let mut doubt = Doubt::UnknownKey;
    for key in keys.iter().filter(|key| may_have_signed(key, &header)) {
        let Ok(key) = DecodingKey::from_jwk(key) else { continue };
        match decode::<Claims>(token, &key, &validation) {
            Ok(data) => return check(data.claims, expected),
            Err(error) => doubt = wrong(error),
        }
    }
    Err(doubt)
}

fn may_have_signed(key: &Jwk, header: &Header) -> bool {
    let named = header.kid.is_none() || key.common.key_id == header.kid;
    let signs = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let algorithm = key
        .common
        .key_algorithm
        .as_ref()
        .is_none_or(|known| known.to_string() == format!("{:?}", header.alg));
    named && signs && algorithm
}

fn check(claims: Claims, expected: &Expected<'_>) -> Result<Claims, Doubt> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let several = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    match text("azp") {
        Some(party) if party != expected.client => {
            return Err(Doubt::Wrong("it was issued to another client".into()));
        }
        None if several => {
            return Err(Doubt::Wrong("it has several audiences and does not say for whom".into()));
        }
        _ => {}
    }
    let nonce = text("nonce").unwrap_or_default();
    if !bool::from(nonce.as_bytes().ct_eq(expected.nonce.as_bytes())) {
        return Err(Doubt::Wrong("it belongs to another sign-in".into()));
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::json;

    use super::*;

    const EXPECTED: Expected<'static> =
        Expected { issuer: "https://id.example.com/", client: "dispatch", nonce: "n-1" };

    struct Signer {
        pair: EcdsaKeyPair,
        kid: &'static str,
    }

    impl Signer {
        fn new(kid: &'static str) -> Self {
            let (random, curve) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
            let key = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
            Self { pair: EcdsaKeyPair::from_pkcs8(curve, key.as_ref(), &random).unwrap(), kid }
        }

        fn jwk(&self) -> Jwk {
            let point = self.pair.public_key().as_ref();
            let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
            serde_json::from_value(json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.kid }))
                .unwrap()
        }

        fn sign(&self, header: &Value, claims: &Value) -> String {
            let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
            let signature = self.pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
            format!("{text}.{}", BASE64.encode(signature))
        }

        fn token(&self, change: &Value) -> String {
            let now = jiff::Timestamp::now().as_second();
            let mut claims = json!({
                "iss": EXPECTED.issuer, "aud": EXPECTED.client, "sub": "u-1", "nonce": EXPECTED.nonce,
                "iat": now, "exp": now + 300,
            });
            for (name, value) in change.as_object().unwrap() {
                claims[name] = value.clone();
            }
            self.sign(&json!({ "alg": "ES256", "kid": self.kid }), &claims)
        }
    }

    #[test]
    fn only_a_token_for_us_about_this_sign_in_is_believed() {
        let signer = Signer::new("k1");
        let keys = [signer.jwk()];
        let now = jiff::Timestamp::now().as_second();
        let believed = |change: Value| verify(&signer.token(&change), &keys, &EXPECTED);
        assert_eq!(believed(json!({})).unwrap()["sub"], "u-1");
        assert!(believed(json!({ "aud": ["dispatch", "other"], "azp": "dispatch" })).is_ok());
        assert!(believed(json!({ "exp": now - 30 })).is_ok(), "clocks differ a little");
        for change in [
            json!({ "iss": "https://id.example.com" }),
            json!({ "iss": "https://evil.example.com/" }),
            json!({ "iss": null }),
            json!({ "aud": "other" }),
            json!({ "aud": ["other"] }),
            json!({ "aud": ["dispatch", "other"] }),
            json!({ "aud": ["dispatch", "other"], "azp": "other" }),
            json!({ "azp": "other" }),
            json!({ "nonce": "n-2" }),
            json!({ "nonce": null }),
            json!({ "exp": now - 120 }),
            json!({ "exp": null }),
            json!({ "nbf": now + 600 }),
            json!({ "sub": null }),
        ] {
            let doubt = believed(change.clone()).unwrap_err();
            assert!(matches!(doubt, Doubt::Wrong(_)), "{change}: {doubt:?}");
        }
    }

    #[test]
    fn what_is_not_signed_by_the_provider_is_not_believed() {
        let (signer, stranger) = (Signer::new("k1"), Signer::new("k1"));
        let keys = [signer.jwk()];
        let refused = |token: &str| verify(token, &keys, &EXPECTED).unwrap_err();
        assert!(matches!(refused(&stranger.token(&json!({}))), Doubt::Wrong(_)));
        assert_eq!(refused(&Signer::new("k2").token(&json!({}))), Doubt::UnknownKey);
        assert_eq!(verify(&signer.token(&json!({})), &[], &EXPECTED).unwrap_err(), Doubt::UnknownKey);
        let token = signer.token(&json!({}));
        let [_, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
        for header in
            [json!({ "alg": "none" }), json!({ "alg": "HS256", "kid": "k1" }), json!({ "alg": "RS256" })]
        {
            let header = BASE64.encode(header.to_string());
            for signature in ["", signature] {
                refused(&format!("{header}.{claims}.{signature}"));
            }
        }
        for junk in ["", "..", "a.b.c", claims] {
            assert!(matches!(refused(junk), Doubt::Wrong(_)), "{junk:?}");
        }
    }
}
