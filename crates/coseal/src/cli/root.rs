//! `coseal` itself.

use std::io::Write as _;

use clap::{
    ColorChoice, Command as Clap, CommandFactory as _, FromArgMatches as _, Parser, Subcommand,
    error::ErrorKind,
};
use coseal_core::exit::ExitCode;

use super::{
    assets, check, completions, convert, decide, evidence, explain, guide, impact, init, man,
    output, report, scan, threats,
};

/// Secure AI systems, shown and not said.
///
/// coseal judges an AI system against the 17 Guidelines for Secure AI System
/// Development: it reads what is really there, says what it looked at and what to
/// do next. It works offline, needs no account and executes nothing that it inspects.
/// It writes nothing into it but the system file, the register and the decisions that you ask for.
#[derive(Debug, Parser)]
#[command(name = "coseal", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0   nothing found at or above the threshold, every file in scope read
  1   findings at or above the threshold, or a gate that did not open
  2   the command line is wrong
  3   the system file is invalid
  4   the environment failed (a folder that can't be read)
  5   the integrity of coseal's own records is broken
  6   something in scope could not be read or judged; never the same as clean
  70  a bug of ours
When several hold: 70, 3, 5, 4, 1, 6.";

#[derive(Debug, Subcommand)]
enum Command {
    Init(Box<init::Args>),
    Check(Box<check::Args>),
    Threats(Box<threats::Args>),
    Decide(Box<decide::Args>),
    Scan(Box<scan::Args>),
    Convert(convert::Args),
    Assets(Box<assets::Args>),
    Report(Box<report::Args>),
    Evidence(evidence::Args),
    Impact(impact::Args),
    Explain(explain::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the command line and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => {
            tell(&error);
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::Clean,
                _ => ExitCode::Usage,
            };
        }
    };
    cli.color_choice().write_global();
    match cli.command {
        Command::Init(args) => init::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Threats(args) => threats::run(&args),
        Command::Decide(args) => decide::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Assets(args) => assets::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Evidence(args) => evidence::run(&args),
        Command::Impact(args) => impact::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// The command line, with all that help says of it, for so many columns.
#[must_use]
pub fn command(width: usize) -> Clap {
    guide::taught(Cli::command().bin_name("coseal"), width)
}

/// Prints help, or what is wrong with the command line. A reader that went away is not our failure.
fn tell(error: &clap::Error) {
    if let Some(choice) = color_asked(std::env::args()) {
        choice.write_global();
    }
    let text = error.render();
    if error.use_stderr() {
        drop(write!(anstream::stderr(), "{}", text.ansi()));
    } else {
        drop(write!(anstream::stdout(), "{}", text.ansi()));
    }
}

/// What `--color` asks for on a command line that was not parsed to its end.
fn color_asked(arguments: impl Iterator<Item = String>) -> Option<anstream::ColorChoice> {
    let mut before = String::new();
    for argument in arguments {
        let value =
            argument.strip_prefix("--color=").or((before == "--color").then_some(&argument));
        match value {
            Some("always") => return Some(anstream::ColorChoice::Always),
            Some("never") => return Some(anstream::ColorChoice::Never),
            _ => before = argument,
        }
    }
    None
}

/// Whether there is a command of that name.
pub(crate) fn has(name: &str) -> bool {
    Cli::command().find_subcommand(name).is_some()
}

fn parse() -> Result<Cli, clap::Error> {
    let mut command = command(output::width().min(100));
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

impl Cli {
    fn color_choice(&self) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
    }
}

/// Says on standard error what went wrong.
pub fn complain(what: &str) {
    let mut to = anstream::stderr();
    drop(writeln!(to, "coseal: {what}"));
}
