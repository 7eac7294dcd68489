//! Child processes that cannot be forgotten.
//!
//! Every child leads its own process group, so that a Ctrl-C in the terminal reaches this program alone, which then
//! stops the children in order; and so that a child's own children end with it. The groups are written to a record in
//! the state folder: when this program itself was killed, the next start finds and ends what was left behind.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};
use tokio::sync::{Notify, watch};
use tokio::task::{AbortHandle, JoinHandle};

use crate::paths::Paths;

mod record;

/// How long a child may take to end after being asked to, before it is killed.
const GRACE: Duration = Duration::from_secs(5);
/// First and longest pause before a child that ended by itself is started again; it doubles in between.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
/// A child that lived this long is healthy: the next restart waits the shortest pause again.
const HEALTHY: Duration = Duration::from_secs(10);

/// In which order services stop: those of the highest stage first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Stage {
    /// What everything else stands on.
    Database = 1,
    /// The emulators and the simulator.
    Emulators,
    /// The functions.
    Functions,
}

/// Makes the command of a service; called again for each restart.
pub(crate) type MakeCommand = Box<dyn Fn() -> Command + Send>;
/// Told each time a service's process ended.
pub(crate) type OnExit = Box<dyn Fn(ExitStatus) + Send>;

/// A process that is kept running until the end.
pub(crate) struct Service {
    /// Name in messages.
    pub(crate) name: String,
    /// File name of the log, without `.log`; several services may share one.
    pub(crate) log: String,
    /// When it stops, relative to the others.
    pub(crate) stage: Stage,
    /// How it is asked to stop.
    pub(crate) signal: Signal,
    /// How it is started.
    pub(crate) command: MakeCommand,
    /// Called after each end of the process, before it is started again.
    pub(crate) on_exit: OnExit,
    /// When notified, the process is killed (and started again).
    pub(crate) kill: Arc<Notify>,
}

/// Everything this program started.
#[derive(Clone)]
pub(crate) struct Processes {
    shared: Arc<Shared>,
}

struct Shared {
    paths: Paths,
    groups: Mutex<BTreeMap<i32, String>>,
    services: Mutex<Vec<(Stage, JoinHandle<()>)>>,
    background: Mutex<Vec<AbortHandle>>,
    /// Services of this stage and above are to stop; `None`: all run.
    stopping: watch::Sender<Option<Stage>>,
    /// The last line a step's command wrote, for the progress display.
    last_line: Mutex<String>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Reached with groups left only after a panic or an early return: nothing may outlive this program.
        for group in lock(&self.groups).keys() {
            let _ = killpg(Pid::from_raw(*group), Signal::SIGKILL);
        }
    }
}

