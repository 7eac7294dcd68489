//! Agents of three kinds come in by the public door: a harness with the official MCP client, a person with the commands
//! of `docs/agents.md`, and the reference agent.

use anyhow::{Context as _, ensure};
use tokio::process::Command;

use super::live::Live;
use crate::paths::Paths;
use crate::process::output;
use crate::up::{self, python};

const REPOSITORY: &str = "agents/work";

/// Each of them works, and what it says it did has happened.
///
/// # Errors
/// One of them could not.
pub(super) async fn check(live: &Live<'_>, stack: &up::Stack, paths: &Paths) -> anyhow::Result<String> {
    live.repository(REPOSITORY, 16).await?;
    mcp(live, stack, paths).await.context("infra/mcp_client.py")?;
    documented(live, stack, paths).await.context("the commands of docs/agents.md")?;
    reference(live, stack).await?;
    live.converged(REPOSITORY).await?;
    Ok("an MCP client, docs/agents.md and the reference agent work".to_owned())
}

/// The official client for Python, from nothing to a completed claim, and racing itself.
async fn mcp(live: &Live<'_>, stack: &up::Stack, paths: &Paths) -> anyhow::Result<()> {
    let (bin, _) = python::MCP.install(paths, live.processes).await?;
    let mut client = Command::new(bin.join("python"));
    client
        .arg(paths.root.join("infra/mcp_client.py"))
        .env_clear()
        .envs(stack.settings.iter())
        .env("BASE", &live.base)
        .env("REPO", REPOSITORY);
    live.processes.run("mcp", client).await
}

/// Every command of the page, verbatim and in one shell, as the page says.
async fn documented(live: &Live<'_>, stack: &up::Stack, paths: &Paths) -> anyhow::Result<()> {
    let page = std::fs::read_to_string(paths.root.join("docs/agents.md"))?;
    let file = paths.state.join("docs-agents.sh");
    std::fs::write(&file, format!("set -euo pipefail\n{}\n", commands(&page).join("\n")))?;
    let mut bash = Command::new("bash");
    bash.arg(&file).env_clear().envs(stack.settings.iter()).env("BASE", &live.base).current_dir(&paths.root);
    live.processes.run("docs", bash).await?;
    let ends = "select count(distinct end_reason) from claim where agent = 'docs-agent' and state = 'ended'";
    ensure!(live.count(ends).await? == 4, "the page ends claims in all four ways");
    Ok(())
}

/// The blocks of a page that are commands.
fn commands(page: &str) -> Vec<&str> {
    let blocks = page.split("\n```sh\n").skip(1);
    blocks.map(|block| block.split("\n```").next().unwrap_or_default()).collect()
}

/// It completes what it is asked to, although some of its agents die, and each issue has one pull request.
async fn reference(live: &Live<'_>, stack: &up::Stack) -> anyhow::Result<()> {
    let mut command = up::agents::command(&stack.programs, &live.base, &stack.settings);
    command.args(["--agents", "3", "--issues", "5", "--seconds", "120", "--pace", "0.2"]);
    command.args(["--kill-rate", "0.4", "--restart-after", "1", "--names", "ref-a,ref-b,ref-c"]);
    let said = output(command).await?;
    ensure!(said.contains(" 5 completed "), "the reference agent did not complete five issues:\n{said}");
    ensure!(!said.contains(" 0 killed"), "nobody died, so that nothing was shown:\n{said}");
    let doubled = "select count(*) from (select head_ref from pull_request where state = 'open'
                   and head_ref like 'dispatch/%' group by repository_id, head_ref having count(*) > 1) twice";
    ensure!(live.count(doubled).await? == 0, "one issue has two pull requests");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_block_is_found() {
        let page = include_str!("../../../../../docs/agents.md");
        let found = commands(page);
        assert_eq!(found.len(), page.matches("\n```sh").count(), "each block ends");
        assert!(found.len() > 5 && found.iter().all(|block| !block.trim().is_empty()), "{found:?}");
        assert_eq!(commands("a\n```sh\nx\ny\n```\nb\n```text\nno\n```\n"), ["x\ny"]);
    }
}
