//! The record of the process groups that run, by which the next start finds what a killed run left behind.
//!
//! A line is: group, start time of its leader, name. The start time tells a process from a later one with its number.

use std::path::PathBuf;

use nix::unistd::Pid;

use crate::paths::Paths;

/// Where the record is.
pub(super) fn file(paths: &Paths) -> PathBuf {
    paths.state.join("processes")
}

/// A line of the record, if that very process (not a later one with its number) is still there.
pub(super) fn leftover(line: &str) -> Option<Pid> {
    let mut words = line.split(' ');
    let group: i32 = words.next()?.parse().ok()?;
    let started = words.next()?;
    (group > 1 && started != "?" && started == started_at(group)).then_some(Pid::from_raw(group))
}

/// When a process started, in the kernel's ticks; `?` where there is no /proc.
pub(super) fn started_at(pid: i32) -> String {
    stat_field(pid, 22).unwrap_or_else(|| "?".to_owned())
}

/// Not ended; an ended process whose parent does not collect it counts as ended.
pub(super) fn is_alive(pid: Pid) -> bool {
    stat_field(pid.as_raw(), 3).is_some_and(|state| state != "Z")
}

/// A field of a process's status, numbered as in proc_pid_stat(5), from the third on.
fn stat_field(pid: i32, number: usize) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field, the name in parentheses, may contain anything, so count from its end.
    let (_, after_name) = stat.rsplit_once(") ")?;
    after_name.split(' ').nth(number - 3).map(str::to_owned)
}
