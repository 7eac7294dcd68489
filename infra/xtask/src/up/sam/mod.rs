//! `--sam`: the functions behind the HTTP API run in containers, under AWS's own `sam local start-api`.
//!
//! SAM is given what template.yaml says of routes, integrations and functions, with the programs that were built here.
//! Everything else stays as it is: the queue's consumer and the clock run under cargo-lambda's emulator, and the
//! containers reach it, the database, the queue and GitHub through [`forward`].

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use nix::sys::signal::Signal;
use serde_json::{Map, Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use self::docker::Docker;
use super::functions::{API, WEBHOOK};
use super::python;
use crate::env::Settings;
use crate::paths::Paths;
use crate::ports;
use crate::process::{Processes, Service, Stage};

pub(crate) mod docker;

/// The folder of what SAM is given, in the state folder.
const FOLDER: &str = "sam";

/// Starts SAM and says on which port it answers.
///
/// # Errors
/// SAM cannot be installed, or the containers' way to this machine cannot be laid.
pub(crate) async fn start(
    paths: &Paths,
    processes: &Processes,
    docker: &Docker,
    programs: &Path,
    settings: &Settings,
) -> anyhow::Result<(u16, String)> {
    let (bin, versions) = python::SAM.install(paths, processes).await?;
    let gateway = docker.gateway().await?;
    for port in local_ports(settings) {
        forward(processes, gateway, port).await?;
    }
    let folder = paths.state.join(FOLDER);
    let template = folder.join("template.json");
    std::fs::create_dir_all(&folder)?;
    write_secret(&template, &template_for(&folder, programs, settings, gateway)?.to_string())?;
    let port = ports::free()?;
    let host = docker.host.clone();
    processes.supervise(Service {
        name: "sam local start-api".to_owned(),
        log: "sam".to_owned(),
        stage: Stage::Functions,
        // SAM removes its containers then.
        signal: Signal::SIGINT,
        command: Box::new(move || {
            let mut command = Command::new(bin.join("sam"));
            command.args(["local", "start-api", "--skip-pull-image", "--warm-containers", "LAZY"]);
            command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--template"]).arg(&template);
            // A variable of this machine would win over the template's of the same name.
            command.env_clear().env("SAM_CLI_TELEMETRY", "0").env("AWS_DEFAULT_REGION", "eu-central-1");
            command.envs(["PATH", "HOME"].iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
            command.envs(host.iter().map(|host| ("DOCKER_HOST", host)));
            command
        }),
        on_exit: Box::new(|_| {}),
        kill: Arc::default(),
    })?;
    Ok((port, versions))
}

/// The ports of this machine that the settings name.
fn local_ports(settings: &Settings) -> Vec<u16> {
    let port = |value: &String| {
        let (_, rest) = value.split_once("127.0.0.1:")?;
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
    };
    let reached = settings.iter().filter(|(name, _)| *name != "DISPATCH_URL");
    let mut ports: Vec<u16> = reached.filter_map(|(_, value)| port(value)).collect();
    ports.sort_unstable();
    ports.dedup();
    ports
}

/// What listens on the loopback address answers on the containers' side of the bridge too, and nowhere else.
async fn forward(processes: &Processes, gateway: IpAddr, port: u16) -> anyhow::Result<()> {
    let listener = TcpListener::bind((gateway, port))
        .await
        .with_context(|| format!("cannot listen on {gateway}:{port} for the containers"))?;
    processes.background(async move {
        while let Ok((mut inner, _)) = listener.accept().await {
            tokio::spawn(async move {
                if let Ok(mut outer) = TcpStream::connect(("127.0.0.1", port)).await {
                    let _ = tokio::io::copy_bidirectional(&mut inner, &mut outer).await;
                }
            });
        }
    });
    Ok(())
}

/// template.yaml as far as the HTTP API goes, with the built programs and with all settings as the environment.
fn template_for(
    folder: &Path,
    programs: &Path,
    settings: &Settings,
    gateway: IpAddr,
) -> anyhow::Result<Value> {
    // SAM CLI 1.170 finds a route's API only above the route, and keys are written sorted.
    let renamed = tidy::template::read(tidy::template::TEMPLATE).to_string();
    let full: Value = serde_json::from_str(&renamed.replace("\"HttpApi\"", "\"AnHttpApi\""))?;
    let mut resources = Map::new();
    let http_api = ["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route"];
    for kind in http_api {
        for (id, resource) in tidy::template::resources(&full, kind) {
            resources.insert(id.to_owned(), resource.clone());
        }
    }
    let variables: Map<String, Value> = settings
        .iter()
        .map(|(name, value)| (name, value, name == "DISPATCH_URL"))
        .map(|(name, value, kept)| (name, if kept { value.clone() } else { seen_from(gateway, value) }))
        .filter(|(name, _)| is_ours(name))
        .map(|(name, value)| (name.clone(), value.into()))
        .collect();
    for function in tidy::template::functions(&full) {
        let package = function.package();
        if ![API.name, WEBHOOK.name].contains(&package.as_str()) {
            continue;
        }
        let code = folder.join(&package);
        std::fs::create_dir_all(&code)?;
        let bootstrap = code.join("bootstrap");
        std::fs::copy(programs.join(&package), &bootstrap).with_context(|| format!("copying {package}"))?;
        let properties = json!({
            "Runtime": "provided.al2023", "Handler": "bootstrap", "CodeUri": code,
            "Architectures": [docker::ARCHITECTURE],
            "MemorySize": function.property("MemorySize"), "Timeout": function.property("Timeout"),
            "Environment": { "Variables": variables },
        });
        let resource = json!({ "Type": "AWS::Serverless::Function", "Properties": properties });
        resources.insert(function.id.clone(), resource);
    }
    Ok(json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": resources,
    }))
}

/// The configuration of Dispatch and of its AWS SDKs; the rest of a person's environment is none of the containers'.
fn is_ours(name: &str) -> bool {
    let ours = dispatch_runtime::config::VARIABLES.iter().any(|variable| variable.name == name);
    ours || name.starts_with("AWS_")
}

fn seen_from(gateway: IpAddr, value: &str) -> String {
    value.replace("127.0.0.1", &gateway.to_string())
}

fn write_secret(path: &PathBuf, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.create(true).truncate(true).write(true).mode(0o600).open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_reach_what_is_local_by_the_bridge() {
        let mut settings = Settings::default();
        settings.set("DATABASE_URL", "postgresql://a:b@127.0.0.1:5432/c");
        settings.set("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324");
        settings.set("DISPATCH_URL", "http://127.0.0.1:8787");
        settings.set("EDITOR", "vi");
        assert_eq!(local_ports(&settings), [5432, 9324]);
        let folder = std::env::temp_dir().join(format!("dispatch-{}", uuid::Uuid::new_v4()));
        let programs = folder.join("programs");
        std::fs::create_dir_all(&programs).unwrap();
        for program in [API.name, WEBHOOK.name] {
            std::fs::write(programs.join(program), "program").unwrap();
        }
        let template = template_for(&folder, &programs, &settings, [172, 17, 0, 1].into()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let text = template.to_string();
        assert!(text.find("::Api\"").unwrap() < text.find("::Integration\"").unwrap());
        let api = &template["Resources"]["Api"]["Properties"];
        let variables = &api["Environment"]["Variables"];
        assert_eq!(variables["DATABASE_URL"], "postgresql://a:b@172.17.0.1:5432/c");
        assert_eq!(variables["DISPATCH_URL"], "http://127.0.0.1:8787");
        assert_eq!(variables.get("EDITOR"), None);
        assert_eq!(tidy::template::routes(&template).len(), 3);
    }
}
