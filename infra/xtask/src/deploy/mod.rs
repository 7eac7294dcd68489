//! `cargo xtask deploy`: build, `sam deploy`, the board's files, a look whether it works. Roll-back and everything around
//! it: docs/operations.md.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::Value;
use tokio::process::Command;

use self::plan::{Outputs, Step, after, before, prepared};
use crate::artifact::{LARGEST, Weight};
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
    /// Build only migrate, by SAM's own method for Rust in place of the Makefile: shows that the packages suit it.
    #[arg(long)]
    rust_cargolambda: bool,
}

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
    if options.rust_cargolambda {
        return by_rust_cargolambda(&paths, options.dry_run).await;
    }
    if options.dry_run {
        let (first, last) = (prepared(), after(&stack, &Outputs::placeholders()));
        let all: Vec<String> = first.iter().chain(&steps).chain(&last).map(Step::show).collect();
        println!("{}", all.join("\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let processes = Processes::new(&paths);
    let progress = Steps::new(&processes);
    let runner = Runner::new(&paths, &processes, &progress).await?;
    progress.step("board", build::board(&paths, &processes)).await?;
    let (build, deploy) = steps.split_first().context("there is a build")?;
    runner.run(build).await?;
    sizes(&paths).await?;
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

/// Builds one function as infra/build/rust-cargolambda.yaml says.
async fn by_rust_cargolambda(paths: &Paths, dry_run: bool) -> anyhow::Result<ExitCode> {
    let build = plan::by_rust_cargolambda();
    if dry_run {
        println!("{}", build.show());
        return Ok(ExitCode::SUCCESS);
    }
    let processes = Processes::new(paths);
    Runner::new(paths, &processes, &Steps::new(&processes)).await?.run(&build).await?;
    println!(
        "  Migrate{}",
        Weight::of(&paths.root.join(plan::BY_RUST_CARGOLAMBDA).join("Migrate/bootstrap")).await?
    );
    Ok(ExitCode::SUCCESS)
}

struct Runner {
    paths: Paths,
    path: std::ffi::OsString,
}

impl Runner {
    /// Installs the programs of the steps, which come before a person's own: cargo-lambda asks the first Python of the
    /// path for zig, so that of the tools is first.
    async fn new(paths: &Paths, processes: &Processes, progress: &Steps) -> anyhow::Result<Self> {
        progress.step("prerequisites", build::prerequisites()).await?;
        let sam = progress.step("SAM", python::SAM.install(paths, processes)).await?;
        let tools = progress.step("other tools", python::DEPLOY.install(paths, processes)).await?;
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([tools, sam].into_iter().chain(std::env::split_paths(&rest)))?;
        Ok(Self { paths: paths.clone(), path })
    }

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

/// Prints what each function weighs.
async fn sizes(paths: &Paths) -> anyhow::Result<()> {
    let template = tidy::template::read(tidy::template::TEMPLATE);
    let mut large = Vec::new();
    println!("\nartifacts (at most {LARGEST} MB zipped)");
    for function in tidy::template::functions(&template) {
        let weight =
            Weight::of(&paths.root.join(".aws-sam/build").join(&function.id).join("bootstrap")).await?;
        println!("  {:<16}{weight}", function.id);
        if weight.zipped > LARGEST {
            large.push(format!("`cargo tree -p {}`", function.package()));
        }
    }
    if !large.is_empty() {
        bail!("larger than it may be; what is in it says {}", large.join(", "));
    }
    Ok(())
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
