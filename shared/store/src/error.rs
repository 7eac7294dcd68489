//! What can go wrong in the store: an expected no, a database that is away, or a bug.

use dispatch_domain::refusal::Refusal;
use tokio_postgres::error::SqlState;

/// Why a store function did not do what it was asked for. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An expected no, safe to show.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database cannot be used just now; the same call may work in a moment.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The statement and the schema do not fit, or a rule of the schema was broken: our own mistake.
    #[error("database statement failed")]
    Bug(#[source] tokio_postgres::Error),
    /// Another issue of the repository has that number, which GitHub gives once: only a read tells which of them is there.
    #[error("the number belongs to another issue of its repository")]
    NumberTaken,
    /// A row says something that no rule of ours could have written.
    #[error("unreadable row: {0}")]
    Row(String),
}

impl Error {
    /// A setting that cannot be used.
    pub(crate) fn settings(message: &str) -> Self {
        Self::Unavailable(message.to_owned())
    }

    /// Whether a value was refused as such (SQLSTATE class 22, data exception): trying again never helps.
    pub(crate) fn is_unstorable(&self) -> bool {
        matches!(self, Self::Bug(error) if error.code().is_some_and(|code| code.code().starts_with("22")))
    }

    /// Whether trying again in a moment may help.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(database) = error.as_db_error() else {
            // No word from the server: the connection broke, timed out or never stood.
            return if error.is_closed()
                || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>())
            {
                Self::Unavailable(error.to_string())
            } else {
                Self::Bug(error)
            };
        };
        let code = database.code();
        let away = [
            &SqlState::ADMIN_SHUTDOWN,
            &SqlState::CRASH_SHUTDOWN,
            &SqlState::CANNOT_CONNECT_NOW,
            &SqlState::TOO_MANY_CONNECTIONS,
            &SqlState::QUERY_CANCELED,
            &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            &SqlState::T_R_DEADLOCK_DETECTED,
            &SqlState::T_R_SERIALIZATION_FAILURE,
            &SqlState::LOCK_NOT_AVAILABLE,
        ];
        // 08P01 is a protocol violation: ours, and no reason to try again.
        let broken = code.code().starts_with("08") && code != &SqlState::PROTOCOL_VIOLATION;
        if away.contains(&code) || broken || code.code().starts_with("53") {
            return Self::Unavailable(database.message().to_owned());
        }
        if database.constraint() == Some("issue_number_once") {
            return Self::NumberTaken;
        }
        match database.constraint().and_then(refusal_of) {
            Some(refusal) => Self::Refused(refusal),
            None => Self::Bug(error),
        }
    }
}

/// The one place where named constraints become refusals.
fn refusal_of(constraint: &str) -> Option<Refusal> {
    match constraint {
        "repository_name_once" => {
            Some(Refusal::Conflict("A repository of that name is tracked already.".into()))
        }
        "issue_blocked_has_reason" => Some(Refusal::ReasonRequired),
        "sync_run_one_at_a_time" => Some(Refusal::Busy("A synchronisation is running already.".into())),
        "lane_role_once" => {
            Some(Refusal::Conflict("Another lane was given that role at this very moment. Try again.".into()))
        }
        "claim_one_active_per_key" => Some(Refusal::Conflict("Somebody else holds this work.".into())),
        _ => None,
    }
}
