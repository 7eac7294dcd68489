//! Code without its comments.

use crate::files::File;

/// Whether the file was written by a program: nobody has to read it, and it is changed by its generator.
pub fn is_generated(path: &str) -> bool {
    path.starts_with("shared/store/generated/") || path == "static-ui/src/api/schema.d.ts"
}

/// Whether a whole file is test code.
pub fn is_test(path: &str) -> bool {
    let programs = ["tests/agent/src/", "tests/bench/", "tests/github-sim/src/"];
    let in_tests = path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs");
    in_tests && !programs.iter().any(|program| path.starts_with(program))
}

/// The line of a Rust file at which its inline tests begin.
pub fn inline_tests(file: &File) -> Option<usize> {
    let lines: Vec<&str> = file.text.lines().collect();
    let begins = |n: &usize| {
        let next = lines.get(n + 1).copied().unwrap_or_default().trim_start();
        lines[*n].starts_with("#[cfg(test)]") && next.starts_with("mod ") && next.trim_end().ends_with('{')
    };
    (0..lines.len()).find(begins).map(|n| n + 1)
}

/// The lines of code: without empty lines, without lines that are only a comment, and without inline tests.
pub fn code(file: &File) -> Vec<(usize, &str)> {
    let end = inline_tests(file).unwrap_or(usize::MAX);
    let line_comment = if file.extension() == "sql" { "--" } else { "//" };
    let mut until: Option<&str> = None;
    let mut code = Vec::new();
    for (n, line) in file.lines().take_while(|(n, _)| *n < end) {
        let text = line.trim();
        if let Some(closing) = until {
            if text.contains(closing) {
                until = None;
            }
            continue;
        }
        let block =
            [("/*", "*/"), ("<!--", "-->")].into_iter().find(|(opening, _)| text.starts_with(opening));
        if let Some((_, closing)) = block {
            until = (!text.contains(closing)).then_some(closing);
        } else if !text.is_empty() && !text.starts_with(line_comment) {
            code.push((n, line));
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_counts() {
        let check = |path: &str, text: &str, expect: &[usize]| {
            let file = File { path: path.to_owned(), text: text.to_owned() };
            assert_eq!(code(&file).iter().map(|(n, _)| *n).collect::<Vec<_>>(), expect, "{text}");
        };
        check("a.rs", "//! doc\n\nfn a() {} // why\n/* more\nmore */\nfn b() {}\n", &[3, 6]);
        check("a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n", &[1]);
        check("a.rs", "#[cfg(test)]\nmod tests;\nfn a() {}\n", &[1, 2, 3]);
        check("a.sql", "-- why\nselect 1;\n", &[2]);
        check("a.svelte", "<!-- what -->\n<p>\n", &[2]);
    }
}
