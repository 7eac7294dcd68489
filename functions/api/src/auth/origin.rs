//! Which pages a browser's request may come from, and which hosts an open mode serves.
//!
//! `Sec-Fetch-Site` is set by the browser and cannot be set by a page (W3C, "Fetch Metadata Request Headers"), so it
//! decides alone where it is there. Older browsers send `Origin` with every write (Fetch Standard, "Origin header").

use std::net::{IpAddr, Ipv6Addr};

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};

use crate::error::ApiError;
use crate::input::{is_json, not_json};

/// Our public address.
pub(crate) struct PublicUrl {
    origin: String,
    host: String,
}

impl PublicUrl {
    /// Takes scheme, host and port of an http or https URL.
    pub(crate) fn parse(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let scheme = scheme.to_ascii_lowercase();
        let default_port = if scheme == "http" { ":80" } else { ":443" };
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        Self { origin: format!("{scheme}://{authority}"), host: host_of(authority).to_owned() }
    }

    /// `scheme://host[:port]`, as browsers write it.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether only this machine can mean it.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

/// Whether the request was addressed to this machine by one of its own names. A request without a `Host` (which no
/// HTTP/1.1 client sends) counts as local; so does the configured URL's own host, which is loopback in an open mode.
///
/// Besides keeping an open mode off the network, this refuses a page elsewhere whose name was made to resolve to
/// 127.0.0.1 (DNS rebinding): the browser sends that page's name as `Host`.
pub(crate) fn addressed_locally(headers: &HeaderMap) -> bool {
    headers.get(HOST).is_none_or(|host| host.to_str().is_ok_and(|host| is_loopback(host_of(host))))
}

/// Whether a cookie for this request's browser must stay off plain HTTP: everywhere but on this machine.
pub(crate) fn needs_secure_cookie(public_url: Option<&PublicUrl>, headers: &HeaderMap) -> bool {
    match public_url {
        Some(url) => !(url.origin.starts_with("http://") && url.is_loopback()),
        None => headers.get(HOST).is_none() || !addressed_locally(headers),
    }
}

/// How a write was authenticated, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A bearer token, which no browser sends on its own.
    Bearer,
    /// A session cookie, which a browser sends whoever made the page.
    Cookie,
    /// Basic credentials or none.
    Other,
}

/// Refuses writes that a foreign page could have made a browser send.
///
/// # Errors
/// 403 for another site's page, and for a cookie without any sign of where the request comes from; 415 for a body that
/// is not JSON, because a page elsewhere may send other kinds without asking first.
pub(crate) fn check_write(
    method: &Method,
    headers: &HeaderMap,
    has_body: bool,
    proof: Proof,
    public_url: Option<&PublicUrl>,
) -> Result<(), ApiError> {
    if method.is_safe() || proof == Proof::Bearer {
        return Ok(());
    }
    match same_origin(headers, public_url) {
        Some(true) => {}
        None if proof == Proof::Other => {}
        _ => return Err(cross_site()),
    }
    if has_body && !is_json(headers) {
        return Err(not_json());
    }
    Ok(())
}

