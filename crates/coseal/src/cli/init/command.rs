//! The command, and what its ways share.

use std::{collections::BTreeSet, path::PathBuf};

use clap::ValueEnum;
use coseal_core::{
    exit::ExitCode,
    system::{Exposure, FILE_NAME, Impact, Resolver, Weight},
    tree::ReadError,
};
use coseal_source::{
    compare::observed,
    draft::{Answer, Answers, SystemKind},
};

use super::{diff, new, update};
use crate::{
    cli::{complain, judging::folder, output::print},
    clock,
    inspect::{Inspected, inspect},
    progress::Progress,
    render::problems,
};

/// Write a system file from what files show.
///
/// Looks through PATH for models, data, prompts, stores, tools, agents, MCP servers and services, guesses the kind of system, and writes
/// coseal.toml with these parts and the flows between them. On a terminal it asks five questions; otherwise, and
/// where you do not know, it assumes the safest and marks the line TODO(coseal). Nothing that is looked at is executed, and a
/// coseal.toml that is there is never overwritten.
///
/// --diff shows what files show and coseal.toml lacks, and the other way round; it exits with 1 if they differ. --update
/// adds what lacks and leaves every other byte as it is.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Folder of the AI system.
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Kind of system; left out: as its parts speak for.
    #[arg(long, value_enum)]
    pub(super) kind: Option<Kind>,
    /// Id of the system; left out: from the folder's name.
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// What it is for, in one sentence.
    #[arg(long, value_name = "TEXT", help_heading = "Answers")]
    pub(super) purpose: Option<String>,
    /// Who can reach it.
    #[arg(long, value_enum, value_name = "WHO", help_heading = "Answers")]
    pub(super) exposure: Option<ExposureWord>,
    /// What happens if it is wrong or hostile.
    #[arg(long, value_enum, value_name = "HOW-BAD", help_heading = "Answers")]
    pub(super) impact: Option<ImpactWord>,
    /// Whether data about people goes in.
    #[arg(long, value_enum, value_name = "CLASS", help_heading = "Answers")]
    pub(super) data: Option<DataWord>,
    /// How to reach who answers for the risk: an address of a group, mailto:, tel: or https:.
    #[arg(long, value_name = "CONTACT", value_parser = contact, help_heading = "Answers")]
    pub(super) contact: Option<String>,
    /// Ask nothing, and take the safest answer as yours where there is one.
    #[arg(long, short)]
    pub(super) yes: bool,
    /// Print the file, and write nothing.
    #[arg(long, conflicts_with = "diff")]
    pub(super) dry_run: bool,
    /// Show what files and coseal.toml do not have in common.
    #[arg(long, conflicts_with = "update")]
    diff: bool,
    /// Add to coseal.toml what files show and it lacks.
    #[arg(long)]
    update: bool,
    /// How to print the result of --diff.
    #[arg(long, value_enum, default_value = "text", requires = "diff")]
    pub(super) format: crate::cli::output::DataFormat,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// A kind of system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A model that answers from documents.
    Rag,
    /// A model that calls tools.
    Agent,
    /// A model of one's own that sorts or scores.
    Classifier,
    /// Anything else in front of a model.
    Api,
}

impl From<Kind> for SystemKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Rag => Self::Rag,
            Kind::Agent => Self::Agent,
            Kind::Classifier => Self::Classifier,
            Kind::Api => Self::Api,
        }
    }
}

/// Who can reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExposureWord {
    /// Nobody over a network.
    Offline,
    /// People and services of the organisation.
    Staff,
    /// Named other organisations.
    Partners,
    /// Anybody.
    Public,
}

impl From<ExposureWord> for Exposure {
    fn from(word: ExposureWord) -> Self {
        match word {
            ExposureWord::Offline => Self::Offline,
            ExposureWord::Staff => Self::Staff,
            ExposureWord::Partners => Self::Partners,
            ExposureWord::Public => Self::Public,
        }
    }
}

/// What happens if it is wrong or hostile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImpactWord {
    /// An annoyance.
    Low,
    /// Work or money lost, and put right.
    Medium,
    /// People harmed in rights, money or reputation.
    High,
    /// Lives, livelihoods or the organisation itself.
    Critical,
}

impl From<ImpactWord> for Impact {
    fn from(word: ImpactWord) -> Self {
        match word {
            ImpactWord::Low => Self::Low,
            ImpactWord::Medium => Self::Medium,
            ImpactWord::High => Self::High,
            ImpactWord::Critical => Self::Critical,
        }
    }
}

/// What goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DataWord {
    /// Data about people.
    Personal,
    /// Data of the organisation, none about people.
    Internal,
}

fn contact(text: &str) -> Result<String, &'static str> {
    Answers::contact(text).ok_or("write an address: mailto:, tel: or https:")
}

impl Args {
    /// What the command line answers; the rest is assumed.
    pub(super) fn answers(&self) -> Answers {
        fn answer<T>(given: Option<T>, assumed: Answer<T>) -> Answer<T> {
            given.map_or(assumed, Answer::given)
        }
        let assumed = Answers::assumed();
        Answers {
            purpose: answer(self.purpose.clone().map(Some), assumed.purpose),
            exposure: answer(self.exposure.map(Exposure::from), assumed.exposure),
            impact: answer(self.impact.map(Impact::from), assumed.impact),
            personal: answer(self.data.map(|word| word == DataWord::Personal), assumed.personal),
            contact: answer(self.contact.clone().map(Some), assumed.contact),
        }
    }
}

/// Runs it.
pub(in crate::cli) fn run(args: &Args) -> ExitCode {
    let root = folder(&args.path);
    let progress = Progress::new(args.quiet);
    let inspected = inspect(&root, clock::today(), &Resolver::default(), false, &progress);
    drop(progress);
    let inspected = match inspected {
        Ok(inspected) => inspected,
        Err(ReadError::NotRegular) => {
            complain("failed to look at PATH: it is not a folder");
            return ExitCode::Environment;
        }
        Err(error) => {
            complain(&format!("failed to look at PATH: {error}"));
            return ExitCode::Environment;
        }
    };
    let observed = observed(&inspected.facts.assets);
    match (args.diff, args.update) {
        (false, false) => new::run(args, &root, &inspected, &observed),
        _ if !inspected.facts.system_file.present => {
            complain(&format!("there is no {FILE_NAME}: coseal init writes one"));
            ExitCode::Usage
        }
        _ if invalid(&inspected) => print(
            &problems::render(&inspected.facts.system_file.problems, &inspected.system_text),
            ExitCode::InvalidSystemFile,
        ),
        (true, _) => diff::run(args, &root, &inspected, &observed),
        (_, true) => update::run(args, &root, &inspected, &observed),
    }
}

fn invalid(inspected: &Inspected) -> bool {
    let problems = &inspected.facts.system_file.problems;
    problems.iter().any(|problem| problem.weight == Weight::Error)
}

/// What was not looked at makes no answer complete.
pub(super) fn incomplete(inspected: &Inspected, code: ExitCode) -> ExitCode {
    if inspected.facts.inspection.gaps.is_empty() { code } else { code.and(ExitCode::Incomplete) }
}

/// The paths of the folder's files.
pub(super) fn files(inspected: &Inspected) -> BTreeSet<String> {
    inspected.walk.files.iter().map(|file| file.name.clone()).collect()
}
