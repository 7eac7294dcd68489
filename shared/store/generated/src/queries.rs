// This file was generated with `clorinde`. Do not modify.

pub mod agent_runs;
pub mod agents;
pub mod attention;
pub mod audit;
pub mod board;
pub mod budget;
pub mod claims;
pub mod deliveries;
pub mod dependencies;
pub mod feed;
pub mod follow_ups;
pub mod health;
pub mod history;
pub mod hooks;
pub mod ingest;
pub mod lanes;
pub mod measures;
pub mod outbox;
pub mod overview;
pub mod pull_requests;
pub mod repositories;
pub mod sign_ins;
pub mod sync;
pub mod trust;
