//! Lanes: the queues that agents poll.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::claim::words;
use crate::refusal::Refusal;

words! {
    /// What a lane is for, besides being a queue. Each role is at most one lane's.
    LaneRole, "role" {
        /// Work that no label puts anywhere else.
        Default = "default",
        /// Where agents send work that is beyond them.
        Escalation = "escalation",
    }
}

/// The most claims that one lane may be limited to.
pub const LARGEST_WIP_LIMIT: i32 = 10_000;

/// A colour for the board, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Colour(String);

impl Colour {
    /// The colour as CSS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Colour {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let folded = text.to_ascii_lowercase();
        let digits = folded.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Self(folded))
        } else {
            Err(Refusal::invalid("colour", "a colour is written #rrggbb, for example #3b82f6"))
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_one_way() {
        assert_eq!("#3B82F6".parse::<Colour>().unwrap().as_str(), "#3b82f6");
        for bad in ["3b82f6", "#3b8", "#3b82f6;", "red", "#3b82fg", ""] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }

    #[test]
    fn roles_are_spelled_one_way() {
        for role in LaneRole::ALL {
            assert_eq!(role.as_str().parse::<LaneRole>().unwrap(), *role);
        }
    }
}
