//! Docker: the machine's, or one of our own where this program is root; and the image that SAM asks for.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use nix::sys::signal::Signal;
use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use crate::paths::Paths;
use crate::process::{Processes, Service, Stage, output};

/// This machine's architecture, as Lambda calls it.
pub(crate) const ARCHITECTURE: &str = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };

/// How long a daemon of our own may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Docker that answers.
pub(crate) struct Docker {
    /// `DOCKER_HOST`, unless it is the machine's own.
    pub(crate) host: Option<String>,
}

impl Docker {
    /// Finds the machine's Docker, or starts one.
    ///
    /// # Errors
    /// There is none, and none can be started: the sentence says why.
    pub(crate) async fn start(paths: &Paths, processes: &Processes) -> anyhow::Result<(Self, String)> {
        let machine = Self { host: None };
        if let Ok(version) = machine.version().await {
            return Ok((machine, format!("Docker {version}")));
        }
        if !nix::unistd::geteuid().is_root() {
            bail!("no Docker answers; start it, or let this user use it (group docker)");
        }
        let own = Self::supervise(paths, processes)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match own.version().await {
                Ok(version) => return Ok((own, format!("Docker {version}, started here"))),
                Err(error) if Instant::now() > deadline => {
                    return Err(error).with_context(|| {
                        format!("dockerd does not come up; see {}", paths.show(&paths.log("docker")))
                    });
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }

    /// A daemon whose images stay in `.dispatch/docker`.
    fn supervise(paths: &Paths, processes: &Processes) -> anyhow::Result<Self> {
        let found = std::env::var_os("PATH")
            .iter()
            .flat_map(std::env::split_paths)
            .any(|f| f.join("dockerd").exists());
        if !found {
            bail!("no Docker; on Debian and Ubuntu: apt install docker.io");
        }
        // A socket's path has a hundred letters at most.
        let hash = Sha256::digest(paths.tools.as_os_str().as_encoded_bytes());
        let run = PathBuf::from(format!(
            "/run/dispatch-{:02x}{:02x}{:02x}{:02x}",
            hash[0], hash[1], hash[2], hash[3]
        ));
        std::fs::create_dir_all(&run).with_context(|| format!("cannot create {}", run.display()))?;
        let host = format!("unix://{}", run.join("docker.sock").display());
        let (data, listen) = (paths.tools.join("docker"), host.clone());
        processes.supervise(Service {
            name: "dockerd".to_owned(),
            log: "docker".to_owned(),
            stage: Stage::Emulators,
            signal: Signal::SIGTERM,
            command: Box::new(move || {
                let mut command = Command::new("dockerd");
                command.arg("--data-root").arg(&data).arg("--exec-root").arg(run.join("exec"));
                command.arg("--pidfile").arg(run.join("docker.pid")).args(["--host", &listen]);
                // It ends what containers are left within the time a service is given.
                command.args(["--shutdown-timeout", "3"]);
                command
            }),
            on_exit: Box::new(|_| {}),
            kill: Arc::default(),
        })?;
        Ok(Self { host: Some(host) })
    }

    fn command(&self) -> Command {
        let mut command = Command::new("docker");
        command.envs(self.host.iter().map(|host| ("DOCKER_HOST", host)));
        command
    }

    async fn version(&self) -> anyhow::Result<String> {
        let mut command = self.command();
        command.args(["version", "--format", "{{.Server.Version}}"]);
        output(command).await
    }

    /// The address of this machine as containers see it.
    pub(crate) async fn gateway(&self) -> anyhow::Result<IpAddr> {
        let mut command = self.command();
        command.args(["network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"]);
        output(command).await?.parse().context("Docker's bridge has no gateway")
    }

    /// Makes sure that the image SAM wants is there. It is pulled from nowhere: a bare Debian under its name will do,
    /// because SAM brings the runtime's emulator and our programs bring everything else.
    ///
    /// # Errors
    /// It is not there and cannot be made: the sentence says why.
    pub(crate) async fn image(&self, paths: &Paths, processes: &Processes) -> anyhow::Result<String> {
        let name = format!("public.ecr.aws/lambda/provided:al2023-{ARCHITECTURE}");
        let mut inspect = self.command();
        inspect.args(["image", "inspect", &name]);
        if output(inspect).await.is_ok() {
            return Ok("image present".to_owned());
        }
        if !nix::unistd::geteuid().is_root() {
            bail!("the image {name} is missing; pull it, or import a root file system under its name");
        }
        let root = paths.tools.join("rootfs");
        let _ = std::fs::remove_dir_all(&root);
        let mut debootstrap = Command::new("debootstrap");
        // The AWS SDKs want certificates of authorities, as Lambda's own image has them.
        debootstrap.args(["--variant=minbase", "--include=ca-certificates", "bookworm"]).arg(&root);
        let missing = "cannot make a root file system; on Debian and Ubuntu: apt install debootstrap";
        processes.run("docker", debootstrap).await.context(missing)?;
        let mut import = self.command();
        let archive = paths.tools.join("rootfs.tar");
        let mut tar = Command::new("tar");
        tar.arg("--create").arg("--file").arg(&archive).arg("--directory").arg(&root).arg(".");
        processes.run("docker", tar).await?;
        import.arg("import").arg(&archive).arg(&name);
        let imported = processes.run("docker", import).await;
        let _ = std::fs::remove_file(&archive);
        let _ = std::fs::remove_dir_all(&root);
        imported.map(|()| "image made".to_owned())
    }
}
