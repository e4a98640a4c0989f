//! `coseal evidence`: one file a subcommand.

mod export;
mod key;
mod list;
mod of;
mod prove;
mod schedule;
mod show;
mod sync;
mod verify;

use clap::Subcommand;
use coseal_core::exit::ExitCode;

/// Keep, show, move and verify evidence.
///
/// Evidence is what `coseal check --record` signs: every outcome of every run, one record each, in a log that only grows.
/// Each writer has a log of its own (a C2SP tlog-tiles log), so that copies merge by taking the longer one. Whoever has the
/// public key of a log can verify it with tools that are not coseal's.
///
/// Who signed is proven only by a trust root (--trust FILE) from outside the folder that is judged: without one a log is
/// "consistent, signer unproven".
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Key(key::Args),
    List(list::Args),
    Show(show::Args),
    Verify(verify::Args),
    Prove(prove::Args),
    Export(export::Args),
    Push(sync::PushArgs),
    Pull(sync::PullArgs),
    Schedule(schedule::Args),
}

pub(super) fn run(args: &Args) -> ExitCode {
    match &args.command {
        Command::Key(args) => key::run(args),
        Command::List(args) => list::run(args),
        Command::Show(args) => show::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Prove(args) => prove::run(args),
        Command::Export(args) => export::run(args),
        Command::Push(args) => sync::push(args),
        Command::Pull(args) => sync::pull(args),
        Command::Schedule(args) => schedule::run(args),
    }
}
