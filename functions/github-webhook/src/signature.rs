//! `X-Hub-Signature-256`: HMAC-SHA-256 over the raw body, as in GitHub's documentation, "Validating webhook
//! deliveries".

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Whether the header fits the body under one of the secrets. Every secret is tried in constant time, so that the
/// time it takes tells nothing.
pub(crate) fn verify<'a>(
    header: Option<&str>,
    body: &[u8],
    secrets: impl IntoIterator<Item = &'a [u8]>,
) -> bool {
    let Some(expected) = header.and_then(|header| header.strip_prefix("sha256=")).and_then(unhex) else {
        return false;
    };
    secrets.into_iter().fold(false, |fits, secret| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return fits };
        mac.update(body);
        fits | mac.verify_slice(&expected).is_ok()
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of GitHub's documentation: secret "It's a Secret to Everybody", body "Hello, World!".
    const DOCUMENTED: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const SECRET: &[u8] = b"It's a Secret to Everybody";

    #[test]
    fn the_documented_example() {
        assert!(verify(Some(DOCUMENTED), b"Hello, World!", [SECRET]));
        assert!(verify(Some(DOCUMENTED), b"Hello, World!", [b"older".as_slice(), SECRET]));
        assert!(verify(Some(&DOCUMENTED.to_uppercase().replace("SHA", "sha")), b"Hello, World!", [SECRET]));
    }

    #[test]
    fn everything_else_is_refused() {
        for header in [
            None,
            Some(""),
            Some("sha256="),
            Some("sha1=757107ea"),
            Some("sha256=zz"),
            Some(&DOCUMENTED[7..]),
        ] {
            assert!(!verify(header, b"Hello, World!", [SECRET]), "{header:?}");
        }
        assert!(!verify(Some(DOCUMENTED), b"Hello, World?", [SECRET]));
        assert!(!verify(Some(DOCUMENTED), b"Hello, World!", [b"another".as_slice()]));
        assert!(!verify(Some(DOCUMENTED), b"Hello, World!", []));
    }

    proptest! {
        #[test]
        fn no_header_ever_panics(header in ".*", body in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(!verify(Some(&header), &body, [SECRET]));
        }
    }
}
