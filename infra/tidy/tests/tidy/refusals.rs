//! Agents are told what to do about every no.

use std::collections::BTreeMap;

use tidy::files::{File, file, files};
use tidy::finding::Findings;
use tidy::source;

const PAGE: &str = "docs/agents.md";
const REFUSALS: &str = "shared/domain/src/refusal.rs";

/// What makes an error envelope, before its code.
const MADE_BY: [&str; 3] = ["ApiError::new(", "Self::new(", "forbidden("];

/// The codes of one file, with their lines: `=> "code"` in the domain's table, and the first literal that is spelled
/// like a code in a call that makes an envelope.
fn codes(file: &File) -> Vec<(usize, String)> {
    let code = source::code(file);
    let mut found = Vec::new();
    for (at, (line, text)) in code.iter().enumerate() {
        if file.path == REFUSALS {
            let word = text.split_once("=> \"").and_then(|(_, rest)| rest.split_once('"'));
            found.extend(word.map(|(word, _)| (*line, word.to_owned())));
        } else if MADE_BY.iter().any(|call| text.contains(call)) {
            let call: String = code[at..].iter().take(3).map(|(_, text)| *text).collect();
            let literals = call.split('"').skip(1).step_by(2);
            found.extend(literals.take(1).filter(|word| is_code(word)).map(|word| (*line, word.to_owned())));
        }
    }
    found
}

fn is_code(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_')
}

#[test]
fn every_refusal_is_on_the_page_for_agents() {
    let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for file in files().iter().filter(|file| {
        file.extension() == "rs"
            && (file.path == REFUSALS || file.path.starts_with("functions/api/src/"))
            && !source::is_test(&file.path)
    }) {
        for (line, code) in codes(file) {
            known.entry(code).or_insert((file.path.clone(), line));
        }
    }
    assert!(known.contains_key("claim_lost") && known.contains_key("too_large"), "codes were not recognised");
    let page = file(PAGE).text;
    let mut findings = Findings::default();
    for (code, (path, line)) in known {
        if !page.contains(&format!("`{code}`")) {
            findings.add(&path, line, format!("{PAGE} does not say what to do about `{code}`"));
        }
    }
    findings.report();
}

#[test]
fn codes_are_found_in_calls_over_several_lines() {
    let check = |path: &str, text: &str, expect: &[&str]| {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        let found: Vec<String> = codes(&file).into_iter().map(|(_, code)| code).collect();
        assert_eq!(found, expect, "{text}");
    };
    check(REFUSALS, "    Self::Busy(_) => \"busy\",\n", &["busy"]);
    check("a.rs", "ApiError::new(\n    status,\n    \"not_here\",\n", &["not_here"]);
    check("a.rs", "ApiError::forbidden(\"mine\", message)\n", &["mine"]);
    check("a.rs", "return Self::new(status, code, \"A sentence.\");\n", &[]);
}
