//! Tokens that agents have of their own: shown once, known afterwards by their SHA-256 only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest as _, Sha256};

/// By this people and scanners for secrets know one of our tokens.
const PREFIX: &str = "dispatch_";
/// 256 random bits.
const BYTES: usize = 32;
/// Those bits in base64url.
const LETTERS: usize = 43;

/// A new token, in the only moment in which it can be seen.
pub(crate) struct OwnToken(String);

impl OwnToken {
    /// Draws one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{PREFIX}{}", BASE64.encode(bytes))))
    }

    /// What is stored of it.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Its last characters, by which people tell tokens apart.
    pub(crate) fn hint(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// The token itself, for the one answer that shows it.
    pub(crate) fn reveal(self) -> String {
        self.0
    }
}

/// What a given token is known by. `None`: it cannot be one of ours, so nobody has to look it up.
pub(crate) fn sha256_of(given: &str) -> Option<[u8; 32]> {
    let letters = given.strip_prefix(PREFIX)?;
    let base64url = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let fits = letters.len() == LETTERS && letters.bytes().all(base64url);
    fits.then(|| Sha256::digest(given.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_are_known_by_their_hash() {
        let (one, other) = (OwnToken::draw().unwrap(), OwnToken::draw().unwrap());
        assert_ne!(one.sha256(), other.sha256());
        assert!(one.0.ends_with(one.hint()) && one.hint().len() == 4);
        let hash = one.sha256();
        assert_eq!(sha256_of(&one.reveal()), Some(hash));
    }

    #[test]
    fn what_cannot_be_a_token_is_not_looked_up() {
        let letters = "a".repeat(LETTERS);
        assert!(sha256_of(&format!("dispatch_{letters}")).is_some());
        for bad in [
            String::new(),
            letters.clone(),
            "dispatch_".to_owned(),
            format!("dispatch_{letters}a"),
            format!("dispatch_{}=", &letters[1..]),
            format!("Dispatch_{letters}"),
        ] {
            assert_eq!(sha256_of(&bad), None, "{bad}");
        }
    }
}
