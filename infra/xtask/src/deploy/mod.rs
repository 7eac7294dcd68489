//! `cargo xtask deploy`: build, `sam deploy`, the board's files, a look whether it works. Roll-back and everything around
//! it: docs/operations.md.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::Value;
use tokio::process::Command;

use self::plan::{Outputs, Step, after, before, prepared};
use crate::env::Settings;
use crate::paths::Paths;
use crate::process::{Processes, output};
use crate::steps::Steps;
use crate::up::{build, python};

mod plan;

/// What `cargo xtask deploy` can be told.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Options {
    /// Which tables of samconfig.toml: default, dev or prod.
    #[arg(long, default_value = "default", value_name = "NAME")]
    config_env: String,
    /// What the functions run on; the template's parameter Architecture says the same.
    #[arg(long, default_value = "arm64", value_parser = ["arm64", "x86_64"])]
    architecture: String,
    /// Print every step and do none.
    #[arg(long)]
    dry_run: bool,
    /// Stop after the build and its sizes.
    #[arg(long)]
    build_only: bool,
}

/// The largest zipped function, in bytes: what is loaded at every cold start.
const LARGEST: u64 = 6_000_000;

/// Deploys.
///
/// # Errors
/// A step fails; what was done before it stays, and the next deployment goes on from there.
pub(crate) async fn main(options: Options) -> anyhow::Result<ExitCode> {
    let paths = Paths::new(None)?;
    let stack = configured(&paths, &options.config_env, "stack_name")?
        .with_context(|| format!("samconfig.toml has no stack_name for {}", options.config_env))?;
    let parameters = configured(&paths, &options.config_env, "parameter_overrides")?.unwrap_or_default();
    let steps = before(&options.config_env, &options.architecture, &parameters);
    if options.dry_run {
        let (first, last) = (prepared(), after(&stack, &Outputs::placeholders()));
        let all: Vec<String> = first.iter().chain(&steps).chain(&last).map(Step::show).collect();
        println!("{}", all.join("\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let processes = Processes::new(&paths);
    let progress = Steps::new(&processes);
    progress.step("prerequisites", build::prerequisites()).await?;
    let sam = progress.step("SAM", python::SAM.install(&paths, &processes)).await?;
    let tools = progress.step("other tools", python::DEPLOY.install(&paths, &processes)).await?;
    let runner = Runner { paths: paths.clone(), path: search_path([sam, tools])? };
    progress.step("board", build::board(&paths, &processes)).await?;
    let (build, deploy) = steps.split_first().context("there is a build")?;
    runner.run(build).await?;
    sizes(&paths)?;
    if options.build_only {
        return Ok(ExitCode::SUCCESS);
    }
    for step in deploy {
        runner.run(step).await?;
    }
    let outputs = runner.outputs(&stack).await?;
    for step in after(&stack, &outputs) {
        runner.run(&step).await?;
    }
    println!("\nDispatch is at {}\nwebhook for GitHub: {}", outputs.get("Url"), outputs.get("WebhookUrl"));
    Ok(ExitCode::SUCCESS)
}

struct Runner {
    paths: Paths,
    path: std::ffi::OsString,
}

impl Runner {
    /// Runs a step with its own output: `sam deploy` asks questions.
    async fn run(&self, step: &Step) -> anyhow::Result<()> {
        println!("\n{}", step.show());
        let (program, arguments) = step.command.split_first().context("a command")?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.paths.root).env("PATH", &self.path);
        command.env("SAM_CLI_TELEMETRY", "0").envs(step.variables.iter().map(|(name, value)| (*name, value)));
        if step.with_settings {
            command.envs(Settings::read(&self.paths)?.iter());
        }
        let status = command.status().await.with_context(|| format!("cannot start {program}"))?;
        if !status.success() {
            bail!("{} failed ({status})", step.title);
        }
        Ok(())
    }

    async fn outputs(&self, stack: &str) -> anyhow::Result<Outputs> {
        let mut command = Command::new("aws");
        command.args(["cloudformation", "describe-stacks", "--stack-name", stack, "--output", "json"]);
        command.env("PATH", &self.path);
        let answer: Value = serde_json::from_str(&output(command).await?)?;
        let listed = answer["Stacks"][0]["Outputs"].as_array().context("the stack has no outputs")?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let pairs = listed.iter().map(|output| (text(&output["OutputKey"]), text(&output["OutputValue"])));
        Ok(Outputs(pairs.collect::<BTreeMap<_, _>>()))
    }
}

/// The environments' programs before a person's own.
fn search_path(first: [PathBuf; 2]) -> anyhow::Result<std::ffi::OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    Ok(std::env::join_paths(first.into_iter().chain(std::env::split_paths(&rest)))?)
}

/// Prints what each function weighs, zipped as Lambda gets it.
fn sizes(paths: &Paths) -> anyhow::Result<()> {
    let template = tidy::template::read(tidy::template::TEMPLATE);
    let mut large = Vec::new();
    println!("\nartifacts (at most {:.1} MB zipped)", LARGEST as f64 / 1e6);
    for function in tidy::template::functions(&template) {
        let bootstrap = paths.root.join(".aws-sam/build").join(&function.id).join("bootstrap");
        let bytes =
            std::fs::metadata(&bootstrap).with_context(|| format!("{} was not built", function.id))?.len();
        let zipped = zipped(&bootstrap)?;
        println!("  {:<16}{:>6.2} MB{:>8.2} MB zipped", function.id, bytes as f64 / 1e6, zipped as f64 / 1e6);
        if zipped > LARGEST {
            large.push(format!("`cargo tree -p {}`", function.package()));
        }
    }
    if !large.is_empty() {
        bail!("larger than it may be; what is in it says {}", large.join(", "));
    }
    Ok(())
}

/// As SAM zips it: without the file's own time, which is before the first that a zip can hold.
fn zipped(file: &Path) -> anyhow::Result<u64> {
    const ZIP: &str = "import io, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as zip:
    zip.writestr(zipfile.ZipInfo('bootstrap'), open(sys.argv[1], 'rb').read(), zipfile.ZIP_DEFLATED)
print(len(out.getvalue()))";
    let output = std::process::Command::new("python3").args(["-c", ZIP]).arg(file).output()?;
    if !output.status.success() {
        bail!("python3 cannot zip {}: {}", file.display(), String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout)?.trim().parse().context("python3 told no size")
}

/// A value of the environment's deploy table in samconfig.toml.
fn configured(paths: &Paths, environment: &str, key: &str) -> anyhow::Result<Option<String>> {
    let file = paths.root.join("samconfig.toml");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let config: toml::Table =
        text.parse().with_context(|| format!("cannot understand {}", file.display()))?;
    let value = || config.get(environment)?.get("deploy")?.get("parameters")?.get(key)?.as_str();
    Ok(value().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_the_build_dates_to_the_epoch_has_a_size() {
        let file = std::env::temp_dir().join(format!("dispatch-zipped-{}", std::process::id()));
        std::fs::write(&file, [7; 100_000]).unwrap();
        let opened = std::fs::File::options().write(true).open(&file).unwrap();
        opened.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let size = zipped(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!((100..1000).contains(&size), "{size}");
        assert!(zipped(&file).unwrap_err().to_string().contains("cannot zip"));
    }
}
