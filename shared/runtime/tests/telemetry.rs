//! Logs as another process writes them, which here is this test binary again.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread::JoinHandle;

use dispatch_runtime::{Config, metrics, telemetry, traces};
use serde_json::Value;

/// What the other process does; logs to nobody when the environment says nothing.
#[test]
fn child() {
    telemetry::init();
    let request = telemetry::correlation_span("delivery", "72d3162e");
    request.in_scope(|| {
        let inner = tracing::info_span!("apply", issue = 7);
        inner.in_scope(|| tracing::warn!(repo = "octo/web", "kept"));
        metrics::record_by(&metrics::DELIVERIES, "applied", 1.0);
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
    let [line, metric] = lines.as_slice() else { panic!("not two lines: {stdout}") };
    assert_eq!(metric["_aws"]["CloudWatchMetrics"][0]["Namespace"], "Dispatch");
    assert_eq!((&metric["Deliveries"], &metric["Outcome"]), (&1.0.into(), &"applied".into()));
    assert_eq!(line["level"], "WARN");
    assert_eq!(line["message"], "kept");
    assert_eq!(line["repo"], "octo/web");
    assert_eq!(line["target"], "telemetry");
    assert!(line["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");
    // Flat: one search finds it, whichever span it came from.
    assert_eq!(line["correlation.id"], "72d3162e");
    assert_eq!(line["issue"], 7);
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

/// What the other process does for traces; makes none when the environment names no endpoint.
#[tokio::test]
async fn traced_child() {
    telemetry::init();
    traces::configure(&Config::from_environment());
    telemetry::correlation_span("delivery", "72d3162e").in_scope(|| tracing::info!("inside"));
    traces::flush().await;
}

/// Takes one export and hands it over: the head as text, the body as it is.
fn collector() -> (String, JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let taken = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
        let (head, body) = loop {
            let size = stream.read(&mut piece).expect("an export");
            bytes.extend_from_slice(&piece[..size]);
            let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length =
                head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0_usize) {
                break (head, bytes[end + 4..].to_vec());
            }
        };
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expect("an answer");
        (head, body)
    });
    (endpoint, taken)
}

#[test]
fn traces_go_where_the_environment_says_before_the_invocation_ends() {
    let (endpoint, taken) = collector();
    let output = Command::new(std::env::current_exe().expect("this test binary"))
        .args(["--exact", "traced_child", "--nocapture"])
        .env("AWS_LAMBDA_FUNCTION_NAME", "dispatch-api")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        .env("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20collector")
        .output()
        .expect("the test binary runs");
    assert!(output.status.success(), "{output:?}");
    let (head, body) = taken.join().expect("one export");
    assert!(head.starts_with("post /v1/traces "), "{head}");
    assert!(head.contains("authorization: bearer collector"), "{head}");
    let body = String::from_utf8_lossy(&body);
    for part in ["dispatch-api", "correlation.id", "72d3162e"] {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert!(!String::from_utf8_lossy(&output.stdout).contains("collector"), "the header is a secret");
}
