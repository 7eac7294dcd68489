//! Whose words reach agents: GitHub's relation of an author to a repository, and what a repository asks of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Whose issues agents see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Intake {
    /// Everybody's. For repositories that only trusted people can write issues in.
    #[default]
    Open,
    /// Those of people with write access at once, and those of others once an operator has approved their text.
    Trusted,
}

impl Intake {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Trusted => "trusted",
        }
    }

    /// Whether an issue's text has to be approved before agents get it. `approved`: an operator approved just this text.
    pub fn withholds(self, author_association: Option<&str>, approved: bool) -> bool {
        !self.trusts(author_association) && !approved
    }

    /// Whether what this author writes reaches agents without anybody's approval.
    pub fn trusts(self, author_association: Option<&str>) -> bool {
        self == Self::Open || may_write(author_association)
    }
}

impl fmt::Display for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Intake {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match text {
            "open" => Ok(Self::Open),
            "trusted" => Ok(Self::Trusted),
            _ => Err(Refusal::invalid("intake", "intake is open or trusted")),
        }
    }
}

/// The relations under which GitHub lets somebody write to a repository (`AuthorAssociation` in GitHub's GraphQL
/// reference): `CONTRIBUTOR` only says that a commit of theirs was merged once.
///
/// A token that may not read an organisation's members is told `CONTRIBUTOR` or `NONE` of those who hide their
/// membership: they count as strangers until it may.
pub const WRITERS: [&str; 3] = ["OWNER", "MEMBER", "COLLABORATOR"];

/// Whether GitHub lets somebody of this relation write to the repository. Unknown is no.
pub fn may_write(author_association: Option<&str>) -> bool {
    author_association.is_some_and(|word| WRITERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_wait_only_where_the_repository_asks_for_it() {
        for (association, trusted) in
            [(Some("OWNER"), true), (Some("COLLABORATOR"), true), (Some("CONTRIBUTOR"), false), (None, false)]
        {
            assert_eq!(Intake::Trusted.trusts(association), trusted, "{association:?}");
            assert!(Intake::Open.trusts(association));
        }
        assert_eq!("trusted".parse::<Intake>().unwrap(), Intake::Trusted);
        assert!("shut".parse::<Intake>().is_err());
    }
}
