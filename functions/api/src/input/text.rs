//! Text of a bounded length and without characters that nobody means.

use std::ops::Deref;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// One line of at most `MAX` characters. Control characters are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Line<const MAX: usize>(String);

/// Free text of at most `MAX` characters, as people and programs paste it. Control characters other than tabs and line
/// ends are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Text<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    pub(crate) fn into_inner(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Text<MAX> {
    pub(crate) fn into_inner(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Deref for Line<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Line<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?.trim().to_owned();
        if text.chars().any(char::is_control) {
            return Err(D::Error::custom("expected one line without control characters"));
        }
        bounded::<MAX, D::Error>(&text)?;
        Ok(Self(text))
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::deserialize(deserializer)?;
        text.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        bounded::<MAX, D::Error>(&text)?;
        Ok(Self(text))
    }
}

fn bounded<const MAX: usize, E: Error>(text: &str) -> Result<(), E> {
    let length = text.chars().count();
    if length > MAX {
        return Err(E::custom(format_args!("at most {MAX} characters are accepted, and there are {length}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::from_str;

    use super::*;

    #[test]
    fn lines_refuse_and_texts_drop() {
        assert_eq!(&*from_str::<Line<5>>(r#"" grün ""#).unwrap(), "grün");
        for bad in [r#""a\u0000""#, r#""a\nb""#, r#""toolong""#, "7"] {
            assert!(from_str::<Line<5>>(bad).is_err(), "{bad}");
        }
        assert_eq!(&*from_str::<Text<9>>("\"a\\u0000\\u001b[1m\\n\\tb\"").unwrap(), "a[1m\n\tb");
        assert!(from_str::<Text<3>>(r#""four""#).is_err());
    }
}
