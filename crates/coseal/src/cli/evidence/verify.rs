//! `coseal evidence verify`.

use coseal_assure::evidence::Depth;
use coseal_core::{counted::counted, exit::ExitCode};
use jiff::civil::Date;
use serde_json::json;

use super::of::{Of, failed};
use crate::{
    cli::output::{DataFormat, print, width},
    clock,
    on_record::{LogLine, OnRecord},
    places::Places,
    progress::Progress,
    render::{scan_text::NARROW, style::wrap},
};

/// Verify every record of a system: its signature, its place in the log, the checkpoint.
///
/// Each log is held against itself, against the last checkpoint seen of it on this machine (--seen), and against the trust root.
/// A log that was edited, cut, rolled back, forked or rewritten is not intact: nothing of it counts, and the exit code is 5.
/// Runs that a signed schedule expects and that are not there are findings: the exit code is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    places: Places,
    /// Verify what was known on this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: DataFormat,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match verify(args) {
        Ok(code) | Err(code) => code,
    }
}

fn verify(args: &Args) -> Result<ExitCode, ExitCode> {
    let system = args.of.id()?;
    let root = args.places.root(&system, args.of.folder().as_deref()).map_err(failed)?;
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let progress = Progress::doing(false, "verifying every record");
    let evidence =
        args.places.evidence(&system, root.as_ref(), as_of, Depth::Signatures).map_err(failed)?;
    drop(progress);
    let on_record = OnRecord::new(&evidence, root.is_some(), None);
    let counts = |log: &LogLine| log.known || !on_record.has_root;
    let missing = on_record.logs.iter().any(|log| counts(log) && !log.missing.is_empty());
    let mut code = if missing { ExitCode::Findings } else { ExitCode::Clean };
    if on_record.logs.is_empty() {
        code = code.and(ExitCode::Incomplete);
    }
    if on_record.is_broken() {
        code = code.and(ExitCode::Integrity);
    }
    let shown = match args.format {
        DataFormat::Text => text(&system, &on_record),
        DataFormat::Json => data(&system, &on_record, code),
    };
    Ok(print(&shown, code))
}

fn text(system: &str, on_record: &OnRecord) -> String {
    let mut lines = Vec::new();
    if on_record.logs.is_empty() && on_record.absent.is_empty() {
        lines.push(format!(
            "nothing is on record for {system}: nothing was verified (coseal evidence pull takes evidence from elsewhere)"
        ));
    }
    for log in &on_record.logs {
        log_lines(log, on_record.has_root, &mut lines);
    }
    for origin in &on_record.absent {
        lines.push(format!("{origin}: seen before on this machine and not here"));
    }
    if on_record.left_out > 0 {
        let were = if on_record.left_out == 1 { "was" } else { "were" };
        lines.push(format!(
            "{} {were} not read, of keys that the trust root does not name",
            counted(on_record.left_out, "more log")
        ));
    }
    if !lines.is_empty()
        && !on_record.logs.is_empty()
        && !on_record.has_root
        && !on_record.is_broken()
    {
        lines.push("who signed is not proven: --trust FILE names the keys that count".to_owned());
    }
    lines.iter().map(|line| fitted_line(line)).collect()
}

fn log_lines(log: &LogLine, has_root: bool, lines: &mut Vec<String>) {
    let standing = log.standing(has_root);
    match &log.state {
        Ok(size) => lines.push(format!("{}: {}, {standing}", log.origin, counted(*size, "record"))),
        Err(why) => lines.extend([format!("{}: {standing}", log.origin), format!("  {why}")]),
    }
    if let Some(end) = log.ended {
        lines.push(format!("  its key no longer counts from record {end} on"));
    }
    for witness in &log.witnesses {
        lines.push(format!("  cosigned by {witness}"));
    }
    for missing in &log.missing {
        let environment = missing.environment.as_deref().unwrap_or("no environment");
        lines.push(format!(
            "  no run between {} and {} ({environment}), though one is expected every {}",
            missing.after,
            missing.before,
            counted(missing.every_hours, "hour")
        ));
    }
}

/// A line as it stands where there is room, broken between words where there is not.
fn fitted_line(line: &str) -> String {
    let indent = " ".repeat(line.len() - line.trim_start().len());
    let width = width();
    if width >= NARROW {
        return format!("{line}\n");
    }
    wrap(line, width, &indent, &format!("{indent}  "))
}

fn data(system: &str, on_record: &OnRecord, code: ExitCode) -> String {
    let logs: Vec<_> = on_record
        .logs
        .iter()
        .map(|log| {
            json!({
                "origin": log.origin,
                "records": log.state.as_ref().ok(),
                "error": log.state.as_ref().err(),
                "standing": log.standing(on_record.has_root),
                "ended-at": log.ended,
                "witnesses": log.witnesses,
                "missing-runs": log.missing.iter().map(|missing| json!({
                    "environment": missing.environment,
                    "after": missing.after.to_string(),
                    "before": missing.before.to_string(),
                    "every-hours": missing.every_hours,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let value = json!({ "schema": 1, "system": system, "trust-root": on_record.has_root, "logs": logs, "exit": code.code() });
    format!("{value:#}\n")
}
