//! The line to the benchmark: JSON jobs in, JSON results out.

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// One end of the line.
pub(crate) struct Control {
    jobs: Lines<BufReader<OwnedReadHalf>>,
    results: OwnedWriteHalf,
}

impl Control {
    /// Connects to the benchmark.
    ///
    /// # Errors
    /// Nobody listens there.
    pub(crate) async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting to the benchmark")?;
        stream.set_nodelay(true)?;
        let (read, results) = stream.into_split();
        Ok(Self { jobs: BufReader::new(read).lines(), results })
    }

    /// The next job; none when the benchmark is done with this process.
    ///
    /// # Errors
    /// The line broke, or the job is not what this process does.
    pub(crate) async fn job<T: DeserializeOwned>(&mut self) -> anyhow::Result<Option<T>> {
        let Some(line) = self.jobs.next_line().await? else { return Ok(None) };
        Ok(Some(serde_json::from_str(&line).context("reading a job")?))
    }

    /// Tells something to the benchmark.
    ///
    /// # Errors
    /// The line broke.
    pub(crate) async fn tell(&mut self, value: &(impl Serialize + Sync)) -> anyhow::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        Ok(self.results.write_all(&line).await?)
    }
}
