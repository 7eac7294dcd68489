//! What integration tests stand on: a database and a GitHub of their own, and the real functions between the two.
//!
//! [`TestDb`] is a clone of a migrated template with a clock that the test sets. [`Harness`] wires the simulator's
//! webhooks to the real `github-webhook`, nudges to the real `github-writer`, and runs the real `scheduled-sync` when
//! the test says so; nothing is mocked but AWS's queue, which is a few lines of HTTP ([`queue`]). On the way out
//! [`Harness::finish`] asserts that nothing is left in any queue and that cache and GitHub agree.

pub mod agent;
pub mod db;
mod door;
pub mod finish;
pub mod harness;
pub mod http;
pub mod oidc;
pub mod queue;
mod truth;
pub mod webhook;

pub use agent::{Agent, Taken};
pub use db::TestDb;
pub use finish::eventually;
pub use harness::Harness;
