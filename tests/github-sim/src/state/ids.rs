//! Numeric identities. Each kind counts in a range of its own, as large as GitHub's are today: an id that does
//! not fit 32 bits, or an issue id taken for a pull request's, is then found by a test and not by a user.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Repository,
    Issue,
    Pull,
    Label,
    Comment,
    Account,
    Hook,
    Delivery,
    Commit,
    Review,
    LineComment,
    CheckRun,
    CheckSuite,
    Status,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ids([u64; 14]);

impl Default for Ids {
    fn default() -> Self {
        Self([
            812_400_000,
            3_104_500_000,
            2_251_700_000,
            7_420_100_000,
            2_904_300_000,
            151_200_000,
            512_900_000,
            68_300_000_000,
            1,
            3_401_200_000,
            2_480_700_000,
            54_100_000_000,
            48_600_000_000,
            39_200_000_000,
        ])
    }
}

impl Ids {
    /// The next id of `kind`. Neighbours differ by more than one, as they do on a busy GitHub.
    pub(crate) fn next(&mut self, kind: Kind) -> u64 {
        let slot = &mut self.0[kind as usize];
        *slot += 13;
        *slot
    }

    /// The next commit hash: 40 hexadecimal digits.
    pub(crate) fn sha(&mut self) -> String {
        use sha2::{Digest, Sha256};
        let number = self.next(Kind::Commit);
        let digest = Sha256::digest(format!("commit {number}").as_bytes());
        digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The opaque GraphQL identity that REST answers carry beside the number.
pub(crate) fn node_id(prefix: &str, id: u64) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(id.to_be_bytes());
    format!("{prefix}_kwDO{text}")
}
