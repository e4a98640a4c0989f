//! `coseal threats diff`.

use std::path::PathBuf;

use coseal_core::exit::ExitCode;
use coseal_design::{diff::Diff, threat::ThreatModel};

use super::{Format, Least, described};
use crate::{
    cli::{judging::Failed, output::width},
    render::{threats_json, threats_text},
};

/// What does a change of the system file do to its threats?
///
/// New ones, ones that come about by other facts than before (their answers are asked for again), and ones that are closed. For a pull request: OLD is the file of the branch that it goes to.
///
/// Exit codes: 0 no threat is new or changed at or above --fail-on; 1 one is; 3 a system file is invalid or missing; 4 a path that can't be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the AI system, or its coseal.toml, as it was.
    old: PathBuf,
    /// The same as it is.
    #[arg(default_value = ".")]
    new: PathBuf,
    /// Exit with 1 if a threat of this severity or a worse one is new or changed.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value = "low")]
    fail_on: Least,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn answer(args: &Args) -> Result<(String, ExitCode), Failed> {
    let (old, new) = (described(&args.old)?, described(&args.new)?);
    let diff = Diff::between(&ThreatModel::of(&old), &ThreatModel::of(&new));
    let least = args.fail_on.severity();
    let worse = diff.new.iter().chain(diff.changed.iter().map(|changed| &changed.after));
    let code = if worse.into_iter().any(|threat| threat.rating.severity >= least) {
        ExitCode::Findings
    } else {
        ExitCode::Clean
    };
    let text = match args.format {
        Format::Text => threats_text::diff(&diff, width()),
        Format::Json => threats_json::diff(&new, &diff, code),
    };
    Ok((text, code))
}
