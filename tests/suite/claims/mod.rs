//! Claims: who gets what, how long it is held, how it ends, and what facts from GitHub do to it.

mod ends;
mod explain;
mod facts;
mod gates;
mod handover;
mod idempotency;
mod lease;
mod limits;
mod order;
mod plans;

use dispatch_domain::refusal::Refusal;
use dispatch_store::Error;

/// Why a claim is lost.
fn why<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(Refusal::ClaimLost { why, .. })) => why,
        other => panic!("not claim_lost: {other:?}"),
    }
}

/// The code of a refusal.
fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Err(Error::Refused(refusal)) => refusal.code(),
        other => panic!("not refused: {other:?}"),
    }
}
