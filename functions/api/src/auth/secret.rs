//! Secrets that are only ever compared, and keys that are made of them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// The SHA-256 of a secret: compared in constant time, whatever the lengths of the two.
pub(crate) struct Digest([u8; 32]);

impl Digest {
    pub(crate) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    pub(crate) fn matches(&self, given: &str) -> bool {
        self.0.ct_eq(&Self::of(given).0).into()
    }
}

/// A key for one purpose, from a secret and what else it depends on.
pub(crate) fn derive_key(secret: &str, purpose: &str, parts: &[&str]) -> [u8; 32] {
    let mut mac = keyed(secret.as_bytes());
    mac.update(purpose.as_bytes());
    mac.update(b"\0");
    // Neither length nor content of a part can be shifted into another.
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA-256 under a key.
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length (RFC 2104, section 2).
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC refused a key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_secret_matches() {
        let digest = Digest::of("correct horse");
        assert!(digest.matches("correct horse"));
        for wrong in ["", "correct hors", "correct horse ", "Correct horse"] {
            assert!(!digest.matches(wrong), "{wrong:?}");
        }
    }
}
