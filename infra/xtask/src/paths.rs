//! Where things are: the repository, the build products, and `.dispatch`, the folder for all local state.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The folders a command works with.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    /// The repository's root.
    pub(crate) root: PathBuf,
    /// `.dispatch` in the root: tools, shared by all local stacks.
    pub(crate) tools: PathBuf,
    /// The state of this stack (`.dispatch` unless the caller chose another folder).
    pub(crate) state: PathBuf,
}

impl Paths {
    /// The repository this xtask was started from, with `state` (or `.dispatch`) as the state folder, which is created.
    pub(crate) fn new(state: Option<&Path>) -> anyhow::Result<Self> {
        // `cargo run` names the package at run time; the compiled-in path would be wrong in a moved checkout.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root =
            package.ancestors().nth(2).context("infra/xtask must be two folders below the root")?.to_owned();
        let tools = root.join(".dispatch");
        let state = state.map_or_else(|| tools.clone(), |state| root.join(state));
        for folder in [&tools, &state, &state.join("logs")] {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        Ok(Self { root, tools, state })
    }

    /// Where a child's output goes.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.state.join("logs").join(format!("{name}.log"))
    }

    /// A path as a person in the root would type it.
    pub(crate) fn show<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
