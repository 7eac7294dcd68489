//! The measuring processes: started, given jobs over a line, ended by closing it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpListener;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::process::{Child, Command};

/// What a worker did for one job.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Done {
    /// From the first request to the last answer.
    pub(super) seconds: f64,
    /// Processor time of the process meanwhile.
    pub(super) cpu_seconds: f64,
    /// Per kind of request: how long each took, in microseconds.
    pub(super) micros: std::collections::BTreeMap<String, Vec<u64>>,
    /// How often each outcome came.
    pub(super) outcomes: std::collections::BTreeMap<String, u64>,
    /// Issues that were handed out.
    pub(super) issues: Vec<String>,
}

impl Done {
    /// What several workers did at the same time.
    pub(super) fn together(all: Vec<Self>) -> Self {
        let mut sum = Self::default();
        for one in all {
            sum.seconds = sum.seconds.max(one.seconds);
            sum.cpu_seconds += one.cpu_seconds;
            sum.issues.extend(one.issues);
            for (kind, micros) in one.micros {
                sum.micros.entry(kind).or_default().extend(micros);
            }
            for (outcome, count) in one.outcomes {
                *sum.outcomes.entry(outcome).or_default() += count;
            }
        }
        sum
    }

    /// How many requests of a kind there were.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.micros.get(kind).map_or(0, Vec::len)
    }

    /// Requests of a kind per second.
    pub(super) fn rate(&self, kind: &str) -> f64 {
        if self.seconds > 0.0 { self.count(kind) as f64 / self.seconds } else { 0.0 }
    }

    /// The time, in milliseconds, that this share of the requests of a kind stayed under.
    pub(super) fn percentile(&self, kind: &str, share: f64) -> f64 {
        let mut micros = self.micros.get(kind).cloned().unwrap_or_default();
        micros.sort_unstable();
        let last = micros.len().saturating_sub(1);
        let rank = (last as f64 * share).round() as usize;
        micros.get(rank).map_or(0.0, |micros| *micros as f64 / 1000.0)
    }

    /// Fails unless these are the only outcomes.
    ///
    /// # Errors
    /// Another outcome came: says which, and how often.
    pub(super) fn expect(&self, outcomes: &[&str]) -> anyhow::Result<()> {
        let strange: Vec<String> = self
            .outcomes
            .iter()
            .filter(|(outcome, _)| !outcomes.contains(&outcome.as_str()))
            .map(|(outcome, count)| format!("{count} × {outcome}"))
            .collect();
        if strange.is_empty() { Ok(()) } else { bail!("unexpected outcomes: {}", strange.join(", ")) }
    }
}

/// One worker process.
pub(super) struct Worker {
    child: Child,
    results: Lines<BufReader<OwnedReadHalf>>,
    jobs: OwnedWriteHalf,
}

impl Worker {
    /// Starts a worker with this environment and waits until it is on the line.
    ///
    /// # Errors
    /// It does not start: its log says why.
    pub(super) async fn start(
        program: &Path,
        verb: &str,
        env: &[(&str, String)],
        log: &Path,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut command = Command::new(program);
        command.arg(verb).arg(listener.local_addr()?.to_string());
        command.env_clear().envs(env.iter().map(|(name, value)| (name, value)));
        // As on Lambda: log lines are JSON on standard output. They are made and written, and nobody keeps them.
        command.env("AWS_LAMBDA_FUNCTION_NAME", "bench").stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(std::fs::OpenOptions::new().create(true).append(true).open(log)?);
        let mut child =
            command.kill_on_drop(true).spawn().with_context(|| format!("starting {}", program.display()))?;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted?,
            status = child.wait() => bail!("the worker ended ({}); see {}", status?, log.display()),
        };
        accepted.0.set_nodelay(true)?;
        let (read, jobs) = accepted.0.into_split();
        Ok(Self { child, results: BufReader::new(read).lines(), jobs })
    }

    /// Gives a job and waits for what came of it.
    ///
    /// # Errors
    /// The worker failed: its log says why.
    pub(super) async fn work<T: DeserializeOwned>(&mut self, job: &Value) -> anyhow::Result<T> {
        self.jobs.write_all(format!("{job}\n").as_bytes()).await?;
        match self.results.next_line().await? {
            Some(line) => serde_json::from_str(&line).context("reading a worker's result"),
            None => bail!("a worker failed ({}); see the log bench-worker", self.child.wait().await?),
        }
    }

    /// Its memory, in KiB, as proc_pid_status(5) counts it; zero where there is no /proc.
    pub(super) fn resident_kib(&self) -> u64 {
        let status = self.child.id().map(|id| std::fs::read_to_string(format!("/proc/{id}/status")));
        let status = status.and_then(Result::ok).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    /// Ends it and waits until it is gone, with its connections.
    ///
    /// # Errors
    /// It does not end.
    pub(super) async fn end(mut self) -> anyhow::Result<()> {
        drop((self.jobs, self.results));
        let ended = tokio::time::timeout(Duration::from_secs(10), self.child.wait()).await;
        ended.context("a worker does not end")??;
        Ok(())
    }
}

/// Gives each worker its job at the same time.
///
/// # Errors
/// A worker failed.
pub(super) async fn together(workers: &mut [Worker], jobs: &[Value]) -> anyhow::Result<Done> {
    let all = workers.iter_mut().zip(jobs).map(|(worker, job)| worker.work::<Done>(job));
    Ok(Done::together(futures::future::try_join_all(all).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_workers_did_adds_up() {
        let done = |micros: &[u64]| Done {
            seconds: 2.0,
            micros: [("a".to_owned(), micros.to_vec())].into(),
            outcomes: [("ok".to_owned(), micros.len() as u64)].into(),
            ..Done::default()
        };
        let sum = Done::together(vec![done(&[1000, 3000]), done(&[2000])]);
        assert_eq!((sum.count("a"), sum.rate("a"), sum.percentile("a", 0.5)), (3, 1.5, 2.0));
        assert!(sum.expect(&["ok"]).is_ok());
        assert_eq!(sum.expect(&[]).unwrap_err().to_string(), "unexpected outcomes: 3 × ok");
    }
}
