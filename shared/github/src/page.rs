//! Lists: conditional first pages, and what comes after them.

use bytes::Bytes;
use dispatch_domain::ids::RepoName;
use http::{HeaderMap, StatusCode, Uri, header};

use crate::call::{Github, Request, Within};
use crate::error::Error;

/// The answer to a conditional read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read<T> {
    /// There is something new, or no ETag was given.
    Changed(T),
    /// Nothing has changed since the answer that the given ETag came with. Costs nothing of the hourly budget.
    NotModified,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it, in the list's order.
    pub items: Vec<T>,
    /// One sentence for each item that could not be read and is left out.
    pub unreadable: Vec<String>,
    /// How to get what follows; none when this is the end.
    pub next: Option<Next>,
    /// What to send to be told `NotModified` while this page stays as it is. Only on first pages. GitHub's ETags
    /// depend on the whole address and on the credential, so a list asked for with another `since` or with a new
    /// installation token is read once in full.
    pub etag: Option<String>,
}

/// The answer to a conditional read of a whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed<T> {
    /// Nothing has changed since the answer that the given ETag came with. Costs nothing of the hourly budget.
    NotModified,
    /// The whole list.
    Changed {
        /// What is on it, in GitHub's order.
        items: Vec<T>,
        /// What to send to be told `NotModified` next time. None for a list of more than one page, because it stands
        /// for the first only, and for one of which an entry could not be read.
        etag: Option<String>,
    },
}

impl<T> Listed<T> {
    pub(crate) fn map<U>(self, each: impl FnMut(T) -> U) -> Listed<U> {
        match self {
            Self::NotModified => Listed::NotModified,
            Self::Changed { items, etag } => {
                Listed::Changed { items: items.into_iter().map(each).collect(), etag }
            }
        }
    }
}

/// More pages than this are not read: no pull request has so many that somebody reads.
const MOST_PAGES: usize = 30;

impl Github {
    /// Reads a list to its end. `read` takes a page apart, into items and sentences about those that did not fit.
    pub(crate) async fn list<T>(
        &self,
        repo: &RepoName,
        what: &str,
        path: String,
        if_changed: Option<&str>,
        read: impl Fn(&str, &Bytes) -> Result<(Vec<T>, Vec<String>), Error>,
    ) -> Result<Listed<T>, Error> {
        let request = Request { etag: if_changed, ..Request::get(path, what) };
        let answer = self.call(repo, Within::Repository, request).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Listed::NotModified);
        }
        let (mut items, mut unreadable) = read(what, &answer.body)?;
        let mut next = link(&answer.headers, "next");
        let etag = etag(&answer.headers).filter(|_| next.is_none());
        for _ in 1..MOST_PAGES {
            let Some(path) = next else { break };
            let answer = self.call(repo, Within::Repository, Request::get(path, what)).await?;
            let (more, bad) = read(what, &answer.body)?;
            items.extend(more);
            unreadable.extend(bad);
            next = link(&answer.headers, "next");
        }
        for entry in &unreadable {
            tracing::warn!(what, entry, "an entry of a list was left out");
        }
        Ok(Listed::Changed { items, etag: etag.filter(|_| unreadable.is_empty()) })
    }
}

/// Where a list goes on. Text, so that it can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(pub(crate) String);

impl Next {
    /// To store, and to go on with later.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it was stored.
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The ETag of an answer, as it has to be sent back.
pub(crate) fn etag(headers: &HeaderMap) -> Option<String> {
    headers.get(header::ETAG)?.to_str().ok().map(str::to_owned)
}

/// The path and query that the `Link` header gives for `rel` (REST API, "Using pagination").
///
/// The address's host is left out: requests, and the credential with them, always go to the configured one.
pub(crate) fn link(headers: &HeaderMap, rel: &str) -> Option<String> {
    let header = headers.get(header::LINK)?.to_str().ok()?;
    // Targets cannot contain angle brackets, so each `<` begins a link.
    header.split('<').skip(1).find_map(|entry| {
        let (target, parameters) = entry.split_once('>')?;
        let is_wanted = parameters.split(';').any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let value = value.trim().trim_end_matches(',').trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && value.split(' ').any(|word| word == rel)
        });
        let target: Uri = target.parse().ok().filter(|_| is_wanted)?;
        target.path_and_query().map(ToString::to_string)
    })
}

/// The page number in an address's query.
pub(crate) fn page_number(path: &str) -> Option<u64> {
    let (_, query) = path.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("page="))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn headers(link: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::LINK, HeaderValue::from_str(link).expect("a header value"));
        headers
    }

    #[test]
    fn links_are_found_by_their_relation() {
        let headers = headers(
            "<https://api.github.com/repositories/1/issues?labels=a%2Cb&page=2>; rel=\"next\", \
             <https://api.github.com/repositories/1/issues?labels=a%2Cb&per_page=1&page=57>; rel=\"last\"",
        );
        assert_eq!(link(&headers, "next").as_deref(), Some("/repositories/1/issues?labels=a%2Cb&page=2"));
        let last = link(&headers, "last").expect("a last page");
        assert_eq!(page_number(&last), Some(57));
        assert_eq!(link(&headers, "prev"), None);
        assert_eq!(link(&HeaderMap::new(), "next"), None);
    }

    #[test]
    fn odd_links_are_read_or_left_alone() {
        assert_eq!(
            link(&headers("</a?page=2>; title=\"x\"; rel=\"last next\""), "next").as_deref(),
            Some("/a?page=2")
        );
        assert_eq!(link(&headers("</a,b?page=2>;rel=next"), "next").as_deref(), Some("/a,b?page=2"));
        assert_eq!(link(&headers("<not a uri>; rel=next"), "next"), None);
        assert_eq!(link(&headers("</a; rel=next"), "next"), None);
    }

    proptest! {
        #[test]
        fn no_link_header_makes_it_panic_or_hang(text in "[<>;,=\" a-z/?&0-9]{0,80}") {
            let _ = link(&headers(&text), "next");
        }
    }
}
