//! A small organisation to look at: `octo-demo`, with a past and with people who do things.

mod life;
mod past;
mod texts;

pub(crate) use life::live;
pub(crate) use past::seed;

/// The organisation's repositories.
const REPOSITORIES: [&str; 3] = ["octo-demo/storefront", "octo-demo/billing-api", "octo-demo/docs-site"];
/// Who works there.
const PEOPLE: [&str; 5] = ["ana-ruiz", "ben-okafor", "chloe-lind", "dmitri-vale", "emi-tanaka"];
const STATUSES: [&str; 5] = ["ready", "in-progress", "in-review", "blocked", "done"];

/// The status by its first `status/` label.
fn status(labels: &[String]) -> Option<&str> {
    labels.iter().find_map(|label| label.strip_prefix("status/"))
}
