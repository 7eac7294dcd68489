//! What every function needs around its rules: configuration and secrets ([`config`]), logs ([`telemetry`]),
//! metrics ([`metrics`]), traces ([`traces`]), the nudge queue ([`queue`]), AWS clients that cost nothing until used ([`aws`]) and named places to die at in
//! fault tests ([`mod@failpoint`]).
//! There are no rules of Dispatch in here, and nothing here touches Postgres or GitHub.

pub mod aws;
pub mod config;
pub mod metrics;
pub mod queue;
pub mod telemetry;
pub mod traces;

pub use config::{Config, ConfigError};
pub use dispatch_failpoint::failpoint;
pub use queue::Queue;
