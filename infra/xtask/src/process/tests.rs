//! Real processes: what must end ends, what must run runs.

use super::*;

fn set_up(name: &str) -> (Paths, Processes) {
    let folder = std::env::temp_dir().join(format!("dispatch-process-{name}-{}", std::process::id()));
    let paths = Paths::new(Some(&folder)).unwrap();
    let processes = Processes::new(&paths);
    (paths, processes)
}

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

fn service(script: &'static str) -> Service {
    Service {
        name: "one".to_owned(),
        log: "one".to_owned(),
        stage: Stage::Functions,
        signal: Signal::SIGTERM,
        command: Box::new(move || shell(script)),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    }
}

async fn until<T>(mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < deadline, "the condition never held");
        // sleep: between two looks at the condition; the deadline is above.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The process ids the service has written to its log, one per start.
fn started(paths: &Paths, at_least: usize) -> Option<Vec<i32>> {
    let text = std::fs::read_to_string(paths.log("one")).ok()?;
    let pids: Vec<i32> = text.lines().filter_map(|line| line.parse().ok()).collect();
    (pids.len() >= at_least).then_some(pids)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_service_is_started_again_and_stopping_ends_it_with_its_children() {
    let (paths, processes) = set_up("again");
    // Neither the shell nor its child listens to the signal, as a hanging process would not.
    processes.supervise(service("trap '' TERM; echo $$; sleep 600 & echo $!; wait")).unwrap();
    let first = until(|| started(&paths, 2)).await;
    killpg(Pid::from_raw(first[0]), Signal::SIGKILL).unwrap();
    let all = until(|| started(&paths, 4)).await;
    assert_ne!(all[0], all[2]);
    processes.stop().await;
    for pid in all {
        until(|| (!record::is_alive(Pid::from_raw(pid))).then_some(())).await;
    }
    assert!(!record::file(&paths).exists());
    std::fs::remove_dir_all(&paths.state).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_run_left_behind_is_ended_by_the_next() {
    let (paths, processes) = set_up("left");
    processes.supervise(service("echo $$; exec sleep 600")).unwrap();
    let pid = until(|| started(&paths, 1)).await[0];
    // What the next run finds when this one was killed; a line with another start time is somebody else.
    let recorded =
        until(|| std::fs::read_to_string(record::file(&paths)).ok().filter(|text| !text.is_empty())).await;
    assert!(recorded.starts_with(&format!("{pid} ")), "{recorded}");
    std::fs::write(record::file(&paths), format!("{recorded}{} 1 other\n", std::process::id())).unwrap();
    assert_eq!(Processes::end_leftovers(&paths).await, 1);
    until(|| (!record::is_alive(Pid::from_raw(pid))).then_some(())).await;
    processes.stop().await;
    std::fs::remove_dir_all(&paths.state).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_command_shows_the_end_of_its_output() {
    let (paths, processes) = set_up("fails");
    processes.run("one", shell("echo fine")).await.unwrap();
    let error = processes.run("one", shell("echo first; echo 'the reason' >&2; exit 3")).await.unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("the reason") && text.contains("exit status: 3"), "{text}");
    std::fs::remove_dir_all(&paths.state).unwrap();
}
