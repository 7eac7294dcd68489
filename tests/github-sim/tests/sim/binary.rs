//! The program: its demo lives, and a signal ends it with everything kept.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// A running `github-sim`, killed when a test gives up on it.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(state: &Path, more: &[&str]) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let child = Command::new(env!("CARGO_BIN_EXE_github-sim"))
            .args(["--demo", "--listen", &address, "--state"])
            .arg(state)
            .args(more)
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary was built");
        Self { child, url: format!("http://{address}") }
    }

    /// The administrative state, as soon as `good` says that it is what is waited for.
    async fn state_when(&self, good: impl Fn(&Value) -> bool) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Ok(answer) = client.get(format!("{}/_sim/state", self.url)).send().await {
                let state: Value = answer.json().await.expect("JSON");
                if good(&state) {
                    return state;
                }
            }
            assert!(Instant::now() < deadline, "this did not come about within 30 seconds");
            // sleep: between two looks at the condition; the deadline is above.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn end(mut self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill is installed").success());
        assert!(self.child.wait().expect("it ends").success(), "{signal} ends it in order");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn issues(state: &Value) -> Vec<Value> {
    let repositories = state["repositories"].as_array().into_iter().flatten();
    repositories.flat_map(|repo| repo["issues"].as_array().cloned().unwrap_or_default()).collect()
}

#[tokio::test]
async fn the_demo_lives_and_is_kept() {
    let file = std::env::temp_dir().join(format!("github-sim-demo-{}.json", uuid::Uuid::new_v4()));
    let program = Program::start(&file, &["--quiet"]);
    let past = program.state_when(|state| !issues(state).is_empty()).await;
    assert_eq!(past["repositories"].as_array().map(Vec::len), Some(3));
    let of_kind = |pulls: bool| issues(&past).iter().filter(|issue| issue["pull"].is_null() != pulls).count();
    assert_eq!((of_kind(false), of_kind(true)), (41, 6));
    for status in ["ready", "in-progress", "in-review", "blocked", "done"] {
        let label = format!("status/{status}");
        let has =
            |issue: &Value| issue["labels"].as_array().is_some_and(|all| all.contains(&label.clone().into()));
        assert!(issues(&past).iter().filter(|issue| has(issue)).count() >= 2, "{label}");
    }
    let page = issues(&past).iter().find(|issue| !issue["pull"].is_null()).cloned().expect("a pull request");
    let url =
        format!("{}/{}/pull/{}", program.url, page["repo"].as_str().unwrap_or_default(), page["number"]);
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let text = client.get(url).send().await.expect("a page").text().await.expect("a page");
    assert!(text.contains(page["title"].as_str().unwrap_or_default()), "{text}");
    program.end("-TERM");

    let program = Program::start(&file, &["--interval", "0.005"]);
    let moved = program.state_when(|state| !issues(state).is_empty() && issues(state) != issues(&past)).await;
    assert!(issues(&moved).len() >= issues(&past).len());
    // Enough for every sort of doing, and for growth to meet its bounds.
    let later = program.state_when(|state| issues(state).iter().any(|issue| issue["comments"] == 5)).await;
    let open = |repo: &Value| {
        let open = |issue: &&Value| issue["state"] == "open";
        repo["issues"].as_array().into_iter().flatten().filter(open).count()
    };
    let most = later["repositories"].as_array().into_iter().flatten().map(open).max();
    assert!(most <= Some(30), "{most:?} open in one repository");
    program.end("-INT");
    std::fs::remove_file(&file).expect("the state was kept");
}

#[test]
fn a_wrong_argument_is_one_sentence() {
    for (arguments, said) in [
        (&["--listen", "nowhere"][..], "--listen does not take \"nowhere\""),
        (&["--dance"][..], "--dance is not an option"),
        (&["--token"][..], "--token needs a value"),
    ] {
        let program = Command::new(env!("CARGO_BIN_EXE_github-sim")).args(arguments).output();
        let output = program.expect("the binary was built");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.contains(said) && error.lines().count() == 1, "{error}");
    }
}
