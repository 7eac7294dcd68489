//! Dispatch as a whole: the real functions around a real Postgres and a simulated GitHub.
//!
//! One module per journey. Tests read as what happens; what must hold at the end of each is in `kit::finish`.

mod abuse;
mod api;
mod claims;
mod dependencies;
mod examples;
mod feed;
mod history;
mod identity;
mod ingest;
mod kill;
mod labels;
mod lanes;
mod mcp;
mod migrations;
mod once;
mod overview;
mod pooler;
mod races;
mod round_trips;
mod sync;
mod webhook;
mod writes;
