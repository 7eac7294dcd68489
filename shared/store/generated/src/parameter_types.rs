//! The parameter types of every statement, for statements that travel unnamed.

/// The types of a statement's parameters, or `None` for a text that is not one of ours.
pub fn parameter_types(_sql: &str) -> Option<&'static [postgres_types::Type]> {
    None
}
