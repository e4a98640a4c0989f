//! `coseal impact`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use coseal_assure::{
    Assessment, assess,
    impact::{Walked, impact, since_record},
};
use coseal_core::{
    exit::ExitCode,
    fact::Facts,
    system::{FILE_NAME, Weight},
};
use jiff::civil::Date;

use super::{
    complain,
    judging::{Failed, Look, day, read_back},
    output::{print, width},
};
use crate::{
    clock,
    inspect::Inspected,
    on_record::OnRecord,
    places::Places,
    registry,
    render::{impact_json, impact_text, problems},
};

/// What would go stale if these changed?
///
/// Evidence is bound to the facts that a check reads, and is stale once one of them changes. Of each thing that you name, this
/// says beforehand which checks would have to be run or attested again, what evidence they have now, and which signed
/// statements and waivers would no longer hold. Nothing is changed.
///
/// A thing is a file or folder below the one that is judged (models/intent.pkl, docs), an element (model.chat), a
/// table (flow) or a field (model.chat.location) of the system file, or coseal.toml as a whole. An element goes before a
/// folder of the same name; ./model is the folder.
///
/// Whatever the edit: every change of the file, or of the fields named, makes the answer stale. Depending on the
/// edit: only some do, as when the name of a hosted model comes into code. A comment or another order changes nothing. A file
/// that is added, or becomes of another kind (a text that becomes a model file), can bring facts that nobody can
/// foresee; coseal check sees them once they are there. So can an edit that reaches a limit of what one run reads.
///
/// Exit codes: 0 answered, whatever the answer is; 2 a name that is none of these; 3 the system file is invalid; 4 a path that
/// can't be read; 5 the evidence on record is not intact.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, folders, elements, tables or fields.
    #[arg(value_name = "THING", required_unless_present = "since_record")]
    things: Vec<String>,
    /// Folder of the AI system, or its coseal.toml.
    #[arg(long = "in", value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Say instead what has gone stale since it was recorded: the checks whose newest record rests on facts that are no
    /// longer so.
    #[arg(long, conflicts_with = "things")]
    since_record: bool,
    /// Judge as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// File that says where assets outside the folder are on this machine (usually coseal.local.toml).
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
    /// Hash every asset, not only the first 256 MB: evidence of a full run is bound to more.
    #[arg(long)]
    full: bool,
    /// Environment that the evidence is about, one of the system file's.
    #[arg(long, value_name = "NAME", help_heading = "Evidence")]
    environment: Option<String>,
    #[command(flatten)]
    places: Places,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on a terminal.
    Text,
    /// JSON, by a published schema.
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match answer(args) {
        Ok((text, code)) => print(&text, code),
        Err((why, code)) => {
            complain(&why);
            code
        }
    }
}

fn answer(args: &Args) -> Result<(String, ExitCode), Failed> {
    let look = Look {
        path: &args.path,
        as_of: args.as_of.unwrap_or_else(clock::today),
        local: args.local.as_deref(),
        full: args.full,
        cache: true,
        quiet: args.quiet,
    };
    let (root, mut inspected) = look.run()?;
    let on_record = on_record(args, &root, &mut inspected)?;
    let problems = &inspected.facts.system_file.problems;
    if problems.iter().any(|problem| problem.weight == Weight::Error) {
        if args.format == Format::Json {
            let why = "the system file has errors; coseal check shows them".to_owned();
            return Err((why, ExitCode::InvalidSystemFile));
        }
        let text = problems::render(problems, &inspected.system_text);
        return Ok((text, ExitCode::InvalidSystemFile));
    }
    let assessment = assess(&registry::checks(), &inspected.facts);
    let code = if on_record.is_broken() { ExitCode::Integrity } else { ExitCode::Clean };
    let told = told(args, &root, &inspected, &assessment)?;
    let text = match args.format {
        Format::Text => {
            impact_text::render(&inspected.facts, &assessment, &on_record, &told, width())
        }
        Format::Json => impact_json::render(&inspected.facts, &assessment, &told, code),
    };
    Ok((text, code))
}

fn told(
    args: &Args,
    root: &Path,
    inspected: &Inspected,
    assessment: &Assessment,
) -> Result<impact_text::Told, Failed> {
    let facts = &inspected.facts;
    if args.since_record {
        return Ok(impact_text::Told::Since(since_record(assessment, facts)));
    }
    let walked = inspected.walked();
    let names: Vec<_> = args.things.iter().map(|name| below(root, name, facts, &walked)).collect();
    impact(&registry::checks(), facts, assessment, &walked, &names)
        .map(impact_text::Told::Would)
        .map_err(|unknown| (unknown.to_string(), ExitCode::Usage))
}

/// A path as shells complete it, from where the user is, as one below the folder that is judged.
fn below(root: &Path, name: &str, facts: &Facts, walked: &Walked) -> String {
    let known = walked.files.contains(name) || facts.texts.contains_key(name);
    let element = facts.system.as_ref().is_some_and(|system| system.elements().contains(name));
    if known || element || !(name.contains('/') || name == FILE_NAME) {
        return name.to_owned();
    }
    let inside = || {
        let (root, path) = (fs::canonicalize(root).ok()?, fs::canonicalize(name).ok()?);
        let inside = path.strip_prefix(root).ok()?.to_str()?.to_owned();
        // What is below the folder by that name goes first; `.` stays itself.
        (!inside.is_empty()).then(|| format!("./{inside}"))
    };
    inside().unwrap_or_else(|| name.to_owned())
}

fn on_record(args: &Args, root: &Path, inspected: &mut Inspected) -> Result<OnRecord, Failed> {
    let read = read_back(&args.places, root, args.environment.as_deref(), inspected)?;
    let Some((mut evidence, has_root)) = read else { return Ok(OnRecord::without_system(false)) };
    inspected.facts.recorded = std::mem::take(&mut evidence.recorded);
    Ok(OnRecord::new(&evidence, has_root, None))
}
