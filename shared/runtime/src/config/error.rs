//! What is wrong with the configuration, in sentences for the person who has to fix it.

use super::variables::Variable;

/// A configuration that cannot be worked with.
///
/// Names the variable, says what is wrong with it and what to do. Never contains the value of a secret variable.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A variable that is needed has no value.
    #[error(
        "{variable} is not set{why}; set it in the environment or in the secret DISPATCH_SECRET_ARN names, for example {example}"
    )]
    Missing {
        /// The variable's name.
        variable: &'static str,
        /// Empty, or what makes it necessary, with a leading blank.
        why: &'static str,
        /// A value of the right shape.
        example: &'static str,
    },
    /// A variable has a value that cannot be used.
    #[error("{variable} {problem}; use for example {example}")]
    Invalid {
        /// The variable's name.
        variable: &'static str,
        /// What is wrong with the value, to be read after the name.
        problem: String,
        /// A value of the right shape.
        example: &'static str,
    },
    /// The secret that DISPATCH_SECRET_ARN names could not be read.
    #[error("DISPATCH_SECRET_ARN: the secret {arn} {problem}")]
    Secret {
        /// The secret's ARN or name.
        arn: String,
        /// What is wrong and what to do.
        problem: String,
    },
}

impl ConfigError {
    pub(super) fn missing(variable: &'static Variable, why: &'static str) -> Self {
        Self::Missing { variable: variable.name, why, example: variable.example }
    }

    pub(super) fn invalid(variable: &'static Variable, problem: impl Into<String>) -> Self {
        Self::Invalid { variable: variable.name, problem: problem.into(), example: variable.example }
    }

    /// The name of the variable that has to be changed.
    pub fn variable(&self) -> &'static str {
        match self {
            Self::Missing { variable, .. } | Self::Invalid { variable, .. } => variable,
            Self::Secret { .. } => super::variables::DISPATCH_SECRET_ARN.name,
        }
    }
}