impl Processes {
    /// An empty set, with logs and record in `paths.state`.
    pub(crate) fn new(paths: &Paths) -> Self {
        let shared = Shared {
            paths: paths.clone(),
            groups: Mutex::default(),
            services: Mutex::default(),
            background: Mutex::default(),
            stopping: watch::Sender::new(None),
            last_line: Mutex::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Ends what an earlier run left behind because it was killed itself; says how many groups that were.
    pub(crate) async fn end_leftovers(paths: &Paths) -> usize {
        let Ok(text) = std::fs::read_to_string(record::file(paths)) else { return 0 };
        let left: Vec<Pid> = text.lines().filter_map(record::leftover).collect();
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGKILL] {
            let deadline = Instant::now() + Duration::from_secs(3);
            for group in &left {
                let _ = killpg(*group, signal);
            }
            while left.iter().any(|group| record::is_alive(*group)) && Instant::now() < deadline {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        let _ = std::fs::remove_file(record::file(paths));
        left.len()
    }

    /// The last line the running step's command wrote.
    pub(crate) fn last_line(&self) -> String {
        lock(&self.shared.last_line).clone()
    }

    /// Runs a command to its end with its output in `log`.
    ///
    /// # Errors
    /// The command cannot be started, or fails: the message carries the end of its output.
    pub(crate) async fn run(&self, log: &str, mut command: Command) -> anyhow::Result<()> {
        let path = self.shared.paths.log(log);
        let mut file = append(&path)?;
        let program = command.as_std().get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
        let group = self.enter(&child, log);
        let mut tail = Tail::default();
        let streams = (child.stdout.take(), child.stderr.take());
        let copied = self.copy_lines(streams, &mut file, &mut tail).await;
        let status = child.wait().await;
        self.leave(group);
        lock(&self.shared.last_line).clear();
        copied?;
        let status = status?;
        if !status.success() {
            bail!(
                "{program} failed ({status}); the end of {}:\n{}",
                self.shared.paths.show(&path),
                tail.lines.join("\n")
            );
        }
        Ok(())
    }

    async fn copy_lines(
        &self,
        (stdout, stderr): (Option<tokio::process::ChildStdout>, Option<tokio::process::ChildStderr>),
        file: &mut File,
        tail: &mut Tail,
    ) -> anyhow::Result<()> {
        use std::io::Write as _;
        use tokio::io::{AsyncBufReadExt as _, BufReader};
        let (Some(stdout), Some(stderr)) = (stdout, stderr) else { return Ok(()) };
        let (mut out, mut err) = (BufReader::new(stdout).split(b'\n'), BufReader::new(stderr).split(b'\n'));
        let (mut out_open, mut err_open) = (true, true);
        while out_open || err_open {
            let line = tokio::select! {
                line = out.next_segment(), if out_open => { let line = line?; out_open = line.is_some(); line }
                line = err.next_segment(), if err_open => { let line = line?; err_open = line.is_some(); line }
            };
            let Some(line) = line else { continue };
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            writeln!(file, "{line}")?;
            if !line.trim().is_empty() {
                lock(&self.shared.last_line).clone_from(&line);
            }
            tail.push(line);
        }
        Ok(())
    }

    /// Keeps a service running until [`Processes::stop`].
    ///
    /// # Errors
    /// Its log cannot be opened.
    pub(crate) fn supervise(&self, service: Service) -> anyhow::Result<()> {
        let log = append(&self.shared.paths.log(&service.log))?;
        let stage = service.stage;
        let task = tokio::spawn(self.clone().keep_running(service, log));
        lock(&self.shared.services).push((stage, task));
        Ok(())
    }

    async fn keep_running(self, service: Service, log: File) {
        let mut stopping = self.shared.stopping.subscribe();
        let mut pause = BACK_OFF.0;
        loop {
            let started = Instant::now();
            let ended = match self.spawn(&service, &log) {
                Err(error) => format!("cannot be started: {error:#}"),
                Ok((mut child, group)) => {
                    let status = tokio::select! {
                        status = child.wait() => status,
                        () = service.kill.notified() => {
                            let _ = killpg(group, Signal::SIGKILL);
                            child.wait().await
                        }
                        () = told_to_stop(&mut stopping, service.stage) => {
                            end(&mut child, group, service.signal).await;
                            self.leave(group);
                            return;
                        }
                    };
                    // What the process itself started ends with it.
                    let _ = killpg(group, Signal::SIGKILL);
                    self.leave(group);
                    match status {
                        Ok(status) => {
                            (service.on_exit)(status);
                            format!("ended ({status})")
                        }
                        Err(error) => format!("was lost: {error}"),
                    }
                }
            };
            pause = if started.elapsed() > HEALTHY { BACK_OFF.0 } else { (pause * 2).min(BACK_OFF.1) };
            eprintln!(
                "{} {ended}; starting it again in {:.1} s (log: {})",
                service.name,
                pause.as_secs_f64(),
                self.shared.paths.show(&self.shared.paths.log(&service.log))
            );
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = told_to_stop(&mut stopping, service.stage) => return,
            }
        }
    }

    fn spawn(&self, service: &Service, log: &File) -> anyhow::Result<(Child, Pid)> {
        let mut command = (service.command)();
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log.try_clone()?).process_group(0);
        let child = command.spawn()?;
        let group = self.enter(&child, &service.name);
        Ok((child, group))
    }

    /// Runs a task of this program until [`Processes::stop`], which ends it before the processes it talks to.
    pub(crate) fn background(&self, task: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(task).abort_handle();
        lock(&self.shared.background).push(task);
    }

    /// Stops everything: functions first, the database last; whatever does not end in time is killed.
    pub(crate) async fn stop(&self) {
        for task in lock(&self.shared.background).drain(..) {
            task.abort();
        }
        for stage in [Stage::Functions, Stage::Emulators, Stage::Database] {
            self.shared.stopping.send_replace(Some(stage));
            let (now, later) = std::mem::take(&mut *lock(&self.shared.services))
                .into_iter()
                .partition(|(of, _)| *of >= stage);
            *lock(&self.shared.services) = later;
            for (_, task) in Vec::from_iter::<Vec<(Stage, JoinHandle<()>)>>(now) {
                let _ = task.await;
            }
        }
        self.end_commands().await;
        let _ = std::fs::remove_file(record::file(&self.shared.paths));
    }

    /// Ends the commands of a step that was interrupted.
    async fn end_commands(&self) {
        let groups: Vec<Pid> = lock(&self.shared.groups).keys().map(|group| Pid::from_raw(*group)).collect();
        for group in &groups {
            let _ = killpg(*group, Signal::SIGTERM);
        }
        let deadline = Instant::now() + GRACE;
        while groups.iter().any(|group| killpg(*group, None).is_ok()) && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.kill();
    }

    /// Kills everything that still runs, without asking.
    pub(crate) fn kill(&self) {
        for group in lock(&self.shared.groups).keys() {
            let _ = killpg(Pid::from_raw(*group), Signal::SIGKILL);
        }
    }

    /// Kills the services of a name without asking, as the kernel might; with a function's name all its processes.
    /// They are started again. Says how many there were.
    pub(crate) fn kill_services(&self, name: &str) -> usize {
        let is_it = |known: &str| {
            let number = known.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
            known == name || number.is_some_and(|number| number.parse::<u32>().is_ok())
        };
        let groups = lock(&self.shared.groups);
        let victims = groups.iter().filter(|(_, known)| is_it(known)).map(|(group, _)| *group);
        victims.filter(|group| killpg(Pid::from_raw(*group), Signal::SIGKILL).is_ok()).count()
    }

    fn enter(&self, child: &Child, name: &str) -> Pid {
        // A child that has already been waited for has no id; ours has not.
        let group = child.id().and_then(|id| i32::try_from(id).ok()).unwrap_or_default();
        lock(&self.shared.groups).insert(group, name.to_owned());
        self.write_record();
        Pid::from_raw(group)
    }

    fn leave(&self, group: Pid) {
        lock(&self.shared.groups).remove(&group.as_raw());
        self.write_record();
    }

    fn write_record(&self) {
        let groups = lock(&self.shared.groups);
        let lines: String = groups
            .iter()
            .map(|(group, name)| format!("{group} {} {name}\n", record::started_at(*group)))
            .collect();
        // Losing the record only loses the tidying after a kill of this program.
        let _ = std::fs::write(record::file(&self.shared.paths), lines);
    }
}

/// The end of a command's output, kept for the error message.
#[derive(Default)]
struct Tail {
    lines: Vec<String>,
}

impl Tail {
    fn push(&mut self, line: String) {
        const KEPT: usize = 100;
        if self.lines.len() == KEPT {
            self.lines.remove(0);
        }
        self.lines.push(line);
    }
}

async fn told_to_stop(stopping: &mut watch::Receiver<Option<Stage>>, stage: Stage) {
    // The sender lives as long as any service.
    let _ = stopping.wait_for(|stopping| stopping.is_some_and(|from| stage >= from)).await;
}

async fn end(child: &mut Child, group: Pid, signal: Signal) {
    let _ = killpg(group, signal);
    if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
        let _ = killpg(group, Signal::SIGKILL);
        let _ = child.wait().await;
    }
    let _ = killpg(group, Signal::SIGKILL);
}

/// Runs a short command and returns what it wrote to standard output, without the space around it.
///
/// # Errors
/// The command cannot be started or fails.
pub(crate) async fn output(command: Command) -> anyhow::Result<String> {
    Ok(verbatim_output(command).await?.trim().to_owned())
}

/// Runs a short command and returns what it wrote to standard output.
///
/// # Errors
/// The command cannot be started or fails.
pub(crate) async fn verbatim_output(mut command: Command) -> anyhow::Result<String> {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .with_context(|| format!("cannot start {program}"))?;
    if !output.status.success() {
        bail!("{program} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn append(path: &std::path::Path) -> anyhow::Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("cannot write the log {}", path.display()))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
