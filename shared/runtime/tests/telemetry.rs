//! Logs as another process writes them, which here is this test binary again.

use std::process::Command;

use dispatch_runtime::telemetry;
use serde_json::Value;

/// What the other process does; logs to nobody when the environment says nothing.
#[test]
fn child() {
    telemetry::init();
    let request = telemetry::correlation_span("delivery", "72d3162e");
    request.in_scope(|| {
        let inner = tracing::info_span!("apply", issue = 7);
        inner.in_scope(|| tracing::warn!(repo = "octo/web", "kept"));
        tracing::debug!("not wanted");
    });
}

fn logged(environment: &[(&str, &str)]) -> (String, String) {
    let output = Command::new(std::env::current_exe().expect("this test binary"))
        .args(["--exact", "child", "--nocapture"])
        .env_remove("DISPATCH_LOG")
        .env_remove("AWS_LAMBDA_FUNCTION_NAME")
        .envs(environment.iter().copied())
        .output()
        .expect("the test binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn on_lambda_each_event_is_a_line_of_json_with_its_spans() {
    let (stdout, stderr) = logged(&[("AWS_LAMBDA_FUNCTION_NAME", "api")]);
    assert!(!stderr.contains("kept"), "{stderr}");
    let lines: Vec<Value> = stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let [line] = lines.as_slice() else { panic!("not one line: {stdout}") };
    assert_eq!(line["level"], "WARN");
    assert_eq!(line["message"], "kept");
    assert_eq!(line["repo"], "octo/web");
    assert_eq!(line["target"], "telemetry");
    assert!(line["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");
    assert_eq!(line["spans"][0]["correlation.id"], "72d3162e");
    assert_eq!(line["spans"][1]["issue"], 7);
}

#[test]
fn elsewhere_people_read_standard_error() {
    let (stdout, stderr) = logged(&[]);
    assert!(!stdout.contains("kept"), "{stdout}");
    assert!(
        stderr.contains("kept") && stderr.contains("72d3162e") && !stderr.contains("not wanted"),
        "{stderr}"
    );
}

#[test]
fn the_filter_is_taken_and_a_broken_one_is_reported() {
    assert!(logged(&[("DISPATCH_LOG", "debug")]).1.contains("not wanted"));
    assert!(!logged(&[("DISPATCH_LOG", "error")]).1.contains("kept"));
    let (_, stderr) = logged(&[("DISPATCH_LOG", "a=b=c")]);
    assert!(stderr.contains("DISPATCH_LOG cannot be read") && stderr.contains("kept"), "{stderr}");
}
