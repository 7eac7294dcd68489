//! A stateful GitHub for tests and for one laptop.
//!
//! It keeps repositories, issues, labels, comments, pull requests and webhooks, answers the part of GitHub's REST API
//! that Dispatch uses in GitHub's own shapes, and sends a correctly signed webhook for every change. What it says is
//! held to GitHub's OpenAPI description and webhook examples, and what it does to a table that cites GitHub's
//! documentation (`tests/` of this crate). Tests hold it as a [`GithubSim`]; the `github-sim` binary serves it with a
//! small living demo organisation.
//!
//! What it leaves out: GraphQL (but for the one query that Dispatch asks), projects, milestones; permissions (every
//! token may do everything, an installation's in its own account); the contents of files (each is a commit and nothing
//! more); enforcing the secondary limits by itself (they are [switched on](FaultKind::SecondaryLimit));
//! `If-Modified-Since`; the lazily computed `mergeable`; form-encoded
//! webhooks; and the `installation` events.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use github_sim::GithubSim;
//!
//! let sim = GithubSim::builder().webhook("http://127.0.0.1:9/webhooks/github", "secret").start().await;
//! let repo = sim.repo("acme/web").labels(["status/ready"]);
//! let issue = repo.issue("Dark mode").labels(["status/ready"]).open();
//! sim.person("ana").add_label("acme/web", issue.number, "priority/p1");
//! assert_eq!(sim.issue("acme/web", issue.number).labels, ["status/ready", "priority/p1"]);
//! sim.flush().await;
//! assert!(sim.deliveries().iter().any(|delivery| delivery.action.as_deref() == Some("labeled")));
//! # });
//! ```

mod builder;
mod clock;
mod deliver;
mod delivery_faults;
mod faults;
mod handles;
mod http;
mod ledger;
mod pattern;
mod pause;
mod render;
mod rng;
mod shared;
mod sim;
mod state;
mod view;

/// The simulated GitHub App's id (`GITHUB_APP_ID`).
pub const APP_ID: u64 = http::access::APP_ID;

/// An RSA key to sign as the simulated GitHub App with (`GITHUB_APP_PRIVATE_KEY`). It was made for this file and opens
/// nothing anywhere; the simulator takes any key, because it looks at a token's shape and not at its signature.
pub const APP_PRIVATE_KEY: &str = include_str!("app-key.pem");

pub use builder::Builder;
pub use clock::Clock;
pub use delivery_faults::{DeliveryFault, Loss};
pub use faults::{Fault, FaultKind};
pub use handles::{IssueDraft, Person, PullDraft, RepoHandle};
pub use ledger::{Requests, Write};
pub use pattern::RequestPattern;
pub use pause::Pause;
pub use rng::Seeded;
pub use sim::GithubSim;
pub use state::{
    change::{Change, IssueEdit, NewIssue, NewPull, PullEdit},
    feedback::{Feedback, LineNote, Relate, Verdict},
    hooks::Delivery,
    model::{IssueState, StateReason},
    parcels::signature,
    refusal::Refusal,
};
pub use view::{CommentView, IssueView, PullView, RelationsView, Said};
