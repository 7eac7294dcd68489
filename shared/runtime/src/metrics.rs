//! Metrics: lines of CloudWatch's embedded metric format on standard output, which Lambda turns into metrics without a
//! call and without waiting.
//!
//! Source: "Specification: Embedded metric format" in the Amazon CloudWatch user guide. Each metric has at most one
//! dimension, and dimensions have few values, because CloudWatch bills every combination.

use std::borrow::Cow;
use std::io::Write as _;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Config;
use crate::config::variables::DISPATCH_METRICS_NAMESPACE;

/// What is measured. Names are those of `infra/alarms.yaml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    name: &'static str,
    unit: &'static str,
    /// The name of the dimension, if it has one.
    by: Option<&'static str>,
}

const fn count(name: &'static str, by: Option<&'static str>) -> Metric {
    Metric { name, unit: "Count", by }
}

/// Deliveries of GitHub's that were stored, by what became of them.
pub static DELIVERIES: Metric = count("Deliveries", Some("Outcome"));
/// Deliveries that GitHub tells of and that never arrived.
pub static DELIVERIES_MISSING: Metric = count("DeliveriesMissing", None);
/// Claims that were granted.
pub static CLAIMS_GRANTED: Metric = count("ClaimsGranted", None);
/// Requests for work that got none, by each reason they were told.
pub static CLAIMS_EMPTY: Metric = count("ClaimsEmpty", Some("Reason"));
/// Leases that ran out and were ended.
pub static LEASES_EXPIRED: Metric = count("LeasesExpired", None);
/// From the wish to write until GitHub shows it.
pub static WRITE_LATENCY: Metric = Metric { name: "WriteLatency", unit: "Milliseconds", by: None };
/// Writes that were put back for later.
pub static WRITE_RETRIES: Metric = count("WriteRetries", None);
/// Writes that were given up until a person says otherwise.
pub static WRITES_PARKED: Metric = count("WritesParked", None);
/// What is left of the hourly requests to GitHub.
pub static GITHUB_BUDGET: Metric = Metric { name: "GithubBudget", unit: "Percent", by: None };
/// How far the live board is behind.
pub static FEED_LAG: Metric = Metric { name: "FeedLag", unit: "Seconds", by: None };
/// How long a job of the clock took that succeeded.
pub static JOB_DURATION: Metric = Metric { name: "JobDuration", unit: "Milliseconds", by: Some("Job") };
/// Differences that a sync found and no delivery had told, by their cause.
pub static DRIFT: Metric = count("Drift", Some("Cause"));

/// Where metrics go, once this process has started logging; nowhere else than on Lambda.
static NAMESPACE: OnceLock<String> = OnceLock::new();

/// Lets metrics out from now on. [`crate::telemetry::init`] calls it on Lambda.
pub(crate) fn start() {
    let namespace =
        Config::from_environment().get(&DISPATCH_METRICS_NAMESPACE).unwrap_or_default().to_owned();
    let _ = NAMESPACE.set(namespace);
}

/// Records a value of a metric without a dimension.
pub fn record(metric: &'static Metric, value: f64) {
    emit(metric, value, None);
}

/// Records a value under one value of the metric's dimension.
pub fn record_by(metric: &'static Metric, by: &str, value: f64) {
    emit(metric, value, Some(by));
}

fn emit(metric: &'static Metric, value: f64, by: Option<&str>) {
    tracing::debug!(metric = metric.name, value, by, "measured");
    let Some(namespace) = NAMESPACE.get() else { return };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let line = format!("{}\n", line(metric, value, by, namespace, now));
    // One write, so that no other line gets in between. A log that cannot be written has nobody to be told.
    let _ = std::io::stdout().lock().write_all(line.as_bytes());
}

fn line(metric: &Metric, value: f64, by: Option<&str>, namespace: &str, now: u128) -> Value {
    let by = metric.by.zip(by.map(clip));
    let dimensions: Vec<&str> = by.iter().map(|(name, _)| *name).collect();
    let mut line = json!({
        "_aws": {
            "Timestamp": u64::try_from(now).unwrap_or(u64::MAX),
            "CloudWatchMetrics": [{
                "Namespace": namespace,
                "Dimensions": [dimensions],
                "Metrics": [{ "Name": metric.name, "Unit": metric.unit }],
            }],
        },
        metric.name: value,
    });
    if let Some((name, value)) = by {
        line[name] = value.into();
    }
    line
}

/// A dimension's value has 1 to 1,024 ASCII characters and no control character ("Dimension").
fn clip(value: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_graphic() || c == ' ';
    match value {
        "" => "none".into(),
        value if value.len() <= 100 && value.chars().all(fits) => value.into(),
        value => value.chars().take(100).map(|c| if fits(c) { c } else { '_' }).collect::<String>().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_in_the_embedded_format() {
        let made = line(&DELIVERIES, 1.0, Some("applied"), "Dispatch/prod", 1_763_888_400_000);
        let expect = json!({
            "_aws": {"Timestamp": 1_763_888_400_000_u64, "CloudWatchMetrics": [{
                "Namespace": "Dispatch/prod", "Dimensions": [["Outcome"]],
                "Metrics": [{"Name": "Deliveries", "Unit": "Count"}]}]},
            "Deliveries": 1.0, "Outcome": "applied"
        });
        assert_eq!(made, expect);
        let made = line(&FEED_LAG, 0.5, None, "Dispatch", 1);
        assert_eq!(made["_aws"]["CloudWatchMetrics"][0]["Dimensions"], json!([[]]));
        assert_eq!(made["FeedLag"], 0.5);
    }

    #[test]
    fn dimensions_are_what_cloudwatch_takes() {
        assert_eq!(clip("lane_paused"), "lane_paused");
        assert_eq!(clip(""), "none");
        assert_eq!(clip("a\nü"), "a__");
        assert_eq!(clip(&"x".repeat(2000)).len(), 100);
    }
}