/// Refuses what another site's page asks for; what says nothing of a page comes from a program.
///
/// # Errors
/// 403.
pub(crate) fn check_page(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Result<(), ApiError> {
    if same_origin(headers, public_url) == Some(false) { Err(cross_site()) } else { Ok(()) }
}

fn cross_site() -> ApiError {
    let message = "This change was asked for by a page of another site, or without saying by which page. Use \
                   Dispatch's own pages, or an Authorization header.";
    ApiError::forbidden("cross_site", message)
}

/// Whether the request says that it comes from our own pages; `None` when it says nothing.
fn same_origin(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Option<bool> {
    if let Some(site) = headers.get("sec-fetch-site") {
        return Some(site == "same-origin");
    }
    let origin = headers.get(ORIGIN)?.to_str().unwrap_or_default().to_ascii_lowercase();
    let ours = public_url.is_some_and(|url| url.origin == origin);
    // Behind CloudFront `Host` is not ours; everywhere else a page's own origin ends in the host it was served from.
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).map(str::to_ascii_lowercase);
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    Some(ours || (authority.is_some() && authority == host.as_deref()))
}

/// Where to go after signing in: a path of ours and nothing else, whatever the address said.
pub(crate) fn safe_next(next: Option<&str>) -> String {
    const HOME: &str = "/board";
    let Some(next) = next else { return HOME.to_owned() };
    // Browsers take a backslash for a slash, and skip control characters.
    let plain = next.len() <= 2000 && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let ours = next.starts_with('/') && !next.starts_with("//");
    let page = !["/api", "/mcp", "/webhooks", "/login"].iter().any(|path| next.starts_with(path));
    if plain && ours && page { next.to_owned() } else { HOME.to_owned() }
}

/// The host of `host[:port]`.
fn host_of(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    authority.split(':').next().unwrap_or_default()
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    // RFC 6761, section 6.3: `localhost` and every name below it are this machine.
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        || host.parse::<Ipv6Addr>().is_ok_and(|ip| ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "sec-fetch-site";

    type Pairs<'a> = &'a [(&'static str, &'a str)];

    fn headers(pairs: Pairs<'_>) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    /// `.` passes; otherwise the code of the refusal.
    fn outcome(method: &Method, pairs: Pairs<'_>, body: bool, proof: Proof) -> &'static str {
        let url = PublicUrl::parse("https://dispatch.example.com");
        match check_write(method, &headers(pairs), body, proof, Some(&url)) {
            Ok(()) => ".",
            Err(error) if format!("{error:?}").contains("cross_site") => "cross_site",
            Err(_) => "415",
        }
    }

    #[test]
    fn the_matrix() {
        let json = ("content-type", "application/json");
        let form = ("content-type", "application/x-www-form-urlencoded");
        let (post, get) = (&Method::POST, &Method::GET);
        use Proof::{Bearer, Cookie, Other};
        let cases: &[(&Method, Pairs<'_>, bool, Proof, &str)] = &[
            // Reading is never refused here, and a bearer token is proof enough.
            (get, &[(SITE, "cross-site")], false, Cookie, "."),
            (post, &[(SITE, "cross-site"), form], true, Bearer, "."),
            // curl.
            (post, &[], false, Other, "."),
            (post, &[json], true, Other, "."),
            (post, &[form], true, Other, "415"),
            (post, &[], true, Other, "415"),
            // Our own pages.
            (post, &[(SITE, "same-origin"), json], true, Cookie, "."),
            (post, &[(SITE, "same-origin")], false, Cookie, "."),
            (post, &[(SITE, "same-origin"), form], true, Cookie, "415"),
            (post, &[("origin", "https://dispatch.example.com"), json], true, Cookie, "."),
            (post, &[("origin", "https://Dispatch.Example.com"), json], true, Cookie, "."),
            (post, &[("origin", "http://localhost:8787"), ("host", "localhost:8787")], false, Cookie, "."),
            // Other people's pages.
            (post, &[(SITE, "cross-site"), json], true, Cookie, "cross_site"),
            (post, &[(SITE, "same-site"), json], true, Cookie, "cross_site"),
            (post, &[(SITE, "none"), json], true, Cookie, "cross_site"),
            (
                post,
                &[(SITE, "cross-site"), ("origin", "https://dispatch.example.com")],
                false,
                Cookie,
                "cross_site",
            ),
            (post, &[(SITE, "cross-site")], false, Other, "cross_site"),
            (post, &[("origin", "https://evil.example"), json], true, Other, "cross_site"),
            (post, &[("origin", "null"), ("host", "null")], false, Other, "cross_site"),
            (post, &[("origin", "http://dispatch.example.com")], false, Cookie, "cross_site"),
            (post, &[("origin", "https://dispatch.example.com.evil.example")], false, Cookie, "cross_site"),
            // A cookie alone could come from anywhere.
            (post, &[json], true, Cookie, "cross_site"),
            (&Method::DELETE, &[], false, Cookie, "cross_site"),
            (&Method::DELETE, &[(SITE, "same-origin")], false, Cookie, "."),
        ];
        for (method, pairs, body, proof, expect) in cases {
            assert_eq!(outcome(method, pairs, *body, *proof), *expect, "{method} {pairs:?} {body} {proof:?}");
        }
    }

    #[test]
    fn this_machine_has_many_names() {
        for url in [
            "http://localhost:8787",
            "http://127.0.0.1",
            "http://127.9.9.9:1/x",
            "http://[::1]:80",
            "https://a.localhost",
        ] {
            assert!(PublicUrl::parse(url).is_loopback(), "{url}");
        }
        for url in [
            "https://example.com",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil",
            "http://0.0.0.0",
            "http://10.0.0.1",
        ] {
            assert!(!PublicUrl::parse(url).is_loopback(), "{url}");
        }
        assert_eq!(
            PublicUrl::parse("HTTPS://Dispatch.Example.com:443/x").origin(),
            "https://dispatch.example.com"
        );
    }

    #[test]
    fn nobody_is_sent_elsewhere_after_signing_in() {
        for fine in ["/board", "/audit?repo=a%2Fb&x=1", "/issues/a/b/1#top", "/"] {
            assert_eq!(safe_next(Some(fine)), fine);
        }
        let long = format!("/{}", "a".repeat(2000));
        for bad in [
            "",
            "board",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "/a\\b",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ä",
            "/api/auth/logout",
            "/login?next=/x",
            &long,
        ] {
            assert_eq!(safe_next(Some(bad)), "/board", "{bad:?}");
        }
        assert_eq!(safe_next(None), "/board");
    }

    #[test]
    fn cookies_are_secure_everywhere_but_here() {
        let local = headers(&[("host", "127.0.0.1:8787")]);
        let check = |url: Option<&str>, headers: &HeaderMap, expect| {
            let url = url.map(PublicUrl::parse);
            assert_eq!(needs_secure_cookie(url.as_ref(), headers), expect);
        };
        check(Some("http://127.0.0.1:8787"), &local, false);
        check(Some("https://localhost"), &local, true);
        check(Some("http://dispatch.example.com"), &local, true);
        check(None, &local, false);
        check(None, &headers(&[("host", "dispatch.example.com")]), true);
        check(None, &HeaderMap::new(), true);
    }
}
