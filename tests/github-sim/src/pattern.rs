//! Which requests a fault or a barrier is for.

use http::Method;
use serde::{Deserialize, Serialize};

/// A pattern such as `POST */labels`, `DELETE /repos/acme/web/issues/7/labels/*` or `*`: an optional method, then a
/// path in which `*` stands for any text. It is compared with the path as sent and with the route
/// (`/repos/{owner}/{repo}/issues/{number}`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestPattern(String);

impl RequestPattern {
    /// Every request.
    pub fn any() -> Self {
        Self("*".to_owned())
    }

    pub(crate) fn matches(&self, method: &Method, path: &str, route: &str) -> bool {
        let (wanted, glob) = match self.0.split_once(' ') {
            Some((wanted, glob)) => (Some(wanted), glob),
            None => (None, self.0.as_str()),
        };
        wanted.is_none_or(|wanted| method.as_str().eq_ignore_ascii_case(wanted))
            && (glob_matches(glob, path) || glob == route)
    }
}

impl Default for RequestPattern {
    fn default() -> Self {
        Self::any()
    }
}

impl<T: Into<String>> From<T> for RequestPattern {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

fn glob_matches(glob: &str, text: &str) -> bool {
    match glob.split_once('*') {
        None => glob == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| glob_matches(after, &rest[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_methods_and_paths() {
        let route = "/repos/{owner}/{repo}/issues/{number}/labels";
        let path = "/repos/acme/web/issues/7/labels";
        for (pattern, expected) in [
            ("*", true),
            ("POST *", true),
            ("post */labels", true),
            ("GET */labels", false),
            ("POST /repos/{owner}/{repo}/issues/{number}/labels", true),
            ("*/issues/*/labels", true),
            ("*/issues/8/*", false),
        ] {
            assert_eq!(
                RequestPattern::from(pattern).matches(&Method::POST, path, route),
                expected,
                "{pattern}"
            );
        }
    }
}
