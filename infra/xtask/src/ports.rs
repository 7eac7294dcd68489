//! Ports: free ones, and who holds one that is not.

use std::fs;
use std::net::TcpListener;

use anyhow::{Context as _, bail};

/// A port of the loopback address that nobody uses at this moment.
///
/// # Errors
/// The system has none left.
pub(crate) fn free() -> anyhow::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Four different free ports.
///
/// # Errors
/// The system has not that many left.
pub(crate) fn several() -> anyhow::Result<[u16; 4]> {
    // Held together, so that they differ.
    let listeners = [(); 4].map(|()| TcpListener::bind(("127.0.0.1", 0)));
    let mut ports = [0; 4];
    for (port, listener) in ports.iter_mut().zip(listeners) {
        *port =
            listener.and_then(|listener| listener.local_addr()).context("no free ports on 127.0.0.1")?.port();
    }
    Ok(ports)
}

/// Fails with a sentence that names the holder when somebody already listens on `port`.
///
/// # Errors
/// The port is taken.
pub(crate) fn check(port: u16, purpose: &str, option: &str) -> anyhow::Result<()> {
    let Err(error) = TcpListener::bind(("127.0.0.1", port)) else { return Ok(()) };
    let holder = holder(port).map_or_else(|| format!(" ({error})"), |holder| format!(" by {holder}"));
    bail!(
        "port {port}, meant for {purpose}, is taken{holder}; stop that, or choose another port with {option}"
    )
}

/// The process that listens on a port, as proc_net_tcp(5) and proc_pid_fd(5) show it; none where there is no /proc.
fn holder(port: u16) -> Option<String> {
    const LISTEN: &str = "0A";
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"].iter().find_map(|table| {
        fs::read_to_string(table).ok()?.lines().skip(1).find_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (_, hex) = fields.get(1)?.rsplit_once(':')?;
            (u16::from_str_radix(hex, 16) == Ok(port) && fields.get(3) == Some(&LISTEN))
                .then(|| fields.get(9).map(ToString::to_string))?
        })
    })?;
    let socket = format!("socket:[{inode}]");
    fs::read_dir("/proc").ok()?.flatten().find_map(|process| {
        let pid: u32 = process.file_name().to_str()?.parse().ok()?;
        let holds = fs::read_dir(process.path().join("fd"))
            .ok()?
            .flatten()
            .any(|fd| fs::read_link(fd.path()).is_ok_and(|target| target.to_str() == Some(&socket)));
        let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
        holds.then(|| format!("process {pid} ({})", name.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_names_its_holder() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let error = check(port, "the board", "--port").unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
        if cfg!(target_os = "linux") {
            assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
        }
    }
}
