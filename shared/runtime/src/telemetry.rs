//! Logs: JSON lines on Lambda, human lines elsewhere, and one correlation id through everything a request causes.

use std::io::IsTerminal;

use json_subscriber::JsonLayer;
use tracing::{Span, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::time::SystemTime;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;

use crate::config::variables::DISPATCH_LOG;
use crate::{Config, metrics, traces};

/// Starts logging for this process, and metrics and traces where they are wanted; a second call changes nothing.
///
/// On Lambda (`AWS_LAMBDA_FUNCTION_NAME` is set and no terminal is attached) every event is one JSON object per
/// line on standard output with `timestamp` (RFC 3339, UTC), `level`, `target`, the event's fields and those of the
/// spans around it, `correlation.id` among them; elsewhere lines for people go to standard error. `DISPATCH_LOG` says
/// what is logged; a filter that cannot be read is reported and `info` is used.
pub fn init() {
    let wanted = Config::from_environment().get(&DISPATCH_LOG).unwrap_or_default().to_owned();
    // `EnvFilter` could also filter by spans, and would bring the engine of regular expressions into every artifact.
    let (filter, unreadable) = match wanted.parse::<Targets>() {
        Ok(filter) => (filter, None),
        Err(error) => (Targets::new().with_default(LevelFilter::INFO), Some(error)),
    };
    let on_lambda =
        std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some() && !std::io::stdout().is_terminal();
    let for_people = || {
        let ansi = std::io::stderr().is_terminal();
        tracing_subscriber::fmt::layer().with_ansi(ansi).with_writer(std::io::stderr)
    };
    let subscriber = Registry::default()
        .with(filter)
        .with(on_lambda.then(for_machines))
        .with((!on_lambda).then(for_people))
        .with(traces::layer());
    let started = tracing::subscriber::set_global_default(subscriber);
    if on_lambda {
        metrics::start();
    }
    if let (Ok(()), Some(error)) = (started, unreadable) {
        tracing::warn!(%error, "DISPATCH_LOG cannot be read as a filter; logging at info");
    }
}

/// One flat object a line: a search names a field, whichever span it came from.
fn for_machines<S>() -> JsonLayer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let mut layer = JsonLayer::stdout();
    layer
        .with_timer("timestamp", SystemTime)
        .with_level("level")
        .with_target("target")
        .with_flattened_event()
        .with_top_level_flattened_span_list();
    layer
}

/// The span around one piece of work: everything logged inside carries `correlation.id`.
///
/// The id is a delivery's GUID, a request's id or the id stored with a mutation, so that one search finds a click,
/// the write it led to and the webhook that came back.
pub fn correlation_span(work: &'static str, id: &str) -> Span {
    tracing::info_span!("work", work, correlation.id = id)
}

/// A correlation id somebody sent us, if it can be trusted not to disturb a log: 1 to 64 letters, digits, `-`, `_`,
/// `.` or `:`.
pub fn accept_correlation_id(given: &str) -> Option<&str> {
    let harmless = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b':');
    ((1..=64).contains(&given.len()) && given.bytes().all(harmless)).then_some(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_correlation_ids_are_accepted() {
        for good in ["72d3162e-cc78-11e3-81ab-4c9367dc0958", "a", "Root:1.2_3"] {
            assert_eq!(accept_correlation_id(good), Some(good));
        }
        let long = "x".repeat(65);
        for bad in ["", "a b", "a\nb", "ü", "{}", long.as_str()] {
            assert_eq!(accept_correlation_id(bad), None, "{bad:?}");
        }
    }
}
