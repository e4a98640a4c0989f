//! `coseal completions`.

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};
use coseal_core::exit::ExitCode;

use super::{Cli, output::print};

/// Print completions for a shell.
///
/// For bash: coseal completions bash > ~/.local/share/bash-completion/completions/coseal
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "coseal", &mut script);
    print(&String::from_utf8_lossy(&script), ExitCode::Clean)
}
