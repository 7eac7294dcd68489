//! Agents, and what their tokens are good for.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::claim::words;
use crate::refusal::Refusal;

words! {
    /// What the bearer of an agent's token may do.
    TokenTier, "tier" {
        /// Reading, and everything that an agent does in its own name.
        Agent = "agent",
        /// The same, and what keeps the cache fresh, repositories tracked and issues in their lanes: for automation.
        Maintainer = "maintainer",
    }
}

/// The most claims at a time that one agent may be limited to.
pub const LARGEST_CAPACITY: i32 = 1000;
