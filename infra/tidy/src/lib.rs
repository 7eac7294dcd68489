//! The rules of the house that no compiler knows, as tests over the repository itself.
//!
//! The checks are in `tests/tidy`; this library reads what they look at: the files ([`files`]), the crates and what
//! they depend on ([`graph`]), code without its comments ([`source`]), CloudFormation's templates ([`template`]). It depends on nothing of
//! Dispatch, so that it can judge all of it. Every finding names a file, a line and what to do ([`finding`]).

pub mod files;
pub mod finding;
pub mod graph;
pub mod source;
pub mod template;
