//! No configured secret is ever logged, told in an error or shown by a script: every line of a run is searched.

use std::ops::RangeInclusive;

use anyhow::bail;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use dispatch_runtime::config::VARIABLES;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::env::Settings;
use crate::paths::Paths;

/// What every stack has, whoever signs in.
const KINDS: [&str; 5] = [
    "DATABASE_URL",
    "DISPATCH_AGENT_TOKEN",
    "DISPATCH_SESSION_SECRET",
    "GITHUB_TOKEN",
    "GITHUB_WEBHOOK_SECRET",
];
/// A token of an agent's own and the cookies of browsers: nobody knows them beforehand, but how they begin and how long
/// they are.
const SHAPES: [(&str, &str, RangeInclusive<usize>); 3] = [
    ("an agent's own token", "dispatch_", 43..=43),
    ("a session", "dispatch_session=", 60..=4096),
    ("a sign-in under way", "dispatch_sign_in=", 60..=4096),
];

/// Searches all logs of a stack, and says how many lines that were.
///
/// # Errors
/// A secret is there: the message names the variable, the log and the line, never the value.
pub(super) fn search(paths: &Paths, settings: &Settings) -> anyhow::Result<usize> {
    let secrets = secrets(settings);
    let of_the_mode = match settings.get("DISPATCH_AUTH_MODE") {
        Some("oidc") => "DISPATCH_OIDC_CLIENT_SECRET",
        _ => "DISPATCH_AUTH_PASSWORD",
    };
    if !KINDS
        .iter()
        .chain([&of_the_mode])
        .all(|kind| secrets.iter().any(|(known, _)| known.starts_with(kind)))
    {
        bail!("the stack was not configured with every kind of secret; nothing is proved");
    }
    let (mut lines, mut found, mut debug) = (0, Vec::new(), false);
    for entry in std::fs::read_dir(paths.state.join("logs"))? {
        let path = entry?.path();
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        for (number, line) in text.lines().enumerate() {
            lines += 1;
            debug |= line.contains("\"level\":\"DEBUG\"");
            for (name, _) in secrets.iter().filter(|(_, secret)| line.contains(secret.as_str())) {
                found.push(format!("{name} in {}:{}", paths.show(&path), number + 1));
            }
            for (name, begin, letters) in SHAPES {
                if line.split(begin).skip(1).any(|rest| letters.contains(&token_length(rest))) {
                    found.push(format!("{name} in {}:{}", paths.show(&path), number + 1));
                }
            }
        }
    }
    if !debug {
        bail!("the functions logged nothing at debug level; nothing is proved");
    }
    if !found.is_empty() {
        bail!("secrets are logged: {}", found.join(", "));
    }
    Ok(lines)
}

/// With how many letters of base64url a text begins, dots between them included.
fn token_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count()
}

/// Every configured secret, also in the spellings it travels in.
fn secrets(settings: &Settings) -> Vec<(String, String)> {
    let mut secrets = Vec::new();
    for variable in VARIABLES.iter().filter(|variable| variable.secret) {
        let Some(value) = settings.get(variable.name) else { continue };
        secrets.push((variable.name.to_owned(), value.to_owned()));
        // A URL's password, and each line of a key.
        let password = value.split_once("://").and_then(|(_, rest)| rest.split_once('@')?.0.split_once(':'));
        secrets.extend(
            password.map(|(_, password)| (format!("{} (password)", variable.name), password.to_owned())),
        );
        let lines = value.lines().filter(|line| line.len() > 40 && value.lines().count() > 1);
        secrets.extend(lines.map(|line| (format!("{} (a line)", variable.name), line.to_owned())));
    }
    if let (Some(name), Some(password)) =
        (settings.get("DISPATCH_AUTH_USERNAME"), settings.get("DISPATCH_AUTH_PASSWORD"))
    {
        secrets
            .push(("DISPATCH_AUTH_PASSWORD (basic)".to_owned(), BASE64.encode(format!("{name}:{password}"))));
    }
    if let (Some(client), Some(secret)) =
        (settings.get("DISPATCH_OIDC_CLIENT_ID"), settings.get("DISPATCH_OIDC_CLIENT_SECRET"))
    {
        // RFC 6749, section 2.3.1: form-encoded before they are put together.
        let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        let basic = BASE64.encode(format!("{client}:{encoded}"));
        secrets.push(("DISPATCH_OIDC_CLIENT_SECRET (encoded)".to_owned(), encoded));
        secrets.push(("DISPATCH_OIDC_CLIENT_SECRET (basic)".to_owned(), basic));
    }
    secrets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logged_secret_is_found_in_every_spelling() {
        let folder = std::env::temp_dir().join(format!("dispatch-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(folder.join("logs")).unwrap();
        let paths = Paths { root: folder.clone(), tools: folder.clone(), state: folder.clone() };
        let mut settings = Settings::default();
        for (name, value) in [
            ("DATABASE_URL", "postgresql://me:pa55word@host/db"),
            ("DISPATCH_AGENT_TOKEN", "agents-token"),
            ("GITHUB_TOKEN", "githubs-token"),
            ("GITHUB_WEBHOOK_SECRET", "hooks-secret"),
            ("DISPATCH_SESSION_SECRET", "cookies-key"),
            ("DISPATCH_AUTH_USERNAME", "olga"),
            ("DISPATCH_AUTH_PASSWORD", "olgas-password"),
        ] {
            settings.set(name, value);
        }
        let search = |line: &str| {
            std::fs::write(folder.join("logs/api.log"), format!("{{\"level\":\"DEBUG\"}}\n{line}\n"))
                .unwrap();
            search(&paths, &settings)
        };
        for harmless in
            ["nothing", "the cookie dispatch_session= is gone", "database dispatch_test_1795656498"]
        {
            assert_eq!(search(harmless).unwrap(), 2);
        }
        let own = format!("token dispatch_{} made", "a".repeat(43));
        let session = format!("cookie: a=b; dispatch_session=v1.{0}.1795656000.{0}", "abcd".repeat(12));
        for line in [
            "a pa55word b",
            "Bearer agents-token",
            "b2xnYTpvbGdhcy1wYXNzd29yZA==",
            "cookies-key",
            &own,
            &session,
        ] {
            let error = search(line).unwrap_err().to_string();
            assert!(error.contains("api.log:2") && !error.contains(line), "{error}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
