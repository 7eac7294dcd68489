//! Checks of the repository itself. A failure names file and line, and says what to do.

mod code;
mod direction;
mod edges;
mod environment;
mod manifests;
mod migrations;
mod refusals;
mod stack;
mod words;
