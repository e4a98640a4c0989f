//! `coseal` itself.

use std::io::Write as _;

use clap::{ColorChoice, Parser, Subcommand, error::ErrorKind};
use coseal_core::exit::ExitCode;

use super::{assets, check, completions, decide, evidence, explain, impact, init, scan};

/// Secure AI systems, shown and not said.
///
/// coseal judges an AI system against the 17 Guidelines for Secure AI System
/// Development: it reads what is really there, says what it looked at and what to
/// do next. It works offline, needs no account and executes nothing that it inspects.
/// It writes nothing into it but the system file, the register and the decisions that you ask for.
///
/// Design    init: write a system file from what files show
///           check: judge a system against the 17 guidelines
///           decide: write down a decision of a person, and sign it
/// Develop   scan: is this model file safe to load?
///           assets: what a system is made of, and the register of its digests
/// Always    evidence: what is on record, and whether it is as it was written
///           impact: what would go stale if a file or element changed
///           explain: what a check asks, why, and how to put it right
#[derive(Debug, Parser)]
#[command(name = "coseal", version, max_term_width = 100, verbatim_doc_comment, after_help = EXIT_CODES)]
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
    Decide(Box<decide::Args>),
    Scan(scan::Args),
    Assets(Box<assets::Args>),
    Evidence(evidence::Args),
    Impact(impact::Args),
    Explain(explain::Args),
    Completions(completions::Args),
}

/// Runs the command line and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A reader that went away is not our failure.
            drop(error.print());
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
        Command::Decide(args) => decide::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Assets(args) => assets::run(&args),
        Command::Evidence(args) => evidence::run(&args),
        Command::Impact(args) => impact::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
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
