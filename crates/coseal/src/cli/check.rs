//! `coseal check`.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use clap::ValueEnum;
use coseal_assure::{
    Assessment, assess,
    gate::{Profile, blockers},
};
use coseal_core::{
    exit::ExitCode,
    fact::Facts,
    system::{FILE_NAME, Resolver, Weight},
    tree::{ReadError, read_text},
};
use jiff::civil::Date;

use super::{
    complain,
    output::{Format, Threshold, print, width},
};
use crate::{
    clock,
    inspect::{Inspected, inspect},
    progress::Progress,
    registry,
    render::{json, problems, sarif, text},
};

/// Judge an AI system against the 17 guidelines.
///
/// Reads `coseal.toml` in PATH, looks at what is really there, runs every check that needs nothing but files, gives one verdict for
/// each guideline and says what to do next. A folder without a system file is judged as far as can be seen.
/// Nothing that is inspected is executed, and nothing is written.
///
/// States: pass, partial, fail, not-applicable (a fact of the system file says so), stale (the evidence is too old) and unknown
/// (no evidence). Stale and unknown never count as pass.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the AI system, or its coseal.toml.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Judge as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Fail unless every must-check that applies is known and does not fail. `merge`: those that files can
    /// answer; `local`: all; `release`: all, on evidence that trusted keys signed.
    #[arg(long, value_enum, value_name = "PROFILE", num_args = 0..=1, default_missing_value = "local")]
    gate: Option<Gate>,
    /// Exit with 1 from findings of this severity.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "medium")]
    fail_on: Threshold,
    /// File that says where assets outside the folder are on this machine (usually coseal.local.toml): a table
    /// [local] with lines "kind.id" = "path".
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
    /// Hash every asset, not only the first 256 MB.
    #[arg(long)]
    full: bool,
    /// List every check with its state and reason.
    #[arg(long, short)]
    verbose: bool,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// What a gate asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Gate {
    /// Must-checks that files can answer.
    Merge,
    /// All must-checks, on any evidence.
    Local,
    /// All must-checks, on evidence of the best grade that their kind allows.
    Release,
}

impl Gate {
    const fn profile(self) -> Profile {
        match self {
            Self::Merge => Profile::Merge,
            Self::Local => Profile::Local,
            Self::Release => Profile::Release,
        }
    }
}

pub(super) fn run(args: &Args) -> ExitCode {
    let started = Instant::now();
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let root = match args.path.file_name() {
        Some(name) if name == FILE_NAME && args.path.is_file() => {
            args.path.parent().map(PathBuf::from).unwrap_or_default()
        }
        _ => args.path.clone(),
    };
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let resolver = match args.local.as_deref().map(read_resolver).transpose() {
        Ok(resolver) => resolver.unwrap_or_default(),
        Err(why) => {
            complain(&format!("failed to read the file of --local: {why}"));
            return ExitCode::Environment;
        }
    };
    let progress = Progress::new(args.quiet);
    let inspected = match inspect(&root, as_of, &resolver, args.full, &progress) {
        Ok(inspected) => inspected,
        Err(error) => {
            match error {
                ReadError::NotRegular => complain(
                    "failed to look at PATH: it is not a folder; for a model file use coseal scan",
                ),
                error => complain(&format!("failed to look at PATH: {error}")),
            }
            return ExitCode::Environment;
        }
    };
    drop(progress);
    let Inspected { facts, system_text } = &inspected;
    let assessment = assess(&registry::checks(), facts);
    let code = exit_code(args, facts, &assessment);
    let result = match args.format {
        Format::Json => json::check(facts, &assessment, code),
        Format::Sarif => sarif::check(&assessment, code),
        Format::Text if code == ExitCode::InvalidSystemFile => {
            problems::render(&facts.system_file.problems, system_text)
        }
        Format::Text => {
            let shown = text::Shown {
                width: width(),
                verbose: args.verbose,
                gate: args.gate.map(Gate::profile),
                elapsed: started.elapsed(),
            };
            text::check(facts, &assessment, &shown)
        }
    };
    print(&result, code)
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write a day as YYYY-MM-DD")
}

fn read_resolver(path: &Path) -> Result<Resolver, String> {
    let text = read_text(path).map_err(|error| error.to_string())?;
    Resolver::read(&text)
}

fn exit_code(args: &Args, facts: &Facts, assessment: &Assessment) -> ExitCode {
    let mut code = ExitCode::Clean;
    if facts.system_file.problems.iter().any(|problem| problem.weight == Weight::Error) {
        code = code.and(ExitCode::InvalidSystemFile);
    }
    if assessment.findings().iter().any(|(_, finding)| args.fail_on.is_reached_by(finding.severity))
    {
        code = code.and(ExitCode::Findings);
    }
    if args.gate.is_some_and(|gate| !blockers(assessment, gate.profile()).is_empty()) {
        code = code.and(ExitCode::Findings);
    }
    let unread = !facts.inspection.gaps.is_empty();
    let unjudged =
        facts.artefacts.values().any(|artefact| artefact.exit_code() == ExitCode::Incomplete);
    if unread || unjudged {
        code = code.and(ExitCode::Incomplete);
    }
    code
}
