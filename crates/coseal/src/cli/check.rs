//! `coseal check`.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use clap::ValueEnum;
use coseal_assure::{
    Assessment, Judged, assess,
    baseline::{Baseline, Marks},
    evidence::{Evidence, Origin, Period},
    gate::{Profile, blockers},
};
use coseal_core::{exit::ExitCode, fact::Facts, finding::Finding, system::Weight};
use coseal_sign::key::Ed25519Key;
use jiff::civil::Date;

use super::{
    complain,
    judging::{Failed, Look, day, folder, read_back, refused},
    output::{Format, Threshold, print, width},
    watch,
};
use crate::{
    clock,
    inspect::Inspected,
    on_record::OnRecord,
    places::{PlaceError, Places, recording_key},
    record::{NotWritten, Written, record},
    registry,
    render::{json, problems, sarif, text},
};

/// Judge an AI system against the 17 guidelines.
///
/// Reads `coseal.toml` in PATH, looks at what is really there, runs every check that needs nothing but files, gives one verdict for
/// each guideline and says what to do next. A folder without a system file is judged as far as can be seen.
/// Nothing that is inspected is executed, and nothing is written into it. Evidence on record is folded in; --record adds this
/// run to it.
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
    /// Results of an earlier run (--format sarif): what is in it does not count for the exit code, unless a gate asks.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Judge again whenever something in the folder changes, until Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Hash every asset, not only the first 256 MB.
    #[arg(long)]
    full: bool,
    /// Keep no digests of large files in the user's cache folder, and use none [env: COSEAL_CACHE, the folder].
    #[arg(long)]
    no_cache: bool,
    /// List every check with its state and reason.
    #[arg(long, short)]
    verbose: bool,
    /// Sign every outcome of this run into the evidence store.
    #[arg(long, help_heading = "Evidence")]
    record: bool,
    /// Key that records: an unencrypted OpenSSH Ed25519 key (coseal evidence key makes one) [env: COSEAL_KEY, a
    /// file or the key itself].
    #[arg(long, value_name = "FILE", requires = "record", help_heading = "Evidence")]
    key: Option<PathBuf>,
    /// Environment that the run is about, one of the system file's: evidence from another says nothing of it.
    #[arg(long, value_name = "NAME", help_heading = "Evidence")]
    environment: Option<String>,
    #[command(flatten)]
    places: Places,
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
    if args.record && args.as_of.is_some_and(|as_of| as_of != clock::today()) {
        complain("--record signs what is seen today: leave --as-of out");
        return ExitCode::Usage;
    }
    if args.watch && (args.format != Format::Text || args.record) {
        complain("--watch prints text and records nothing: leave --format and --record out");
        return ExitCode::Usage;
    }
    let baseline = match args.baseline.as_deref().map(Baseline::read).transpose() {
        Ok(baseline) => baseline,
        Err(why) => {
            complain(&format!("failed to read the baseline: {why}"));
            return ExitCode::Usage;
        }
    };
    if args.watch {
        return watch::run(&folder(&args.path), &mut || once(args, baseline.as_ref()));
    }
    once(args, baseline.as_ref())
}

/// Looks at the folder, judges it and prints the result.
fn once(args: &Args, baseline: Option<&Baseline>) -> ExitCode {
    let started = Instant::now();
    let began = clock::now();
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let look = Look {
        path: &args.path,
        as_of,
        local: args.local.as_deref(),
        full: args.full,
        cache: !args.no_cache,
        quiet: args.quiet,
    };
    let (root, mut inspected) = match look.run() {
        Ok(looked) => looked,
        Err(failed) => return say(failed),
    };
    let period = Period { from: began, to: clock::now() };
    let on_record = match on_record(args, &root, &mut inspected, period) {
        Ok(on_record) => on_record,
        Err(failed) => return say(failed),
    };
    let Inspected { facts, system_text, .. } = &inspected;
    let assessment = assess(&registry::checks(), facts);
    let marks = Marks::of(&assessment, facts, baseline);
    let code = exit_code(args, facts, &assessment, &on_record, &marks);
    let result = match args.format {
        Format::Json => json::check(facts, &assessment, &on_record, &marks, code),
        Format::Sarif => sarif::check(&assessment, &marks, code),
        Format::Text if code == ExitCode::InvalidSystemFile => {
            problems::render(&facts.system_file.problems, system_text)
        }
        Format::Text => {
            let shown = text::Shown {
                width: width(),
                verbose: args.verbose,
                gate: args.gate.map(Gate::profile),
                elapsed: started.elapsed(),
                marks: &marks,
            };
            text::check(facts, &assessment, &on_record, &shown)
        }
    };
    print(&result, code)
}

fn say((why, code): Failed) -> ExitCode {
    complain(&why);
    code
}

/// Puts what people decided and what is on record to the facts; records the run first if that is asked for.
fn on_record(
    args: &Args,
    root: &Path,
    inspected: &mut Inspected,
    observed: Period,
) -> Result<OnRecord, Failed> {
    let read = |inspected: &mut Inspected| {
        read_back(&args.places, root, args.environment.as_deref(), inspected)
    };
    let Some((mut evidence, has_root)) = read(inspected)? else {
        return Ok(OnRecord::without_system(args.record));
    };
    let mut wrote = None;
    if args.record {
        let key = recording_key(args.key.as_deref()).map_err(|error| refused(&error))?;
        wrote = Some(match key {
            None => Err(NotWritten::NoKey),
            Some(key) => recorded(args, &key, &mut evidence, inspected, observed)?,
        });
        if let Some((again, _)) = read(inspected)? {
            evidence = again;
        }
    }
    inspected.facts.recorded = evidence.counting();
    Ok(OnRecord::new(&evidence, has_root, wrote))
}

/// Signs what was seen into the log of the key.
fn recorded(
    args: &Args,
    key: &Ed25519Key,
    evidence: &mut Evidence,
    inspected: &Inspected,
    observed: Period,
) -> Result<Result<Written, NotWritten>, Failed> {
    let facts = &inspected.facts;
    let Some(system) = &facts.system else { return Ok(Err(NotWritten::NoSystem)) };
    let own = Origin::of_key(&system.system.id, &key.public());
    // What is added to a log that is not what was seen of it would sign a second history.
    if let Some(error) = evidence.take_error(&own) {
        return Err(refused(&PlaceError::Record(error)));
    }
    let seen = assess(&registry::checks(), facts);
    let store = args.places.store().map_err(|error| refused(&error))?;
    let written = record(facts, &seen, key, &store, observed, clock::now());
    let written = written.map_err(|error| refused(&PlaceError::Record(error)))?;
    Ok(written.ok_or(NotWritten::NoSystem))
}

fn exit_code(
    args: &Args,
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    marks: &Marks<'_>,
) -> ExitCode {
    let mut code = ExitCode::Clean;
    if on_record.is_broken() {
        code = code.and(ExitCode::Integrity);
    }
    if facts.system_file.problems.iter().any(|problem| problem.weight == Weight::Error) {
        code = code.and(ExitCode::InvalidSystemFile);
    }
    let reached = |(judged, finding): &(&Judged, &Finding)| {
        judged.decision.is_none()
            && args.fail_on.is_reached_by(finding.severity)
            && marks.is_known(&judged.entry.id, finding) != Some(true)
    };
    if assessment.findings().iter().any(reached) {
        code = code.and(ExitCode::Findings);
    }
    let shut = |gate: Gate| {
        let profile = gate.profile();
        !on_record.lacks(profile, facts).is_empty() || !blockers(assessment, profile).is_empty()
    };
    if args.gate.is_some_and(shut) {
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
