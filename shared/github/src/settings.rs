//! The address that requests go to.

use dispatch_settings::GithubSettings;
use http::Uri;

/// A base URL that requests cannot be made from.
#[derive(Debug, thiserror::Error)]
#[error(
    "the GitHub API's URL is not an http or https URL; set GITHUB_API_URL to one like https://api.github.com"
)]
pub struct InvalidApiUrl;

/// The base of all requests.
pub(crate) fn base(settings: &GithubSettings) -> Result<Uri, InvalidApiUrl> {
    let base: Uri = settings.api_url.trim_end_matches('/').parse().map_err(|_| InvalidApiUrl)?;
    let usable =
        matches!(base.scheme_str(), Some("http" | "https")) && base.host().is_some_and(|h| !h.is_empty());
    if usable && base.query().is_none() { Ok(base) } else { Err(InvalidApiUrl) }
}
