//! Dispatch as a whole: the real functions around a real Postgres and a simulated GitHub.
//!
//! One module per journey. Tests read as what happens; what must hold at the end of each is in `kit::finish`.

mod abuse;
mod api;
mod board;
mod budget;
mod cards;
mod claims;
mod comments;
mod convergence;
mod custom_resource;
mod dependencies;
mod desk;
mod examples;
mod faults;
mod feed;
mod freeze;
mod fuzz;
mod history;
mod hooks;
mod identity;
mod ingest;
mod kill;
mod labels;
mod lanes;
mod load;
mod mcp;
mod migrations;
mod model;
mod once;
mod overview;
mod platform;
mod pooler;
mod pulls;
mod races;
mod recover;
mod renames;
mod restore;
mod rotation;
mod round_trips;
mod security;
mod sign_in;
mod sync;
mod trust;
mod webhook;
mod writes;
