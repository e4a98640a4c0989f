//! `coseal threats`.

mod blast;
mod diff;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use coseal_assure::{Assessment, assess, decision::answered};
use coseal_core::{
    exit::ExitCode,
    fact::Facts,
    finding::Severity,
    nearest::nearest,
    system::{self, FILE_NAME, System, Weight},
    tree::{ReadError, Tree},
};
use coseal_design::{
    diagram::{View, dot, mermaid},
    threat::ThreatModel,
};
use jiff::civil::Date;

use super::{
    complain,
    judging::{Failed, Look, day, folder, read_back},
    output::{print, width},
};
use crate::{
    clock,
    places::Places,
    registry,
    render::{problems, threats_json, threats_text},
};

/// What can go wrong with this system, and what stands against it?
///
/// The system file says what passes from whom to what. From that follow the threats: a path on which a stranger's words reach a tool, a file that acts when it
/// is loaded, a store that several customers share. Each is named by its rule and the ends of its path, so that it keeps its name when things are renamed. A class of threats
/// in which nothing is found says which fact excludes it.
///
/// A threat is open until somebody answers it (coseal decide threat). One that is said to be mitigated is verified while every check of its controls passes, broken
/// when one fails, and claimed otherwise. An answer counts for the facts that it was given for: when these change, the threat is open again.
///
/// Exit codes: 0 answered, or nothing open at or above --open; 1 something is; 2 there is no threat of that id; 3 the system file is invalid or missing; 4 a path that can't be read; 5 the
/// evidence on record is not intact.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    other: Option<Other>,
    /// Folder of the AI system, or its coseal.toml.
    #[arg(value_name = "PATH", default_value = ".")]
    folder: PathBuf,
    /// Show one threat, by its id: its path with the lines of the system file, and what would show that it is mitigated.
    #[arg(long, value_name = "ID")]
    path: Option<String>,
    /// Exit with 1 while a threat of this severity or a worse one is open or broken.
    #[arg(long, value_name = "SEVERITY", value_enum)]
    open: Option<Least>,
    /// Judge as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Drawn,
    #[command(flatten)]
    places: Places,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// What else is told of threats.
#[derive(Debug, clap::Subcommand)]
enum Other {
    Diff(diff::Args),
    Blast(blast::Args),
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on a terminal.
    Text,
    /// JSON, by a published schema.
    Json,
}

/// How the threats of a system are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Drawn {
    /// For people, on a terminal.
    Text,
    /// JSON, by a published schema.
    Json,
    /// The data-flow diagram for Graphviz, with the number of threats that end at each element.
    Dot,
    /// The same as a Mermaid flowchart.
    Mermaid,
}

/// The least severity that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Least {
    /// Every threat.
    Low,
    /// To be put right in the ordinary course of work, or worse.
    Medium,
    /// To be put right before the next release, or worse.
    High,
    /// The system should not run like this.
    Critical,
}

impl Least {
    const fn severity(self) -> Severity {
        match self {
            Self::Low => Severity::Note,
            Self::Medium => Severity::Medium,
            Self::High => Severity::High,
            Self::Critical => Severity::Critical,
        }
    }
}

pub(super) fn run(args: &Args) -> ExitCode {
    let answered = match &args.other {
        None => answer(args),
        Some(Other::Diff(args)) => diff::answer(args),
        Some(Other::Blast(args)) => blast::answer(args),
    };
    match answered {
        Ok((text, code)) => print(&text, code),
        Err((why, code)) => {
            complain(&why);
            code
        }
    }
}

fn answer(args: &Args) -> Result<(String, ExitCode), Failed> {
    let look = Look {
        path: &args.folder,
        as_of: args.as_of.unwrap_or_else(clock::today),
        local: None,
        full: false,
        cache: true,
        quiet: args.quiet,
    };
    let (root, mut inspected) = look.run()?;
    let read = read_back(&args.places, &root, None, &mut inspected)?;
    if let Some((mut evidence, _)) = read {
        inspected.facts.recorded = std::mem::take(&mut evidence.recorded);
    }
    let problems = &inspected.facts.system_file.problems;
    if problems.iter().any(|problem| problem.weight == Weight::Error) {
        let text = problems::render(problems, &inspected.system_text);
        return Ok((text, ExitCode::InvalidSystemFile));
    }
    let Some(system) = &inspected.facts.system else {
        let why = "there is no system file, and threats follow from it; write one: coseal init";
        return Err((why.to_owned(), ExitCode::InvalidSystemFile));
    };
    let assessment = assess(&registry::checks(), &inspected.facts);
    let told = told(system, &inspected.facts, &assessment);
    let code = told.code(args.open);
    let one = args.path.as_deref().map(|id| one(&told, id)).transpose()?;
    let view = || View::of(system, &told.model);
    let text = match (args.format, one) {
        (Drawn::Text, Some(at)) => {
            threats_text::path(&told, at, &inspected.facts, &assessment, width())
        }
        (Drawn::Text, None) => threats_text::render(&told, system, width()),
        (Drawn::Json, at) => threats_json::render(&told, at, &inspected.facts, code),
        (Drawn::Dot, _) => dot(&view()),
        (Drawn::Mermaid, _) => mermaid(&view()),
    };
    Ok((text, code))
}

fn told(system: &System, facts: &Facts, assessment: &Assessment) -> threats_text::Told {
    let model = ThreatModel::of(system);
    let state = |check: &str| {
        let judged = assessment.check(check)?;
        judged.implemented.then_some(judged.outcome.state)
    };
    let answers = (model.threats.iter())
        .map(|threat| answered(&threat.id, threat.digest, facts, &state))
        .collect();
    threats_text::Told { model, answers }
}

impl threats_text::Told {
    fn code(&self, least: Option<Least>) -> ExitCode {
        let Some(least) = least.map(Least::severity) else { return ExitCode::Clean };
        let open = self.threats().any(|(threat, answered)| {
            threat.rating.severity >= least && threats_text::wants_work(answered.answer)
        });
        if open { ExitCode::Findings } else { ExitCode::Clean }
    }
}

/// The system that a folder or its system file describes.
fn described(path: &Path) -> Result<System, Failed> {
    let read = Tree::open(&folder(path)).and_then(|tree| tree.text(FILE_NAME));
    let text = read.map_err(|error| match error {
        ReadError::Absent => (
            "there is no system file; write one: coseal init".to_owned(),
            ExitCode::InvalidSystemFile,
        ),
        error => (format!("failed to read the system file: {error}"), ExitCode::Environment),
    })?;
    system::read(&text).system.ok_or_else(|| {
        let why = "the system file has errors; coseal check shows them";
        (why.to_owned(), ExitCode::InvalidSystemFile)
    })
}

/// The threat that an id names.
fn one(told: &threats_text::Told, id: &str) -> Result<usize, Failed> {
    told.model.threats.iter().position(|threat| threat.id == id).ok_or_else(|| {
        let known = told.model.threats.iter().map(|threat| threat.id.as_str());
        let hint = nearest(id, known).map_or_else(
            || "coseal threats lists those that there are".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        (format!("there is no threat of that id; {hint}"), ExitCode::Usage)
    })
}
