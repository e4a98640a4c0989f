//! `coseal completions`.

use clap_complete::{Shell, generate};
use coseal_core::exit::ExitCode;

use super::{command, output::print};

/// Print completions for a shell: bash, zsh, fish, powershell or elvish.
///
/// The examples say where each shell looks for them. Start the shell anew afterwards.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut script = Vec::new();
    generate(args.shell, &mut command(100), "coseal", &mut script);
    print(&String::from_utf8_lossy(&script), ExitCode::Clean)
}
