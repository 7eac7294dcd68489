//! Progress: one line per step, with its time; on a terminal the running step shows what it is doing.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::process::Processes;

/// Prints the steps of one command.
pub(crate) struct Steps {
    processes: Processes,
    shown: Shown,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Lines, and the running step on a line that is rewritten.
    Terminal,
    /// Lines only.
    Plain,
    Nothing,
}

impl Steps {
    /// Steps whose commands run in `processes`.
    pub(crate) fn new(processes: &Processes) -> Self {
        let shown = if std::io::stdout().is_terminal() { Shown::Terminal } else { Shown::Plain };
        Self { processes: processes.clone(), shown }
    }

    /// Steps that print nothing, because they are part of a step that does.
    pub(crate) fn silent(processes: &Processes) -> Self {
        Self { processes: processes.clone(), shown: Shown::Nothing }
    }

    /// Runs one step and prints its line: the title, what the step found, how long it took.
    ///
    /// # Errors
    /// Those of the step; its line is printed then too.
    pub(crate) async fn step<T>(
        &self,
        title: &str,
        work: impl Future<Output = anyhow::Result<(T, String)>>,
    ) -> anyhow::Result<T> {
        let started = Instant::now();
        let mut work = std::pin::pin!(work);
        let every = Duration::from_secs(if self.shown == Shown::Terminal { 1 } else { 30 });
        let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + every, every);
        let result = loop {
            tokio::select! {
                result = &mut work => break result,
                _ = tick.tick() => self.still(title, started),
            }
        };
        let seconds = started.elapsed().as_secs_f64();
        let clear = if self.shown == Shown::Terminal { "\r\x1b[K" } else { "" };
        if self.shown == Shown::Nothing {
            return result.map(|(value, _)| value).map_err(|error| error.context(title.to_owned()));
        }
        match result {
            Ok((value, detail)) => {
                println!("{clear}  ok    {title:<22} {detail:<58} {seconds:>6.1} s");
                Ok(value)
            }
            Err(error) => {
                println!("{clear}  FAIL  {title:<22} {:<58} {seconds:>6.1} s", "");
                Err(error)
            }
        }
    }

    fn still(&self, title: &str, started: Instant) {
        let mut line: String = self.processes.last_line().trim().chars().take(70).collect();
        line.retain(|char| !char.is_control());
        let text = format!("  ...   {title:<22} {line} ({} s)", started.elapsed().as_secs());
        match self.shown {
            Shown::Terminal => {
                print!("\r\x1b[K{text}");
                let _ = std::io::stdout().flush();
            }
            Shown::Plain => println!("{text}"),
            Shown::Nothing => {}
        }
    }
}
