//! Closing keywords (GitHub docs, "Linking a pull request to an issue"): `close`, `fix`, `resolve` and their
//! forms, in any case, with or without a colon, before `#7`, `owner/repo#7` or the address.

const WORDS: [&str; 9] =
    ["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"];

/// The issues that merging `text` closes, as repository (`None` = the same) and number, each once.
pub(crate) fn closed_by(text: &str) -> Vec<(Option<String>, u64)> {
    let mut found = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let keyword = word.strip_suffix(':').unwrap_or(word).to_lowercase();
        if !WORDS.contains(&keyword.as_str()) {
            continue;
        }
        if let Some(reference) = words.peek().and_then(|next| reference(next))
            && !found.contains(&reference)
        {
            found.push(reference);
        }
    }
    found
}

fn reference(word: &str) -> Option<(Option<String>, u64)> {
    let (repo, number) = match word.split_once('#') {
        Some(("", number)) => (None, number),
        Some((repo, number)) if repo.split('/').count() == 2 => (Some(repo.to_owned()), number),
        Some(_) => return None,
        None => {
            let path = word.strip_prefix("https://github.com/")?;
            let (repo, number) = path.split_once("/issues/")?;
            (Some(repo.to_owned()), number)
        }
    };
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    Some((repo, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::closed_by;

    #[test]
    fn keywords_close_what_they_stand_before() {
        let here = |number| (None, number);
        for (text, expected) in [
            ("Fixes #7", vec![here(7)]),
            ("This closes: #12, and resolves #13.", vec![here(12), here(13)]),
            ("FIXED #3 fixed #3", vec![here(3)]),
            ("Fixes acme/web#9", vec![(Some("acme/web".to_owned()), 9)]),
            ("(resolves https://github.com/acme/web/issues/4)", vec![(Some("acme/web".to_owned()), 4)]),
            ("Prefixes #7; see #8; fixes 9; closes #1, #2", vec![here(1)]),
        ] {
            assert_eq!(closed_by(text), expected, "{text}");
        }
    }
}
