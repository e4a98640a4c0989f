//! `coseal report`.

use std::{
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use coseal_assure::{
    assess,
    evidence::disk::put,
    report::{Report, ReportState, Sources, write},
};
use coseal_core::{
    crosswalk::{Framework, crosswalk},
    exit::ExitCode,
    plain::plain,
    system::Weight,
    tree::{ReadError, read_text},
};
use coseal_source::secrets::masked;
use jiff::civil::Date;

use super::{
    complain,
    judging::{Failed, Look, day, read_back},
    output::print,
};
use crate::{
    clock,
    on_record::OnRecord,
    places::Places,
    registry,
    render::report::{self, About},
};

/// The file that is written on a terminal, when none is named.
const DEFAULT: &str = "coseal-report.html";

/// Write the page that whoever answers for the risk reads: may it run?
///
/// The first page answers that in plain words, with three reasons, who has to act and by when, what changed since the last
/// report, what ends within 30 days, and the further risks. Behind it stand the 17 guidelines with their evidence, what was
/// accepted, what was not looked at, and how to check the report. The page is one file without scripts that loads nothing,
/// and prints well.
///
/// Reads the folder as `coseal check` does; nothing in it is executed or changed. Names and texts of inspected files are shown
/// as text. The answer is a proposal, worked out by rules that the page states; `coseal check --gate` is for stopping a build.
///
/// Exit codes: 0 written, whatever the answer is; 2 the command line is wrong, or an earlier report is none; 3 the system file is
/// invalid; 4 something can't be read or written; 5 the evidence on record is not intact (the report is written, and says so).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the AI system, or its coseal.toml.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// What to write.
    #[arg(long, value_enum, default_value = "html")]
    format: Format,
    /// File to write; `-` is standard output. A report of the same system that is there already is the earlier one, and is
    /// replaced. Without it: standard output; on a terminal, coseal-report.html in the current folder, but not in the
    /// folder that is judged.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Earlier report, HTML or JSON, to tell what has changed since.
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Show the provisions of another framework, and put the guidelines into its order.
    #[arg(long, value_name = "ID", value_parser = framework)]
    framework: Option<&'static Framework>,
    /// Print only the digest of what the report says, to compare with one on paper.
    #[arg(long, conflicts_with_all = ["output", "previous", "framework", "format"])]
    digest: bool,
    /// Judge as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// File that says where assets outside the folder are on this machine (usually coseal.local.toml).
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
    /// Hash every asset, not only the first 256 MB.
    #[arg(long)]
    full: bool,
    /// Environment that the report is about, one of the system file's.
    #[arg(long, value_name = "NAME", help_heading = "Evidence")]
    environment: Option<String>,
    #[command(flatten)]
    places: Places,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page that needs nothing else.
    Html,
    /// Markdown, for the summary of a CI job.
    Markdown,
    /// JUnit XML: a test suite a guideline, a test case a check.
    Junit,
    /// JSON, by a published schema.
    Json,
}

/// Where a report goes.
enum Target {
    Stdout,
    File(PathBuf),
}

pub(super) fn run(args: &Args) -> ExitCode {
    match written(args) {
        Ok(code) => code,
        Err((why, code)) => {
            complain(&why);
            code
        }
    }
}

fn written(args: &Args) -> Result<ExitCode, Failed> {
    let target = if args.digest { Target::Stdout } else { target(args)? };
    let look = Look {
        path: &args.path,
        as_of: args.as_of.unwrap_or_else(clock::today),
        local: args.local.as_deref(),
        full: args.full,
        cache: true,
        quiet: args.quiet,
    };
    let (root, mut inspected) = look.run()?;
    let read = read_back(&args.places, &root, args.environment.as_deref(), &mut inspected)?;
    let on_record = match read {
        None => OnRecord::without_system(false),
        Some((evidence, has_root)) => {
            inspected.facts.recorded = evidence.counting();
            OnRecord::new(&evidence, has_root, None)
        }
    };
    let facts = &inspected.facts;
    if facts.system_file.problems.iter().any(|problem| problem.weight == Weight::Error) {
        let why = "the system file has errors; coseal check shows them".to_owned();
        return Err((why, ExitCode::InvalidSystemFile));
    }
    let assessment = assess(&registry::checks(), facts);
    let earlier = earlier(args, &target, facts)?;
    let intact = !on_record.is_broken();
    let sources = Sources { facts, assessment: &assessment, earlier: earlier.as_ref(), intact };
    let report = write(&sources);
    let code = if intact { ExitCode::Clean } else { ExitCode::Integrity };
    if args.digest {
        return Ok(print(&format!("{}\n", report.digest), code));
    }
    deliver(&rendered(args, &report)?, &target, &report, code)
}

