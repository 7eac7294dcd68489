//! The simulator against GitHub's word: its documentation, its OpenAPI description, its webhook examples, and the
//! client that Dispatch uses.

mod behaviour;
mod binary;
mod client;
mod examples;
mod faults;
mod openapi;
mod persistence;
mod receiver;
mod webhooks;
