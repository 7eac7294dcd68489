//! GitHub's REST API, as narrow as Dispatch needs it.
//!
//! Reads come back as the domain's snapshots, writes are single label and comment changes, and everything that goes
//! wrong is one of the seven cases of [`Error`], of which the rate limit carries the time to wait. The crate never
//! waits and never tries again by itself (except once, with a new installation token, after a 401): Lambda bills for
//! sleeping, and the outbox knows better when to come back. octocrab carries the requests and signs for the GitHub
//! App; its models, its retries and its redirects stay outside, because the first are stricter than GitHub, the
//! second repeat writes, and the third turn a POST into a GET.

mod auth;
mod budget;
mod call;
mod check;
mod comment;
mod error;
mod hook;
mod issue;
mod label;
mod limit;
mod page;
mod path;
mod pull_request;
mod relation;
mod repository;
mod review;
mod settings;
mod transport;
mod wire;

pub use budget::{Counts, Credential};
pub use call::Github;
pub use comment::Comment;
pub use error::Error;
pub use hook::Hook;
pub use issue::{IssueQuery, ListedIssue, StateFilter};
pub use page::{Listed, Next, Page, Read};
pub use relation::Related;
pub use review::PullRequestLinks;
pub use settings::InvalidApiUrl;
