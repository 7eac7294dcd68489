//! What a check found, told all at once.

use std::fmt::Display;

/// Everything one check found.
#[derive(Debug, Default)]
pub struct Findings(Vec<String>);

impl Findings {
    /// Notes one finding. `what` says what is wrong and what to do.
    pub fn add(&mut self, path: &str, line: usize, what: impl Display) {
        self.0.push(format!("{path}:{line}: {what}"));
    }

    /// Ends the check.
    ///
    /// # Panics
    /// When there is a finding: this is how the test fails, with all of them in its message.
    pub fn report(self) {
        assert!(self.0.is_empty(), "\n\n{}\n", self.0.join("\n"));
    }
}
