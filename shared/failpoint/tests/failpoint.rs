//! Failpoints as fault tests use them: by the environment of another process, which here is this test binary again.
#![cfg(feature = "failpoints")]

use std::process::{Command, Output};

use dispatch_failpoint::failpoint;

/// What the other process does; passes quietly when no failpoint is set.
#[test]
fn child() {
    failpoint("first");
    println!("between");
    failpoint("second");
    println!("done");
}

fn run_child(environment: &[(&str, &str)]) -> Output {
    Command::new(std::env::current_exe().expect("this test binary"))
        .args(["--exact", "child", "--nocapture"])
        .envs(environment.iter().copied())
        .output()
        .expect("the test binary runs")
}

fn printed(output: &Output) -> (bool, bool) {
    let text = String::from_utf8_lossy(&output.stdout);
    (text.contains("between"), text.contains("done"))
}

#[test]
fn kills_at_the_named_point_and_only_there() {
    let output = run_child(&[("DISPATCH_KILL_AT", "second")]);
    assert!(
        !output.status.success() && output.status.code().is_none(),
        "ended by a signal: {}",
        output.status
    );
    assert_eq!(printed(&output), (true, false));
    assert_eq!(printed(&run_child(&[("DISPATCH_KILL_AT", "third")])), (true, true));
}

#[test]
fn kills_at_the_nth_passing() {
    assert_eq!(printed(&run_child(&[("DISPATCH_KILL_AT", "second#1")])), (true, false));
    assert_eq!(printed(&run_child(&[("DISPATCH_KILL_AT", "second#2")])), (true, true));
}

#[test]
fn kills_once_when_there_is_a_marker() {
    let marker = std::env::temp_dir().join(format!("dispatch-failpoint-{}", std::process::id()));
    let environment =
        [("DISPATCH_KILL_AT", "first"), ("DISPATCH_KILL_ONCE", marker.to_str().expect("Unicode"))];
    assert_eq!(printed(&run_child(&environment)), (false, false));
    assert!(marker.exists());
    assert_eq!(printed(&run_child(&environment)), (true, true));
    std::fs::remove_file(&marker).expect("the marker");
}

#[test]
fn tells_what_is_passed() {
    let trace = |environment: &[(&str, &str)]| {
        let stderr = String::from_utf8(run_child(environment).stderr).expect("text");
        stderr
            .lines()
            .filter_map(|line| line.strip_suffix(": passing").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(trace(&[("FAILPOINTS_TRACE", "1")]), ["failpoint first", "failpoint second"]);
    assert_eq!(trace(&[]), Vec::<String>::new());
}

#[test]
fn other_actions_come_from_the_fail_crate() {
    let output = run_child(&[("FAILPOINTS", "second=panic(stop here)")]);
    assert_eq!(output.status.code(), Some(101));
    assert_eq!(printed(&output), (true, false));
}
