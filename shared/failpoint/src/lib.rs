//! Named places where fault tests make a process stop, sleep, panic or die.
//!
//! With the cargo feature `failpoints`, the environment decides what happens there:
//! `FAILPOINTS=name=action;…` in the syntax of the `fail` crate (`sleep(50)`, `panic`, `pause`, …), or
//! `DISPATCH_KILL_AT=name` (or `name#3`, the third time that it is passed) to end the process on the spot, as `kill -9`
//! does: no destructors, no answer, no flush.
//! `DISPATCH_KILL_ONCE=path` makes that happen once: the file is created just before, and where it already exists
//! the process lives on. `FAILPOINTS_TRACE=1` prints each passing to stderr as `failpoint name: passing`, so that a
//! test can learn which there are. Without the feature a failpoint compiles to nothing.

/// Passes the failpoint `name`.
///
/// # Panics
///
/// When `FAILPOINTS` asks for a panic here.
#[cfg(feature = "failpoints")]
pub fn failpoint(name: &str) {
    static READ: std::sync::Once = std::sync::Once::new();
    READ.call_once(|| {
        if std::env::var_os("FAILPOINTS").is_some() {
            // Dropping the scenario would take its failpoints away again, so it stays for the life of the process.
            std::mem::forget(fail::FailScenario::setup());
        }
    });
    if std::env::var_os("FAILPOINTS_TRACE").is_some() {
        eprintln!("failpoint {name}: passing");
    }
    if is_due(name) && may_kill() {
        eprintln!("failpoint {name}: aborting");
        std::process::abort();
    }
    fail::fail_point!(name);
}

/// Whether this is the passing that `DISPATCH_KILL_AT` names.
#[cfg(feature = "failpoints")]
fn is_due(name: &str) -> bool {
    static PASSED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let Ok(at) = std::env::var("DISPATCH_KILL_AT") else { return false };
    let (wanted, nth) = at.split_once('#').unwrap_or((&at, "1"));
    wanted == name
        && PASSED.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1 >= nth.parse().unwrap_or(1)
}

/// Whether this process is the one to die: always, or when it is the first to create the marker file.
#[cfg(feature = "failpoints")]
fn may_kill() -> bool {
    let Some(marker) = std::env::var_os("DISPATCH_KILL_ONCE") else { return true };
    std::fs::OpenOptions::new().write(true).create_new(true).open(marker).is_ok()
}

/// Passes the failpoint `name`: nothing, because this build has none.
#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub fn failpoint(_name: &str) {}
