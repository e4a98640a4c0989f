//! `coseal scan`.

mod around;
mod cached;
mod gather;
mod pattern;
pub(super) mod policy;
mod source;
mod standard_input;

use std::path::PathBuf;

use clap::ValueEnum;
use coseal_core::exit::ExitCode;
use coseal_scan::parallel;
use coseal_source::secrets::masked;

use self::gather::How;
pub(crate) use self::gather::Scanned;
use super::{
    complain,
    output::{print, width},
};
use crate::{
    clock,
    progress::Progress,
    render::{json, sarif, scan_cyclonedx, scan_guard, scan_junit, scan_text},
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
/// Exit codes: 0 all clean and complete, 1 malicious or unknown, 6 malformed, undecided or a part of a folder that can't be read,
/// 4 a path that was named and can't be read; when several hold: 4, 1, 6. A folder without a model file ends with 0; with
/// --pre-load it ends with 6.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, folders or patterns such as `'models/**/*.pt'`; `-` for standard input; `hf://OWNER/NAME[@REVISION]` for a
    /// snapshot in the Hugging Face cache on this machine; `https://…` or `s3://BUCKET/KEY`, of which only what is needed is
    /// fetched, in a build with `--features bucket`. No network is used for anything else.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// What standard input is called: a suffix tells formats without a magic number.
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_name: String,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Say of every finding what loading would do, why that matters and what to do; what was measured, and which bytes were looked
    /// at. Only as text: the other formats hold all of it anyway.
    #[arg(long)]
    explain: bool,
    /// Judge by this file, too: what else pickles may use, which formats, sizes and places are allowed. Without it no policy is
    /// looked for.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Guard a load: say nothing and end with 0 only if everything is clean and complete, else one line a file on standard
    /// error.
    #[arg(long, conflicts_with_all = ["explain", "format"])]
    pre_load: bool,
    /// Read and hash every byte too.
    #[arg(long)]
    full: bool,
    /// Files looked at at a time, 1 to 32; as many as there are cores unless given. The result is the same.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=32))]
    jobs: Option<u8>,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// How a scan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on a terminal.
    Text,
    /// JSON, by a published schema.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// CycloneDX 1.6: a bill of materials with verdicts and digests.
    Cyclonedx,
    /// JUnit XML: a test case a file.
    Junit,
}

pub(super) fn run(args: &Args) -> ExitCode {
    if args.explain && args.format != Format::Text {
        complain("--explain is for text; the other formats hold all of it without it");
        return ExitCode::Usage;
    }
    let own = match policy::read(args.policy.as_deref()) {
        Ok(own) => own,
        Err(why) => {
            complain(&why);
            return ExitCode::Usage;
        }
    };
    let progress = Progress::new(args.quiet || args.pre_load);
    let workers = args.jobs.map_or_else(parallel::workers, usize::from);
    let full = args.full || args.format == Format::Cyclonedx;
    let (stdin_name, policy) = (args.stdin_name.as_str(), own.policy);
    let how = How { full, workers, stdin_name, progress: &progress, policy };
    let (mut scanned, unread) = gather::gather(&args.paths, &how);
    drop(progress);
    scanned.policy = own.digest;
    let mut code = if unread { ExitCode::Environment } else { ExitCode::Clean };
    if !scanned.gaps.is_empty() {
        code = code.and(ExitCode::Incomplete);
    }
    code =
        scanned.artefacts.iter().fold(code, |code, (artefact, _)| code.and(artefact.exit_code()));
    if args.pre_load { guarded(&scanned, code) } else { printed(&scanned, args, code) }
}

fn printed(scanned: &Scanned, args: &Args, code: ExitCode) -> ExitCode {
    let result = match args.format {
        Format::Json => json::scan(scanned, code),
        Format::Sarif => sarif::scan(scanned, code),
        Format::Cyclonedx => scan_cyclonedx::scan(scanned, code),
        Format::Junit => match scan_junit::scan(scanned, clock::today()) {
            Ok(result) => result,
            Err(_) => return ExitCode::Bug,
        },
        Format::Text => scan_text::scan(scanned, args.explain, width()),
    };
    print(&result, code)
}

/// Before a load: what was not found is not clean either.
fn guarded(scanned: &Scanned, code: ExitCode) -> ExitCode {
    let refusals = scan_guard::refusals(scanned);
    refusals.iter().for_each(|refusal| complain(&masked(refusal)));
    if refusals.is_empty() { code } else { code.and(ExitCode::Incomplete) }
}
