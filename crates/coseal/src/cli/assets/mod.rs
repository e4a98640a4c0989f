//! `coseal assets`: what the system is made of, and the register of it.

mod list;
mod lock;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use coseal_core::{exit::ExitCode, system::Weight};

use super::{
    complain,
    judging::{folder, read_resolver},
};
use crate::{
    cache::FileCache,
    clock,
    inspect::{Inspected, inspect_cached},
    progress::Progress,
};

/// List what an AI system is made of: models, data, prompts, tools, services.
///
/// Shows each asset that files show or the system file declares, one line an asset: its name, where it stands (path and
/// line), whether its name always means the same bytes (pinned, moves, or ?), how sure it is that it is there, and whether its
/// digest is registered. Nothing is executed and nothing is written.
///
/// `coseal assets lock` writes the digests to `coseal.lock`, the register that `coseal check` compares with. Commit that file, and
/// review a change of it as you would review the change of the model or prompt itself.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: list::List,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lock(lock::Args),
}

/// Options of both.
#[derive(Debug, clap::Args)]
struct Place {
    /// Folder of the AI system, or its coseal.toml.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// File that says where assets outside the folder are on this machine (usually coseal.local.toml).
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
    /// Keep no digests of large files in the user's cache folder, and use none.
    #[arg(long)]
    no_cache: bool,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let done = match &args.command {
        Some(Command::Lock(args)) => lock::run(args),
        None => list::run(&args.list),
    };
    done.unwrap_or_else(|refused| refused)
}

impl Place {
    fn root(&self) -> PathBuf {
        folder(&self.path)
    }

    /// The facts of the folder; what went wrong has been said.
    fn inspect(&self, root: &Path, full: bool) -> Result<Inspected, ExitCode> {
        let resolver = self.local.as_deref().map(read_resolver).transpose().map_err(|why| {
            complain(&format!("failed to read the file of --local: {why}"));
            ExitCode::Environment
        })?;
        let progress = Progress::new(self.quiet);
        let resolver = resolver.unwrap_or_default();
        let mut cache = FileCache::open(!self.no_cache, root);
        let today = clock::today();
        let inspected = inspect_cached(root, today, &resolver, full, &mut cache, &progress);
        cache.save();
        let inspected = inspected.map_err(|error| {
            complain(&format!("failed to look at PATH: {error}"));
            ExitCode::Environment
        })?;
        let problems = &inspected.facts.system_file.problems;
        if problems.iter().any(|problem| problem.weight == Weight::Error) {
            complain("the system file has errors; coseal check shows them");
            return Err(ExitCode::InvalidSystemFile);
        }
        Ok(inspected)
    }
}
