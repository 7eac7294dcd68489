//! Where it was measured.

use tokio::process::Command;

use crate::paths::Paths;
use crate::process::output;

/// Cores, processor, memory, and how busy the machine was.
pub(super) fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory =
        field("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let memory = memory.map_or_else(String::new, |kib| format!(", {:.0} GB", kib / 1024.0 / 1024.0));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().map_or_else(String::new, |load| format!(", load before {load}"));
    format!("{cores} × {processor}{memory}{load}")
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let (_, value) =
        text.lines().find_map(|line| line.split_once(':').filter(|(key, _)| key.trim() == name))?;
    Some(value.trim().to_owned())
}

/// The commit, and whether there is more than it has.
pub(super) async fn commit(paths: &Paths) -> String {
    let git = async |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(&paths.root);
        output(git).await.ok()
    };
    let Some(commit) = git(&["rev-parse", "--short", "HEAD"]).await else { return "none yet".to_owned() };
    let changed = git(&["status", "--porcelain"]).await.is_none_or(|changes| !changes.is_empty());
    if changed { format!("{commit} and uncommitted changes") } else { commit }
}
