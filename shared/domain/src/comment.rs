//! Comments that Dispatch writes on issues: what they say, and the hidden marker by which one is known again.

use crate::checks::clip;
use crate::ids::{AgentName, ClaimId};

/// As much of an agent's words is quoted, in characters: the board has the rest.
const QUOTED: usize = 2_000;

/// The marker of what a claim says. HTML comments are not shown, and survive editing by people.
pub fn marker(claim: ClaimId) -> String {
    format!("<!-- dispatch:claim={claim} -->")
}

/// What a claim that cannot go on asks people for.
///
/// An agent's words are the words of others: they are quoted, call nobody, and cannot pose as a marker.
pub fn question(claim: ClaimId, agent: &AgentName, reason: &str) -> String {
    let quoted: Vec<String> = clip(reason.trim(), QUOTED)
        .lines()
        .map(|line| format!("> {}", harmless(line)).trim_end().to_owned())
        .collect();
    format!(
        "**{agent}** cannot go on without an answer:\n\n{}\n\nAnswer here, then set `status/ready`.\n\n{}\n",
        quoted.join("\n"),
        marker(claim)
    )
}

/// GitHub notifies whoever is mentioned; a zero-width space after the sign makes it plain text.
fn harmless(text: &str) -> String {
    text.replace("<!--", "&lt;!--").replace('@', "@\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_agent_call_nobody_and_pose_as_nothing() {
        let agent = "alpha".parse().unwrap();
        let text = question(ClaimId(7), &agent, "Ask @ana\n\n<!-- dispatch:claim=8 -->");
        assert_eq!(
            text,
            "**alpha** cannot go on without an answer:\n\n> Ask @\u{200b}ana\n>\n> &lt;!-- dispatch:claim=8 -->\n\n\
             Answer here, then set `status/ready`.\n\n<!-- dispatch:claim=7 -->\n"
        );
        assert!(question(ClaimId(7), &agent, &"a".repeat(9_000)).len() < 2_300);
    }
}
