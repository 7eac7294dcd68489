//! Paths and queries of requests.

use std::fmt::Write;

use dispatch_domain::ids::RepoName;
use jiff::Timestamp;

/// `/repos/{owner}/{name}{rest}`; a repository's name needs no encoding.
pub(crate) fn repo(repo: &RepoName, rest: &str) -> String {
    format!("/repos/{}/{}{rest}", repo.owner(), repo.name())
}

/// `text` as one segment of a path: everything but RFC 3986's unreserved characters is percent-encoded, and a segment
/// of dots, which a server may take for "here" or "up", too.
pub(crate) fn segment(text: &str) -> String {
    let only_dots = text.bytes().all(|b| b == b'.');
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'~')
            || (byte == b'.' && !only_dots);
        if plain {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A branch name as the rest of a path: its slashes separate segments.
pub(crate) fn branch(name: &str) -> String {
    name.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A time as query parameters have it: RFC 3339, UTC, whole seconds, rounded down so that nothing is left out.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(encoded: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = encoded.as_bytes();
        while let [first, tail @ ..] = rest {
            if let (b'%', [high, low, tail @ ..]) = (first, tail) {
                let hex = [*high, *low];
                let hex = std::str::from_utf8(&hex).expect("hexadecimal digits");
                bytes.push(u8::from_str_radix(hex, 16).expect("hexadecimal digits"));
                rest = tail;
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        bytes
    }

    #[test]
    fn labels_are_encoded_as_one_segment() {
        let table = [
            ("bug", "bug"),
            ("status/in-progress", "status%2Fin-progress"),
            ("good first issue", "good%20first%20issue"),
            ("100%", "100%25"),
            ("why?", "why%3F"),
            ("c#", "c%23"),
            ("a&b=c+d", "a%26b%3Dc%2Bd"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            (":bug: 🐛", "%3Abug%3A%20%F0%9F%90%9B"),
            ("v1.0", "v1.0"),
            ("..", "%2E%2E"),
        ];
        for (label, encoded) in table {
            assert_eq!(segment(label), encoded);
        }
        assert_eq!(branch("feature/a b"), "feature/a%20b");
    }

    #[test]
    fn times_are_rounded_down() {
        assert_eq!(time("2026-11-23T02:00:00.999Z".parse().expect("a time")), "2026-11-23T02:00:00Z");
    }

    proptest! {
        #[test]
        fn any_label_round_trips_and_makes_a_uri(label in any::<String>()) {
            let encoded = segment(&label);
            prop_assert_eq!(decode(&encoded), label.as_bytes());
            let path = format!("/repos/o/r/issues/1/labels/{encoded}");
            let uri: http::Uri = path.parse().expect("a URI");
            prop_assert_eq!(uri.path(), path);
            prop_assert_eq!(uri.query(), None);
        }
    }
}
