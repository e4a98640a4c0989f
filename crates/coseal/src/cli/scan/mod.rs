//! `coseal scan`.

mod gather;

use std::{num::NonZero, path::PathBuf};

use coseal_core::exit::ExitCode;
use coseal_scan::parallel;

use self::gather::How;
pub(crate) use self::gather::Scanned;
use super::output::{Format, print, width};
use crate::{
    progress::Progress,
    render::{json, sarif, scan_text},
};

/// Is this model file safe to load?
///
/// Says of each file what loading it would do, without ever loading it: one line a file. A folder is searched for model files by
/// their content. No system file is needed.
///
/// clean: all that a loader interprets was looked at, and does only what the policy allows. unknown: it runs code, or
/// has an effect, that the policy does not know. malicious: it reaches an effect known to be dangerous. malformed: it is
/// broken or lies about its structure. undecided: nothing bad was found, and not everything was looked at.
///
/// Exit codes: 0 all clean and complete, 1 malicious or unknown, 6 malformed or undecided, 4 a path that can't be
/// read; when several hold: 4, 1, 6.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Show every finding, what was measured and which bytes were looked at.
    #[arg(long)]
    explain: bool,
    /// Read and hash every byte too.
    #[arg(long)]
    full: bool,
    /// Files looked at at a time, 32 at most; as many as there are cores unless given. The result is the same.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let progress = Progress::new(args.quiet);
    let workers = args.jobs.map_or_else(parallel::workers, NonZero::get);
    let how = How { full: args.full, workers, progress: &progress };
    let (scanned, unread) = gather::gather(&args.paths, &how);
    drop(progress);
    let mut code = if unread { ExitCode::Environment } else { ExitCode::Clean };
    if !scanned.gaps.is_empty() {
        code = code.and(ExitCode::Incomplete);
    }
    code =
        scanned.artefacts.iter().fold(code, |code, (artefact, _)| code.and(artefact.exit_code()));
    let result = match args.format {
        Format::Json => json::scan(&scanned, code),
        Format::Sarif => sarif::scan(&scanned, code),
        Format::Text => scan_text::scan(&scanned, args.explain, width()),
    };
    print(&result, code)
}
