//! GitHub's JSON, read as tolerantly as its growth demands: only the fields Dispatch uses, and of those only what it
//! cannot do without is required. Words from GitHub's enumerations stay text.

use bytes::Bytes;
use dispatch_domain::snapshot::strip_nul;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::error::{Error, clean};

/// Reads the body of a good answer.
///
/// # Errors
///
/// [`Error::Unavailable`] when it is not JSON at all (a proxy's page, or cut off), [`Error::Unexpected`] with the path
/// of the first field that does not fit otherwise.
pub(crate) fn parse<T: DeserializeOwned>(what: &str, body: &Bytes) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| match error.inner().classify() {
        Category::Data => Error::unexpected(what, clean(&format!("{}: {}", error.path(), error.inner()))),
        Category::Io | Category::Syntax | Category::Eof => {
            Error::unavailable(what, format!("the answer is not JSON, it begins `{}`", beginning(body)))
        }
    })
}

/// Reads a list of things one by one, so that one of them that does not fit costs only itself.
///
/// # Errors
///
/// As [`parse`], when the body is no list.
pub(crate) fn parse_list<T: DeserializeOwned>(
    what: &str,
    body: &Bytes,
) -> Result<(Vec<T>, Vec<String>), Error> {
    let raw: Vec<Box<RawValue>> = parse(what, body)?;
    let (mut items, mut unreadable) = (Vec::with_capacity(raw.len()), Vec::new());
    for (index, item) in raw.iter().enumerate() {
        let mut json = serde_json::Deserializer::from_str(item.get());
        match serde_path_to_error::deserialize(&mut json) {
            Ok(item) => items.push(item),
            Err(error) => {
                unreadable.push(clean(&format!("item {index}: {}: {}", error.path(), error.inner())));
            }
        }
    }
    Ok((items, unreadable))
}

fn beginning(body: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(&body[..body.len().min(200)]).chars().take(40).collect();
    text.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect()
}

/// A person, an organisation or a bot.
#[derive(Deserialize)]
pub(crate) struct Account {
    pub(crate) login: String,
}

/// A label, which GitHub's description also allows to be its bare name.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Label {
    Whole { name: Option<String> },
    Name(String),
}

/// The names of labels, without NUL and without nameless ones.
pub(crate) fn label_names(labels: Vec<Label>) -> Vec<String> {
    let names = labels.into_iter().filter_map(|label| match label {
        Label::Whole { name } => name,
        Label::Name(name) => Some(name),
    });
    names
        .map(|mut name| {
            strip_nul(&mut name);
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_item_costs_only_itself() {
        let body = Bytes::from_static(br#"[{"login":"a"},{"login":7},null,{"login":"b","more":{}}]"#);
        let (good, bad) = parse_list::<Account>("people", &body).expect("a list");
        assert_eq!(good.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(bad.len(), 2);
        assert!(bad[0].starts_with("item 1: login: invalid type"), "{}", bad[0]);
    }

    #[test]
    fn pages_and_cut_answers_are_not_the_same_as_wrong_json() {
        let parse = |body: &'static str| parse::<Account>("x", &Bytes::from_static(body.as_bytes())).err();
        for body in ["<html><body>Unicorn!", "", "{\"login\": \"a", "oops"] {
            assert!(matches!(parse(body), Some(Error::Unavailable { .. })), "{body}");
        }
        for body in ["{}", "[]", "7", "{\"login\": null}"] {
            assert!(matches!(parse(body), Some(Error::Unexpected { .. })), "{body}");
        }
    }
}
