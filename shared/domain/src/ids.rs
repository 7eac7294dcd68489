//! Identities and names, parsed once at the door.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::refusal::Refusal;

/// Declares numeric identities. In JSON they are strings, because JavaScript cannot hold every 64-bit number; a number
/// is accepted on the way in.
macro_rules! numeric_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                number_or_string(deserializer).map(Self)
            }
        }
    )*};
}

numeric_ids! {
    /// GitHub's database id of an issue. It survives renames and is what "the same issue" means.
    IssueId;
    /// GitHub's database id of a pull request (not of the issue that every pull request also is).
    PullRequestId;
    /// GitHub's database id of a repository.
    RepositoryId;
    /// One thing an agent can do: a row of `work`.
    WorkId;
    /// One record of who holds or held a piece of work.
    ClaimId;
    /// A number that grows with every hand-out. A write that names another fence than the active claim's changes nothing.
    Fence;
    /// One intended write to GitHub: a row of the outbox.
    MutationId;
    /// One run of a synchronisation.
    SyncRunId;
}

fn number_or_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Text(String),
    }
    match Either::deserialize(deserializer)? {
        Either::Number(number) => Ok(number),
        Either::Text(text) => {
            text.parse().map_err(|_| serde::de::Error::custom("expected a number, or a number in quotes"))
        }
    }
}

/// `owner/name` of a repository. Compared and hashed without case, as GitHub does; printed as it was given.
#[derive(Debug, Clone)]
pub struct RepoName {
    owner: String,
    name: String,
}

impl RepoName {
    /// Builds a name from its two halves.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] unless both halves are 1 to 100 characters of `[A-Za-z0-9._-]` and neither is `.` or `..`.
    pub fn new(owner: &str, name: &str) -> Result<Self, Refusal> {
        let good = |part: &str| {
            (1..=100).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
                && part != "."
                && part != ".."
        };
        if good(owner) && good(name) {
            Ok(Self { owner: owner.to_owned(), name: name.to_owned() })
        } else {
            Err(Refusal::invalid(
                "repository",
                "a repository is written owner/name, for example octo-demo/web",
            ))
        }
    }

    /// The account that owns the repository.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The name below its owner.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for RepoName {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (owner, name) = text.trim().split_once('/').unwrap_or_default();
        Self::new(owner, name)
    }
}

impl fmt::Display for RepoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl PartialEq for RepoName {
    fn eq(&self, other: &Self) -> bool {
        self.owner.eq_ignore_ascii_case(&other.owner) && self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl Eq for RepoName {}

impl Hash for RepoName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_string().to_ascii_lowercase().hash(state);
    }
}

impl Serialize for RepoName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RepoName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The name of an agent, a lane or an owner: `[a-z0-9][a-z0-9-]{0,38}`. Upper case is folded at the door.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

/// Who holds work: the `alpha` of `agent/alpha`.
pub type AgentName = Slug;
/// A queue that agents poll.
pub type LaneName = Slug;

impl Slug {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lane of work that no label puts anywhere else.
    pub fn default_lane() -> Self {
        Self("default".to_owned())
    }
}

impl FromStr for Slug {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        // Blanks around a name are forgiven; line ends and other control characters are nobody's.
        let folded = text.trim_matches(' ').to_ascii_lowercase();
        let first = folded.bytes().next();
        let good = folded.len() <= 39
            && first.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && folded.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if good {
            Ok(Self(folded))
        } else {
            Err(Refusal::invalid(
                "name",
                "a name is 1 to 39 characters: small letters, digits and hyphens, and does not begin with a hyphen",
            ))
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
