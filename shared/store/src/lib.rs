//! Postgres: one public function is one transaction.
//!
//! A function here locks what it is about, asks `dispatch-domain` what is right, writes, and commits; nothing in it
//! calls GitHub, and nothing outside this crate writes SQL. The statements are in `queries/*.sql`, typed by Clorinde
//! (`dispatch-queries`); what hangs on one issue is loaded and saved by one module (`issue`), so that the journeys
//! (webhook, claim, move, write, sync) read top to bottom. `now` is the database's, by `dispatch_now()`.

pub mod agent_runs;
pub mod agents;
pub mod attention;
pub mod audit;
pub mod board;
pub mod budget;
pub mod claims;
pub mod db;
pub mod deliveries;
pub mod dependencies;
pub mod desk;
pub mod error;
pub mod feed;
pub mod health;
pub mod history;
pub mod hooks;
pub mod ingest;
mod issue;
pub mod lanes;
pub mod limits;
pub mod measures;
pub mod migrations;
pub mod moves;
pub mod once;
pub mod outbox;
pub mod overview;
pub mod pulls;
pub mod repositories;
pub mod sign_ins;
pub mod sync;
pub mod trust;

pub use audit::Who;
pub use db::Db;
pub use error::Error;