fn rendered(args: &Args, report: &Report<'_>) -> Result<String, Failed> {
    let about = About { framework: args.framework };
    let text = match args.format {
        Format::Html => report::page(report, about),
        Format::Junit => report::junit(report),
        Format::Markdown => Ok(report::markdown(report, about)),
        Format::Json => Ok(report::json::render(report, about)),
    };
    text.map_err(|error| (format!("failed to write the report: {error}"), ExitCode::Bug))
}

/// Where the report goes. Nothing is written into the folder that is judged unless somebody says so.
fn target(args: &Args) -> Result<Target, Failed> {
    match &args.output {
        Some(file) if file.as_os_str() == "-" => Ok(Target::Stdout),
        Some(file) => Ok(Target::File(file.clone())),
        None if args.format != Format::Html || !std::io::stdout().is_terminal() => {
            Ok(Target::Stdout)
        }
        None => {
            let judged = fs::canonicalize(super::judging::folder(&args.path));
            let here = fs::canonicalize(".");
            if judged.is_ok_and(|judged| here.is_ok_and(|here| here.starts_with(judged))) {
                let why = format!(
                    "a report is not written into the folder that it is about unless you say so: --output {DEFAULT}"
                );
                return Err((why, ExitCode::Usage));
            }
            Ok(Target::File(PathBuf::from(DEFAULT)))
        }
    }
}

/// The state of the earlier report: the one that is named, or the one that is about to be replaced.
fn earlier(
    args: &Args,
    target: &Target,
    facts: &coseal_core::fact::Facts,
) -> Result<Option<ReportState>, Failed> {
    let holds_state = matches!(args.format, Format::Html | Format::Json);
    let (file, what) = match (&args.previous, target) {
        (Some(file), _) => (file, "the file of --previous"),
        (None, Target::File(file)) if holds_state => (file, "what is in the place of --output"),
        _ => return Ok(None),
    };
    let text = match read_text(file) {
        Ok(text) => text,
        Err(ReadError::Absent) if args.previous.is_none() => return Ok(None),
        Err(error) => {
            return Err((format!("failed to read {what}: {error}"), ExitCode::Environment));
        }
    };
    let system = facts.system.as_ref().map(|system| system.system.id.as_str());
    let state = ReportState::find(&text)
        .and_then(|state| state.about(system, facts.environment.as_deref()))
        .and_then(|state| state.before(facts.as_of));
    state.map(Some).map_err(|why| {
        let hint = if args.previous.is_some() { "" } else { "; name another file, or remove it" };
        (format!("failed to read {what} as an earlier report: {why}{hint}"), ExitCode::Usage)
    })
}

fn deliver(
    text: &str,
    target: &Target,
    report: &Report<'_>,
    code: ExitCode,
) -> Result<ExitCode, Failed> {
    let Target::File(file) = target else { return Ok(print(text, code)) };
    let bad = || ("--output names no file".to_owned(), ExitCode::Usage);
    let name = file.file_name().and_then(|name| name.to_str()).ok_or_else(bad)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let why = "failed to write the report: its folder is not there".to_owned();
        return Err((why, ExitCode::Environment));
    }
    put(folder, name, masked(text).as_bytes())
        .map_err(|error| (format!("failed to write the report: {error}"), ExitCode::Environment))?;
    let line = format!("{}: may it run? {}", file.display(), report.answer.words());
    Ok(print(&format!("{}\n", plain(&line, 600)), code))
}

fn framework(id: &str) -> Result<&'static Framework, String> {
    let all = crosswalk().frameworks();
    all.iter().find(|framework| framework.id == id).ok_or_else(|| {
        let ids: Vec<_> = all.iter().map(|framework| framework.id.as_str()).collect();
        format!("the frameworks with verified ids are: {}", ids.join(", "))
    })
}
